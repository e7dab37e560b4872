/* custom_prepare.c - index and words of records after a custom field's definition changed, step by step (custom_prepare.h). */
#include "core/custom_prepare.h"

#include <pthread.h>
#include <time.h>

#include "base/log.h"
#include "core/custom.h"
#include "core/custom_index.h"
#include "core/event.h"
#include "core/registry.h"
#include "core/repo_save.h"
#include "core/search.h"

#define STEP_MEMORY (64u << 20)
#define LOOK_MEMORY (1u << 20)
#define LOOK_S 60 /* for what other servers left */
#define SOON_S 2  /* for what is not to be done yet, or failed */

/* What is to be done for a definition, and how far it is. */
struct work {
    const struct row *definition;
    const struct entity *entity;
    bool filters, words;
    int64_t last; /* all records up to this one have it */
    bool finished;
};

/* ---- one step ------------------------------------------------------------------------------------------------------------- */

static struct value state_of(const struct work *w) {
    if (w->finished || !(w->filters || w->words)) return VALUE_NONE;
    return value_text(!w->words ? STR("filters") : w->filters ? STR("filters_and_search") : STR("search"));
}

static struct work work_of(const struct row *definition) {
    struct str said = row_text(definition, "preparing");
    return (struct work){.definition = definition,
                         .entity = registry_find(row_text(definition, "entity")),
                         .filters = str_starts(said, STR("filters")),
                         .words = str_ends(said, STR("search")),
                         .last = row_int(definition, "prepared_up_to")};
}

static bool has_index(const struct work *w) { return row_bool(w->definition, "is_filterable"); }

/* Some entries of a field that is to have none; the last of them go with what ends the work, as saves add to them until then. */
static bool clear_some(struct ctx *ctx, struct work *w) {
    const struct sql_arg *args = ARGS({":field", value_int(row_id(w->definition))}, {":most", value_int(PREPARE_STEP)});
    int64_t gone = 0;
    if (!sql_exec(ctx,
                  "DELETE FROM custom_values WHERE tenant_id = :tenant AND id IN (SELECT id FROM custom_values "
                  "WHERE tenant_id = :tenant AND field = :field AND number IS NOT NULL LIMIT :most)",
                  args))
        return false;
    gone += db_changes(ctx->conn);
    if (!sql_exec(ctx,
                  "DELETE FROM custom_values WHERE tenant_id = :tenant AND id IN (SELECT id FROM custom_values "
                  "WHERE tenant_id = :tenant AND field = :field AND text IS NOT NULL LIMIT :most)",
                  args))
        return false;
    gone += db_changes(ctx->conn);
    w->filters = gone >= PREPARE_STEP;
    return true;
}

/* The next records, deleted ones too, by their ids: bounded whether they have such values or not. */
static bool read_records(struct ctx *ctx, const struct work *w, struct rows *rows) {
    struct query *q = query_new(ctx, w->entity);
    q->with_deleted = true;
    q->limit = PREPARE_STEP;
    query_sort(q, "id");
    query_filter_add(q, &(struct query_filter){
                            .field = &q->entity->fields[q->entity->id], .op = OP_GT, .value = value_int(w->last)});
    return query_rows(q, rows);
}

static bool do_record(struct ctx *ctx, const struct work *w, const struct row *row) {
    struct value value = custom_member(ctx->arena, row, row_id(w->definition));
    if (value_is_null(value)) return true;
    bool fill = w->filters && has_index(w);
    return (!fill || custom_index_put(ctx, row_id(w->definition), row_id(row), value)) && (!w->words || search_again(ctx, row));
}

static bool do_records(struct ctx *ctx, struct work *w) {
    struct rows rows;
    if (!read_records(ctx, w, &rows)) return false;
    int64_t upto = rows.count ? row_id(rows.at[rows.count - 1]) : w->last;
    bool ok = !(w->filters && has_index(w)) ||
              sql_exec(ctx,
                       "DELETE FROM custom_values WHERE tenant_id = :tenant AND record > :last AND record <= :upto "
                       "AND field = :field",
                       ARGS({":last", value_int(w->last)}, {":upto", value_int(upto)},
                            {":field", value_int(row_id(w->definition))}));
    for (int i = 0; ok && i < rows.count; i++) ok = do_record(ctx, w, rows.at[i]);
    w->last = upto;
    if (rows.count < PREPARE_STEP) w->words = w->filters = false;
    return ok;
}

