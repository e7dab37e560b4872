/* mention.c - finds mentions and names them anew (mention.h). */
#include "http/mention.h"

#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "service/markdown.h"

#define NAMED_MOST 200 /* of one page; the others keep the name that was written */

struct mention {
    int64_t id;
    struct str name; /* empty: none that may be told */
    bool asked;
};

/* At "[@": the id, and behind "](/users/12)"; 0 where it is no mention. */
static int64_t mention_at(struct str text, size_t *end) {
    struct str target = STR("](/users/");
    size_t at = 2;
    while (at < text.len && text.ptr[at] != ']' && text.ptr[at] != '\n') at++;
    struct str rest = str_slice(text, at, text.len);
    if (!str_starts(rest, target)) return 0;
    ptrdiff_t close = str_index(rest, ')');
    int64_t id = 0;
    if (close < 0 || !str_to_int(str_slice(rest, target.len, (size_t)close), &id) || id <= 0) return 0;
    *end = at + (size_t)close + 1;
    return id;
}

/* A name as text of a link: nothing in it is Markdown. */
static void write_name(struct buf *b, struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        if (memchr("\\`*_[]<>&~", name.ptr[i], 10)) buf_char(b, '\\');
        buf_char(b, name.ptr[i]);
    }
}

static struct mention *mention_of(struct mentions *m, int64_t id) {
    for (int i = 0; i < m->count; i++)
        if (m->at[i].id == id) return &m->at[i];
    return NULL;
}

void mention_learn(struct mentions *m, struct str markdown) {
    for (size_t i = 0; i + 1 < markdown.len && m->count < NAMED_MOST; i++) {
        size_t end = 0;
        int64_t id =
            markdown.ptr[i] == '[' && markdown.ptr[i + 1] == '@' ? mention_at(str_slice(markdown, i, markdown.len), &end) : 0;
        if (!id || mention_of(m, id)) continue;
        m->at = arena_room(m->ctx->arena, m->at, (size_t)m->count, sizeof *m->at);
        m->at[m->count++] = (struct mention){.id = id};
    }
}

/* One query for all whose names are not known yet. */
static void mention_ask(struct mentions *m) {
    struct value ids[NAMED_MOST];
    const struct entity *users = registry_get("users");
    struct query *q = query_new(m->ctx, users);
    struct query_filter among = {.field = &users->fields[users->id], .op = OP_IN, .values = ids};
    for (int i = 0; i < m->count; i++) {
        if (!m->at[i].asked) ids[among.value_count++] = value_int(m->at[i].id);
        m->at[i].asked = true;
    }
    if (!among.value_count || !access_may(m->ctx->actor, users, MAY_READ)) return;
    query_filter_add(q, &among);
    field_set_add(&q->fields, users->title->index);
    query_sort(q, "id");
    q->limit = NAMED_MOST;
    struct rows rows;
    if (!query_rows(q, &rows)) return;
    for (int i = 0; i < rows.count; i++) mention_of(m, row_id(rows.at[i]))->name = row_title(m->ctx->arena, rows.at[i]);
}

static struct str mention_names(struct mentions *m, struct str text) {
    struct buf b = buf_new(m->ctx->arena, text.len + 64);
    for (size_t i = 0; i < text.len;) {
        struct str rest = str_slice(text, i, text.len);
        size_t end = 0;
        int64_t id = str_starts(rest, STR("[@")) ? mention_at(rest, &end) : 0;
        const struct mention *mention = id ? mention_of(m, id) : NULL;
        if (mention && mention->name.len) {
            buf_lit(&b, "[@");
            write_name(&b, mention->name);
            buf_printf(&b, "](/users/%lld)", (long long)id);
            i += end;
        } else {
            buf_char(&b, text.ptr[i++]);
        }
    }
    return buf_str(&b);
}

struct html mention_html(struct mentions *m, struct str markdown) {
    if (str_find(markdown, STR("[@")) < 0) return markdown_html(m->ctx->arena, markdown);
    mention_learn(m, markdown);
    mention_ask(m);
    return markdown_html(m->ctx->arena, mention_names(m, markdown));
}
