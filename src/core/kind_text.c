/* kind_text.c - a text of one line, or of several where the field says MULTILINE; kept byte for byte. */
#include "core/kind_tools.h"

#define TEXT_LONGEST 255

static bool kind_text_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    (void)env;
    if (!(field->flags & MULTILINE) && !kind_check_line(field, text, errors)) return false;
    if (!kind_check_length(field, text, TEXT_LONGEST, errors)) return false;
    *out = value_text(text);
    return true;
}

static void kind_text_schema(struct buf *b, const struct field *field) {
    buf_lit(b, "\"type\":\"string\"");
    if (field->decl->min > 0) buf_printf(b, ",\"minLength\":%lld", (long long)field->decl->min);
    buf_printf(b, ",\"maxLength\":%lld", (long long)kind_longest(field, TEXT_LONGEST));
}

const struct kind kind_text = {
    .name = "text",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN) | OPS(OP_CONTAINS) | OPS(OP_STARTS),
    .sortable = true,
    .searchable = true,
    .input = "text",
    .parse = kind_text_parse,
    .schema = kind_text_schema,
};
