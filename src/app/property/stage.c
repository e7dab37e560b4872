/* stage.c - stages: the parts of a development that come to the market one after the other. */
#include "core/entity.h"

ENTITY(stage) = {
    .name = "stages", .one = N_("Stage"), .many = N_("Stages"), .pack = "property", .title = "name",
    .icon = "stairs", .hue = "green",
    .help = N_("A part of a development that comes to the market at once."),
    .fields = FIELDS(
        { "name",           N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Stage") },
        { "development_id", N_("Development"), F_REF("developments", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "status",         N_("Status"),      F_CHOICE("upcoming", "selling", "sold_out", "completed"),
          HUES("cyan", "green", "violet", "blue"), .flags = REQUIRED, .initial = "upcoming" },
        { "position",       N_("Position"),    F_INT(0, 10000), .flags = REQUIRED, .initial = "0" },
        { "release_date",   N_("Released"),    F_DATE },
        { "description",    N_("Description"), F_MARKDOWN },
        { "total_lots",     N_("Lots"),        F_INT(0, 1000000), .kept = {KEPT_COUNT, "lots", "stage_id"} },
        { "available_lots", N_("Available"),   F_INT(0, 1000000),
          .kept = {KEPT_COUNT, "lots", "stage_id", NULL, "status = 'available'"} },
        { "plan_file_id",   N_("Plan"),        F_FILE, .help = N_("On which its lots are drawn.") }
    ),
    .indexes = INDEXES(UNIQUE("development_id name"), INDEX("development_id position"), INDEX("position"), INDEX("created_at")),
    .list = "name development_id status release_date total_lots available_lots", .filter = "development_id status release_date",
    .search = "name", .sort = "position", .parent = "development_id", .board = "status",
    .board_card = "name development_id available_lots", .calendar = "release_date",
};
