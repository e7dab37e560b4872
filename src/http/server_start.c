/* server_start.c - brings a server up and down: its parts in order, and the wait for what is under way. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timefmt.h"
#include "core/custom_prepare.h"
#include "core/event_feed.h"
#include "core/registry.h"
#include "http/import_job.h"
#include "http/metrics.h"
#include "http/server_impl.h"
#include "http/session.h"
#include "http/setup.h"
#include "http/sse.h"
#include "http/stream_impl.h"

static const char *const no_roles[] = {NULL};

#define BACKLOG 1024
#define ARRIVAL_S 2
#define SECOND_US INT64_C(1000000)
#define OR(value, otherwise) ((value) ? (value) : (otherwise))

/* What "scheme://host[:port]" of the public address is. */
static struct str origin_of(struct str url) {
    ptrdiff_t scheme = str_find(url, STR("://"));
    if (scheme < 0) return url;
    size_t i = (size_t)scheme + 3;
    while (i < url.len && url.ptr[i] != '/') i++;
    return str_slice(url, 0, i);
}

static void take_options(struct server *server, const struct server_options *given) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct server_options *o = &server->options;
    *o = *given;
    o->host = str_dup(server->arena, given->host.len ? given->host : STR("127.0.0.1"));
    o->public_url = str_dup(server->arena, given->public_url);
    o->files_dir = str_cstr(server->arena, str_of(given->files_dir));
    o->workers = OR(given->workers, 2);
    o->threads = OR(given->threads, db_reading_threads(server->db, cores > 1 ? (int)cores : 1));
    o->max_body = OR(given->max_body, (size_t)1 << 20);
    o->max_upload = OR(given->max_upload, (size_t)256 << 20);
    o->max_connections = OR(given->max_connections, 4000);
    o->max_connections_per_ip = OR(given->max_connections_per_ip, 1000);
    o->idle_timeout_s = OR(given->idle_timeout_s, 60);
    o->request_deadline_s = OR(given->request_deadline_s, 30);
}

/* Threads that read besides those for HTTP and the workers: the one that starts the server, live events, other servers' news,
 * what prepares custom fields. */
#define OTHER_READERS 4

/* Each thread that reads keeps its connection, so their number is what bounds them. */
static bool bound_connections(struct server *server, const struct server_options *given, struct errors *errors) {
    struct server_options *o = &server->options;
    int besides = db_connections_besides(server->db);
    if (!o->database_connections) return true;
    if (!besides) return errors_add(errors, 400, "usage", NULL, "--database-connections is for PostgreSQL.");
    int room = o->database_connections - besides - o->workers - IMPORT_JOB_THREADS - OTHER_READERS;
    int wanted = OR(given->threads, 1);
    if (room < wanted)
        return errors_add(errors, 400, "usage", NULL,
                          "--database-connections must be at least %d, for %d HTTP threads and %d workers.",
                          o->database_connections + wanted - room, wanted, o->workers);
    if (o->threads > room) o->threads = room;
    return true;
}

/* Each connection takes a descriptor; databases and files take some more. */
static void raise_descriptor_limit(int connections) {
    struct rlimit limit;
    rlim_t wanted = (rlim_t)connections + 512;
    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int bind_address(const struct addrinfo *a) {
    int fd = socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, a->ai_protocol), on = 1;
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0) return fd;
    close(fd);
    return -1;
}

static int bound_port(int fd) {
    struct sockaddr_storage address;
    socklen_t size = sizeof address;
    if (getsockname(fd, (struct sockaddr *)&address, &size)) return 0;
    if (address.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&address)->sin6_port);
    return ntohs(((struct sockaddr_in *)&address)->sin_port);
}

/* A socket that listens where the options say; -1 with an error. */
static int server_bind(struct server *server, struct errors *errors) {
    const struct server_options *o = &server->options;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found = NULL;
    int r = getaddrinfo(o->host.ptr, str_printf(server->arena, "%d", o->port).ptr, &hints, &found);
    int fd = r == 0 && found ? bind_address(found) : -1;
    if (fd < 0) {
        errors_add(errors, 500, "listen", NULL, "Cannot listen on %s port %d: %s.", o->host.ptr, o->port,
                   r ? gai_strerror(r) : strerror(errno));
    }
    if (found) freeaddrinfo(found);
    return fd;
}

