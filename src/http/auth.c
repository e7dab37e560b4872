/* auth.c - the routes of signing in and out: access tokens for programs, cookies for browsers, and who one is. */
#include "base/timefmt.h"
#include "core/audit.h"
#include "core/registry.h"
#include "http/login.h"
#include "http/url.h"

ROUTE("POST", "/api/v1/auth/login", auth_login, RUN_WORKER | PUBLIC | API | NO_CSRF)
ROUTE("POST", "/api/v1/auth/refresh", auth_refresh, RUN_WRITE | API)
ROUTE("POST", "/api/v1/auth/logout", auth_logout, RUN_WRITE | API)
ROUTE("GET", "/api/v1/me", auth_me, RUN_READ | API)
ROUTE("POST", "/login", auth_login_form, RUN_WORKER | PUBLIC | NO_CSRF)
ROUTE("POST", "/logout", auth_logout_form, RUN_WRITE)

void (*login_page)(struct request *req, struct response *res);

/* ---- programs -------------------------------------------------------------------------------------------------------------- */

static void write_token(struct buf *b, struct str token, int64_t expires_at) {
    buf_lit(b, "{\"token\":");
    if (token.len) buf_json(b, token);
    else buf_lit(b, "null");
    buf_lit(b, ",\"token_type\":\"Bearer\",\"expires_at\":\"");
    buf_time(b, expires_at);
    buf_lit(b, "\"}");
}

void login_answer(struct request *req, struct response *res, const struct session_token *token) {
    struct buf again = buf_new(req->ctx.arena, 128);
    write_token(&res->body, token->text, token->expires_at);
    write_token(&again, STR(""), token->expires_at);
    res->repeated = buf_str(&again);
    respond_json(res, 200);
}

void auth_login(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    struct login login = {.kind = TOKEN_ACCESS};
    if (body) {
        login.email = json_text_at(body, STR("email"));
        login.password = json_text_at(body, STR("password"));
        login.tenant = json_text_at(body, STR("tenant"));
    }
    if (body && login_run(req, res, &login))
        login_answer(req, res, &login.token);
    else
        respond_errors(req, res);
}

static bool has_session(struct request *req) {
    if (req->ctx.actor->session_id) return true;
    return errors_add(&req->ctx.errors, 422, "no_session", NULL,
                      "An API key does not expire and cannot be signed out. Revoke it instead.");
}

/* The session stays, its token changes: the old one is worth nothing from now on. */
static bool rotate(struct ctx *ctx, struct session_token *token) {
    const struct sql_arg *session = ARGS({":id", value_int(ctx->actor->session_id)});
    int64_t last =
        sql_int(ctx, "SELECT created_at FROM sessions WHERE tenant_id = :tenant AND id = :id", session) + SESSION_MAX_MS;
    if (last <= ctx->now) return errors_add(&ctx->errors, 401, "session_over", NULL, "The session is over. Sign in again.");
    token->text = token_new(ctx->arena, TOKEN_ACCESS, ctx->tenant_id);
    token->expires_at = ctx->now + SESSION_ACCESS_MS < last ? ctx->now + SESSION_ACCESS_MS : last;
    return sql_exec(ctx,
                    "UPDATE sessions SET token_hash = :hash, expires_at = :expires, last_seen_at = :now, updated_at = :now "
                    "WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":hash", value_text(token_hash(ctx->arena, token->text))}, {":expires", value_int(token->expires_at)},
                         {":id", value_int(ctx->actor->session_id)}));
}

void auth_refresh(struct request *req, struct response *res) {
    struct exchange *ex = req->impl;
    struct session_token token;
    if (ex->by_bearer && has_session(req) && rotate(&req->ctx, &token)) {
        ex->ended_session = req->ctx.actor->session_id;
        login_answer(req, res, &token);
        return;
    }
    if (!ex->by_bearer) errors_add(&req->ctx.errors, 422, "no_session", NULL, "Only an access token is refreshed.");
    respond_errors(req, res);
}

static bool end_session(struct request *req) {
    struct exchange *ex = req->impl;
    int64_t id = req->ctx.actor->session_id;
    if (!session_end(&req->ctx, id) || !audit_note(&req->ctx, "logout", "users", req->ctx.actor->user_id, STR(""))) return false;
    ex->ended_session = id;
    return true;
}

void auth_logout(struct request *req, struct response *res) {
    if (has_session(req) && end_session(req)) {
        res->status = 204;
        if (!((struct exchange *)req->impl)->by_bearer) respond_cookie(req, res, session_cookie_name(req->server), STR(""), 0);
    } else {
        respond_errors(req, res);
    }
}

