/* savepoint.c - parts of a write that may fail by themselves. */
#include "core/savepoint.h"

static bool control(struct ctx *ctx, struct str sql) {
    struct db_stmt *stmt = db_prepare(ctx->conn, sql);
    enum db_result r = stmt ? db_step(stmt) : DB_ERROR;
    if (stmt) db_reset(stmt);
    return r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

bool savepoint_try(struct ctx *ctx, bool (*run)(struct ctx *, void *), void *arg, struct errors *why) {
    struct ctx before = *ctx;
    struct errors none = {.arena = ctx->errors.arena};
    if (why) *why = none;
    if (!control(ctx, STR("SAVEPOINT part"))) return false;
    ctx->errors = none;
    bool ok = run(ctx, arg) && ctx->errors.count == 0;
    if (!ok) {
        struct errors own = ctx->errors;
        bool undone = control(ctx, STR("ROLLBACK TO SAVEPOINT part"));
        ctx->events = before.events;
        ctx->after_commit = before.after_commit;
        ctx->access_touched = before.access_touched;
        ctx->change_set_id = before.change_set_id;
        ctx->ended_set_id = before.ended_set_id;
        ctx->actor = before.actor; // a rule that stopped in the middle of acting as the system
        if (!undone || errors_status(&own) >= 500) return false;
        if (why) *why = own;
    }
    ctx->errors = before.errors;
    return control(ctx, STR("RELEASE SAVEPOINT part")) && ok;
}
