/* crew.c - crews: people of a branch who usually go together. */
#include "core/entity.h"

ENTITY(crew) = {
    .name = "crews", .one = N_("Crew"), .many = N_("Crews"), .pack = "moving", .title = "name",
    .icon = "users", .hue = "violet",
    .help = N_("People of a branch who usually go together."),
    .fields = FIELDS(
        { "name",          N_("Name"),    F_TEXT(100), .flags = REQUIRED },
        { "location_id",   N_("Branch"),  F_REF("locations", CASCADE), .flags = REQUIRED },
        { "lead_id",       N_("Foreman"), F_REF("users", SET_NULL) },
        { "color",         N_("Colour"),  F_COLOR, .help = N_("In the plan.") },
        { "is_active",     N_("In use"),  F_BOOL, .initial = "true" },
        { "members_count", N_("Members"), F_INT(0, 1000), .kept = {KEPT_COUNT, "crew_members", "crew_id"} },
        { "notes",         N_("Notes"),   F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("location_id name"), INDEX("name"), INDEX("created_at")),
    .list = "name location_id lead_id members_count is_active", .filter = "location_id is_active", .search = "name",
    .sort = "name", .owner = "lead_id",
};
