/* test_server.c - the server against clients that are wrong, slow, greedy or in a hurry. */
#include "http_test.h"

#include <sys/stat.h>

/* ---- routes of these tests -------------------------------------------------------------------------------------------- */

static void echo(struct request *req, struct response *res) {
    struct buf *b = &res->body;
    for (int i = 0; i < req->args.count; i++)
        buf_printf(b, "arg %.*s=%.*s;", STR_ARG(req->args.at[i].name), STR_ARG(req->args.at[i].value));
    for (int i = 0; i < req->form.count; i++)
        buf_printf(b, "form %.*s=%.*s;", STR_ARG(req->form.at[i].name), STR_ARG(req->form.at[i].value));
    buf_printf(b, "body %zu;", req->body.len);
    if (req->body_path) {
        struct stat info = {0};
        stat(req->body_path, &info);
        buf_printf(b, "file %.*s %.*s %lld;", STR_ARG(req->body_name), STR_ARG(req->body_type), (long long)info.st_size);
    }
    respond_header(res, req->ctx.arena, "X-Odd", STR("a\r\nX-Injected: b"));
    res->content_type = STR("text/plain; charset=utf-8");
}

static void long_text(struct request *req, struct response *res) {
    (void)req;
    for (int i = 0; i < 500; i++) buf_lit(&res->body, "the same again and again; ");
    res->content_type = STR("text/plain; charset=utf-8");
}

static void greedy(struct request *req, struct response *res) {
    for (int i = 0; i < 100; i++) memset(arena_raw(req->ctx.arena, 1u << 20), 1, 1u << 20);
    respond_text(res, 200, STR("never"));
}

static atomic_int slow_begun;

static void slow(struct request *req, struct response *res) {
    (void)req;
    atomic_fetch_add(&slow_begun, 1);
    usleep(300000);
    respond_text(res, 200, STR("slow"));
}

static void write_then_fail(struct request *req, struct response *res) {
    sql_exec(&req->ctx, "UPDATE tenants SET name = 'Changed' WHERE id = 1", NO_ARGS);
    errors_add(&req->ctx.errors, 422, "no", NULL, "No.");
    respond_header(res, req->ctx.arena, "X-Kept", STR("yes"));
}

static void etag(struct request *req, struct response *res) {
    if (!respond_not_modified(req, res, STR("\"7\""))) respond_text(res, 200, STR("seven"));
}

static const struct route routes[] = {
    {"GET", "/t/echo", echo, RUN_READ | PUBLIC, NULL},
    {"POST", "/t/echo", echo, RUN_READ | PUBLIC, NULL},
    {"POST", "/t/upload", echo, RUN_READ | PUBLIC | UPLOAD, NULL},
    {"GET", "/t/long", long_text, RUN_READ | PUBLIC, NULL},
    {"GET", "/t/greedy", greedy, RUN_READ | PUBLIC | API, NULL},
    {"GET", "/t/greedy-write", greedy, RUN_WRITE | PUBLIC | API, NULL},
    {"GET", "/t/greedy-work", greedy, RUN_WORKER | PUBLIC | API, NULL},
    {"GET", "/t/slow", slow, RUN_WORKER | PUBLIC, NULL},
    {"POST", "/t/fail", write_then_fail, RUN_WRITE | PUBLIC | API, NULL},
    {"GET", "/t/etag", etag, RUN_READ | PUBLIC, NULL},
};

/* ---- messages ----------------------------------------------------------------------------------------------------------- */

static void ambiguous_lengths_are_refused(void **state) {
    (void)state;
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na").status, 400);
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na").status, 400);
    struct reply r = ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    assert_int_equal(r.status, 400);
    assert_true(r.closed);
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n").status, 400);
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na").status, 400);
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\na").status, 400);
    assert_int_equal(ask("POST /t/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n").status,
                     200);
}

static void a_request_without_a_host_is_refused(void **state) {
    (void)state;
    assert_int_equal(ask("GET /healthz HTTP/1.1\r\n\r\n").status, 400);
}

