/* kind_color.c - a colour: "#rrggbb", or one of the design's hue words, which people choose for stages and tags. */
#include "core/kind_tools.h"

static const char color_hues[] = N_WORDS("gray blue cyan teal green amber orange red pink violet");

static bool kind_color_hex(struct str text) {
    if (text.len != 7 || text.ptr[0] != '#') return false;
    for (size_t i = 1; i < text.len; i++) {
        char c = text.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

static bool kind_color_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                             struct errors *errors) {
    struct str lower = str_lower(env->arena, text);
    if (!kind_color_hex(lower) && !str_in_words(color_hues, lower)) {
        return kind_refuse(errors, field, "not_a_color", "Enter a colour such as #1e6fd9, or one of: %s.", color_hues);
    }
    *out = value_text(lower);
    return true;
}

static void kind_color_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    kind_write_human(b, value.text);
}

static void kind_color_schema(struct buf *b, const struct field *field) {
    (void)field;
    buf_lit(b, "\"type\":\"string\",\"pattern\":\"^(#[0-9a-fA-F]{6}");
    struct str words = str_of(color_hues), word;
    while (str_word(&words, &word)) {
        buf_char(b, '|');
        buf_add(b, word);
    }
    buf_lit(b, ")$\"");
}

const struct kind kind_color = {
    .name = "color",
    .stored = "text",
    .ops = OPS(OP_EQ) | OPS(OP_NE) | OPS(OP_IN),
    .input = "color",
    .parse = kind_color_parse,
    .to_display = kind_color_to_display,
    .schema = kind_color_schema,
};
