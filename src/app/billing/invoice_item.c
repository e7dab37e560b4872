/* invoice_item.c - invoice lines: what the client pays for. */
#include "app/billing/paper.h"
#include "core/entity.h"

static bool invoice_item_before_save(struct ctx *ctx, struct change *change) {
    return paper_line(ctx, change);
}

ENTITY(invoice_item) = {
    .name = "invoice_items", .one = N_("Invoice line"), .many = N_("Invoice lines"), .pack = "billing", .title = "description",
    .icon = "list", .hue = "green",
    .help = N_("What the client pays for."),
    .fields = FIELDS(
        { "invoice_id",       N_("Invoice"),     F_REF("invoices", CASCADE), .flags = REQUIRED | IMMUTABLE },
        PAPER_LINE_FIELDS,
        { "ticket_time_entry_id", N_("Time entry"), F_REF("ticket_time_entries", SET_NULL), .section = N_("Comes from") },
        { "expense_id",       N_("Expense"),     F_REF("expenses", SET_NULL) },
        { "trip_id",          N_("Trip"),        F_REF("trips", SET_NULL) },
        { "account_code",     N_("Account"),     F_TEXT(20) },
        { "xero_line_item_id", N_("Xero line"),  F_TEXT(255), .flags = READ_ONLY },
        { "notes",            N_("Notes"),       F_TEXT(2000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("invoice_id position"), INDEX("product_id"), UNIQUE("ticket_time_entry_id"), UNIQUE("expense_id"),
                       UNIQUE("trip_id"), INDEX("position"), INDEX("created_at")),
    .list = "invoice_id description quantity unit_price discount_percent tax_rate total_price",
    .filter = "invoice_id product_id category", .search = "description", .sort = "position", .parent = "invoice_id",
    .line_of = "invoice_id", .before_save = invoice_item_before_save,
};
