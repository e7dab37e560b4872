/* help_page.h - /help/keys: what each key does, for those who look it up; "?" opens it over the work. */
#ifndef HTTP_HELP_PAGE_H
#define HTTP_HELP_PAGE_H

#include "http/frame.h"

struct help_key {
    struct str keys, what; /* keys: words, pressed together after "Ctrl" and "Shift", else one after the other */
};
struct help_section {
    struct str heading;
    const struct help_key *keys;
    size_t count;
};
struct help_view {
    const struct help_section *sections;
    size_t count;
};

#endif
