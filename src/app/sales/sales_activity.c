/* sales_activity.c - sales activities: calls, meetings, demos and visits, planned or done. */
#include "app/sales/lead.h"

#include "core/repo.h"

/* A call that was not planned for a time has happened. */
static void sales_activity_done(struct ctx *ctx, struct change *change) {
    if (!change->old && row_null(change->row, "scheduled_at") && row_null(change->row, "completed_at") &&
        str_eqc(row_text(change->row, "type"), "phone_call"))
        row_set_int(change->row, "completed_at", ctx->now);
}

/* What is done with a lead is done with the client that it belongs to. */
static bool sales_activity_client(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "lead_id") || !row_null(change->row, "client_id")) return true;
    int64_t client = sql_int(ctx, "SELECT client_id FROM leads WHERE tenant_id = :tenant AND id = :lead",
                             ARGS({":lead", row_get(change->row, "lead_id")}));
    if (client) row_set_int(change->row, "client_id", client);
    return ctx->errors.count == 0;
}

static bool sales_activity_before_save(struct ctx *ctx, struct change *change) {
    sales_activity_done(ctx, change);
    return sales_activity_client(ctx, change);
}

/* A call, e-mail, meeting, demo or visit that is done is a contact with the lead; a call also stands among the lead's activities.
 */
static bool sales_activity_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    struct str type = row_text(row, "type");
    if (row_null(row, "lead_id") || row_null(row, "completed_at") || !change_touches(change, "completed_at")) return true;
    if (str_in_words("email meeting demo site_visit", type))
        return lead_contacted(ctx, row_int(row, "lead_id"), row_int(row, "completed_at"));
    if (!str_eqc(type, "phone_call")) return true;
    struct buf b = buf_new(ctx->arena, 256);
    buf_printf(&b, "{\"sales_activity_id\":%lld,\"subject\":", (long long)row_id(row));
    buf_json(&b, row_null(row, "subject") ? row_text(row, "description") : row_text(row, "subject"));
    if (!row_null(row, "outcome")) {
        buf_lit(&b, ",\"outcome\":");
        buf_json(&b, row_text(row, "outcome"));
    }
    buf_char(&b, '}');
    return lead_record(ctx, row_int(row, "lead_id"), "call", buf_str(&b)) &&
           lead_contacted(ctx, row_int(row, "lead_id"), row_int(row, "completed_at"));
}

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
                       INDEX("scheduled_at"), INDEX("created_at")),
    .list = "type subject lead_id client_id user_id scheduled_at completed_at outcome",
    .filter = "type lead_id client_id user_id scheduled_at",
    .search = "subject description", .sort = "-created_at", .owner = "user_id",
    .before_save = sales_activity_before_save, .after_save = sales_activity_after_save,
};
