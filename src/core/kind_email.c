/* kind_email.c - one e-mail address; its domain is stored in lower case. */
#include "base/text.h"
#include "core/kind_tools.h"

#define EMAIL_LONGEST 254

static bool kind_email_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                             struct errors *errors) {
    struct str address;
    const char *why;
    if (!text_email(env->arena, text, &address, &why)) return kind_refuse(errors, field, "not_an_email", "%s", why);
    if (!kind_check_length(field, address, EMAIL_LONGEST, errors)) return false;
    *out = value_text(address);
    return true;
}

static void kind_email_schema(struct buf *b, const struct field *field) {
    buf_printf(b, "\"type\":\"string\",\"format\":\"email\",\"maxLength\":%lld", (long long)kind_longest(field, EMAIL_LONGEST));
}

const struct kind kind_email = {
    .name = "email",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN) | OPS(OP_CONTAINS) | OPS(OP_STARTS),
    .sortable = true,
    .searchable = true,
    .input = "email",
    .parse = kind_email_parse,
    .schema = kind_email_schema,
};
