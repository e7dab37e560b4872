/* actor.c - actors: gathered from users, tenants, branches, roles and grants, frozen into one block of memory each, and
 * kept in a cache until anything that decides over access has changed. */
#include <pthread.h>
#include <stdatomic.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "core/ctx.h"
#include "core/custom.h"
#include "core/event_feed.h"
#include "core/registry.h"

#define SHARDS 16
#define SETS 128   /* of a shard */
#define WAYS 4     /* actors of a set: 8,192 in all, a few KB each */
#define DENIED 255 /* among scopes while they are gathered: beats whatever else is granted */

/* `actor` first, so that either points to the other. */
struct cached {
    struct actor actor;
    uint64_t generation;
    int64_t loaded_at, good_until; /* ms */
};

static struct {
    pthread_mutex_t lock;
    struct cached *at[SETS][WAYS];
    unsigned next_way;
} shards[SHARDS];

static pthread_once_t shards_once = PTHREAD_ONCE_INIT;
static _Atomic uint64_t generation = 1;

void access_changed(void) {
    atomic_fetch_add(&generation, 1);
}
uint64_t access_generation(void) {
    return atomic_load(&generation);
}

/* An actor in the making, in the request's memory. */
struct draft {
    struct ctx *ctx;
    struct actor actor;
    struct str packs; /* JSON, as stored */
    bool *open;       /* becomes the actor's */
    bool lasting;     /* leaves out what was granted until a date */
    int64_t good_until;
    const char **roles;
    int role_count;
    struct custom_fields custom;
};

static int64_t user_of(const struct draft *d) {
    return d->actor.user_id;
}

#define OF_USER(d) ARGS({":user", value_int(user_of(d))})

/* False with an error where the statement failed rather than ended. */
static bool finished(struct ctx *ctx, struct db_stmt *stmt, enum db_result r) {
    bool ok = r == DB_DONE || r == DB_ROW || db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return ok;
}

/* ---- gathering ------------------------------------------------------------------------------------------------------- */

static const struct zone *zone_of(struct str own, struct str tenants) {
    const struct zone *zone = own.len ? zone_find(own) : NULL;
    if (!zone && tenants.len) zone = zone_find(tenants);
    return zone ? zone : zone_find(STR("UTC"));
}

/* Words that are kept of the profile's page (http/me_page.c). */
static void read_looks(struct actor *a, struct str words) {
    a->date_look = str_find(words, STR("day_first")) >= 0     ? DATE_DAY_FIRST
                   : str_find(words, STR("month_first")) >= 0 ? DATE_MONTH_FIRST
                   : str_find(words, STR("year_first")) >= 0  ? DATE_YEAR_FIRST
                                                              : DATE_WORDS;
    a->number_look = str_find(words, STR("dots")) >= 0     ? NUMBER_DOTS
                     : str_find(words, STR("spaces")) >= 0 ? NUMBER_SPACES
                                                           : NUMBER_COMMAS;
    a->week_look = str_find(words, STR("sunday")) >= 0     ? WEEK_SUNDAY
                   : str_find(words, STR("saturday")) >= 0 ? WEEK_SATURDAY
                                                           : WEEK_MONDAY;
    a->keys_off = str_find(words, STR("keys_off")) >= 0;
}

/* The user and the tenant; false where one of them is not active, or with an error. */
static bool gather_user(struct draft *d) {
    struct ctx *ctx = d->ctx;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT u.name, u.email, u.theme, u.density, u.language, u.timezone, t.name, t.country, "
                                  "t.currency, t.language, t.timezone, t.packs, p.words, t.fiscal_month, t.fiscal_day "
                                  "FROM users u JOIN tenants t ON t.id = u.tenant_id LEFT JOIN page_preferences p "
                                  "ON p.tenant_id = u.tenant_id AND p.user_id = u.id AND p.page = '/me' "
                                  "WHERE u.tenant_id = :tenant AND u.id = :user AND u.is_active = 1 AND u.deleted_at IS NULL "
                                  "AND t.status = 'active' AND t.deleted_at IS NULL",
                                  OF_USER(d));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        struct actor *a = &d->actor;
        struct str *const into[] = {&a->name,        &a->email,   &a->theme,    &a->density, &a->language, NULL,
                                    &a->tenant_name, &a->country, &a->currency, NULL,        NULL,         &d->packs};
        for (int i = 0; i < (int)(sizeof into / sizeof *into); i++)
            if (into[i]) *into[i] = str_dup(ctx->arena, db_text(s, i));
        if (!a->language.len) a->language = str_dup(ctx->arena, db_text(s, 9));
        a->zone = zone_of(db_text(s, 5), db_text(s, 10));
        read_looks(a, db_text(s, 12));
        a->fiscal = fiscal_of(db_text(s, 13), db_int(s, 14));
    }
    return finished(ctx, s, r) && r == DB_ROW;
}

