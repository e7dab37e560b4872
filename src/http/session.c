/* session.c - who asks: from cookie or header to an actor; see session.h. */
#include "http/session.h"

#include <arpa/inet.h>
#include <sodium.h>

#include "base/timefmt.h"
#include "base/utf8.h"
#include "http/session_cache.h"

/* ---- the token ---------------------------------------------------------------------------------------------------------- */

const char *session_cookie_name(const struct server *server) {
    return server->options.secure_cookies ? "__Host-tenon" : "tenon";
}

/* A header is asked before a cookie, and where it is there the cookie does not count. */
static struct str given_token(struct exchange *ex, enum token_kind *kind, int64_t *tenant_id) {
    struct str text = STR("");
    *kind = TOKEN_NONE;
    if (ex->authorization.len > 7 && str_ieq(str_slice(ex->authorization, 0, 7), STR("bearer "))) {
        text = str_trim(str_slice(ex->authorization, 7, ex->authorization.len));
        *kind = token_read(text, tenant_id);
        if (*kind != TOKEN_ACCESS && *kind != TOKEN_KEY) *kind = TOKEN_NONE;
    } else if (ex->authorization.len == 0) {
        text = server_cookie(ex, session_cookie_name(ex->server));
        *kind = text.len ? token_read(text, tenant_id) : TOKEN_NONE;
        if (*kind != TOKEN_COOKIE) *kind = TOKEN_NONE;
    }
    return text;
}

/* Forms of a session carry this; whoever knows only the database cannot make it. */
static void csrf_of(struct str token, unsigned char out[16]) {
    static const unsigned char what[] = "tenon csrf";
    crypto_generichash(out, 16, what, sizeof what - 1, (const unsigned char *)token.ptr, token.len > 64 ? 64 : token.len);
}

/* ---- from the database ---------------------------------------------------------------------------------------------------- */

