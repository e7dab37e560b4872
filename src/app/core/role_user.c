/* role_user.c - who has which role. */
#include "core/entity.h"

ENTITY(role_user) = {
    .name = "role_users", .one = N_("Role of a user"), .many = N_("Roles of users"), .pack = "core",
    .icon = "users", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("Gives a user a role; the widest of several roles counts."),
    .fields = FIELDS(
        { "user_id", N_("User"), F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "role_id", N_("Role"), F_REF("roles", CASCADE), .flags = REQUIRED | IMMUTABLE }
    ),
    .indexes = INDEXES(UNIQUE("user_id role_id"), INDEX("role_id")),
    .list = "user_id role_id created_at", .filter = "user_id role_id", .sort = "-created_at",
};
