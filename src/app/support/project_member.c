/* project_member.c - project members: who works on a project, and as what. */
#include "core/entity.h"

ENTITY(project_member) = {
    .name = "project_members", .one = N_("Project member"), .many = N_("Project members"), .pack = "support",
    .icon = "users", .hue = "violet",
    .help = N_("Who works on a project."),
    .fields = FIELDS(
        { "project_id",  N_("Project"),     F_REF("projects", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "user_id",     N_("User"),        F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "role",        N_("Role"),        F_CHOICE("lead", "member", "reviewer", "observer"),
          HUES("violet", "blue", "cyan", "gray"), .initial = "member" },
        { "hourly_rate", N_("Hourly rate"), F_MONEY, .max = INT64_C(1000000000000) },
        { "currency",    N_("Currency"),    F_TEXT(3) }
    ),
    .indexes = INDEXES(UNIQUE("project_id user_id"), INDEX("user_id"), INDEX("created_at")),
    .list = "project_id user_id role hourly_rate", .filter = "project_id user_id role", .sort = "-created_at",
    .owner = "user_id", .parent = "project_id",
};
