/* api_key.c - API keys: how a program signs in as a user. The key is shown once and stored as a hash. */
#include "core/entity.h"

ENTITY(api_key) = {
    .name = "api_keys", .one = N_("API key"), .many = N_("API keys"), .pack = "core", .title = "name",
    .icon = "key", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_READ_ONLY | ENTITY_ACCESS,
    .help = N_("Lets a program use the API with the rights of one user."),
    .fields = FIELDS(
        { "name",         N_("Name"),      F_TEXT(100), .flags = REQUIRED },
        { "user_id",      N_("User"),      F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "prefix",       N_("Begins"),    F_TEXT(20), .flags = READ_ONLY,
          .help = N_("The first characters, to tell keys apart.") },
        { "key_hash",     N_("Key hash"),  F_TEXT(100), .flags = REQUIRED | HIDDEN | READ_ONLY },
        { "last_used_at", N_("Last used"), F_TIME, .flags = READ_ONLY },
        { "expires_at",   N_("Expires"),   F_TIME },
        { "revoked_at",   N_("Revoked"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("key_hash"), INDEX("user_id")),
    .list = "name user_id prefix last_used_at expires_at revoked_at", .filter = "user_id", .search = "name", .sort = "name",
    .owner = "user_id",
};
