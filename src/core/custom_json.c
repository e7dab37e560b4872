/* custom_json.c - values of custom fields out of the JSON column of their record, and back (custom.h).
 *
 * Read for each row of a list and nearly always of our own writing, so it is read where it stands, without a tree; what is
 * not as we write it - a nested value that somebody once put there - is passed over and kept.
 */
#include "core/custom.h"

#define VALUES_LONGEST 65536u /* as of any JSON (kind_json.c) */

/* One member: the span of all of it, of its key without quotes, and of its value. */
struct member {
    struct str whole, key, value;
};

static size_t after_space(struct str s, size_t i) {
    while (i < s.len && (s.ptr[i] == ' ' || s.ptr[i] == '\n' || s.ptr[i] == '\t' || s.ptr[i] == '\r')) i++;
    return i;
}

/* Behind the text that begins with the quote at i. */
static size_t after_text(struct str s, size_t i) {
    for (i++; i < s.len && s.ptr[i] != '"'; i++) i += s.ptr[i] == '\\';
    return i < s.len ? i + 1 : s.len;
}

static size_t after_value(struct str s, size_t i) {
    int depth = 0;
    for (; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"')
            i = after_text(s, i) - 1;
        else if (c == '{' || c == '[')
            depth++;
        else if (depth && (c == '}' || c == ']'))
            depth--;
        else if (!depth && (c == ',' || c == '}'))
            break;
    }
    return i;
}

/* The next member from *at on; 0 is before the first. */
static bool next_member(struct str s, size_t *at, struct member *m) {
    size_t i = after_space(s, *at);
    if (i < s.len && s.ptr[i] == (*at ? ',' : '{')) i = after_space(s, i + 1);
    if (i >= s.len || s.ptr[i] != '"') return false;
    size_t key = after_text(s, i), value = after_space(s, key);
    if (value >= s.len || s.ptr[value] != ':') return false;
    value = after_space(s, value + 1);
    *at = after_value(s, value);
    m->whole = str_slice(s, i, *at);
    m->key = str_slice(s, i + 1, key - 1);
    m->value = str_trim(str_slice(s, value, *at));
    return m->value.len > 0;
}

/* The field whose member it is; members come in the order of the fields, so the search begins where it last ended. */
static const struct field *field_of(const struct entity *entity, struct str key, int *after) {
    int64_t id;
    if (!str_to_int(key, &id)) return NULL;
    int first = entity->field_count - entity->custom_count;
    for (int n = 0; n < entity->custom_count; n++) {
        int i = (*after + n) % entity->custom_count;
        if (entity->fields[first + i].custom != id) continue;
        *after = i + 1;
        return &entity->fields[first + i];
    }
    return NULL;
}

static struct str unescaped(struct arena *arena, struct str quoted) {
    struct str inner = str_slice(quoted, 1, quoted.len - 1);
    if (str_index(inner, '\\') < 0) return inner;
    struct errors ignored = {.arena = arena};
    struct buf list = buf_new(arena, quoted.len + 2); /* a text alone is no document */
    buf_printf(&list, "[%.*s]", STR_ARG(quoted));
    return json_text(json_at(json_parse(arena, buf_str(&list), &ignored), 0));
}

static struct value value_of(struct arena *arena, struct str json) {
    int64_t integer;
    if (json.len > 2 && json.ptr[0] == '"') return value_text(unescaped(arena, json));
    return str_to_int(json, &integer) ? value_int(integer) : VALUE_NONE;
}

static bool fits(const struct field *f, struct value value) {
    return value.type == (kind_is_text(f->kind) ? VALUE_TEXT : VALUE_INT);
}

void custom_read(struct arena *arena, struct row *row) {
    const struct entity *entity = row->entity;
    struct value raw = row->values[entity->custom];
    struct member m;
    size_t at = 0;
    int after = 0;
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++) row->values[i] = VALUE_NONE;
    while (raw.type == VALUE_TEXT && next_member(raw.text, &at, &m)) {
        const struct field *f = field_of(entity, m.key, &after);
        struct value value = f ? value_of(arena, m.value) : VALUE_NONE;
        if (f && fits(f, value)) row->values[f->index] = value;
    }
}

struct value custom_member(struct arena *arena, const struct row *row, int64_t field) {
    struct value raw = row->values[row->entity->custom];
    struct member m;
    size_t at = 0;
    int64_t id;
    while (raw.type == VALUE_TEXT && next_member(raw.text, &at, &m))
        if (str_to_int(m.key, &id) && id == field) return value_of(arena, m.value);
    return VALUE_NONE;
}

static void write_member(struct buf *b, const struct field *f, struct value value) {
    buf_char(b, b->len ? ',' : '{');
    buf_printf(b, "\"%lld\":", (long long)f->custom);
    if (value.type == VALUE_INT)
        buf_int(b, value.integer);
    else
        buf_json(b, value.text);
}

bool custom_write(struct ctx *ctx, struct change *change) {
    const struct entity *entity = change->entity;
    struct row *row = change->row;
    bool touched = false;
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count && !touched; i++)
        touched = !value_eq(change->old ? change->old->values[i] : VALUE_NONE, row->values[i]);
    if (!touched) return true;
    struct buf b = buf_new(ctx->arena, 128);
    struct value raw = row->values[entity->custom];
    struct member m;
    size_t at = 0;
    int after = 0;
    while (raw.type == VALUE_TEXT && next_member(raw.text, &at, &m)) {
        if (field_of(entity, m.key, &after)) continue;
        buf_char(&b, b.len ? ',' : '{');
        buf_add(&b, m.whole);
    }
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++)
        if (!value_is_null(row->values[i])) write_member(&b, &entity->fields[i], row->values[i]);
    if (b.len) buf_char(&b, '}');
    row->values[entity->custom] = b.len ? value_text(buf_str(&b)) : VALUE_NONE;
    return b.len <= VALUES_LONGEST || errors_add(&ctx->errors, 422, "too_long", "custom_fields",
                                                 "The custom fields of a record hold at most 64 KB together.");
}
