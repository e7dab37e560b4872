/* cursor.c - keyset pages: cursors to text and back, and what comes after one. */
#include "core/cursor.h"

#include "base/utf8.h"

/* Names the sort, so that a cursor of another order is noticed: FNV-1a over entity, fields and directions. */
static uint32_t sort_mark(const struct query *q) {
    uint32_t hash = 2166136261u;
    for (int i = -1; i < q->sort_count; i++) {
        struct str s = i < 0 ? q->entity->name : q->sort[i].field->name;
        for (size_t k = 0; k < s.len; k++) hash = (hash ^ (unsigned char)s.ptr[k]) * 16777619u;
        hash = (hash ^ (i >= 0 && q->sort[i].descending ? '-' : '+')) * 16777619u;
    }
    return hash;
}

struct str cursor_make(struct arena *arena, const struct query *q, const struct row *row) {
    struct buf plain = buf_new(arena, 128);
    buf_int(&plain, sort_mark(q));
    for (int i = 0; i < q->sort_count; i++) {
        struct value v = row->values[q->sort[i].field->index];
        if (v.type == VALUE_NULL) buf_lit(&plain, "~");
        else if (v.type == VALUE_INT) buf_printf(&plain, "~i%lld", (long long)v.integer);
        else {
            buf_printf(&plain, "~t%zu:", v.text.len);
            buf_add(&plain, v.text);
        }
    }
    struct buf text = buf_new(arena, plain.len * 2);
    buf_base64url(&text, buf_str(&plain));
    return buf_str(&text);
}

/* One "~..." part off the front; false where it is malformed. */
static bool take_value(struct str *rest, const struct field *field, struct value *out) {
    if (rest->len == 0 || rest->ptr[0] != '~') return false;
    *rest = str_slice(*rest, 1, rest->len);
    bool text = kind_is_text(field->kind);
    if (rest->len == 0 || rest->ptr[0] == '~') {
        *out = VALUE_NONE;
        return true;
    }
    if (rest->ptr[0] != (text ? 't' : 'i')) return false;
    ptrdiff_t end = str_index(*rest, text ? ':' : '~');
    if (end < 0) end = (ptrdiff_t)rest->len;
    int64_t number;
    if (!str_to_int(str_slice(*rest, 1, (size_t)end), &number)) return false;
    if (!text) {
        *out = value_int(number);
        *rest = str_slice(*rest, (size_t)end, rest->len);
        return true;
    }
    size_t from = (size_t)end + 1;
    if (number < 0 || from > rest->len || (uint64_t)number > rest->len - from) return false;
    *out = value_text(str_slice(*rest, from, from + (size_t)number));
    *rest = str_slice(*rest, from + (size_t)number, rest->len);
    return utf8_valid(out->text);
}

bool cursor_read(const struct query *q, struct cursor *cursor) {
    *cursor = (struct cursor){.phases = 1};
    if (!q->cursor.len) return true;
    struct errors *errors = &q->ctx->errors;
    struct buf plain = buf_new(q->ctx->arena, q->cursor.len);
    bool ok = buf_unbase64url(&plain, q->cursor);
    struct str rest = buf_str(&plain);
    ptrdiff_t tilde = str_index(rest, '~');
    int64_t mark;
    ok = ok && tilde > 0 && str_to_int(str_slice(rest, 0, (size_t)tilde), &mark);
    if (ok && mark != (int64_t)sort_mark(q))
        return errors_add(errors, 400, "bad_cursor", "cursor",
                          "The cursor belongs to another sort. Start again from the first page.");
    if (ok) rest = str_slice(rest, (size_t)tilde, rest.len);
    for (int i = 0; ok && i < q->sort_count; i++) ok = take_value(&rest, q->sort[i].field, &cursor->values[i]);
    if (!ok || rest.len)
        return errors_add(errors, 400, "bad_cursor", "cursor", "The cursor is not one that this server gave out.");
    cursor->given = true;
    /* Descending, values come first and NULLs after them; ascending the other way round. */
    bool nullable = !field_never_null(q->sort[0].field);
    bool in_first_range = q->sort[0].descending ? !value_is_null(cursor->values[0]) : value_is_null(cursor->values[0]);
    cursor->phases = nullable && in_first_range ? 2 : 1;
    return true;
}

static void compare(struct sqlb *b, const struct field *field, const char *sign, struct value v) {
    sqlb_field(b, "t", field);
    if (value_is_null(v)) {
        sqlb_lit(b, " IS NULL");
        return;
    }
    buf_cstr(&b->sql, sign);
    sqlb_param(b, v);
}

/* "(k1 beyond v1) OR (k1 = v1 AND (k2 beyond v2 OR ...))" from key i on. */
static void beyond(struct sqlb *b, const struct query *q, const struct cursor *c, int i) {
    const struct query_sort_key *key = &q->sort[i];
    bool null = value_is_null(c->values[i]), nullable = !field_never_null(key->field);
    buf_char(&b->sql, '(');
    if (null && key->descending) sqlb_lit(b, "1 = 0");
    else if (null) {
        sqlb_field(b, "t", key->field);
        sqlb_lit(b, " IS NOT NULL");
    } else {
        compare(b, key->field, key->descending ? " < " : " > ", c->values[i]);
        if (key->descending && nullable && i > 0) { /* of the first key, the second phase brings these */
            sqlb_lit(b, " OR ");
            sqlb_field(b, "t", key->field);
            sqlb_lit(b, " IS NULL");
        }
    }
    if (i + 1 < q->sort_count) {
        sqlb_lit(b, " OR (");
        compare(b, key->field, " = ", c->values[i]);
        sqlb_lit(b, " AND ");
        beyond(b, q, c, i + 1);
        buf_char(&b->sql, ')');
    }
    buf_char(&b->sql, ')');
}

void cursor_predicate(struct sqlb *b, const struct query *q, const struct cursor *c, int phase) {
    if (!c->given) return;
    const struct query_sort_key *key = &q->sort[0];
    bool null = value_is_null(c->values[0]);
    sqlb_lit(b, " AND ");
    if (phase == 1) { /* the other range: after the values come the NULLs (descending), after the NULLs the values */
        sqlb_field(b, "t", key->field);
        if (key->descending) sqlb_lit(b, " IS NULL");
        else sqlb_lit(b, " IS NOT NULL");
        return;
    }
    /* A bound on the first key alone lets the index start there. */
    compare(b, key->field, key->descending ? " <= " : " >= ", c->values[0]);
    if (null && q->sort_count == 1) return;
    sqlb_lit(b, " AND ");
    beyond(b, q, c, 0);
}
