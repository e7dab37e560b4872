/* access.h - who may do what, and to which rows.
 *
 * An actor's roles are flattened into one scope per entity and action. NONE: not at all; OWN: rows assigned to or created by
 * the actor; LOCATION: rows of the actor's branches; CLIENT: rows of clients the actor is on; ALL. The widest of several roles
 * counts; a user's own grant widens, a user's own denial beats everything. The scope becomes a predicate in the SQL of every
 * verb (query.h), so a row outside it answers exactly as an absent one: 404.
 *
 * Actors are immutable, shared by threads and counted: whoever gets one from actor_load releases it.
 */
#ifndef CORE_ACCESS_H
#define CORE_ACCESS_H

#include "base/buf.h"
#include "base/errors.h"
#include "core/entity.h"
#include "core/kind.h"

enum scope { SCOPE_NONE, SCOPE_OWN, SCOPE_LOCATION, SCOPE_CLIENT, SCOPE_ALL };

#define ACTOR_MAX_AGE_MS 5000

struct actor {
    int64_t user_id, tenant_id;   /* 0: the system itself */
    int64_t session_id, key_id;   /* how they came in; 0 where not so */
    bool system;                  /* jobs and the command line: everything, audited as such */
    bool admin;                   /* has the role tenant_admin */
    struct str name, email, tenant_name;
    struct str role;              /* the first of them as the company calls it */
    struct str country, currency, language; /* the tenant's: "AU", "AUD", "en" */
    struct fiscal fiscal;         /* the tenant's year */
    const struct zone *zone;      /* the user's own, else the tenant's */
    struct str theme, density;    /* preferences, or empty */
    enum date_look date_look;
    enum number_look number_look;
    enum week_look week_look;
    bool keys_off;                /* single-key shortcuts */
    const int64_t *locations;     /* the actor's branches */
    int location_count;
    const char *const *roles;     /* names of roles, NULL at the end */
    uint8_t (*scopes)[MAY_COUNT]; /* [entity->index][action] */
    uint8_t **own_scopes;         /* [entity->index][index of the entity's own action] */
    const bool *open;             /* [entity->index]: its pack is switched on; NULL: nobody's, or the system's */
    const struct custom_fields *custom; /* that the tenant added to its records (custom.h); NULL: not known */
    int refs;
};

extern const char *const access_action_names[MAY_COUNT]; /* "read", "create" ... */

/* False where the company has switched the entity's pack off: then there is nothing at its addresses. */
static inline bool access_open(const struct actor *actor, const struct entity *entity) {
    return !actor->open || actor->open[entity->index];
}
enum scope access_scope(const struct actor *actor, const struct entity *entity, enum access_action action);
static inline bool access_may(const struct actor *actor, const struct entity *entity, enum access_action action) {
    return access_scope(actor, entity, action) != SCOPE_NONE;
}
/* An entity's own action ("convert") as an action to ask for: whoever may do what it needs may do it, as well as whom a role or
 * a grant allows it by its name, unless a denial names it. Where it is called like a general action, it is that. */
enum access_action access_for_action(const struct entity *entity, const struct action_decl *action);
/* Adds 403 naming what is missing ("You may not delete leads."); returns false. */
bool access_deny(struct ctx *ctx, const struct entity *entity, enum access_action action);
/* Nobody gives away more than they have themselves, for good (a grant until a date is not passed on) and whichever packs are on;
 * administrators and the system itself give anything. Whoever restores or undoes gives, too. Whether the actor may do all that a
 * role allows, as far as it reaches; all that another user may do, as far as that; one thing, with a scope by its name; and may
 * let somebody work at a branch: their own, or any where nothing that they may do stops at their branches. */
bool access_covers_role(struct ctx *ctx, int64_t role_id);
bool access_covers_user(struct ctx *ctx, int64_t user_id);
bool access_covers(struct ctx *ctx, struct str resource, struct str action, struct str scope);
bool access_covers_branch(struct ctx *ctx, int64_t location_id);
/* The same as checks of what a request gives: 403 on the field role_id; on the one of resource, action and scope that is too
 * much; on location_id. */
bool access_check_role(struct ctx *ctx, int64_t role_id);
bool access_check_grant(struct ctx *ctx, struct str resource, struct str action, struct str scope);
bool access_check_branch(struct ctx *ctx, int64_t location_id);

/* The actor of a user, from the database or the cache; NULL where the user or the tenant is not active (no error is added), and
 * where the database fails (an error is). What another process changed is seen within ACTOR_MAX_AGE_MS. */
struct actor *actor_load(struct ctx *ctx, int64_t tenant_id, int64_t user_id);
void actor_release(const struct actor *actor);
/* A loaded actor as one request has it: a copy in the arena that knows its session or key. Takes over the caller's count: the
 * loaded one is released when the arena ends. */
const struct actor *actor_for_request(struct arena *arena, const struct actor *loaded, int64_t session_id, int64_t key_id);
/* Everything may have changed: called after a commit that touched an ENTITY_ACCESS entity. */
void access_changed(void);
uint64_t access_generation(void);
/* The system acting in a tenant (0: none). Lives in the arena. */
const struct actor *actor_system(struct arena *arena, int64_t tenant_id);

/* One grant of a built-in role, as declared beside the entities (src/app/core/role_grants.c) and stored when a tenant is made. */
struct role_grant {
    const char *role;
    const char *entities; /* words, or "*" */
    const char *actions;  /* words of access_action_names, or "*" */
    enum scope scope;
};
struct builtin_role {
    const char *name, *label, *help;
};
extern const struct builtin_role builtin_roles[]; /* name NULL at the end */
/* What people read for a role: of a built-in one our own text, in their language; of others what the company calls it. */
struct str access_role_label(struct str name, struct str label);
extern const struct role_grant role_grants[];     /* role NULL at the end */

#endif
