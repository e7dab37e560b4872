/* test_kind_choice.c - choices of one and of several, tags, booleans and colours. */
#include "kind_test.h"

static void a_choice_is_one_of_its_words(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_CHOICE("new", "in_progress", "won"));
    CASES(f, &env, {"in_progress", "\"in_progress\"", "in_progress", "In progress"}, {" won ", "\"won\"", "won", "Won"});
    const struct error *error = test_refusal(f, &env, "lost");
    assert_string_equal(error->code, "not_allowed");
    assert_text(error->message, "Choose one of: new, in_progress, won.");
    REFUSES(f, &env, "Won", "not_allowed", "new,won", "not_allowed", "ne", "not_allowed");
    REFUSES_JSON(f, &env, "1", "wrong_type", "[\"won\"]", "wrong_type", "\"lost\"", "not_allowed");
    assert_text(test_schema(f), "\"type\":\"string\",\"enum\":[\"new\",\"in_progress\",\"won\"]");
}

static void choices_stand_once_in_declared_order(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_CHOICES("mon", "tue", "after_hours"));
    CASES(f, &env, {"after_hours, mon", "[\"mon\",\"after_hours\"]", "mon, after_hours", "Mon, After hours"},
          {"tue,tue", "[\"tue\"]", "tue", "Tue"}, {"\"mon\",\"tue\"", "[\"mon\",\"tue\"]"});
    assert_text(test_from_json(f, &env, "[\"tue\",\"mon\",\"tue\"]").text, "[\"mon\",\"tue\"]");
    assert_true(value_is_null(test_from_json(f, &env, "[]")));
    assert_true(value_is_null(test_parse(f, &env, " , ")));
    assert_text(test_refusal(f, &env, "mon, sun")->message, "Choose among: mon, tue, after_hours.");
    REFUSES(f, &env, "\"mon", "open_quote", "\"mon\"tue", "open_quote");
    REFUSES_JSON(f, &env, "\"mon\"", "wrong_type", "[1]", "wrong_type", "[\"sun\"]", "not_allowed", "{\"mon\":true}",
                 "wrong_type");
}

static void tags_keep_their_order_and_their_commas(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TAGS);
    CASES(f, &env, {"vip, north", "[\"vip\",\"north\"]", "vip, north", "vip, north"},
          {"\"Smith, Jones\", b", "[\"Smith, Jones\",\"b\"]", "\"Smith, Jones\", b", "Smith, Jones, b"},
          {"\"6\"\" pipe\"", "[\"6\\\" pipe\"]", "\"6\"\" pipe\"", "6\" pipe"}, {"a,,a, ,b,", "[\"a\",\"b\"]", "a, b"});
    assert_text(test_from_json(f, &env, "[\"b\",\"a\",\"b\",\" a \"]").text, "[\"b\",\"a\"]");
    assert_true(value_is_null(test_from_json(f, &env, "[]")));
    struct value odd = test_from_json(f, &env, "[\"<b>\",\"\\\"\",\"a,b\"]");
    struct str text = test_written(kind_to_text, f, &env, odd);
    assert_true(value_eq(test_parse(f, &env, str_cstr(arena, text)), odd));
}

static void tags_are_few_and_short(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TAGS);
    struct buf most = buf_new(arena, 512);
    for (int i = 0; i < 50; i++) buf_printf(&most, "t%d,", i);
    const char *fifty = str_cstr(arena, buf_str(&most));
    test_parse(f, &env, fifty);
    REFUSES(f, &env, str_printf(arena, "%st50", fifty).ptr, "too_many", "12345678901234567890123456789012345678901234567890x",
            "too_long", "a\nb", "line_break", "\"open", "open_quote");
    REFUSES_JSON(f, &env, "[\"\"]", "too_short", "[\" \"]", "too_short", "[null]", "wrong_type", "\"a\"", "wrong_type",
                 "[\"a\\u0001\"]", "control_character");
}

static void a_flood_of_tags_is_refused_quickly(void **state) {
    (void)state;
    struct kind_env env = test_env();
    struct buf b = buf_new(arena, 1 << 20);
    for (int i = 0; i < 100000; i++) buf_printf(&b, "%d,", i);
    int64_t before = time_monotonic();
    REFUSES(FIELD(F_TAGS), &env, str_cstr(arena, buf_str(&b)), "too_many");
    assert_true(time_monotonic() - before < 2000000);
}

static void booleans_are_read_from_words_and_from_json_only_as_such(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_BOOL);
    static const char *const yes[] = {"true", "1", "yes", "on", "TRUE", "Yes"}, *const no[] = {"false", "0",  "no",
                                                                                               "off",   "No", "OFF"};
    for (size_t i = 0; i < 6; i++) {
        CASES(f, &env, {yes[i], "true", "true", "Yes"}, {no[i], "false", "false", "No"});
    }
    assert_int_equal(test_from_json(f, &env, "true").integer, 1);
    assert_int_equal(test_from_json(f, &env, "false").integer, 0);
    REFUSES(f, &env, "y", "not_a_bool", "2", "not_a_bool", "maybe", "not_a_bool");
    REFUSES_JSON(f, &env, "1", "wrong_type", "\"true\"", "wrong_type", "\"\"", "wrong_type");
}

static void colours_are_hex_or_a_hue_of_the_design(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_COLOR);
    CASES(f, &env, {"#1E6FD9", "\"#1e6fd9\"", "#1e6fd9", "#1e6fd9"}, {"Teal", "\"teal\"", "teal", "Teal"});
    static const char *const hues[] = {"gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"};
    for (size_t i = 0; i < sizeof hues / sizeof *hues; i++) assert_text(test_parse(f, &env, hues[i]).text, hues[i]);
    REFUSES(f, &env, "#12345", "not_a_color", "#1234567", "not_a_color", "#12345g", "not_a_color", "red;", "not_a_color",
            "url(x)", "not_a_color", "red blue", "not_a_color");
    assert_true(str_has(test_schema(f), "|violet)$"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_choice_is_one_of_its_words),           TEST(choices_stand_once_in_declared_order),
        TEST(tags_keep_their_order_and_their_commas), TEST(tags_are_few_and_short),
        TEST(a_flood_of_tags_is_refused_quickly),     TEST(booleans_are_read_from_words_and_from_json_only_as_such),
        TEST(colours_are_hex_or_a_hue_of_the_design),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
