/* kind_duration.c - a length of time in whole minutes; typed as "130", "2h 10m", "2:10" or "1.5 h", read as "2 h 10 min". */
#include "core/kind_tools.h"

/* Ten years: more is a slip of the hand. */
#define DURATION_MAX INT64_C(5256000)

static bool kind_duration_in(struct str word, const char *words) {
    return str_in_words(words, word);
}

/* "1:30" and the like; the minutes have two digits and stay below 60. */
static bool kind_duration_clock(struct str text, int64_t *minutes) {
    struct str hours;
    int64_t h, m;
    if (!str_split(&text, ':', &hours) || text.len != 2) return false;
    if (hours.len == 0 || hours.ptr[0] < '0' || hours.ptr[0] > '9' || text.ptr[0] < '0' || text.ptr[0] > '9') return false;
    if (!str_to_int(hours, &h) || !str_to_int(text, &m) || m > 59 || h > DURATION_MAX) return false;
    *minutes = h * 60 + m;
    return true;
}

/* The next "2", "1.5" and the unit behind it ("h", "min" or none) off the front of *rest. */
static bool kind_duration_part(struct str *rest, struct str *number, struct str *unit) {
    struct str s = str_trim(*rest);
    size_t i = 0, end;
    while (i < s.len && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '.')) i++;
    *number = str_slice(s, 0, i);
    while (i < s.len && s.ptr[i] == ' ') i++;
    for (end = i; end < s.len && s.ptr[end] >= 'a' && s.ptr[end] <= 'z';) end++;
    *unit = str_slice(s, i, end);
    *rest = str_slice(s, end, s.len);
    return number->len > 0;
}

/* Hours may have decimals where they make whole minutes; each unit stands once, the larger first. */
static bool kind_duration_units(struct str text, int64_t *minutes) {
    struct str number, unit;
    int last = 3;
    *minutes = 0;
    while (text.len) {
        int64_t hundredths;
        if (!kind_duration_part(&text, &number, &unit) || decimal_parse(number, 2, &hundredths) != DECIMAL_OK) return false;
        if (hundredths > DURATION_MAX * 10000) return false;
        int rank = kind_duration_in(unit, "d day days")                  ? 2
                   : kind_duration_in(unit, "h hr hrs hour hours")       ? 1
                   : kind_duration_in(unit, "m min mins minute minutes") ? 0
                                                                         : -1;
        if (unit.len == 0 && last == 3 && text.len == 0) rank = 0;
        if (rank < 0 || rank >= last) return false;
        last = rank;
        int64_t scaled = hundredths * (rank == 2 ? 1440 : rank == 1 ? 60 : 1);
        if (scaled % 100 != 0) return false;
        *minutes += scaled / 100;
        text = str_trim(text);
    }
    return last < 3;
}

static bool kind_duration_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                                struct errors *errors) {
    int64_t minutes;
    struct str lower = str_lower(env->arena, text);
    if (!kind_duration_clock(lower, &minutes) && !kind_duration_units(lower, &minutes)) {
        return kind_refuse(errors, field, "not_a_duration", "Enter minutes, or hours and minutes such as 2h 10m or 2:10.");
    }
    if (!kind_check_range(field, env, minutes, 0, DURATION_MAX, errors)) return false;
    *out = value_int(minutes);
    return true;
}

static void kind_duration_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    int64_t hours = value.integer / 60, minutes = value.integer % 60;
    if (hours) buf_printf(b, "%lld h", (long long)hours);
    if (hours && minutes) buf_char(b, ' ');
    if (minutes || !hours) buf_printf(b, "%lld min", (long long)minutes);
}

static void kind_duration_schema(struct buf *b, const struct field *field) {
    int64_t least = 0, most = DURATION_MAX;
    kind_limits(field, &least, &most);
    buf_printf(b, "\"type\":\"integer\",\"minimum\":%lld,\"maximum\":%lld,\"description\":\"Minutes\"", (long long)least,
               (long long)most);
}

const struct kind kind_duration = {
    .name = "duration",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN),
    .sortable = true,
    .align = "num",
    .input = "text",
    .parse = kind_duration_parse,
    .from_json = kind_json_number,
    .to_display = kind_duration_to_display,
    .schema = kind_duration_schema,
};
