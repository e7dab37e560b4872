/* test_json.c - JSON from outside, read with limits. */
#include "base_test.h"

#include "base/json.h"

static struct json *parsed(const char *text) {
    struct errors errors = {.arena = arena};
    struct json *value = json_parse(arena, str_of(text), &errors);
    if (!value) fail_msg("%s: %.*s", text, STR_ARG(errors.first->message));
    return value;
}

static struct str round_trip(const char *text) {
    struct buf b = buf_new(arena, 0);
    buf_json_value(&b, parsed(text));
    return buf_str(&b);
}

static struct str refusal(struct str text) {
    struct errors errors = {.arena = arena};
    assert_null(json_parse(arena, text, &errors));
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.first->status, 400);
    assert_string_equal(errors.first->code, "malformed_json");
    return errors.first->message;
}

static void each_type_is_told_and_read(void **state) {
    (void)state;
    struct json *o = parsed("{\"n\":null,\"t\":true,\"f\":false,\"i\":-7,\"r\":1.5,\"s\":\"caf\\u00e9\",\"a\":[1,2],\"o\":{}}");
    assert_int_equal(json_type(o), JSON_T_OBJECT);
    assert_int_equal(json_count(o), 8);
    assert_int_equal(json_type(json_get(o, STR("n"))), JSON_T_NULL);
    assert_int_equal(json_type(json_get(o, STR("t"))), JSON_T_BOOL);
    assert_true(json_bool(json_get(o, STR("t"))));
    assert_false(json_bool(json_get(o, STR("f"))));
    assert_int_equal(json_type(json_get(o, STR("i"))), JSON_T_INT);
    assert_int_equal(json_int(json_get(o, STR("i"))), -7);
    assert_int_equal(json_type(json_get(o, STR("r"))), JSON_T_REAL);
    assert_int_equal(json_type(json_get(o, STR("s"))), JSON_T_STRING);
    assert_text(json_text(json_get(o, STR("s"))), "caf\xC3\xA9");
    assert_int_equal(json_type(json_get(o, STR("a"))), JSON_T_ARRAY);
    assert_int_equal(json_count(json_get(o, STR("a"))), 2);
    assert_int_equal(json_int(json_at(json_get(o, STR("a")), 1)), 2);
    assert_int_equal(json_type(json_get(o, STR("o"))), JSON_T_OBJECT);
}

static void what_is_absent_reads_as_nothing(void **state) {
    (void)state;
    struct json *o = parsed("{\"key\":[1]}");
    assert_int_equal(json_type(NULL), JSON_T_NONE);
    assert_null(json_get(o, STR("ke")));
    assert_null(json_get(o, STR("key ")));
    assert_null(json_get(NULL, STR("key")));
    assert_null(json_get(json_get(o, STR("key")), STR("key")));
    assert_null(json_at(json_get(o, STR("key")), 1));
    assert_null(json_at(o, 0));
    assert_text(json_text(o), "");
    assert_text(json_text(NULL), "");
    assert_int_equal(json_int(NULL), 0);
    assert_int_equal(json_int(o), 0);
    assert_false(json_bool(NULL));
    assert_int_equal(json_count(NULL), 0);
}

static void members_are_walked_in_the_order_written(void **state) {
    (void)state;
    struct json *o = parsed("{\"z\":1,\"a\":2,\"m\":3,\"b\":4,\"0\":5}");
    static const char *const keys[] = {"z", "a", "m", "b", "0"};
    void *iterator = NULL;
    struct str key;
    const struct json *value;
    int n = 0;
    while (json_next(o, &iterator, &key, &value)) {
        assert_text(key, keys[n]);
        assert_int_equal(json_int(value), ++n);
    }
    assert_int_equal(n, 5);
    iterator = NULL;
    assert_false(json_next(parsed("{}"), &iterator, &key, &value));
    iterator = NULL;
    assert_false(json_next(NULL, &iterator, &key, &value));
}