static bool gather_locations(struct draft *d) {
    struct db_stmt *s = sql_query(d->ctx,
                                  "SELECT location_id FROM users WHERE tenant_id = :tenant AND id = :user "
                                  "AND location_id IS NOT NULL UNION SELECT location_id FROM user_locations "
                                  "WHERE tenant_id = :tenant AND user_id = :user AND deleted_at IS NULL",
                                  OF_USER(d));
    if (!s) return false;
    int64_t *locations = NULL;
    int count = 0;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        locations = arena_room(d->ctx->arena, locations, (size_t)count, sizeof *locations);
        locations[count++] = db_int(s, 0);
    }
    d->actor.locations = locations;
    d->actor.location_count = count;
    return finished(d->ctx, s, r);
}

static bool gather_roles(struct draft *d) {
    struct db_stmt *s = sql_query(d->ctx,
                                  "SELECT DISTINCT r.name, r.label FROM role_users m JOIN roles r ON r.tenant_id = m.tenant_id "
                                  "AND r.id = m.role_id WHERE m.tenant_id = :tenant AND m.user_id = :user "
                                  "AND m.deleted_at IS NULL AND r.deleted_at IS NULL ORDER BY r.name",
                                  OF_USER(d));
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        if (!d->role_count) d->actor.role = str_dup(d->ctx->arena, db_text(s, 1));
        d->roles = arena_room(d->ctx->arena, d->roles, (size_t)d->role_count, sizeof *d->roles);
        d->roles[d->role_count++] = str_cstr(d->ctx->arena, db_text(s, 0));
        if (str_eqc(db_text(s, 0), "tenant_admin")) d->actor.admin = true;
    }
    return finished(d->ctx, s, r);
}

static void widen(uint8_t *at, uint8_t scope) {
    if (*at < scope) *at = scope;
}

/* One grant or denial: of an entity (or "*") and an action (or "*"). What names nothing that exists changes nothing. */
static void apply(struct draft *d, struct str resource, struct str action, uint8_t scope) {
    bool every_entity = str_eqc(resource, "*"), every_action = str_eqc(action, "*");
    const struct entity *only = every_entity ? NULL : registry_find(resource);
    if (!every_entity && !only) return;
    int from = only ? only->index : 0, to = only ? only->index + 1 : registry_count();
    for (int e = from; e < to; e++) {
        for (int i = 0; i < MAY_COUNT; i++)
            if (every_action || str_eqc(action, access_action_names[i])) widen(&d->actor.scopes[e][i], scope);
        const struct entity_decl *decl = registry_at(e)->decl;
        for (int i = 0; i < decl->action_count; i++)
            if (every_action || str_eqc(action, decl->actions[i].name)) widen(&d->actor.own_scopes[e][i], scope);
    }
}

static uint8_t scope_of(struct str name) {
    static const char *const names[] = {"none", "own", "location", "client", "all"};
    for (uint8_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eqc(name, names[i])) return i;
    return SCOPE_NONE;
}

