/* test_sse.c - what a listening browser hears, and what it does not. */
#include "http_test.h"

#include "core/event.h"
#include "http/sse.h"

static struct str early; /* what came together with the beginning */

static int listen_as(struct str token, const char *more) {
    int fd = dial();
    say(fd, str_printf(arena, "GET /api/v1/events HTTP/1.1\r\nHost: x\r\n%s%s\r\n", bearer(token), more));
    struct buf b = buf_new(arena, 4096);
    bool closed = false;
    while (!closed && !has(buf_str(&b), "retry: 3000\n\n")) buf_add(&b, hear(fd, 20000, &closed));
    assert_true(has(buf_str(&b), " 200 ") && has(buf_str(&b), "text/event-stream"));
    early = str_slice(buf_str(&b), (size_t)str_find(buf_str(&b), STR("retry: ")), b.len);
    usleep(50000); /* the thread has taken it up */
    return fd;
}

/* All that comes until nothing comes for a while; at most so many milliseconds are waited for the first event. */
static struct str heard_within(int fd, int ms) {
    struct buf b = buf_new(arena, 4096);
    bool closed = false;
    buf_add(&b, early);
    early = STR("");
    for (struct str piece; (piece = hear(fd, has(buf_str(&b), "event: ") ? 300 : ms, &closed)).len > 0;) buf_add(&b, piece);
    return buf_str(&b);
}

static struct str heard(int fd) { return heard_within(fd, 20000); }

static void who_may_read_it_hears_of_it(void **state) {
    (void)state;
    int admin = listen_as(signed_in(ADMIN, TOKEN_ACCESS), "");
    int64_t id = MADE("lead_sources", {"name", TEXT("Web")});
    struct str text = heard(admin);
    assert_true(has(text, "event: change"));
    assert_true(has(text, str_printf(arena, "{\"entity\":\"lead_sources\",\"id\":%lld,\"verb\":\"created\"", (long long)id).ptr));
    close(admin);
}

static void who_may_not_hears_nothing(void **state) {
    (void)state;
    int ann = listen_as(signed_in(ANN, TOKEN_ACCESS), ""), other = listen_as(signed_in(ADMIN_TWO, TOKEN_ACCESS), "");
    MADE("lead_sources", {"name", TEXT("Web")});
    assert_false(has(heard_within(ann, 300), "event:"));
    assert_false(has(heard_within(other, 300), "event:"));
    close(ann);
    close(other);
}

static void scope_decides_record_by_record(void **state) {
    (void)state;
    may("tasks", "read", "own");
    int ann = listen_as(signed_in(ANN, TOKEN_ACCESS), "");
    MADE("tasks", {"title", TEXT("Mine")}, {"assigned_to_id", INT(ANN)});
    MADE("tasks", {"title", TEXT("Theirs")}, {"assigned_to_id", INT(BEN)});
    struct str text = heard(ann), rest = text, line;
    int changes = 0;
    while (str_split(&rest, '\n', &line)) changes += has(line, "\"entity\":\"tasks\"");
    assert_int_equal(changes, 1);
    close(ann);
}

static void what_was_missed_is_told_after_coming_back(void **state) {
    (void)state;
    struct str token = signed_in(ADMIN, TOKEN_ACCESS);
    int admin = listen_as(token, "");
    MADE("lead_sources", {"name", TEXT("First")});
    struct str text = heard(admin), rest = text, line, last = STR("");
    while (str_split(&rest, '\n', &line))
        if (str_starts(line, STR("id: "))) last = str_slice(line, 4, line.len);
    assert_true(last.len > 0);
    close(admin);
    int64_t missed = MADE("lead_sources", {"name", TEXT("Second")});
    admin = listen_as(token, str_printf(arena, "Last-Event-ID: %.*s\r\n", STR_ARG(last)).ptr);
    text = heard(admin);
    assert_true(has(text, str_printf(arena, "\"id\":%lld", (long long)missed).ptr));
    assert_false(has(text, str_printf(arena, "id: %.*s\n", STR_ARG(last)).ptr));
    close(admin);
}

