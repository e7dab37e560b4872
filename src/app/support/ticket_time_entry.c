/* ticket_time_entry.c - time entries: who worked how long on a ticket, and what it is billed at. */
#include "base/decimal.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* Billed time is worked time unless said otherwise; the amount is the rate for it. */
static bool ticket_time_entry_amount(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (row_null(row, "minutes_billed")) row_set(row, "minutes_billed", row_get(row, "minutes"));
    if (!row_bool(row, "is_billable") || row_null(row, "hourly_rate")) {
        row_set(row, "amount", VALUE_NONE);
        return true;
    }
    int64_t amount;
    if (!decimal_mul_div(row_int(row, "minutes_billed"), row_int(row, "hourly_rate"), 60, &amount))
        return errors_add(&ctx->errors, 422, "too_large", "hourly_rate", "The amount is too large.");
    row_set_int(row, "amount", amount);
    return true;
}

/* What the end is after the start is the time worked. */
static bool ticket_time_entry_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!row_null(row, "started_at") && !row_null(row, "ended_at")) {
        int64_t length = row_int(row, "ended_at") - row_int(row, "started_at");
        if (length < 0) return errors_add(&ctx->errors, 422, "order", "ended_at", "The end is before the start.");
        bool touched = change_touches(change, "started_at") || change_touches(change, "ended_at");
        if (touched && !change_given(change, "minutes")) row_set_int(row, "minutes", (length + 59999) / 60000);
    }
    return ticket_time_entry_amount(ctx, change);
}

ENTITY(ticket_time_entry) = {
    .name = "ticket_time_entries", .one = N_("Time entry"), .many = N_("Time entries"), .pack = "support", .title = "description",
    .icon = "clock", .hue = "green",
    .help = N_("Who worked how long on a ticket."),
    .fields = FIELDS(
        { "ticket_id",      N_("Ticket"),      F_REF("tickets", CASCADE), .flags = REQUIRED },
        { "user_id",        N_("User"),        F_REF("users", RESTRICT), .flags = REQUIRED, .initial = "me" },
        { "description",    N_("Work done"),   F_TEXT(2000), .flags = MULTILINE },
        { "work_date",      N_("Day"),         F_DATE, .flags = REQUIRED, .initial = "today", .section = N_("Time") },
        { "started_at",     N_("Started"),     F_TIME },
        { "ended_at",       N_("Ended"),       F_TIME },
        { "minutes",        N_("Time worked"), F_DURATION, .flags = REQUIRED, .max = 1440, .initial = "0" },
        { "work_type",      N_("Work"),        F_CHOICE("remote", "onsite", "travel", "phone", "after_hours"),
          HUES("blue", "orange", "amber", "green", "red"), .initial = "remote" },
        { "is_billable",    N_("Billable"),    F_BOOL, .initial = "true", .section = N_("Billing") },
        { "minutes_billed", N_("Time billed"), F_DURATION, .help = N_("Empty: as worked.") },
        { "hourly_rate",    N_("Hourly rate"), F_MONEY, .max = INT64_C(1000000000000) },
        { "amount",         N_("Amount"),      F_MONEY, .flags = COMPUTED },
        { "currency",       N_("Currency"),    F_TEXT(3) },
        { "status",         N_("Status"),      F_CHOICE("draft", "submitted", "approved", "rejected", "invoiced"),
          HUES("gray", "cyan", "green", "red", "violet"), .flags = READ_ONLY, .initial = "draft" },
        { "approved_by_id", N_("Approved by"), F_REF("users", SET_NULL), .flags = READ_ONLY },
        { "approved_at",    N_("Approved"),    F_TIME, .flags = READ_ONLY },
        { "rejection_reason", N_("Why rejected"), F_TEXT(500) }
    ),
    .indexes = INDEXES(INDEX("ticket_id work_date"), INDEX("user_id work_date"), INDEX("status"), INDEX("created_at")),
    .list = "work_date user_id ticket_id description minutes is_billable amount status",
    .filter = "ticket_id user_id work_date status is_billable", .search = "description", .sort = "-created_at",
    .owner = "user_id", .parent = "ticket_id", .state = "status", .calendar = "started_at ended_at",
    .before_save = ticket_time_entry_before_save,
    .actions = ACTIONS(
        { "submit",  N_("Submit"),  .from = "draft rejected", .to = "submitted", .icon = "send" },
        { "approve", N_("Approve"), .from = "submitted", .to = "approved", .stamp = "approved_at approved_by_id",
          .icon = "check" },
        { "reject",  N_("Reject"),  .from = "submitted", .to = "rejected", .input = "rejection_reason",
          .require = "rejection_reason", .needs = MAY_APPROVE, .icon = "no", .danger = true }
    ),
};
