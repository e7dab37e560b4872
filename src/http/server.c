/* server.c - the HTTP library's face: the only file that includes it. Turns its callbacks into exchanges (server_impl.h), and
 * answers into responses.
 *
 * The library's threads (as many as cores, each with its own epoll) call server_access for the headers, each piece of the body
 * and its end. Work that waits suspends its connection; the library calls again once it was resumed.
 */
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timefmt.h"
#include "http/metrics.h"
#include "http/server_impl.h"
#include "http/stream_impl.h"

#define MAX_HEADERS 100
#define CONNECTION_MEMORY ((size_t)32 << 10)
#define STREAM_BLOCK 4096

/* ---- reading --------------------------------------------------------------------------------------------------------- */

struct scan {
    struct exchange *ex;
    int headers, hosts, lengths, codings;
    const char *wrong;
    const char *next; /* where the next line must begin; NULL: not looked at */
};

static bool header_is(const char *key, size_t size, struct str name) {
    return size == name.len && str_ieq((struct str){key, size}, name);
}

static bool is_token(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        char c = text[i], lower = (char)(c | 0x20);
        bool common = (lower >= 'a' && lower <= 'z') || c == '-' || (c >= '0' && c <= '9');
        if (!common && (c == 0 || !strchr("!#$%&'*+.^_`|~", c))) return false;
    }
    return size > 0;
}

static bool has_controls(const char *text, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f) return true;
    }
    return false;
}

/* The library ends lines at a bare LF too, joins folded ones and stops a value at NUL; a proxy in front may not, and would
 * then see another request than we do. It writes two NULs over each CR LF and leaves all else where it came, so a line that
 * does not begin right behind the last one's two NULs follows on something else. True of this version only: later ones
 * refuse such lines by themselves. */
static bool lines_are_seen(void) {
    return MHD_VERSION == 0x00097500 && strcmp(MHD_get_version(), "0.9.75") == 0;
}

static void scan_line(struct scan *scan, const char *key, size_t key_size, const char *value, size_t value_size) {
    if (!is_token(key, key_size)) scan->wrong = "A header has no proper name.";
    if (value && has_controls(value, value_size)) scan->wrong = "A header has control characters.";
    if (!scan->next) return;
    const char *end = value ? value + value_size : key + key_size + 1;
    if (key != scan->next || end[0] || end[1]) scan->wrong = "A line of the head does not end as it must, or is folded.";
    scan->next = end + 2;
}

/* Looks over all headers once and keeps what every request needs. */
static enum MHD_Result scan_header(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_size, const char *value,
                                   size_t value_size) {
    (void)kind;
    struct scan *scan = cls;
    struct exchange *ex = scan->ex;
    struct str v = {value ? value : "", value ? value_size : 0};
    scan->headers++;
    scan_line(scan, key, key_size, value, value_size);
    switch (key_size) {
    case 4:
        if (header_is(key, key_size, STR("host"))) {
            ex->host = v;
            scan->hosts++;
        }
        break;
    case 6:
        if (header_is(key, key_size, STR("origin"))) ex->origin = v;
        if (header_is(key, key_size, STR("expect"))) ex->wants_continue = true;
        break;
    case 10:
        if (header_is(key, key_size, STR("user-agent"))) ex->req.ctx.user_agent = v;
        if (header_is(key, key_size, STR("hx-request"))) ex->req.htmx = str_eqc(v, "true");
        break;
    case 12:
        if (header_is(key, key_size, STR("content-type"))) ex->content_type = v;
        break;
    case 13:
        if (header_is(key, key_size, STR("authorization"))) ex->authorization = v;
        break;
    case 14:
        if (header_is(key, key_size, STR("content-length"))) {
            int64_t n;
            scan->lengths++;
            if (!str_to_int(v, &n) || n < 0 || v.ptr[0] == '+')
                scan->wrong = "Content-Length is not a number.";
            else
                ex->content_length = (uint64_t)n;
        } else if (header_is(key, key_size, STR("sec-fetch-site"))) {
            ex->fetch_site = v;
        }
        break;
    case 15:
        if (header_is(key, key_size, STR("accept-encoding"))) ex->accept_encoding = v;
        break;
    case 17:
        if (header_is(key, key_size, STR("transfer-encoding"))) {
            scan->codings++;
            ex->chunked = true;
            if (!str_ieq(v, STR("chunked"))) scan->wrong = "This Transfer-Encoding is not known.";
        }
        break;
    default:
        break;
    }
    return MHD_YES;
}