static bool gather_permissions(struct draft *d) {
    struct db_stmt *s = sql_query(d->ctx,
                                  "SELECT p.resource, p.action, p.scope FROM role_users m "
                                  "JOIN roles r ON r.tenant_id = m.tenant_id AND r.id = m.role_id "
                                  "JOIN role_permissions p ON p.tenant_id = r.tenant_id AND p.role_id = r.id "
                                  "WHERE m.tenant_id = :tenant AND m.user_id = :user "
                                  "AND m.deleted_at IS NULL AND r.deleted_at IS NULL AND p.deleted_at IS NULL",
                                  OF_USER(d));
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) apply(d, db_text(s, 0), db_text(s, 1), scope_of(db_text(s, 2)));
    return finished(d->ctx, s, r);
}

/* Grants to the user alone; the actor is good until the first of them ends. */
static bool gather_grants(struct draft *d) {
    struct db_stmt *s = sql_query(d->ctx,
                                  "SELECT resource, action, granted, scope, expires_at FROM user_permissions "
                                  "WHERE tenant_id = :tenant AND user_id = :user AND deleted_at IS NULL "
                                  "AND (expires_at IS NULL OR expires_at > :now)",
                                  OF_USER(d));
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        if (d->lasting && db_int(s, 2) && !db_is_null(s, 4)) continue;
        apply(d, db_text(s, 0), db_text(s, 1), db_int(s, 2) ? scope_of(db_text(s, 3)) : DENIED);
        if (!db_is_null(s, 4) && db_int(s, 4) < d->good_until) d->good_until = db_int(s, 4);
    }
    return finished(d->ctx, s, r);
}

/* ---- what follows from the grants ------------------------------------------------------------------------------------ */

static bool pack_on(const struct draft *d, const struct json *packs, const struct entity *entity) {
    if (entity_is(entity, ENTITY_INTERNAL)) return false;
    if (str_eqc(STR("core"), entity->decl->pack)) return true;
    for (size_t i = 0; d->packs.len && i < json_count(packs); i++)
        if (str_eqc(json_text(json_at(packs, i)), entity->decl->pack)) return true;
    return false;
}

/* What an entity is bars actions whoever asks; its own actions were declared for it, so they stay. */
static bool barred(const struct entity *entity, enum access_action action) {
    // The platform's: plans may be looked at; of tenants only the actor's own is within reach (query_sql.c).
    if (entity_is(entity, ENTITY_GLOBAL))
        return action != MAY_READ && !(action == MAY_UPDATE && str_eqc(entity->name, "tenants"));
    return entity_is(entity, ENTITY_READ_ONLY) && action != MAY_READ && action != MAY_EXPORT;
}

static void settle_entity(struct draft *d, const struct entity *entity, bool on) {
    uint8_t *scopes = d->actor.scopes[entity->index], *own = d->actor.own_scopes[entity->index];
    for (int i = 0; i < entity->decl->action_count; i++) {
        enum access_action needs = entity->decl->actions[i].needs ? entity->decl->actions[i].needs : MAY_UPDATE;
        if (scopes[needs] != DENIED) widen(&own[i], scopes[needs]);
        if (!on || own[i] == DENIED) own[i] = SCOPE_NONE;
    }
    for (int i = 0; i < MAY_COUNT; i++)
        if (!on || scopes[i] == DENIED || barred(entity, (enum access_action)i)) scopes[i] = SCOPE_NONE;
}

static void settle(struct draft *d) {
    struct errors ignored = {.arena = d->ctx->arena};
    const struct json *packs = d->packs.len ? json_parse(d->ctx->arena, d->packs, &ignored) : NULL;
    if (json_type(packs) != JSON_T_ARRAY) d->packs = STR("");
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        d->open[e] = pack_on(d, packs, entity);
        settle_entity(d, entity, d->open[e]);
    }
}

static bool is_within(const uint8_t *asked, const uint8_t *had, int count) {
    for (int i = 0; i < count; i++)
        if (asked[i] > had[i]) return false;
    return true;
}

/* ---- one block ------------------------------------------------------------------------------------------------------- */

/* Lays things one after the other; the first time over nothing (at NULL), to learn the size. */
struct packer {
    char *at;
    size_t size;
};

static void *pack(struct packer *p, const void *bytes, size_t size) {
    char *to = p->at ? p->at + p->size : NULL;
    if (to && size) memcpy(to, bytes, size);
    p->size += (size + 7) & ~(size_t)7;
    return to;
}

