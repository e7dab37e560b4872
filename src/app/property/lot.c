/* lot.c - lots: what is sold in a stage, at what price, and how far its sale has come. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* A lot is in the development of its stage, and priced in its currency. */
static bool lot_development(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (row_null(row, "stage_id") || !change_touches(change, "stage_id")) return true;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT d.id, d.currency FROM stages s JOIN developments d ON d.tenant_id = s.tenant_id "
                                  "AND d.id = s.development_id WHERE s.tenant_id = :tenant AND s.id = :stage",
                                  ARGS({":stage", row_get(row, "stage_id")}));
    if (!s) return false;
    struct str currency = {NULL, 0};
    if (db_step(s) == DB_ROW) {
        row_set_int(row, "development_id", db_int(s, 0));
        currency = str_dup(ctx->arena, db_text(s, 1));
    }
    db_reset(s);
    if (!currency.len || str_eq(currency, row_text(row, "currency"))) return true;
    return errors_add(&ctx->errors, 422, "other_currency", "currency", "Price it in %.*s, as its development is.",
                      STR_ARG(currency));
}

/* House and land make the price when they change, where nobody gave another one. */
static void lot_price(struct change *change) {
    struct row *row = change->row;
    bool touched = change_touches(change, "land_price") || change_touches(change, "house_price");
    if (!touched || change_given(change, "price") || row_null(row, "land_price") || row_null(row, "house_price")) return;
    row_set_int(row, "price", row_int(row, "land_price") + row_int(row, "house_price"));
}

static bool lot_before_save(struct ctx *ctx, struct change *change) {
    lot_price(change);
    return lot_development(ctx, change);
}

ENTITY(lot) = {
    .name = "lots", .one = N_("Lot"), .many = N_("Lots"), .pack = "property", .title = "lot_number",
    .icon = "home", .hue = "teal",
    .help = N_("What is sold in a stage, at what price."),
    .fields = FIELDS(
        { "lot_number",     N_("Lot"),         F_TEXT(50), .flags = REQUIRED, .section = N_("Lot") },
        { "stage_id",       N_("Stage"),       F_REF("stages", CASCADE), .flags = REQUIRED },
        { "development_id", N_("Development"), F_REF("developments", CASCADE), .flags = COMPUTED },
        { "status",         N_("Status"),      F_CHOICE("available", "reserved", "under_contract", "sold", "withdrawn"),
          HUES("green", "amber", "blue", "violet", "gray"), .flags = READ_ONLY, .initial = "available" },
        { "sale_status",    N_("Sale"),
          F_CHOICE("listed", "hold", "expression_of_interest", "contract_issued", "exchanged", "unconditional", "settled"),
          HUES("gray", "amber", "cyan", "blue", "violet", "teal", "green") },
        { "type",           N_("Type"),        F_CHOICE("land", "house", "apartment", "townhouse", "unit", "commercial"),
          HUES("green", "orange", "blue", "teal", "cyan", "gray"), .initial = "land" },
        { "price",          N_("Price"),       F_MONEY, .min = 0, .max = INT64_C(1000000000000000), .section = N_("Price"),
          .help = N_("Empty: land and house together.") },
        { "land_price",     N_("Land"),        F_MONEY, .min = 0, .max = INT64_C(1000000000000000) },
        { "house_price",    N_("House"),       F_MONEY, .min = 0, .max = INT64_C(1000000000000000) },
        { "currency",       N_("Currency"),    F_TEXT(3), .flags = IMMUTABLE },
        { "street_number",  N_("Street number"), F_TEXT(50), .section = N_("Address") },
        { "street_name",    N_("Street"),      F_TEXT(255) },
        { "title_reference", N_("Title"),      F_TEXT(100), .help = N_("Volume and folio, or the plan.") },
        { "land_size",      N_("Land size"),     F_DECIMAL(2), .max = INT64_C(10000000000), .unit = "m²", .section = N_("Size") },
        { "house_size",     N_("House size"),    F_DECIMAL(2), .max = INT64_C(10000000000), .unit = "m²" },
        { "frontage",       N_("Frontage"),  F_DECIMAL(2), .max = 10000000, .unit = "m" },
        { "depth",          N_("Depth"),     F_DECIMAL(2), .max = 10000000, .unit = "m" },
        { "bedrooms",       N_("Bedrooms"),    F_INT(0, 100) },
        { "bathrooms",      N_("Bathrooms"),   F_DECIMAL(1), .max = 1000 },
        { "garage",         N_("Garage"),      F_INT(0, 100), .help = N_("Cars.") },
        { "level",          N_("Level"),       F_INT(-20, 300) },
        { "aspect",         N_("Faces"),
          F_CHOICE("north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west") },
        { "description",    N_("Description"), F_MARKDOWN, .section = N_("More") },
        { "features",       N_("Features"),    F_JSON("any") },
        { "estimated_completion", N_("Completion"), F_DATE },
        { "tags",           N_("Tags"),        F_TAGS },
        { "accessed_at",    N_("Last opened"), F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("stage_id lot_number"), INDEX("development_id status"), INDEX("status price"), INDEX("lot_number"),
                       INDEX("created_at")),
    .list = "lot_number development_id stage_id status price land_size bedrooms bathrooms garage",
    .filter = "development_id stage_id status type price land_size bedrooms tags", .search = "lot_number street_name description",
    .sort = "lot_number", .parent = "stage_id", .board = "status", .board_card = "lot_number development_id price land_size",
    .board_sum = "price", .match = "lot_number",
    .before_save = lot_before_save,
    .actions = ACTIONS(
        { "withdraw", N_("Withdraw"), .from = "available", .to = "withdrawn", .icon = "no", .danger = true },
        { "release",  N_("Release"),  .from = "withdrawn", .to = "available", .icon = "check" },
        { "contract", N_("Contract"), .from = "reserved", .to = "under_contract", .icon = "edit" },
        { "settle",   N_("Settle"),   .from = "under_contract", .to = "sold", .needs = MAY_APPROVE, .icon = "ok" },
        { "fall_through", N_("Fell through"), .from = "under_contract", .to = "available", .icon = "undo", .danger = true }
    ),
};
