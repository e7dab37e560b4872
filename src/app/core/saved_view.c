/* saved_view.c - saved views: a filtered, sorted list that somebody gave a name, for themselves or for all. */
#include "app/core/check.h"
#include "core/entity.h"
#include "core/repo.h"

/* Of one person's views of the same records, one opens first: a new one takes the place of the other. */
static bool saved_view_one_default(struct ctx *ctx, struct change *change) {
    if (!change_touches(change, "is_default") || !row_bool(change->row, "is_default")) return true;
    int64_t other;
    while ((other = sql_int(ctx,
                            "SELECT id FROM saved_views WHERE tenant_id = :tenant AND entity = :entity AND user_id = :user "
                            "AND is_default = 1 AND id <> :id AND deleted_at IS NULL LIMIT 1",
                            ARGS({":entity", row_get(change->row, "entity")}, {":user", row_get(change->row, "user_id")},
                                 {":id", value_int(row_id(change->row))}))) != 0)
        if (!repo_update_as_system(ctx, "saved_views", other, ARGS({"is_default", value_int(0)}))) return false;
    return ctx->errors.count == 0;
}

/* It is for records that there are. */
static bool saved_view_before_save(struct ctx *ctx, struct change *change) {
    return check_entity(ctx, change, "entity", false) && saved_view_one_default(ctx, change);
}

ENTITY(saved_view) = {
    .name = "saved_views", .one = N_("Saved view"), .many = N_("Saved views"), .pack = "core", .title = "name",
    .icon = "filter", .hue = "cyan", .flags = ENTITY_SETTINGS,
    .help = N_("A list with its filters, columns and order, under a name."),
    .fields = FIELDS(
        { "name",      N_("Name"),       F_TEXT(100), .flags = REQUIRED },
        { "entity",    N_("Records"),    F_TEXT(63), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Name of an entity, such as leads.") },
        { "view",      N_("Shown as"),   F_CHOICE("list", "board", "calendar"), .flags = REQUIRED, .initial = "list" },
        { "query",     N_("Filter"),     F_TEXT(4000), .help = N_("As in the address: filter[rating]=hot&sort=-created_at.") },
        { "columns",   N_("Columns"),    F_TEXT(1000), .help = N_("Names of fields, separated by spaces.") },
        { "position",  N_("Position"),   F_INT(0, 10000), .initial = "0" },
        { "is_shared", N_("For all"),    F_BOOL, .initial = "false" },
        { "is_pinned", N_("Pinned"),     F_BOOL, .initial = "true", .help = N_("Stands as a tab; others are under More.") },
        { "is_default", N_("Opens first"), F_BOOL, .initial = "false",
          .help = N_("What the list shows when it is opened; a person's own comes before one that is for all.") },
        { "user_id",   N_("Belongs to"), F_REF("users", CASCADE), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("entity user_id position"), INDEX("entity is_shared")),
    .list = "name entity view is_shared is_pinned is_default user_id", .filter = "entity is_shared user_id",
    .search = "name", .sort = "position",
    .owner = "user_id",
    .before_save = saved_view_before_save,
};
