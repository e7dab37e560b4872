/* tenant_setup.c - what a new tenant starts with. */
#include "app/core/tenant_setup.h"

#include "base/timefmt.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/repo.h"
#include "db/migrate.h"

/* ---- lead statuses and sources ------------------------------------------------------------------------------------------- */

struct first_status {
    const char *name, *hue, *color;
    int probability;
    bool is_default, won, lost, closed;
};
static const struct first_status statuses[] = {
    {"New", "cyan", "#0891b2", 5, .is_default = true},
    {"Contacted", "blue", "#3b82f6", 15},
    {"Qualified", "teal", "#0d9488", 35},
    {"Proposal Sent", "violet", "#8b5cf6", 60},
    {"Negotiation", "amber", "#d97706", 80},
    {"Won", "green", "#16a34a", 100, .won = true, .closed = true},
    {"Lost", "red", "#dc2626", 0, .lost = true, .closed = true},
    {"Archived", "gray", "#6b7280", 0, .closed = true},
};

struct first_source {
    const char *name, *type;
    int quality;
};
static const struct first_source sources[] = {
    {"Website", "online", 6}, {"Referral", "organic", 10}, {"Phone", "offline", 7},       {"E-mail", "online", 5},
    {"Event", "offline", 6},  {"Partner", "organic", 9},   {"Social media", "online", 4}, {"Advertisement", "campaign", 3},
    {"Tender", "offline", 8}, {"Outbound", "campaign", 3},
};

struct first_stage {
    const char *name, *hue;
    int probability;
};
static const struct first_stage stages[] = {
    {"Discovery", "cyan", 10}, {"Proposal", "blue", 40}, {"Negotiation", "amber", 70}, {"Contract", "violet", 90},
};

struct first_disposition {
    const char *name, *hue;
    bool reached, requires_note;
};
static const struct first_disposition dispositions[] = {
    {"Answered", "green", .reached = true},
    {"No Answer", "gray"},
    {"Voicemail", "amber"},
    {"Busy", "orange"},
    {"Wrong Number", "red"},
    {"Follow-up Required", "violet", .reached = true, .requires_note = true},
};

static const char *const lost_reasons[] = {"Price", "Chose a competitor", "No budget", "No decision", "Timing", "No answer"};

static struct value text(const char *s) {
    return value_text(str_of(s));
}
static struct value text_or_none(struct str s) {
    return s.len ? value_text(s) : VALUE_NONE;
}

static bool add_statuses(struct ctx *ctx) {
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        const struct first_status *s = &statuses[i];
        if (!repo_create_as_system(ctx, "lead_statuses",
                                   ARGS({"name", text(s->name)}, {"hue", text(s->hue)}, {"color", text(s->color)},
                                        {"position", value_int((int64_t)i + 1)}, {"probability", value_int(s->probability)},
                                        {"is_default", value_int(s->is_default)}, {"is_won", value_int(s->won)},
                                        {"is_lost", value_int(s->lost)}, {"is_closed", value_int(s->closed)})))
            return false;
    }
    return true;
}

static bool add_sources(struct ctx *ctx) {
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!repo_create_as_system(ctx, "lead_sources",
                                   ARGS({"name", text(sources[i].name)}, {"type", text(sources[i].type)},
                                        {"quality", value_int(sources[i].quality)}, {"position", value_int((int64_t)i + 1)})))
            return false;
    return true;
}

static bool add_pipeline(struct ctx *ctx) {
    const struct row *pipeline =
        repo_create_as_system(ctx, "pipelines", ARGS({"name", text("Sales")}, {"is_default", value_int(1)}));
    if (!pipeline) return false;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++)
        if (!repo_create_as_system(ctx, "pipeline_stages",
                                   ARGS({"pipeline_id", value_int(row_id(pipeline))}, {"name", text(stages[i].name)},
                                        {"hue", text(stages[i].hue)}, {"position", value_int((int64_t)i + 1)},
                                        {"probability", value_int(stages[i].probability)})))
            return false;
    return true;
}

static bool add_lost_reasons(struct ctx *ctx) {
    for (size_t i = 0; i < sizeof lost_reasons / sizeof *lost_reasons; i++)
        if (!repo_create_as_system(ctx, "lost_reasons",
                                   ARGS({"name", text(lost_reasons[i])}, {"position", value_int((int64_t)i + 1)})))
            return false;
    return true;
}

