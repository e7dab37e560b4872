/* html.c - escaping for each place of a page (html.h). */
#include "base/html.h"

void html_text_str(struct buf *b, struct str s) { buf_html(b, s); }
void html_text_cstr(struct buf *b, const char *s) { buf_html(b, str_of(s)); }
void html_text_html(struct buf *b, struct html h) { buf_add(b, h.s); }
void html_text_int(struct buf *b, int64_t n) { buf_int(b, n); }

void html_text_bool(struct buf *b, bool value) {
    buf_add(b, value ? STR("true") : STR("false"));
}

void html_text_uint(struct buf *b, uint64_t n) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    buf_add(b, (struct str){digits + at, sizeof digits - at});
}

/* A browser drops control characters and spaces around a scheme; here they make it a foreign one. */
static bool html_scheme_allowed(struct str s) {
    size_t colon = 0;
    while (colon < s.len && !memchr(":/?#", s.ptr[colon], 4)) colon++;
    if (colon == s.len || s.ptr[colon] != ':') return true;
    struct str scheme = str_slice(s, 0, colon);
    static const struct str allowed[] = {STR_INIT("https"), STR_INIT("http"), STR_INIT("mailto"), STR_INIT("tel")};
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (str_ieq(scheme, allowed[i])) return true;
    return false;
}

void html_url_str(struct buf *b, struct str s) {
    buf_html(b, html_scheme_allowed(s) ? s : STR("#"));
}

void html_url_cstr(struct buf *b, const char *s) { html_url_str(b, str_of(s)); }
void html_url_url(struct buf *b, struct url u) { html_url_str(b, u.s); }
void html_url_part_str(struct buf *b, struct str s) { buf_url(b, s); }
void html_url_part_cstr(struct buf *b, const char *s) { buf_url(b, str_of(s)); }
void html_url_part_url(struct buf *b, struct url u) { buf_html(b, u.s); }

void html_json_str(struct buf *b, struct str s) { buf_json(b, s); }
void html_json_cstr(struct buf *b, const char *s) { buf_json(b, str_of(s)); }

void html_json_attr_str(struct buf *b, struct str s) {
    struct buf json = buf_new(b->arena, s.len + 16);
    buf_json(&json, s);
    buf_html(b, buf_str(&json));
}

void html_json_attr_cstr(struct buf *b, const char *s) { html_json_attr_str(b, str_of(s)); }
