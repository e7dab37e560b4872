/* html.h - what compiled templates write with: one escaper for each place that an expression can stand in.
 *
 * Templates (web/templates, compiled by tools/templates.mjs) choose the escaper by themselves; hand-written code seldom
 * needs these. The macros take struct str, const char *, bool and the integers; html_text also takes `struct html`, which is
 * already HTML and is written as it stands, and the URL macros take `struct url`, which is already percent-encoded. Only
 * html_safe() and html_url_safe() make these two, so every place that vouches for a text can be found by name.
 *
 *     html_text(b, lead_name);                 element text
 *     html_words(b, label);                    the same, and what is a text of ours in the reader's language (lang.h)
 *     html_attr(b, lead_name);                 inside a quoted attribute, <textarea> or <title>
 *     html_url(b, target);                     the beginning of a URL attribute: a foreign scheme becomes "#"
 *     html_url_part(b, query);                 a part of its path or query
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/lang.h"

/* Text that is HTML already: rendered by a template, or sanitised. */
struct html {
    struct str s;
};
/* A URL or part of one that is percent-encoded already. */
struct url {
    struct str s;
};

static inline struct html html_safe(struct str s) { return (struct html){s}; }
static inline struct url html_url_safe(struct str s) { return (struct url){s}; }

void html_text_str(struct buf *b, struct str s);
void html_text_cstr(struct buf *b, const char *s);
void html_text_html(struct buf *b, struct html h);
void html_text_bool(struct buf *b, bool value);
void html_text_int(struct buf *b, int64_t n);
void html_text_uint(struct buf *b, uint64_t n);

/* A whole URL: http, https, mailto, tel or relative; anything else is written as "#". */
void html_url_str(struct buf *b, struct str s);
void html_url_cstr(struct buf *b, const char *s);
void html_url_url(struct buf *b, struct url u);
/* One part of a URL, percent-encoded. */
void html_url_part_str(struct buf *b, struct str s);
void html_url_part_cstr(struct buf *b, const char *s);
void html_url_part_url(struct buf *b, struct url u);

/* A JSON value inside <script type="application/json">. */
void html_json_str(struct buf *b, struct str s);
void html_json_cstr(struct buf *b, const char *s);
/* The same inside an attribute. */
void html_json_attr_str(struct buf *b, struct str s);
void html_json_attr_cstr(struct buf *b, const char *s);

/* The types that are written alike in every place. */
#define HTML_PLAIN \
    bool: html_text_bool, int: html_text_int, long: html_text_int, long long: html_text_int, unsigned: html_text_uint, \
    unsigned long: html_text_uint, unsigned long long: html_text_uint

/* Text that a person reads: between elements, and in attributes such as title and aria-label. */
static inline void html_words_str(struct buf *b, struct str s) { html_text_str(b, lang_str(b->arena, s)); }
static inline void html_words_cstr(struct buf *b, const char *s) { html_text_cstr(b, lang_cstr(b->arena, s)); }
#define html_words(b, x)                                                                                                         \
    _Generic((x), struct str: html_words_str, const char *: html_words_cstr, char *: html_words_cstr, \
             struct html: html_text_html, HTML_PLAIN)((b), (x))
#define html_words_attr(b, x)                                                                                                    \
    _Generic((x), struct str: html_words_str, const char *: html_words_cstr, char *: html_words_cstr, \
             struct url: html_url_part_url, HTML_PLAIN)((b), (x))
#define html_text(b, x) \
    _Generic((x), struct str: html_text_str, const char *: html_text_cstr, char *: html_text_cstr, \
             struct html: html_text_html, HTML_PLAIN)((b), (x))
#define html_attr(b, x) \
    _Generic((x), struct str: html_text_str, const char *: html_text_cstr, char *: html_text_cstr, \
             struct url: html_url_part_url, HTML_PLAIN)((b), (x))
#define html_url(b, x) \
    _Generic((x), struct str: html_url_str, const char *: html_url_cstr, char *: html_url_cstr, \
             struct url: html_url_url)((b), (x))
#define html_url_part(b, x) \
    _Generic((x), struct str: html_url_part_str, const char *: html_url_part_cstr, char *: html_url_part_cstr, \
             struct url: html_url_part_url, HTML_PLAIN)((b), (x))
#define html_json(b, x) \
    _Generic((x), struct str: html_json_str, const char *: html_json_cstr, char *: html_json_cstr, HTML_PLAIN)((b), (x))
#define html_json_attr(b, x) \
    _Generic((x), struct str: html_json_attr_str, const char *: html_json_attr_cstr, char *: html_json_attr_cstr, \
             HTML_PLAIN)((b), (x))
/* The value of a custom property: integers only. */
#define html_style(b, x) \
    _Generic((x), int: html_text_int, long: html_text_int, long long: html_text_int, unsigned: html_text_uint, \
             unsigned long: html_text_uint, unsigned long long: html_text_uint)((b), (x))

#endif