static bool add_dispositions(struct ctx *ctx) {
    for (size_t i = 0; i < sizeof dispositions / sizeof *dispositions; i++)
        if (!repo_create_as_system(ctx, "call_dispositions",
                                   ARGS({"name", text(dispositions[i].name)}, {"hue", text(dispositions[i].hue)},
                                        {"position", value_int((int64_t)i + 1)}, {"is_default", value_int(i == 0)},
                                        {"is_reached", value_int(dispositions[i].reached)},
                                        {"requires_note", value_int(dispositions[i].requires_note)})))
            return false;
    return true;
}

/* The first records of a pick list, which is empty until then. */
static const struct beginning {
    const char *entity;
    bool (*add)(struct ctx *ctx);
} beginnings[] = {
    {"lead_statuses", add_statuses}, {"lead_sources", add_sources},           {"pipelines", add_pipeline},
    {"lost_reasons", add_lost_reasons}, {"call_dispositions", add_dispositions},
};

/* ---- roles ----------------------------------------------------------------------------------------------------------------- */

static struct str scope_name(enum scope scope) {
    switch (scope) {
    case SCOPE_OWN:
        return STR("own");
    case SCOPE_LOCATION:
        return STR("location");
    case SCOPE_CLIENT:
        return STR("client");
    case SCOPE_ALL:
        return STR("all");
    case SCOPE_NONE:
        break;
    }
    return STR("");
}

/* What is left out of a role's grants: nothing (NULL), or rights to these kinds of record. */
struct known {
    struct str *resources;
    size_t count;
};

static bool is_known(const struct known *known, struct str resource) {
    for (size_t i = 0; known && i < known->count; i++)
        if (str_eq(known->resources[i], resource)) return true;
    return false;
}

static bool add_grant(struct ctx *ctx, int64_t role, const struct role_grant *grant, const struct known *known) {
    struct str entities = str_of(grant->entities), entity;
    while (str_word(&entities, &entity)) {
        struct str actions = str_of(grant->actions), action;
        while (!is_known(known, entity) && str_word(&actions, &action))
            if (!repo_create_as_system(ctx, "role_permissions",
                                       ARGS({"role_id", value_int(role)}, {"resource", value_text(entity)},
                                            {"action", value_text(action)}, {"scope", value_text(scope_name(grant->scope))})))
                return false;
    }
    return true;
}

static bool add_grants(struct ctx *ctx, int64_t role, const char *name, const struct known *known) {
    for (const struct role_grant *g = role_grants; g->role; g++)
        if (strcmp(g->role, name) == 0 && !add_grant(ctx, role, g, known)) return false;
    return true;
}

static bool add_role(struct ctx *ctx, const struct builtin_role *r) {
    const struct row *role = repo_create_as_system(ctx, "roles",
                                                   ARGS({"name", text(r->name)}, {"label", text(r->label)},
                                                        {"description", text(r->help)}, {"is_system", value_int(1)}));
    return role && add_grants(ctx, row_id(role), r->name, NULL);
}

static bool add_roles(struct ctx *ctx) {
    for (const struct builtin_role *r = builtin_roles; r->name; r++)
        if (!add_role(ctx, r)) return false;
    return true;
}

int64_t tenant_add_user(struct ctx *ctx, struct str name, struct str email, struct str hash, const char *role) {
    int64_t role_id = sql_int(ctx, "SELECT id FROM roles WHERE tenant_id = :tenant AND name = :name AND deleted_at IS NULL",
                              ARGS({":name", text(role)}));
    if (!role_id) {
        if (!ctx->errors.count) errors_add(&ctx->errors, 422, "unknown", "role", "There is no role '%s'.", role);
        return 0;
    }
    struct repo_input in = repo_input(ctx, registry_get("users"), 0);
    in.trusted = true;
    repo_input_value(&in, "name", text_or_none(name));
    repo_input_text(&in, STR("email"), email);
    repo_input_value(&in, "password_hash", text_or_none(hash));
    const struct row *user = ctx->errors.count ? NULL : repo_create(&in);
    if (!user) return 0;
    bool ok =
        repo_create_as_system(ctx, "role_users", ARGS({"user_id", value_int(row_id(user))}, {"role_id", value_int(role_id)}));
    return ok ? row_id(user) : 0;
}

