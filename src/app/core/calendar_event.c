/* calendar_event.c - calendar events: meetings, visits and deadlines, with whom, when and where. */
#include "app/core/check.h"
#include "core/entity.h"

static bool calendar_event_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "starts_at", "ends_at");
}

ENTITY(calendar_event) = {
    .name = "calendar_events", .one = N_("Event"), .many = N_("Events"), .pack = "core", .title = "title",
    .icon = "calendar", .hue = "violet",
    .help = N_("A meeting, visit or deadline."),
    .fields = FIELDS(
        { "title",        N_("Title"),       F_TEXT(255), .flags = REQUIRED, .section = N_("Event") },
        { "type",         N_("Type"),
          F_CHOICE("meeting", "call", "site_visit", "maintenance", "training", "deadline", "inspection", "review", "other"),
          HUES("violet", "green", "orange", "amber", "cyan", "red", "teal", "blue", "gray"), .initial = "meeting" },
        { "status",       N_("Status"),      F_CHOICE("scheduled", "confirmed", "tentative", "completed", "cancelled"),
          HUES("blue", "green", "amber", "gray", "gray"), .flags = REQUIRED, .initial = "scheduled" },
        { "starts_at",    N_("Starts"),      F_TIME, .flags = REQUIRED, .section = N_("When and where") },
        { "ends_at",      N_("Ends"),        F_TIME },
        { "is_all_day",   N_("All day"),     F_BOOL, .initial = "false" },
        { "place",        N_("Place"),       F_TEXT(255) },
        { "location_id",  N_("Location"),    F_REF("locations", SET_NULL) },
        { "rrule",        N_("Repeats"),     F_TEXT(255), .help = N_("Such as FREQ=WEEKLY;BYDAY=MO; empty: once.") },
        { "reminder_minutes", N_("Remind"),  F_DURATION, .help = N_("How long before.") },
        { "user_id",      N_("User"),        F_REF("users", SET_NULL), .initial = "me", .section = N_("Who") },
        { "client_id",    N_("Client"),      F_REF("clients", CASCADE), .help = N_("Empty: among your own people.") },
        { "contact_id",   N_("Contact"),     F_REF("contacts", SET_NULL) },
        { "attendees",    N_("Others"),      F_JSON("array"), .help = N_("Names or e-mail addresses.") },
        { "subject_type", N_("About"),       F_SUBJECT_TYPE("leads deals tickets projects lots journeys"),
          .section = N_("About") },
        { "subject_id",   N_("Record"),      F_SUBJECT_ID },
        { "description",  N_("Description"), F_MARKDOWN },
        { "tags",         N_("Tags"),        F_TAGS }
    ),
    .indexes = INDEXES(INDEX("starts_at"), INDEX("user_id starts_at"), INDEX("client_id starts_at"),
                       INDEX("subject_type subject_id"), INDEX("created_at")),
    .list = "title type status starts_at ends_at user_id client_id place",
    .filter = "type status user_id client_id starts_at tags",
    .search = "title description place", .sort = "-starts_at", .owner = "user_id", .parent = "client_id",
    .calendar = "starts_at ends_at", .state = "status",
    .open = "scheduled confirmed tentative",
    .before_save = calendar_event_before_save,
    .actions = ACTIONS(
        { "confirm",  N_("Confirm"),  .from = "scheduled tentative", .to = "confirmed", .icon = "check" },
        { "complete", N_("Complete"), .from = "scheduled confirmed tentative", .to = "completed", .icon = "ok" },
        { "cancel",   N_("Cancel"),   .from = "scheduled confirmed tentative", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
