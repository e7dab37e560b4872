/* test_log.c - structured logs: the lines are read back through a file in place of standard error. */
#include "base_test.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/timefmt.h"

static int saved_stderr, captured;

static int capture_start(void **state) {
    arena_setup(state);
    char path[] = "/tmp/test_log_XXXXXX";
    captured = mkstemp(path);
    if (captured < 0) return -1;
    unlink(path);
    saved_stderr = dup(STDERR_FILENO);
    return dup2(captured, STDERR_FILENO) < 0 ? -1 : 0;
}

static int capture_end(void **state) {
    dup2(saved_stderr, STDERR_FILENO);
    close(saved_stderr);
    close(captured);
    return arena_teardown(state);
}

#define CAPTURED(name) cmocka_unit_test_setup_teardown(name, capture_start, capture_end)

static struct str output(void) {
    off_t size = lseek(captured, 0, SEEK_END);
    char *bytes = arena_alloc(arena, (size_t)size + 1);
    assert_int_equal(pread(captured, bytes, (size_t)size, 0), size);
    return (struct str){bytes, (size_t)size};
}

static struct json *only_line(void) {
    struct str out = output(), line;
    struct errors errors = {.arena = arena};
    assert_true(str_split(&out, '\n', &line));
    assert_int_equal(out.len, 0);
    struct json *value = json_parse(arena, line, &errors);
    if (!value) fail_msg("%.*s", STR_ARG(line));
    return value;
}

static void a_line_is_one_json_object(void **state) {
    (void)state;
    log_event(LOG_INFO, "listening", LOG_STR("url", STR("http://\"x\"\n")), LOG_INT("port", -8080));
    struct json *line = only_line();
    assert_int_equal(json_count(line), 5);
    int64_t time;
    assert_true(time_parse(json_text(json_get(line, STR("time"))), &time));
    assert_in_range(time_now() - time, 0, 10000);
    assert_text(json_text(json_get(line, STR("level"))), "info");
    assert_text(json_text(json_get(line, STR("event"))), "listening");
    assert_text(json_text(json_get(line, STR("url"))), "http://\"x\"\n");
    assert_int_equal(json_int(json_get(line, STR("port"))), -8080);
}

static void a_line_without_fields_is_whole(void **state) {
    (void)state;
    log_event(LOG_ERROR, "stopped", LOG_NONE);
    assert_int_equal(json_count(only_line()), 3);
}

static void long_and_broken_text_still_makes_a_json_line(void **state) {
    (void)state;
    char *text = arena_raw(arena, 100000);
    memset(text, '\x01', 100000);
    struct str worst = {text, 100000};
    log_event(LOG_INFO, "long", LOG_STR("a", worst), LOG_STR("b", worst), LOG_STR("c", worst), LOG_STR("d", worst),
              LOG_STR("e", worst), LOG_INT("f", INT64_MIN));
    struct json *line = only_line();
    assert_true(json_text(json_get(line, STR("a"))).len > 1000);
}

static void text_is_cut_between_characters(void **state) {
    (void)state;
    for (size_t before = 0; before < 3; before++) {
        struct buf b = buf_new(arena, 0);
        buf_add(&b, str_slice(STR("abc"), 0, before));
        for (int i = 0; i < 5000; i++) buf_lit(&b, "\xE2\x82\xAC");
        assert_int_equal(ftruncate(captured, 0), 0);
        lseek(STDERR_FILENO, 0, SEEK_SET);
        log_event(LOG_INFO, "cut", LOG_STR("text", buf_str(&b)));
        assert_true(str_ends(json_text(json_get(only_line(), STR("text"))), STR("\xE2\x82\xAC")));
    }
}

static void bytes_that_are_not_utf8_are_replaced(void **state) {
    (void)state;
    log_event(LOG_INFO, "bytes", LOG_STR("path", STR("/a\xFF\"\\")));
    assert_text(json_text(json_get(only_line(), STR("path"))), "/a???");
}

static void lines_below_the_level_are_not_written(void **state) {
    (void)state;
    log_start(LOG_WARN);
    log_event(LOG_INFO, "quiet", LOG_NONE);
    log_event(LOG_WARN, "loud", LOG_NONE);
    log_stop();
    assert_text(json_text(json_get(only_line(), STR("event"))), "loud");
    log_start(LOG_INFO);
    log_stop();
}

