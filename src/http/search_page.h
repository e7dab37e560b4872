/* search_page.h - /search?q=words: what is found in all records that one may read, by kind of record, newest first. */
#ifndef HTTP_SEARCH_PAGE_H
#define HTTP_SEARCH_PAGE_H

#include "http/frame.h"
#include "http/value.h"

struct search_result {
    struct str title, href, sub;
    struct value_view when; /* created */
};
struct search_section {
    struct str label, icon, list_href; /* list_href: all of this kind */
    const char *hue;
    struct search_result *at;
    size_t count;
    bool more;
};
struct palette_view;
struct search_view {
    struct str words;
    struct search_section *sections;
    size_t section_count;
    int64_t found;
    bool asked, nothing, too_long;
    const struct nav_item *places; /* what there is to look through */
    size_t place_count;
    const struct palette_view *commands; /* actions and pages that have the words */
};

/* What tells one record from others of the same name: up to three of its list's columns. */
struct str search_sub(struct values *values, const struct row *row);

#endif
