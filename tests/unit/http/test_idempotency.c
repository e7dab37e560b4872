/* test_idempotency.c - a request that is sent again is answered again, and done once. */
#include "http_test.h"

static atomic_int runs;

static bool note_run(struct ctx *ctx, void *arg) {
    (void)arg;
    return sql_exec(ctx, "UPDATE tenants SET version = version + 1 WHERE id = :tenant", NO_ARGS);
}

static void written(struct request *req, struct response *res) {
    atomic_fetch_add(&runs, 1);
    note_run(&req->ctx, NULL);
    if (str_eqc(request_arg(req, "fail"), "yes")) {
        errors_add(&req->ctx.errors, 422, "no", NULL, "No.");
        return;
    }
    buf_printf(&res->body, "{\"run\":%d}", atomic_load(&runs));
    respond_header(res, req->ctx.arena, "Location", STR("/somewhere"));
    respond_json(res, 201);
}

static void worked(struct request *req, struct response *res) {
    atomic_fetch_add(&runs, 1);
    usleep(100000);
    ctx_write(&req->ctx, note_run, NULL);
    if (str_eqc(request_arg(req, "fail"), "yes")) {
        errors_add(&req->ctx.errors, 422, "no", NULL, "No.");
        return;
    }
    buf_printf(&res->body, "{\"run\":%d}", atomic_load(&runs));
    respond_json(res, 200);
}

static const struct route routes[] = {
    {"POST", "/t/written", written, RUN_WRITE | API, NULL},
    {"POST", "/t/worked", worked, RUN_WORKER | API, NULL},
    {"POST", "/t/other", written, RUN_WRITE | API, NULL},
    {"POST", "/t/uploaded", worked, RUN_WORKER | API | UPLOAD, NULL},
};

static const char *sign_in;

static int open_signed_in(void **state) {
    http_test_open(state);
    atomic_store(&runs, 0);
    sign_in = bearer(signed_in(ANN, TOKEN_ACCESS));
    return 0;
}

static struct reply post(const char *path, const char *key, const char *body) {
    return request("POST", path, str_printf(arena, "%sIdempotency-Key: %s\r\nContent-Type: text/csv\r\n", sign_in, key).ptr,
                   body);
}

/* How often the change was really made. */
static int64_t effects(void) { return sql_int(as_system(ONE), "SELECT version - 1 FROM tenants WHERE id = :tenant", NO_ARGS); }

static void the_second_gets_the_firsts_answer(void **state) {
    (void)state;
    struct reply first = post("/t/written", "a", "x"), second = post("/t/written", "a", "x");
    assert_int_equal(first.status, 201);
    assert_int_equal(header_of(&first, "Idempotency-Replayed").len, 0);
    assert_int_equal(second.status, 201);
    assert_text(header_of(&second, "Idempotency-Replayed"), "true");
    assert_text(header_of(&second, "Location"), "/somewhere");
    assert_text(header_of(&second, "Content-Type"), "application/json");
    assert_text(second.body, "{\"run\":1}");
    assert_int_equal(effects(), 1);
}

static void a_key_with_another_body_is_refused(void **state) {
    (void)state;
    post("/t/written", "a", "x");
    assert_int_equal(post("/t/written", "a", "y").status, 422);
    assert_int_equal(post("/t/written?a=1", "a", "x").status, 422);
    assert_int_equal(effects(), 1);
}

static void a_key_belongs_to_a_user_and_a_route(void **state) {
    (void)state;
    post("/t/written", "a", "x");
    assert_int_equal(post("/t/other", "a", "x").status, 201);
    sign_in = bearer(signed_in(BEN, TOKEN_ACCESS));
    struct reply r = post("/t/written", "a", "x");
    assert_int_equal(header_of(&r, "Idempotency-Replayed").len, 0);
    sign_in = bearer(signed_in(ADMIN_TWO, TOKEN_ACCESS));
    r = post("/t/written", "a", "x");
    assert_int_equal(header_of(&r, "Idempotency-Replayed").len, 0);
    assert_int_equal(atomic_load(&runs), 4);
}

