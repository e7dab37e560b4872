/* event.c - the outbox: what happened, written with the change itself, read by webhooks and jobs (core/event.h). Numbers stand
 * here without foreign keys, because an event outlives what it tells of. */
#include "core/entity.h"

ENTITY(event) = {
    .name = "events", .one = N_("Event"), .many = N_("Events"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_APPEND_ONLY | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("Something that happened to a record."),
    .fields = FIELDS(
        { "entity_type",   N_("Records"),    F_TEXT(63), .flags = REQUIRED },
        { "entity_id",     N_("Record"),     F_INT(0, 0), .flags = REQUIRED },
        { "verb",          N_("What"),       F_TEXT(63), .flags = REQUIRED },
        { "user_id",       N_("User"),       F_INT(0, 0) },
        { "change_set_id", N_("Change set"), F_INT(0, 0) },
        { "request_id",    N_("Request"),    F_TEXT(64) }
    ),
    .sort = "-created_at",
};
