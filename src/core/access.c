/* access.c - what an actor may do, asked of the scopes that actor.c has gathered, and how a refusal is worded. */
#include "core/access.h"

#include "base/timefmt.h"
#include "core/ctx.h"

const char *const access_action_names[MAY_COUNT] = {"read", "create", "update", "delete", "approve", "export", "reveal"};

/* Own actions of an entity count on from MAY_COUNT. */
enum scope access_scope(const struct actor *actor, const struct entity *entity, enum access_action action) {
    if (actor->system) return SCOPE_ALL;
    if (!actor->scopes) return SCOPE_NONE;
    if (action < MAY_COUNT) return (enum scope)actor->scopes[entity->index][action];
    int own = (int)action - MAY_COUNT;
    return own < entity->decl->action_count ? (enum scope)actor->own_scopes[entity->index][own] : SCOPE_NONE;
}

enum access_action access_for_action(const struct entity *entity, const struct action_decl *action) {
    for (int i = 0; i < MAY_COUNT; i++)
        if (strcmp(action->name, access_action_names[i]) == 0) return (enum access_action)i;
    return (enum access_action)(MAY_COUNT + (action - entity->decl->actions));
}

/* "Leads" within a sentence is "leads", "SLAs" stays. */
static struct str many_within_sentence(struct arena *arena, const struct entity *entity) {
    struct str many = str_of(entity->decl->many);
    if (arena_lang(arena)) return lang_str(arena, many);
    if (many.len < 2 || (many.ptr[1] >= 'A' && many.ptr[1] <= 'Z')) return many;
    struct str first = str_lower(arena, str_slice(many, 0, 1));
    return str_printf(arena, "%.*s%.*s", STR_ARG(first), STR_ARG(str_slice(many, 1, many.len)));
}

bool access_deny(struct ctx *ctx, const struct entity *entity, enum access_action action) {
    static const char *const verbs[MAY_COUNT] = {N_("see"),     N_("add"),    N_("change"),           N_("delete"),
                                                 N_("approve"), N_("export"), N_("reveal secrets of")};
    struct str many = many_within_sentence(ctx->arena, entity);
    if (action < MAY_COUNT)
        return errors_add(&ctx->errors, 403, "forbidden", NULL, "You may not %s %.*s.", verbs[action], STR_ARG(many));
    const char *label = entity->decl->actions[action - MAY_COUNT].label;
    return errors_add(&ctx->errors, 403, "forbidden", NULL, "You may not use '%s' on %.*s.", label, STR_ARG(many));
}

bool access_check_role(struct ctx *ctx, int64_t role_id) {
    if (access_covers_role(ctx, role_id)) return true;
    return errors_add(&ctx->errors, 403, "forbidden", "role_id",
                      "This role may do more than you may, so somebody else has to give it.");
}

bool access_check_grant(struct ctx *ctx, struct str resource, struct str action, struct str scope) {
    if (access_covers(ctx, resource, action, scope)) return true;
    if (ctx->errors.count) return false;
    if (str_eqc(resource, "*"))
        return errors_add(&ctx->errors, 403, "forbidden", "resource",
                          "You may not do this with all kinds of records, so somebody else has to allow it.");
    if (!access_covers(ctx, resource, action, STR("own")))
        return errors_add(&ctx->errors, 403, "forbidden", "action",
                          "You may not do this yourself, so somebody else has to allow it.");
    return errors_add(&ctx->errors, 403, "forbidden", "scope",
                      "What you may do yourself does not reach that far, so somebody else has to allow it.");
}

bool access_check_branch(struct ctx *ctx, int64_t location_id) {
    if (access_covers_branch(ctx, location_id)) return true;
    return ctx->errors.count == 0 && errors_add(&ctx->errors, 403, "forbidden", "location_id",
                                                "You do not work at this branch yourself, so somebody else has to give it.");
}

const struct actor *actor_system(struct arena *arena, int64_t tenant_id) {
    static const int64_t nowhere[1];
    static const char *const no_roles[1];
    struct actor *actor = arena_alloc(arena, sizeof *actor);
    *actor = (struct actor){.tenant_id = tenant_id,
                            .system = true,
                            .name = STR("System"),
                            .language = STR("en"),
                            .zone = zone_find(STR("UTC")),
                            .locations = nowhere,
                            .roles = no_roles};
    return actor;
}

struct str access_role_label(struct str name, struct str label) {
    for (const struct builtin_role *r = builtin_roles; r->name; r++)
        if (str_eqc(name, r->name)) return str_of(r->label);
    return label;
}
