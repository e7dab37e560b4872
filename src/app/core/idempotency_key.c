/* idempotency_key.c - remembered answers: a request repeated with the same Idempotency-Key gets the first one's answer. */
#include "core/entity.h"

ENTITY(idempotency_key) = {
    .name = "idempotency_keys", .one = N_("Idempotency key"), .many = N_("Idempotency keys"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("The answer to a request that may be repeated."),
    .fields = FIELDS(
        { "key",          N_("Key"),          F_TEXT(255), .flags = REQUIRED },
        { "user_id",      N_("User"),         F_INT(0, 0), .flags = REQUIRED },
        { "route_hash",   N_("Route hash"),   F_TEXT(64), .flags = REQUIRED },
        { "request_hash", N_("Request hash"), F_TEXT(64), .flags = REQUIRED },
        { "status",       N_("Status"),       F_INT(0, 599), .help = N_("0 while the first request still runs.") },
        { "content_type", N_("Content type"), F_TEXT(100) },
        { "headers",      N_("Headers"),      F_JSON("object") },
        { "body",         N_("Body"),         F_TEXT(10000000), .flags = HIDDEN | MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("user_id key route_hash"), INDEX("created_at")),
};