/* ---- browsers -------------------------------------------------------------------------------------------------------------- */

static void login_again(struct request *req, struct response *res) {
    if (!login_page) {
        respond_errors(req, res);
        return;
    }
    res->status = errors_status(&req->ctx.errors);
    res->content_type = STR("text/html; charset=utf-8");
    login_page(req, res);
}

static bool end_former(struct ctx *ctx, void *arg) {
    return session_end(ctx, *(const int64_t *)arg);
}

void login_enter(struct request *req, struct response *res, const struct session_token *token, const struct actor *former) {
    int64_t session = former->session_id;
    bool here = session && former->tenant_id == req->ctx.tenant_id;
    if (here && ctx_write(&req->ctx, end_former, &session)) session_forget(session, 0);
    respond_cookie(req, res, session_cookie_name(req->server), token->text, SESSION_MAX_MS / 1000);
}

void auth_login_form(struct request *req, struct response *res) {
    struct login login = {.kind = TOKEN_COOKIE,
                          .email = request_form(req, "email"),
                          .password = request_form(req, "password"),
                          .tenant = request_form(req, "tenant")};
    const struct actor *former = req->ctx.actor;
    if (!login_run(req, res, &login)) {
        login_again(req, res);
        return;
    }
    login_enter(req, res, &login.token, former);
    struct str next = request_form(req, "next");
    respond_redirect(req, res, login.must_change_password ? STR("/me") : url_is_local(next) ? next : STR("/"));
}

void auth_logout_form(struct request *req, struct response *res) {
    if (req->ctx.actor->session_id && !end_session(req)) {
        respond_errors(req, res);
        return;
    }
    respond_cookie(req, res, session_cookie_name(req->server), STR(""), 0);
    respond_redirect(req, res, STR("/login"));
}

/* ---- who one is ------------------------------------------------------------------------------------------------------------ */

static void write_access(struct buf *b, const struct actor *actor) {
    static const char *const scopes[] = {"none", "own", "location", "client", "all"};
    bool first = true;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (entity_is(entity, ENTITY_INTERNAL) || !access_may(actor, entity, MAY_READ)) continue;
        buf_cstr(b, first ? "" : ",");
        first = false;
        buf_json(b, entity->name);
        char open = ':';
        for (int a = 0; a < MAY_COUNT; a++) {
            enum scope scope = access_scope(actor, entity, (enum access_action)a);
            if (scope == SCOPE_NONE) continue;
            buf_cstr(b, open == ':' ? ":{" : ",");
            open = ',';
            buf_printf(b, "\"%s\":\"%s\"", access_action_names[a], scopes[scope]);
        }
        buf_char(b, '}');
    }
}

/* The one that today is in: its number, and its first and last day. */
static void write_fiscal_year(struct buf *b, const struct kind_env *env) {
    int64_t today = zone_day(env->zone, env->now);
    buf_printf(b, "{\"number\":%d,\"from\":\"", fiscal_year(env->fiscal, today));
    buf_date(b, fiscal_year_begins(env->fiscal, today, 0));
    buf_lit(b, "\",\"to\":\"");
    buf_date(b, fiscal_year_begins(env->fiscal, today, 1) - 1);
    buf_lit(b, "\"}");
}

void auth_me(struct request *req, struct response *res) {
    const struct actor *actor = req->ctx.actor;
    struct buf *b = &res->body;
    buf_lit(b, "{\"user\":{\"id\":");
    buf_int(b, actor->user_id);
    buf_lit(b, ",\"name\":");
    buf_json(b, actor->name);
    buf_lit(b, ",\"email\":");
    buf_json(b, actor->email);
    buf_lit(b, "},\"tenant\":{\"id\":");
    buf_int(b, actor->tenant_id);
    buf_lit(b, ",\"name\":");
    buf_json(b, actor->tenant_name);
    buf_lit(b, ",\"country\":");
    buf_json(b, actor->country);
    buf_lit(b, ",\"currency\":");
    buf_json(b, actor->currency);
    buf_lit(b, ",\"language\":");
    buf_json(b, actor->language);
    buf_lit(b, ",\"fiscal_year\":");
    write_fiscal_year(b, &req->ctx.env);
    buf_lit(b, "},\"roles\":[");
    for (int i = 0; actor->roles[i]; i++) {
        if (i) buf_char(b, ',');
        buf_json(b, str_of(actor->roles[i]));
    }
    buf_lit(b, "],\"access\":{");
    write_access(b, actor);
    buf_lit(b, "}}");
    respond_json(res, 200);
}
