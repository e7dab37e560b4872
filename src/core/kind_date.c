/* kind_date.c - a day of the calendar without a zone, stored as days since 1970-01-01; "2026-11-12" in JSON and text. */
#include "core/kind_tools.h"

static bool kind_date_read(const struct field *field, struct str text, struct value *out, struct errors *errors) {
    int64_t days;
    if (!date_parse(text, &days)) return kind_refuse(errors, field, "not_a_date", "Enter a date such as 2026-11-12.");
    *out = value_int(days);
    return true;
}

static int64_t kind_date_today(const struct kind_env *env) {
    struct civil c = civil_from_time(kind_to_wall(env, env->now));
    return date_from_civil(c.year, c.month, c.day);
}

/* "today" stands in declarations and filters. */
static bool kind_date_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    if (!str_eqc(text, "today")) return kind_date_read(field, text, out, errors);
    *out = value_int(kind_date_today(env));
    return true;
}

static bool kind_date_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                                struct errors *errors) {
    (void)env;
    if (json_type(json) != JSON_T_STRING) return kind_refuse(errors, field, "wrong_type", "Send a date as a JSON string.");
    if (json_text(json).len == 0) return true;
    return kind_date_read(field, json_text(json), out, errors);
}

static void kind_date_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_date(b, value.integer);
}

static void kind_date_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    buf_char(b, '"');
    kind_date_to_text(b, field, env, value);
    buf_char(b, '"');
}

static void kind_date_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    kind_write_day(b, env, civil_from_date(value.integer));
}

static void kind_date_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"string\",\"format\":\"date\"");
}

const struct kind kind_date = {
    .name = "date",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN) | OPS(OP_WITHIN),
    .sortable = true,
    .input = "date",
    .parse = kind_date_parse,
    .from_json = kind_date_from_json,
    .to_json = kind_date_to_json,
    .to_text = kind_date_to_text,
    .to_display = kind_date_to_display,
    .schema = kind_date_schema,
};
