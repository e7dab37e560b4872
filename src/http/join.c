/* join.c - an invitation's token to a new user; see join.h. */
#include "http/join.h"

#include "core/audit.h"
#include "core/password.h"
#include "core/repo.h"
#include "http/limit.h"
#include "http/login.h"

static struct limit by_address = {.most = 50, .window_ms = INT64_C(900000), .lock = PTHREAD_MUTEX_INITIALIZER};

/* The token names its tenant, so it is looked up inside it, as whoever asks is nobody yet. */
static bool look_up(struct ctx *ctx, struct join *join) {
    join->invitation_id = 0;
    if (token_read(join->token, &join->tenant_id) != TOKEN_INVITE) return true;
    int64_t own = ctx->tenant_id;
    ctx->tenant_id = join->tenant_id;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT i.id, i.role_id, i.location_id, i.email, i.name, t.name FROM invitations i "
                                  "JOIN tenants t ON t.id = i.tenant_id WHERE i.tenant_id = :tenant AND i.token_hash = :hash "
                                  "AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.deleted_at IS NULL "
                                  "AND i.expires_at > :now AND t.status = 'active' AND t.deleted_at IS NULL "
                                  "AND (i.created_by_id IS NULL OR EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = :tenant "
                                  "AND u.id = i.created_by_id AND u.is_active = 1 AND u.deleted_at IS NULL))",
                                  ARGS({":hash", value_text(token_hash(ctx->arena, join->token))}));
    ctx->tenant_id = own;
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        join->invitation_id = db_int(s, 0);
        join->role_id = db_int(s, 1);
        join->location_id = db_int(s, 2);
        join->email = str_dup(ctx->arena, db_text(s, 3));
        join->known_as = str_dup(ctx->arena, db_text(s, 4));
        join->company = str_dup(ctx->arena, db_text(s, 5));
    }
    db_reset(s);
    return r == DB_ROW || r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

static bool is_over(struct ctx *ctx) {
    return errors_add(&ctx->errors, 404, "invitation_over", NULL,
                      "This invitation is not valid any more. Ask whoever invited you for a new link.");
}

bool join_find(struct request *req, struct response *res, struct join *join) {
    struct ctx *ctx = &req->ctx;
    int wait = 0;
    if (!limit_take(&by_address, ctx->ip, ctx->now, &wait)) return login_too_many(req, res, wait);
    if (!look_up(ctx, join)) return false;
    if (!join->invitation_id) return is_over(ctx);
    limit_return(&by_address, ctx->ip); /* it was no guess */
    return true;
}

static bool become(struct ctx *ctx, int64_t user_id) {
    struct actor *loaded = actor_load(ctx, ctx->tenant_id, user_id);
    if (!loaded) return is_over(ctx);
    ctx->actor = actor_for_request(ctx->arena, loaded, 0, 0);
    return true;
}

/* Looked at once more where only one writes at a time: of two who hold the link one comes in. */
static bool accept(struct ctx *ctx, void *arg) {
    struct join *join = arg;
    if (!look_up(ctx, join)) return false;
    if (!join->invitation_id) return is_over(ctx);
    struct value branch = join->location_id ? value_int(join->location_id) : VALUE_NONE;
    const struct row *user = repo_create_as_system(
        ctx, "users",
        ARGS({"name", value_text(join->name)}, {"email", value_text(join->email)}, {"password", value_text(join->password)},
             {"location_id", branch}));
    if (!user || !repo_create_as_system(ctx, "role_users",
                                        ARGS({"user_id", value_int(row_id(user))}, {"role_id", value_int(join->role_id)})))
        return false;
    if (!become(ctx, row_id(user)) ||
        !repo_update_as_system(ctx, "invitations", join->invitation_id,
                               ARGS({"accepted_at", value_int(ctx->now)}, {"user_id", value_int(row_id(user))})))
        return false;
    return session_create(ctx, row_id(user), join->kind, &join->session) &&
           audit_note(ctx, "login", "users", row_id(user), STR(""));
}

bool join_run(struct request *req, struct response *res, struct join *join) {
    struct ctx *ctx = &req->ctx;
    if (!join_find(req, res, join)) return false;
    join->name = str_trim(join->name);
    if (!join->name.len) errors_add(&ctx->errors, 422, "required", "name", "Enter your name.");
    if (!password_check(join->password, &ctx->errors) || ctx->errors.count) return false;
    ctx->password_hash = password_hash(ctx->arena, join->password, &ctx->errors);
    if (!ctx->password_hash.len) return false;
    const struct actor *before = ctx->actor;
    int64_t own = ctx->tenant_id;
    ctx->actor = actor_system(ctx->arena, join->tenant_id);
    ctx->tenant_id = join->tenant_id;
    if (ctx_write(ctx, accept, join)) return true;
    ctx->actor = before;
    ctx->tenant_id = own;
    return false;
}