static void what_failed_may_be_tried_again(void **state) {
    (void)state;
    assert_int_equal(post("/t/written?fail=yes", "a", "x").status, 422);
    assert_int_equal(post("/t/written", "a", "x").status, 201);
    assert_int_equal(effects(), 1);
    assert_int_equal(post("/t/worked?fail=yes", "b", "x").status, 422);
    assert_int_equal(post("/t/worked", "b", "x").status, 200);
}

static void after_a_day_a_key_is_new(void **state) {
    (void)state;
    post("/t/written", "a", "x");
    struct str sql = STR("UPDATE idempotency_keys SET created_at = created_at - 86400001");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    assert_int_equal(post("/t/written", "a", "y").status, 201);
    assert_int_equal(effects(), 2);
}

static void *post_again(void *arg) {
    struct str text = *(const struct str *)arg;
    char answer[2048];
    int fd = dial();
    say(fd, text);
    ssize_t n = recv(fd, answer, sizeof answer - 1, 0);
    close(fd);
    int64_t status = 0;
    if (n > 12) str_to_int((struct str){answer + 9, 3}, &status);
    return (void *)(uintptr_t)status;
}

#define CROWD 40

/* How many of a crowd got this status. */
static int crowd(const char *path, int statuses[CROWD]) {
    struct str text =
        str_printf(arena, "POST %s HTTP/1.1\r\nHost: x\r\n%sIdempotency-Key: crowd\r\nContent-Length: 1\r\n\r\nx", path, sign_in);
    pthread_t threads[CROWD];
    int good = 0;
    for (int i = 0; i < CROWD; i++) pthread_create(&threads[i], NULL, post_again, &text);
    for (int i = 0; i < CROWD; i++) {
        void *status;
        pthread_join(threads[i], &status);
        statuses[i] = (int)(uintptr_t)status;
        good += statuses[i] < 300;
    }
    return good;
}

static void a_crowd_with_one_key_has_one_effect(void **state) {
    (void)state;
    int statuses[CROWD];
    assert_int_equal(crowd("/t/written", statuses), CROWD);
    assert_int_equal(effects(), 1);
}

static void a_crowd_at_a_worker_has_one_effect_and_the_others_wait(void **state) {
    (void)state;
    int statuses[CROWD];
    assert_true(crowd("/t/worked", statuses) >= 1);
    for (int i = 0; i < CROWD; i++) assert_true(statuses[i] == 200 || statuses[i] == 409);
    assert_int_equal(effects(), 1);
    struct reply r = request("POST", "/t/worked", str_printf(arena, "%sIdempotency-Key: crowd\r\n", sign_in).ptr, "x");
    assert_text(header_of(&r, "Idempotency-Replayed"), "true");
}

static void an_upload_is_known_by_its_bytes(void **state) {
    (void)state;
    assert_int_equal(post("/t/uploaded", "a", "1,2").status, 200);
    struct reply again = post("/t/uploaded", "a", "1,2");
    assert_text(header_of(&again, "Idempotency-Replayed"), "true");
    assert_int_equal(post("/t/uploaded", "a", "1,3").status, 422);
}

static void a_key_is_short_and_printable(void **state) {
    (void)state;
    char *key = arena_alloc(arena, 257);
    memset(key, 'k', 256);
    assert_int_equal(post("/t/written", key, "x").status, 400);
    assert_int_equal(post("/t/written", "caf\xC3\xA9", "x").status, 400);
    assert_int_equal(effects(), 0);
}

#define KEYED(function) cmocka_unit_test_setup_teardown(function, open_signed_in, http_test_close)
int main(void) {
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_add(&routes[i]);
    const struct CMUnitTest tests[] = {
        KEYED(the_second_gets_the_firsts_answer),
        KEYED(a_key_with_another_body_is_refused),
        KEYED(a_key_belongs_to_a_user_and_a_route),
        KEYED(what_failed_may_be_tried_again),
        KEYED(after_a_day_a_key_is_new),
        KEYED(a_crowd_with_one_key_has_one_effect),
        KEYED(a_crowd_at_a_worker_has_one_effect_and_the_others_wait),
        KEYED(an_upload_is_known_by_its_bytes),
        KEYED(a_key_is_short_and_printable),
    };
    return cmocka_run_group_tests_name("idempotency", tests, NULL, NULL);
}
