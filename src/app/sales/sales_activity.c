/* sales_activity.c - sales activities: calls, meetings, demos and visits, planned or done. */
#include "core/entity.h"

ENTITY(sales_activity) = {
    .name = "sales_activities", .one = N_("Sales activity"), .many = N_("Sales activities"), .pack = "sales", .title = "subject",
    .icon = "calendar", .hue = "green",
    .help = N_("A call, meeting, demo or visit with a lead or client, planned or done."),
    .fields = FIELDS(
        { "type",             N_("Type"),        F_CHOICE("phone_call", "email", "meeting", "proposal_sent", "follow_up", "demo",
                                                          "site_visit", "other"),
          HUES("green", "blue", "violet", "amber", "cyan", "pink", "teal", "gray"), .flags = REQUIRED,
          .section = N_("Activity") },
        { "subject",          N_("Subject"),     F_TEXT(255) },
        { "description",      N_("Description"), F_TEXT(5000), .flags = REQUIRED | MULTILINE },
        { "lead_id",          N_("Lead"),        F_REF("leads", CASCADE) },
        { "client_id",        N_("Client"),      F_REF("clients", CASCADE) },
        { "contact_id",       N_("Contact"),     F_REF("contacts", SET_NULL) },
        { "user_id",          N_("User"),        F_REF("users", RESTRICT), .flags = REQUIRED, .initial = "me" },
        { "scheduled_at",     N_("Planned for"), F_TIME, .section = N_("Time") },
        { "completed_at",     N_("Done"),        F_TIME, .help = N_("Empty: still to do.") },
        { "duration_minutes", N_("Duration"),    F_DURATION },
        { "outcome",          N_("Outcome"),     F_TEXT(255), .section = N_("Outcome") },
        { "next_action",      N_("Next action"), F_TEXT(255) },
        { "notes",            N_("Notes"),       F_MARKDOWN },
        { "cost",             N_("Cost"),        F_MONEY, .section = N_("Cost") },
        { "currency",         N_("Currency"),    F_TEXT(3) }
    ),
    .indexes = INDEXES(INDEX("lead_id created_at"), INDEX("client_id created_at"), INDEX("user_id scheduled_at"),
    INDEX("scheduled_at"),
                       INDEX("created_at")),
    .list = "type subject lead_id client_id user_id scheduled_at completed_at outcome",
    .filter = "type lead_id client_id user_id scheduled_at",
    .search = "subject description", .sort = "-created_at", .owner = "user_id",
};
