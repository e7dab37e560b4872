/* fill.c - many tenants with many plain leads, to measure with. */
#include "app/core/tenant_setup.h"
#include "app/demo/demo.h"
#include "app/demo/random.h"
#include "app/demo/words.h"
#include "base/timefmt.h"
#include "core/repo.h"

#define AGENTS 5
#define STATUSES 8
#define SOURCES 10
#define AT_ONCE 4000
#define BATCH_MEMORY ((size_t)512 << 20)
#define SPREAD_DAYS 730

struct filling {
    const struct demo_bulk *bulk;
    struct random random;
    int64_t now, tenant_id, agents[AGENTS], statuses[STATUSES], sources[SOURCES];
    int tenant;              /* its number, from 0 */
    int64_t from, to, leads; /* of this batch; of this tenant */
};

static bool in_batch(struct db *db, bool (*run)(struct ctx *, void *), struct filling *f, struct errors *errors) {
    struct arena *arena = arena_new(BATCH_MEMORY);
    struct ctx ctx;
    ctx_init(&ctx, arena, db, actor_system(arena, 0));
    bool ok = ctx_write(&ctx, run, f);
    const struct error *e = ctx.errors.first;
    if (!ok && e) errors_add(errors, e->status, "fill", NULL, "%.*s", STR_ARG(e->message));
    arena_free(arena);
    return ok;
}

static void read_ids(struct ctx *ctx, const char *sql, int64_t *ids, int most) {
    struct db_stmt *stmt = sql_query(ctx, sql, NO_ARGS);
    for (int n = 0; stmt && n < most && db_step(stmt) == DB_ROW; n++) ids[n] = db_int(stmt, 0);
    if (stmt) db_reset(stmt);
}

static bool open_tenant(struct ctx *ctx, void *arg) {
    struct filling *f = arg;
    int number = f->tenant + 1;
    struct tenant_options options = {.name = str_printf(ctx->arena, "Bench %03d", number),
                                     .country = STR("AU"),
                                     .currency = STR("AUD"),
                                     .timezone = STR("Australia/Melbourne"),
                                     .admin_name = STR("Admin"),
                                     .admin_email = str_printf(ctx->arena, "admin@bench%03d.example", number),
                                     .admin_hash = f->bulk->password_hash};
    f->tenant_id = tenant_setup(ctx, &options);
    for (int i = 0; f->tenant_id && i < AGENTS; i++) {
        struct str email = str_printf(ctx->arena, "agent%d@bench%03d.example", i + 1, number);
        struct str name = str_printf(ctx->arena, "Agent %d", i + 1);
        f->agents[i] = tenant_add_user(ctx, name, email, f->bulk->password_hash, "sales_agent");
        if (!f->agents[i]) return false;
    }
    read_ids(ctx, "SELECT id FROM lead_statuses WHERE tenant_id = :tenant ORDER BY position", f->statuses, STATUSES);
    read_ids(ctx, "SELECT id FROM lead_sources WHERE tenant_id = :tenant ORDER BY position", f->sources, SOURCES);
    return f->tenant_id != 0;
}

static bool add_lead(struct ctx *ctx, struct filling *f, int64_t number) {
    struct random *r = &f->random;
    const struct demo_town *town = &demo_towns[random_between(r, 0, demo_town_count - 1)];
    const char *first = demo_first_names[random_between(r, 0, demo_first_name_count - 1)];
    const char *last = demo_last_names[random_between(r, 0, demo_last_name_count - 1)];
    const char *trade = demo_trades[random_between(r, 0, demo_trade_count - 1)];
    int64_t agent = random_of(r, f->agents);
    // In order of time, so that ids and dates rise together as they do in life.
    ctx->now = ctx->env.now = f->now - SPREAD_DAYS * DAY_MS * (f->leads - number) / (f->leads + 1);
    int64_t followup = random_chance(r, 40) ? f->now + random_between(r, -10, 20) * DAY_MS : 0;
    return repo_create_as_system(
               ctx, "leads",
               ARGS({"first_name", value_text(str_of(first))}, {"last_name", value_text(str_of(last))},
                    {"company_name", value_text(str_printf(ctx->arena, "%s %s", town->name, trade))},
                    {"email", value_text(str_printf(ctx->arena, "lead%lld@bench%03d.example", (long long)number, f->tenant + 1))},
                    {"phone", value_text(str_printf(ctx->arena, "+614%08lld", (long long)number))},
                    {"lead_status_id", value_int(random_of(r, f->statuses))}, {"assigned_to_id", value_int(agent)},
                    {"created_by_id", value_int(agent)}, {"estimated_value", value_int(random_between(r, 20, 5000) * 10000)},
                    {"lead_source_id", value_int(random_of(r, f->sources))}, {"city", value_text(str_of(town->name))},
                    {"region", value_text(str_of(town->region))}, {"postal_code", value_text(str_of(town->postcode))},
                    {"next_followup_at", followup ? value_int(followup) : VALUE_NONE})) != NULL;
}

static bool add_leads(struct ctx *ctx, void *arg) {
    struct filling *f = arg;
    if (!tenant_enter(ctx, f->tenant_id)) return false;
    for (int64_t i = f->from; i < f->to; i++)
        if (!add_lead(ctx, f, i)) return false;
    return true;
}

bool demo_fill(struct db *db, const struct demo_bulk *bulk, struct errors *errors) {
    if (bulk->tenants < 1 || bulk->leads < 0)
        return errors_add(errors, 422, "out_of_range", "tenants", "Give at least one tenant and no fewer than 0 leads.");
    struct filling f = {.bulk = bulk, .random = {bulk->seed}, .now = time_now()};
    int64_t done = 0;
    for (f.tenant = 0; f.tenant < bulk->tenants; f.tenant++) {
        f.leads = bulk->leads * (f.tenant + 1) / bulk->tenants - done;
        if (!in_batch(db, open_tenant, &f, errors)) return false;
        for (f.from = 0; f.from < f.leads; f.from = f.to) {
            f.to = f.from + AT_ONCE < f.leads ? f.from + AT_ONCE : f.leads;
            if (!in_batch(db, add_leads, &f, errors)) return false;
        }
        done += f.leads;
        if (bulk->progress) bulk->progress(f.tenant + 1, done);
    }
    return true;
}
