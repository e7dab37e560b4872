/* login.c - e-mail and password to a session; see login.h. */
#include "http/login.h"

#include "base/utf8.h"
#include "core/audit.h"
#include "core/password.h"
#include "http/limit.h"

#define MAX_CANDIDATES 5
#define MAX_TEXT 1024

static struct limit by_account = {.most = 10, .window_ms = INT64_C(900000), .lock = PTHREAD_MUTEX_INITIALIZER};
static struct limit by_address = {.most = 50, .window_ms = INT64_C(900000), .lock = PTHREAD_MUTEX_INITIALIZER};

struct candidate {
    int64_t tenant_id, user_id;
    struct str hash;
    bool must_change;
};
struct candidates {
    struct candidate at[MAX_CANDIDATES];
    int count;
};

static bool check_input(struct ctx *ctx, const struct login *login) {
    if (!login->email.len) errors_add(&ctx->errors, 422, "required", "email", "Enter your e-mail address.");
    if (!login->password.len) errors_add(&ctx->errors, 422, "required", "password", "Enter your password.");
    return ctx->errors.count == 0;
}

bool login_too_many(struct request *req, struct response *res, int wait_s) {
    struct ctx *ctx = &req->ctx;
    respond_header(res, ctx->arena, "Retry-After", str_printf(ctx->arena, "%d", wait_s));
    return errors_add(&ctx->errors, 429, "too_many_attempts", NULL, "Too many attempts. Try again in %d minutes.",
                      (wait_s + 59) / 60);
}

static bool within_limits(struct request *req, struct response *res, struct str email) {
    struct ctx *ctx = &req->ctx;
    int wait_account = 0, wait_address = 0;
    bool address = limit_take(&by_address, ctx->ip, ctx->now, &wait_address);
    if (address && limit_take(&by_account, email, ctx->now, &wait_account)) return true;
    return login_too_many(req, res, address ? wait_account : wait_address);
}

static bool find_candidates(struct ctx *ctx, struct str email, struct str tenant, struct candidates *found) {
    struct db_stmt *s =
        sql_query_all(ctx,
                  /* lint: no tenant: nobody is signed in yet; the address is looked up in each company by its index */
                  "SELECT u.tenant_id, u.id, u.password_hash, u.must_change_password FROM tenants t CROSS JOIN users u "
                  "WHERE u.tenant_id = t.id AND u.email = :email AND u.is_active = 1 AND u.deleted_at IS NULL "
                  "AND t.status = 'active' AND t.deleted_at IS NULL AND (:slug = '' OR t.slug = :slug) ORDER BY t.id LIMIT 5",
                  ARGS({":email", value_text(email)}, {":slug", value_text(tenant)}));
    if (!s) return false;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW && found->count < MAX_CANDIDATES) {
        found->at[found->count++] =
            (struct candidate){db_int(s, 0), db_int(s, 1), str_dup(ctx->arena, db_text(s, 2)), db_int(s, 3) != 0};
    }
    db_reset(s);
    return r == DB_DONE || r == DB_ROW || db_fail(ctx->conn, r, &ctx->errors);
}

/* ---- a failure is noted without making it slower than no failure ----------------------------------------------------------- */

struct failure {
    struct ctx ctx;
    struct arena *arena;
    int64_t user_id;
};

static bool failure_run(struct ctx *ctx, void *arg) {
    const struct failure *f = arg;
    return audit_note(ctx, "login_failed", "users", f->user_id, STR(""));
}

static void failure_done(struct ctx *ctx, bool ok, void *arg) {
    (void)ctx, (void)ok;
    arena_free(((struct failure *)arg)->arena);
}

