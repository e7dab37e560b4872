/* archive_test.h - archives in memory, for tests: where they are written, and where they are read from. */
#ifndef ARCHIVE_TEST_H
#define ARCHIVE_TEST_H

#include "core/archive.h"

static inline int64_t archive_test_write(void *arg, void *bytes, size_t n) {
    buf_add(arg, (struct str){bytes, n});
    return (int64_t)n;
}

/* At most 1,000 bytes at a time, as a pipe might. */
static inline int64_t archive_test_read(void *arg, void *bytes, size_t n) {
    struct str *rest = arg;
    if (n > rest->len) n = rest->len;
    if (n > 1000) n = 1000;
    if (n) memcpy(bytes, rest->ptr, n);
    *rest = str_slice(*rest, n, rest->len);
    return (int64_t)n;
}

static const struct archive_header archive_test_header = {
    .what = STR_INIT("backup"), .program = STR_INIT("0.1.0"), .schema = 2, .made_at = INT64_C(1700000000000)};
static const struct archive_secret archive_test_unlocked = {.kind = ARCHIVE_UNLOCKED};
static const struct archive_secret archive_test_key = {.kind = ARCHIVE_KEY_FILE,
                                                       .text = STR_INIT("0123456789abcdef0123456789abcdef")};
static const struct archive_secret archive_test_other = {.kind = ARCHIVE_KEY_FILE,
                                                         .text = STR_INIT("0123456789abcdef0123456789abcdeF")};

#endif
