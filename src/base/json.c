/* json.c - JSON from outside, read with limits (json.h): a face of jansson. */
// jansson has a type of the name that is a function here.
#define json_type jansson_type
#include <jansson.h>
#undef json_type

#include "base/json.h"
#include "base/utf8.h"

#define JSON_DEPTH 32

static const json_t *json_of(const struct json *value) {
    return (const json_t *)(const void *)value;
}

static const struct json *json_from(const json_t *value) {
    return (const struct json *)(const void *)value;
}

static void json_release(void *tree) {
    json_decref(tree);
}

/* Where nesting passes the limit, else -1. Strings are stepped over; whether they are well formed is the parser's matter. */
static ptrdiff_t json_too_deep(struct str text) {
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (in_string) {
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                in_string = false;
            }
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > JSON_DEPTH) return (ptrdiff_t)i;
        } else if (c == ']' || c == '}') {
            depth--;
        }
    }
    return -1;
}

static const char *json_why(const json_error_t *error) {
    switch (json_error_code(error)) {
    case json_error_premature_end_of_input:
        return "the text ends too early";
    case json_error_end_of_input_expected:
        return "something stands after the end";
    case json_error_invalid_utf8:
        return "the text is not UTF-8";
    case json_error_duplicate_key:
        return "a key stands twice in one object";
    case json_error_numeric_overflow:
        return "a number is too large";
    case json_error_null_character:
    case json_error_null_byte_in_key:
        return "a NUL character is not allowed";
    default:
        return "this is not JSON";
    }
}

static void json_refuse(struct errors *errors, struct str text, size_t at, const char *why) {
    if (at > text.len) at = text.len;
    struct str before = str_slice(text, 0, at);
    size_t line = 1;
    for (ptrdiff_t newline; (newline = str_index(before, '\n')) >= 0; line++) {
        before = str_slice(before, (size_t)newline + 1, before.len);
    }
    errors_add(errors, 400, "malformed_json", NULL, "The JSON cannot be read at line %zu, column %zu: %s.", line,
               utf8_length(before) + 1, why);
}

struct json *json_parse(struct arena *arena, struct str text, struct errors *errors) {
    ptrdiff_t deep = json_too_deep(text);
    if (deep >= 0) {
        json_refuse(errors, text, (size_t)deep, "it is nested deeper than 32 levels");
        return NULL;
    }
    json_error_t error;
    json_t *tree = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (tree) {
        arena_defer(arena, json_release, tree);
        return (struct json *)(void *)tree;
    }
    if (json_error_code(&error) == json_error_out_of_memory) {
        errors_add(errors, 503, "out_of_memory", NULL, "The server is short of memory. Try again in a moment.");
        return NULL;
    }
    json_refuse(errors, text, error.position > 0 ? (size_t)error.position : 0, json_why(&error));
    return NULL;
}

enum json_type json_type(const struct json *value) {
    if (!value) return JSON_T_NONE;
    switch (json_typeof(json_of(value))) {
    case JSON_OBJECT:
        return JSON_T_OBJECT;
    case JSON_ARRAY:
        return JSON_T_ARRAY;
    case JSON_STRING:
        return JSON_T_STRING;
    case JSON_INTEGER:
        return JSON_T_INT;
    case JSON_REAL:
        return JSON_T_REAL;
    case JSON_TRUE:
    case JSON_FALSE:
        return JSON_T_BOOL;
    case JSON_NULL:
        break;
    }
    return JSON_T_NULL;
}

bool json_bool(const struct json *value) {
    return value && json_is_true(json_of(value));
}

int64_t json_int(const struct json *value) {
    return value ? (int64_t)json_integer_value(json_of(value)) : 0;
}

/* The fewest digits that read back as the same double. */
static size_t json_real_text(double real, char text[32]) {
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(text, 32, "%.*g", digits, real);
        if (strtod(text, NULL) == real) break;
    }
    return (size_t)n;
}

struct str json_number_text(struct arena *arena, const struct json *value) {
    if (json_type(value) == JSON_T_REAL) {
        char text[32];
        size_t n = json_real_text(json_real_value(json_of(value)), text);
        return str_dup(arena, (struct str){text, n});
    }
    return str_printf(arena, "%lld", (long long)json_int(value));
}

struct str json_text(const struct json *value) {
    if (json_type(value) != JSON_T_STRING) return STR("");
    return (struct str){json_string_value(json_of(value)), json_string_length(json_of(value))};
}

size_t json_count(const struct json *value) {
    if (json_type(value) == JSON_T_OBJECT) return json_object_size(json_of(value));
    return json_array_size(json_of(value));
}

const struct json *json_at(const struct json *array, size_t index) {
    return json_from(json_array_get(json_of(array), index));
}

const struct json *json_get(const struct json *object, struct str key) {
    return json_from(json_object_getn(json_of(object), key.ptr, key.len));
}

struct str json_text_at(const struct json *object, struct str key) {
    return json_text(json_get(object, key));
}

bool json_next(const struct json *object, void **iterator, struct str *key, const struct json **value) {
    // Iterating changes nothing, but jansson's signature does not say so.
    json_t *tree = (json_t *)(uintptr_t)object;
    *iterator = *iterator ? json_object_iter_next(tree, *iterator) : json_object_iter(tree);
    if (!*iterator) return false;
    *key = (struct str){json_object_iter_key(*iterator), json_object_iter_key_len(*iterator)};
    *value = json_from(json_object_iter_value(*iterator));
    return true;
}

static void json_write_real(struct buf *b, double real) {
    char text[32];
    struct str digits = {text, json_real_text(real, text)};
    buf_add(b, digits);
    // Without point or exponent it would be read back as an integer.
    if (str_index(digits, '.') < 0 && str_index(digits, 'e') < 0) buf_lit(b, ".0");
}

static void json_write_object(struct buf *b, const struct json *value) {
    void *iterator = NULL;
    struct str key;
    const struct json *member;
    char separator = '{';
    while (json_next(value, &iterator, &key, &member)) {
        buf_char(b, separator);
        buf_json(b, key);
        buf_char(b, ':');
        buf_json_value(b, member);
        separator = ',';
    }
    if (separator == '{') buf_char(b, '{');
    buf_char(b, '}');
}

void buf_json_value(struct buf *b, const struct json *value) {
    switch (json_type(value)) {
    case JSON_T_BOOL:
        buf_cstr(b, json_bool(value) ? "true" : "false");
        break;
    case JSON_T_INT:
        buf_int(b, json_int(value));
        break;
    case JSON_T_REAL:
        json_write_real(b, json_real_value(json_of(value)));
        break;
    case JSON_T_STRING:
        buf_json(b, json_text(value));
        break;
    case JSON_T_OBJECT:
        json_write_object(b, value);
        break;
    case JSON_T_ARRAY:
        buf_char(b, '[');
        for (size_t i = 0; i < json_count(value); i++) {
            if (i) buf_char(b, ',');
            buf_json_value(b, json_at(value, i));
        }
        buf_char(b, ']');
        break;
    case JSON_T_NONE:
    case JSON_T_NULL:
        buf_lit(b, "null");
        break;
    }
}
