/* user_permission.c - what one user may do beyond their roles, or may not do in spite of them; a denial beats everything. */
#include "app/core/check.h"
#include "core/entity.h"

/* What is granted or denied is something that can be done to records. */
static bool user_permission_before_save(struct ctx *ctx, struct change *change) {
    return check_permission(ctx, change);
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
    .before_save = user_permission_before_save,
};
