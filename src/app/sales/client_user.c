/* client_user.c - who is on which client's team; beside the owner, they are whom "my clients" means in permissions. */
#include "core/entity.h"

ENTITY(client_user) = {
    .name = "client_users", .one = N_("Client team member"), .many = N_("Client team members"), .pack = "sales",
    .icon = "users", .hue = "blue", .flags = ENTITY_ACCESS,
    .help = N_("Puts a user on a client's team."),
    .fields = FIELDS(
        { "client_id", N_("Client"), F_REF("clients", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "user_id",   N_("User"),   F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "duty",      N_("Duty"),   F_TEXT(100), .help = N_("What they do for this client.") }
    ),
    .indexes = INDEXES(UNIQUE("client_id user_id"), INDEX("user_id client_id")),
    .list = "client_id user_id duty created_at", .filter = "client_id user_id", .sort = "-created_at", .parent = "client_id",
};
