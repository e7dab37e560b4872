/* kind_phone.c - a phone number in E.164 ("+61491570156"), an extension behind it (";ext=123"); spaced for people. */
#include "base/text.h"
#include "core/kind_tools.h"

#define PHONE_LONGEST 40

static bool kind_phone_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                             struct errors *errors) {
    struct text_phone phone;
    const char *why;
    if (!text_phone_e164(env->arena, text, env->country, &phone, &why))
        return kind_refuse(errors, field, "not_a_phone", "%s", why);
    *out =
        value_text(phone.extension.len ? str_printf(env->arena, "%.*s;ext=%.*s", STR_ARG(phone.number), STR_ARG(phone.extension))
                                       : phone.number);
    return true;
}

/* Digits of the calling code at the front (ITU-T E.164, annex): 1 and 7 are one, these are two, all others three. */
static size_t kind_phone_code(struct str digits) {
    static const char two[] =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
        "81 82 84 86 90 91 92 93 94 95 98";
    if (digits.ptr[0] == '1' || digits.ptr[0] == '7') return 1;
    return str_in_words(two, str_slice(digits, 0, 2)) ? 2 : 3;
}

/* In threes, with one or two fours at the end to leave no rest: 3 3 3, 3 3 4, 4 4, 3 4 4. */
static void kind_phone_groups(struct buf *b, struct str digits) {
    size_t fours = digits.len % 3 == 0 ? 0 : digits.len % 3 == 1 ? 1 : 2;
    while (digits.len) {
        size_t group = digits.len <= 5 ? digits.len : digits.len <= 4 * fours ? 4 : 3;
        buf_char(b, ' ');
        buf_add(b, str_slice(digits, 0, group));
        digits = str_slice(digits, group, digits.len);
    }
}

static void kind_phone_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    struct str extension = value.text, number;
    str_split(&extension, ';', &number);
    struct str digits = str_slice(number, 1, number.len);
    if (digits.len < 4) {
        buf_add(b, value.text);
        return;
    }
    size_t code = kind_phone_code(digits);
    buf_char(b, '+');
    buf_add(b, str_slice(digits, 0, code));
    digits = str_slice(digits, code, digits.len);
    // An Australian line outside the mobile range is its area's digit and two fours.
    if (str_starts(number, STR("+61")) && digits.len == 9 && digits.ptr[0] != '4' && digits.ptr[0] != '1') {
        buf_char(b, ' ');
        buf_char(b, digits.ptr[0]);
        digits = str_slice(digits, 1, digits.len);
    }
    kind_phone_groups(b, digits);
    struct str mark = STR("ext=");
    if (str_starts(extension, mark)) {
        buf_lit(b, " ext. ");
        buf_add(b, str_slice(extension, mark.len, extension.len));
    }
}

static void kind_phone_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_printf(b, "\"type\":\"string\",\"format\":\"phone\",\"maxLength\":%d,\"examples\":[\"+61491570156\"]", PHONE_LONGEST);
}

const struct kind kind_phone = {
    .name = "phone",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN) | OPS(OP_CONTAINS) | OPS(OP_STARTS),
    .sortable = true,
    .searchable = true,
    .input = "tel",
    .parse = kind_phone_parse,
    .to_display = kind_phone_to_display,
    .schema = kind_phone_schema,
};
