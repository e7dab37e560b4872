/* custom_field.c - custom fields: what a company adds to the records that Tenon has. */
#include "app/core/check.h"
#include "core/entity.h"

static bool custom_field_before_save(struct ctx *ctx, struct change *change) {
    return check_entity(ctx, change, "entity", false) && check_word(ctx, change, "name", '_');
}

ENTITY(custom_field) = {
    .name = "custom_fields", .one = N_("Custom field"), .many = N_("Custom fields"), .pack = "core", .title = "label",
    .icon = "puzzle", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED,
    .help = N_("A field that your company adds to its records."),
    .fields = FIELDS(
        { "entity",        N_("Of"),       F_TEXT(63), .flags = REQUIRED | IMMUTABLE, .help = N_("Such as leads.") },
        { "name",          N_("Name"),     F_TEXT(63), .flags = REQUIRED | IMMUTABLE,
          .help = N_("In imports and the API: lower-case letters, digits and _.") },
        { "label",         N_("Label"),    F_TEXT(100), .flags = REQUIRED },
        { "kind",          N_("Kind"),     F_CHOICE("text", "number", "money", "date", "choice", "boolean", "reference", "url"),
          HUES("gray", "blue", "green", "violet", "cyan", "teal", "orange", "blue"), .flags = REQUIRED | IMMUTABLE,
          .initial = "text" },
        { "choices",       N_("Choices"),  F_JSON("array"), .help = N_("For a choice: its values.") },
        { "target",        N_("Leads to"), F_TEXT(63), .help = N_("For a reference: such as contacts.") },
        { "help",          N_("Help"),     F_TEXT(255) },
        { "section",       N_("Section"),  F_TEXT(100) },
        { "position",      N_("Position"), F_INT(0, 10000), .initial = "0" },
        { "is_required",   N_("Required"), F_BOOL, .initial = "false" },
        { "is_filterable", N_("In filters"), F_BOOL, .initial = "false" },
        { "is_in_list",    N_("In lists"), F_BOOL, .initial = "false" },
        { "is_active",     N_("In use"),   F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("entity name"), INDEX("created_at")),
    .list = "entity label name kind is_required is_filterable is_in_list is_active", .filter = "entity kind is_active",
    .search = "label name", .sort = "position", .match = "name",
    .before_save = custom_field_before_save,
};