/* The library takes ambiguous messages as they come; a proxy in front may read them otherwise, so they are refused. */
static void read_head(struct exchange *ex, const char *method, const char *version) {
    struct scan scan = {.ex = ex, .next = lines_are_seen() ? version + strlen(version) + 2 : NULL};
    ex->req.method = str_of(method);
    if (scan.next && version != ex->uri_end + 1) scan.wrong = "The request line is malformed.";
    MHD_get_connection_values_n(ex->connection, MHD_HEADER_KIND, scan_header, &scan);
    if (scan.hosts > 1) scan.wrong = "There is more than one Host.";
    if (scan.lengths > 1) scan.wrong = "There is more than one Content-Length.";
    if (scan.codings > 1) scan.wrong = "There is more than one Transfer-Encoding.";
    if (scan.lengths && scan.codings) scan.wrong = "There are both Content-Length and Transfer-Encoding.";
    if (scan.codings && str_eqc(str_of(version), "HTTP/1.0")) scan.wrong = "HTTP/1.0 has no Transfer-Encoding.";
    /* the blank line that ends the head */
    if (scan.next && (scan.next[0] || scan.next[1])) scan.wrong = "The head does not end as it must.";
    ex->has_body = ex->chunked || ex->content_length > 0;
    exchange_begin(ex, scan.headers > MAX_HEADERS ? "There are too many headers." : scan.wrong,
                   scan.headers > MAX_HEADERS ? 431 : 400);
}

struct str server_header(const struct exchange *ex, const char *name) {
    return str_of(MHD_lookup_connection_value(ex->connection, MHD_HEADER_KIND, name));
}

struct str server_cookie(const struct exchange *ex, const char *name) {
    return str_of(MHD_lookup_connection_value(ex->connection, MHD_COOKIE_KIND, name));
}

void server_suspend(struct exchange *ex) {
    atomic_fetch_add(&ex->server->suspended, 1);
    connection_expect(ex->peer, 0, 0);
    MHD_suspend_connection(ex->connection);
}

/* The exchange is the HTTP thread's from here on: nothing of it may be touched after the call. */
void server_resume(struct exchange *ex) {
    struct server *server = ex->server;
    MHD_resume_connection(ex->connection);
    atomic_fetch_sub(&server->suspended, 1);
}

/* ---- answering ------------------------------------------------------------------------------------------------------- */

static ssize_t stream_reader(void *cls, uint64_t position, char *to, size_t max) {
    (void)position;
    struct exchange *ex = cls;
    ssize_t n = stream_take(ex->stream, to, max);
    if (n < 0) return MHD_CONTENT_READER_END_OF_STREAM;
    return n;
}

static struct MHD_Response *response_of_file(struct exchange *ex) {
    struct stat info;
    int fd = open(ex->res.file_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (ex->res.file_temporary) unlink(ex->res.file_path);
    if (fd < 0 || fstat(fd, &info) || !S_ISREG(info.st_mode)) {
        if (fd >= 0) close(fd);
        return NULL;
    }
    ex->sent = (uint64_t)info.st_size;
    struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t)info.st_size, fd);
    if (!r) close(fd);
    return r;
}

static struct MHD_Response *response_of(struct exchange *ex) {
    if (ex->stream) {
        struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_reader, ex, NULL);
        MHD_set_connection_option(ex->connection, MHD_CONNECTION_OPTION_TIMEOUT, 0u);
        return r;
    }
    if (ex->res.file_path) {
        struct MHD_Response *r = response_of_file(ex);
        if (r) return r;
        log_event(LOG_ERROR, "file_unreadable", LOG_STR("request", str_of(ex->request_id)), LOG_INT("errno", errno));
        ex->res.status = 500;
        ex->res.body.len = 0;
    }
    ex->sent = ex->res.body.len;
    return MHD_create_response_from_buffer(ex->res.body.len, ex->res.body.len ? ex->res.body.ptr : (char *)(uintptr_t) "",
                                           MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result answer(struct exchange *ex) {
    response_finish(ex);
    struct MHD_Response *r = response_of(ex);
    if (!r) return MHD_NO;
    for (int i = 0; i < ex->res.headers.count; i++) {
        const struct param *h = &ex->res.headers.at[i];
        if (MHD_add_response_header(r, h->name.ptr, h->value.ptr) != MHD_YES) {
            log_event(LOG_ERROR, "header_refused", LOG_STR("name", h->name));
        }
    }
    if (ex->close || atomic_load_explicit(&ex->server->stopping, memory_order_relaxed)) {
        MHD_add_response_header(r, "Connection", "close");
    }
    if (ex->stream)
        connection_expect(ex->peer, 0, 0);
    else
        connection_expect(ex->peer, ex->server->options.request_deadline_s, ex->sent);
    enum MHD_Result queued = MHD_queue_response(ex->connection, (unsigned)ex->res.status, r);
    MHD_destroy_response(r);
    return queued;
}

/* ---- the library's callbacks ------------------------------------------------------------------------------------------ */

/* Called once the request line is there: the moment a request begins. The URI is still as it came. */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *connection) {
    struct server *server = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    if (!info || !info->socket_context) return NULL;
    struct exchange *ex = exchange_new(server, str_of(uri));
    if (!ex) return NULL;
    ex->connection = connection;
    ex->peer = info->socket_context;
    ex->uri_end = uri + strlen(uri);
    ex->req.ctx.ip = str_of(ex->peer->ip);
    connection_expect(ex->peer, server->options.request_deadline_s, 0);
    return ex;
}

