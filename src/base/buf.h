/* buf.h - a growing text in an arena: how answers, SQL and files are written.
 *
 * A buf never fails: growth that exceeds the arena's limit unwinds (arena.h). The bytes stay valid as long as the arena,
 * but move on growth, so take buf_str() when done. Each buf_* writer appends; the escapers are the only way that text from
 * outside enters JSON, HTML or a URL.
 *
 *     struct buf b = buf_new(arena, 1024);
 *     buf_add(&b, STR("{\"name\":"));
 *     buf_json(&b, name);
 *     buf_char(&b, '}');
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"
#include "base/str.h"

struct buf {
    char *ptr;
    size_t len, cap;
    struct arena *arena;
};

struct buf buf_new(struct arena *arena, size_t cap);
/* Room for n more bytes; returns where to write them (advance len yourself). */
char *buf_reserve(struct buf *b, size_t n);
static inline struct str buf_str(const struct buf *b) { return (struct str){b->len ? b->ptr : "", b->len}; }

static inline void buf_add(struct buf *b, struct str s) {
    if (b->cap - b->len < s.len) buf_reserve(b, s.len);
    if (s.len) memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}
static inline void buf_char(struct buf *b, char c) {
    if (b->cap == b->len) buf_reserve(b, 1);
    b->ptr[b->len++] = c;
}
#define buf_lit(b, literal) buf_add((b), STR(literal))
void buf_cstr(struct buf *b, const char *s);
void buf_int(struct buf *b, int64_t n);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A JSON string with its quotes (RFC 8259, 7); '<', '>' and '&' are written as \u escapes so that it may stand in a page. */
void buf_json(struct buf *b, struct str s);
/* Text for HTML content and for quoted attributes: & < > " ' escaped. */
void buf_html(struct buf *b, struct str s);
/* Percent-encoded as one part of a path or query (RFC 3986, 2.3: unreserved stay). */
void buf_url(struct buf *b, struct str s);
/* One CSV field (RFC 4180), quoted where needed. */
void buf_csv(struct buf *b, struct str s);
/* base64url without padding (RFC 4648, 5), and back (false where it is not). */
void buf_base64url(struct buf *b, struct str bytes);
bool buf_unbase64url(struct buf *b, struct str text);
void buf_hex(struct buf *b, struct str bytes);

#endif
