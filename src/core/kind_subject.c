/* kind_subject.c - the pair that points to a record of one of several entities: subject_type names the entity, subject_id the
 * record. Both or neither is the repository's rule. */
#include "core/kind_tools.h"
#include "core/registry.h"

static bool kind_subject_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                               struct errors *errors) {
    (void)env;
    if (!str_in_words(field->decl->subjects, text)) {
        return kind_refuse(errors, field, "not_allowed", "Choose one of: %s.", field->decl->subjects);
    }
    *out = value_text(text);
    return true;
}

static void kind_subject_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    const struct entity *entity = registry_find(value.text);
    if (entity && arena_lang(b->arena))
        buf_cstr(b, lang_cstr(b->arena, entity->decl->many));
    else
        kind_write_human(b, value.text);
}

static void kind_subject_schema(struct buf *b, const struct field *field) {
    struct str words = str_of(field->decl->subjects), word;
    char separator = '[';
    buf_lit(b, "\"type\":\"string\",\"enum\":");
    while (str_word(&words, &word)) {
        buf_char(b, separator);
        buf_json(b, word);
        separator = ',';
    }
    buf_char(b, ']');
}

const struct kind kind_subject_type = {
    .name = "subject_type",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN),
    .input = "select",
    .parse = kind_subject_parse,
    .to_display = kind_subject_to_display,
    .schema = kind_subject_schema,
};

const struct kind kind_subject_id = {
    .name = "subject_id",
    .stored = "integer",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN),
    .input = "ref",
    .parse = kind_ref_parse,
    .from_json = kind_ref_from_json,
    .schema = kind_ref_schema,
};
