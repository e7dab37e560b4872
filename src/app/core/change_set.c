/* change_set.c - change-sets: what was done in one go, so that it can be undone in one go (core/change_set.h). */
#include "core/entity.h"

ENTITY(change_set) = {
    .name = "change_sets", .one = N_("Change set"), .many = N_("Change sets"), .pack = "core", .title = "summary",
    .icon = "undo", .hue = "gray", .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("Several changes made in one go."),
    .fields = FIELDS(
        { "kind",         N_("Kind"),      F_CHOICE("delete", "bulk", "import", "action", "undo"),
          .flags = REQUIRED | IMMUTABLE },
        { "entity_type",  N_("Records"),   F_TEXT(63), .flags = IMMUTABLE },
        { "summary",      N_("Summary"),   F_TEXT(500) },
        { "record_count", N_("How many"),  F_INT(0, 0), .initial = "0" },
        { "user_id",      N_("User"),      F_REF("users", RESTRICT), .flags = IMMUTABLE },
        { "undone_at",    N_("Undone"),    F_TIME },
        { "undo_of_id",   N_("Undoes"),    F_REF("change_sets", RESTRICT) }
    ),
    .indexes = INDEXES(INDEX("user_id created_at")),
    .sort = "-created_at",
};
