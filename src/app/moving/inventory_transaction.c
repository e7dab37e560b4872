/* inventory_transaction.c - inventory transactions: what came into a store and went out of it; they stay, and the stock is their
 * sum. */
#include "base/decimal.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* What is bought comes in; what is sold, damaged or expired goes out; the rest may do either. */
static bool inventory_transaction_sign(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    int64_t quantity = row_int(row, "quantity");
    struct str type = row_text(row, "type");
    if (quantity == 0) return errors_add(&ctx->errors, 422, "zero", "quantity", "Say how many.");
    if (str_in_words("sale damage expiry", type) && quantity > 0) row_set_int(row, "quantity", -quantity);
    if (str_eqc(type, "purchase") && quantity < 0)
        return errors_add(&ctx->errors, 422, "too_small", "quantity", "A purchase comes in. Use a plus.");
    return true;
}

static bool inventory_transaction_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (row_null(row, "quantity") || row_null(row, "inventory_item_id")) return true;
    if (!inventory_transaction_sign(ctx, change)) return false;
    if (!change_given(change, "unit_cost"))
        row_set_int(row, "unit_cost",
                    sql_int(ctx, "SELECT unit_cost FROM inventory_items WHERE tenant_id = :tenant AND id = :item",
                            ARGS({":item", row_get(row, "inventory_item_id")})));
    int64_t total;
    if (!decimal_mul_div(row_int(row, "quantity"), row_int(row, "unit_cost"), 1, &total))
        return errors_add(&ctx->errors, 422, "too_large", "unit_cost", "The amount is too large.");
    row_set_int(row, "total_cost", total);
    return ctx->errors.count == 0;
}

ENTITY(inventory_transaction) = {
    .name = "inventory_transactions", .one = N_("Stock movement"), .many = N_("Stock movements"), .pack = "moving",
    .title = "reference", .icon = "transfer", .hue = "amber", .flags = ENTITY_APPEND_ONLY,
    .help = N_("What came into a store or went out of it. Corrected by another movement."),
    .fields = FIELDS(
        { "inventory_item_id", N_("Item"),       F_REF("inventory_items", RESTRICT), .flags = REQUIRED },
        { "type",              N_("Type"),       F_CHOICE("purchase", "sale", "adjustment", "transfer", "damage", "expiry"),
          HUES("green", "blue", "amber", "violet", "red", "gray"), .flags = REQUIRED },
        { "quantity",          N_("Quantity"),   F_INT(-1000000, 1000000), .flags = REQUIRED, .help = N_("Out is a minus.") },
        { "unit_cost",         N_("Cost"),       F_MONEY, .help = N_("Empty: the item's.") },
        { "total_cost",        N_("Total"),      F_MONEY, .flags = COMPUTED },
        { "currency",          N_("Currency"),   F_TEXT(3) },
        { "journey_id",        N_("Journey"),    F_REF("journeys", SET_NULL) },
        { "reference",         N_("Reference"),  F_TEXT(255) },
        { "notes",             N_("Notes"),      F_TEXT(2000), .flags = MULTILINE },
        { "transacted_at",     N_("When"),       F_TIME, .flags = REQUIRED, .initial = "now" }
    ),
    .indexes = INDEXES(INDEX("inventory_item_id transacted_at"), INDEX("transacted_at"), INDEX("journey_id"),
                       INDEX("created_at")),
    .list = "transacted_at inventory_item_id type quantity unit_cost total_cost reference created_by_id",
    .filter = "inventory_item_id type transacted_at journey_id", .search = "reference", .sort = "-transacted_at",
    .parent = "inventory_item_id",
    .before_save = inventory_transaction_before_save,
};
