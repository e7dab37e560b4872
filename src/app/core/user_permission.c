/* user_permission.c - what one user may do beyond their roles, or may not do in spite of them; a denial beats everything. */
#include "app/core/check.h"
#include "core/entity.h"

/* Nobody grants more than they have themselves, not even for longer. */
static bool user_permission_is_within(struct ctx *ctx, const struct change *change) {
    if (!row_bool(change->row, "granted")) return true;
    if (!check_gives(change, "user_id resource action scope granted expires_at")) return true;
    return access_check_grant(ctx, row_text(change->row, "resource"), row_text(change->row, "action"),
                              row_text(change->row, "scope"));
}

/* A denial is lifted by whoever may do with all records what it denies: never by the one whom it denies it. */
static bool user_permission_may_end(struct ctx *ctx, const struct change *change) {
    if (row_bool(change->old, "granted")) return true;
    if (access_covers(ctx, row_text(change->old, "resource"), row_text(change->old, "action"), STR("all"))) return true;
    return ctx->errors.count == 0 &&
           errors_add(&ctx->errors, 403, "forbidden", "granted",
                      "You may not do yourself what this denies, so somebody else has to lift it.");
}

/* What is granted or denied is something that can be done to records. */
static bool user_permission_before_save(struct ctx *ctx, struct change *change) {
    bool ends = change->old && !change->restoring && check_gives(change, "user_id resource action granted expires_at");
    return check_permission(ctx, change) && (!ends || user_permission_may_end(ctx, change)) &&
           user_permission_is_within(ctx, change);
}

/* With its user it goes whatever it says. */
static bool user_permission_before_delete(struct ctx *ctx, struct change *change) {
    return change->together || user_permission_may_end(ctx, change);
}

ENTITY(user_permission) = {
    .name = "user_permissions", .one = N_("User permission"), .many = N_("User permissions"), .pack = "core",
    .icon = "key", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("An exception for one person: grants or denies an action, until a date if you like."),
    .fields = FIELDS(
        { "user_id",       N_("User"),       F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "resource",      N_("Records"),    F_TEXT(63), .flags = REQUIRED,
          .help = N_("Name of an entity, such as leads; * for all.") },
        { "action",        N_("Action"),     F_TEXT(63), .flags = REQUIRED,
          .help = N_("read, create, update, delete, approve, export, reveal, an action such as convert, or * for all.") },
        { "scope",         N_("Reach"),      F_CHOICE("own", "location", "client", "all"), .flags = REQUIRED, .initial = "all" },
        { "granted",       N_("Granted"),    F_BOOL, .initial = "true", .help = N_("Off: denied, whatever the roles say.") },
        { "reason",        N_("Reason"),     F_TEXT(500) },
        { "expires_at",    N_("Expires"),    F_TIME },
        { "granted_by_id", N_("Granted by"), F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(UNIQUE("user_id resource action")),
    .list = "user_id resource action scope granted expires_at granted_by_id", .filter = "user_id resource granted",
    .sort = "-created_at",
    .before_save = user_permission_before_save, .before_delete = user_permission_before_delete,
};
