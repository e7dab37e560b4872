/* test_kind.c - what every kind must do, in one table: a kind without a row here fails. */
#include "kind_test.h"

#include "core/kind_tools.h"

/* Declarations to try with each kind, values that it takes, and texts that it refuses. */
static const struct kind_sample {
    struct field_decl decl;
    const char *good[5];
    const char *bad[3];
} samples[] = {
    {{"f", "F", F_TEXT(100)}, {"hello", " a ", "äöü ☕", "1", "null"}, {"a\nb", "\xff", "\x02"}},
    {{"f", "F", F_MARKDOWN}, {"# x\r\n* y", "<b>", "1"}, {"\xff"}},
    {{"f", "F", F_EMAIL}, {"A@Example.com", "x+y@z.io"}, {"a", "a@b@c.d", "\xff"}},
    {{"f", "F", F_PHONE}, {"0491570156", "+1 650 253 0000 x5"}, {"1", "x", "\xff"}},
    {{"f", "F", F_URL}, {"example.com", "http://x.io/a?b=c#d"}, {"javascript:1", "a b"}},
    {{"f", "F", F_INT(-5, 1000000)}, {"0", "-5", "1,000,000", "42"}, {"x", "1.5", "1000001"}},
    {{"f", "F", F_DECIMAL(3)}, {"0", "-1.5", "1234567.125"}, {"x", "0.0001", "1,2"}},
    {{"f", "F", F_PERCENT}, {"12.5%", "0", "-3.25", "100"}, {"x", "0.001", "%"}},
    {{"f", "F", F_MONEY}, {"$1,234.50", "-0.01", "0"}, {"x", "0.001", "€1"}},
    {{"f", "F", F_BOOL}, {"yes", "0"}, {"2", "maybe"}},
    {{"f", "F", F_DATE}, {"2026-11-12", "0001-01-01", "9999-12-31", "today"}, {"x", "2026-02-30", "12/11/2026"}},
    {{"f", "F", F_TIME},
     {"2026-11-12T14:30", "2026-04-04T16:30:00Z", "2026-11-12", "1969-12-31T23:59:59.999Z", "now"},
     {"x", "14:30", "2026-11-12T24:01"}},
    {{"f", "F", F_DURATION}, {"130", "2h 10m", "2:10", "0"}, {"x", "-1", "1:99"}},
    {{"f", "F", F_CHOICE("new", "in_progress")}, {"new", "in_progress"}, {"x", "NEW"}},
    {{"f", "F", F_CHOICES("mon", "tue", "wed")}, {"wed, mon", "tue"}, {"x", "mon,x", "\"mon"}},
    {{"f", "F", F_REF("users", SET_NULL)}, {"1", "9007199254740991", "me"}, {"0", "-1", "x"}},
    {{"f", "F", F_FILE}, {"17"}, {"0", "x"}},
    {{"f", "F", F_SUBJECT_TYPE("leads clients")}, {"leads", "clients"}, {"users", "x"}},
    {{"f", "F", F_SUBJECT_ID}, {"1"}, {"0", "x"}},
    {{"f", "F", F_JSON("object")}, {"{}", "{ \"a\": [1, \"<b>\", 0.5, null] }"}, {"{", "[]", "\"x\""}},
    {{"f", "F", F_TAGS}, {"vip, \"a, b\"", "<b>, \"6\"\" pipe\""}, {"\"open", "a\nb"}},
    {{"f", "F", F_COLOR}, {"#AABBCC", "teal"}, {"#12", "beige", "url(x)"}},
    {{"f", "F", F_SECRET}, {"hunter2", " spaced "}, {"\xff"}},
};
#define SAMPLE_COUNT (sizeof samples / sizeof *samples)

static void every_kind_has_a_sample_and_is_found_by_its_name(void **state) {
    (void)state;
    int count = 0;
    const struct kind *kind;
    for (; (kind = kind_at(count)); count++) {
        assert_ptr_equal(kind_find(str_of(kind->name)), kind);
        bool sampled = false;
        for (size_t i = 0; i < SAMPLE_COUNT; i++) sampled = sampled || samples[i].decl.kind == kind;
        if (!sampled) fail_msg("kind %s has no sample", kind->name);
    }
    assert_int_equal(count, SAMPLE_COUNT);
    assert_null(kind_find(STR("nonsense")));
    assert_null(kind_at(-1));
}

