/* exchange.c - the path of a request: route, limits, who asks, body, handler, answer. See server_impl.h for its states. */
#include "base/log.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "core/custom.h"
#include "http/copy.h"
#include "http/idempotency.h"
#include "http/metrics.h"
#include "http/server_impl.h"
#include "http/session.h"
#include "http/setup.h"
#include "http/stream_impl.h"
#include "http/view_count.h"

#define REQUEST_MEMORY ((size_t)64 << 20)
#define POOL_KEEPS 64 /* exchanges of a thread that wait for the next request */

/* ---- memory ---------------------------------------------------------------------------------------------------------- */

static _Thread_local struct exchange_pool *thread_pool;
static _Thread_local struct server *thread_server;

static struct exchange_pool *pool_of_thread(struct server *server) {
    if (thread_server == server) return thread_pool;
    struct exchange_pool *pool = calloc(1, sizeof *pool);
    if (!pool) return NULL;
    pthread_mutex_lock(&server->pools_lock);
    pool->next = server->pools;
    server->pools = pool;
    pthread_mutex_unlock(&server->pools_lock);
    thread_server = server;
    thread_pool = pool;
    return pool;
}

void exchange_pool_free(struct exchange_pool *pool) {
    while (pool->free) {
        struct exchange *ex = pool->free;
        pool->free = ex->next;
        arena_free(ex->arena);
        free(ex);
    }
    free(pool);
}

/* Unique over restarts: a random start for each thread, then counted. */
static void request_id_write(char to[static 17]) {
    static _Thread_local uint64_t last;
    static const char digits[] = "0123456789abcdef";
    if (!last) security_random(&last, sizeof last);
    last += UINT64_C(0x9E3779B97F4A7C15);
    for (int i = 0; i < 16; i++) to[i] = digits[last >> (60 - 4 * i) & 15];
    to[16] = '\0';
}

struct exchange *exchange_new(struct server *server, struct str uri) {
    struct exchange_pool *pool = pool_of_thread(server);
    if (!pool) return NULL;
    struct exchange *ex = pool->free;
    struct arena *arena;
    if (ex) {
        pool->free = ex->next;
        pool->count--;
        arena = ex->arena;
        memset(ex, 0, sizeof *ex);
    } else {
        ex = calloc(1, sizeof *ex);
        if (!ex) return NULL;
        arena = arena_new(REQUEST_MEMORY);
    }
    ex->arena = arena;
    ex->pool = pool;
    ex->server = server;
    ex->started = time_monotonic();
    ex->route_index = ex->body_fd = -1;
    ex->req.impl = ex;
    ex->req.server = server;
    ex->req.ctx.arena = ex->req.ctx.errors.arena = arena;
    ex->res.body.arena = arena;
    request_id_write(ex->request_id);
    uri = str_dup(arena, uri);
    ptrdiff_t mark = str_index(uri, '?');
    ex->req.path = mark < 0 ? uri : str_slice(uri, 0, (size_t)mark);
    if (mark >= 0) ex->req.query = str_slice(uri, (size_t)mark + 1, uri.len);
    atomic_fetch_add_explicit(&server->in_flight, 1, memory_order_relaxed);
    return ex;
}

void exchange_free(struct exchange *ex) {
    struct exchange_pool *pool = ex->pool;
    struct server *server = ex->server;
    metrics_done(ex);
    if (ex->arrived) atomic_fetch_sub(&server->working, 1);
    if (ex->stream) stream_free(ex->stream);
    body_release(ex);
    if (pool->count < POOL_KEEPS) {
        arena_reset(ex->arena);
        ex->next = pool->free;
        pool->free = ex;
        pool->count++;
    } else {
        arena_free(ex->arena);
        free(ex);
    }
    atomic_fetch_sub(&server->in_flight, 1);
}

/* ---- steps within the memory limit ------------------------------------------------------------------------------------ */

