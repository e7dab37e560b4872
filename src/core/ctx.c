/* ctx.c - contexts, writes through the writer, and hand-written SQL with its tenant. */
#include "core/ctx.h"

#include <stdio.h>

#include "base/log.h"
#include "base/timefmt.h"
#include "core/event.h"
#include "core/event_feed.h"
#include "core/repo.h"

void ctx_init(struct ctx *ctx, struct arena *arena, struct db *db, const struct actor *actor) {
    *ctx = (struct ctx){.arena = arena, .db = db, .actor = actor, .tenant_id = actor->tenant_id, .now = time_now()};
    ctx->errors.arena = arena;
    ctx->env = (struct kind_env){.arena = arena,
                                 .now = ctx->now,
                                 .me = actor->user_id,
                                 .country = actor->country,
                                 .currency = actor->currency,
                                 .zone = actor->zone,
                                 .fiscal = actor->fiscal,
                                 .date_look = actor->date_look,
                                 .number_look = actor->number_look,
                                 .week_look = actor->week_look};
    if (actor->user_id) arena_speak(arena, lang_find(actor->language));
}

static int64_t ctx_wall(const struct ctx *ctx) {
    return ctx->tenant_id ? ctx->tenant_id : ctx->actor->system ? DB_PLATFORM : DB_NO_TENANT;
}

struct db_conn *ctx_conn(const struct ctx *ctx) {
    db_tenant(ctx->conn, ctx_wall(ctx));
    return ctx->conn;
}

/* One write on its way: its context, and where its outcome goes. */
struct write {
    struct db_job job;
    struct ctx *ctx;
    bool (*run)(struct ctx *, void *);
    void (*done)(struct ctx *, bool, void *);
    void *arg;
    struct audit_head audit_head;
};

static void clear_pending(struct ctx *ctx) {
    ctx->events = NULL;
    ctx->after_commit = NULL;
    ctx->access_touched = false;
}

/* On the writer. Memory that runs out unwinds to here, and the savepoint is undone like after any other failure. */
static bool write_run(struct db_conn *conn, void *arg) {
    struct write *w = arg;
    struct ctx *ctx = w->ctx;
    struct db_conn *reader = ctx->conn;
    int64_t change_set_id = ctx->change_set_id;
    ctx->conn = conn;
    ctx->writing = true;
    ctx->custom_kept = NULL;
    ctx->audit_head = &w->audit_head;
    volatile bool ok = false;
    jmp_buf edge, *outer = arena_catch(ctx->arena, &edge);
    if (setjmp(edge) == 0) {
        ok = w->run(ctx, w->arg) && ctx->errors.count == 0;
    } else {
        db_reset_all(conn);
        ctx->errors.count = 0;
        log_event(LOG_ERROR, "out_of_memory", LOG_INT("arena_bytes", arena_used(ctx->arena)));
    }
    arena_catch(ctx->arena, outer);
    ctx->audit_head = NULL;
    ctx->writing = false;
    ctx->conn = reader;
    if (!ok) {
        clear_pending(ctx);
        ctx->change_set_id = change_set_id; /* one that was begun is undone with the rest */
    }
    return ok;
}

static void after_commit(struct ctx *ctx) {
    ctx->mark = db_mark(ctx->db);
    if (ctx->access_touched) access_changed();
    if (ctx->events) {
        event_feed_tell(ctx->db, ctx->events->tenant_id);
        event_publish(ctx->events);
    }
    repo_after_commit(ctx);
    clear_pending(ctx);
}

/* What a job said that ran into trouble of the storage - "there is no such status" - may come from rows that it did not get. */
static void storage_failed(struct ctx *ctx, enum db_result result) {
    errors_clear(&ctx->errors);
    db_fail(NULL, result, &ctx->errors);
}

static void write_done(enum db_result result, void *arg) {
    struct write *w = arg;
    bool ok = w->job.ok && result == DB_OK;
    if (ok) after_commit(w->ctx);
    else {
        clear_pending(w->ctx);
        if (result != DB_OK) storage_failed(w->ctx, result);
        else if (w->ctx->errors.count == 0)
            errors_add(&w->ctx->errors, 503, "out_of_memory", NULL, "The request needs more memory than it may have.");
    }
    w->done(w->ctx, ok, w->arg);
}

