/* kind_time.c - a moment, stored as milliseconds UTC; RFC 3339 in JSON and text, the zone's wall clock for people. */
#include "core/kind_tools.h"

static bool kind_time_read(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                           struct errors *errors) {
    int64_t ms;
    if (!kind_read_moment(env, text, &ms)) {
        return kind_refuse(errors, field, "not_a_time", "Enter a time such as 2026-11-12T14:30 or 2026-11-12T14:30:00+11:00.");
    }
    *out = value_int(ms);
    return true;
}

/* "now" and "today" stand in declarations and filters. */
static bool kind_time_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    if (str_eqc(text, "now")) {
        *out = value_int(env->now);
    } else if (str_eqc(text, "today")) {
        struct civil c = civil_from_time(kind_to_wall(env, env->now));
        *out = value_int(kind_from_wall(env, date_from_civil(c.year, c.month, c.day) * DAY_MS));
    } else {
        return kind_time_read(field, env, text, out, errors);
    }
    return true;
}

static bool kind_time_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                                struct errors *errors) {
    if (json_type(json) != JSON_T_STRING) return kind_refuse(errors, field, "wrong_type", "Send a time as a JSON string.");
    if (json_text(json).len == 0) return true;
    return kind_time_read(field, env, json_text(json), out, errors);
}

static void kind_time_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_time(b, value.integer);
}

static void kind_time_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    buf_char(b, '"');
    kind_time_to_text(b, field, env, value);
    buf_char(b, '"');
}

/* "2026-11-12T14:30", with seconds only where there are some: what a datetime-local input takes and sends. The second of two
 * equal hours at the end of summer time cannot be said in it, so that one keeps its offset rather than move by an hour. */
static void kind_time_to_input(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    int64_t wall = kind_to_wall(env, value.integer);
    if (kind_from_wall(env, wall) != value.integer || wall < TIME_MIN || wall > TIME_MAX) {
        kind_time_to_text(b, field, env, value);
        return;
    }
    struct civil c = civil_from_time(wall);
    buf_printf(b, "%04d-%02d-%02dT%02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
    if (c.second || c.milli) buf_printf(b, ":%02d", c.second);
    if (c.milli) buf_printf(b, ".%03d", c.milli);
}

static void kind_time_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    struct civil c = civil_from_time(kind_to_wall(env, value.integer));
    kind_write_day(b, env, c);
    buf_char(b, ' ');
    buf_clock(b, c.hour, c.minute);
}

static void kind_time_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"string\",\"format\":\"date-time\"");
}

const struct kind kind_time = {
    .name = "time",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN) | OPS(OP_WITHIN),
    .sortable = true,
    .input = "datetime-local",
    .parse = kind_time_parse,
    .from_json = kind_time_from_json,
    .to_json = kind_time_to_json,
    .to_text = kind_time_to_text,
    .to_input = kind_time_to_input,
    .to_display = kind_time_to_display,
    .schema = kind_time_schema,
};
