/* kind_money.c - an amount in the record's currency, stored in its minor units; a JSON decimal string ("12.50", JPY "1250"). */
#include "core/kind_tools.h"

/* Of a record whose currency is not known: what most currencies have. */
#define MONEY_DIGITS 2

static const struct money_sign {
    const char *currency, *sign;
} money_signs[] = {
    {"AUD", "$"}, {"USD", "$"}, {"NZD", "$"}, {"CAD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"JPY", "¥"},
};
#define MONEY_SIGNS (sizeof money_signs / sizeof *money_signs)

static int kind_money_digits(const struct kind_env *env) {
    int digits = currency_digits(env->currency);
    return digits < 0 ? MONEY_DIGITS : digits;
}

static const char *kind_money_sign(struct str currency) {
    for (size_t i = 0; i < MONEY_SIGNS; i++) {
        if (str_eqc(currency, money_signs[i].currency)) return money_signs[i].sign;
    }
    return NULL;
}

/* Takes `part` off the front or the back of *text, with the white space that stood between. */
static void kind_money_cut(struct str *text, struct str part) {
    if (str_starts(*text, part)) {
        *text = str_trim(str_slice(*text, part.len, text->len));
    } else {
        *text = str_trim(str_slice(*text, 0, text->len - part.len));
    }
}

/* Takes a sign or code of a currency off either end of *text into *found; empty where there is none. */
static void kind_money_mark(struct str *text, struct str *found) {
    *found = STR("");
    for (size_t i = 0; i < MONEY_SIGNS && found->len == 0; i++) {
        struct str sign = str_of(money_signs[i].sign);
        if (str_starts(*text, sign) || str_ends(*text, sign)) *found = sign;
    }
    struct str front = str_slice(*text, 0, 3), back = str_slice(*text, text->len > 3 ? text->len - 3 : 0, text->len);
    if (found->len == 0 && currency_digits(front) >= 0) *found = front;
    if (found->len == 0 && currency_digits(back) >= 0) *found = back;
    if (found->len) kind_money_cut(text, *found);
}

static bool kind_money_same(struct str mark, struct str currency) {
    const char *sign = kind_money_sign(currency);
    return str_eq(mark, currency) || (sign && str_eqc(mark, sign));
}

static bool kind_money_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                             struct errors *errors) {
    bool negative = text.ptr[0] == '-';
    struct str amount = negative ? str_trim(str_slice(text, 1, text.len)) : text, mark;
    kind_money_mark(&amount, &mark);
    if (mark.len && !kind_money_same(mark, env->currency)) {
        return kind_refuse(errors, field, "wrong_currency", "This amount is in %.*s, the record is in %.*s.", STR_ARG(mark),
                           STR_ARG(env->currency));
    }
    // "$-5" has its minus after the sign; a second one is no number.
    if (negative && amount.len && (amount.ptr[0] == '-' || amount.ptr[0] == '+')) amount = STR("");
    if (negative) amount = str_printf(env->arena, "-%.*s", STR_ARG(amount));
    int64_t n;
    if (!kind_read_number(field, env, amount, kind_money_digits(env), &n, errors)) return false;
    if (!kind_check_range(field, env, n, INT64_MIN, INT64_MAX, errors)) return false;
    *out = value_int(n);
    return true;
}

static void kind_money_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    buf_decimal(b, value.integer, kind_money_digits(env));
}

static void kind_money_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    buf_char(b, '"');
    kind_money_to_text(b, field, env, value);
    buf_char(b, '"');
}

static void kind_money_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    const char *sign = kind_money_sign(env->currency);
    int digits = kind_money_digits(env);
    struct buf number = buf_new(env->arena, 32);
    kind_write_number(&number, env, value.integer, digits, digits);
    struct str shown = buf_str(&number);
    if (sign) {
        if (value.integer < 0) {
            buf_char(b, '-');
            shown = str_slice(shown, 1, shown.len);
        }
        buf_cstr(b, sign);
    } else if (env->currency.len) {
        buf_add(b, env->currency);
        buf_char(b, ' ');
    }
    buf_add(b, shown);
}

static void kind_money_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"string\",\"format\":\"decimal\",\"pattern\":\"^-?[0-9]+(\\\\.[0-9]{1,4})?$\"");
}

const struct kind kind_money = {
    .name = "money",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_LT) | OPS(OP_LTE) | OPS(OP_GT) | OPS(OP_GTE) | OPS(OP_IN),
    .sortable = true,
    .align = "num",
    .input = "number",
    .parse = kind_money_parse,
    .from_json = kind_json_decimal,
    .to_json = kind_money_to_json,
    .to_text = kind_money_to_text,
    .to_display = kind_money_to_display,
    .schema = kind_money_schema,
};
