/* availability.c - availability: when somebody can work, and when they are on leave, sick or in training. */
#include "app/core/check.h"
#include "core/entity.h"

static bool availability_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "starts_at", "ends_at");
}

ENTITY(availability) = {
    .name = "availability", .one = N_("Availability"), .many = N_("Availability"), .pack = "core", .title = "reason",
    .icon = "clock", .hue = "green",
    .help = N_("When somebody can work, and when not."),
    .fields = FIELDS(
        { "user_id",           N_("User"),      F_REF("users", CASCADE), .flags = REQUIRED, .initial = "me" },
        { "date",              N_("Day"),       F_DATE, .flags = REQUIRED, .section = N_("When") },
        { "starts_at",         N_("From"),      F_TIME, .flags = REQUIRED },
        { "ends_at",           N_("Until"),     F_TIME, .flags = REQUIRED },
        { "is_available",      N_("Available"), F_BOOL, .flags = REQUIRED, .initial = "true", .section = N_("What") },
        { "type",              N_("Type"),      F_CHOICE("personal", "sick", "vacation", "training", "maintenance", "other"),
          HUES("blue", "red", "green", "cyan", "amber", "gray"), .flags = REQUIRED, .initial = "personal" },
        { "reason",            N_("Reason"),    F_TEXT(255) },
        { "notes",             N_("Notes"),     F_TEXT(2000), .flags = MULTILINE },
        { "is_recurring",      N_("Repeats"),   F_BOOL, .initial = "false" },
        { "recurring_pattern", N_("How"),       F_JSON("object"), .help = N_("Such as {\"rrule\": \"FREQ=WEEKLY\"}.") }
    ),
    .indexes = INDEXES(INDEX("user_id date"), INDEX("date"), INDEX("created_at")),
    .list = "user_id date starts_at ends_at is_available type reason", .filter = "user_id date type is_available",
    .search = "reason", .sort = "-date", .owner = "user_id", .calendar = "starts_at ends_at",
    .before_save = availability_before_save,
};
