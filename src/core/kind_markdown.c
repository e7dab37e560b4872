/* kind_markdown.c - a long text in Markdown, kept byte for byte (CRLF stays as given); rendered only where it is shown. */
#include "core/kind_tools.h"

#define MARKDOWN_LONGEST 65536

static bool kind_markdown_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                                struct errors *errors) {
    (void)env;
    if (!kind_check_length(field, text, MARKDOWN_LONGEST, errors)) return false;
    *out = value_text(text);
    return true;
}

static void kind_markdown_schema(struct buf *b, const struct field *field) {
    buf_printf(b, "\"type\":\"string\",\"maxLength\":%lld,\"contentMediaType\":\"text/markdown\"",
               (long long)kind_longest(field, MARKDOWN_LONGEST));
}

const struct kind kind_markdown = {
    .name = "markdown",
    .stored = "text",
    .ops = OPS(OP_CONTAINS),
    .searchable = true,
    .input = "textarea",
    .parse = kind_markdown_parse,
    .schema = kind_markdown_schema,
};
