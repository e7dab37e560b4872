/* change_set.c - change-sets: what was done in one go, so that it can be undone in one go (core/change_set.h). */
#include "core/entity.h"

ENTITY(change_set) = {
    .name = "change_sets", .one = N_("Change set"), .many = N_("Change sets"), .pack = "core", .title = "summary",
    .icon = "undo", .hue = "gray", .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("Several changes made in one go."),
    .fields = FIELDS(
        { "kind",         N_("Kind"),      F_CHOICE("delete", "bulk", "import", "action", "merge", "undo"),
          .flags = REQUIRED | IMMUTABLE },
        { "entity_type",  N_("Records"),   F_TEXT(63), .flags = IMMUTABLE },
        { "summary",      N_("Summary"),   F_TEXT(500) },
        { "record_count", N_("How many"),  F_INT(0, 0), .initial = "0" },
        { "user_id",      N_("User"),      F_REF("users", SET_NULL), .flags = IMMUTABLE },
        { "undone_at",    N_("Undone"),    F_TIME },
        { "undone_by_id", N_("Undone by"), F_REF("users", RESTRICT) },
        { "undo_of_id",   N_("Undoes"),    F_REF("change_sets", RESTRICT) },
        /* Of an undo: the audit entry from which on all is done, empty once it is at its end; and what it had to leave. */
        { "undone_to",      N_("Undone to"), F_INT(0, 0) },
        { "conflict_count", N_("Conflicts"), F_INT(0, 0), .initial = "0" }
    ),
    .indexes = INDEXES(INDEX("user_id created_at"), {.fields = "undo_of_id", .where = "undo_of_id IS NOT NULL"}),
    .sort = "-created_at",
};
