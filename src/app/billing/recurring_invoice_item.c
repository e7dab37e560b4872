/* recurring_invoice_item.c - recurring invoice lines: what each invoice of a series says. */
#include "app/billing/paper.h"
#include "core/entity.h"

static bool recurring_invoice_item_before_save(struct ctx *ctx, struct change *change) {
    return paper_line(ctx, change);
}

ENTITY(recurring_invoice_item) = {
    .name = "recurring_invoice_items", .one = N_("Recurring invoice line"), .many = N_("Recurring invoice lines"),
    .pack = "billing", .title = "description",
    .icon = "list", .hue = "cyan",
    .help = N_("What each invoice of a series says."),
    .fields = FIELDS(
        { "recurring_invoice_id",
          N_("Recurring invoice"), F_REF("recurring_invoices", CASCADE), .flags = REQUIRED | IMMUTABLE },
        PAPER_LINE_FIELDS,
        { "notes",            N_("Notes"),       F_TEXT(2000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("recurring_invoice_id position"), INDEX("product_id"), INDEX("position"), INDEX("created_at")),
    .list = "recurring_invoice_id description quantity unit_price discount_percent tax_rate total_price",
    .filter = "recurring_invoice_id product_id category", .search = "description", .sort = "position",
    .parent = "recurring_invoice_id",
    .line_of = "recurring_invoice_id", .before_save = recurring_invoice_item_before_save,
};
