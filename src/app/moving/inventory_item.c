/* inventory_item.c - inventory items: boxes, tape and the like in a branch's store, and how many are left. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* The stock is the sum of what came and went, and there is no less than none. */
static bool inventory_item_before_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (row_int(row, "quantity") < 0)
        return errors_add(&ctx->errors, 409, "no_stock", "quantity", "There is not that much of '%.*s'.",
                          STR_ARG(row_text(row, "name")));
    if (row_null(row, "max_quantity") || row_int(row, "max_quantity") >= row_int(row, "min_quantity")) return true;
    return errors_add(&ctx->errors, 422, "order", "max_quantity", "The most is below the least.");
}

ENTITY(inventory_item) = {
    .name = "inventory_items", .one = N_("Inventory item"), .many = N_("Inventory items"), .pack = "moving", .title = "name",
    .icon = "box", .hue = "amber",
    .help = N_("What a branch has in store, such as boxes and tape."),
    .fields = FIELDS(
        { "name",             N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Item") },
        { "location_id",      N_("Branch"),      F_REF("locations", RESTRICT), .flags = REQUIRED | IMMUTABLE },
        { "category",         N_("Category"),    F_TEXT(100), .flags = REQUIRED, .help = N_("Such as Boxes.") },
        { "subcategory",      N_("Subcategory"), F_TEXT(100) },
        { "sku",              N_("SKU"),         F_TEXT(100) },
        { "barcode",          N_("Barcode"),     F_TEXT(100) },
        { "description",      N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "is_active",        N_("In use"),      F_BOOL, .initial = "true" },
        { "quantity",         N_("In stock"),    F_INT(INT64_C(-1000000000), 1000000000),
          .kept = {KEPT_SUM, "inventory_transactions", "inventory_item_id", "quantity"}, .section = N_("Stock") },
        { "min_quantity",     N_("At least"),    F_INT(0, 1000000000), .flags = REQUIRED, .initial = "0",
          .help = N_("Below it, it is time to order.") },
        { "max_quantity",     N_("At most"),     F_INT(0, 1000000000) },
        { "last_restocked",   N_("Last restocked"), F_TIME,
          .kept = {KEPT_GREATEST, "inventory_transactions", "inventory_item_id", "transacted_at", "quantity > 0"} },
        { "last_used",        N_("Last used"),   F_TIME,
          .kept = {KEPT_GREATEST, "inventory_transactions", "inventory_item_id", "transacted_at", "quantity < 0"} },
        { "expiry_date",      N_("Expires"),     F_DATE, .flags = EXPIRES },
        { "unit_cost",        N_("Cost"),        F_MONEY, .flags = REQUIRED, .initial = "0", .section = N_("Price") },
        { "unit_price",       N_("Price"),       F_MONEY, .flags = REQUIRED, .initial = "0" },
        { "currency",         N_("Currency"),    F_TEXT(3) },
        { "dimensions",       N_("Dimensions"),  F_JSON("any"), .section = N_("Details") },
        { "specifications",   N_("Specifications"), F_JSON("any") },
        { "supplier",         N_("Supplier"),    F_TEXT(255), .section = N_("Supplier") },
        { "supplier_contact", N_("Contact"),     F_TEXT(255) },
        { "supplier_email",   N_("E-mail"),      F_EMAIL },
        { "supplier_phone",   N_("Phone"),       F_PHONE }
    ),
    .indexes = INDEXES(UNIQUE("location_id sku"), INDEX("location_id name"), INDEX("name"), INDEX("barcode"),
                       INDEX("created_at")),
    .list = "name sku category location_id quantity min_quantity unit_cost unit_price",
    .filter = "location_id category is_active quantity", .search = "name sku barcode", .sort = "name", .match = "sku barcode",
    .before_save = inventory_item_before_save,
};
