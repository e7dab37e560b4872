/* development.c - developments: the estates and buildings whose lots we sell, with what is left of them and from what price. */
#include "app/core/check.h"
#include "core/entity.h"

/* The short name stands in addresses; empty, it is made of the name. */
static void development_slug(struct ctx *ctx, struct change *change) {
    if (!row_null(change->row, "slug")) return;
    struct str name = str_lower(ctx->arena, row_text(change->row, "name"));
    struct buf b = buf_new(ctx->arena, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) buf_char(&b, c);
        else if (b.len && b.ptr[b.len - 1] != '-') buf_char(&b, '-');
    }
    struct str slug = buf_str(&b);
    if (str_ends(slug, STR("-"))) slug.len--;
    if (slug.len && (slug.ptr[0] < 'a' || slug.ptr[0] > 'z')) slug = str_printf(ctx->arena, "d-%.*s", STR_ARG(slug));
    row_set_text(change->row, "slug", slug);
}

static bool development_before_save(struct ctx *ctx, struct change *change) {
    development_slug(ctx, change);
    return check_word(ctx, change, "slug", '-') && check_order(ctx, change, "start_date", "estimated_completion");
}

ENTITY(development) = {
    .name = "developments", .one = N_("Development"), .many = N_("Developments"), .pack = "property", .title = "name",
    .icon = "map", .hue = "green",
    .help = N_("An estate or building whose lots you sell."),
    .fields = FIELDS(
        { "name",           N_("Name"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Development") },
        { "slug",           N_("Short name"),   F_TEXT(255), .help = N_("Stands in addresses; empty: made of the name.") },
        { "developer_id",   N_("Developer"),    F_REF("developers", SET_NULL) },
        { "status",         N_("Status"),       F_CHOICE("planning", "selling", "under_construction", "completed", "archived"),
          HUES("cyan", "green", "amber", "blue", "gray"), .flags = REQUIRED, .initial = "planning" },
        { "type",           N_("Type"),
          F_CHOICE("land_subdivision", "residential_apartments", "townhouses", "house_and_land", "mixed_use", "commercial"),
          HUES("green", "blue", "teal", "orange", "violet", "gray") },
        { "description",    N_("Description"),  F_MARKDOWN },
        { "is_featured",    N_("Featured"),     F_BOOL, .flags = REQUIRED, .initial = "false" },
        { "assigned_to_id", N_("Manager"),      F_REF("users", SET_NULL), .initial = "me" },
        { "total_lots",     N_("Lots"),         F_INT(0, 1000000), .kept = {KEPT_COUNT, "lots", "development_id"},
          .section = N_("Lots") },
        { "available_lots", N_("Available"),    F_INT(0, 1000000),
          .kept = {KEPT_COUNT, "lots", "development_id", NULL, "status = 'available'"} },
        { "sold_lots",      N_("Sold"),         F_INT(0, 1000000),
          .kept = {KEPT_COUNT, "lots", "development_id", NULL, "status = 'sold'"} },
        { "min_price",      N_("Price from"),   F_MONEY, .kept = {KEPT_LEAST, "lots", "development_id", "price"} },
        { "max_price",      N_("Price to"),     F_MONEY, .kept = {KEPT_GREATEST, "lots", "development_id", "price"} },
        { "currency",       N_("Currency"),     F_TEXT(3), .flags = IMMUTABLE },
        { "address_line1",  N_("Address"),      F_TEXT(255), .section = N_("Where") },
        { "city",           N_("Suburb"),       F_TEXT(100) },
        { "region",         N_("State"),        F_TEXT(100) },
        { "postal_code",    N_("Postcode"),     F_TEXT(20) },
        { "country",        N_("Country"),      F_TEXT(100) },
        { "latitude",       N_("Latitude"),     F_DECIMAL(8), .min = INT64_C(-9000000000), .max = INT64_C(9000000000) },
        { "longitude",      N_("Longitude"),    F_DECIMAL(8), .min = INT64_C(-18000000000), .max = INT64_C(18000000000) },
        { "start_date",     N_("Starts"),       F_DATE, .section = N_("Time") },
        { "estimated_completion", N_("Completion"), F_DATE },
        { "completed_on",   N_("Completed"),    F_DATE },
        { "website",        N_("Website"),      F_URL, .section = N_("More") },
        { "tags",           N_("Tags"),         F_TAGS },
        { "accessed_at",    N_("Last opened"),  F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("slug"), INDEX("name"), INDEX("developer_id"), INDEX("status name"), INDEX("created_at")),
    .list = "name developer_id status city total_lots available_lots min_price max_price is_featured",
    .filter = "status type developer_id region is_featured assigned_to_id tags", .search = "name city description",
    .sort = "name",
    .owner = "assigned_to_id", .board = "status", .board_card = "name city available_lots total_lots", .match = "slug",
    .before_save = development_before_save,
};