static void who_missed_too_much_is_told_to_load_anew(void **state) {
    (void)state;
    struct str sql = STR(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) INSERT INTO events "
        "(id, tenant_id, entity_type, entity_id, verb, created_at) SELECT 1000 + i, 1, 'lead_sources', i, 'created', 1 FROM n");
    assert_true(db_write_wait(db, DB_PLATFORM, core_test_script, &sql, NULL));
    int admin = listen_as(signed_in(ADMIN, TOKEN_ACCESS), "Last-Event-ID: 1000\r\n");
    struct str text = heard(admin);
    assert_true(has(text, "event: resync"));
    assert_false(has(text, "event: change"));
    close(admin);
}

static void more_than_can_be_told_in_time_ends_in_a_fresh_start(void **state) {
    (void)state;
    int admin = listen_as(signed_in(ADMIN, TOKEN_ACCESS), "");
    struct ctx *system = as_system(ONE);
    for (int round = 0; round < 40; round++) {
        struct event *list = NULL;
        for (int i = 0; i < 500; i++) {
            struct event *e = arena_alloc(arena, sizeof *e);
            *e = (struct event){.id = id_new(),
                                .tenant_id = ONE,
                                .record_id = 5,
                                .at = system->now,
                                .entity = registry_get("lead_sources"),
                                .verb = "updated",
                                .next = list};
            list = e;
        }
        event_publish(list);
    }
    struct buf all = buf_new(arena, 1 << 20);
    bool closed = false;
    for (struct str piece; (piece = hear(admin, 2500, &closed)).len > 0;) buf_add(&all, piece);
    assert_true(has(buf_str(&all), "event: resync"));
    close(admin);
}

static void a_session_that_ends_ends_its_stream(void **state) {
    (void)state;
    may("lead_sources", "read", "all");
    int ann = listen_as(signed_in(ANN, TOKEN_ACCESS), "");
    MADE("lead_sources", {"name", TEXT("Before")});
    assert_true(has(heard(ann), "lead_sources"));
    CHANGED("users", ANN, {"is_active", INT(0)});
    MADE("lead_sources", {"name", TEXT("After")});
    bool closed = false;
    for (int i = 0; i < 20 && !closed; i++) assert_false(has(hear(ann, 500, &closed), "lead_sources"));
    assert_true(closed);
    close(ann);
}

static void one_more_stream_than_a_user_may_have_ends_the_oldest(void **state) {
    (void)state;
    struct str token = signed_in(ADMIN, TOKEN_ACCESS);
    int fds[SSE_PER_USER];
    for (int i = 0; i < SSE_PER_USER; i++) fds[i] = listen_as(token, "");
    int newest = listen_as(token, "");
    bool closed = false;
    for (int i = 0; i < 20 && !closed; i++) hear(fds[0], 500, &closed);
    assert_true(closed);
    MADE("lead_sources", {"name", TEXT("For the rest")});
    assert_true(has(heard(newest), "event: change"));
    closed = false;
    assert_true(has(hear(fds[1], 500, &closed), "event: change") && !closed);
    for (int i = 0; i < SSE_PER_USER; i++) close(fds[i]);
    close(newest);
}

static void stopping_ends_streams(void **state) {
    (void)state;
    int admin = listen_as(signed_in(ADMIN, TOKEN_ACCESS), "");
    int64_t began = time_monotonic();
    server_stop(server, 5);
    server = NULL;
    bool closed = false;
    for (int i = 0; i < 10 && !closed; i++) hear(admin, 500, &closed);
    assert_true(closed);
    assert_true(time_monotonic() - began < 3000000);
    close(admin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        SERVED(who_may_read_it_hears_of_it),
        SERVED(who_may_not_hears_nothing),
        SERVED(scope_decides_record_by_record),
        SERVED(what_was_missed_is_told_after_coming_back),
        SERVED(who_missed_too_much_is_told_to_load_anew),
        SERVED(more_than_can_be_told_in_time_ends_in_a_fresh_start),
        SERVED(a_session_that_ends_ends_its_stream),
        SERVED(one_more_stream_than_a_user_may_have_ends_the_oldest),
        SERVED(stopping_ends_streams),
    };
    return cmocka_run_group_tests_name("sse", tests, NULL, NULL);
}
