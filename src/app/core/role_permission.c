/* role_permission.c - what a role allows: an action on an entity, and how far it reaches. */
#include "app/core/check.h"
#include "core/entity.h"

/* Administrators may do everything: what their role allows cannot be narrowed, or a company could lock itself out. */
static bool role_permission_not_of_admins(struct ctx *ctx, const struct change *change) {
    if (!ctx->actor->user_id) return true; // setting a company up; a delete runs as the system, but for somebody
    const struct row *row = change->row ? change->row : change->old;
    struct str role = sql_text(ctx, "SELECT name FROM roles WHERE tenant_id = :tenant AND id = :role",
                               ARGS({":role", row_get(row, "role_id")}));
    if (!str_eqc(role, "tenant_admin")) return ctx->errors.count == 0;
    return errors_add(&ctx->errors, 409, "conflict", "role_id", "Administrators may do everything; this role cannot be changed.");
}

/* Nobody lets a role do more than they may themselves, be it their own role or another's. */
static bool role_permission_is_within(struct ctx *ctx, const struct change *change) {
    if (!check_gives(change, "role_id resource action scope")) return true;
    return access_check_grant(ctx, row_text(change->row, "resource"), row_text(change->row, "action"),
                              row_text(change->row, "scope"));
}

static bool role_permission_before_save(struct ctx *ctx, struct change *change) {
    return role_permission_not_of_admins(ctx, change) && check_permission(ctx, change) && role_permission_is_within(ctx, change);
}

static bool role_permission_before_delete(struct ctx *ctx, struct change *change) {
    return role_permission_not_of_admins(ctx, change);
}

ENTITY(role_permission) = {
    .name = "role_permissions", .one = N_("Role permission"), .many = N_("Role permissions"), .pack = "core",
    .icon = "key", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("Lets people with a role do something to records: their own, their branch's, their clients' or all."),
    .fields = FIELDS(
        { "role_id",    N_("Role"),       F_REF("roles", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "resource",   N_("Records"),    F_TEXT(63), .flags = REQUIRED,
          .help = N_("Name of an entity, such as leads; * for all.") },
        { "action",     N_("Action"),     F_TEXT(63), .flags = REQUIRED,
          .help = N_("read, create, update, delete, approve, export, reveal, an action such as convert, or * for all.") },
        { "scope",      N_("Whose"),      F_CHOICE("own", "location", "client", "all"), .flags = REQUIRED, .initial = "own" },
        { "conditions", N_("Conditions"), F_JSON("object") }
    ),
    .indexes = INDEXES(UNIQUE("role_id resource action"), INDEX("resource")),
    .list = "role_id resource action scope", .filter = "role_id resource action", .sort = "resource",
    .before_save = role_permission_before_save, .before_delete = role_permission_before_delete,
};
