/* kind_choices.c - any of the field's declared words, each once, in declared order; a JSON array, "a, b" in text. */
#include "core/kind_tools.h"

#define CHOICES_MOST 200

/* The list in declared order, or a refusal of the first word that is not one. */
static bool kind_choices_take(const struct field *field, const struct kind_env *env, const struct kind_list *given,
                              struct value *out, struct errors *errors) {
    for (size_t i = 0; i < given->count; i++) {
        if (kind_choice_index(field, given->at[i]) >= 0) continue;
        struct str names = kind_choice_names(env->arena, field);
        return kind_refuse(errors, field, "not_allowed", "Choose among: %.*s.", STR_ARG(names));
    }
    struct kind_list ordered = {.arena = env->arena, .most = CHOICES_MOST};
    for (int i = 0; field->decl->choices[i]; i++) {
        struct str choice = str_of(field->decl->choices[i]);
        if (kind_list_has(given, choice)) kind_list_add(&ordered, choice);
    }
    *out = kind_list_value(&ordered);
    return true;
}

static bool kind_choices_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                               struct errors *errors) {
    struct kind_list list = {.arena = env->arena, .most = CHOICES_MOST};
    if (!kind_list_split(&list, text)) return kind_refuse(errors, field, "open_quote", "Close the quotation mark.");
    return kind_choices_take(field, env, &list, out, errors);
}

static bool kind_choices_from_json(const struct field *field, const struct kind_env *env, const struct json *json,
                                   struct value *out, struct errors *errors) {
    struct kind_list list = {.arena = env->arena, .most = CHOICES_MOST};
    return kind_list_json(&list, field, json, errors) && kind_choices_take(field, env, &list, out, errors);
}

static void kind_choices_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    struct kind_list list = {.arena = env->arena};
    kind_list_read(&list, value);
    kind_list_write(b, &list);
}

static void kind_choices_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    struct kind_list list = {.arena = env->arena};
    kind_list_read(&list, value);
    for (size_t i = 0; i < list.count; i++) {
        if (i) buf_lit(b, ", ");
        kind_write_choice(b, field, list.at[i]);
    }
}

static void kind_choices_schema(struct buf *b, const struct field *field) {
    buf_lit(b, "\"type\":\"array\",\"uniqueItems\":true,\"items\":{\"type\":\"string\",\"enum\":[");
    kind_choice_enum(b, field);
    buf_lit(b, "]}");
}

const struct kind kind_choices = {
    .name = "choices",
    .stored = "text",
    .ops = OPS(OP_HAS),
    .input = "checkboxes",
    .parse = kind_choices_parse,
    .from_json = kind_choices_from_json,
    .to_json = kind_json_stored,
    .to_text = kind_choices_to_text,
    .to_display = kind_choices_to_display,
    .schema = kind_choices_schema,
};