/* The arena is exhausted: the answer is static text, and the error one that was set aside. */
static void exchange_exhausted(struct exchange *ex) {
    struct errors *errors = &ex->req.ctx.errors;
    ex->no_memory =
        (struct error){.status = 503, .code = "out_of_memory", .message = STR("The request needs more memory than it may have.")};
    *errors = (struct errors){.arena = ex->arena, .first = &ex->no_memory, .last = &ex->no_memory, .count = 1};
    ex->res = (struct response){.status = 503, .content_type = STR("application/problem+json"), .body.arena = ex->arena};
    static char text[] = "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
                         "\"detail\":\"The request needs more memory than it may have.\"}";
    ex->res.body.ptr = text;
    ex->res.body.len = ex->res.body.cap = sizeof text - 1;
    ex->exhausted = true;
    log_event(LOG_ERROR, "out_of_memory", LOG_STR("request", str_of(ex->request_id)),
              LOG_INT("arena_bytes", arena_used(ex->arena)));
}

/* Runs one step; false where it ran out of memory, which is then the answer. */
static bool within_memory(struct exchange *ex, void (*step)(struct exchange *)) {
    jmp_buf edge, *outer = arena_catch(ex->arena, &edge);
    bool ok = setjmp(edge) == 0;
    if (ok)
        step(ex);
    else
        exchange_exhausted(ex);
    arena_catch(ex->arena, outer);
    return ok;
}

static void exchange_guard(struct exchange *ex, void (*step)(struct exchange *)) {
    if (!within_memory(ex, step)) ex->state = EXCHANGE_DONE;
}

/* The errors so far are the answer. */
static void refuse(struct exchange *ex) {
    respond_errors(&ex->req, &ex->res);
    ex->state = EXCHANGE_DONE;
}

/* What the handler wanted to tell is void, its headers too. */
static void late_errors(struct exchange *ex) {
    ex->res.headers.count = 0;
    respond_errors(&ex->req, &ex->res);
}

/* Rows that did not come are not rows that are not there. */
static bool mend_trouble(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    enum db_result trouble = ctx->conn ? db_trouble(ctx->conn) : DB_OK;
    if (trouble == DB_OK) return false;
    errors_clear(&ctx->errors);
    db_fail(ctx->conn, trouble, &ctx->errors);
    late_errors(ex);
    return true;
}

/* ---- before the body -------------------------------------------------------------------------------------------------- */

static bool nothing_here(struct errors *errors) {
    return errors_add(errors, 404, "not_found", NULL, "There is nothing at this address.");
}

static bool find_route(struct exchange *ex) {
    struct request *req = &ex->req;
    struct router_match match;
    enum router_result r = router_find(ex->server->router, req->method, req->path, ex->arena, &match);
    if (r == ROUTER_FOUND) {
        req->route = match.route;
        ex->route_index = match.index;
        req->captures = match.captures;
        req->id = match.id;
        return true;
    }
    struct errors *errors = &req->ctx.errors;
    if (r == ROUTER_BAD_PATH)
        return errors_add(errors, 400, "malformed_path", NULL, "The address is not properly encoded UTF-8 text.");
    if (r == ROUTER_NO_PATH) return nothing_here(errors);
    respond_header(&ex->res, ex->arena, "Allow", router_allow(ex->arena, match.allowed));
    return errors_add(errors, 405, "method_not_allowed", NULL, "%.*s is not possible here.", STR_ARG(req->method));
}

/* A reader of this thread; the routes that must answer without a database say so. */
static bool find_reader(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    if (ex->req.route->flags & NO_DATABASE) return true;
    ctx->conn = db_reader(ex->server->db, &ctx->errors);
    if (ctx->conn) db_trouble(ctx->conn); /* of an earlier request */
    return ctx->conn != NULL;
}

static void init_ctx(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    struct str ip = ctx->ip, agent = ctx->user_agent;
    ctx_init(ctx, ex->arena, ex->server->db, ex->server->nobody);
    arena_speak(ex->arena, lang_accepted(request_header(&ex->req, "Accept-Language")));
    ctx->ip = session_client_address(ex, ip);
    ctx->user_agent = utf8_valid(agent) ? agent : STR("");
    ctx->request_id = (struct str){ex->request_id, 16};
}

/* Where no company exists yet, every page leads to its making. */
static bool needs_setup(struct exchange *ex) {
    const struct request *req = &ex->req;
    if (req->route->flags & (API | NO_DATABASE) || !setup_open(ex->server)) return false;
    bool page = !(req->route->flags & PUBLIC) || str_eqc(req->path, "/login");
    return page && !str_eqc(req->path, "/setup");
}

