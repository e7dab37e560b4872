/* kind_int.c - a whole number, a JSON number; without limits of its own it stays where every JSON reader is exact. */
#include "core/kind_tools.h"

static bool kind_int_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                           struct errors *errors) {
    int64_t n;
    if (!kind_read_number(field, env, text, 0, &n, errors)) return false;
    if (!kind_check_range(field, env, n, -KIND_EXACT_MAX, KIND_EXACT_MAX, errors)) return false;
    *out = value_int(n);
    return true;
}

static void kind_int_schema(struct buf *b, const struct field *field) {
    int64_t least = -KIND_EXACT_MAX, most = KIND_EXACT_MAX;
    buf_lit(b, "\"type\":\"integer\",\"format\":\"int64\"");
    if (kind_limits(field, &least, &most)) buf_printf(b, ",\"minimum\":%lld,\"maximum\":%lld", (long long)least, (long long)most);
}

const struct kind kind_int = {
    .name = "int",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN),
    .sortable = true,
    .align = "num",
    .input = "number",
    .parse = kind_int_parse,
    .from_json = kind_json_number,
    .schema = kind_int_schema,
};
