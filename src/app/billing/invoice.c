/* invoice.c - invoices: what a client owes us, until it is paid. */
#include "app/billing/paper.h"
#include "app/core/check.h"
#include "app/core/sequence.h"
#include "base/timefmt.h"
#include "core/entity.h"

static bool invoice_is(const struct row *row, const char *states) { return str_in_words(states, row_text(row, "status")); }

/* What is open, and with it whether it is paid, follows from what was paid. */
static void invoice_paid(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    int64_t total = row_int(row, "total_amount"), paid = row_int(row, "amount_paid"), due = total - paid;
    row_set_int(row, "amount_due", due);
    if (!invoice_is(row, "sent viewed partial_paid paid overdue")) return;
    if (due <= 0) {
        row_set_text(row, "status", STR("paid"));
        if (row_null(row, "paid_date")) row_set_int(row, "paid_date", zone_day(ctx->env.zone, ctx->now));
    } else if (paid > 0) {
        row_set_text(row, "status", STR("partial_paid"));
        row_set(row, "paid_date", VALUE_NONE);
    } else if (invoice_is(row, "partial_paid paid")) {
        row_set_text(row, "status", STR("sent"));
        row_set(row, "paid_date", VALUE_NONE);
    }
}

static bool invoice_before_save(struct ctx *ctx, struct change *change) {
    paper_subtotal(change);
    invoice_paid(ctx, change);
    return check_order(ctx, change, "invoice_date", "due_date");
}

/* Sent, it has its number, its day and at least one line, and is no longer changed. */
static bool invoice_send(struct ctx *ctx, struct change *change) {
    if (row_int(change->row, "lines_count") == 0)
        return errors_add(&ctx->errors, 409, "no_lines", "lines_count", "Add a line first.");
    return sequence_give(ctx, change, "number", "invoice");
}

/* What was paid on it is given back first. */
static bool invoice_cancel(struct ctx *ctx, struct change *change) {
    if (row_int(change->row, "amount_paid") == 0) return true;
    return errors_add(&ctx->errors, 409, "paid", "amount_paid", "Something was paid on it. Refund that first.");
}

