/* mention.c - finds mentions and names them anew (mention.h). */
#include "http/mention.h"

#include "core/query.h"
#include "core/registry.h"
#include "service/markdown.h"

#define NAMED_MOST 20 /* of one text; the others keep the name that was written */

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

static struct str mention_names(struct ctx *ctx, struct str text) {
    struct buf b = buf_new(ctx->arena, text.len + 64);
    int named = 0;
    for (size_t i = 0; i < text.len;) {
        struct str rest = str_slice(text, i, text.len);
        size_t end = 0;
        int64_t id = str_starts(rest, STR("[@")) && named < NAMED_MOST ? mention_at(rest, &end) : 0;
        struct str name = id ? query_title(ctx, registry_get("users"), id) : STR("");
        if (name.len) {
            buf_lit(&b, "[@");
            write_name(&b, name);
            buf_printf(&b, "](/users/%lld)", (long long)id);
            named++;
            i += end;
        } else {
            buf_char(&b, text.ptr[i++]);
        }
    }
    return buf_str(&b);
}

struct html mention_html(struct ctx *ctx, struct str markdown) {
    bool any = str_find(markdown, STR("[@")) >= 0;
    return markdown_html(ctx->arena, any ? mention_names(ctx, markdown) : markdown);
}
