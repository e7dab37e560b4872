/* test_str.c - texts as pointer and length. */
#include "base_test.h"

static void equality_looks_at_every_byte_and_the_length(void **state) {
    (void)state;
    assert_true(str_eq(STR("abc"), STR("abc")));
    assert_false(str_eq(STR("abc"), STR("abd")));
    assert_false(str_eq(STR("abc"), STR("ab")));
    assert_true(str_eq(STR(""), (struct str){NULL, 0}));
    assert_true(str_eqc(STR("a"), "a"));
    assert_true(str_eqc(STR(""), NULL));
    assert_true(str_eq(STR("a\0b"), STR("a\0b")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
}

static void ascii_case_is_ignored_and_no_other(void **state) {
    (void)state;
    assert_true(str_ieq(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_ieq(STR("a"), STR("ab")));
    assert_false(str_ieq(STR("@"), STR("`"))); // differ in the same bit as letters do
    assert_false(str_ieq(STR("\xC3\x89"), STR("\xC3\xA9")));
    assert_text(str_lower(arena, STR("Q\xC3\x89[Z")), "q\xC3\x89[z");
}

static void prefixes_and_suffixes_are_found(void **state) {
    (void)state;
    assert_true(str_starts(STR("/api/v1"), STR("/api")));
    assert_false(str_starts(STR("/ap"), STR("/api")));
    assert_true(str_ends(STR("a.csv"), STR(".csv")));
    assert_false(str_ends(STR("csv"), STR(".csv")));
    assert_true(str_starts(STR("x"), STR("")) && str_ends(STR(""), STR("")));
}

static void order_is_by_bytes_and_shorter_first(void **state) {
    (void)state;
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("b"), STR("a")) > 0);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("\xFF"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR("ab"), STR("ab")), 0);
}

static void searching_gives_the_first_index_or_minus_one(void **state) {
    (void)state;
    assert_int_equal(str_index(STR("a=b=c"), '='), 1);
    assert_int_equal(str_index(STR("abc"), '='), -1);
    assert_int_equal(str_index((struct str){NULL, 0}, '='), -1);
    assert_int_equal(str_find(STR("one two"), STR("two")), 4);
    assert_int_equal(str_find(STR("one two"), STR("three")), -1);
    assert_int_equal(str_find(STR("one"), STR("")), 0);
}

static void slices_are_clamped_to_the_text(void **state) {
    (void)state;
    assert_text(str_slice(STR("hello"), 1, 3), "el");
    assert_text(str_slice(STR("hello"), 3, 100), "lo");
    assert_text(str_slice(STR("hello"), 9, 12), "");
    assert_text(str_slice(STR("hello"), 3, 1), "");
}

static void trimming_takes_ascii_space_off_both_ends(void **state) {
    (void)state;
    assert_text(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_text(str_trim(STR("   ")), "");
    assert_text(str_trim(STR("\xC2\xA0")), "\xC2\xA0");
}

static void splitting_keeps_empty_parts_but_not_one_after_the_last_separator(void **state) {
    (void)state;
    struct str rest = STR("a,,b,"), part;
    const char *expected[] = {"a", "", "b"};
    for (int i = 0; i < 3; i++) {
        assert_true(str_split(&rest, ',', &part));
        assert_text(part, expected[i]);
    }
    assert_false(str_split(&rest, ',', &part));
    rest = STR("");
    assert_false(str_split(&rest, ',', &part));
}

static void words_are_separated_by_any_space(void **state) {
    (void)state;
    struct str rest = STR("  draft\tsent \n"), word;
    assert_true(str_word(&rest, &word));
    assert_text(word, "draft");
    assert_true(str_word(&rest, &word));
    assert_text(word, "sent");
    assert_false(str_word(&rest, &word));
    assert_true(str_in_words("sales billing", STR("billing")));
    assert_false(str_in_words("sales billing", STR("bill")));
    assert_false(str_in_words("sales billing", STR("")));
    assert_false(str_in_words(NULL, STR("sales")));
}

static void whole_numbers_are_read_to_the_last_that_fits(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } cases[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"+17", true, 17},
        {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0},
        {"", false, 0},
        {"-", false, 0},
        {"1.0", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"0x1", false, 0},
        {"--1", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t n = 42;
        if (str_to_int(str_of(cases[i].text), &n) != cases[i].ok) fail_msg("case %zu: \"%s\"", i, cases[i].text);
        assert_int_equal(n, cases[i].ok ? cases[i].value : 42);
    }
}

static void copies_are_terminated_and_their_own(void **state) {
    (void)state;
    char original[] = "abc";
    struct str copy = str_dup(arena, (struct str){original, 2});
    original[0] = 'x';
    assert_text(copy, "ab");
    assert_int_equal(copy.ptr[2], 0);
    assert_string_equal(str_cstr(arena, (struct str){NULL, 0}), "");
}

static void formatted_text_may_be_of_any_length(void **state) {
    (void)state;
    assert_text(str_printf(arena, "%s-%d", "a", 5), "a-5");
    for (int width = 254; width <= 258; width++) {
        struct str s = str_printf(arena, "%*d", width, 7);
        assert_int_equal(s.len, width);
        assert_int_equal(s.ptr[s.len - 1], '7');
        assert_int_equal(s.ptr[s.len], 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(equality_looks_at_every_byte_and_the_length),
        TEST(ascii_case_is_ignored_and_no_other),
        TEST(prefixes_and_suffixes_are_found),
        TEST(order_is_by_bytes_and_shorter_first),
        TEST(searching_gives_the_first_index_or_minus_one),
        TEST(slices_are_clamped_to_the_text),
        TEST(trimming_takes_ascii_space_off_both_ends),
        TEST(splitting_keeps_empty_parts_but_not_one_after_the_last_separator),
        TEST(words_are_separated_by_any_space),
        TEST(whole_numbers_are_read_to_the_last_that_fits),
        TEST(copies_are_terminated_and_their_own),
        TEST(formatted_text_may_be_of_any_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
