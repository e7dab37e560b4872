/* test_node.c - ids rise and are never given twice, however many processes and threads make them. */
#include "core/core_test.h"

#include "core/node.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

#define EACH 200000

static int64_t made[4 * EACH];

static void *make_ids(void *arg) {
    int64_t *ids = arg;
    for (int i = 0; i < EACH; i++) ids[i] = id_new();
    return NULL;
}

static int by_value(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void ids_of_many_threads_rise_and_differ(void **state) {
    (void)state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) pthread_create(&threads[i], NULL, make_ids, made + i * EACH);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    for (int t = 0; t < 4; t++)
        for (int i = 1; i < EACH; i++) assert_true(made[t * EACH + i] > made[t * EACH + i - 1]);
    qsort(made, (size_t)4 * EACH, sizeof *made, by_value);
    for (int i = 1; i < 4 * EACH; i++) assert_true(made[i] != made[i - 1]);
    assert_true(made[4 * EACH - 1] < INT64_C(1) << 53);
}

static char url[96];

/* Another process with the same database, which tells its number and then lives until it is killed. */
static pid_t another(int *number) {
    int pipes[2];
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct errors errors = {.arena = arena};
        struct db_options options = {.url = url};
        struct db *own = db_open(&options, &errors);
        if (own) node_start(own);
        int64_t id = own && node_ready(&errors) ? id_new() % 64 : -1;
        if (write(pipes[1], &id, sizeof id) != sizeof id) _exit(1);
        for (;;) pause();
    }
    int64_t id = -2;
    assert_int_equal(read(pipes[0], &id, sizeof id), sizeof id);
    close(pipes[0]);
    close(pipes[1]);
    *number = (int)id;
    return child;
}

static void end(pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static int own_number(void) {
    struct errors errors = {.arena = arena};
    node_start(db);
    assert_true(node_ready(&errors));
    return (int)(id_new() % 64);
}

static int64_t nodes_held(void) {
    return sql_int(as_system(0), "SELECT count(*) FROM nodes WHERE holder <> ''", NO_ARGS);
}

static void each_process_has_a_number_of_its_own_and_the_dead_leave_theirs(void **state) {
    (void)state;
    snprintf(url, sizeof url, "sqlite:%s/test.db", directory);
    int first, second, third;
    pid_t a = another(&first), b = another(&second);
    assert_int_equal(first, 0);
    assert_int_equal(second, 1);
    assert_int_equal(own_number(), 2);
    assert_int_equal(nodes_held(), 3);
    end(a);
    a = another(&third);
    assert_int_equal(third, 0);
    node_stop();
    assert_int_equal(nodes_held(), 2);
    end(a);
    end(b);
}

static bool foreign(struct db_conn *conn, void *arg) {
    const int64_t *seen = arg;
    struct db_stmt *s =
        db_prepare(conn, STR("INSERT INTO nodes (id, holder, seen_at, used_until, created_at, updated_at, version)"
                             " VALUES (?1, 'another machine 7 7', ?2, ?3, 1, 1, 1)"));
    db_bind_int(s, 1, seen[0]);
    db_bind_int(s, 2, seen[1]);
    db_bind_int(s, 3, seen[2]);
    bool ok = db_step(s) == DB_DONE;
    db_reset(s);
    return ok;
}

static void another_machine_s_number_is_free_a_minute_after_it_was_heard_of(void **state) {
    (void)state;
    int64_t lately[] = {0, time_now() - 50000, 0};
    int64_t ahead = id_new() / 64 + 60 * 1000 * 128;
    int64_t long_ago[] = {1, time_now() - 61000, ahead};
    assert_true(db_write_wait(db, DB_PLATFORM, foreign, lately, NULL));
    assert_true(db_write_wait(db, DB_PLATFORM, foreign, long_ago, NULL));
    assert_int_equal(own_number(), 1);
    assert_true(id_new() / 64 > ahead); /* it had borrowed from the future */
    node_stop();
}

static void with_every_number_taken_nothing_is_written(void **state) {
    (void)state;
    for (int64_t i = 0; i < 64; i++) {
        int64_t taken[] = {i, time_now(), 0};
        assert_true(db_write_wait(db, DB_PLATFORM, foreign, taken, NULL));
    }
    node_start(db);
    struct ctx *ctx = as_system(ONE);
    assert_int_equal(create(ctx, "tags", ARGS({"name", TEXT("late")})), 0);
    assert_int_equal(ctx->errors.first->status, 503);
    node_stop();
    assert_int_not_equal(create(ctx, "tags", ARGS({"name", TEXT("late")})), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(ids_of_many_threads_rise_and_differ),
        TEST(each_process_has_a_number_of_its_own_and_the_dead_leave_theirs),
        TEST(another_machine_s_number_is_free_a_minute_after_it_was_heard_of),
        TEST(with_every_number_taken_nothing_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
