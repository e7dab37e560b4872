/* kind_number.c - numbers as people and programs write them, for the kinds that hold one (kind_tools.h). */
#include "core/kind_tools.h"

/* More than any scaled int64 needs; a longer exponent is no number of ours. */
#define NUMBER_EXPONENT_MAX 40

static bool kind_number_digit(struct str s, size_t i) {
    return i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';
}

/* The whole part without its commas, where they stand every three digits. One comma before three last digits could be a decimal
 * comma in a number that may have three decimals, so that is refused as not clear. */
static bool kind_number_ungroup(struct arena *arena, struct str text, int digits, struct str *plain) {
    *plain = text;
    if (str_index(text, ',') < 0) return true;
    ptrdiff_t point = str_index(text, '.');
    struct str whole = point < 0 ? text : str_slice(text, 0, (size_t)point);
    struct buf b = buf_new(arena, text.len);
    size_t i = 0, run = 0, commas = 0;
    if (whole.len && (whole.ptr[0] == '-' || whole.ptr[0] == '+')) buf_char(&b, whole.ptr[i++]);
    for (; i < whole.len; i++) {
        if (whole.ptr[i] == ',') {
            if (run == 0 || run > 3 || (commas && run != 3)) return false;
            commas++;
            run = 0;
        } else {
            run++;
            buf_char(&b, whole.ptr[i]);
        }
    }
    if (run != 3 || (commas == 1 && point < 0 && digits >= 3)) return false;
    if (point >= 0) buf_add(&b, str_slice(text, (size_t)point, text.len));
    *plain = buf_str(&b);
    return true;
}

bool kind_read_number(const struct field *field, const struct kind_env *env, struct str text, int digits, int64_t *out,
                      struct errors *errors) {
    struct str plain;
    if (!kind_number_ungroup(env->arena, text, digits, &plain)) {
        return kind_refuse(errors, field, "not_a_number", "Enter the number with a point for decimals, such as 1234.5.");
    }
    switch (decimal_parse(plain, digits, out)) {
    case DECIMAL_OK:
        return true;
    case DECIMAL_TOO_PRECISE:
        if (digits == 0) return kind_refuse(errors, field, "too_precise", "Enter a whole number.");
        return kind_refuse(errors, field, "too_precise", "Enter at most %d digits after the point.", digits);
    case DECIMAL_TOO_LARGE:
        return kind_refuse(errors, field, "too_large", "Enter a smaller number.");
    case DECIMAL_NOT_A_NUMBER:
        break;
    }
    return kind_refuse(errors, field, "not_a_number", "Enter a number.");
}

/* Moves the point of digits[0] . digits[1..] by the exponent. */
static struct str kind_number_shift(struct arena *arena, bool negative, struct str digits, int exponent) {
    struct buf b = buf_new(arena, digits.len + NUMBER_EXPONENT_MAX + 3);
    if (negative) buf_char(&b, '-');
    if (exponent < 0) {
        buf_lit(&b, "0.");
        for (int i = -1; i > exponent; i--) buf_char(&b, '0');
        buf_add(&b, digits);
        return buf_str(&b);
    }
    for (size_t i = 0; i < digits.len || i <= (size_t)exponent; i++) {
        if (i == (size_t)exponent + 1) buf_char(&b, '.');
        buf_char(&b, i < digits.len ? digits.ptr[i] : '0');
    }
    return buf_str(&b);
}

struct str kind_number_text(struct arena *arena, const struct json *json) {
    struct str text = json_number_text(arena, json);
    ptrdiff_t e = str_index(text, 'e');
    if (e < 0) return text;
    int64_t exponent;
    struct str power = str_slice(text, (size_t)e + 1, text.len);
    if (power.len && power.ptr[0] == '+') power = str_slice(power, 1, power.len);
    if (!str_to_int(power, &exponent) || exponent > NUMBER_EXPONENT_MAX || exponent < -NUMBER_EXPONENT_MAX) return text;
    struct buf digits = buf_new(arena, (size_t)e + 1);
    for (size_t i = 0; i < (size_t)e; i++) {
        if (kind_number_digit(text, i)) buf_char(&digits, text.ptr[i]);
    }
    return kind_number_shift(arena, text.ptr[0] == '-', buf_str(&digits), (int)exponent);
}

void kind_write_short(struct buf *b, const struct kind_env *env, int64_t value, int scale) {
    int digits = scale;
    for (int64_t rest = value; digits > 0 && rest % 10 == 0; rest /= 10) digits--;
    kind_write_number(b, env, value, scale, digits);
}

bool kind_json_number(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                      struct errors *errors) {
    enum json_type type = json_type(json);
    if (type != JSON_T_INT && type != JSON_T_REAL) return kind_refuse(errors, field, "wrong_type", "Send a JSON number.");
    return kind_parse(field, env, kind_number_text(env->arena, json), out, errors);
}

bool kind_json_decimal(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                       struct errors *errors) {
    if (json_type(json) == JSON_T_STRING) return kind_parse(field, env, json_text(json), out, errors);
    if (json_type(json) == JSON_T_INT || json_type(json) == JSON_T_REAL) {
        return kind_parse(field, env, kind_number_text(env->arena, json), out, errors);
    }
    return kind_refuse(errors, field, "wrong_type", "Send a decimal as a JSON string, such as \"12.50\".");
}
