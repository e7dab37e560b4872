/* base_test.h - what the tests of the lowest room share: cmocka, an arena per program, comparison of texts. */
#ifndef BASE_TEST_H
#define BASE_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/errors.h"
#include "base/str.h"

static struct arena *arena; // of the running test

static int arena_setup(void **state) {
    (void)state;
    arena = arena_new((size_t)64 << 20);
    return 0;
}

static int arena_teardown(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

#define assert_text(actual, expected)                                                                                            \
    do {                                                                                                                         \
        struct str actual_ = (actual), expected_ = str_of(expected);                                                             \
        if (!str_eq(actual_, expected_)) fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(actual_), STR_ARG(expected_));             \
    } while (0)

/* Bytes of a file below the directory of data that TENON_DATA names; skips the test, and says so, where there is none. */
static inline struct str test_data(const char *name) {
    const char *root = getenv("TENON_DATA");
    if (!root) {
        printf("SKIPPED: TENON_DATA is not set; it names the directory that holds %s\n", name);
        skip();
    }
    FILE *file = fopen(str_printf(arena, "%s/%s", root, name).ptr, "rb");
    if (!file) fail_msg("cannot open %s", name);
    struct buf bytes = buf_new(arena, 1 << 16);
    for (size_t n = 1; n;) {
        buf_reserve(&bytes, 1 << 16);
        n = fread(bytes.ptr + bytes.len, 1, 1 << 16, file);
        bytes.len += n;
    }
    fclose(file);
    return buf_str(&bytes);
}

#endif
