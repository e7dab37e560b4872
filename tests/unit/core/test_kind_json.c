/* test_kind_json.c - JSON values and their shapes. */
#include "kind_test.h"

static void json_is_stored_compact_and_travels_as_json(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_JSON("any"));
    CASES(
        f, &env,
        {" { \"b\" : [1, 2.5, null] , \"a\" : \"x\" } ", "{\"b\":[1,2.5,null],\"a\":\"x\"}", "{\"b\":[1,2.5,null],\"a\":\"x\"}"},
        {"\"text\"", "\"text\""}, {"12", "12"}, {"[]", "[]"});
    assert_text(test_from_json(f, &env, "{\"a\": 1}").text, "{\"a\":1}");
    assert_true(value_is_null(test_parse(f, &env, "null")));
    REFUSES(f, &env, "{", "malformed_json", "{\"a\":1,\"a\":2}", "malformed_json", "nope", "malformed_json", "[1,]",
            "malformed_json");
}

static void json_is_at_most_64_kb(void **state) {
    (void)state;
    struct kind_env env = test_env();
    struct buf b = buf_new(arena, 70000);
    buf_char(&b, '"');
    for (int i = 0; i < 65534; i++) buf_char(&b, 'x');
    test_parse(FIELD(F_JSON("any")), &env, str_printf(arena, "%.*s\"", STR_ARG(buf_str(&b))).ptr);
    REFUSES(FIELD(F_JSON("any")), &env, str_printf(arena, "%.*sx\"", STR_ARG(buf_str(&b))).ptr, "too_long");
}

static void a_shape_says_object_or_array(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *object = FIELD(F_JSON("object")), *array = FIELD(F_JSON("array"));
    CASES(object, &env, {"{\"any\":{\"thing\":[1]}}", "{\"any\":{\"thing\":[1]}}"});
    CASES(array, &env, {"[1,{}]", "[1,{}]"});
    REFUSES(object, &env, "[]", "wrong_type", "\"x\"", "wrong_type", "1", "wrong_type");
    REFUSES_JSON(array, &env, "{}", "wrong_type", "\"x\"", "wrong_type");
    assert_text(test_schema(object), "\"type\":\"object\"");
    assert_text(test_schema(array), "\"type\":\"array\",\"items\":{}");
}

static void a_shape_of_keys_knows_each_and_no_other(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_JSON("name:text count:int on:bool rate:decimal parts:list"));
    CASES(f, &env, {"{}", "{}"}, {"{\"name\":\"a\",\"count\":3,\"on\":true,\"rate\":\"1.5\",\"parts\":[1]}", NULL},
          {"{\"rate\":0.25,\"name\":null}", NULL});
    REFUSES(f, &env, "{\"other\":1}", "unknown_key", "{\"name\":1}", "wrong_type", "{\"count\":1.5}", "wrong_type",
            "{\"count\":\"1\"}", "wrong_type", "{\"on\":1}", "wrong_type", "{\"rate\":\"x\"}", "wrong_type", "{\"parts\":{}}",
            "wrong_type", "[]", "wrong_type", "{\"name:text\":1}", "unknown_key", "{\"\":1}", "unknown_key");
    assert_text(test_refusal(f, &env, "{\"on\":1}")->message, "Give \"on\" as true or false.");
    assert_true(
        str_has(test_schema(f), "\"additionalProperties\":false,\"properties\":{\"name\":{\"type\":\"string\"},\"count\":"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(json_is_stored_compact_and_travels_as_json),
        TEST(json_is_at_most_64_kb),
        TEST(a_shape_says_object_or_array),
        TEST(a_shape_of_keys_knows_each_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
