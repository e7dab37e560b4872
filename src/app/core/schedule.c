/* schedule.c - schedules: shifts and jobs in the plan of a branch, for a person or a crew. */
#include "app/core/check.h"
#include "core/entity.h"

static bool schedule_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "starts_at", "ends_at");
}

ENTITY(schedule) = {
    .name = "schedules", .one = N_("Shift"), .many = N_("Shifts"), .pack = "core", .title = "title",
    .icon = "calendar", .hue = "blue",
    .help = N_("Planned work of a branch: who, when, for what."),
    .fields = FIELDS(
        { "title",       N_("Title"),       F_TEXT(255), .flags = REQUIRED, .section = N_("Shift") },
        { "type",        N_("Type"),        F_CHOICE("journey", "maintenance", "training", "meeting", "other"),
          HUES("blue", "amber", "cyan", "violet", "gray"), .flags = REQUIRED, .initial = "journey" },
        { "status",      N_("Status"),      F_CHOICE("scheduled", "in_progress", "completed", "cancelled", "rescheduled"),
          HUES("cyan", "blue", "green", "gray", "amber"), .flags = REQUIRED, .initial = "scheduled" },
        { "priority",    N_("Priority"),    F_CHOICE("low", "normal", "high", "urgent"), HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "normal" },
        { "location_id", N_("Branch"),      F_REF("locations", CASCADE), .flags = REQUIRED },
        { "date",        N_("Day"),         F_DATE, .flags = REQUIRED, .section = N_("When") },
        { "starts_at",   N_("Starts"),      F_TIME, .flags = REQUIRED },
        { "ends_at",     N_("Ends"),        F_TIME, .flags = REQUIRED },
        { "user_id",     N_("User"),        F_REF("users", SET_NULL), .section = N_("Who") },
        { "crew_id",     N_("Crew"),        F_REF("crews", SET_NULL) },
        { "journey_id",  N_("Journey"),     F_REF("journeys", CASCADE) },
        { "description", N_("Description"), F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("location_id date"), INDEX("user_id starts_at"), INDEX("crew_id starts_at"), INDEX("starts_at"),
                       INDEX("journey_id"), INDEX("created_at")),
    .list = "title type status starts_at ends_at crew_id user_id location_id",
    .filter = "location_id date user_id crew_id type status priority", .search = "title description", .sort = "-starts_at",
    .owner = "user_id", .calendar = "starts_at ends_at", .board = "status", .board_card = "title starts_at user_id crew_id",
    .before_save = schedule_before_save,
    .actions = ACTIONS(
        { "start",    N_("Start"),    .from = "scheduled rescheduled", .to = "in_progress", .icon = "play" },
        { "complete", N_("Complete"), .from = "in_progress", .to = "completed", .icon = "check" },
        { "cancel",   N_("Cancel"),   .from = "scheduled rescheduled in_progress", .to = "cancelled", .icon = "no",
          .danger = true }
    ),
};
