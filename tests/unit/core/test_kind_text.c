/* test_kind_text.c - texts, Markdown and secrets. */
#include "kind_test.h"

static struct str repeated(const char *part, size_t n) {
    struct buf b = buf_new(arena, 1024);
    while (n--) buf_cstr(&b, part);
    return str_dup(arena, buf_str(&b));
}

static void a_text_is_kept_byte_for_byte(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TEXT(100));
    static const char *const texts[] = {" two  spaces ",
                                        "\ttab",
                                        "'; DROP TABLE leads; --",
                                        "<script>alert(1)</script>",
                                        "Ω≈ç√∫˜µ",
                                        "田中さん",
                                        "🐵 🙈",
                                        "=1+1",
                                        "null",
                                        "%s%n",
                                        "   "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value value = test_parse(f, &env, texts[i]);
        assert_text(value.text, texts[i]);
        assert_text(test_written(kind_to_text, f, &env, value), texts[i]);
        assert_text(test_written(kind_to_display, f, &env, value), texts[i]);
        struct str json = test_written(kind_to_json, f, &env, value);
        assert_text(test_from_json(f, &env, json.ptr ? str_cstr(arena, json) : "").text, texts[i]);
    }
}

static void the_length_is_counted_in_characters_and_the_refusal_tells_both(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TEXT(3));
    assert_text(test_parse(f, &env, "äöü").text, "äöü");
    const struct error *error = test_refusal(f, &env, "äöüß");
    assert_string_equal(error->code, "too_long");
    assert_true(str_has(error->message, "3") && str_has(error->message, "4"));
    REFUSES(FIELD(.kind = &kind_text, .min = 3, .max = 9), &env, "ab", "too_short");
    f = FIELD(.kind = &kind_text);
    test_parse(f, &env, repeated("é", 255).ptr);
    REFUSES(f, &env, repeated("é", 256).ptr, "too_long");
}

static void one_line_means_one_line(void **state) {
    (void)state;
    struct kind_env env = test_env();
    REFUSES(FIELD(F_TEXT(20)), &env, "a\nb", "line_break", "a\rb", "line_break", "a\x1b[31m", "control_character", "\x7f",
            "control_character", "\x01", "control_character");
    assert_text(test_parse(FIELD(F_TEXT(20), .flags = MULTILINE), &env, "a\r\nb\n").text, "a\r\nb\n");
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TEXT(20), .flags = MULTILINE);
    REFUSES(f, &env, "\xff", "invalid_text", "\xed\xa0\x80", "invalid_text", "\xc0\xaf", "invalid_text");
    struct errors errors = {.arena = arena};
    struct value value;
    assert_false(kind_parse(f, &env, STR("a\0b"), &value, &errors));
    assert_string_equal(errors.first->code, "control_character");
    REFUSES_JSON(f, &env, "1", "wrong_type", "true", "wrong_type", "[]", "wrong_type", "{}", "wrong_type");
}

static void nothing_is_null(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TEXT(20));
    assert_true(value_is_null(test_parse(f, &env, "")));
    assert_true(value_is_null(test_from_json(f, &env, "null")));
    assert_true(value_is_null(test_from_json(f, &env, "\"\"")));
    assert_text(test_written(kind_to_json, f, &env, VALUE_NONE), "null");
    assert_text(test_written(kind_to_text, f, &env, VALUE_NONE), "");
    assert_text(test_written(kind_to_display, f, &env, VALUE_NONE), "");
    assert_text(test_written(kind_to_input, f, &env, VALUE_NONE), "");
}

static void the_schema_of_a_text_tells_its_limits(void **state) {
    (void)state;
    assert_text(test_schema(FIELD(F_TEXT(40))), "\"type\":\"string\",\"maxLength\":40");
    assert_text(test_schema(FIELD(.kind = &kind_text, .min = 2, .max = 3)),
                "\"type\":\"string\",\"minLength\":2,\"maxLength\":3");
    assert_text(test_schema(FIELD(.kind = &kind_text)), "\"type\":\"string\",\"maxLength\":255");
}

static void markdown_keeps_its_lines_as_given(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_MARKDOWN);
    const char *text = "# Title\r\n\r\n* one\n* <b>two</b>\n  ";
    assert_text(test_parse(f, &env, text).text, text);
    test_parse(f, &env, repeated("ü", 65536).ptr);
    REFUSES(f, &env, repeated("ü", 65537).ptr, "too_long");
    assert_false(kind_markdown.sortable);
}

static void a_secret_is_taken_whole_and_never_written(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_SECRET);
    assert_text(test_parse(f, &env, " pass word ").text, " pass word ");
    assert_text(test_from_json(f, &env, "\"hunter2\"").text, "hunter2");
    struct value stored = value_int(12345), plain = value_text(STR("hunter2"));
    assert_text(test_written(kind_to_json, f, &env, stored), "true");
    assert_text(test_written(kind_to_json, f, &env, VALUE_NONE), "null");
    assert_text(test_written(kind_to_text, f, &env, stored), "");
    assert_text(test_written(kind_to_input, f, &env, stored), "");
    assert_text(test_written(kind_to_display, f, &env, stored), "••••••••");
    assert_text(test_written(kind_to_json, f, &env, plain), "true");
    assert_text(test_written(kind_to_text, f, &env, plain), "");
    REFUSES(f, &env, repeated("x", 4097).ptr, "too_long");
    REFUSES_JSON(f, &env, "true", "wrong_type", "17", "wrong_type");
    assert_int_equal(kind_secret.ops, 0);
    assert_false(kind_secret.searchable || kind_secret.sortable);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_kept_byte_for_byte),
        TEST(the_length_is_counted_in_characters_and_the_refusal_tells_both),
        TEST(one_line_means_one_line),
        TEST(what_is_no_text_is_refused),
        TEST(nothing_is_null),
        TEST(the_schema_of_a_text_tells_its_limits),
        TEST(markdown_keeps_its_lines_as_given),
        TEST(a_secret_is_taken_whole_and_never_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
