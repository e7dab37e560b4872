/* crew_member.c - crew members: who belongs to a crew, and as what. */
#include "core/entity.h"

ENTITY(crew_member) = {
    .name = "crew_members", .one = N_("Crew member"), .many = N_("Crew members"), .pack = "moving",
    .icon = "user", .hue = "violet",
    .help = N_("Who belongs to a crew."),
    .fields = FIELDS(
        { "crew_id",   N_("Crew"),  F_REF("crews", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "user_id",   N_("User"),  F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "role",      N_("Role"),  F_CHOICE("driver", "mover", "foreman", "packer"), HUES("blue", "teal", "violet", "amber"),
          .flags = REQUIRED, .initial = "mover" },
        { "joined_on", N_("Since"), F_DATE, .initial = "today" }
    ),
    .indexes = INDEXES(UNIQUE("crew_id user_id"), INDEX("user_id"), INDEX("created_at")),
    .list = "crew_id user_id role joined_on", .filter = "crew_id user_id role", .sort = "-created_at", .owner = "user_id",
    .parent = "crew_id",
};
