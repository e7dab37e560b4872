/* rack_item.c - rack items: what is mounted in a rack, from which unit, how high, and on which side. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* Nothing sticks out of the top. */
static bool rack_item_inside(struct ctx *ctx, const struct change *change) {
    int64_t units = sql_int(ctx, "SELECT units FROM racks WHERE tenant_id = :tenant AND id = :rack",
                            ARGS({":rack", row_get(change->row, "rack_id")}));
    if (ctx->errors.count) return false;
    if (row_int(change->row, "position") + row_int(change->row, "height") - 1 <= units) return true;
    return errors_add(&ctx->errors, 422, "outside", "position", "The rack has %lld units.", (long long)units);
}

/* Nothing is mounted where something is: front and rear are apart, full depth takes both. */
static bool rack_item_free(struct ctx *ctx, const struct change *change) {
    struct str taken = sql_text(
        ctx,
        "SELECT name FROM rack_items WHERE tenant_id = :tenant AND rack_id = :rack AND id <> :id AND deleted_at IS NULL "
        "AND position < :above AND position + height > :position AND (face = :face OR face = 'both' OR :face = 'both') "
        "ORDER BY position LIMIT 1",
        ARGS({":rack", row_get(change->row, "rack_id")}, {":id", value_int(row_id(change->row))},
             {":position", row_get(change->row, "position")}, {":face", row_get(change->row, "face")},
             {":above", value_int(row_int(change->row, "position") + row_int(change->row, "height"))}));
    if (ctx->errors.count) return false;
    if (!taken.len) return true;
    return errors_add(&ctx->errors, 409, "overlap", "position", "'%.*s' is mounted there.", STR_ARG(taken));
}

static bool rack_item_before_save(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "rack_id") || row_null(change->row, "position")) return true;
    return rack_item_inside(ctx, change) && rack_item_free(ctx, change);
}

ENTITY(rack_item) = {
    .name = "rack_items", .one = N_("Rack item"), .many = N_("Rack items"), .pack = "documentation", .title = "name",
    .icon = "server", .hue = "violet",
    .help = N_("What is mounted in a rack, and in which units."),
    .fields = FIELDS(
        { "name",        N_("Name"),     F_TEXT(255), .flags = REQUIRED },
        { "rack_id",     N_("Rack"),     F_REF("racks", CASCADE), .flags = REQUIRED },
        { "asset_id",    N_("Asset"),    F_REF("assets", SET_NULL), .help = N_("Empty: a shelf, a panel or a blank.") },
        { "position",    N_("Unit"),     F_INT(1, 100), .flags = REQUIRED, .help = N_("Its lowest unit, counted from below.") },
        { "height",      N_("Height"),   F_INT(1, 100), .flags = REQUIRED, .initial = "1", .help = N_("In units.") },
        { "face",        N_("Side"),     F_CHOICE("front", "rear", "both"), HUES("blue", "violet", "gray"), .flags = REQUIRED,
          .initial = "both" },
        { "power_watts", N_("Power"),    F_INT(0, 100000), .unit = "W" },
        { "color",       N_("Colour"),   F_COLOR },
        { "notes",       N_("Notes"),    F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("rack_id position"), INDEX("asset_id"), INDEX("position"), INDEX("created_at")),
    .list = "name rack_id position height face asset_id", .filter = "rack_id asset_id", .search = "name", .sort = "-position",
    .parent = "rack_id",
    .before_save = rack_item_before_save,
};
