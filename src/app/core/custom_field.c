/* custom_field.c - custom fields: what a company adds to the records that Tenon has (core/custom.h). */
#include "core/custom.h"

#include "app/core/check.h"
#include "base/text.h"
#include "core/custom_prepare.h"
#include "core/query.h"
#include "core/registry.h"

#define NAME_LONGEST 50

static bool wrong(struct ctx *ctx, const char *field, const char *message) {
    return errors_add(&ctx->errors, 422, "invalid", field, "%s", message);
}

static bool is_kind(const struct change *change, const char *kind) { return str_eqc(row_text(change->row, "kind"), kind); }

static const struct entity *entity_of(const struct change *change) { return registry_find(row_text(change->row, "entity")); }

/* Fields can be added to what people fill in. */
static bool check_records(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = entity_of(change);
    if (entity && entity->custom >= 0) return true;
    return errors_add(&ctx->errors, 422, "unknown", "entity", "Fields cannot be added to '%.*s'.",
                      STR_ARG(row_text(change->row, "entity")));
}

static bool name_taken(struct ctx *ctx, const struct change *change, struct str name) {
    const struct entity *entity = entity_of(change);
    return (entity && entity_field(entity, name)) ||
           sql_int(ctx,
                   "SELECT 1 FROM custom_fields WHERE tenant_id = :tenant AND entity = :entity AND name = :name "
                   "AND deleted_at IS NULL AND id <> :id",
                   ARGS({":entity", row_get(change->row, "entity")}, {":name", value_text(name)},
                        {":id", value_int(row_id(change->row))}));
}

/* Who gives no name gets one made of the label: "Roof type" is roof_type, a second one roof_type_2. */
static void derive_name(struct ctx *ctx, struct change *change) {
    struct str slug = text_slug(ctx->arena, text_fold(ctx->arena, row_text(change->row, "label")));
    bool letter = slug.len && slug.ptr[0] >= 'a' && slug.ptr[0] <= 'z';
    struct buf b = buf_new(ctx->arena, 64);
    if (!letter) buf_lit(&b, "field_");
    for (size_t i = 0; i < slug.len && b.len < NAME_LONGEST - 4; i++) buf_char(&b, slug.ptr[i] == '-' ? '_' : slug.ptr[i]);
    while (b.ptr[b.len - 1] == '_') b.len--;
    struct str base = buf_str(&b), name = base;
    for (int n = 2; name_taken(ctx, change, name); n++) name = str_printf(ctx->arena, "%.*s_%d", STR_ARG(base), n);
    row_set_text(change->row, "name", name);
}

/* The API and imports know it by its name, so no declared field may have the same. */
static bool check_name(struct ctx *ctx, struct change *change) {
    if (!check_word(ctx, change, "name", '_')) return false;
    struct str name = row_text(change->row, "name");
    if (!entity_field(entity_of(change), name)) return true;
    return errors_add(&ctx->errors, 409, "duplicate", "name", "%s have a field '%.*s' of their own.",
                      entity_of(change)->decl->many, STR_ARG(name));
}

/* What records say already must still be one of the choices. */
static bool check_taken_away(struct ctx *ctx, const struct change *change) {
    if (!change->old || !change_touches(change, "choices")) return true;
    struct errors ignored = {.arena = ctx->arena};
    const struct json *was = json_parse(ctx->arena, row_text(change->old, "choices"), &ignored);
    const struct entity *entity = custom_entity(ctx, entity_of(change));
    const char *name = str_printf(ctx->arena, CUSTOM_PREFIX "%.*s", STR_ARG(row_text(change->row, "name"))).ptr;
    for (size_t i = 0; entity_field(entity, str_of(name)) && i < json_count(was); i++) {
        struct str choice = json_text(json_at(was, i));
        struct buf quoted = buf_new(ctx->arena, 64);
        buf_json(&quoted, choice);
        if (str_find(row_text(change->row, "choices"), buf_str(&quoted)) >= 0) continue;
        struct query *q = query_new(ctx, entity);
        q->with_deleted = true;
        if (query_where(q, name, OP_EQ, value_text(choice)) && query_count_up_to(q, 1))
            return errors_add(&ctx->errors, 409, "in_use", "choices", "There are %s with '%.*s'. Give them another value first.",
                              entity->decl->many, STR_ARG(choice));
    }
    return ctx->errors.count == 0;
}

static bool check_choices(struct ctx *ctx, const struct change *change) {
    bool none = row_null(change->row, "choices");
    if (!is_kind(change, "choice")) return none || wrong(ctx, "choices", "Only a choice has values to choose from.");
    if (none) return wrong(ctx, "choices", "Say what there is to choose from.");
    struct errors ignored = {.arena = ctx->arena};
    const struct json *choices = json_parse(ctx->arena, row_text(change->row, "choices"), &ignored);
    for (size_t i = 0; i < json_count(choices); i++)
        if (str_index(json_text(json_at(choices, i)), ',') >= 0) /* filters separate several by it */
            return wrong(ctx, "choices", "A choice has no comma in it.");
    return json_count(choices) > 0 ? check_taken_away(ctx, change) : wrong(ctx, "choices", "Say what there is to choose from.");
}