/* Whoever is signed in reads in their own frame that there is nothing; to a program it does not matter who asks. */
static void refuse_address(struct exchange *ex) {
    static const struct route nowhere = {.method = "GET", .pattern = "-", .flags = RUN_READ | PUBLIC};
    struct request *req = &ex->req;
    struct errors told = req->ctx.errors;
    if (!req->route && !str_starts(req->path, STR("/api/"))) {
        req->ctx.errors = (struct errors){.arena = told.arena};
        req->route = &nowhere;
        bool known = find_reader(ex) && session_authenticate(ex);
        req->ctx.errors = told;
        if (known && told.first && told.first->status == 404) { // in their language
            errors_clear(&req->ctx.errors);
            nothing_here(&req->ctx.errors);
        }
    }
    refuse(ex);
}

/* What the company has switched off is not there for anybody in it. */
static bool is_switched_on(struct exchange *ex) {
    const struct route *route = ex->req.route;
    const struct actor *actor = ex->req.ctx.actor;
    bool on = !route->entity || access_open(actor, route->entity);
    if (on && (!route->parent || access_open(actor, route->parent))) return true;
    return nothing_here(&ex->req.ctx.errors);
}

/* Where the company added fields to an entity, its routes speak of the company's own form of it. */
static bool take_custom_fields(struct exchange *ex) {
    struct request *req = &ex->req;
    if (!req->route->entity) return true;
    const struct entity *own = custom_entity(&req->ctx, req->route->entity);
    if (own != req->route->entity) {
        struct route *route = arena_alloc(req->ctx.arena, sizeof *route);
        *route = *req->route;
        route->entity = own;
        req->route = route;
    }
    return req->ctx.errors.count == 0;
}

static void begin(struct exchange *ex) {
    init_ctx(ex);
    struct request *req = &ex->req;
    if (!find_route(ex) || !find_reader(ex)) {
        refuse_address(ex);
    } else if (needs_setup(ex)) {
        respond_redirect(req, &ex->res, STR("/setup"));
        ex->state = EXCHANGE_DONE;
    } else if (!(req->route->flags & NO_DATABASE) && !session_authenticate(ex)) {
        if (!mend_trouble(ex)) session_refuse(ex);
        ex->state = EXCHANGE_DONE;
    } else if (!is_switched_on(ex) || !take_custom_fields(ex) || !security_check_origin(ex) ||
               (ex->has_body && !body_begin(ex))) {
        refuse(ex);
    } else {
        ex->state = EXCHANGE_BODY;
    }
}

void exchange_begin(struct exchange *ex, const char *wrong, int wrong_status) {
    if (wrong) {
        init_ctx(ex);
        errors_add(&ex->req.ctx.errors, wrong_status, "malformed_request", NULL, "%s", wrong);
        ex->close = true;
        refuse(ex);
        return;
    }
    exchange_guard(ex, begin);
    if (ex->state == EXCHANGE_DONE && ex->content_length > BODY_DRAINED) ex->close = true;
}

/* ---- the body --------------------------------------------------------------------------------------------------------- */

static void take_piece(struct exchange *ex) {
    if (!body_piece(ex, ex->piece)) {
        refuse(ex);
        ex->state = EXCHANGE_REFUSED;
    }
}

bool exchange_body(struct exchange *ex, struct str bytes) {
    ex->body_bytes += bytes.len;
    if (ex->state == EXCHANGE_REFUSED) return ex->body_bytes <= BODY_DRAINED;
    ex->piece = bytes;
    if (!within_memory(ex, take_piece)) ex->state = EXCHANGE_REFUSED;
    return true;
}

/* ---- the handler ------------------------------------------------------------------------------------------------------ */

/* All that a page shows is of one moment. */
static bool one_moment(const struct request *req) {
    return str_eqc(req->method, "GET") && !(req->route->flags & (API | NO_DATABASE | RUN_WRITE)) && req->ctx.conn;
}

static void call_handler(struct exchange *ex) {
    struct request *req = &ex->req;
    req->news = view_count_news();
    copy_choose(ex);
    bool snapshot = one_moment(req) && db_read_begin(req->ctx.conn);
    req->route->handler(req, &ex->res);
    if (snapshot) {
        db_read_end(req->ctx.conn);
        db_reset_all(req->ctx.conn); /* what was asked ahead in vain */
    }
    if (req->ctx.errors.count && ex->res.status < 400) respond_errors(req, &ex->res);
    if (!(req->route->flags & STREAM)) mend_trouble(ex);
}