static void pack_str(struct packer *p, struct str *s) {
    s->ptr = s->len ? pack(p, s->ptr, s->len) : "";
}

static const struct custom_fields *pack_custom(struct packer *p, const struct custom_fields *all) {
    struct custom_fields *head = pack(p, all, sizeof *all);
    struct custom_field *at = pack(p, all->at, (size_t)all->count * sizeof *at);
    for (int i = 0; i < all->count; i++) {
        struct custom_field f = all->at[i];
        struct str *const texts[] = {&f.name, &f.label, &f.kind, &f.choices, &f.target, &f.help, &f.section};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) pack_str(p, texts[k]);
        if (at) at[i] = f;
    }
    if (head) head->at = at;
    return head;
}

static struct cached *pack_actor(struct packer *p, const struct draft *d) {
    struct cached head = {.actor = d->actor, .loaded_at = d->ctx->now, .good_until = d->good_until};
    struct actor *a = &head.actor;
    struct cached *whole = pack(p, &head, sizeof head);
    pack_str(p, &a->name);
    pack_str(p, &a->email);
    pack_str(p, &a->tenant_name);
    pack_str(p, &a->role);
    pack_str(p, &a->country);
    pack_str(p, &a->currency);
    pack_str(p, &a->language);
    pack_str(p, &a->theme);
    pack_str(p, &a->density);
    a->locations = pack(p, d->actor.locations, (size_t)a->location_count * sizeof *a->locations);
    const char **roles = pack(p, d->roles, (size_t)d->role_count * sizeof *roles);
    const char *const end = NULL;
    pack(p, &end, sizeof end);
    for (int i = 0; i < d->role_count; i++) {
        char *name = pack(p, d->roles[i], strlen(d->roles[i]) + 1);
        if (roles) roles[i] = name;
    }
    a->roles = roles;
    size_t entities = (size_t)registry_count();
    a->scopes = pack(p, d->actor.scopes, entities * sizeof *a->scopes);
    uint8_t **own = pack(p, d->actor.own_scopes, entities * sizeof *own);
    for (size_t e = 0; e < entities; e++) {
        uint8_t *scopes = pack(p, d->actor.own_scopes[e], (size_t)registry_at((int)e)->decl->action_count);
        if (own) own[e] = scopes;
    }
    a->own_scopes = own;
    a->open = pack(p, d->open, entities * sizeof *a->open);
    a->custom = pack_custom(p, &d->custom);
    if (whole) *whole = head;
    return whole;
}

static struct cached *freeze(const struct draft *d) {
    struct packer p = {0};
    pack_actor(&p, d);
    p.at = malloc(p.size);
    if (!p.at) {
        errors_add(&d->ctx->errors, 503, "out_of_memory", NULL, "The server is short of memory. Try again in a moment.");
        return NULL;
    }
    p.size = 0;
    struct cached *cached = pack_actor(&p, d);
    cached->actor.refs = 1;
    return cached;
}

static struct draft draft_new(struct ctx *ctx) {
    struct draft d = {.ctx = ctx, .good_until = ctx->now + ACTOR_MAX_AGE_MS};
    d.actor.tenant_id = ctx->tenant_id;
    size_t entities = (size_t)registry_count();
    d.actor.scopes = arena_alloc_array(ctx->arena, sizeof *d.actor.scopes, entities);
    d.actor.own_scopes = arena_array(ctx->arena, uint8_t *, entities);
    d.open = arena_array(ctx->arena, bool, entities);
    for (size_t e = 0; e < entities; e++)
        d.actor.own_scopes[e] = arena_array(ctx->arena, uint8_t, (size_t)registry_at((int)e)->decl->action_count);
    return d;
}

/* ---- what one may give ----------------------------------------------------------------------------------------------- */

/* The rules of a record run as the system where it is deleted, restored or undone, still on behalf of somebody. */
static bool gives_freely(const struct ctx *ctx) {
    return !ctx->actor->user_id || ctx->actor->admin;
}

