/* demo.c - makes the demo company: the tenant, its branches and people, then the plan in batches. */
#include "app/demo/demo.h"

#include "app/core/tenant_setup.h"
#include "app/demo/solar.h"
#include "base/timefmt.h"
#include "core/repo.h"

#define STEPS_AT_ONCE 100
#define BATCH_MEMORY ((size_t)512 << 20)
#define MAX_SIZE 1000

/* One write with memory of its own. */
static bool in_batch(struct solar *s, bool (*run)(struct ctx *, void *), void *arg) {
    struct arena *arena = arena_new(BATCH_MEMORY);
    struct ctx ctx;
    ctx_init(&ctx, arena, s->db, actor_system(arena, 0));
    bool ok = ctx_write(&ctx, run, arg);
    for (const struct error *e = ctx.errors.first; !ok && e; e = e->next)
        errors_add(s->errors, e->status, str_cstr(s->arena, str_of(e->code)), e->field.len ? str_cstr(s->arena, e->field) : NULL,
                   "%.*s", STR_ARG(e->message));
    arena_free(arena);
    return ok;
}

/* ---- the company --------------------------------------------------------------------------------------------------------- */

struct opening {
    struct solar *solar;
    const struct demo_options *options;
    struct demo_result *result;
};

static bool add_branches(struct ctx *ctx, struct solar *s) {
    for (int i = 0; i < demo_branch_count; i++) {
        const struct demo_branch *b = &demo_branches[i];
        const struct row *row = repo_create_as_system(
            ctx, "locations",
            ARGS({"name", value_text(str_of(b->name))}, {"address_line1", value_text(str_of(b->address))},
                 {"city", value_text(str_of(b->city))}, {"region", value_text(str_of(b->region))},
                 {"postal_code", value_text(str_of(b->postcode))}, {"country", value_text(STR("Australia"))},
                 {"phone", value_text(str_of(b->phone))}, {"is_primary", value_int(i == 0)}));
        if (!row) return false;
        s->branches[i] = row_id(row);
    }
    return true;
}

static bool add_people(struct ctx *ctx, struct opening *o) {
    struct solar *s = o->solar;
    o->result->users = arena_array(s->arena, struct demo_user, (size_t)demo_person_count);
    for (int i = 0; i < demo_person_count; i++) {
        const struct demo_person *p = &demo_people[i];
        struct str email = str_printf(s->arena, "%s@%.*s.example", p->user, STR_ARG(s->domain));
        s->users[i] = tenant_add_user(ctx, str_of(p->name), email, o->options->password_hash, p->role);
        if (!s->users[i] || !repo_update_as_system(ctx, "users", s->users[i],
                                                   ARGS({"job_title", value_text(str_of(p->title))},
                                                        {"location_id", value_int(s->branches[p->branch])})))
            return false;
        o->result->users[o->result->user_count++] = (struct demo_user){str_of(p->name), email, p->role};
    }
    return true;
}

static bool add_views(struct ctx *ctx) {
    static const char *const views[][2] = {
        {"Hot leads", "filter[rating]=hot&sort=-score"},
        {"Over $50,000", "filter[estimated_value][gte]=50000&sort=-estimated_value"},
        {"No next step", "filter[next_followup_at][null]=true&sort=-created_at"},
    };
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (!repo_create_as_system(ctx, "saved_views",
                                   ARGS({"name", value_text(str_of(views[i][0]))}, {"entity", value_text(STR("leads"))},
                                        {"query", value_text(str_of(views[i][1]))}, {"position", value_int((int64_t)i + 1)},
                                        {"is_shared", value_int(1)})))
            return false;
    return true;
}

/* What an installer asks about a roof, which no other trade does. */
static bool add_fields(struct ctx *ctx) {
    static const struct {
        const char *name, *label, *kind;
        bool filterable;
    } fields[] = {{"system", "System", "text", false},
                  {"system_kw", "System kW", "number", true},
                  {"battery_kwh", "Battery kWh", "number", false},
                  {"annual_mwh", "Annual MWh", "number", false}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!repo_create_as_system(ctx, "custom_fields",
                                   ARGS({"entity", value_text(STR("leads"))}, {"name", value_text(str_of(fields[i].name))},
                                        {"label", value_text(str_of(fields[i].label))},
                                        {"kind", value_text(str_of(fields[i].kind))}, {"position", value_int((int64_t)i + 1)},
                                        {"section", value_text(STR("Roof"))},
                                        {"is_filterable", value_int(fields[i].filterable)})))
            return false;
    return true;
}

