/* recurring_ticket.c - recurring tickets: work that comes back, such as a monthly check; a ticket is made each time. */
#include "core/entity.h"

ENTITY(recurring_ticket) = {
    .name = "recurring_tickets", .one = N_("Recurring ticket"), .many = N_("Recurring tickets"), .pack = "support",
    .title = "name",
    .icon = "refresh", .hue = "cyan",
    .help = N_("Work that comes back; a ticket is made of it each time."),
    .fields = FIELDS(
        { "name",            N_("Name"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Ticket") },
        { "client_id",       N_("Client"),       F_REF("clients", CASCADE), .flags = REQUIRED },
        { "description",     N_("Description"),  F_TEXT(5000), .flags = MULTILINE, .help = N_("The text of each ticket.") },
        { "priority",        N_("Priority"),     F_CHOICE("low", "medium", "high", "critical"),
          HUES("gray", "blue", "amber", "red"), .initial = "medium" },
        { "assigned_to_id",  N_("Assigned to"),  F_REF("users", SET_NULL) },
        { "asset_id",        N_("Asset"),        F_REF("assets", SET_NULL) },
        { "template",        N_("More of it"),   F_JSON("object"), .help = N_("Other fields of each ticket.") },
        { "frequency",       N_("Repeats"),      F_CHOICE("daily", "weekly", "monthly", "quarterly", "yearly", "custom"),
          .flags = REQUIRED, .initial = "monthly", .section = N_("When") },
        { "rrule",           N_("Rule"),         F_TEXT(255), .help = N_("For custom: such as FREQ=WEEKLY;BYDAY=MO.") },
        { "next_run_at",     N_("Next"),         F_TIME, .flags = REQUIRED },
        { "last_run_at",     N_("Last"),         F_TIME, .flags = READ_ONLY },
        { "ends_on",         N_("Until"),        F_DATE },
        { "is_active",       N_("Active"),       F_BOOL, .initial = "true" },
        { "tickets_count",   N_("Tickets made"), F_INT(0, 1000000), .kept = {KEPT_COUNT, "tickets", "recurring_ticket_id"} }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("is_active next_run_at"), INDEX("name"), INDEX("created_at")),
    .list = "name client_id frequency next_run_at last_run_at assigned_to_id is_active",
    .filter = "client_id frequency is_active assigned_to_id", .search = "name description", .sort = "name",
    .owner = "assigned_to_id", .parent = "client_id", .calendar = "next_run_at",
};
