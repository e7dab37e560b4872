/* test_archive.c - what is written into an archive is read from it, and nothing is read from one that was touched. */
#include "base/base_test.h"
#include "core/archive_test.h"

#include <sodium.h>

/* Three chunks: what there is, rows, the end. */
static struct str written(const struct archive_secret *secret, const char *rows) {
    struct buf file = buf_new(arena, 1024);
    struct errors errors = {.arena = arena};
    struct archive_writer *w = archive_create(arena, archive_test_write, &file, &archive_test_header, secret, &errors);
    assert_non_null(w);
    assert_true(archive_write(w, ARCHIVE_INFO, STR("{}")));
    assert_true(archive_write(w, ARCHIVE_ROWS, str_of(rows)));
    assert_true(archive_write(w, ARCHIVE_END, STR("")));
    assert_int_equal(archive_written(w), (int64_t)file.len);
    return buf_str(&file);
}

/* The code of the first error of reading it all; "" where it is sound. *rows (may be NULL) gets what ARCHIVE_ROWS held. */
static const char *read_all(struct str file, const struct archive_secret *secret, struct str *rows) {
    struct errors errors = {.arena = arena};
    struct archive_reader *r = archive_open(arena, archive_test_read, &file, secret, &errors);
    enum archive_kind kind;
    struct str bytes;
    bool ended = false;
    while (r && archive_read(r, &kind, &bytes)) {
        if (kind == ARCHIVE_ROWS && rows) *rows = str_dup(arena, bytes);
        ended = kind == ARCHIVE_END;
    }
    assert_true(ended || errors.count);
    return errors.count ? errors.first->code : "";
}

static void what_is_written_is_read(void **state) {
    (void)state;
    const struct archive_secret phrase = {.kind = ARCHIVE_PASSPHRASE, .text = STR("correct horse")};
    const struct archive_secret *const secrets[] = {&archive_test_unlocked, &archive_test_key, &phrase};
    for (int i = 0; i < 3; i++) {
        struct str rows, file = written(secrets[i], "the rows");
        assert_string_equal(read_all(file, secrets[i], &rows), "");
        assert_true(str_eqc(rows, "the rows"));
        assert_int_equal(str_find(file, STR("the rows")) >= 0, i == 0); // packed so small a text stands as it is
    }
}

static void header_says_what_it_is(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    struct str file = written(&archive_test_key, "x");
    const struct archive_header *h = archive_header(archive_open(arena, archive_test_read, &file, &archive_test_key, &errors));
    assert_true(str_eqc(h->what, "backup") && str_eqc(h->program, "0.1.0") && h->encrypted);
    assert_true(h->schema == 2 && h->made_at == INT64_C(1700000000000));
}

static void a_large_chunk_comes_back(void **state) {
    (void)state;
    size_t n = 3 << 20;
    char *bytes = arena_raw(arena, n + 1);
    randombytes_buf(bytes, n);
    for (size_t i = 0; i < n; i++) bytes[i] = (char)(bytes[i] | 1); // no NUL
    bytes[n] = 0;
    struct str rows;
    assert_string_equal(read_all(written(&archive_test_key, bytes), &archive_test_key, &rows), "");
    assert_true(str_eqc(rows, bytes));
}

static void every_changed_byte_is_noticed(void **state) {
    (void)state;
    const struct archive_secret *const secrets[] = {&archive_test_unlocked, &archive_test_key};
    for (int s = 0; s < 2; s++) {
        struct str file = written(secrets[s], "the rows");
        for (size_t i = 0; i < file.len; i++) {
            for (int bit = 0; bit < 8; bit += 3) {
                struct str touched = str_dup(arena, file);
                ((char *)(uintptr_t)touched.ptr)[i] ^= (char)(1 << bit);
                const char *code = read_all(touched, secrets[s], NULL);
                if (!*code) fail_msg("byte %zu, bit %d", i, bit);
            }
        }
    }
}

static void every_missing_end_is_noticed(void **state) {
    (void)state;
    struct str file = written(&archive_test_key, "the rows");
    for (size_t n = 0; n < file.len; n++) {
        const char *code = read_all(str_slice(file, 0, n), &archive_test_key, NULL);
        assert_string_equal(code, n < 16 ? "not_a_backup" : "backup_truncated");
    }
    assert_string_equal(read_all(str_printf(arena, "%.*s!", 0, ""), &archive_test_key, NULL), "not_a_backup");
    struct buf more = buf_new(arena, file.len + 1);
    buf_add(&more, file);
    buf_char(&more, '!');
    assert_string_equal(read_all(buf_str(&more), &archive_test_key, NULL), "backup_damaged");
}