static bool check_target(struct ctx *ctx, const struct change *change) {
    if (!is_kind(change, "reference"))
        return row_null(change->row, "target") || wrong(ctx, "target", "Only a reference leads to other records.");
    if (row_null(change->row, "target")) return wrong(ctx, "target", "Say which records it leads to, such as contacts.");
    const struct entity *to = registry_find(row_text(change->row, "target"));
    if (to && to->tenant_id >= 0 && !entity_is(to, ENTITY_INTERNAL)) return true;
    return errors_add(&ctx->errors, 422, "unknown", "target", "There are no records called '%.*s'.",
                      STR_ARG(row_text(change->row, "target")));
}

static bool check_room(struct ctx *ctx, const struct change *change) {
    if (change->old && !change->restoring) return true;
    int64_t others = sql_int(ctx,
                             "SELECT count(*) FROM custom_fields WHERE tenant_id = :tenant AND entity = :entity "
                             "AND deleted_at IS NULL AND id <> :id",
                             ARGS({":entity", row_get(change->row, "entity")}, {":id", value_int(row_id(change->row))}));
    return others < ENTITY_MAX_CUSTOM || errors_add(&ctx->errors, 409, "too_many", "entity", "At most %d fields can be added.",
                                                    ENTITY_MAX_CUSTOM);
}

static bool custom_field_before_save(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "name") && !row_null(change->row, "label")) derive_name(ctx, change);
    if (!check_records(ctx, change)) return false;
    bool ok = check_name(ctx, change);
    ok = check_choices(ctx, change) && ok;
    ok = check_target(ctx, change) && ok;
    if (row_int(change->row, "digits") && !is_kind(change, "number")) ok = wrong(ctx, "digits", "Only a number has decimals.");
    return check_room(ctx, change) && ok;
}

static bool custom_field_after_save(struct ctx *ctx, struct change *change) { return custom_prepare_follow(ctx, change); }

static bool custom_field_after_commit(struct ctx *ctx, struct change *change) {
    (void)ctx, (void)change;
    custom_prepare_wake();
    return true;
}

ENTITY(custom_field) = {
    .name = "custom_fields", .one = N_("Custom field"), .many = N_("Custom fields"), .pack = "core", .title = "label",
    .icon = "puzzle", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("A field that your company adds to its records."),
    .fields = FIELDS(
        { "label",         N_("Label"),    F_TEXT(100), .flags = REQUIRED, .section = N_("Field"),
          .help = N_("What people see, such as Roof type.") },
        { "entity",        N_("Records"),  F_TEXT(63), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Those that get the field, such as leads.") },
        { "name",          N_("Name"),     F_TEXT(NAME_LONGEST), .flags = REQUIRED | IMMUTABLE,
          .help = N_("In imports and the API: lower-case letters, digits and _. Left empty, it is made from the label.") },
        { "kind",          N_("Kind"),     F_CHOICE("text", "number", "money", "date", "choice", "boolean", "reference", "url"),
          HUES("gray", "blue", "green", "violet", "cyan", "teal", "orange", "blue"), .flags = REQUIRED | IMMUTABLE,
          .initial = "text" },
        { "digits",        N_("Decimals"), F_INT(0, CUSTOM_DIGITS_MOST), .flags = IMMUTABLE, .initial = "0",
          .help = N_("Of a number: digits after the point.") },
        { "choices",       N_("Choices"),  F_TAGS, .help = N_("Of a choice: its values, with commas between them.") },
        { "target",        N_("Leads to"), F_TEXT(63), .flags = IMMUTABLE,
          .help = N_("Of a reference: the records, such as contacts.") },
        { "help",          N_("Help"),     F_TEXT(255), .section = N_("Where it stands"),
          .help = N_("A sentence under the input.") },
        { "section",       N_("Section"),  F_TEXT(100), .help = N_("The heading under which it stands.") },
        { "position",      N_("Position"), F_INT(0, 10000), .initial = "0" },
        { "is_required",   N_("Required"), F_BOOL, .initial = "false", .help = N_("Asked for when a record is added.") },
        { "is_filterable", N_("In filters"), F_BOOL, .initial = "false",
          .help = N_("Offered first among the filters, and found fast among many records.") },
        { "is_in_list",    N_("In lists"), F_BOOL, .initial = "false", .help = N_("A column of the list at first.") },
        { "is_active",     N_("In use"),   F_BOOL, .initial = "true" },
        { "preparing",     N_("Being prepared"), F_CHOICE("filters", "search", "filters_and_search"),
          HUES("cyan", "cyan", "cyan"), .flags = READ_ONLY,
          .help = N_("For the records that are there already. Until it is done, filters find the same, only slower.") },
        { "prepared_up_to", N_("Prepared up to"), .kind = &kind_int, .flags = READ_ONLY | HIDDEN }
    ),
    .indexes = INDEXES(UNIQUE("entity name"), INDEX("created_at")),
    .list = "label entity name kind is_required is_filterable is_in_list is_active preparing", .filter = "entity kind is_active",
    .search = "label name", .sort = "entity position",
    .match = "name",
    .before_save = custom_field_before_save, .after_save = custom_field_after_save,
    .after_commit = custom_field_after_commit,
};