/* In memory of its own, as the system. The walk of the records comes first: while it goes on for the words, an index that is to
 * go stays. */
static bool step(struct ctx *ctx, struct work *w) {
    struct ctx part = *ctx;
    part.arena = part.env.arena = arena_new(STEP_MEMORY);
    struct as_system s = repo_as_system(&part);
    bool walks = w->entity && (w->words || (w->filters && has_index(w))), clears = w->filters && !has_index(w);
    bool ok = walks ? do_records(&part, w) : !clears || clear_some(&part, w);
    if (walks && clears) w->filters = true;
    if (!w->entity) w->words = w->filters = false;
    repo_end_system(&part, s);
    ctx->errors = part.errors; /* these live in the caller's arena */
    arena_free(part.arena);
    w->finished = !(w->filters || w->words);
    return ok;
}

static bool keep(struct ctx *ctx, const struct work *w) {
    return sql_exec(ctx,
                    "UPDATE custom_fields SET preparing = :state, prepared_up_to = :last WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":id", value_int(row_id(w->definition))}, {":state", state_of(w)},
                         {":last", w->finished ? VALUE_NONE : value_int(w->last)}));
}

/* ---- after a definition was saved ------------------------------------------------------------------------------------------ */

static bool in_use(const struct row *definition) {
    return definition && row_bool(definition, "is_active") && row_null(definition, "deleted_at");
}

bool custom_prepare_follow(struct ctx *ctx, const struct change *definition) {
    const struct row *old = definition->old;
    struct row *row = definition->row;
    custom_forget(ctx);
    if (!old) return true; /* nothing says anything in it yet */
    struct work w = work_of(row);
    bool filters = row_bool(old, "is_filterable") != row_bool(row, "is_filterable"), words = in_use(old) != in_use(row);
    if (!w.entity || !(filters || words)) return true;
    w.filters = w.filters || filters;
    w.words = w.words || words;
    w.last = 0;
    bool clears_only = w.filters && !w.words && !has_index(&w);
    if (!(clears_only || step(ctx, &w)) || !keep(ctx, &w)) return false;
    row_set(row, "preparing", state_of(&w));
    return true;
}

bool custom_prepare_words(struct ctx *ctx, const struct entity *entity) {
    return sql_int(ctx,
                   "SELECT 1 FROM custom_fields WHERE tenant_id = :tenant AND entity = :entity "
                   "AND preparing IN ('search', 'filters_and_search')",
                   ARGS({":entity", value_text(entity->name)})) == 1;
}

/* ---- further steps --------------------------------------------------------------------------------------------------------- */

struct next_step {
    int64_t definition;
    bool waits;
};

static bool next_step(struct ctx *ctx, void *arg) {
    struct next_step *next = arg;
    const struct entity *entity = registry_get("custom_fields");
    struct row *old = query_one(ctx, entity, next->definition, MAY_READ, true);
    next->waits = true;
    if (!old || row_null(old, "preparing")) return ctx->errors.count == 0;
    struct work w = work_of(old);
    bool clears_only = w.filters && !w.words && !has_index(&w);
    if (clears_only && ctx->now - row_int(old, "updated_at") < PREPARE_CLEAR_AFTER_MS) return true;
    if (!step(ctx, &w) || !keep(ctx, &w)) return false;
    next->waits = w.finished;
    if (!w.finished) return true;
    struct change change = {.entity = entity, .old = old, .row = row_copy(ctx->arena, old)};
    row_set(change.row, "preparing", VALUE_NONE);
    ctx->access_touched = true;
    return event_record(ctx, &change, "updated");
}

