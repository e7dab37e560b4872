/* kind_percent.c - a percentage with two decimals: 12.5 % is stored as 1250 and is "12.50" in JSON; "12.5%" may be typed. */
#include "core/kind_tools.h"

#define PERCENT_SCALE 2

static bool kind_percent_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                               struct errors *errors) {
    int64_t n;
    if (str_ends(text, STR("%"))) text = str_trim(str_slice(text, 0, text.len - 1));
    if (!kind_read_number(field, env, text, PERCENT_SCALE, &n, errors)) return false;
    if (!kind_check_range(field, env, n, INT64_MIN, INT64_MAX, errors)) return false;
    *out = value_int(n);
    return true;
}

static void kind_percent_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_decimal(b, value.integer, PERCENT_SCALE);
}

static void kind_percent_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    buf_char(b, '"');
    kind_percent_to_text(b, field, env, value);
    buf_char(b, '"');
}

static void kind_percent_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    kind_write_short(b, env, value.integer, PERCENT_SCALE);
    buf_char(b, '%');
}

static void kind_percent_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"string\",\"format\":\"decimal\",\"pattern\":\"^-?[0-9]+(\\\\.[0-9]{1,2})?$\"");
}

const struct kind kind_percent = {
    .name = "percent",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN),
    .sortable = true,
    .align = "num",
    .input = "number",
    .parse = kind_percent_parse,
    .from_json = kind_json_decimal,
    .to_json = kind_percent_to_json,
    .to_text = kind_percent_to_text,
    .to_display = kind_percent_to_display,
    .schema = kind_percent_schema,
};
