/* kind_url.c - a web address (http or https), so that a link made of it can run nothing. */
#include "base/text.h"
#include "core/kind_tools.h"

static bool kind_url_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                           struct errors *errors) {
    struct str url;
    const char *why;
    if (!text_url(env->arena, text, &url, &why)) return kind_refuse(errors, field, "not_a_url", "%s", why);
    if (!kind_check_length(field, url, TEXT_URL_LONGEST, errors)) return false;
    *out = value_text(url);
    return true;
}

static void kind_url_schema(struct buf *b, const struct field *field) {
    buf_printf(b, "\"type\":\"string\",\"format\":\"uri\",\"maxLength\":%lld", (long long)kind_longest(field, TEXT_URL_LONGEST));
}

const struct kind kind_url = {
    .name = "url",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN) | OPS(OP_CONTAINS) | OPS(OP_STARTS),
    .sortable = true,
    .searchable = true,
    .input = "url",
    .parse = kind_url_parse,
    .schema = kind_url_schema,
};