/* Whichever packs are on: one that is switched on later must not turn out to hold more than was checked. */
static void settle_all(struct draft *d) {
    for (int e = 0; e < registry_count(); e++) settle_entity(d, registry_at(e), !entity_is(registry_at(e), ENTITY_INTERNAL));
}

/* What a user has for good, as it stands now. */
static bool gather_held(struct draft *d, int64_t user_id) {
    d->actor.user_id = user_id;
    d->lasting = true;
    if (!gather_roles(d) || !gather_permissions(d)) return false;
    if (d->actor.admin) apply(d, STR("*"), STR("*"), SCOPE_ALL);
    if (!gather_grants(d)) return false;
    settle_all(d);
    return true;
}

/* Whether the actor has all that `asked` holds. */
static bool holds(struct ctx *ctx, const struct draft *asked) {
    struct draft had = draft_new(ctx);
    bool within = gather_held(&had, ctx->actor->user_id);
    for (int e = 0; within && e < registry_count(); e++)
        within = is_within(asked->actor.scopes[e], had.actor.scopes[e], MAY_COUNT) &&
                 is_within(asked->actor.own_scopes[e], had.actor.own_scopes[e], registry_at(e)->decl->action_count);
    return within;
}

bool access_covers_role(struct ctx *ctx, int64_t role_id) {
    if (gives_freely(ctx)) return true;
    struct draft asked = draft_new(ctx);
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT p.resource, p.action, p.scope, r.name FROM roles r LEFT JOIN role_permissions p "
                                  "ON p.tenant_id = r.tenant_id AND p.role_id = r.id AND p.deleted_at IS NULL "
                                  "WHERE r.tenant_id = :tenant AND r.id = :role AND r.deleted_at IS NULL",
                                  ARGS({":role", value_int(role_id)}));
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        apply(&asked, db_text(s, 0), db_text(s, 1), scope_of(db_text(s, 2)));
        if (str_eqc(db_text(s, 3), "tenant_admin")) apply(&asked, STR("*"), STR("*"), SCOPE_ALL);
    }
    if (!finished(ctx, s, r)) return false;
    settle_all(&asked);
    return holds(ctx, &asked);
}

bool access_covers_user(struct ctx *ctx, int64_t user_id) {
    if (gives_freely(ctx) || user_id == ctx->actor->user_id) return true;
    struct draft asked = draft_new(ctx);
    return gather_held(&asked, user_id) && holds(ctx, &asked);
}

bool access_covers(struct ctx *ctx, struct str resource, struct str action, struct str scope) {
    if (gives_freely(ctx)) return true;
    struct draft asked = draft_new(ctx);
    apply(&asked, resource, action, scope_of(scope));
    settle_all(&asked);
    return holds(ctx, &asked);
}

bool access_covers_branch(struct ctx *ctx, int64_t location_id) {
    if (gives_freely(ctx)) return true;
    struct draft had = draft_new(ctx);
    if (!gather_held(&had, ctx->actor->user_id) || !gather_locations(&had)) return false;
    for (int i = 0; i < had.actor.location_count; i++)
        if (had.actor.locations[i] == location_id) return true;
    for (int e = 0; e < registry_count(); e++) {
        for (int i = 0; i < MAY_COUNT; i++)
            if (had.actor.scopes[e][i] == SCOPE_LOCATION) return false;
        for (int i = 0; i < registry_at(e)->decl->action_count; i++)
            if (had.actor.own_scopes[e][i] == SCOPE_LOCATION) return false;
    }
    return true;
}

/* ---- loading --------------------------------------------------------------------------------------------------------- */

static struct cached *load(struct ctx *ctx, int64_t user_id) {
    struct draft d = draft_new(ctx);
    d.actor.user_id = user_id;
    if (!gather_user(&d) || !gather_locations(&d) || !gather_roles(&d) || !gather_permissions(&d)) return NULL;
    if (d.actor.admin) apply(&d, STR("*"), STR("*"), SCOPE_ALL);
    if (!gather_grants(&d) || !custom_load(ctx, &d.custom)) return NULL;
    settle(&d);
    return freeze(&d);
}

/* ---- the cache ------------------------------------------------------------------------------------------------------- */

