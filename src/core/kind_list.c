/* kind_list.c - lists of short texts, stored as one JSON array: for choices and tags (kind_tools.h). */
#include "core/kind_tools.h"

bool kind_list_has(const struct kind_list *list, struct str item) {
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->at[i], item)) return true;
    }
    return false;
}

void kind_list_add(struct kind_list *list, struct str item) {
    if (kind_list_has(list, item)) return;
    if (list->count == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 8;
        list->at = arena_grow(list->arena, list->at, list->cap * sizeof *list->at, cap * sizeof *list->at);
        list->cap = cap;
    }
    list->at[list->count++] = item;
}

/* A quoted part off the front, doubled quotes inside it single; false where it has no end. */
static bool kind_list_quoted(struct arena *arena, struct str *rest, struct str *part) {
    struct buf b = buf_new(arena, 64);
    for (size_t i = 1; i < rest->len; i++) {
        if (rest->ptr[i] == '"') {
            if (i + 1 == rest->len || rest->ptr[i + 1] != '"') {
                *part = buf_str(&b);
                *rest = str_trim(str_slice(*rest, i + 1, rest->len));
                return true;
            }
            i++;
        }
        buf_char(&b, rest->ptr[i]);
    }
    return false;
}

bool kind_list_split(struct kind_list *list, struct str text) {
    struct str rest = str_trim(text), part;
    while (rest.len && list->count <= list->most) {
        if (rest.ptr[0] == '"') {
            if (!kind_list_quoted(list->arena, &rest, &part)) return false;
            if (rest.len && rest.ptr[0] != ',') return false;
            rest = str_slice(rest, 1, rest.len);
        } else {
            str_split(&rest, ',', &part);
            part = str_trim(part);
        }
        if (part.len) kind_list_add(list, part);
        rest = str_trim(rest);
    }
    return true;
}

bool kind_list_json(struct kind_list *list, const struct field *field, const struct json *json, struct errors *errors) {
    if (json_type(json) != JSON_T_ARRAY) return kind_refuse(errors, field, "wrong_type", "Send a JSON array of strings.");
    for (size_t i = 0; i < json_count(json) && list->count <= list->most; i++) {
        const struct json *item = json_at(json, i);
        if (json_type(item) != JSON_T_STRING) return kind_refuse(errors, field, "wrong_type", "Send a JSON array of strings.");
        kind_list_add(list, json_text(item));
    }
    return true;
}

struct value kind_list_value(const struct kind_list *list) {
    if (list->count == 0) return VALUE_NONE;
    struct buf b = buf_new(list->arena, 64);
    for (size_t i = 0; i < list->count; i++) {
        buf_char(&b, i ? ',' : '[');
        buf_json(&b, list->at[i]);
    }
    buf_char(&b, ']');
    return value_text(buf_str(&b));
}

void kind_list_read(struct kind_list *list, struct value value) {
    struct errors errors = {.arena = list->arena};
    const struct json *json = json_parse(list->arena, value.text, &errors);
    for (size_t i = 0; i < json_count(json); i++) kind_list_add(list, json_text(json_at(json, i)));
}

static bool kind_list_plain(struct str item) {
    return str_index(item, ',') < 0 && str_index(item, '"') < 0 && str_index(item, '\n') < 0 && str_trim(item).len == item.len;
}

void kind_list_write(struct buf *b, const struct kind_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct str item = list->at[i];
        if (i) buf_lit(b, ", ");
        if (kind_list_plain(item)) {
            buf_add(b, item);
            continue;
        }
        buf_char(b, '"');
        for (size_t k = 0; k < item.len; k++) {
            if (item.ptr[k] == '"') buf_char(b, '"');
            buf_char(b, item.ptr[k]);
        }
        buf_char(b, '"');
    }
}
