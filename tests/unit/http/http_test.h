/* http_test.h - what the tests of the server share: a server of its own on the people of core_test.h, with short limits, and a
 * client that says exactly what it is told to, byte for byte.
 *
 *     struct reply r = ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
 *     assert_int_equal(r.status, 200);
 */
#ifndef HTTP_TEST_H
#define HTTP_TEST_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "core/core_test.h"
#include "core/token.h"
#include "http/api.h"
#include "http/login.h"
#include "http/router.h"
#include "http/session.h"

#define DEADLINE_S 2
#define BODY_LIMIT 4096
#define UPLOAD_LIMIT 20000

static struct server *server;

struct reply {
    int status; /* 0: the connection was closed without an answer */
    struct str head, body;
    bool closed; /* by the server, after the answer */
};

/* ---- the client ------------------------------------------------------------------------------------------------------ */

static inline int dial(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)server_port(server))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static inline bool say(int fd, struct str text) {
    while (text.len) {
        ssize_t n = send(fd, text.ptr, text.len, MSG_NOSIGNAL);
        if (n <= 0) return false;
        text = str_slice(text, (size_t)n, text.len);
    }
    return true;
}

/* What comes within `ms`; empty at the end of the connection or where nothing comes. */
static inline struct str hear(int fd, int ms, bool *closed) {
    struct pollfd p = {.fd = fd, .events = POLLIN};
    char *bytes = arena_alloc(arena, 65536);
    *closed = false;
    if (poll(&p, 1, ms) <= 0) return STR("");
    ssize_t n = recv(fd, bytes, 65535, 0);
    *closed = n <= 0;
    return (struct str){bytes, n > 0 ? (size_t)n : 0};
}

static inline struct str header_of(const struct reply *r, const char *name) {
    struct str rest = r->head, line;
    while (str_split(&rest, '\n', &line)) {
        ptrdiff_t colon = str_index(line, ':');
        if (colon > 0 && str_ieq(str_slice(line, 0, (size_t)colon), str_of(name)))
            return str_dup(arena, str_trim(str_slice(line, (size_t)colon + 1, line.len)));
    }
    return STR("");
}

/* One answer: its head, and as much body as Content-Length says. */
static inline struct reply listen_to(int fd, int ms) {
    struct buf b = buf_new(arena, 4096);
    struct reply r = {0};
    size_t wanted = SIZE_MAX;
    while (b.len < wanted) {
        struct str piece = hear(fd, ms, &r.closed);
        buf_add(&b, piece);
        if (piece.len == 0) break;
        ptrdiff_t end = str_find(buf_str(&b), STR("\r\n\r\n"));
        if (end < 0 || wanted != SIZE_MAX) continue;
        int64_t length = 0;
        r.head = str_dup(arena, str_slice(buf_str(&b), 0, (size_t)end));
        str_to_int(header_of(&r, "Content-Length"), &length);
        wanted = (size_t)end + 4 + (size_t)length;
    }
    if (r.head.len < 12) return r;
    int64_t status = 0;
    str_to_int(str_slice(r.head, 9, 12), &status);
    r.status = (int)status;
    r.body = str_dup(arena, str_slice(buf_str(&b), r.head.len + 4, b.len));
    return r;
}

static inline struct reply ask_text(struct str text) {
    int fd = dial();
    say(fd, text);
    struct reply r = listen_to(fd, 5000);
    if (str_ieq(header_of(&r, "Connection"), STR("close"))) hear(fd, 1000, &r.closed);
    close(fd);
    return r;
}
#define ask(literal) ask_text(STR(literal))

/* A request with the usual headers; `more` are further header lines, each ending in CR LF. */
static inline struct reply request(const char *method, const char *path, const char *more, const char *body) {
    return ask_text(str_printf(arena, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %zu\r\n%s\r\n%s", method, path,
                               server_port(server), strlen(body), more, body));
}

static inline bool has(struct str text, const char *part) { return str_find(text, str_of(part)) >= 0; }

/* ---- people ---------------------------------------------------------------------------------------------------------- */

struct opening {
    int64_t user_id;
    enum token_kind kind;
    struct session_token token;
};
static inline bool http_test_session(struct ctx *ctx, void *arg) {
    struct opening *o = arg;
    return session_create(ctx, o->user_id, o->kind, &o->token);
}
static inline struct str signed_in(int64_t user, enum token_kind kind) {
    struct opening o = {.user_id = user, .kind = kind};
    assert_true(ctx_write(as_system(tenant_of(user)), http_test_session, &o));
    return o.token.text;
}
/* Header lines that sign in. */
static inline const char *bearer(struct str token) {
    return str_printf(arena, "Authorization: Bearer %.*s\r\n", STR_ARG(token)).ptr;
}
static inline const char *cookie(struct str token) { return str_printf(arena, "Cookie: tenon=%.*s\r\n", STR_ARG(token)).ptr; }

/* ---- the server ------------------------------------------------------------------------------------------------------ */

static struct server_options test_options = {
    .max_body = BODY_LIMIT, .max_upload = UPLOAD_LIMIT, .idle_timeout_s = 1, .request_deadline_s = DEADLINE_S};

static inline int http_test_open(void **state) {
    static bool routed;
    core_test_open(state);
    if (!routed) api_routes();
    routed = true;
    struct errors errors = {.arena = arena};
    struct server_options options = test_options;
    options.files_dir = directory;
    server = server_start(db, &options, &errors);
    core_test_print(&errors);
    assert_non_null(server);
    return 0;
}
static inline int http_test_close(void **state) {
    if (server) server_stop(server, 2);
    server = NULL;
    session_forget(0, ADMIN);
    return core_test_close(state);
}
#define SERVED(function) cmocka_unit_test_setup_teardown(function, http_test_open, http_test_close)

#endif