/* Links are made from this and never from a request's Host header, which is the client's word. */
static void take_public_url(struct server *server) {
    struct server_options *o = &server->options;
    server->has_public_url = o->public_url.len > 0;
    if (!server->has_public_url) {
        bool v6 = str_index(o->host, ':') >= 0;
        o->public_url = str_printf(server->arena, "%s://%s%s%s:%d", o->secure_cookies ? "https" : "http", v6 ? "[" : "",
                                   o->host.ptr, v6 ? "]" : "", server->port);
    }
    server->public_origin = origin_of(o->public_url);
}

static bool server_open(struct server *server, struct errors *errors) {
    raise_descriptor_limit(server->options.max_connections);
    server->listen_fd = server_bind(server, errors);
    if (server->listen_fd < 0) return false;
    server->port = bound_port(server->listen_fd);
    take_public_url(server);
    return setup_start(server, errors) && work_start(server, errors) && sse_start(server, errors) &&
           event_feed_start(server->db, errors) && custom_prepare_start(server->db, errors) &&
           connections_start(server, errors) && server_listen(server, server->listen_fd, errors);
}

static void server_free(struct server *server) {
    while (server->pools) {
        struct exchange_pool *pool = server->pools;
        server->pools = pool->next;
        exchange_pool_free(pool);
    }
    metrics_free(server->metrics);
    pthread_mutex_destroy(&server->pools_lock);
    pthread_mutex_destroy(&server->streams_lock);
    if (server->listen_fd >= 0) close(server->listen_fd);
    arena_free(server->arena);
    free(server);
}

struct server *server_start(struct db *db, const struct server_options *options, struct errors *errors) {
    struct server *server = calloc(1, sizeof *server);
    if (!server) {
        errors_add(errors, 500, "out_of_memory", NULL, "There is not enough memory to start.");
        return NULL;
    }
    server->arena = arena_new((size_t)4 << 20);
    server->db = db;
    server->started_at = time_now();
    server->listen_fd = -1;
    pthread_mutex_init(&server->pools_lock, NULL);
    pthread_mutex_init(&server->streams_lock, NULL);
    take_options(server, options);
    server->router = router_main();
    server->metrics = metrics_new(router_count(server->router));
    server->nobody = arena_alloc(server->arena, sizeof *server->nobody);
    *server->nobody = (struct actor){.roles = no_roles, .language = STR("en"), .zone = zone_find(STR("UTC"))};
    if (!bound_connections(server, options, errors)) {
        server_free(server);
        return NULL;
    }
    if (!server_open(server, errors)) {
        custom_prepare_stop();
        connections_stop(server);
        sse_stop(server);
        work_stop(server);
        server_free(server);
        return NULL;
    }
    return server;
}

int server_port(const struct server *server) { return server->port; }

const struct server_options *server_options(const struct server *server) { return &server->options; }

struct db *server_db(const struct server *server) {
    return server->db;
}

static void wait_for(const atomic_int *count, int64_t until) {
    while (atomic_load(count) > 0 && time_monotonic() < until) usleep(2000);
}

/* Streams never end by themselves, so they are ended. Requests that arrived get their answer, within the grace; those that still
 * arrive have a little time to do so. A write or work that was begun is waited for, however long. */
void server_stop(struct server *server, int grace_s) {
    int64_t now = time_monotonic();
    server_quiesce(server);
    atomic_store(&server->stopping, true);
    streams_close(server);
    wait_for(&server->in_flight, now + (grace_s < ARRIVAL_S ? grace_s : ARRIVAL_S) * SECOND_US);
    wait_for(&server->working, now + grace_s * SECOND_US);
    work_stop(server);
    while (atomic_load(&server->suspended) > 0) usleep(2000);
    custom_prepare_stop();
    connections_stop(server);
    server_close(server);
    sse_stop(server);
    log_event(LOG_INFO, "stopped", LOG_INT("unfinished", atomic_load(&server->in_flight)));
    server_free(server);
}
