/* test_utf8.c - well-formed text. */
#include "base_test.h"

#include "base/utf8.h"

static void well_formed_text_is_taken(void **state) {
    (void)state;
    static const char *const good[] = {"",
                                       "plain",
                                       "\x7F",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF",
                                       "sixteen bytes of ASCII, then \xE2\x82\xAC and some more of it \xF0\x9F\x98\x80"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!utf8_valid(str_of(good[i]))) fail_msg("case %zu was refused", i);
    }
    assert_true(utf8_valid(STR("a\0b")));
}

static void malformed_text_is_refused_at_every_place(void **state) {
    (void)state;
    static const char *const bad[] = {
        "\x80",             // continuation alone
        "\xC0\xAF",         // overlong '/'
        "\xC1\xBF",         // overlong
        "\xE0\x9F\xBF",     // overlong
        "\xF0\x8F\xBF\xBF", // overlong
        "\xED\xA0\x80",     // surrogate
        "\xED\xBF\xBF",     // surrogate
        "\xF4\x90\x80\x80", // beyond U+10FFFF
        "\xF5\x80\x80\x80", // beyond
        "\xFF",
        "\xC3",         // cut short
        "\xE2\x82",     // cut short
        "\xF0\x9F\x98", // cut short
        "\xC3(",
        "\xE2\x82(",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(utf8_valid(str_of(bad[i])));
        for (int before = 0; before < 40; before++) {
            struct str s = str_printf(arena, "%.*s%s", before, "0123456789012345678901234567890123456789", bad[i]);
            if (utf8_valid(s)) fail_msg("case %zu after %d bytes was taken", i, before);
        }
    }
}

static void the_length_of_what_is_well_formed_is_told(void **state) {
    (void)state;
    assert_int_equal(utf8_valid_length(STR("abc\xC3\xA9")), 5);
    assert_int_equal(utf8_valid_length(STR("abc\xC3\xA9\xE2\x82")), 5);
    assert_int_equal(utf8_valid_length(STR("\xFF")), 0);
    assert_int_equal(utf8_ascii_length(STR("abc\xC3\xA9")), 3);
    assert_int_equal(utf8_ascii_length(STR("0123456789abcdef0123456789\xC3\xA9")), 26);
    assert_int_equal(utf8_ascii_length(STR("0123456789abcdef0123456789")), 26);
}

static void characters_are_counted_not_bytes(void **state) {
    (void)state;
    assert_int_equal(utf8_length(STR("")), 0);
    assert_int_equal(utf8_length(STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80")), 4);
}

static void a_prefix_ends_between_characters(void **state) {
    (void)state;
    struct str s = STR("\xC3\xA9\xE2\x82\xAC!");
    assert_text(utf8_prefix(s, 0), "");
    assert_text(utf8_prefix(s, 1), "\xC3\xA9");
    assert_text(utf8_prefix(s, 2), "\xC3\xA9\xE2\x82\xAC");
    assert_text(utf8_prefix(s, 3), "\xC3\xA9\xE2\x82\xAC!");
    assert_text(utf8_prefix(s, 100), "\xC3\xA9\xE2\x82\xAC!");
    assert_text(utf8_prefix(STR("abc"), 2), "ab");
}

static void every_code_point_survives_encoding(void **state) {
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 61) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        char bytes[4];
        struct str rest = {bytes, utf8_encode(c, bytes)};
        assert_true(utf8_valid(rest));
        uint32_t back;
        assert_true(utf8_next(&rest, &back));
        assert_int_equal(back, c);
        assert_int_equal(rest.len, 0);
    }
}

static void malformed_bytes_read_as_replacement_characters(void **state) {
    (void)state;
    struct str rest = STR("a\xFF\xE2\x82z");
    static const uint32_t expected[] = {'a', 0xFFFD, 0xFFFD, 0xFFFD, 'z'};
    uint32_t c;
    for (size_t i = 0; i < 5; i++) {
        assert_true(utf8_next(&rest, &c));
        assert_int_equal(c, expected[i]);
    }
    assert_false(utf8_next(&rest, &c));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(well_formed_text_is_taken),
        TEST(malformed_text_is_refused_at_every_place),
        TEST(characters_are_counted_not_bytes),
        TEST(the_length_of_what_is_well_formed_is_told),
        TEST(a_prefix_ends_between_characters),
        TEST(every_code_point_survives_encoding),
        TEST(malformed_bytes_read_as_replacement_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
