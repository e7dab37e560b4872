/* kind_test.h - what the tests of the kinds share: a field made from a declaration, an environment, and words for "is read as",
 * "is refused with". */
#ifndef KIND_TEST_H
#define KIND_TEST_H

#include "base/base_test.h"

#include "base/json.h"
#include "base/timefmt.h"
#include "core/kind.h"

/* 2026-11-12T03:30:00Z: 14:30 in Sydney. */
#define TEST_NOW INT64_C(1794454200000)

static struct field test_fields[8];
static int test_field_next;

/* The derived form of one declared field; good until seven more were made. */
#define FIELD(...) test_field(&(const struct field_decl){"the_field", "The field", __VA_ARGS__})
static inline const struct field *test_field(const struct field_decl *decl) {
    struct field *f = &test_fields[test_field_next++ % 8];
    *f = (struct field){.decl = decl,
                        .name = str_of(decl->name),
                        .label = str_of(decl->label),
                        .kind = decl->kind,
                        .flags = decl->flags,
                        .stored = true};
    return f;
}

static inline struct kind_env test_env(void) {
    return (struct kind_env){.arena = arena,
                             .now = TEST_NOW,
                             .me = 7,
                             .country = STR("AU"),
                             .currency = STR("AUD"),
                             .zone = zone_find(STR("Australia/Sydney"))};
}

typedef void test_writer(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);

static inline struct str test_written(test_writer *write, const struct field *f, const struct kind_env *env, struct value value) {
    struct buf b = buf_new(arena, 64);
    write(&b, f, env, value);
    return buf_str(&b);
}

static inline struct value test_parse(const struct field *f, const struct kind_env *env, const char *text) {
    struct errors errors = {.arena = arena};
    struct value value;
    if (!kind_parse(f, env, str_of(text), &value, &errors)) {
        fail_msg("\"%s\" was refused: %.*s", text, STR_ARG(errors.first->message));
    }
    return value;
}

/* The one error that a text gives; it names the field, has a status, a code and a sentence. */
static inline const struct error *test_refusal(const struct field *f, const struct kind_env *env, const char *text) {
    struct errors *errors = arena_alloc(arena, sizeof *errors);
    struct value value = value_int(99);
    errors->arena = arena;
    if (kind_parse(f, env, str_of(text), &value, errors)) fail_msg("\"%s\" was taken", text);
    if (errors->count != 1) fail_msg("\"%s\" gave %d errors", text, errors->count);
    assert_int_equal(errors->first->status, 422);
    assert_text(errors->first->field, f->decl->name);
    assert_true(errors->first->message.len > 10);
    assert_int_equal(errors->first->message.ptr[errors->first->message.len - 1], '.');
    assert_true(value_is_null(value));
    return errors->first;
}

static inline bool test_json(const struct field *f, const struct kind_env *env, const char *text, struct value *value,
                             const struct error **error) {
    struct errors *errors = arena_alloc(arena, sizeof *errors);
    errors->arena = arena;
    const struct json *json = json_parse(arena, str_of(text), errors);
    if (!json) fail_msg("the test's JSON is malformed: %s", text);
    bool ok = kind_from_json(f, env, json, value, errors);
    if (ok != (errors->count == 0)) fail_msg("%s: %d errors, but returned %d", text, errors->count, ok);
    *error = errors->first;
    return ok;
}

static inline struct value test_from_json(const struct field *f, const struct kind_env *env, const char *text) {
    struct value value;
    const struct error *error;
    if (!test_json(f, env, text, &value, &error)) fail_msg("%s was refused: %.*s", text, STR_ARG(error->message));
    return value;
}

/* text -> value -> JSON, text and display, each compared where it is not NULL. */
struct kind_case {
    const char *text, *json, *again, *display;
};

static inline void test_cases(const struct field *f, const struct kind_env *env, const struct kind_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct value value = test_parse(f, env, cases[i].text);
        if (cases[i].json) assert_text(test_written(kind_to_json, f, env, value), cases[i].json);
        if (cases[i].again) assert_text(test_written(kind_to_text, f, env, value), cases[i].again);
        if (cases[i].display) assert_text(test_written(kind_to_display, f, env, value), cases[i].display);
    }
}
#define CASES(f, env, ...)                                                                                                       \
    test_cases((f), (env), (const struct kind_case[]){__VA_ARGS__},                                                              \
               sizeof((const struct kind_case[]){__VA_ARGS__}) / sizeof(struct kind_case))

/* Pairs of a text and the code that refuses it. */
static inline void test_refusals(const struct field *f, const struct kind_env *env, const char *const *pairs) {
    for (; pairs[0]; pairs += 2) {
        const struct error *error = test_refusal(f, env, pairs[0]);
        if (strcmp(error->code, pairs[1]) != 0) fail_msg("\"%s\" gave %s, not %s", pairs[0], error->code, pairs[1]);
    }
}
#define REFUSES(f, env, ...) test_refusals((f), (env), (const char *const[]){__VA_ARGS__, NULL})

/* The same for JSON. */
static inline void test_json_refusals(const struct field *f, const struct kind_env *env, const char *const *pairs) {
    for (; pairs[0]; pairs += 2) {
        struct value value;
        const struct error *error;
        if (test_json(f, env, pairs[0], &value, &error)) fail_msg("%s was taken", pairs[0]);
        if (strcmp(error->code, pairs[1]) != 0) fail_msg("%s gave %s, not %s", pairs[0], error->code, pairs[1]);
        assert_text(error->field, f->decl->name);
    }
}
#define REFUSES_JSON(f, env, ...) test_json_refusals((f), (env), (const char *const[]){__VA_ARGS__, NULL})

static inline struct str test_schema(const struct field *f) {
    struct buf b = buf_new(arena, 64);
    kind_schema(&b, f);
    return buf_str(&b);
}

static inline bool str_has(struct str text, const char *part) {
    return str_find(text, str_of(part)) >= 0;
}

#endif