/* On the writer, inside a savepoint. */
static void write_step(struct exchange *ex) {
    if (ex->idempotency && !idempotency_before(ex)) return;
    call_handler(ex);
    if (ex->idempotency && ex->res.status < 400) idempotency_after(ex);
}

static bool write_run(struct ctx *ctx, void *arg) {
    struct exchange *ex = arg;
    if (!within_memory(ex, write_step)) db_reset_all(ctx->conn);
    return ctx->errors.count == 0 && ex->res.status < 400;
}

/* After the commit. A handler that answered 4xx by itself has undone its write, and its answer stands, unless it came of trouble
 * with the storage. */
static void write_done(struct ctx *ctx, bool ok, void *arg) {
    struct exchange *ex = arg;
    bool stands = ex->res.status >= 400 && errors_status(&ctx->errors) < 500;
    if (!ok && !ex->exhausted && ctx->errors.count && !stands) within_memory(ex, late_errors);
    if (ok && ex->ended_session) session_forget(ex->ended_session, 0);
    if (ok) within_memory(ex, copy_note);
    ex->state = EXCHANGE_DONE;
    server_resume(ex);
}

/* Nobody took it: this thread resumes what it has just suspended, and answers when the library calls again. */
static void not_taken(struct exchange *ex) {
    exchange_guard(ex, refuse);
    server_resume(ex);
}

static void start_write(struct exchange *ex) {
    ex->state = EXCHANGE_RUN;
    server_suspend(ex);
    if (!ctx_write_async(&ex->req.ctx, write_run, write_done, ex)) not_taken(ex);
}

static void work_step(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    ctx->conn = db_reader(ex->server->db, &ctx->errors);
    if (ctx->conn) db_trouble(ctx->conn);
    if (!ctx->conn) {
        respond_errors(&ex->req, &ex->res);
    } else if (!ex->idempotency || idempotency_reserve(ex)) {
        call_handler(ex);
        if (ex->idempotency) idempotency_settle(ex);
        copy_note(ex);
    }
}

static void work_refused(struct exchange *ex) {
    errors_add(&ex->req.ctx.errors, 503, "stopping", NULL, "The server is stopping. Try again in a moment.");
    respond_errors(&ex->req, &ex->res);
}

void exchange_work(struct exchange *ex, bool refused) {
    if (!within_memory(ex, refused ? work_refused : work_step) && ex->req.ctx.conn) db_reset_all(ex->req.ctx.conn);
    ex->state = EXCHANGE_DONE;
    server_resume(ex);
}

static void start_work(struct exchange *ex) {
    ex->state = EXCHANGE_RUN;
    server_suspend(ex);
    if (work_add(ex)) return;
    errors_add(&ex->req.ctx.errors, 503, "busy", NULL, "Too much work is waiting. Try again in a moment.");
    not_taken(ex);
}

/* What needs no other thread: parsing is done here, so that the writer never waits for it. */
static bool prepare(struct exchange *ex) {
    struct request *req = &ex->req;
    struct errors *errors = &req->ctx.errors;
    if (req->query.len && !params_parse(ex->arena, req->query, &req->args, errors)) return false;
    if (ex->has_body && !body_end(ex)) return false;
    if (!security_check_csrf(ex)) return false;
    if ((req->route->flags & (RUN_WRITE | UPLOAD)) == RUN_WRITE && body_is_json(ex) && !request_json(req)) return false;
    return idempotency_prepare(ex);
}

static void run_here(struct exchange *ex) {
    if (!prepare(ex)) {
        refuse(ex);
        return;
    }
    if (!(ex->req.route->flags & (API | NO_DATABASE))) security_page(ex);
    if (ex->req.route->flags & (RUN_WRITE | RUN_WORKER)) return;
    call_handler(ex);
    ex->state = EXCHANGE_DONE;
}

/* Once it was handed over, the exchange is another thread's: nothing of it is read or touched after that, nor an edge kept. */
bool exchange_run(struct exchange *ex) {
    exchange_guard(ex, run_here);
    if (ex->state == EXCHANGE_DONE) return true;
    if (ex->req.route->flags & RUN_WRITE)
        start_write(ex);
    else
        start_work(ex);
    return false;
}
