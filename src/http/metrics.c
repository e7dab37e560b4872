/* metrics.c - counters of requests, their log, and the routes by which a machine watches the server. */
#include "http/metrics.h"

#include <unistd.h>

#include "base/log.h"
#include "base/timefmt.h"
#include "http/server_impl.h"

ROUTE("GET", "/healthz", metrics_health, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/readyz", metrics_ready, RUN_READ | PUBLIC)
ROUTE("GET", "/metrics", metrics_page, RUN_READ | PUBLIC | API)

#define CLASSES 6 /* 1xx to 5xx; 0: gone before an answer */

static const int64_t bounds_us[] = {250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000};
#define BOUNDS (int)(sizeof bounds_us / sizeof *bounds_us)
enum run_kind { READ, WRITE, WORKER, STREAMING, KINDS };
static const char *const kind_names[KINDS] = {"read", "write", "worker", "stream"};

struct route_count {
    _Atomic uint64_t by_class[CLASSES];
};
struct histogram {
    _Atomic uint64_t buckets[BOUNDS + 1];
    _Atomic uint64_t sum_us;
};
struct metrics {
    int routes;
    struct histogram durations[KINDS];
    struct route_count by_route[]; /* the last one: no route */
};

struct metrics *metrics_new(int routes) {
    struct metrics *m = calloc(1, sizeof *m + sizeof m->by_route[0] * ((size_t)routes + 1));
    if (!m) abort();
    m->routes = routes;
    return m;
}

void metrics_free(struct metrics *m) {
    free(m);
}

static enum run_kind kind_of(const struct route *route) {
    if (!route) return READ;
    if (route->flags & STREAM) return STREAMING;
    return route->flags & RUN_WRITE ? WRITE : route->flags & RUN_WORKER ? WORKER : READ;
}

static void count(const struct exchange *ex, int64_t duration_us) {
    struct metrics *m = ex->server->metrics;
    int index = ex->route_index >= 0 ? ex->route_index : m->routes, class = ex->aborted ? 0 : ex->res.status / 100;
    if (class < 0 || class >= CLASSES) class = 5;
    atomic_fetch_add_explicit(&m->by_route[index].by_class[class], 1, memory_order_relaxed);
    struct histogram *h = &m->durations[kind_of(ex->req.route)];
    int b = 0;
    while (b < BOUNDS && duration_us > bounds_us[b]) b++;
    atomic_fetch_add_explicit(&h->buckets[b], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&h->sum_us, (uint64_t)duration_us, memory_order_relaxed);
}

/* The route's pattern, not the path: paths may carry what is nobody's business. */
void metrics_done(const struct exchange *ex) {
    const struct request *req = &ex->req;
    int64_t duration = time_monotonic() - ex->started;
    count(ex, duration);
    if (req->route && (req->route->flags & NO_DATABASE)) return; /* probes would drown the rest */
    log_event(ex->res.status >= 500 ? LOG_WARN : LOG_INFO, "request", LOG_STR("method", req->method),
              LOG_STR("route", req->route ? str_of(req->route->pattern) : STR("-")),
              LOG_INT("status", ex->aborted ? 0 : ex->res.status), LOG_INT("bytes", ex->sent), LOG_INT("us", duration),
              LOG_INT("tenant", req->ctx.tenant_id), LOG_INT("user", req->ctx.actor ? req->ctx.actor->user_id : 0),
              LOG_STR("ip", req->ctx.ip), LOG_STR("request", str_of(ex->request_id)));
}

/* ---- the routes ------------------------------------------------------------------------------------------------------------ */

void metrics_health(struct request *req, struct response *res) {
    (void)req;
    respond_text(res, 200, STR("ok\n"));
}

void metrics_ready(struct request *req, struct response *res) {
    struct db_stmt *s = db_prepare(req->ctx.conn, STR("SELECT 1 FROM tenants LIMIT 1")); /* the wall shows none: DB_DONE */
    enum db_result r = db_step(s);
    bool ok = r == DB_ROW || r == DB_DONE;
    db_reset(s);
    ok = ok && !atomic_load(&req->server->stopping);
    respond_text(res, ok ? 200 : 503, ok ? STR("ready\n") : STR("not ready\n"));
}

static int64_t resident_bytes(void) {
    long total, resident = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f && fscanf(f, "%ld %ld", &total, &resident) != 2) resident = 0;
    if (f) fclose(f);
    return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

static void write_gauge(struct buf *b, const char *name, const char *help, int64_t value) {
    buf_printf(b, "# HELP %s %s\n# TYPE %s gauge\n%s %lld\n", name, help, name, name, (long long)value);
}

static void write_routes(struct buf *b, const struct server *server) {
    struct metrics *m = server->metrics;
    buf_lit(b, "# HELP tenon_requests_total Requests answered.\n# TYPE tenon_requests_total counter\n");
    for (int i = 0; i <= m->routes; i++) {
        const struct route *route = i < m->routes ? router_at(server->router, i) : NULL;
        for (int c = 0; c < CLASSES; c++) {
            uint64_t n = atomic_load_explicit(&m->by_route[i].by_class[c], memory_order_relaxed);
            if (!n) continue;
            buf_printf(b, "tenon_requests_total{method=\"%s\",route=\"%s\",status=\"%s\"} %llu\n", route ? route->method : "",
                       route ? route->pattern : "", c ? (const char *[]){"1xx", "2xx", "3xx", "4xx", "5xx"}[c - 1] : "aborted",
                       (unsigned long long)n);
        }
    }
}

static void write_durations(struct buf *b, struct metrics *m) {
    buf_lit(b, "# HELP tenon_request_seconds Time from the request line to the answer's last byte.\n"
               "# TYPE tenon_request_seconds histogram\n");
    for (int k = 0; k < KINDS; k++) {
        struct histogram *h = &m->durations[k];
        unsigned long long sum = 0;
        for (int i = 0; i <= BOUNDS; i++) {
            sum += atomic_load_explicit(&h->buckets[i], memory_order_relaxed);
            buf_printf(b, "tenon_request_seconds_bucket{run=\"%s\",le=\"", kind_names[k]);
            if (i < BOUNDS)
                buf_printf(b, "%lld.%06lld", (long long)(bounds_us[i] / 1000000), (long long)(bounds_us[i] % 1000000));
            else
                buf_lit(b, "+Inf");
            buf_printf(b, "\"} %llu\n", sum);
        }
        uint64_t us = atomic_load_explicit(&h->sum_us, memory_order_relaxed);
        buf_printf(b, "tenon_request_seconds_sum{run=\"%s\"} %llu.%06llu\n", kind_names[k], (unsigned long long)(us / 1000000),
                   (unsigned long long)(us % 1000000));
        buf_printf(b, "tenon_request_seconds_count{run=\"%s\"} %llu\n", kind_names[k], sum);
    }
}

/* From this machine and not through a proxy, or by an administrator. */
static bool may_watch(const struct request *req) {
    const struct exchange *ex = req->impl;
    if (req->ctx.actor->admin) return true;
    return ex->peer->loopback && server_header(ex, "X-Forwarded-For").len == 0 && server_header(ex, "Forwarded").len == 0;
}

void metrics_page(struct request *req, struct response *res) {
    struct server *server = req->server;
    if (!may_watch(req)) {
        errors_add(&req->ctx.errors, 403, "forbidden", NULL, "Metrics are for this machine and for administrators.");
        respond_errors(req, res);
        return;
    }
    struct buf *b = &res->body;
    write_gauge(b, "tenon_uptime_seconds", "Since the start.", (time_now() - server->started_at) / 1000);
    write_gauge(b, "tenon_in_flight", "Requests under way, streams included.", atomic_load(&server->in_flight));
    write_gauge(b, "tenon_connections", "Open connections.", atomic_load(&server->connections.count));
    write_gauge(b, "tenon_write_queue", "Writes that wait for the writer.", db_queue_length(server->db));
    write_gauge(b, "tenon_work_queue", "Requests that wait for a worker.", work_queue_length(server));
    write_gauge(b, "tenon_resident_bytes", "Memory in use.", resident_bytes());
    write_gauge(b, "tenon_database_bytes", "Size of the database on disk.", db_size(server->db));
    write_routes(b, server);
    write_durations(b, server->metrics);
    res->status = 200;
    res->content_type = STR("text/plain; version=0.0.4; charset=utf-8");
}
