/* kind_bool.c - yes or no, stored as 1 or 0; true and false in JSON, several words in text. */
#include "core/kind_tools.h"

static bool kind_bool_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    struct str word = str_lower(env->arena, text);
    if (str_in_words("true 1 yes on", word)) {
        *out = value_int(1);
    } else if (str_in_words("false 0 no off", word)) {
        *out = value_int(0);
    } else {
        return kind_refuse(errors, field, "not_a_bool", "Enter yes or no.");
    }
    return true;
}

static bool kind_bool_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                                struct errors *errors) {
    (void)env;
    if (json_type(json) != JSON_T_BOOL) return kind_refuse(errors, field, "wrong_type", "Send true or false.");
    *out = value_int(json_bool(json));
    return true;
}

static void kind_bool_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_cstr(b, value.integer ? "true" : "false");
}

static void kind_bool_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_cstr(b, lang_cstr(b->arena, value.integer ? "Yes" : "No"));
}

static void kind_bool_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"boolean\"");
}

const struct kind kind_bool = {
    .name = "bool",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE),
    .sortable = true,
    .input = "checkbox",
    .parse = kind_bool_parse,
    .from_json = kind_bool_from_json,
    .to_json = kind_bool_to_text,
    .to_text = kind_bool_to_text,
    .to_display = kind_bool_to_display,
    .schema = kind_bool_schema,
};
