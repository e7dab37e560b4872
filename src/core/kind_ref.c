/* kind_ref.c - a reference to a record of another entity by its id; whether it exists is the repository's question. */
#include "core/kind_tools.h"

bool kind_ref_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                    struct errors *errors) {
    int64_t id;
    // "me" stands in declarations and filters on users.
    if (env->me > 0 && field->decl->to && str_eqc(STR("users"), field->decl->to) && str_eqc(text, "me")) {
        id = env->me;
    } else if (!str_to_int(text, &id) || id <= 0 || id > KIND_EXACT_MAX || text.ptr[0] == '+') {
        return kind_refuse(errors, field, "not_an_id", "Choose a record.");
    }
    *out = value_int(id);
    return true;
}

bool kind_ref_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                        struct errors *errors) {
    (void)env;
    if (json_type(json) != JSON_T_INT) return kind_refuse(errors, field, "wrong_type", "Send the id as a JSON number, or null.");
    int64_t id = json_int(json);
    if (id <= 0 || id > KIND_EXACT_MAX) return kind_refuse(errors, field, "not_an_id", "Send the id of a record.");
    *out = value_int(id);
    return true;
}

void kind_ref_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"integer\",\"format\":\"int64\",\"minimum\":1");
}

const struct kind kind_ref = {
    .name = "ref",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN),
    .input = "ref",
    .parse = kind_ref_parse,
    .from_json = kind_ref_from_json,
    .schema = kind_ref_schema,
};