static void note_failure(const struct ctx *ctx, const struct candidate *who) {
    struct arena *arena = arena_new((size_t)64 << 10);
    struct failure *f = arena_alloc(arena, sizeof *f);
    f->arena = arena;
    f->user_id = who->user_id;
    ctx_init(&f->ctx, arena, ctx->db, actor_system(arena, who->tenant_id));
    f->ctx.ip = str_dup(arena, ctx->ip);
    f->ctx.user_agent = str_dup(arena, utf8_prefix(ctx->user_agent, 500));
    f->ctx.request_id = str_dup(arena, ctx->request_id);
    if (!ctx_write_async(&f->ctx, failure_run, failure_done, f)) arena_free(arena);
}

/* ---- a success ------------------------------------------------------------------------------------------------------------- */

struct success {
    struct login *login;
    const struct candidate *who;
    struct str new_hash;
};

/* The users table is written directly: a time of sign-in is no change of access, and nobody's to undo. */
static bool success_run(struct ctx *ctx, void *arg) {
    const struct success *s = arg;
    const struct sql_arg *user = ARGS({":user", value_int(s->who->user_id)});
    if (!sql_exec(ctx, "UPDATE users SET last_login_at = :now, failed_logins = 0 WHERE tenant_id = :tenant AND id = :user", user))
        return false;
    if (s->new_hash.len && !sql_exec(ctx, "UPDATE users SET password_hash = :hash WHERE tenant_id = :tenant AND id = :user",
                                     ARGS({":user", value_int(s->who->user_id)}, {":hash", value_text(s->new_hash)}))) {
        return false;
    }
    if (!session_create(ctx, s->who->user_id, s->login->kind, &s->login->token)) return false;
    return audit_note(ctx, "login", "users", s->who->user_id, STR(""));
}

/* From here on the request is the user's. */
static bool become(struct ctx *ctx, const struct candidate *who) {
    struct actor *loaded = actor_load(ctx, who->tenant_id, who->user_id);
    if (!loaded) return false;
    ctx->actor = actor_for_request(ctx->arena, loaded, 0, 0);
    ctx->tenant_id = who->tenant_id;
    return true;
}

static bool finish(struct ctx *ctx, struct login *login, const struct candidate *who) {
    struct success s = {.login = login, .who = who};
    login->tenant_id = who->tenant_id;
    login->user_id = who->user_id;
    login->must_change_password = who->must_change;
    if (password_needs_rehash(who->hash)) {
        struct errors ignored = {.arena = ctx->arena}; /* a password that may not be chosen any more may still be used */
        s.new_hash = password_hash(ctx->arena, login->password, &ignored);
    }
    if (!become(ctx, who))
        return errors_add(&ctx->errors, 401, "wrong_credentials", NULL, "E-mail address or password is wrong.");
    return ctx_write(ctx, success_run, &s);
}

bool login_run(struct request *req, struct response *res, struct login *login) {
    struct ctx *ctx = &req->ctx;
    struct str email = str_lower(ctx->arena, str_trim(login->email));
    struct candidates found = {.count = 0};
    if (!check_input(ctx, login) || !within_limits(req, res, email)) return false;
    bool sane = email.len <= MAX_TEXT && login->password.len <= MAX_TEXT;
    if (sane && !find_candidates(ctx, email, str_lower(ctx->arena, str_trim(login->tenant)), &found)) return false;
    const struct candidate *right = NULL;
    int fits = 0;
    for (int i = 0; i < found.count; i++) {
        if (!password_verify(login->password, found.at[i].hash)) continue;
        right = &found.at[i];
        fits++;
    }
    if (found.count == 0) password_verify(sane ? login->password : STR(""), STR(""));
    if (fits > 1) {
        return errors_add(&ctx->errors, 422, "tenant_needed", "tenant",
                          "This address is known to several companies. Enter the short name of yours.");
    }
    if (!right) {
        for (int i = 0; i < found.count; i++) note_failure(ctx, &found.at[i]);
        return errors_add(&ctx->errors, 401, "wrong_credentials", NULL, "E-mail address or password is wrong.");
    }
    limit_clear(&by_account, email);
    limit_return(&by_address, ctx->ip); /* an office that comes to work behind one address is no attack */
    return finish(ctx, login, right);
}