/* Where the chunk after `at` ends. */
static size_t chunk_after(struct str file, size_t at) {
    const unsigned char *p = (const unsigned char *)file.ptr + at + 5;
    return at + 9 + ((size_t)p[0] | (size_t)p[1] << 8 | (size_t)p[2] << 16) + 32;
}

static void chunks_stay_in_their_place(void **state) {
    (void)state;
    struct str file = written(&archive_test_unlocked, "the rows");
    const unsigned char *length = (const unsigned char *)file.ptr + 12;
    size_t first = 16 + ((size_t)length[0] | (size_t)length[1] << 8), second = chunk_after(file, first),
           third = chunk_after(file, second);
    struct buf without = buf_new(arena, file.len), twice = buf_new(arena, 2 * file.len);
    buf_add(&without, str_slice(file, 0, second));
    buf_add(&without, str_slice(file, third, file.len));
    assert_string_equal(read_all(buf_str(&without), &archive_test_unlocked, NULL), "backup_damaged");
    buf_add(&twice, str_slice(file, 0, third));
    buf_add(&twice, str_slice(file, second, file.len));
    assert_string_equal(read_all(buf_str(&twice), &archive_test_unlocked, NULL), "backup_damaged");
}

static void another_key_does_not_open_it(void **state) {
    (void)state;
    struct str file = written(&archive_test_key, "x");
    const struct archive_secret phrase = {.kind = ARCHIVE_PASSPHRASE, .text = archive_test_key.text};
    assert_string_equal(read_all(file, &archive_test_other, NULL), "wrong_key");
    assert_string_equal(read_all(file, &archive_test_unlocked, NULL), "key_needed");
    assert_string_equal(read_all(file, &phrase, NULL), "key_needed");
    assert_string_equal(read_all(written(&archive_test_unlocked, "x"), &archive_test_key, NULL), "");
}

static void a_newer_format_is_refused(void **state) {
    (void)state;
    struct str file = written(&archive_test_unlocked, "x");
    ((char *)(uintptr_t)file.ptr)[8] = 2;
    assert_string_equal(read_all(file, &archive_test_unlocked, NULL), "backup_newer");
}

static void values_come_back_exactly(void **state) {
    (void)state;
    const struct value values[] = {VALUE_NONE,
                                   value_int(0),
                                   value_int(-1),
                                   value_int(63),
                                   value_int(64),
                                   value_int(-65),
                                   value_int(INT64_MAX),
                                   value_int(INT64_MIN),
                                   value_text(STR("")),
                                   value_text(STR("a\0b\xff")),
                                   value_text(str_printf(arena, "%300d", 7))};
    size_t n = sizeof values / sizeof *values;
    struct buf b = buf_new(arena, 64);
    for (size_t i = 0; i < n; i++) archive_put_value(&b, values[i]);
    struct str rest = buf_str(&b);
    for (size_t i = 0; i < n; i++) {
        struct value value;
        assert_true(archive_get_value(&rest, &value));
        assert_true(value_eq(value, values[i]));
    }
    assert_int_equal(rest.len, 0);
}

static void half_a_value_is_none(void **state) {
    (void)state;
    static const struct str halves[] = {STR_INIT(""),         STR_INIT("\x03"),
                                        STR_INIT("\x01"),     STR_INIT("\x01\x80"),
                                        STR_INIT("\x02\x02a"), STR_INIT("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
                                        STR_INIT("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f")};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++) {
        struct str rest = halves[i];
        struct value value;
        assert_false(archive_get_value(&rest, &value));
    }
}

int main(void) {
    if (sodium_init() < 0) return 1;
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_is_read),     TEST(header_says_what_it_is),       TEST(a_large_chunk_comes_back),
        TEST(every_changed_byte_is_noticed), TEST(every_missing_end_is_noticed), TEST(chunks_stay_in_their_place),
        TEST(another_key_does_not_open_it), TEST(a_newer_format_is_refused),    TEST(values_come_back_exactly),
        TEST(half_a_value_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