bool custom_prepare_step(struct ctx *ctx, int64_t definition, bool *waits) {
    struct next_step next = {.definition = definition};
    bool ok = ctx_write(ctx, next_step, &next);
    *waits = next.waits;
    return ok;
}

/* ---- the thread ------------------------------------------------------------------------------------------------------------ */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t thread;
    bool running, stopping, woken;
    struct db *db;
} worker = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static bool stops(void) {
    pthread_mutex_lock(&worker.lock);
    bool stopping = worker.stopping;
    pthread_mutex_unlock(&worker.lock);
    return stopping;
}

static bool one_step(int64_t tenant, int64_t definition, bool *waits) {
    struct arena *arena = arena_new(STEP_MEMORY);
    struct ctx ctx;
    ctx_init(&ctx, arena, worker.db, actor_system(arena, tenant));
    bool ok = custom_prepare_step(&ctx, definition, waits);
    if (!ok)
        log_event(LOG_WARN, "custom_field_not_prepared", LOG_INT("tenant", tenant), LOG_INT("field", definition),
                  LOG_STR("why", ctx.errors.first ? ctx.errors.first->message : STR("")));
    arena_free(arena);
    return ok;
}

#define LOOK_MOST 100

struct found {
    int64_t tenant, definition;
};

static int look(struct found *found) {
    struct arena *arena = arena_new(LOOK_MEMORY);
    struct ctx ctx;
    ctx_init(&ctx, arena, worker.db, actor_system(arena, 0));
    ctx.conn = db_reader(worker.db, &ctx.errors);
    int count = 0;
    struct db_stmt *s = NULL;
    if (ctx.conn)
        s = sql_query_all(&ctx,
                          /* lint: no tenant: what is left to do, of all of them */
                          "SELECT tenant_id, id FROM custom_fields WHERE preparing IS NOT NULL ORDER BY id LIMIT 100", NO_ARGS);
    while (s && count < LOOK_MOST && db_step(s) == DB_ROW)
        found[count++] = (struct found){db_int(s, 0), db_int(s, 1)};
    if (ctx.conn) db_reset_all(ctx.conn);
    arena_free(arena);
    return count;
}

/* A step for each in turn, until nothing can be done now. True where something is left for later. */
static bool work_off(void) {
    struct found found[LOOK_MOST];
    int count = look(found), left = count;
    while (left > 0 && !stops()) {
        left = 0;
        for (int i = 0; i < count && !stops(); i++) {
            if (!found[i].definition) continue;
            bool waits = false;
            if (one_step(found[i].tenant, found[i].definition, &waits) && !waits) left++;
            else found[i].definition = 0;
        }
    }
    return look(found) > 0;
}

static void *worker_main(void *arg) {
    (void)arg;
    pthread_mutex_lock(&worker.lock);
    while (!worker.stopping) {
        worker.woken = false;
        pthread_mutex_unlock(&worker.lock);
        bool later = work_off();
        pthread_mutex_lock(&worker.lock);
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += later ? SOON_S : LOOK_S;
        if (!worker.woken && !worker.stopping) pthread_cond_timedwait(&worker.wake, &worker.lock, &until);
    }
    pthread_mutex_unlock(&worker.lock);
    return NULL;
}

bool custom_prepare_start(struct db *db, struct errors *errors) {
    worker.db = db;
    worker.stopping = false;
    worker.running = pthread_create(&worker.thread, NULL, worker_main, NULL) == 0;
    return worker.running || errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
}

void custom_prepare_wake(void) {
    pthread_mutex_lock(&worker.lock);
    worker.woken = true;
    pthread_cond_signal(&worker.wake);
    pthread_mutex_unlock(&worker.lock);
}

void custom_prepare_stop(void) {
    pthread_mutex_lock(&worker.lock);
    bool running = worker.running;
    worker.running = false;
    worker.stopping = true;
    pthread_cond_signal(&worker.wake);
    pthread_mutex_unlock(&worker.lock);
    if (running) pthread_join(worker.thread, NULL);
}
