/* kind_json.c - a JSON value of the field's shape, stored compact; it travels through the API as JSON, not as a string of it. */
#include "core/kind_tools.h"

#define JSON_LONGEST 65536

struct json_shape_type {
    const char *name, *said, *schema;
};
static const struct json_shape_type json_shape_types[] = {
    {"text", N_("a string"), "\"type\":\"string\""},
    {"int", N_("a whole number"), "\"type\":\"integer\""},
    {"bool", N_("true or false"), "\"type\":\"boolean\""},
    {"decimal", N_("a decimal string such as \"12.50\""), "\"type\":\"string\",\"format\":\"decimal\""},
    {"list", N_("an array"), "\"type\":\"array\""},
};

static const struct json_shape_type *kind_json_type(struct str name) {
    for (size_t i = 0; i < sizeof json_shape_types / sizeof *json_shape_types; i++) {
        if (str_eqc(name, json_shape_types[i].name)) return &json_shape_types[i];
    }
    return NULL;
}

/* The type that the shape gives to `key`, NULL where it does not know it. */
static const struct json_shape_type *kind_json_key(const char *shape, struct str key) {
    struct str words = str_of(shape), word, name;
    while (str_word(&words, &word)) {
        if (str_split(&word, ':', &name) && str_eq(name, key)) return kind_json_type(word);
    }
    return NULL;
}

static bool kind_json_fits(const struct json_shape_type *type, const struct json *json, struct arena *arena) {
    int64_t scaled;
    enum json_type is = json_type(json);
    switch (type->name[0]) {
    case 't':
        return is == JSON_T_STRING;
    case 'i':
        return is == JSON_T_INT;
    case 'b':
        return is == JSON_T_BOOL;
    case 'l':
        return is == JSON_T_ARRAY;
    default:
        if (is == JSON_T_STRING) return decimal_parse(json_text(json), 9, &scaled) == DECIMAL_OK;
        return (is == JSON_T_INT || is == JSON_T_REAL) && decimal_parse(kind_number_text(arena, json), 9, &scaled) == DECIMAL_OK;
    }
}

static bool kind_json_keys(const struct field *field, const struct kind_env *env, const struct json *json,
                           struct errors *errors) {
    void *iterator = NULL;
    struct str key;
    const struct json *value;
    while (json_next(json, &iterator, &key, &value)) {
        const struct json_shape_type *type = kind_json_key(field->decl->shape, key);
        if (!type) return kind_refuse(errors, field, "unknown_key", "Remove \"%.*s\": it is not known here.", STR_ARG(key));
        if (json_type(value) != JSON_T_NULL && !kind_json_fits(type, value, env->arena)) {
            return kind_refuse(errors, field, "wrong_type", "Give \"%.*s\" as %s.", STR_ARG(key), type->said);
        }
    }
    return true;
}

static bool kind_json_shape(const struct field *field, const struct kind_env *env, const struct json *json,
                            struct errors *errors) {
    const char *shape = field->decl->shape;
    if (!shape || str_eqc(STR("any"), shape)) return true;
    if (str_eqc(STR("array"), shape)) {
        return json_type(json) == JSON_T_ARRAY || kind_refuse(errors, field, "wrong_type", "Give a JSON array.");
    }
    if (json_type(json) != JSON_T_OBJECT) return kind_refuse(errors, field, "wrong_type", "Give a JSON object.");
    return str_eqc(STR("object"), shape) || kind_json_keys(field, env, json, errors);
}

static bool kind_json_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                                struct errors *errors) {
    if (!kind_json_shape(field, env, json, errors)) return false;
    struct buf b = buf_new(env->arena, 256);
    buf_json_value(&b, json);
    if (b.len > JSON_LONGEST) {
        return kind_refuse(errors, field, "too_long", "Give at most %d bytes of JSON; this has %zu.", JSON_LONGEST, b.len);
    }
    *out = value_text(buf_str(&b));
    return true;
}

static bool kind_json_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    struct errors faults = {.arena = env->arena};
    const struct json *json = json_parse(env->arena, text, &faults);
    if (!json) return kind_refuse(errors, field, "malformed_json", "%.*s", STR_ARG(faults.first->message));
    if (json_type(json) == JSON_T_NULL) return true;
    return kind_json_from_json(field, env, json, out, errors);
}

static void kind_json_schema(struct buf *b, const struct field *field) {
    const char *shape = field->decl->shape;
    struct str words = str_of(shape), word, name;
    if (!shape || str_eqc(words, "any")) {
        buf_lit(b, "\"description\":\"Any JSON value\"");
    } else if (str_eqc(words, "array")) {
        buf_lit(b, "\"type\":\"array\",\"items\":{}");
    } else if (str_eqc(words, "object")) {
        buf_lit(b, "\"type\":\"object\"");
    } else {
        char separator = '{';
        buf_lit(b, "\"type\":\"object\",\"additionalProperties\":false,\"properties\":");
        while (str_word(&words, &word)) {
            const struct json_shape_type *type = str_split(&word, ':', &name) ? kind_json_type(word) : NULL;
            if (!type) continue;
            buf_char(b, separator);
            buf_json(b, name);
            buf_lit(b, ":{");
            buf_cstr(b, type->schema);
            buf_char(b, '}');
            separator = ',';
        }
        buf_char(b, '}');
    }
}

const struct kind kind_json = {
    .name = "json",
    .stored = "text",
    .input = "json",
    .parse = kind_json_parse,
    .from_json = kind_json_from_json,
    .to_json = kind_json_stored,
    .schema = kind_json_schema,
};
