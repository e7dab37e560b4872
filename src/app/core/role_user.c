/* role_user.c - who has which role. */
#include "app/core/check.h"
#include "app/core/user.h"
#include "core/entity.h"
#include "core/row.h"

/* Nobody gives a role that may do more than they may themselves. */
static bool role_user_before_save(struct ctx *ctx, struct change *change) {
    return !check_gives(change, "user_id role_id") || access_check_role(ctx, row_int(change->row, "role_id"));
}

/* The last active administrator keeps the role, so that somebody can always let others in. */
static bool role_user_before_delete(struct ctx *ctx, struct change *change) {
    int64_t user = row_int(change->old, "user_id");
    bool admin = sql_int(ctx,
                         "SELECT count(*) FROM roles WHERE tenant_id = :tenant AND id = :role AND name = 'tenant_admin' "
                         "AND deleted_at IS NULL",
                         ARGS({":role", row_get(change->old, "role_id")})) > 0;
    if (!admin || user_other_admins(ctx, user) > 0) return ctx->errors.count == 0;
    return errors_add(&ctx->errors, 409, "conflict", NULL,
                      "This is the last active administrator. Make somebody else one first.");
}

ENTITY(role_user) = {
    .name = "role_users", .one = N_("Role of a user"), .many = N_("Roles of users"), .pack = "core",
    .icon = "users", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("Gives a user a role; the widest of several roles counts."),
    .fields = FIELDS(
        { "user_id", N_("User"), F_REF("users", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "role_id", N_("Role"), F_REF("roles", CASCADE), .flags = REQUIRED | IMMUTABLE }
    ),
    .indexes = INDEXES(UNIQUE("user_id role_id"), INDEX("role_id")),
    .list = "user_id role_id created_at", .filter = "user_id role_id", .sort = "-created_at",
    .before_save = role_user_before_save, .before_delete = role_user_before_delete,
};
