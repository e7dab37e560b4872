/* product.c - products: what we sell, goods and work, with price and tax. */
#include "core/entity.h"

ENTITY(product) = {
    .name = "products", .one = N_("Product"), .many = N_("Products"), .pack = "billing", .title = "name",
    .icon = "box", .hue = "teal",
    .help = N_("What you sell: goods or work, with a price."),
    .fields = FIELDS(
        { "name",         N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Product") },
        { "sku",          N_("SKU"),         F_TEXT(100), .help = N_("Your own number of it.") },
        { "type",         N_("Type"),        F_CHOICE("service", "goods", "subscription", "expense"),
          HUES("blue", "teal", "violet", "amber"), .flags = REQUIRED, .initial = "service" },
        { "category",     N_("Category"),    F_TEXT(100) },
        { "description",  N_("Description"), F_TEXT(2000), .flags = MULTILINE, .help = N_("Stands on quotes and invoices.") },
        { "is_active",    N_("In use"),      F_BOOL, .initial = "true" },
        { "unit",         N_("Unit"),        F_TEXT(20), .initial = "each", .section = N_("Price"),
          .help = N_("Such as hour, each or month.") },
        { "unit_price",   N_("Price"),       F_MONEY },
        { "unit_cost",    N_("Cost"),        F_MONEY, .help = N_("What it costs you.") },
        { "currency",     N_("Currency"),    F_TEXT(3) },
        { "tax_rate_id",  N_("Tax"),         F_REF("tax_rates", SET_NULL) },
        { "account_code", N_("Account"),     F_TEXT(20), .help = N_("In your bookkeeping.") },
        { "tags",         N_("Tags"),        F_TAGS, .section = N_("More") }
    ),
    .indexes = INDEXES(UNIQUE("sku"), INDEX("name"), INDEX("category name"), INDEX("created_at")),
    .list = "name sku type category unit unit_price tax_rate_id is_active", .filter = "type category is_active tags",
    .search = "name sku description", .sort = "name", .match = "sku name",
};
