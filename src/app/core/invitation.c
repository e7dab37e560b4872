/* invitation.c - invitations: who was asked to join the company's account, as what, and whether they came. */
#include "core/entity.h"

ENTITY(invitation) = {
    .name = "invitations", .one = N_("Invitation"), .many = N_("Invitations"), .pack = "core", .title = "email",
    .icon = "mail", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED | ENTITY_READ_ONLY | ENTITY_ACCESS,
    .help = N_("Somebody who was asked by e-mail to join."),
    .fields = FIELDS(
        { "email",       N_("E-mail"),   F_EMAIL, .flags = REQUIRED },
        { "name",        N_("Name"),     F_TEXT(255) },
        { "role_id",     N_("Role"),     F_REF("roles", CASCADE), .flags = REQUIRED },
        { "location_id", N_("Branch"),   F_REF("locations", SET_NULL) },
        { "token_hash",  N_("Token"),    F_TEXT(100), .flags = REQUIRED | HIDDEN },
        { "expires_at",  N_("Expires"),  F_TIME, .flags = REQUIRED },
        { "accepted_at", N_("Accepted"), F_TIME },
        { "revoked_at",  N_("Revoked"),  F_TIME },
        { "user_id",     N_("User"),     F_REF("users", SET_NULL), .help = N_("Who they became.") }
    ),
    .indexes = INDEXES(UNIQUE("token_hash"), UNIQUE_WHERE("email", "accepted_at IS NULL AND revoked_at IS NULL"),
                       INDEX("created_at")),
    .list = "email name role_id created_by_id expires_at accepted_at revoked_at", .filter = "role_id", .search = "email name",
    .sort = "-created_at",
};
