/* session.c - sessions: one browser signed in. The cookie's token is stored as a hash only. */
#include "core/entity.h"

ENTITY(session) = {
    .name = "sessions", .one = N_("Session"), .many = N_("Sessions"), .pack = "core",
    .icon = "monitor", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_READ_ONLY | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("Where you are signed in."),
    .fields = FIELDS(
        { "user_id",      N_("User"),       F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "token_hash",   N_("Token hash"), F_TEXT(100), .flags = REQUIRED | HIDDEN | READ_ONLY },
        { "csrf_token",   N_("Form token"), F_TEXT(100), .flags = HIDDEN | READ_ONLY },
        { "ip_address",   N_("Address"),    F_TEXT(45), .flags = READ_ONLY },
        { "user_agent",   N_("Browser"),    F_TEXT(500), .flags = READ_ONLY },
        { "last_seen_at", N_("Last seen"),  F_TIME, .flags = READ_ONLY, .initial = "now" },
        { "expires_at",   N_("Expires"),    F_TIME, .flags = REQUIRED | READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("token_hash"), INDEX("user_id")),
    .list = "user_id ip_address user_agent last_seen_at expires_at", .filter = "user_id", .sort = "-created_at",
    .owner = "user_id",
};
