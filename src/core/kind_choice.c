/* kind_choice.c - one of the field's declared words; the column has a CHECK, people read it in words ("In progress"). */
#include "core/kind_tools.h"

static bool kind_choice_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                              struct errors *errors) {
    int index = kind_choice_index(field, text);
    if (index < 0) {
        struct str names = kind_choice_names(env->arena, field);
        return kind_refuse(errors, field, "not_allowed", "Choose one of: %.*s.", STR_ARG(names));
    }
    *out = value_text(str_of(field->decl->choices[index]));
    return true;
}

static void kind_choice_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)env;
    kind_write_choice(b, field, value.text);
}

static void kind_choice_schema(struct buf *b, const struct field *field) {
    buf_lit(b, "\"type\":\"string\",\"enum\":[");
    kind_choice_enum(b, field);
    buf_char(b, ']');
}

const struct kind kind_choice = {
    .name = "choice",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN),
    .sortable = true,
    .input = "select",
    .parse = kind_choice_parse,
    .to_display = kind_choice_to_display,
    .schema = kind_choice_schema,
};