/* ---- the tenant ------------------------------------------------------------------------------------------------------------ */

/* "Fernhill Solar Pty. Ltd." -> "fernhill-solar-pty-ltd". */
static struct str slug_of(struct arena *arena, struct str name) {
    struct buf b = buf_new(arena, 64);
    for (size_t i = 0; i < name.len && b.len < 50; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (letter || (digit && b.len))
            buf_char(&b, c);
        else if (b.len && b.ptr[b.len - 1] != '-')
            buf_char(&b, '-');
    }
    while (b.len && b.ptr[b.len - 1] == '-') b.len--;
    return b.len ? buf_str(&b) : STR("company");
}

static struct str free_slug(struct ctx *ctx, struct str name) {
    struct str base = slug_of(ctx->arena, name), slug = base;
    for (int i = 2; sql_int(ctx, "SELECT count(*) FROM tenants WHERE slug = :slug", ARGS({":slug", value_text(slug)})); i++)
        slug = str_printf(ctx->arena, "%.*s-%d", STR_ARG(base), i);
    return slug;
}

static void input(struct repo_input *in, const char *field, struct str value) {
    if (value.len) repo_input_text(in, str_of(field), value);
}

static int64_t create_tenant(struct ctx *ctx, const struct tenant_options *o) {
    struct repo_input in = repo_input(ctx, registry_get("tenants"), 0);
    in.trusted = true;
    input(&in, "name", o->name);
    input(&in, "slug", o->slug.len ? o->slug : free_slug(ctx, o->name));
    input(&in, "country", o->country);
    input(&in, "currency", o->currency);
    input(&in, "timezone", o->timezone);
    input(&in, "language", o->language);
    input(&in, "fiscal_month", o->fiscal_month);
    input(&in, "packs", o->packs);
    input(&in, "email", o->email);
    input(&in, "phone", o->phone);
    input(&in, "website", o->website);
    input(&in, "industry", o->industry);
    repo_input_value(&in, "set_up_to", value_int(migrations_count(ctx->db)));
    const struct row *tenant = ctx->errors.count ? NULL : repo_create(&in);
    return tenant ? row_id(tenant) : 0;
}