static void too_many_headers_are_refused(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 8192);
    buf_lit(&b, "GET /healthz HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 120; i++) buf_printf(&b, "X-%d: y\r\n", i);
    buf_lit(&b, "\r\n");
    assert_int_equal(ask_text(buf_str(&b)).status, 431);
    b.len = 0;
    buf_lit(&b, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ");
    for (int i = 0; i < 60000; i++) buf_char(&b, 'y');
    buf_lit(&b, "\r\n\r\n");
    assert_int_equal(ask_text(buf_str(&b)).status, 431);
}

static void a_connection_serves_one_request_after_the_other(void **state) {
    (void)state;
    int fd = dial();
    for (int i = 0; i < 3; i++) {
        say(fd, STR("GET /t/echo?a=%20 HTTP/1.1\r\nHost: x\r\n\r\n"));
        struct reply r = listen_to(fd, 3000);
        assert_int_equal(r.status, 200);
        assert_true(has(r.body, "arg a= ;"));
    }
    /* a refused body is read to its end, so the next request is not taken for a part of it */
    say(fd, STR("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nGET /"));
    assert_int_equal(listen_to(fd, 3000).status, 404);
    say(fd, STR("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
    assert_int_equal(listen_to(fd, 3000).status, 200);
    close(fd);
}

static void parameters_and_forms_are_read_strictly(void **state) {
    (void)state;
    assert_int_equal(request("GET", "/t/echo?a=%ff", "", "").status, 400);
    assert_int_equal(request("GET", "/t/echo?a=%", "", "").status, 400);
    const char *form = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n";
    assert_true(has(request("POST", "/t/echo", form, "a=1&b=%C3%A9").body, "form a=1;form b=\xC3\xA9;"));
    assert_int_equal(request("POST", "/t/echo", form, "a=%00").status, 400);
}

static void what_is_not_there_and_what_is_not_possible_differ(void **state) {
    (void)state;
    assert_int_equal(request("GET", "/nowhere", "", "").status, 404);
    struct reply r = request("DELETE", "/t/echo", "", "");
    assert_int_equal(r.status, 405);
    assert_text(header_of(&r, "Allow"), "GET, HEAD, POST");
    r = request("HEAD", "/healthz", "", "");
    assert_int_equal(r.status, 200);
    assert_text(header_of(&r, "Content-Length"), "3");
    r = request("GET", "/api/v1/nowhere", "", "");
    assert_text(header_of(&r, "Content-Type"), "application/problem+json");
    assert_true(has(r.body, "\"code\":\"not_found\""));
}

/* ---- answers ------------------------------------------------------------------------------------------------------------ */

static void every_answer_has_its_headers(void **state) {
    (void)state;
    static const char *const paths[] = {"/healthz", "/nowhere", "/t/echo", "/api/v1/me"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct reply r = request("GET", paths[i], "", "");
        assert_text(header_of(&r, "X-Content-Type-Options"), "nosniff");
        assert_text(header_of(&r, "Referrer-Policy"), "same-origin");
        assert_true(has(header_of(&r, "Content-Security-Policy"), "default-src 'none'"));
        assert_true(has(header_of(&r, "Content-Security-Policy"), "frame-ancestors 'none'"));
        assert_false(has(header_of(&r, "Content-Security-Policy"), "script-src 'unsafe-inline'"));
        assert_int_equal(header_of(&r, "X-Request-Id").len, 16);
        assert_int_not_equal(header_of(&r, "Content-Length").len, 0);
        assert_int_equal(header_of(&r, "Strict-Transport-Security").len, 0);
    }
}

static void a_header_cannot_become_two(void **state) {
    (void)state;
    struct reply r = request("GET", "/t/echo", "", "");
    assert_text(header_of(&r, "X-Odd"), "a  X-Injected: b");
    assert_int_equal(header_of(&r, "X-Injected").len, 0);
}

static void nonces_differ_from_page_to_page(void **state) {
    (void)state;
    struct reply one = request("GET", "/t/echo", "", ""), two = request("GET", "/t/echo", "", "");
    assert_true(has(header_of(&one, "Content-Security-Policy"), "'nonce-"));
    assert_false(str_eq(header_of(&one, "Content-Security-Policy"), header_of(&two, "Content-Security-Policy")));
}

static void long_texts_are_compressed_for_who_wants_it(void **state) {
    (void)state;
    struct reply plain = request("GET", "/t/long", "", "");
    assert_int_equal(plain.body.len, 13000);
    assert_text(header_of(&plain, "Vary"), "Accept-Encoding");
    struct reply gzip = request("GET", "/t/long", "Accept-Encoding: deflate, gzip\r\n", "");
    assert_text(header_of(&gzip, "Content-Encoding"), "gzip");
    assert_memory_equal(gzip.body.ptr, "\x1f\x8b", 2);
    assert_true(gzip.body.len < 1000);
    struct reply br = request("GET", "/t/long", "Accept-Encoding: gzip, br\r\n", "");
    assert_text(header_of(&br, "Content-Encoding"), "br");
    struct reply refused = request("GET", "/t/long", "Accept-Encoding: br;q=0, gzip;q=0.0\r\n", "");
    assert_int_equal(header_of(&refused, "Content-Encoding").len, 0);
}

static void an_answer_that_the_client_has_is_not_sent_again(void **state) {
    (void)state;
    assert_int_equal(request("GET", "/t/etag", "", "").status, 200);
    struct reply r = request("GET", "/t/etag", "If-None-Match: \"3\", W/\"7\"\r\n", "");
    assert_int_equal(r.status, 304);
    assert_int_equal(r.body.len, 0);
    assert_int_equal(request("GET", "/t/etag", "If-None-Match: \"8\"\r\n", "").status, 200);
}

static void a_failed_write_leaves_nothing_behind(void **state) {
    (void)state;
    struct reply r = request("POST", "/t/fail", "", "");
    assert_int_equal(r.status, 422);
    assert_text(header_of(&r, "Content-Type"), "application/problem+json");
    assert_text(sql_text(as_system(0), "SELECT name FROM tenants WHERE id = 1", NO_ARGS), "Test");
}

static void a_handler_that_takes_too_much_memory_harms_nobody(void **state) {
    (void)state;
    assert_int_equal(request("GET", "/t/greedy", "", "").status, 503);
    assert_int_equal(request("GET", "/t/greedy-write", "", "").status, 503);
    struct reply r = request("GET", "/t/greedy-work", "", "");
    assert_int_equal(r.status, 503);
    assert_true(has(r.body, "more memory than it may have"));
    assert_int_equal(request("GET", "/t/echo", "", "").status, 200);
}

/* ---- bodies ------------------------------------------------------------------------------------------------------------- */

static const char *filled(size_t length) {
    char *text = arena_alloc(arena, length + 1);
    memset(text, 'x', length);
    return text;
}

static void a_body_over_the_limit_is_refused(void **state) {
    (void)state;
    assert_int_equal(request("POST", "/t/echo", "", filled(BODY_LIMIT)).status, 200);
    struct reply r = request("POST", "/t/echo", "", filled(BODY_LIMIT + 1));
    assert_int_equal(r.status, 413);
    /* announced only, and far too long: answered before the body comes */
    int fd = dial();
    say(fd, STR("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n"));
    r = listen_to(fd, 1500);
    assert_int_equal(r.status, 413);
    close(fd);
}

static void a_chunked_body_over_the_limit_is_refused(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 16384);
    buf_lit(&b, "POST /t/echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 5; i++) buf_printf(&b, "3e8\r\n%s\r\n", filled(1000));
    buf_lit(&b, "0\r\n\r\n");
    assert_int_equal(ask_text(buf_str(&b)).status, 413);
}

static int count_files(void) {
    int n = 0;
    DIR *dir = opendir(directory);
    for (struct dirent *entry; dir && (entry = readdir(dir));) n += strncmp(entry->d_name, "upload-", 7) == 0;
    if (dir) closedir(dir);
    return n;
}

/* They go when the request has ended, which is a moment after its answer. */
static int files_left(void) {
    for (int i = 0; i < 1000 && count_files() > 0; i++) usleep(20000);
    return count_files();
}

static void an_upload_goes_to_a_file_that_is_gone_afterwards(void **state) {
    (void)state;
    struct reply r = request("POST", "/t/upload", "Content-Type: text/CSV; charset=utf-8\r\n", filled(BODY_LIMIT * 2));
    assert_text(r.body, "body 0;file  text/csv 8192;");
    const char *multipart = "Content-Type: multipart/form-data; boundary=XX\r\n";
    r = request(
        "POST", "/t/upload", multipart,
        "--XX\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n"
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n12345"
        "\r\n--XX--\r\n");
    assert_text(r.body, "form note=hello;body 0;file a.txt text/plain 5;");
    assert_int_equal(files_left(), 0);
}

static void an_upload_over_its_limit_is_refused(void **state) {
    (void)state;
    assert_int_equal(request("POST", "/t/upload", "Content-Type: text/csv\r\n", filled(UPLOAD_LIMIT)).status, 200);
    assert_int_equal(request("POST", "/t/upload", "Content-Type: text/csv\r\n", filled(UPLOAD_LIMIT + 1)).status, 413);
    assert_int_equal(files_left(), 0);
}

static void a_file_is_refused_where_none_is_expected(void **state) {
    (void)state;
    const char *multipart = "Content-Type: multipart/form-data; boundary=XX\r\n";
    const char *body = "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n1\r\n--XX--\r\n";
    assert_int_equal(request("POST", "/t/echo", multipart, body).status, 415);
    const char *cut = "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n1";
    assert_int_equal(request("POST", "/t/upload", multipart, cut).status, 400);
    assert_int_equal(request("POST", "/t/upload", "Content-Type: multipart/form-data\r\n", "x").status, 400);
    assert_int_equal(files_left(), 0);
}

/* ---- time --------------------------------------------------------------------------------------------------------------- */

/* Sends a byte every 100 ms until the server ends the connection; how long that took, in ms. */
static int64_t drip(struct str first, char c) {
    int fd = dial();
    int64_t began = time_monotonic();
    bool closed = false;
    say(fd, first);
    while (!closed && time_monotonic() - began < 10000000) {
        if (!say(fd, (struct str){&c, 1})) break;
        hear(fd, 100, &closed);
    }
    close(fd);
    return (time_monotonic() - began) / 1000;
}

static void who_drips_bytes_is_cut_off(void **state) {
    (void)state;
    const int64_t most = (DEADLINE_S + 3) * 1000;
    assert_true(drip(STR("GET /healthz HTTP/1.1\r\nX-Slow: "), 'y') < most);
    assert_true(drip(STR("POST /t/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4000\r\n\r\n"), 'y') < most);
    assert_int_equal(request("GET", "/healthz", "", "").status, 200);
}

static void who_is_quiet_is_cut_off(void **state) {
    (void)state;
    int fd = dial();
    bool closed = false;
    int64_t began = time_monotonic();
    hear(fd, 6000, &closed);
    assert_true(closed);
    assert_true(time_monotonic() - began < 5000000);
    close(fd);
}

static void *ask_slow(void *arg) {
    (void)arg;
    int fd = dial();
    say(fd, STR("GET /t/slow HTTP/1.1\r\nHost: x\r\n\r\n"));
    char answer[4096];
    ssize_t n, got = 0;
    while (got < (ssize_t)sizeof answer && (n = recv(fd, answer + got, sizeof answer - (size_t)got, 0)) > 0) got += n;
    close(fd);
    return (void *)(uintptr_t)(got > 12 && memcmp(answer + 9, "200", 3) == 0);
}

static void stopping_lets_what_runs_finish(void **state) {
    (void)state;
    pthread_t threads[2];
    int before = atomic_load(&slow_begun);
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, ask_slow, NULL);
    for (int i = 0; i < 20000 && atomic_load(&slow_begun) < before + 2; i++) usleep(1000);
    server_stop(server, 5);
    server = NULL;
    for (int i = 0; i < 2; i++) {
        void *answered = NULL;
        pthread_join(threads[i], &answered);
        assert_non_null(answered);
    }
}

int main(void) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_add(&routes[i]);
    const struct CMUnitTest tests[] = {
        SERVED(ambiguous_lengths_are_refused),
        SERVED(a_request_without_a_host_is_refused),
        SERVED(too_many_headers_are_refused),
        SERVED(a_connection_serves_one_request_after_the_other),
        SERVED(parameters_and_forms_are_read_strictly),
        SERVED(what_is_not_there_and_what_is_not_possible_differ),
        SERVED(every_answer_has_its_headers),
        SERVED(a_header_cannot_become_two),
        SERVED(nonces_differ_from_page_to_page),
        SERVED(long_texts_are_compressed_for_who_wants_it),
        SERVED(an_answer_that_the_client_has_is_not_sent_again),
        SERVED(a_failed_write_leaves_nothing_behind),
        SERVED(a_handler_that_takes_too_much_memory_harms_nobody),
        SERVED(a_body_over_the_limit_is_refused),
        SERVED(a_chunked_body_over_the_limit_is_refused),
        SERVED(an_upload_goes_to_a_file_that_is_gone_afterwards),
        SERVED(an_upload_over_its_limit_is_refused),
        SERVED(a_file_is_refused_where_none_is_expected),
        SERVED(who_drips_bytes_is_cut_off),
        SERVED(who_is_quiet_is_cut_off),
        SERVED(stopping_lets_what_runs_finish),
    };
    return cmocka_run_group_tests_name("server", tests, NULL, NULL);
}
