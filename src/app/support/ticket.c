/* ticket.c - tickets: what clients ask us to fix or do, from the first word until it is solved. */
#include "app/core/sequence.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

static bool ticket_is(const struct row *row, const char *states) { return str_in_words(states, row_text(row, "status")); }

/* When it was solved and closed follows from its status; opened again, it is neither. */
static void ticket_moments(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    bool solved = ticket_is(row, "resolved closed"), over = ticket_is(row, "closed cancelled");
    if (!solved) row_set(row, "resolved_at", VALUE_NONE);
    else if (row_null(row, "resolved_at")) row_set_int(row, "resolved_at", ctx->now);
    if (!over) row_set(row, "closed_at", VALUE_NONE);
    else if (row_null(row, "closed_at")) row_set_int(row, "closed_at", ctx->now);
    bool was_over = change->old && ticket_is(change->old, "resolved closed cancelled");
    if (was_over && !solved && !over && !change->undoing)
        row_set_int(row, "reopened_count", row_int(row, "reopened_count") + 1);
}

/* What somebody was given is no longer new. */
static void ticket_taken(struct change *change) {
    if (change_touches(change, "assigned_to_id") && !row_null(change->row, "assigned_to_id") && ticket_is(change->row, "new"))
        row_set_text(change->row, "status", STR("open"));
}

static bool ticket_before_save(struct ctx *ctx, struct change *change) {
    ticket_taken(change);
    ticket_moments(ctx, change);
    return sequence_give(ctx, change, "number", "ticket");
}

ENTITY(ticket) = {
    .name = "tickets", .one = N_("Ticket"), .many = N_("Tickets"), .pack = "support", .title = "subject",
    .icon = "ticket", .hue = "orange",
    .help = N_("What a client asks you to fix or do."),
    .fields = FIELDS(
        { "number",            N_("Number"),         F_TEXT(40), .flags = BROUGHT, .section = N_("Ticket") },
        { "subject",           N_("Subject"),        F_TEXT(255), .flags = REQUIRED },
        { "description",       N_("Description"),    F_MARKDOWN },
        { "client_id",         N_("Client"),         F_REF("clients", CASCADE), .flags = REQUIRED },
        { "contact_id",        N_("Contact"),        F_REF("contacts", SET_NULL), .help = N_("Who asks.") },
        { "status",            N_("Status"),
          F_CHOICE("new", "open", "in_progress", "pending", "on_hold", "waiting", "resolved", "closed", "cancelled"),
          HUES("cyan", "blue", "violet", "amber", "gray", "amber", "green", "gray", "gray"), .flags = REQUIRED,
          .initial = "new" },
        { "priority",          N_("Priority"),       F_CHOICE("low", "medium", "high", "critical"),
          HUES("gray", "blue", "amber", "red"), .flags = REQUIRED, .initial = "medium" },
        { "type",              N_("Type"),           F_CHOICE("incident", "request", "problem", "change", "question"),
          HUES("red", "blue", "amber", "violet", "cyan"), .initial = "incident" },
        { "category",          N_("Category"),       F_TEXT(100) },
        { "source",            N_("Source"),         F_CHOICE("phone", "email", "portal", "chat", "monitoring", "visit",
          "recurring"),
          .initial = "phone" },
        { "assigned_to_id",    N_("Assigned to"),    F_REF("users", SET_NULL), .section = N_("Work") },
        { "location_id",       N_("Location"),       F_REF("locations", SET_NULL) },
        { "asset_id",          N_("Asset"),          F_REF("assets", SET_NULL) },
        { "vendor_id",         N_("Vendor"),         F_REF("vendors", SET_NULL) },
        { "vendor_ticket",     N_("Vendor's ticket"), F_TEXT(100) },
        { "project_id",        N_("Project"),        F_REF("projects", SET_NULL) },
        { "parent_ticket_id",  N_("Part of"),        F_REF("tickets", SET_NULL) },
        { "recurring_ticket_id", N_("Repeats"),      F_REF("recurring_tickets", SET_NULL), .flags = READ_ONLY },
        { "occurrence",        N_("Occurrence"),     F_TEXT(40), .flags = READ_ONLY | HIDDEN },
        { "scheduled_at",      N_("Scheduled"),      F_TIME },
        { "is_onsite",         N_("On site"),        F_BOOL, .initial = "false" },
        { "due_at",            N_("Due"),            F_TIME, .flags = DUE },
        { "is_billable",       N_("Billable"),       F_BOOL, .initial = "true", .section = N_("Time") },
        { "minutes_worked",    N_("Time worked"),    F_DURATION,
          .kept = {KEPT_SUM, "ticket_time_entries", "ticket_id", "minutes"} },
        { "sla_id",            N_("SLA"),            F_REF("slas", SET_NULL), .section = N_("SLA") },
        { "response_due_at",   N_("Answer until"),   F_TIME, .flags = READ_ONLY | DUE },
        { "resolution_due_at", N_("Solve until"),    F_TIME, .flags = READ_ONLY | DUE },
        { "first_response_at", N_("First answer"),   F_TIME, .flags = BROUGHT },
        { "resolved_at",       N_("Resolved"),       F_TIME, .flags = BROUGHT },
        { "closed_at",         N_("Closed"),         F_TIME, .flags = BROUGHT },
        { "reopened_count",    N_("Reopened"),       F_INT(0, 10000), .flags = READ_ONLY, .initial = "0" },
        { "replies_count",     N_("Replies"),        F_INT(0, 100000), .kept = {KEPT_COUNT, "ticket_replies", "ticket_id"} },
        { "resolution",        N_("Solution"),       F_MARKDOWN, .section = N_("Solution") },
        { "rating",            N_("Client's rating"), F_INT(1, 5), .flags = BROUGHT },
        { "tags",              N_("Tags"),           F_TAGS, .section = N_("More") },
        { "accessed_at",       N_("Last opened"),    F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("created_at"), INDEX("client_id created_at"), INDEX("status created_at"),
                       INDEX("assigned_to_id status"), INDEX("due_at"), UNIQUE("recurring_ticket_id occurrence"),
                       {.fields = "project_id", .where = "project_id IS NOT NULL"},
                       {.fields = "asset_id", .where = "asset_id IS NOT NULL"}),
    .list = "number subject client_id status priority assigned_to_id due_at created_at",
    .filter = "status priority assigned_to_id client_id type due_at tags", .search = "number subject description",
    .sort = "-created_at", .board = "status", .board_card = "number subject client_id priority assigned_to_id",
    .owner = "assigned_to_id", .parent = "client_id", .calendar = "scheduled_at",
    .open = "new open in_progress pending on_hold waiting",
    .before_save = ticket_before_save,
    .actions = ACTIONS(
        { "start",   N_("Start"),   .from = "new open pending on_hold waiting", .to = "in_progress", .icon = "play" },
        { "wait",    N_("Wait for client"), .from = "new open in_progress pending on_hold", .to = "waiting", .icon = "pause" },
        { "resolve", N_("Resolve"), .from = "new open in_progress pending on_hold waiting", .to = "resolved",
          .input = "resolution", .icon = "check" },
        { "close",   N_("Close"),   .from = "resolved", .to = "closed", .icon = "ok" },
        { "reopen",  N_("Reopen"),  .from = "resolved closed cancelled", .to = "open", .icon = "undo" },
        { "cancel",  N_("Cancel"),  .from = "new open in_progress pending on_hold waiting", .to = "cancelled", .icon = "no",
          .danger = true }
    ),
};
