/* test_arena.c - memory with one end. */
#include "base_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* Where memory that runs out unwinds to. */
static jmp_buf *edge_of(struct arena *of) {
    static jmp_buf edge;
    arena_catch(of, &edge);
    return &edge;
}

static void allocations_are_zeroed_aligned_and_apart(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 15, 16, 17, 100, 4000, 5000, 20000, 300000, 1, 3};
    unsigned char *all[sizeof sizes / sizeof *sizes];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        all[i] = arena_alloc(arena, sizes[i]);
        assert_int_equal((uintptr_t)all[i] % 16, 0);
        for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(all[i][k], 0);
        memset(all[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(all[i][k], i + 1);
    }
}

static void nothing_is_also_an_allocation(void **state) {
    (void)state;
    assert_non_null(arena_alloc(arena, 0));
    assert_non_null(arena_array(arena, int, 0));
}

static void used_counts_what_was_handed_out(void **state) {
    (void)state;
    assert_int_equal(arena_used(arena), 0);
    arena_alloc(arena, 100);
    arena_alloc(arena, 100000);
    assert_int_equal(arena_used(arena), 100100);
    arena_reset(arena);
    assert_int_equal(arena_used(arena), 0);
}

static void the_newest_allocation_grows_in_place(void **state) {
    (void)state;
    arena_alloc(arena, 1);
    char *p = arena_raw(arena, 10);
    memset(p, 'x', 10);
    assert_ptr_equal(arena_grow(arena, p, 10, 500), p);
    assert_int_equal(p[9], 'x');
    memset(p, 'y', 500);
}

static void an_older_allocation_grows_by_a_copy(void **state) {
    (void)state;
    char *p = arena_raw(arena, 10);
    memset(p, 'x', 10);
    arena_alloc(arena, 1);
    char *grown = arena_grow(arena, p, 10, 500);
    assert_ptr_not_equal(grown, p);
    assert_int_equal(grown[9], 'x');
    memset(grown, 'y', 500);
}