static bool load_session(struct ctx *ctx, struct str hash, struct session_entry *e) {
    struct db_stmt *s = sql_query(
        ctx, "SELECT id, user_id, last_seen_at, expires_at FROM sessions WHERE tenant_id = :tenant AND token_hash = :hash",
        ARGS({":hash", value_text(hash)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        e->session_id = db_int(s, 0);
        e->user_id = db_int(s, 1);
        e->seen_at = db_int(s, 2);
        e->expires_at = db_int(s, 3);
    }
    db_reset(s);
    return r == DB_ROW || (r != DB_DONE && db_fail(ctx->conn, r, &ctx->errors));
}

static bool load_key(struct ctx *ctx, struct str hash, struct session_entry *e) {
    struct db_stmt *s =
        sql_query(ctx,
                  "SELECT id, user_id, last_used_at, expires_at FROM api_keys WHERE tenant_id = :tenant AND key_hash = :hash "
                  "AND revoked_at IS NULL AND deleted_at IS NULL",
                  ARGS({":hash", value_text(hash)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        e->key_id = db_int(s, 0);
        e->user_id = db_int(s, 1);
        e->seen_at = db_int(s, 2);
        e->expires_at = db_int(s, 3);
    }
    db_reset(s);
    return r == DB_ROW || (r != DB_DONE && db_fail(ctx->conn, r, &ctx->errors));
}

static bool find_entry(struct ctx *ctx, struct str token, enum token_kind kind, int64_t tenant_id, struct session_entry *e) {
    uint64_t generation = access_generation();
    if (session_cache_get(token, e) && e->generation == generation && ctx->now - e->loaded_at < SESSION_CACHE_MS) return true;
    *e = (struct session_entry){.tenant_id = tenant_id, .generation = generation, .loaded_at = ctx->now};
    int64_t own = ctx->tenant_id;
    ctx->tenant_id = tenant_id;
    struct str hash = token_hash(ctx->arena, token);
    bool found = kind == TOKEN_KEY ? load_key(ctx, hash, e) : load_session(ctx, hash, e);
    ctx->tenant_id = own;
    if (!found) return false;
    csrf_of(token, e->csrf);
    session_cache_put(token, e);
    return true;
}

/* Programs that hold a key do not go away by being idle. */
static bool is_current(const struct session_entry *e, int64_t now) {
    if (e->expires_at && e->expires_at <= now) return false;
    return e->key_id || now - e->seen_at < SESSION_IDLE_MS;
}

/* ---- last seen ------------------------------------------------------------------------------------------------------------ */

struct touch {
    struct db_job job;
    struct session_entry entry;
    int64_t now;
};

static bool touch_run(struct db_conn *conn, void *arg) {
    const struct touch *t = arg;
    struct db_stmt *s =
        db_prepare(conn, t->entry.key_id ? STR("UPDATE api_keys SET last_used_at = :now WHERE tenant_id = :tenant AND id = :id")
                                         : STR("UPDATE sessions SET last_seen_at = :now WHERE tenant_id = :tenant AND id = :id"));
    if (!s) return false;
    db_bind_int(s, db_param(s, ":now"), t->now);
    db_bind_int(s, db_param(s, ":tenant"), t->entry.tenant_id);
    db_bind_int(s, db_param(s, ":id"), t->entry.key_id ? t->entry.key_id : t->entry.session_id);
    enum db_result r = db_step(s);
    db_reset(s);
    return r == DB_DONE;
}

static void touch_done(enum db_result result, void *arg) {
    (void)result; /* it was a note only: the next request after the interval writes another */
    free(arg);
}

static void touch(struct exchange *ex, struct str token, const struct session_entry *e) {
    int64_t now = ex->req.ctx.now;
    if (now - e->seen_at < SESSION_TOUCH_MS || !session_cache_touch(token, now, SESSION_TOUCH_MS)) return;
    struct touch *t = malloc(sizeof *t);
    if (!t) return;
    *t = (struct touch){.job = {.run = touch_run, .done = touch_done, .tenant = e->tenant_id}, .entry = *e, .now = now};
    t->job.arg = t;
    if (!db_write(ex->server->db, &t->job)) free(t);
}

/* ---- the actor ------------------------------------------------------------------------------------------------------------ */

static bool become(struct exchange *ex, const struct session_entry *e) {
    struct ctx *ctx = &ex->req.ctx;
    struct actor *loaded = actor_load(ctx, e->tenant_id, e->user_id);
    if (!loaded) return false;
    struct ctx before = *ctx;
    ctx_init(ctx, ex->arena, before.db, actor_for_request(ex->arena, loaded, e->session_id, e->key_id));
    ctx->conn = before.conn;
    ctx->ip = before.ip;
    ctx->user_agent = before.user_agent;
    ctx->request_id = before.request_id;
    return true;
}

bool session_authenticate(struct exchange *ex) {
    struct request *req = &ex->req;
    struct session_entry e;
    enum token_kind kind;
    int64_t tenant_id = 0;
    struct str token = given_token(ex, &kind, &tenant_id);
    bool known =
        kind != TOKEN_NONE && find_entry(&req->ctx, token, kind, tenant_id, &e) && is_current(&e, req->ctx.now) && become(ex, &e);
    if (!known) return (req->route->flags & PUBLIC) && req->ctx.errors.count == 0;
    touch(ex, token, &e);
    ex->by_bearer = kind != TOKEN_COOKIE;
    if (!ex->by_bearer) {
        char *csrf = arena_raw(ex->arena, sizeof e.csrf);
        memcpy(csrf, e.csrf, sizeof e.csrf);
        ex->csrf = (struct str){csrf, sizeof e.csrf};
    }
    return true;
}

static struct str sign_in_url(const struct request *req) {
    struct buf b = buf_new(req->ctx.arena, 64 + req->path.len + req->query.len);
    bool back = str_eqc(req->method, "GET") && !str_eqc(req->path, "/");
    buf_lit(&b, "/login");
    if (!back) return buf_str(&b);
    buf_lit(&b, "?next=");
    buf_url(&b, req->path);
    if (req->query.len) {
        buf_lit(&b, "%3F");
        buf_url(&b, req->query);
    }
    return buf_str(&b);
}

void session_refuse(struct exchange *ex) {
    struct request *req = &ex->req;
    struct response *res = &ex->res;
    bool api = (req->route->flags & API) != 0;
    if (req->ctx.errors.count) {
        respond_errors(req, res);
    } else if (!api && !req->htmx) {
        respond_redirect(req, res, sign_in_url(req));
    } else {
        if (api)
            respond_header(res, ex->arena, "WWW-Authenticate", STR("Bearer realm=\"tenon\""));
        else
            respond_header(res, ex->arena, "HX-Redirect", STR("/login"));
        errors_add(&req->ctx.errors, 401, "not_signed_in", NULL, "Sign in, or send an API key as a bearer token.");
        respond_errors(req, res);
    }
}

/* Only a proxy on this machine is believed, and of its list only what it wrote itself: the last address. */
struct str session_client_address(const struct exchange *ex, struct str peer) {
    if (!ex->server->options.secure_cookies || !ex->peer || !ex->peer->loopback) return peer;
    struct str rest = server_header(ex, "X-Forwarded-For"), one, last = STR("");
    while (str_split(&rest, ',', &one)) last = str_trim(one);
    char text[48];
    unsigned char address[16];
    if (last.len == 0 || last.len >= sizeof text) return peer;
    memcpy(text, last.ptr, last.len);
    text[last.len] = '\0';
    bool ok = inet_pton(AF_INET, text, address) == 1 || inet_pton(AF_INET6, text, address) == 1;
    return ok ? last : peer;
}

/* ---- making and ending sessions -------------------------------------------------------------------------------------------- */

bool session_create(struct ctx *ctx, int64_t user_id, enum token_kind kind, struct session_token *token) {
    token->text = token_new(ctx->arena, kind, ctx->tenant_id);
    token->expires_at = ctx->now + (kind == TOKEN_ACCESS ? SESSION_ACCESS_MS : SESSION_MAX_MS);
    return sql_exec(
        ctx,
        "INSERT INTO sessions (id, tenant_id, user_id, token_hash, ip_address, user_agent, last_seen_at, expires_at, "
        "created_at, updated_at, version) VALUES (:id, :tenant, :user, :hash, :ip, :agent, :now, :expires, :now, :now, 1)",
        ARGS({":id", value_int(id_new())}, {":user", value_int(user_id)},
             {":hash", value_text(token_hash(ctx->arena, token->text))}, {":ip", value_text(str_slice(ctx->ip, 0, 45))},
             {":agent", value_text(utf8_prefix(ctx->user_agent, 500))},
             {":expires", value_int(token->expires_at)}));
}

bool session_end(struct ctx *ctx, int64_t session_id) {
    return sql_exec(ctx, "DELETE FROM sessions WHERE tenant_id = :tenant AND id = :id", ARGS({":id", value_int(session_id)}));
}

bool session_end_others(struct ctx *ctx, int64_t user_id, int64_t except_id) {
    return sql_exec(ctx, "DELETE FROM sessions WHERE tenant_id = :tenant AND user_id = :user AND id <> :except",
                    ARGS({":user", value_int(user_id)}, {":except", value_int(except_id)}));
}

void session_forget(int64_t session_id, int64_t user_id) {
    session_cache_drop(session_id, user_id);
}
