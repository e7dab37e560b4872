/* step_activity.c - step activities: what was ticked, photographed, signed or timed in a step. */
#include "core/entity.h"

ENTITY(step_activity) = {
    .name = "step_activities", .one = N_("Step activity"), .many = N_("Step activities"), .pack = "moving",
    .icon = "task", .hue = "cyan",
    .help = N_("What was ticked, photographed, signed or timed in a step."),
    .fields = FIELDS(
        { "journey_step_id", N_("Step"),   F_REF("journey_steps", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "type",            N_("Type"),
          F_CHOICE("checklist", "photo", "video", "approval", "note", "signature", "gps", "timer"),
          HUES("blue", "pink", "pink", "green", "amber", "violet", "teal", "cyan"), .flags = REQUIRED | IMMUTABLE },
        { "status",          N_("Status"), F_CHOICE("pending", "in_progress", "completed", "failed", "cancelled"),
          HUES("cyan", "blue", "green", "red", "gray"), .flags = REQUIRED, .initial = "completed" },
        { "content",         N_("Content"), F_JSON("any") },
        { "media_id",        N_("Picture"), F_REF("media", SET_NULL) },
        { "duration_seconds", N_("Took"),  F_INT(0, 10000000), .unit = "s" },
        { "place",           N_("Place"),  F_JSON("any") },
        { "done_at",         N_("When"),   F_TIME, .flags = REQUIRED, .initial = "now" }
    ),
    .indexes = INDEXES(INDEX("journey_step_id done_at"), INDEX("done_at"), INDEX("created_at")),
    .list = "journey_step_id type status done_at created_by_id", .filter = "journey_step_id type status", .sort = "-done_at",
    .parent = "journey_step_id",
};
