/* fuzz_json.c - whatever is taken as JSON is written so that it reads as the same again.
 *
 * Built by clang with -fsanitize=fuzzer,address,undefined and -DTENON_FUZZ, with everything in src/base:
 *
 *     fuzz_json -max_total_time=60 tests/fuzz/corpus/json
 */
#include "base/json.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

static bool equal(struct arena *arena, const struct json *a, const struct json *b) {
    if (json_type(a) != json_type(b) || json_count(a) != json_count(b)) return false;
    switch (json_type(a)) {
    case JSON_T_BOOL:
        return json_bool(a) == json_bool(b);
    case JSON_T_INT:
        return json_int(a) == json_int(b);
    case JSON_T_REAL:
        return str_eq(json_number_text(arena, a), json_number_text(arena, b));
    case JSON_T_STRING:
        return str_eq(json_text(a), json_text(b));
    case JSON_T_ARRAY:
        for (size_t i = 0; i < json_count(a); i++) {
            if (!equal(arena, json_at(a, i), json_at(b, i))) return false;
        }
        return true;
    case JSON_T_OBJECT: {
        void *in_a = NULL, *in_b = NULL;
        struct str key_a, key_b;
        const struct json *value_a, *value_b;
        while (json_next(a, &in_a, &key_a, &value_a)) {
            if (!json_next(b, &in_b, &key_b, &value_b) || !str_eq(key_a, key_b) || !equal(arena, value_a, value_b)) return false;
            require(json_get(a, key_a) == value_a);
        }
        return !json_next(b, &in_b, &key_b, &value_b);
    }
    case JSON_T_NONE:
    case JSON_T_NULL:
        break;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)64 << 20);
    struct errors errors = {.arena = arena};
    struct json *first = json_parse(arena, (struct str){(const char *)data, size}, &errors);
    require((first != NULL) == (errors.count == 0));
    for (const struct error *error = errors.first; error; error = error->next) require(utf8_valid(error->message));
    if (first) {
        struct buf once = buf_new(arena, size), twice = buf_new(arena, size);
        buf_json_value(&once, first);
        struct json *second = json_parse(arena, buf_str(&once), &errors);
        require(second && equal(arena, first, second));
        buf_json_value(&twice, second);
        require(str_eq(buf_str(&once), buf_str(&twice)));
        // It may stand in a page.
        require(str_index(buf_str(&once), '<') < 0 && str_index(buf_str(&once), '&') < 0);
    }
    arena_free(arena);
    return 0;
}
