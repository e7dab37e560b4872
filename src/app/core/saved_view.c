/* saved_view.c - saved views: a filtered, sorted list that somebody gave a name, for themselves or for all. */
#include "app/core/check.h"
#include "core/entity.h"

/* It is for records that there are. */
static bool saved_view_before_save(struct ctx *ctx, struct change *change) {
    return check_entity(ctx, change, "entity", false);
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
        { "user_id",   N_("Belongs to"), F_REF("users", CASCADE), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("entity user_id position"), INDEX("entity is_shared")),
    .list = "name entity view is_shared user_id", .filter = "entity is_shared user_id", .search = "name", .sort = "position",
    .owner = "user_id",
    .before_save = saved_view_before_save,
};
