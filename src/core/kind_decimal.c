/* kind_decimal.c - an exact decimal of the field's scale, stored as a scaled integer; a JSON string such as "12.50". */
#include "core/kind_tools.h"

static bool kind_decimal_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                               struct errors *errors) {
    int64_t n;
    if (!kind_read_number(field, env, text, field->decl->scale, &n, errors)) return false;
    if (!kind_check_range(field, env, n, INT64_MIN, INT64_MAX, errors)) return false;
    *out = value_int(n);
    return true;
}

static void kind_decimal_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)env;
    buf_decimal(b, value.integer, field->decl->scale);
}

static void kind_decimal_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    buf_char(b, '"');
    kind_decimal_to_text(b, field, env, value);
    buf_char(b, '"');
}

static void kind_decimal_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    kind_write_short(b, env, value.integer, field->decl->scale);
}

static void kind_decimal_schema(struct buf *b, const struct field *field) {
    buf_lit(b, "\"type\":\"string\",\"format\":\"decimal\",\"pattern\":\"^-?[0-9]+");
    if (field->decl->scale > 0) buf_printf(b, "(\\\\.[0-9]{1,%d})?", field->decl->scale);
    buf_lit(b, "$\"");
}

const struct kind kind_decimal = {
    .name = "decimal",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN),
    .sortable = true,
    .align = "num",
    .input = "number",
    .parse = kind_decimal_parse,
    .from_json = kind_json_decimal,
    .to_json = kind_decimal_to_json,
    .to_text = kind_decimal_to_text,
    .to_display = kind_decimal_to_display,
    .schema = kind_decimal_schema,
};