bool tenant_enter(struct ctx *ctx, int64_t tenant_id) {
    struct actor *actor = arena_alloc(ctx->arena, sizeof *actor);
    *actor = *actor_system(ctx->arena, tenant_id);
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT name, country, currency, language, timezone, fiscal_month, fiscal_day FROM tenants "
                                  "WHERE id = :id AND deleted_at IS NULL",
                                  ARGS({":id", value_int(tenant_id)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        struct str *const into[] = {&actor->tenant_name, &actor->country, &actor->currency, &actor->language};
        for (int i = 0; i < 4; i++) *into[i] = str_dup(ctx->arena, db_text(s, i));
        const struct zone *zone = zone_find(db_text(s, 4));
        if (zone) actor->zone = zone;
        actor->fiscal = fiscal_of(db_text(s, 5), db_int(s, 6));
    }
    db_reset(s);
    if (r != DB_ROW && r != DB_DONE) return db_fail(ctx->conn, r, &ctx->errors);
    if (r != DB_ROW) return errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such company account.");
    ctx->actor = actor;
    ctx->tenant_id = tenant_id;
    ctx->env.me = 0;
    ctx->env.country = actor->country;
    ctx->env.currency = actor->currency;
    ctx->env.zone = actor->zone;
    ctx->env.fiscal = actor->fiscal;
    return true;
}

int64_t tenant_setup(struct ctx *ctx, const struct tenant_options *options) {
    int64_t id = create_tenant(ctx, options);
    if (!id || !tenant_enter(ctx, id)) return 0;
    if (!add_roles(ctx)) return 0;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (!beginnings[i].add(ctx)) return 0;
    if (options->admin_email.len) {
        struct str name = options->admin_name.len ? options->admin_name : options->admin_email;
        if (!tenant_add_user(ctx, name, options->admin_email, options->admin_hash, "tenant_admin")) return 0;
    }
    return id;
}

/* ---- companies of an earlier version --------------------------------------------------------------------------------------- */

/* Every kind of record that any role of the company was ever given a right to. */
static bool resources_known(struct ctx *ctx, struct known *known) {
    struct db_stmt *s = sql_query(ctx, "SELECT DISTINCT resource FROM role_permissions WHERE tenant_id = :tenant", NO_ARGS);
    if (!s) return false;
    enum db_result r;
    *known = (struct known){.resources = NULL};
    while ((r = db_step(s)) == DB_ROW) {
        known->resources = arena_room(ctx->arena, known->resources, known->count, sizeof *known->resources);
        known->resources[known->count++] = str_dup(ctx->arena, db_text(s, 0));
    }
    db_reset(s);
    return r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

static bool catch_up_role(struct ctx *ctx, const struct builtin_role *r, const struct known *known) {
    int64_t ever = sql_int(ctx, "SELECT count(*) FROM roles WHERE tenant_id = :tenant AND name = :name",
                           ARGS({":name", text(r->name)}));
    int64_t role = sql_int(ctx, "SELECT id FROM roles WHERE tenant_id = :tenant AND name = :name AND is_system = 1 "
                                "AND deleted_at IS NULL",
                           ARGS({":name", text(r->name)}));
    if (ctx->errors.count) return false;
    if (!ever) return add_role(ctx, r);
    return !role || add_grants(ctx, role, r->name, known);
}

/* True where there never was one, not even one that was deleted since. */
static bool had_none(struct ctx *ctx, const char *entity) {
    struct query *q = query_new(ctx, registry_get(entity));
    q->with_deleted = true;
    return query_count_up_to(q, 1) == 0 && ctx->errors.count == 0;
}

static bool catch_up(struct ctx *ctx, void *arg) {
    (void)arg;
    int version = migrations_count(ctx->db);
    int64_t done = sql_int(ctx, "SELECT coalesce(set_up_to, 0) FROM tenants WHERE id = :tenant", NO_ARGS);
    if (ctx->errors.count || done >= version) return ctx->errors.count == 0; /* another server was faster */
    struct known known;
    if (!resources_known(ctx, &known)) return false;
    for (const struct builtin_role *r = builtin_roles; r->name; r++)
        if (!catch_up_role(ctx, r, &known)) return false;
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
        if (had_none(ctx, beginnings[i].entity) && !beginnings[i].add(ctx)) return false;
    return ctx->errors.count == 0 &&
           repo_update_as_system(ctx, "tenants", ctx->tenant_id, ARGS({"set_up_to", value_int(version)})) != NULL;
}

/* In an arena of its own: a company takes megabytes, and there may be thousands. */
static bool catch_up_one(struct ctx *ctx, int64_t tenant_id) {
    struct arena *arena = arena_new((size_t)1 << 28);
    struct ctx own;
    ctx_init(&own, arena, ctx->db, actor_system(arena, 0));
    own.conn = ctx->conn;
    bool ok = tenant_enter(&own, tenant_id) && ctx_write(&own, catch_up, NULL);
    for (const struct error *e = own.errors.first; e; e = e->next)
        errors_add(&ctx->errors, e->status, e->code, NULL, "Company %lld: %.*s", (long long)tenant_id, STR_ARG(e->message));
    arena_free(arena);
    return ok;
}

bool tenant_catch_up_all(struct ctx *ctx) {
    struct db_stmt *s = sql_query_all(ctx,
                                      "SELECT id FROM tenants WHERE coalesce(set_up_to, 0) < :version "
                                      "AND deleted_at IS NULL",
                                      ARGS({":version", value_int(migrations_count(ctx->db))}));
    if (!s) return false;
    int64_t *behind = NULL;
    size_t count = 0;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        behind = arena_room(ctx->arena, behind, count, sizeof *behind);
        behind[count++] = db_int(s, 0);
    }
    db_reset(s);
    if (r != DB_DONE) return db_fail(ctx->conn, r, &ctx->errors);
    for (size_t i = 0; i < count; i++)
        if (!catch_up_one(ctx, behind[i])) return false;
    return true;
}