ENTITY(invoice) = {
    .name = "invoices", .one = N_("Invoice"), .many = N_("Invoices"), .pack = "billing", .title = "number",
    .untitled = N_("Draft"), .untitled_by = "client_id",
    .icon = "receipt", .hue = "green",
    .help = N_("What a client owes you, until it is paid."),
    .fields = FIELDS(
        { "number",             N_("Number"),       F_TEXT(100), .flags = BROUGHT, .section = N_("Invoice"),
          .help = N_("Given when it is sent.") },
        { "client_id",          N_("Client"),       F_REF("clients", RESTRICT), .flags = REQUIRED },
        { "contact_id",         N_("Contact"),      F_REF("contacts", SET_NULL) },
        { "status",             N_("Status"),
          F_CHOICE("draft", "sent", "viewed", "partial_paid", "paid", "overdue", "cancelled", "refunded"),
          HUES("gray", "blue", "cyan", "amber", "green", "red", "gray", "violet"), .flags = READ_ONLY, .initial = "draft" },
        { "invoice_date",       N_("Date"),         F_DATE, .flags = REQUIRED, .initial = "today" },
        { "due_date",           N_("Due"),          F_DATE, .flags = REQUIRED | DUE },
        { "reference",          N_("Reference"),    F_TEXT(255), .help = N_("Such as the client's order number.") },
        { "description",        N_("Description"),  F_TEXT(5000), .flags = MULTILINE },
        { "deal_id",            N_("Deal"),         F_REF("deals", SET_NULL), .section = N_("For") },
        { "quote_id",           N_("Quote"),        F_REF("quotes", SET_NULL) },
        { "project_id",         N_("Project"),      F_REF("projects", SET_NULL) },
        { "journey_id",         N_("Journey"),      F_REF("journeys", SET_NULL) },
        { "location_id",        N_("Branch"),       F_REF("locations", SET_NULL) },
        { "recurring_invoice_id", N_("Series"),     F_REF("recurring_invoices", SET_NULL), .flags = READ_ONLY },
        { "occurrence",         N_("Occurrence"),   F_TEXT(40), .flags = READ_ONLY | HIDDEN },
        { "currency",           N_("Currency"),     F_TEXT(3), .section = N_("Amount") },
        { "prices_include_tax", N_("Prices include tax"), F_BOOL, .flags = IMMUTABLE, .initial = "false" },
        { "tax_rate",           N_("Usual tax rate"), F_DECIMAL(3), .max = 100000, .unit = "%",
          .help = N_("What new lines start with.") },
        { "tax_exempt",         N_("Tax exempt"),   F_BOOL, .initial = "false" },
        { "subtotal",           N_("Without tax"),  F_MONEY, .flags = COMPUTED },
        { "tax_amount",         N_("Tax"),          F_MONEY, .kept = {KEPT_SUM, "invoice_items", "invoice_id", "tax_amount"} },
        { "total_amount",       N_("Total"),        F_MONEY, .kept = {KEPT_SUM, "invoice_items", "invoice_id", "total_price"} },
        { "amount_paid",        N_("Paid"),         F_MONEY, .kept = {KEPT_SUM, "payment_allocations", "invoice_id", "amount"} },
        { "amount_due",         N_("Amount due"),   F_MONEY, .flags = COMPUTED },
        { "lines_count",        N_("Lines"),        F_INT(0, 10000), .kept = {KEPT_COUNT, "invoice_items", "invoice_id"} },
        { "payment_method",     N_("Pays by"),
          F_CHOICE("cash", "check", "bank_transfer", "credit_card", "debit_card", "paypal", "stripe", "square", "other"),
          .section = N_("Payment") },
        { "paid_date",          N_("Paid on"),      F_DATE, .flags = READ_ONLY },
        { "is_recurring",       N_("Repeats"),      F_BOOL, .initial = "false" },
        { "recurring_schedule", N_("How"),          F_JSON("object") },
        { "terms",              N_("Terms"),        F_MARKDOWN, .section = N_("Texts") },
        { "notes",              N_("Notes"),        F_MARKDOWN, .help = N_("Only your people read them.") },
        { "sent_at",            N_("Sent"),         F_TIME, .flags = READ_ONLY, .section = N_("What happened") },
        { "viewed_at",          N_("Viewed"),       F_TIME, .flags = READ_ONLY },
        { "cancelled_at",       N_("Cancelled"),    F_TIME, .flags = READ_ONLY },
        { "cancellation_reason", N_("Why cancelled"), F_TEXT(500) },
        { "xero_invoice_id",    N_("Xero invoice"), F_TEXT(255), .flags = READ_ONLY, .section = N_("More") },
        { "xero_contact_id",    N_("Xero contact"), F_TEXT(255), .flags = READ_ONLY },
        { "last_synced_at",     N_("Last synced"),  F_TIME, .flags = READ_ONLY },
        { "tags",               N_("Tags"),         F_TAGS },
        { "accessed_at",        N_("Last opened"),  F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("created_at"), INDEX("client_id created_at"), INDEX("status due_date"),
                       UNIQUE("recurring_invoice_id occurrence"), {.fields = "deal_id", .where = "deal_id IS NOT NULL"},
                       {.fields = "quote_id", .where = "quote_id IS NOT NULL"},
                       {.fields = "journey_id", .where = "journey_id IS NOT NULL"}),
    .list = "number client_id status invoice_date due_date total_amount amount_due",
    .filter = "status client_id invoice_date due_date location_id tags", .search = "number reference description",
    .sort = "-created_at", .board = "status", .board_card = "number client_id total_amount due_date",
    .board_sum = "total_amount", .parent = "client_id", .calendar = "due_date",
    .open = "sent viewed partial_paid overdue", .drafts = "draft", .still = "notes tags reference accessed_at",
    .before_save = invoice_before_save,
    .actions = ACTIONS(
        { "send",   N_("Send"),   invoice_send, .from = "draft", .to = "sent", .stamp = "sent_at", .after = "lines_count",
          .icon = "send" },
        { "cancel", N_("Cancel"), invoice_cancel, .from = "draft sent viewed overdue", .to = "cancelled",
          .input = "cancellation_reason", .require = "cancellation_reason", .stamp = "cancelled_at",
          .unless = "amount_paid", .icon = "no", .danger = true }
    ),
};
