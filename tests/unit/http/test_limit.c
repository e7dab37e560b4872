/* test_limit.c - counted tries. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdatomic.h>

#include "http/limit.h"

static struct limit limit = {.most = 3, .window_ms = 1000, .lock = PTHREAD_MUTEX_INITIALIZER};

static int forget(void **state) {
    (void)state;
    memset(limit.slots, 0, sizeof limit.slots);
    return 0;
}

static void the_fourth_of_three_tries_has_to_wait(void **state) {
    (void)state;
    int wait = 0;
    for (int i = 0; i < 3; i++) assert_true(limit_take(&limit, STR("ann"), 100, &wait));
    assert_false(limit_take(&limit, STR("ann"), 200, &wait));
    assert_int_equal(wait, 1);
    assert_true(limit_take(&limit, STR("ben"), 200, &wait));
}

static void after_the_window_counting_begins_anew(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++) limit_take(&limit, STR("ann"), 100, NULL);
    assert_false(limit_take(&limit, STR("ann"), 1099, NULL));
    assert_true(limit_take(&limit, STR("ann"), 1100, NULL));
}

static void a_success_clears_the_count(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) limit_take(&limit, STR("ann"), 100, NULL);
    limit_clear(&limit, STR("ann"));
    assert_true(limit_take(&limit, STR("ann"), 100, NULL));
    limit_clear(&limit, STR("nobody"));
}

static void a_try_that_was_no_guess_is_given_back(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) limit_take(&limit, STR("ann"), 100, NULL);
    limit_return(&limit, STR("ann"));
    limit_return(&limit, STR("nobody"));
    assert_true(limit_take(&limit, STR("ann"), 100, NULL));
    assert_false(limit_take(&limit, STR("ann"), 100, NULL));
}

static atomic_int granted;
static void *hurry(void *arg) {
    (void)arg;
    for (int i = 0; i < 1000; i++) atomic_fetch_add(&granted, limit_take(&limit, STR("ann"), 100, NULL));
    return NULL;
}

static void parallel_tries_do_not_slip_through(void **state) {
    (void)state;
    pthread_t threads[8];
    atomic_store(&granted, 0);
    for (int i = 0; i < 8; i++) pthread_create(&threads[i], NULL, hurry, NULL);
    for (int i = 0; i < 8; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&granted), 3);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup(function, forget)
    const struct CMUnitTest tests[] = {
        TEST(the_fourth_of_three_tries_has_to_wait),
        TEST(after_the_window_counting_begins_anew),
        TEST(a_success_clears_the_count),
        TEST(a_try_that_was_no_guess_is_given_back),
        TEST(parallel_tries_do_not_slip_through),
    };
    return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