static void a_flush_writes_what_waits(void **state) {
    (void)state;
    log_start(LOG_INFO);
    log_event(LOG_INFO, "waiting", LOG_NONE);
    log_flush();
    assert_text(json_text(json_get(only_line(), STR("event"))), "waiting");
    log_stop();
}

static bool appears_within(int ms) {
    for (int i = 0; i < ms; i++) {
        if (output().len) return true;
        usleep(1000);
    }
    return false;
}

static void lines_appear_by_themselves(void **state) {
    (void)state;
    log_start(LOG_INFO);
    log_event(LOG_INFO, "soon", LOG_NONE);
    assert_int_equal(output().len, 0); // collected, not yet written
    assert_true(appears_within(5000));
    log_stop();
}

enum { LOG_THREADS = 4, LINES_EACH = 5000 };

static void *log_many(void *name) {
    for (int i = 0; i < LINES_EACH; i++) {
        log_event(LOG_INFO, "request", LOG_STR("thread", str_of(name)), LOG_INT("n", i));
        if (i % 1000 == 999) log_flush();
    }
    return NULL;
}

static void no_line_of_many_threads_is_lost_torn_or_out_of_order(void **state) {
    (void)state;
    log_start(LOG_INFO);
    static char names[LOG_THREADS][2] = {"0", "1", "2", "3"};
    pthread_t threads[LOG_THREADS];
    for (int i = 0; i < LOG_THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, log_many, names[i]), 0);
    for (int i = 0; i < LOG_THREADS; i++) pthread_join(threads[i], NULL);
    log_stop();
    int64_t next[LOG_THREADS] = {0};
    struct str out = output(), line;
    struct errors errors = {.arena = arena};
    while (str_split(&out, '\n', &line)) {
        struct json *value = json_parse(arena, line, &errors);
        if (!value) fail_msg("%.*s", STR_ARG(line));
        int thread = json_text(json_get(value, STR("thread"))).ptr[0] - '0';
        assert_int_equal(json_int(json_get(value, STR("n"))), next[thread]++);
    }
    for (int i = 0; i < LOG_THREADS; i++) assert_int_equal(next[i], LINES_EACH);
}

static void lines_that_nobody_reads_are_counted_and_hold_nobody_up(void **state) {
    (void)state;
    int pipe_ends[2];
    assert_int_equal(pipe(pipe_ends), 0);
    dup2(pipe_ends[1], STDERR_FILENO); // a full pipe blocks its writer
    log_start(LOG_INFO);
    char *text = arena_raw(arena, 1000);
    memset(text, 'x', 1000);
    for (int i = 0; i < 20000; i++) log_event(LOG_INFO, "much", LOG_STR("text", ((struct str){text, 1000})));
    fcntl(pipe_ends[0], F_SETFL, O_NONBLOCK);
    static char bytes[1 << 16];
    struct buf all = buf_new(arena, 1 << 16);
    for (int idle = 0; idle < 1000;) { // all that was kept and the count of the rest arrive
        ssize_t n = read(pipe_ends[0], bytes, sizeof bytes);
        if (n > 0) {
            buf_add(&all, (struct str){bytes, (size_t)n});
            idle = 0;
        } else {
            idle++;
            usleep(1000);
        }
    }
    log_stop();
    close(pipe_ends[0]);
    dup2(captured, STDERR_FILENO);
    close(pipe_ends[1]);
    int64_t much = 0, dropped = 0;
    struct str rest = buf_str(&all), line;
    struct errors errors = {.arena = arena};
    while (str_split(&rest, '\n', &line)) {
        struct json *value = json_parse(arena, line, &errors);
        if (!value) fail_msg("%.*s", STR_ARG(line));
        if (str_eqc(json_text(json_get(value, STR("event"))), "log_lines_dropped")) {
            dropped += json_int(json_get(value, STR("count")));
        } else {
            much++;
        }
    }
    assert_true(dropped > 0);
    assert_int_equal(much + dropped, 20000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        CAPTURED(a_line_is_one_json_object),
        CAPTURED(a_line_without_fields_is_whole),
        CAPTURED(long_and_broken_text_still_makes_a_json_line),
        CAPTURED(text_is_cut_between_characters),
        CAPTURED(bytes_that_are_not_utf8_are_replaced),
        CAPTURED(lines_below_the_level_are_not_written),
        CAPTURED(a_flush_writes_what_waits),
        CAPTURED(lines_appear_by_themselves),
        CAPTURED(no_line_of_many_threads_is_lost_torn_or_out_of_order),
        CAPTURED(lines_that_nobody_reads_are_counted_and_hold_nobody_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
