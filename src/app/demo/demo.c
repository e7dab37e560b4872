/* demo.c - makes the demo company: the tenant, its branches and people, then the plan in batches. */
#include "app/demo/demo.h"

#include "app/core/tenant_setup.h"
#include "app/demo/solar.h"
#include "app/demo/world.h"
#include "base/timefmt.h"
#include "core/registry.h"
#include "core/repo.h"

#define STEPS_AT_ONCE 100
#define BATCH_MEMORY ((size_t)512 << 20)

/* One write with memory of its own. */
static bool in_batch(struct db *db, struct arena *kept, struct errors *errors, bool (*run)(struct ctx *, void *), void *arg) {
    struct arena *arena = arena_new(BATCH_MEMORY);
    struct ctx ctx;
    ctx_init(&ctx, arena, db, actor_system(arena, 0));
    bool ok = ctx_write(&ctx, run, arg);
    for (const struct error *e = ctx.errors.first; !ok && e; e = e->next)
        errors_add(errors, e->status, str_cstr(kept, str_of(e->code)), e->field.len ? str_cstr(kept, e->field) : NULL, "%.*s",
                   STR_ARG(e->message));
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
        .fiscal_month = STR("july"),
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

static bool make_solar(struct opening *opening) {
    struct solar *s = opening->solar;
    if (!in_batch(s->db, s->arena, s->errors, open_company, opening)) return false;
    solar_plan(s);
    for (int i = 0; i < s->step_count; i += STEPS_AT_ONCE) {
        struct batch batch = {s, i, i + STEPS_AT_ONCE < s->step_count ? i + STEPS_AT_ONCE : s->step_count};
        if (!in_batch(s->db, s->arena, s->errors, run_batch, &batch)) return false;
    }
    opening->result->tenant_id = s->tenant_id;
    opening->result->steps = s->step_count;
    return in_batch(s->db, s->arena, s->errors, count_all, opening);
}

/* ---- a company by tables --------------------------------------------------------------------------------------------------- */

struct founding {
    struct world *world;
    const struct demo_options *options;
    struct demo_result *result;
    struct str domain;
    int64_t branches[SOLAR_MAX_BRANCHES];
};

static bool found_branches(struct ctx *ctx, struct founding *f) {
    const struct demo_business *b = f->world->business;
    for (int i = 0; b->branches[i] && i < SOLAR_MAX_BRANCHES; i++) {
        struct str rest = str_of(b->branches[i]), name, street, at;
        int64_t town;
        if (!str_split(&rest, '|', &name) || !str_split(&rest, '|', &street) || !str_split(&rest, '|', &at)) return false;
        if (!str_to_int(at, &town)) return false;
        const struct demo_town_of *t = &b->towns[town];
        const struct row *row = repo_create_as_system(
            ctx, "locations",
            ARGS({"name", value_text(name)}, {"address_line1", value_text(street)}, {"city", value_text(str_of(t->city))},
                 {"region", value_text(str_of(t->region))}, {"postal_code", value_text(str_of(t->postcode))},
                 {"country", value_text(STR("Australia"))}, {"is_primary", value_int(i == 0)}));
        if (!row) return false;
        f->branches[i] = row_id(row);
    }
    return true;
}

static bool add_person(struct ctx *ctx, struct founding *f, struct str name, struct str user, const char *role, const char *title,
                       int branch) {
    struct str email = str_printf(f->world->arena, "%.*s@%.*s.example", STR_ARG(user), STR_ARG(f->domain));
    int64_t id = tenant_add_user(ctx, name, email, f->options->password_hash, role);
    if (!id) return false;
    f->result->users[f->result->user_count++] = (struct demo_user){str_dup(f->world->arena, name), email, role};
    return repo_update_as_system(
               ctx, "users", id,
               ARGS({"job_title", value_text(str_of(title))}, {"location_id", value_int(f->branches[branch])})) != NULL;
}

/* Of the i-th that a larger company has more: as those that it begins with, in turn. */
static const char *title_of(const struct demo_business *b, int i) {
    int with_role = 0;
    for (int k = 0; b->people[k].name; k++) with_role += strcmp(b->people[k].role, b->extra_role) == 0;
    for (int k = 0, at = 0; b->people[k].name; k++)
        if (strcmp(b->people[k].role, b->extra_role) == 0 && at++ == i % with_role) return b->people[k].title;
    return "Team";
}

static bool found_people(struct ctx *ctx, struct founding *f) {
    const struct demo_business *b = f->world->business;
    int known = 0, more = b->extra_people * (f->world->size - 1);
    while (b->people[known].name) known++;
    f->result->users = arena_array(f->world->arena, struct demo_user, (size_t)(known + more));
    for (int i = 0; i < known; i++) {
        const struct demo_member *p = &b->people[i];
        if (!add_person(ctx, f, str_of(p->name), str_of(p->user), p->role, p->title, p->branch)) return false;
    }
    for (int i = 0; i < more; i++) {
        const char *first = demo_first_names[random_between(&f->world->random, 0, demo_first_name_count - 1)];
        const char *last = demo_last_names[random_between(&f->world->random, 0, demo_last_name_count - 1)];
        struct str name = str_printf(ctx->arena, "%s %s", first, last),
                   user = str_printf(ctx->arena, "%s%d", b->extra_role, i + 1);
        if (!add_person(ctx, f, name, user, b->extra_role, title_of(b, i), 0)) return false;
    }
    return true;
}

static bool found_company(struct ctx *ctx, void *arg) {
    struct founding *f = arg;
    struct world *w = f->world;
    const struct demo_business *b = w->business;
    ctx->now = ctx->env.now = w->now - 520 * DAY_MS;
    struct tenant_options options = {.name = str_of(b->tenant),
                                     .country = STR("AU"),
                                     .currency = STR("AUD"),
                                     .fiscal_month = STR("july"),
                                     .timezone = str_of(b->timezone),
                                     .packs = str_of(b->packs),
                                     .email = str_of(b->email),
                                     .phone = str_of(b->phone),
                                     .website = str_of(b->website),
                                     .industry = str_of(b->industry)};
    w->tenant_id = tenant_setup(ctx, &options);
    if (!w->tenant_id || !mark_demo(ctx, f->options)) return false;
    f->domain = str_dup(w->arena, sql_text(ctx, "SELECT slug FROM tenants WHERE id = :tenant", NO_ARGS));
    return found_branches(ctx, f) && found_people(ctx, f);
}

static bool switch_packs_on(struct ctx *ctx, void *arg) {
    const struct world *w = arg;
    struct buf packs = buf_new(ctx->arena, 256);
    for (struct str rest = str_of(w->business->packs), pack; str_split(&rest, ',', &pack);) {
        buf_cstr(&packs, packs.len ? "," : "[");
        buf_json(&packs, pack);
    }
    buf_char(&packs, ']');
    return tenant_enter(ctx, w->tenant_id) &&
           repo_update_as_system(ctx, "tenants", w->tenant_id, ARGS({"packs", value_text(buf_str(&packs))})) != NULL;
}

/* Everybody's role stands beside them, so that tables can ask for it. */
static bool adopt(struct ctx *ctx, void *arg) {
    struct founding *f = arg;
    struct world *w = f->world;
    if (!tenant_enter(ctx, w->tenant_id) || !world_adopt(ctx, w)) return false;
    struct world_set *users = world_set(w, registry_get("users"));
    for (int i = 0; i < users->count; i++) {
        struct world_row *user = users->rows[i];
        const struct world_cell *email = world_cell(user, STR("email"));
        for (int u = 0; u < f->result->user_count; u++)
            if (email && str_eq(email->text, f->result->users[u].email))
                user->cells[user->cell_count++] =
                    (struct world_cell){.name = STR("role"), .text = str_of(f->result->users[u].role)};
    }
    return true;
}

struct world_batch {
    struct world *world;
    int from, to;
};

static bool run_steps(struct ctx *ctx, void *arg) {
    struct world_batch *b = arg;
    if (!tenant_enter(ctx, b->world->tenant_id)) return false;
    for (int i = b->from; i < b->to; i++)
        if (!world_run(ctx, b->world, &b->world->steps[i])) return false;
    return true;
}

/* What a rule does not take is left out, and told: a new rule of an entity is no reason to have no demo. */
static void run_one_by_one(struct world *w, struct world_batch all) {
    for (int i = all.from; i < all.to; i++) {
        struct world_step *step = &w->steps[i];
        struct errors errors = {.arena = w->arena};
        struct world_batch one = {w, i, i + 1};
        bool creates = !step->action && !step->state.len;
        if (in_batch(w->db, w->arena, &errors, run_steps, &one)) continue;
        if (creates) step->row->id = 0;
        if (errors.first && w->refused++ == 0)
            w->refusal = str_printf(w->arena, "%.*s%s%s: %.*s", STR_ARG(step->row->set->entity->name), step->action ? ", " : "",
                                    step->action ? step->action->name : "", STR_ARG(errors.first->message));
    }
}

static void run_world(struct world *w) {
    for (int i = 0; i < w->step_count; i += STEPS_AT_ONCE) {
        struct world_batch batch = {w, i, i + STEPS_AT_ONCE < w->step_count ? i + STEPS_AT_ONCE : w->step_count};
        struct errors errors = {.arena = w->arena};
        if (!in_batch(w->db, w->arena, &errors, run_steps, &batch)) run_one_by_one(w, batch);
    }
}

static bool make_world(struct world *w, struct demo_result *result) {
    struct founding f = {.world = w, .options = w->options, .result = result};
    while (w->business->towns[w->town_count].city) w->town_count++;
    if (!w->tenant_id && !in_batch(w->db, w->arena, w->errors, found_company, &f)) return false;
    if (!in_batch(w->db, w->arena, w->errors, switch_packs_on, w) || !in_batch(w->db, w->arena, w->errors, adopt, &f))
        return false;
    world_plan(w);
    run_world(w);
    result->tenant_id = w->tenant_id;
    result->steps += w->step_count;
    result->refused = w->refused;
    result->refusal = w->refusal;
    struct solar count = {.tenant_id = w->tenant_id};
    struct opening counted = {&count, w->options, result};
    return in_batch(w->db, w->arena, w->errors, count_all, &counted);
}

/* ---- which ----------------------------------------------------------------------------------------------------------------- */

const char *const demo_businesses[] = {"sales", "msp", "property", "moving", NULL};

static const struct demo_business *const by_tables[] = {&demo_sales, &demo_msp, &demo_property, &demo_moving};

static const struct demo_business *business_of(struct str name) {
    for (size_t i = 0; i < sizeof by_tables / sizeof *by_tables; i++)
        if (str_eqc(name, by_tables[i]->name)) return by_tables[i];
    return NULL;
}

bool demo_create(struct db *db, struct arena *arena, const struct demo_options *options, struct demo_result *result,
                 struct errors *errors) {
    const struct demo_business *business = business_of(options->business);
    bool solar = str_eqc(options->business, "solar");
    if (!solar && !business)
        return errors_add(errors, 422, "unknown", "business", "There is no demo of '%.*s'. Try sales, msp, property or moving.",
                          STR_ARG(options->business));
    if (options->size < 1 || options->size > DEMO_MOST_SIZE)
        return errors_add(errors, 422, "out_of_range", "size", "The size is a number from 1 to %d.", DEMO_MOST_SIZE);
    *result = (struct demo_result){.tenant_name = str_of(solar ? "Fernhill Solar" : business->tenant)};
    struct solar s = {.arena = arena,
                      .db = db,
                      .errors = errors,
                      .random = {options->seed},
                      .zone = zone_find(STR("Australia/Melbourne")),
                      .now = options->now ? options->now : time_now(),
                      .lead_count = 400 * options->size,
                      .client_count = 30 * options->size};
    struct opening opening = {&s, options, result};
    bool first_solar = solar || business == &demo_sales;
    if (first_solar && !make_solar(&opening)) return false;
    if (solar) return true;
    struct world w = {.arena = arena,
                      .db = db,
                      .errors = errors,
                      .business = business,
                      .options = options,
                      .random = {options->seed * 31 + 7},
                      .zone = zone_find(str_of(business->timezone)),
                      .size = options->size,
                      .tenant_id = first_solar ? s.tenant_id : 0};
    w.now = zone_to_utc(w.zone, zone_day(w.zone, s.now) * DAY_MS); /* so that a day's demo is the same all day */
    return make_world(&w, result);
}