static void every_kind_says_what_it_is(void **state) {
    (void)state;
    static const char inputs[] =
        "text textarea email tel url number date datetime-local select checkboxes checkbox ref tags file "
        "color password json";
    const struct kind *kind;
    for (int i = 0; (kind = kind_at(i)); i++) {
        assert_true(strcmp(kind->stored, "integer") == 0 || strcmp(kind->stored, "text") == 0);
        assert_true(str_in_words(inputs, str_of(kind->input)));
        assert_non_null(kind->parse);
        assert_true(kind->ops < OPS(OP_COUNT) && !(kind->ops & OPS(OP_NULL)));
        assert_true(!kind->align || strcmp(kind->align, "num") == 0);
        // Order makes sense of what can be compared, and the other way round.
        if (kind->ops & OPS(OP_LT)) assert_true(kind->sortable && (kind->ops & OPS(OP_GTE)));
        if (kind->searchable) assert_string_equal(kind->stored, "text");
    }
}

static void a_value_has_the_type_that_is_stored(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        if (f->kind == &kind_secret) continue; // sealed on its way to the row
        for (size_t k = 0; k < 5 && samples[i].good[k]; k++) {
            struct value value = test_parse(f, &env, samples[i].good[k]);
            if (value_is_null(value)) continue;
            assert_int_equal(value.type, strcmp(f->kind->stored, "integer") == 0 ? VALUE_INT : VALUE_TEXT);
        }
    }
}

static void text_comes_back_as_the_same_value(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        if (f->kind == &kind_secret) continue;
        for (size_t k = 0; k < 5 && samples[i].good[k]; k++) {
            struct value value = test_parse(f, &env, samples[i].good[k]);
            struct str text = test_written(kind_to_text, f, &env, value), input = test_written(kind_to_input, f, &env, value);
            if (!value_eq(test_parse(f, &env, str_cstr(arena, text)), value) ||
                !value_eq(test_parse(f, &env, str_cstr(arena, input)), value)) {
                fail_msg("%s: \"%s\" came back as \"%.*s\"", f->kind->name, samples[i].good[k], STR_ARG(text));
            }
        }
    }
}

static void json_comes_back_as_the_same_value(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        if (f->kind == &kind_secret) continue;
        for (size_t k = 0; k < 5 && samples[i].good[k]; k++) {
            struct value value = test_parse(f, &env, samples[i].good[k]);
            const char *json = str_cstr(arena, test_written(kind_to_json, f, &env, value));
            if (!value_eq(test_from_json(f, &env, json), value)) fail_msg("%s: %s came back otherwise", f->kind->name, json);
        }
    }
}

static void a_refusal_names_the_field_with_a_code_and_a_sentence(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        for (size_t k = 0; k < 3 && samples[i].bad[k]; k++) {
            const struct error *error = test_refusal(f, &env, samples[i].bad[k]);
            for (const char *c = error->code; *c; c++) assert_true((*c >= 'a' && *c <= 'z') || *c == '_');
        }
    }
}

static void json_of_a_foreign_type_is_refused(void **state) {
    (void)state;
    struct kind_env env = test_env();
    static const char *const foreign[] = {"{\"a\":{}}", "[[1]]", "-1.25", "\"\\u2603 nothing takes this \\u0001\""};
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        int refused = 0;
        for (size_t k = 0; k < sizeof foreign / sizeof *foreign; k++) {
            struct value value;
            const struct error *error;
            if (test_json(f, &env, foreign[k], &value, &error)) continue;
            refused++;
            assert_text(error->field, "f");
            assert_int_equal(error->status, 422);
        }
        if (refused < 2) fail_msg("%s refused %d of 4", f->kind->name, refused);
    }
}

