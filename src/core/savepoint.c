/* savepoint.c - parts of a write that may fail by themselves. */
#include "core/savepoint.h"

#include "core/audit.h"

static bool told(struct ctx *ctx, enum db_result result) { return result == DB_OK || db_fail(ctx->conn, result, &ctx->errors); }

bool savepoint_try(struct ctx *ctx, bool (*run)(struct ctx *, void *), void *arg, struct errors *why) {
    struct ctx before = *ctx;
    struct errors none = {.arena = ctx->errors.arena};
    if (why) *why = none;
    if (!told(ctx, db_savepoint(ctx->conn))) return false;
    ctx->errors = none;
    bool ok = run(ctx, arg) && ctx->errors.count == 0;
    if (!ok) {
        struct errors own = ctx->errors;
        audit_forget(ctx);
        bool undone = told(ctx, db_rollback_to(ctx->conn));
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
    return ok && told(ctx, db_release(ctx->conn));
}
