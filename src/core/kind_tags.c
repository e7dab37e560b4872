/* kind_tags.c - free words on a record, each once, in the order given; a JSON array, "a, \"b, c\"" in text. */
#include "core/kind_tools.h"

#include "base/utf8.h"

#define TAGS_MOST 50
#define TAG_LONGEST 50

static bool kind_tags_take(const struct field *field, const struct kind_list *given, struct value *out, struct errors *errors) {
    struct kind_list tags = {.arena = given->arena, .most = TAGS_MOST};
    if (given->count > TAGS_MOST) return kind_refuse(errors, field, "too_many", "Enter at most %d tags.", TAGS_MOST);
    for (size_t i = 0; i < given->count; i++) {
        struct str tag = str_trim(given->at[i]);
        if (tag.len == 0) return kind_refuse(errors, field, "too_short", "A tag needs at least one character.");
        size_t length = utf8_length(tag);
        if (length > TAG_LONGEST) {
            return kind_refuse(errors, field, "too_long", "A tag may have at most %d characters; one has %zu.", TAG_LONGEST,
                               length);
        }
        if (!kind_check_line(field, tag, errors)) return false;
        kind_list_add(&tags, tag);
    }
    *out = kind_list_value(&tags);
    return true;
}

static bool kind_tags_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                            struct errors *errors) {
    struct kind_list list = {.arena = env->arena, .most = TAGS_MOST};
    if (!kind_list_split(&list, text)) return kind_refuse(errors, field, "open_quote", "Close the quotation mark.");
    return kind_tags_take(field, &list, out, errors);
}

static bool kind_tags_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                                struct errors *errors) {
    struct kind_list list = {.arena = env->arena, .most = TAGS_MOST};
    return kind_list_json(&list, field, json, errors) && kind_tags_take(field, &list, out, errors);
}

static void kind_tags_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    struct kind_list list = {.arena = env->arena};
    kind_list_read(&list, value);
    kind_list_write(b, &list);
}

static void kind_tags_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field;
    struct kind_list list = {.arena = env->arena};
    kind_list_read(&list, value);
    for (size_t i = 0; i < list.count; i++) {
        if (i) buf_lit(b, ", ");
        buf_add(b, list.at[i]);
    }
}

static void kind_tags_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_printf(b, "\"type\":\"array\",\"maxItems\":%d,\"items\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":%d}",
               TAGS_MOST, TAG_LONGEST);
}

const struct kind kind_tags = {
    .name = "tags",
    .stored = "text",
    .ops = OPS(OP_HAS),
    .searchable = true,
    .input = "tags",
    .parse = kind_tags_parse,
    .from_json = kind_tags_from_json,
    .to_json = kind_json_stored,
    .to_text = kind_tags_to_text,
    .to_display = kind_tags_to_display,
    .schema = kind_tags_schema,
};