static void shards_init(void) {
    for (int i = 0; i < SHARDS; i++) pthread_mutex_init(&shards[i].lock, NULL);
}

static struct actor *retain(struct cached *cached) {
    __atomic_add_fetch(&cached->actor.refs, 1, __ATOMIC_RELAXED);
    return &cached->actor;
}

void actor_release(const struct actor *actor) {
    struct cached *cached = (struct cached *)(uintptr_t)actor;
    if (cached && __atomic_sub_fetch(&cached->actor.refs, 1, __ATOMIC_ACQ_REL) == 0) free(cached);
}

static uint64_t slot_of(int64_t tenant_id, int64_t user_id) {
    uint64_t h = ((uint64_t)user_id ^ ((uint64_t)tenant_id << 17)) * UINT64_C(0x9E3779B97F4A7C15);
    return h >> 32;
}

static bool is_of(const struct cached *c, int64_t tenant_id, int64_t user_id) {
    return c && c->actor.user_id == user_id && c->actor.tenant_id == tenant_id;
}

static struct actor *cache_get(int64_t tenant_id, int64_t user_id, uint64_t of_generation, int64_t now) {
    uint64_t slot = slot_of(tenant_id, user_id);
    unsigned shard = (unsigned)(slot % SHARDS), set = (unsigned)(slot / SHARDS % SETS);
    struct actor *found = NULL;
    pthread_mutex_lock(&shards[shard].lock);
    for (int i = 0; i < WAYS && !found; i++) {
        struct cached *c = shards[shard].at[set][i];
        if (is_of(c, tenant_id, user_id) && c->generation == of_generation && now >= c->loaded_at && now < c->good_until)
            found = retain(c);
    }
    pthread_mutex_unlock(&shards[shard].lock);
    return found;
}

/* Takes the place of this user's earlier entry, else an empty one, else another's in turn. */
static void cache_put(struct cached *cached) {
    uint64_t slot = slot_of(cached->actor.tenant_id, cached->actor.user_id);
    unsigned shard = (unsigned)(slot % SHARDS), set = (unsigned)(slot / SHARDS % SETS);
    retain(cached);
    pthread_mutex_lock(&shards[shard].lock);
    struct cached **ways = shards[shard].at[set], **to = NULL;
    for (int i = 0; i < WAYS; i++)
        if (is_of(ways[i], cached->actor.tenant_id, cached->actor.user_id)) to = &ways[i];
    for (int i = 0; i < WAYS && !to; i++)
        if (!ways[i]) to = &ways[i];
    if (!to) to = &ways[shards[shard].next_way++ % WAYS];
    struct cached *old = *to;
    *to = cached;
    pthread_mutex_unlock(&shards[shard].lock);
    if (old) actor_release(&old->actor);
}

struct actor *actor_load(struct ctx *ctx, int64_t tenant_id, int64_t user_id) {
    pthread_once(&shards_once, shards_init);
    uint64_t before = access_generation(); // read first: what commits while we load makes the result old
    // Inside a write the rows may never be committed: neither take from the cache nor give to it.
    struct actor *found = ctx->writing ? NULL : cache_get(tenant_id, user_id, before, ctx->now);
    if (found) return found;
    struct ctx at_home = *ctx; // the user's tenant need not be the context's: at sign-in there is none yet
    at_home.tenant_id = tenant_id;
    struct cached *cached = load(&at_home, user_id);
    ctx->errors = at_home.errors;
    if (!cached) return NULL;
    cached->generation = before;
    event_feed_follow(tenant_id, ctx->now);
    if (!ctx->writing) cache_put(cached);
    return &cached->actor;
}

static void release_loaded(void *loaded) {
    actor_release(loaded);
}

const struct actor *actor_for_request(struct arena *arena, const struct actor *loaded, int64_t session_id, int64_t key_id) {
    struct actor *own = arena_alloc(arena, sizeof *own);
    memcpy(own, loaded, offsetof(struct actor, refs)); // the count is other threads' to change
    own->session_id = session_id;
    own->key_id = key_id;
    arena_defer(arena, release_loaded, (void *)(uintptr_t)loaded);
    return own;
}
