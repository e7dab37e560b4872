/* dashboard.c - dashboards: the figures that somebody wants to see at a glance. */
#include "core/entity.h"

ENTITY(dashboard) = {
    .name = "dashboards", .one = N_("Dashboard"), .many = N_("Dashboards"), .pack = "insight", .title = "name",
    .icon = "grid", .hue = "blue",
    .help = N_("The figures that somebody wants to see at a glance."),
    .fields = FIELDS(
        { "name",            N_("Name"),        F_TEXT(255), .flags = REQUIRED },
        { "user_id",         N_("Of"),          F_REF("users", CASCADE), .flags = REQUIRED, .initial = "me" },
        { "description",     N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "is_default",      N_("Home page"),   F_BOOL, .initial = "false",
          .help = N_("What they see first; one for each user.") },
        { "is_public",       N_("For all"),     F_BOOL, .initial = "false" },
        { "layout",          N_("Layout"),      F_JSON("any"), .flags = REQUIRED, .initial = "{}", .section = N_("Content") },
        { "widgets",         N_("Widgets"),     F_JSON("any"), .flags = REQUIRED, .initial = "[]",
          .help = N_("Each a question and how its answer is drawn.") },
        { "refresh_seconds", N_("Renewed every"), F_INT(5, 86400), .unit = "s" },
        { "theme",           N_("Theme"),       F_CHOICE("auto", "light", "dark"), .initial = "auto" }
    ),
    .indexes = INDEXES(UNIQUE("user_id name"), INDEX("name"), INDEX("created_at")),
    .list = "name user_id is_default is_public updated_at", .filter = "user_id is_public", .search = "name description",
    .sort = "name", .owner = "user_id", .exclusive = "is_default", .exclusive_in = "user_id",
};
