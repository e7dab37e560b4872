/* quote_item.c - quote lines: what is offered, at what price, and whether the client may leave it out. */
#include "app/billing/paper.h"
#include "core/entity.h"

static bool quote_item_before_save(struct ctx *ctx, struct change *change) {
    return paper_line(ctx, change, "quote_id");
}

static bool quote_item_before_delete(struct ctx *ctx, struct change *change) {
    return paper_line_may_go(ctx, change, "quote_id");
}

ENTITY(quote_item) = {
    .name = "quote_items", .one = N_("Quote line"), .many = N_("Quote lines"), .pack = "billing", .title = "description",
    .icon = "list", .hue = "blue",
    .help = N_("What is offered, and at what price."),
    .fields = FIELDS(
        { "quote_id",         N_("Quote"),       F_REF("quotes", CASCADE), .flags = REQUIRED | IMMUTABLE },
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
        { "is_optional",      N_("Optional"),    F_BOOL, .flags = REQUIRED, .initial = "false", .section = N_("Choice"),
          .help = N_("Counts only once the client chose it.") },
        { "is_selected",      N_("Chosen"),      F_BOOL, .flags = REQUIRED, .initial = "false" },
        { "notes",            N_("Notes"),       F_TEXT(2000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("quote_id position"), INDEX("product_id"), INDEX("position"), INDEX("created_at")),
    .list = "quote_id position description quantity unit_price discount_percent tax_rate total_price",
    .filter = "quote_id product_id category", .search = "description", .sort = "position", .parent = "quote_id",
    .before_save = quote_item_before_save, .before_delete = quote_item_before_delete,
};