static void text_comes_back_as_it_was(void **state) {
    (void)state;
    static const char *const same[] = {
        "{}",
        "[]",
        "null",
        "true",
        "-0.5",
        "\"x\"",
        "[[],{},[{}]]",
        "{\"b\":1,\"a\":[1,2.5,\"x\",null,false]}",
        "9223372036854775807",
        "-9223372036854775808",
        "0.1",
        "19.99",
        "1e+300",
        "1e-300",
        "2.0",
        "-0.0",
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\xF0\x9F\x98\x80\"",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_text(round_trip(same[i]), same[i]);
    assert_text(round_trip(" { \"a\" : [ 1 , 2 ] } \n"), "{\"a\":[1,2]}");
}

static void numbers_keep_the_decimals_that_were_written(void **state) {
    (void)state;
    static const char *const numbers[] = {"19.99", "0.1", "1234567.89",     "-0.05",
                                          "100",   "3",   "99999999999.99", "0.30000000000000004"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_text(json_number_text(arena, parsed(numbers[i])), numbers[i]);
    }
    assert_text(json_number_text(arena, parsed("1e2")), "100");
    assert_text(json_number_text(arena, parsed("2.50")), "2.5");
}

static void what_is_malformed_is_refused_with_its_place(void **state) {
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"", "line 1, column 1: the text ends too early"},
        {"{\"a\":1", "the text ends too early"},
        {"{\n  \"a\": 1,\n  \"a\": 2\n}", "line 3, column 6: a key stands twice in one object"},
        {"[1] x", "something stands after the end"},
        {"[1e999]", "a number is too large"},
        {"[9223372036854775808]", "a number is too large"},
        {"[\"\\u0000\"]", "a NUL character is not allowed"},
        {"{\"\\u0000\":1}", "a NUL character is not allowed"},
        {"[\"\xFF\"]", "the text is not UTF-8"},
        {"[\"\xED\xA0\x80\"]", "the text is not UTF-8"},
        {"[\"\\ud800\"]", "this is not JSON"},
        {"{a:1}", "this is not JSON"},
        {"[1,]", "this is not JSON"},
        {"[01]", "this is not JSON"},
        {"[+1]", "this is not JSON"},
        {"[NaN]", "this is not JSON"},
        {"['a']", "this is not JSON"},
        {"[\"a\nb\"]", "this is not JSON"},
        {"nul", "this is not JSON"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str message = refusal(str_of(cases[i].text));
        if (str_find(message, str_of(cases[i].message)) < 0) fail_msg("%s: %.*s", cases[i].text, STR_ARG(message));
    }
    refusal(STR("[1]\0"));
    refusal((struct str){NULL, 0});
}

static struct str nested(int depth, const char *inside) {
    struct buf b = buf_new(arena, 0);
    for (int i = 0; i < depth; i++) buf_cstr(&b, i % 2 ? "{\"k\":" : "[");
    buf_cstr(&b, inside);
    for (int i = depth - 1; i >= 0; i--) buf_char(&b, i % 2 ? '}' : ']');
    return buf_str(&b);
}

static void nesting_is_taken_to_32_levels_and_not_beyond(void **state) {
    (void)state;
    struct errors errors = {.arena = arena};
    assert_non_null(json_parse(arena, nested(32, "1"), &errors));
    assert_non_null(json_parse(arena, nested(32, "\"[[[[{{{{\\\"[[\""), &errors));
    assert_int_equal(errors.count, 0);
    assert_true(str_find(refusal(nested(33, "1")), STR("deeper than 32")) > 0);
    assert_true(str_find(refusal(nested(1000000, "")), STR("deeper than 32")) > 0);
    refusal(STR("]]]]]]]][[[[[[["));
    refusal(STR("\"\\"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_type_is_told_and_read),
        TEST(what_is_absent_reads_as_nothing),
        TEST(members_are_walked_in_the_order_written),
        TEST(text_comes_back_as_it_was),
        TEST(numbers_keep_the_decimals_that_were_written),
        TEST(what_is_malformed_is_refused_with_its_place),
        TEST(nesting_is_taken_to_32_levels_and_not_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
