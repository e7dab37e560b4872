/* pipeline.c - pipelines: the ways in which deals are won, each with its own stages. */
#include "core/entity.h"

ENTITY(pipeline) = {
    .name = "pipelines", .one = N_("Pipeline"), .many = N_("Pipelines"), .pack = "sales", .title = "name",
    .icon = "route", .hue = "violet", .flags = ENTITY_SETTINGS,
    .help = N_("A way in which deals are won, with its own stages."),
    .fields = FIELDS(
        { "name",         N_("Name"),        F_TEXT(100), .flags = REQUIRED },
        { "description",  N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "is_default",   N_("Usual"),       F_BOOL, .initial = "false", .help = N_("New deals go through it.") },
        { "is_active",    N_("In use"),      F_BOOL, .initial = "true" },
        { "position",     N_("Position"),    F_INT(0, 10000), .initial = "0" },
        { "stages_count", N_("Stages"),      F_INT(0, 1000), .kept = {KEPT_COUNT, "pipeline_stages", "pipeline_id"} }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name description stages_count is_default is_active", .search = "name", .sort = "position", .match = "name",
    .exclusive = "is_default",
};
