/* password_route.c - hashes a request's password, then runs the route's own handler inside the write. */
#include "http/password_route.h"

#include "core/access.h"
#include "core/password.h"

static struct str given(struct request *req) {
    struct str plain = request_form(req, "password");
    if (plain.len || !(req->route->flags & API)) return plain;
    return json_text_at(request_json(req), STR("password"));
}

struct answer {
    struct request *req;
    struct response *res;
};

static bool run(struct ctx *ctx, void *arg) {
    struct answer *a = arg;
    a->req->route->inner(a->req, a->res);
    return ctx->errors.count == 0 && a->res->status < 400;
}

/* What may not be chosen at all, or by this person, is told by the rules and costs no hash. */
static void hash_then_write(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    const struct entity *entity = req->route->entity;
    struct str plain = given(req);
    bool may = access_may(ctx->actor, entity, req->id ? MAY_UPDATE : MAY_CREATE);
    struct errors later = {.arena = ctx->arena};
    if (plain.len && may && !ctx->errors.count) ctx->password_hash = password_hash(ctx->arena, plain, &later);
    struct answer answer = {req, res};
    if (ctx_write(ctx, run, &answer) || res->status >= 400) return;
    res->headers.count = 0;
    respond_errors(req, res);
}

void password_route(struct route *route) {
    const struct field *password = route->entity ? entity_field(route->entity, STR("password")) : NULL;
    if (!password || !(password->flags & TRANSIENT) || !(route->flags & RUN_WRITE) || strcmp(route->method, "DELETE") == 0)
        return;
    route->inner = route->handler;
    route->handler = hash_then_write;
    route->flags = (route->flags & ~(unsigned)RUN_WRITE) | RUN_WORKER;
}