/* Beside a neighbour that would be overwritten if a list had less room than its count says. */
static void a_list_that_grows_keeps_what_it_has(void **state) {
    (void)state;
    int *list = NULL;
    unsigned char *next = NULL;
    for (int i = 0; i < 1000; i++) {
        list = arena_room(arena, list, (size_t)i, sizeof *list);
        list[i] = i * 3;
        if (next) assert_int_equal(*next, 0xa5);
        *(next = arena_raw(arena, 1)) = 0xa5;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(list[i], i * 3);
}

static void a_list_moves_only_when_it_is_full(void **state) {
    (void)state;
    char *list = arena_room(arena, NULL, 0, 1);
    size_t used = arena_used(arena);
    for (size_t i = 1; i < 8; i++) assert_ptr_equal(arena_room(arena, list, i, 1), list);
    assert_int_equal(arena_used(arena), used);
    arena_room(arena, list, 8, 1);
    assert_true(arena_used(arena) > used);
}

static void a_large_allocation_keeps_its_bytes_as_it_grows(void **state) {
    (void)state;
    size_t size = 10;
    unsigned char *p = arena_grow(arena, NULL, 0, size);
    for (size_t i = 0; i < size; i++) p[i] = (unsigned char)(i * 7);
    while (size < ((size_t)8 << 20)) {
        p = arena_grow(arena, p, size, size * 3);
        for (size_t i = size; i < size * 3; i++) p[i] = (unsigned char)(i * 7);
        size *= 3;
        arena_alloc(arena, 5);
    }
    for (size_t i = 0; i < size; i++) assert_int_equal(p[i], (unsigned char)(i * 7));
    assert_ptr_equal(arena_grow(arena, p, size, 5), p);
}

static void what_is_beyond_the_limit_unwinds_to_the_catch(void **state) {
    (void)state;
    struct arena *small = arena_new(1 << 20);
    volatile int allocations = 0;
    if (setjmp(*edge_of(small)) == 0) {
        for (;;) {
            arena_alloc(small, 1000);
            allocations = allocations + 1;
        }
    }
    assert_in_range(allocations, 900, 1048);
    arena_reset(small);
    if (setjmp(*edge_of(small)) == 0) {
        arena_alloc(small, SIZE_MAX - 100);
        fail_msg("more than there is was given");
    }
    if (setjmp(*edge_of(small)) == 0) {
        arena_alloc_array(small, SIZE_MAX / 2, 3);
        fail_msg("the product overflowed");
    }
    arena_free(small);
}

static void growing_beyond_the_limit_unwinds(void **state) {
    (void)state;
    struct arena *small = arena_new(1 << 20);
    volatile size_t size = 16;
    if (setjmp(*edge_of(small)) == 0) {
        char *p = arena_raw(small, size);
        for (;;) {
            p = arena_grow(small, p, size, size * 2);
            size = size * 2;
        }
    }
    assert_in_range(size, 1 << 18, 1 << 20);
    arena_free(small);
}

static void growing_is_counted_once(void **state) {
    (void)state;
    struct arena *small = arena_new(1 << 20);
    for (int round = 0; round < 20; round++) {
        if (setjmp(*edge_of(small)) != 0) fail_msg("round %d", round);
        size_t size = 30000;
        char *p = arena_raw(small, size);
        for (; size < 800000; size += 10000) p = arena_grow(small, p, size, size + 10000);
        p[size - 1] = 'x';
        arena_reset(small);
    }
    arena_free(small);
}

static void the_smallest_limit_allows_a_block(void **state) {
    (void)state;
    struct arena *small = arena_new(1);
    if (setjmp(*edge_of(small)) == 0) {
        memset(arena_alloc(small, 8000), 1, 8000);
    } else {
        fail_msg("16 KB were promised");
    }
    arena_free(small);
}

static void exhausted_without_a_catch_stops_the_program(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(3);
        signal(SIGABRT, SIG_DFL);
        struct arena *small = arena_new(1);
        if (setjmp(*edge_of(small)) == 0) arena_catch(small, NULL);
        arena_alloc(small, 1 << 20);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

static char order[8];

static void note(void *arg) {
    size_t n = strlen(order);
    order[n] = *(char *)arg;
    order[n + 1] = 0;
}

static void deferred_calls_run_newest_first_and_once(void **state) {
    (void)state;
    memset(order, 0, sizeof order);
    struct arena *own = arena_new(1 << 20);
    arena_defer(own, note, &(char){'1'});
    arena_defer(own, note, &(char){'2'});
    arena_defer(own, note, &(char){'3'});
    arena_reset(own);
    assert_string_equal(order, "321");
    arena_defer(own, note, &(char){'4'});
    arena_free(own);
    assert_string_equal(order, "3214");
    arena_free(NULL);
}

static void after_a_reset_the_same_memory_serves_again(void **state) {
    (void)state;
    for (int i = 0; i < 100; i++) arena_alloc(arena, 1000);
    arena_raw(arena, 70000);
    arena_reset(arena);
    char *first = arena_raw(arena, 100), *second = arena_raw(arena, 70000);
    for (int i = 0; i < 100; i++) memset(arena_alloc(arena, 1000), 'z', 1000);
    // All of it came from one block: what was of 256 KB or less needs no other from the second round on.
    char *last = arena_raw(arena, 1000);
    assert_in_range(last - first, 0, 256 << 10);
    arena_reset(arena);
    assert_ptr_equal(arena_raw(arena, 100), first);
    assert_ptr_equal(arena_raw(arena, 70000), second);
    char *p = arena_alloc(arena, 1000);
    for (int i = 0; i < 1000; i++) assert_int_equal(p[i], 0);
}

static void a_reset_keeps_to_the_limit(void **state) {
    (void)state;
    struct arena *small = arena_new(200000);
    for (int round = 0; round < 3; round++) {
        if (setjmp(*edge_of(small)) == 0) {
            memset(arena_alloc(small, 160000), 'x', 160000);
        } else {
            fail_msg("round %d", round);
        }
        arena_reset(small);
    }
    arena_free(small);
}

static void what_is_not_handed_out_is_poisoned(void **state) {
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    char *p = arena_raw(arena, 20);
    assert_false(__asan_address_is_poisoned(p + 19));
    assert_true(__asan_address_is_poisoned(p + 20));
    arena_raw(arena, 20);
    assert_true(__asan_address_is_poisoned(p + 20));
    arena_grow(arena, p, 20, 4000);
    assert_true(__asan_address_is_poisoned(p));
    char *large = arena_raw(arena, 100001);
    assert_true(__asan_address_is_poisoned(large + 100001));
    p = arena_raw(arena, 20);
    arena_reset(arena);
    assert_true(__asan_address_is_poisoned(p));
#else
    printf("SKIPPED: built without the address sanitizer\n");
    skip();
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(allocations_are_zeroed_aligned_and_apart),
        TEST(nothing_is_also_an_allocation),
        TEST(used_counts_what_was_handed_out),
        TEST(the_newest_allocation_grows_in_place),
        TEST(an_older_allocation_grows_by_a_copy),
        TEST(a_list_that_grows_keeps_what_it_has),
        TEST(a_list_moves_only_when_it_is_full),
        TEST(a_large_allocation_keeps_its_bytes_as_it_grows),
        TEST(what_is_beyond_the_limit_unwinds_to_the_catch),
        TEST(growing_beyond_the_limit_unwinds),
        TEST(growing_is_counted_once),
        TEST(the_smallest_limit_allows_a_block),
        TEST(exhausted_without_a_catch_stops_the_program),
        TEST(deferred_calls_run_newest_first_and_once),
        TEST(after_a_reset_the_same_memory_serves_again),
        TEST(a_reset_keeps_to_the_limit),
        TEST(what_is_not_handed_out_is_poisoned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
