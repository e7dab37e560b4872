/* role_permission.c - what a role allows: an action on an entity, and how far it reaches. */
#include "core/entity.h"

ENTITY(role_permission) = {
    .name = "role_permissions", .one = N_("Role permission"), .many = N_("Role permissions"), .pack = "core",
    .icon = "key", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("Lets people with a role do something to records: their own, their branch's, their clients' or all."),
    .fields = FIELDS(
        { "role_id",    N_("Role"),       F_REF("roles", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "resource",   N_("Records"),    F_TEXT(63), .flags = REQUIRED,
          .help = N_("Name of an entity, such as leads; * for all.") },
        { "action",     N_("Action"),     F_CHOICE("read", "create", "update", "delete", "approve", "export", "reveal", "*"),
          .flags = REQUIRED },
        { "scope",      N_("Reach"),      F_CHOICE("own", "location", "client", "all"), .flags = REQUIRED, .initial = "own" },
        { "conditions", N_("Conditions"), F_JSON("object") }
    ),
    .indexes = INDEXES(UNIQUE("role_id resource action")),
    .list = "role_id resource action scope", .filter = "role_id resource action", .sort = "resource",
};
