/* role.c - roles: named bundles of permissions; the built-in ones come with every tenant, further ones are the tenant's own. */
#include "core/entity.h"

ENTITY(role) = {
    .name = "roles", .one = N_("Role"), .many = N_("Roles"), .pack = "core", .title = "label",
    .icon = "shield", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_ACCESS,
    .help = N_("What people with this role may see and do."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(63), .flags = REQUIRED | IMMUTABLE,
          .help = N_("Lower-case letters, digits and underscores; programs know the role by it.") },
        { "label",       N_("Shown as"),    F_TEXT(100), .flags = REQUIRED },
        { "description", N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "is_system",   N_("Built in"),    F_BOOL, .flags = READ_ONLY, .initial = "false" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "label name is_system description", .search = "label name", .sort = "label", .match = "name",
};
