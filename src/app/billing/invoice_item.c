/* invoice_item.c - invoice lines: what the client pays for. */
#include "app/billing/paper.h"
#include "core/entity.h"

static bool invoice_item_before_save(struct ctx *ctx, struct change *change) {
    return paper_line(ctx, change, "invoice_id");
}

static bool invoice_item_before_delete(struct ctx *ctx, struct change *change) {
    return paper_line_may_go(ctx, change, "invoice_id");
}

ENTITY(invoice_item) = {
    .name = "invoice_items", .one = N_("Invoice line"), .many = N_("Invoice lines"), .pack = "billing", .title = "description",
    .icon = "list", .hue = "green",
    .help = N_("What the client pays for."),
    .fields = FIELDS(
        { "invoice_id",       N_("Invoice"),     F_REF("invoices", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "position",         N_("Position"),    F_INT(0, 100000), .initial = "0" },
        { "product_id",       N_("Product"),     F_REF("products", SET_NULL), .section = N_("What") },
        { "description",      N_("Description"), F_TEXT(2000), .flags = REQUIRED | MULTILINE },
        { "category",         N_("Category"),
          F_CHOICE("moving_services", "storage_services", "packing_services", "specialty_services", "equipment_rental",
                   "insurance", "labour", "hardware", "software", "subscription", "travel", "property", "commission", "other"),
          .initial = "other" },
        { "subcategory",      N_("Subcategory"), F_TEXT(100) },
        { "quantity",         N_("Quantity"),    F_DECIMAL(3), .max = INT64_C(1000000000), .flags = REQUIRED, .initial = "1",
          .section = N_("Price") },
        { "unit",             N_("Unit"),        F_TEXT(20) },
        { "unit_price",       N_("Price"),       F_MONEY, .min = INT64_C(-1000000000000000), .max = INT64_C(1000000000000000),
          .flags = REQUIRED, .initial = "0" },
        { "currency",         N_("Currency"),    F_TEXT(3) },
        { "discount_percent", N_("Discount"),    F_PERCENT, .max = 10000, .initial = "0" },
        { "tax_rate_id",      N_("Tax"),         F_REF("tax_rates", SET_NULL) },
        { "tax_rate",         N_("Tax percent"), F_DECIMAL(3), .max = 100000, .initial = "0",
          .help = N_("Stays as it is when the tax changes later.") },
        { "tax_amount",       N_("Tax amount"),  F_MONEY, .flags = COMPUTED },
        { "total_price",      N_("Total"),       F_MONEY, .flags = COMPUTED, .help = N_("With tax.") },
        { "ticket_time_entry_id", N_("Time entry"), F_REF("ticket_time_entries", SET_NULL), .section = N_("Comes from") },
        { "expense_id",       N_("Expense"),     F_REF("expenses", SET_NULL) },
        { "trip_id",          N_("Trip"),        F_REF("trips", SET_NULL) },
        { "account_code",     N_("Account"),     F_TEXT(20) },
        { "xero_line_item_id", N_("Xero line"),  F_TEXT(255), .flags = READ_ONLY },
        { "notes",            N_("Notes"),       F_TEXT(2000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("invoice_id position"), INDEX("product_id"), UNIQUE("ticket_time_entry_id"), UNIQUE("expense_id"),
                       UNIQUE("trip_id"), INDEX("position"), INDEX("created_at")),
    .list = "invoice_id position description quantity unit_price discount_percent tax_rate total_price",
    .filter = "invoice_id product_id category", .search = "description", .sort = "position", .parent = "invoice_id",
    .before_save = invoice_item_before_save, .before_delete = invoice_item_before_delete,
};
