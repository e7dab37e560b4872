/* ctx.h - one request or job: its memory, its connection, who asks, and what went wrong so far.
 *
 * Passed to every rule and core function; there is no other state. A handler does not know on which thread it runs: reads
 * use ctx->conn as it stands; work that writes runs inside ctx_write, which is where ctx->conn becomes the writer's.
 */
#ifndef CORE_CTX_H
#define CORE_CTX_H

#include "core/access.h"
#include "core/kind.h"
#include "core/node.h"
#include "db/db.h"

struct event;
struct vault;

/* The newest entry of a tenant's audit log, as this write knows it (audit.h). */
struct audit_head {
    int64_t tenant_id;     /* 0: not asked for yet */
    struct db_stmt *asked; /* its answer is to come; NULL: it is known */
    int64_t id;            /* 0: there is none */
    char hash[65];
};

struct ctx {
    struct arena *arena;
    struct db *db;
    struct db_conn *conn;      /* this thread's reader, or the writer's inside a write */
    const struct actor *actor; /* never NULL: actor_system for jobs and the command line */
    int64_t tenant_id;         /* 0 only for the platform's own work */
    int64_t now;               /* ms; one moment for the whole request */
    struct errors errors;
    struct str ip, user_agent, request_id;
    struct str password_hash;  /* of the password that the request carries, where it was hashed before the write */
    int64_t change_set_id;     /* what is saved now belongs to it; 0 none (change_set.h) */
    int64_t ended_set_id;      /* the change-set that ended last, which an answer may offer to undo; 0 none */
    bool writing;              /* inside ctx_write */
    int64_t mark;              /* after ctx_write: a copy of the database that is so far shows what was written; 0 none */
    struct event *events;      /* to be published after the commit, newest first */
    bool access_touched;       /* an ENTITY_ACCESS entity was saved: permissions are dropped after the commit */
    struct after_commit *after_commit; /* changes whose after_commit hook is due */
    struct leaving *leaving;   /* records that are being deleted or restored with what hangs on them (kept.h) */
    struct custom *custom;     /* the tenant's custom fields, once one asked for them (custom.h) */
    struct audit_head *audit_head; /* the write's, for all contexts that take part in it (audit.c) */
    const struct custom_kept *custom_kept; /* whose values are indexed, once this write asked (custom_index.c) */
    struct kind_env env;       /* for kinds: filled by ctx_init from the tenant and the actor */
};

/* Fills a context. `actor` gives tenant, zone, country and currency; of a user also the language of what is said (lang.h). */
void ctx_init(struct ctx *ctx, struct arena *arena, struct db *db, const struct actor *actor);
/* Runs `run(ctx, arg)` as one write: directly if already inside one, else through the writer, waiting for the commit. False where
 * run returned false or the commit failed (ctx->errors says why, nothing is written). Events are published after the commit. */
bool ctx_write(struct ctx *ctx, bool (*run)(struct ctx *, void *), void *arg);
/* The same without waiting: `done(ctx, ok, arg)` is called on the writer's thread after the commit. False: not taken, error 503.
 */
bool ctx_write_async(struct ctx *ctx, bool (*run)(struct ctx *, void *), void (*done)(struct ctx *, bool ok, void *), void *arg);

/* Hand-written SQL, for rules: literals only (lint), with :tenant wherever a tenant's table is touched; :tenant and :now are
 * bound from ctx, the rest from `args`, ended by {0}. int64_t n = sql_int(ctx, "SELECT count(*) FROM leads WHERE tenant_id =
 * :tenant AND lead_status_id = :status AND deleted_at IS NULL", ARGS({":status", value_int(id)}));
 */
struct sql_arg {
    const char *name;
    struct value value;
};
#define ARGS(...) ((const struct sql_arg[]){__VA_ARGS__, {NULL, {.type = VALUE_NULL}}})
#define NO_ARGS ((const struct sql_arg[]){{NULL, {.type = VALUE_NULL}}})
/* ctx->conn, told that what is prepared next may touch the rows of ctx's tenant only; for the platform's own work, of all. */
struct db_conn *ctx_conn(const struct ctx *ctx);
/* A prepared and bound statement; step and reset it with db.h. NULL with an error. */
struct db_stmt *sql_query(struct ctx *ctx, const char *sql, const struct sql_arg *args);
/* The same over all tenants, whoever asks: for finding out who asks. */
struct db_stmt *sql_query_all(struct ctx *ctx, const char *sql, const struct sql_arg *args);
/* The same, and asked for ahead (db_ahead). Whatever comes of the request: nothing is lost where it is never stepped. */
struct db_stmt *sql_ahead(struct ctx *ctx, const char *sql, const struct sql_arg *args);
/* First column of the first row; 0 where there is none. */
int64_t sql_int(struct ctx *ctx, const char *sql, const struct sql_arg *args);
int64_t sql_int_of(struct ctx *ctx, struct db_stmt *stmt);
/* Copied into the arena; empty where there is none. */
struct str sql_text(struct ctx *ctx, const char *sql, const struct sql_arg *args);
struct str sql_text_of(struct ctx *ctx, struct db_stmt *stmt);
/* For INSERT, UPDATE, DELETE of internal tables; entities are saved by repo.h. False with an error. */
bool sql_exec(struct ctx *ctx, const char *sql, const struct sql_arg *args);
/* The same where nothing depends on its outcome but that of the whole write: it need not be waited for. */
bool sql_defer(struct ctx *ctx, const char *sql, const struct sql_arg *args);

#endif
