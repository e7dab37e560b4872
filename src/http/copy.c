/* copy.c - who may read from the copy of the database yet (copy.h). */
#include "http/copy.h"

#include <stdatomic.h>

#define MARKS 16384 /* two users who share a place wait for each other's writes, which does no harm */
#define COOKIE_S 60

static _Atomic int64_t marks[MARKS];

static _Atomic int64_t *mark_of(const struct actor *actor) {
    uint64_t hash = ((uint64_t)actor->user_id ^ ((uint64_t)actor->tenant_id << 21)) * UINT64_C(0x9e3779b97f4a7c15);
    return &marks[(hash >> 40) % MARKS];
}

/* What the client brings from another server. */
static int64_t given(const struct exchange *ex) {
    struct str text = ex->by_bearer ? server_header(ex, COPY_HEADER) : server_cookie(ex, COPY_COOKIE);
    int64_t mark = 0;
    return text.len && str_to_int(text, &mark) && mark > 0 ? mark : 0;
}

void copy_choose(struct exchange *ex) {
    struct request *req = &ex->req;
    struct ctx *ctx = &req->ctx;
    bool reads = str_eqc(req->method, "GET") && !(req->route->flags & (RUN_WRITE | NO_DATABASE | STREAM));
    if (!reads || !ctx->conn || !ctx->tenant_id || !db_has_copy(ctx->db)) return;
    int64_t own = atomic_load(mark_of(ctx->actor)), other = given(ex);
    struct db_conn *copy = db_copy_reader(ctx->db, own > other ? own : other);
    if (copy) ctx->conn = copy;
}

void copy_note(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    if (!ctx->mark || !ctx->tenant_id) return;
    _Atomic int64_t *at = mark_of(ctx->actor);
    int64_t seen = atomic_load(at);
    while (seen < ctx->mark && !atomic_compare_exchange_weak(at, &seen, ctx->mark)) {
    }
    struct str text = str_printf(ex->arena, "%lld", (long long)ctx->mark);
    if (ex->by_bearer)
        respond_header(&ex->res, ex->arena, COPY_HEADER, text);
    else
        respond_cookie(&ex->req, &ex->res, COPY_COOKIE, text, COOKIE_S);
}