/* The page to sign in shows who there is to sign in as. */
static bool mark_demo(struct ctx *ctx, const struct demo_options *options) {
    struct buf settings = buf_new(ctx->arena, 64);
    buf_lit(&settings, "{\"demo\":true");
    if (options->password.len) {
        buf_lit(&settings, ",\"demo_password\":");
        buf_json(&settings, options->password);
    }
    buf_char(&settings, '}');
    return repo_update_as_system(ctx, "tenants", ctx->tenant_id, ARGS({"settings", value_text(buf_str(&settings))})) != NULL;
}

static int read_ids(struct ctx *ctx, const char *sql, int64_t *ids, int most) {
    struct db_stmt *stmt = sql_query(ctx, sql, NO_ARGS);
    int n = 0;
    while (stmt && n < most && db_step(stmt) == DB_ROW) ids[n++] = db_int(stmt, 0);
    if (stmt) db_reset(stmt);
    return n;
}

static bool open_company(struct ctx *ctx, void *arg) {
    struct opening *o = arg;
    struct solar *s = o->solar;
    ctx->now = ctx->env.now = s->now - 200 * DAY_MS;
    struct tenant_options options = {
        .name = STR("Fernhill Solar"),
        .country = STR("AU"),
        .currency = STR("AUD"),
        .timezone = STR("Australia/Melbourne"),
        .packs = STR("sales"),
        .email = STR("hello@fernhill-solar.example"),
        .phone = STR("+61370101000"),
        .website = STR("https://fernhill-solar.example"),
        .industry = STR("Solar"),
    };
    s->tenant_id = tenant_setup(ctx, &options);
    if (!s->tenant_id || !mark_demo(ctx, o->options)) return false;
    s->domain = str_dup(s->arena, sql_text(ctx, "SELECT slug FROM tenants WHERE id = :tenant", NO_ARGS));
    if (!add_branches(ctx, s) || !add_people(ctx, o) || !add_views(ctx) || !add_fields(ctx)) return false;
    read_ids(ctx, "SELECT id FROM lead_statuses WHERE tenant_id = :tenant ORDER BY position", s->statuses, SOLAR_STATUSES);
    s->source_count =
        read_ids(ctx, "SELECT id FROM lead_sources WHERE tenant_id = :tenant ORDER BY position", s->sources, SOLAR_MAX_SOURCES);
    // Fernhill wants to know why it loses.
    return repo_update_as_system(ctx, "lead_statuses", s->statuses[STATUS_LOST], ARGS({"requires_note", value_int(1)})) != NULL;
}

/* ---- its life ------------------------------------------------------------------------------------------------------------ */

struct batch {
    struct solar *solar;
    int from, to;
};

static bool run_batch(struct ctx *ctx, void *arg) {
    struct batch *b = arg;
    if (!tenant_enter(ctx, b->solar->tenant_id)) return false;
    for (int i = b->from; i < b->to; i++)
        if (!solar_run(ctx, b->solar, &b->solar->steps[i])) return false;
    return true;
}

static bool count_all(struct ctx *ctx, void *arg) {
    struct opening *o = arg;
    ctx->tenant_id = o->solar->tenant_id;
    o->result->leads = sql_int(ctx, "SELECT count(*) FROM leads WHERE tenant_id = :tenant", NO_ARGS);
    o->result->clients = sql_int(ctx, "SELECT count(*) FROM clients WHERE tenant_id = :tenant", NO_ARGS);
    return ctx->errors.count == 0;
}

bool demo_create(struct db *db, struct arena *arena, const struct demo_options *options, struct demo_result *result,
                 struct errors *errors) {
    *result = (struct demo_result){.tenant_name = STR("Fernhill Solar")};
    if (!str_eqc(options->business, "solar"))
        return errors_add(errors, 422, "unknown", "business", "There is no demo of '%.*s'. Try solar.",
                          STR_ARG(options->business));
    if (options->size < 1 || options->size > MAX_SIZE)
        return errors_add(errors, 422, "out_of_range", "size", "The size is a number from 1 to %d.", MAX_SIZE);
    struct solar s = {.arena = arena,
                      .db = db,
                      .errors = errors,
                      .random = {options->seed},
                      .zone = zone_find(STR("Australia/Melbourne")),
                      .now = time_now(),
                      .lead_count = 400 * options->size,
                      .client_count = 30 * options->size};
    struct opening opening = {&s, options, result};
    if (!in_batch(&s, open_company, &opening)) return false;
    solar_plan(&s);
    for (int i = 0; i < s.step_count; i += STEPS_AT_ONCE) {
        struct batch batch = {&s, i, i + STEPS_AT_ONCE < s.step_count ? i + STEPS_AT_ONCE : s.step_count};
        if (!in_batch(&s, run_batch, &batch)) return false;
    }
    result->tenant_id = s.tenant_id;
    result->steps = s.step_count;
    return in_batch(&s, count_all, &opening);
}
