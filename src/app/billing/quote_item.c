/* quote_item.c - quote lines: what is offered, at what price, and whether the client may leave it out. */
#include "app/billing/paper.h"
#include "core/entity.h"

static bool quote_item_before_save(struct ctx *ctx, struct change *change) {
    return paper_line(ctx, change);
}

ENTITY(quote_item) = {
    .name = "quote_items", .one = N_("Quote line"), .many = N_("Quote lines"), .pack = "billing", .title = "description",
    .icon = "list", .hue = "blue",
    .help = N_("What is offered, and at what price."),
    .fields = FIELDS(
        { "quote_id",         N_("Quote"),       F_REF("quotes", CASCADE), .flags = REQUIRED | IMMUTABLE },
        PAPER_LINE_FIELDS,
        { "is_optional",      N_("Optional"),    F_BOOL, .flags = REQUIRED, .initial = "false", .section = N_("Choice"),
          .help = N_("Counts only once the client chose it.") },
        { "is_selected",      N_("Chosen"),      F_BOOL, .flags = REQUIRED, .initial = "false" },
        { "notes",            N_("Notes"),       F_TEXT(2000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("quote_id position"), INDEX("product_id"), INDEX("position"), INDEX("created_at")),
    .list = "quote_id description quantity unit_price discount_percent tax_rate total_price",
    .filter = "quote_id product_id category", .search = "description", .sort = "position", .parent = "quote_id",
    .line_of = "quote_id", .before_save = quote_item_before_save,
};
