/* recurring_invoice.c - recurring invoices: what a client pays for again and again, and the invoice that is made each time. */
#include "app/billing/paper.h"
#include "app/core/check.h"
#include "core/entity.h"

static bool recurring_invoice_before_save(struct ctx *ctx, struct change *change) {
    paper_subtotal(change);
    return check_order(ctx, change, "start_date", "end_date");
}

ENTITY(recurring_invoice) = {
    .name = "recurring_invoices", .one = N_("Recurring invoice"), .many = N_("Recurring invoices"), .pack = "billing",
    .title = "name", .icon = "refresh", .hue = "green",
    .help = N_("What a client pays for again and again; an invoice is made of it each time."),
    .fields = FIELDS(
        { "name",               N_("Name"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Series") },
        { "client_id",          N_("Client"),       F_REF("clients", CASCADE), .flags = REQUIRED },
        { "contact_id",         N_("Contact"),      F_REF("contacts", SET_NULL) },
        { "description",        N_("Description"),  F_TEXT(5000), .flags = MULTILINE },
        { "is_active",          N_("Active"),       F_BOOL, .initial = "true" },
        { "frequency",          N_("Repeats"),      F_CHOICE("weekly", "monthly", "quarterly", "semi_annually", "yearly",
          "custom"),
          .flags = REQUIRED, .initial = "monthly", .section = N_("When") },
        { "rrule",              N_("Rule"),         F_TEXT(255), .help = N_("For custom: such as FREQ=MONTHLY;BYMONTHDAY=-1.") },
        { "start_date",         N_("Starts"),       F_DATE, .flags = REQUIRED, .initial = "today" },
        { "end_date",           N_("Ends"),         F_DATE },
        { "next_invoice_date",  N_("Next"),         F_DATE, .flags = REQUIRED, .initial = "today" },
        { "last_invoice_date",  N_("Last"),         F_DATE, .flags = READ_ONLY },
        { "invoices_count",     N_("Invoices made"), F_INT(0, 1000000),
          .kept = {KEPT_COUNT, "invoices", "recurring_invoice_id"} },
        { "currency",           N_("Currency"),     F_TEXT(3), .section = N_("Amount") },
        { "prices_include_tax", N_("Prices include tax"), F_BOOL, .flags = IMMUTABLE, .initial = "false" },
        { "subtotal",           N_("Without tax"),  F_MONEY, .flags = COMPUTED },
        { "tax_amount",         N_("Tax"),          F_MONEY,
          .kept = {KEPT_SUM, "recurring_invoice_items", "recurring_invoice_id", "tax_amount"} },
        { "total_amount",       N_("Total"),        F_MONEY,
          .kept = {KEPT_SUM, "recurring_invoice_items", "recurring_invoice_id", "total_price"} },
        { "payment_terms_days", N_("Payment within"), F_INT(0, 365), .initial = "14", .unit = N_("days") },
        { "auto_send",          N_("Send by itself"), F_BOOL, .initial = "false",
          .help = N_("Otherwise it is made as a draft.") },
        { "terms",              N_("Terms"),        F_MARKDOWN, .section = N_("Texts") },
        { "notes",              N_("Notes"),        F_MARKDOWN }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("is_active next_invoice_date"), INDEX("name"), INDEX("created_at")),
    .list = "name client_id frequency next_invoice_date total_amount auto_send is_active",
    .filter = "client_id frequency is_active next_invoice_date", .search = "name description", .sort = "name",
    .parent = "client_id", .calendar = "next_invoice_date",
    .before_save = recurring_invoice_before_save,
};
