/* pipeline_stage.c - pipeline stages: the steps of a pipeline, and how likely a deal is won from each. */
#include "core/entity.h"

ENTITY(pipeline_stage) = {
    .name = "pipeline_stages", .one = N_("Pipeline stage"), .many = N_("Pipeline stages"), .pack = "sales", .title = "name",
    .icon = "stairs", .hue = "violet", .flags = ENTITY_SETTINGS,
    .help = N_("A step of a pipeline; each is a column of its board."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(100), .flags = REQUIRED },
        { "pipeline_id", N_("Pipeline"),    F_REF("pipelines", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "position",    N_("Position"),    F_INT(0, 10000), .flags = REQUIRED, .initial = "0",
          .help = N_("From left to right.") },
        { "hue",         N_("Colour"),
          F_CHOICE("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"),
          HUES("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"), .flags = REQUIRED,
          .initial = "blue" },
        { "probability", N_("Probability"), F_INT(0, 100), .unit = "%", .flags = REQUIRED, .initial = "50",
          .help = N_("Percent of deals here that are won.") },
        { "stale_days",  N_("Stale after"), F_INT(1, 3650), .unit = N_("days"), .help = N_("Without a step.") }
    ),
    .indexes = INDEXES(UNIQUE("pipeline_id name"), INDEX("pipeline_id position")),
    .list = "name pipeline_id hue probability stale_days", .filter = "pipeline_id", .search = "name", .sort = "position",
    .parent = "pipeline_id", .match = "name",
};