static void nothing_is_nothing_everywhere(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        assert_true(value_is_null(test_parse(f, &env, "")));
        assert_true(value_is_null(test_from_json(f, &env, "null")));
        assert_text(test_written(kind_to_json, f, &env, VALUE_NONE), "null");
        assert_text(test_written(kind_to_text, f, &env, VALUE_NONE), "");
        assert_text(test_written(kind_to_input, f, &env, VALUE_NONE), "");
        assert_text(test_written(kind_to_display, f, &env, VALUE_NONE), "");
    }
}

static void white_space_around_is_an_accident_except_in_texts(void **state) {
    (void)state;
    struct kind_env env = test_env();
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        const struct field *f = test_field(&samples[i].decl);
        const char *plain = samples[i].good[0];
        bool kept = f->kind == &kind_text || f->kind == &kind_markdown || f->kind == &kind_secret;
        struct value bare = test_parse(f, &env, plain);
        struct value spaced = test_parse(f, &env, str_printf(arena, " %s\t", plain).ptr);
        assert_int_equal(value_eq(bare, spaced), !kept);
    }
}

static void every_schema_is_json(void **state) {
    (void)state;
    for (size_t i = 0; i < SAMPLE_COUNT; i++) {
        struct errors errors = {.arena = arena};
        struct str schema = test_schema(test_field(&samples[i].decl));
        const struct json *json = json_parse(arena, str_printf(arena, "{%.*s}", STR_ARG(schema)), &errors);
        if (!json || json_count(json) == 0) fail_msg("%s: %.*s", samples[i].decl.kind->name, STR_ARG(schema));
    }
}

static void values_are_equal_by_type_and_content(void **state) {
    (void)state;
    assert_true(value_eq(VALUE_NONE, VALUE_NONE));
    assert_true(value_eq(value_int(1), value_int(1)));
    assert_false(value_eq(value_int(1), value_int(2)));
    assert_false(value_eq(value_int(0), VALUE_NONE));
    assert_true(value_eq(value_text(STR("a")), value_text(STR("a"))));
    assert_false(value_eq(value_text(STR("a")), value_text(STR("A"))));
    assert_false(value_eq(value_text(STR("1")), value_int(1)));
    assert_false(value_eq(value_text(STR("")), VALUE_NONE));
}

static void strings_that_break_things_come_back_or_are_refused(void **state) {
    (void)state;
    struct kind_env env = test_env();
    struct errors errors = {.arena = arena};
    const struct json *naughty = json_parse(arena, test_data("torture/blns.json"), &errors);
    assert_true(json_count(naughty) > 400);
    int kept = 0;
    for (size_t n = 0; n < json_count(naughty); n++) {
        struct str text = json_text(json_at(naughty, n));
        for (size_t i = 0; i < SAMPLE_COUNT; i++) {
            const struct field *f = test_field(&samples[i].decl);
            struct value value, again;
            errors_clear(&errors);
            if (!kind_parse(f, &env, text, &value, &errors) || f->kind == &kind_secret) continue;
            if (f->kind == &kind_text && text.len) {
                assert_true(str_eq(value.text, text));
                kept++;
            }
            struct str written = test_written(kind_to_text, f, &env, value);
            assert_true(kind_parse(f, &env, written, &again, &errors));
            if (!value_eq(value, again)) fail_msg("%s: string %zu changed", f->kind->name, n);
        }
    }
    assert_true(kept > 300);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_kind_has_a_sample_and_is_found_by_its_name),
        TEST(every_kind_says_what_it_is),
        TEST(a_value_has_the_type_that_is_stored),
        TEST(text_comes_back_as_the_same_value),
        TEST(json_comes_back_as_the_same_value),
        TEST(a_refusal_names_the_field_with_a_code_and_a_sentence),
        TEST(json_of_a_foreign_type_is_refused),
        TEST(nothing_is_nothing_everywhere),
        TEST(white_space_around_is_an_accident_except_in_texts),
        TEST(every_schema_is_json),
        TEST(values_are_equal_by_type_and_content),
        TEST(strings_that_break_things_come_back_or_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
