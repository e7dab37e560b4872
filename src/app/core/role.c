/* role.c - roles: named bundles of permissions; the built-in ones come with every tenant, further ones are the tenant's own. */
#include "app/core/check.h"
#include "core/access.h"
#include "core/entity.h"

/* A role that came with Tenon keeps its name and stays: programs and people rely on what it means. */
static bool role_before_save(struct ctx *ctx, struct change *change) {
    bool ours = change->old && row_bool(change->old, "is_system") && !ctx->actor->system;
    if (ours && (change_touches(change, "name") || change_touches(change, "label")))
        return errors_add(&ctx->errors, 409, "conflict", "label", "A built-in role cannot be renamed.");
    return check_word(ctx, change, "name", '_');
}

static const char *role_stays(struct ctx *ctx, const struct row *row) {
    (void)ctx;
    return row_bool(row, "is_system") ? N_("A built-in role cannot be deleted.") : NULL;
}

static struct str role_known(struct str text) {
    for (const struct builtin_role *r = builtin_roles; r->name; r++) {
        if (str_eqc(text, r->label)) return str_of(r->label);
        if (str_eqc(text, r->help)) return str_of(r->help);
    }
    return text;
}

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
    .before_save = role_before_save, .stays = role_stays, .known = role_known,
};