/* The request has arrived as a whole. */
static enum MHD_Result proceed(struct exchange *ex) {
    if (!ex->arrived) atomic_fetch_add(&ex->server->working, 1);
    ex->arrived = true;
    bool ready = ex->state == EXCHANGE_BODY ? exchange_run(ex) : ex->state == EXCHANGE_DONE;
    return ready ? answer(ex) : MHD_YES;
}

static enum MHD_Result server_access(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                     const char *version, const char *upload, size_t *upload_size, void **con_cls) {
    (void)cls, (void)connection, (void)url;
    struct exchange *ex = *con_cls;
    if (!ex) return MHD_NO;
    if (ex->state == EXCHANGE_HEAD) {
        read_head(ex, method, version);
        /* An answer now would end the connection, so it waits for the request's end; unless that is far off, or the client asked
         * before it sends. A body that is small enough is read and thrown away, so that the client gets to read the answer. */
        if (ex->close || (ex->state == EXCHANGE_DONE && ex->has_body && ex->wants_continue)) return answer(ex);
        if (ex->state == EXCHANGE_DONE) ex->state = EXCHANGE_REFUSED;
        return MHD_YES;
    }
    if (*upload_size) {
        bool ok = exchange_body(ex, (struct str){upload, *upload_size});
        *upload_size = 0;
        return ok ? MHD_YES : MHD_NO;
    }
    if (ex->state == EXCHANGE_REFUSED) ex->state = EXCHANGE_DONE;
    return proceed(ex);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls, enum MHD_RequestTerminationCode code) {
    struct server *server = cls;
    (void)connection;
    struct exchange *ex = *con_cls;
    *con_cls = NULL;
    if (!ex) return;
    /* the next request's headers are due within the idle time, however slowly they drip */
    connection_expect(ex->peer, server->options.idle_timeout_s + server->options.request_deadline_s, 0);
    if (code != MHD_REQUEST_TERMINATED_COMPLETED_OK) ex->aborted = true;
    exchange_free(ex);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode code) {
    struct server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        if (*context) connection_remove(server, *context);
        *context = NULL;
        return;
    }
    const union MHD_ConnectionInfo *fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *address = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    *context = fd && address ? connection_add(server, fd->connect_fd, address->client_addr) : NULL;
}

static enum MHD_Result on_accept(void *cls, const struct sockaddr *address, socklen_t size) {
    (void)size;
    return connection_allowed(cls, address) ? MHD_YES : MHD_NO;
}

/* Paths stay as they came: url.c decodes them strictly. */
static size_t on_unescape(void *cls, struct MHD_Connection *connection, char *text) {
    (void)cls, (void)connection;
    return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *format, va_list args) {
    (void)cls;
    char line[512];
    vsnprintf(line, sizeof line, format, args);
    log_event(LOG_DEBUG, "http_library", LOG_STR("message", str_trim(str_of(line))));
}

/* ---- start and stop --------------------------------------------------------------------------------------------------- */

bool server_listen(struct server *server, int fd, struct errors *errors) {
    const struct server_options *o = &server->options;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    server->daemon = MHD_start_daemon(flags, 0, on_accept, server, server_access, server, MHD_OPTION_EXTERNAL_LOGGER, on_log,
                                      NULL, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)o->threads,
                                      MHD_OPTION_CONNECTION_LIMIT, (unsigned)o->max_connections, MHD_OPTION_CONNECTION_TIMEOUT,
                                      (unsigned)o->idle_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
                                      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
                                      MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_URI_LOG_CALLBACK, on_uri,
                                      server, MHD_OPTION_UNESCAPE_CALLBACK, on_unescape, NULL, MHD_OPTION_END);
    return server->daemon || errors_add(errors, 500, "listen", NULL, "The HTTP server does not start: %s.", strerror(errno));
}

void server_quiesce(struct server *server) { MHD_quiesce_daemon(server->daemon); }

void server_close(struct server *server) { MHD_stop_daemon(server->daemon); }
