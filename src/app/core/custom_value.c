/* custom_value.c - what a record says in each custom field that is offered among the filters: an index (core/custom_index.h). */
#include "core/entity.h"

ENTITY(custom_value) = {
    .name = "custom_values", .one = N_("Value of a custom field"), .many = N_("Values of custom fields"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE | ENTITY_APPEND_ONLY,
    .fields = FIELDS(
        /* Both by their bare ids: the values of a field that is removed stay, until it is restored. */
        { "field",  N_("Field"),  .kind = &kind_int, .flags = REQUIRED },
        { "record", N_("Record"), .kind = &kind_int, .flags = REQUIRED },
        { "number", N_("Number"), .kind = &kind_int },
        { "text",   N_("Text"),   F_TEXT(200), .help = N_("The beginning of it: enough to find few records.") }
    ),
    .indexes = INDEXES({.fields = "field number record", .where = "number IS NOT NULL"},
                       {.fields = "field text record", .where = "text IS NOT NULL"}, INDEX("record field")),
};