bool ctx_write_async(struct ctx *ctx, bool (*run)(struct ctx *, void *), void (*done)(struct ctx *, bool, void *), void *arg) {
    if (!node_ready(&ctx->errors)) return false;
    struct write *w = arena_alloc(ctx->arena, sizeof *w);
    *w = (struct write){.job = {.run = write_run, .done = write_done, .tenant = ctx_wall(ctx)},
                        .ctx = ctx,
                        .run = run,
                        .done = done,
                        .arg = arg};
    w->job.arg = w;
    if (db_write(ctx->db, &w->job)) return true;
    return errors_add(&ctx->errors, 503, "busy", NULL, "Too many changes are waiting. Try again in a moment.");
}

bool ctx_write(struct ctx *ctx, bool (*run)(struct ctx *, void *), void *arg) {
    if (ctx->writing) return run(ctx, arg) && ctx->errors.count == 0;
    if (!node_ready(&ctx->errors)) return false;
    struct write w = {.ctx = ctx, .run = run, .arg = arg};
    enum db_result result = DB_OK;
    bool ok = db_write_wait(ctx->db, ctx_wall(ctx), write_run, &w, &result);
    if (ok) after_commit(ctx);
    else {
        clear_pending(ctx);
        if (result != DB_OK) storage_failed(ctx, result);
        else if (ctx->errors.count == 0) errors_add(&ctx->errors, 503, "busy", NULL, "The change could not be saved. Try again.");
    }
    return ok;
}

static void bind_value(struct db_stmt *stmt, int index, struct value value) {
    if (value.type == VALUE_INT) db_bind_int(stmt, index, value.integer);
    else if (value.type == VALUE_TEXT) db_bind_text(stmt, index, value.text);
    else db_bind_null(stmt, index);
}

static struct db_stmt *query(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    struct db_stmt *stmt = db_prepare(ctx->conn, str_of(sql));
    if (!stmt) {
        db_fail(ctx->conn, DB_ERROR, &ctx->errors);
        return NULL;
    }
    int index = db_param(stmt, ":tenant");
    if (index) db_bind_int(stmt, index, ctx->tenant_id);
    index = db_param(stmt, ":now");
    if (index) db_bind_int(stmt, index, ctx->now);
    for (; args && args->name; args++) {
        index = db_param(stmt, args->name);
        if (index) bind_value(stmt, index, args->value);
    }
    return stmt;
}

struct db_stmt *sql_query(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    db_tenant(ctx->conn, ctx_wall(ctx));
    return query(ctx, sql, args);
}

struct db_stmt *sql_query_all(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    db_tenant(ctx->conn, DB_PLATFORM);
    return query(ctx, sql, args);
}

struct db_stmt *sql_ahead(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    struct db_stmt *stmt = sql_query(ctx, sql, args);
    db_ahead(stmt);
    return stmt;
}

int64_t sql_int(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    return sql_int_of(ctx, sql_query(ctx, sql, args));
}

int64_t sql_int_of(struct ctx *ctx, struct db_stmt *stmt) {
    if (!stmt) return 0;
    enum db_result r = db_step(stmt);
    int64_t n = r == DB_ROW ? db_int(stmt, 0) : 0;
    if (r != DB_ROW && r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return n;
}

struct str sql_text(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    return sql_text_of(ctx, sql_query(ctx, sql, args));
}

struct str sql_text_of(struct ctx *ctx, struct db_stmt *stmt) {
    if (!stmt) return STR("");
    enum db_result r = db_step(stmt);
    struct str text = r == DB_ROW ? str_dup(ctx->arena, db_text(stmt, 0)) : STR("");
    if (r != DB_ROW && r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return text;
}

bool sql_exec(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    struct db_stmt *stmt = sql_query(ctx, sql, args);
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    bool ok = r == DB_DONE || r == DB_ROW || db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return ok;
}

bool sql_defer(struct ctx *ctx, const char *sql, const struct sql_arg *args) {
    struct db_stmt *stmt = sql_query(ctx, sql, args);
    enum db_result r = stmt ? db_defer(stmt) : DB_ERROR;
    return r == DB_DONE || (stmt && db_fail(ctx->conn, r, &ctx->errors));
}
