/* bin_page.h - /bin: what one did lately and can still take back, and the bin of each kind of record. */
#ifndef HTTP_BIN_PAGE_H
#define HTTP_BIN_PAGE_H

#include "http/frame.h"
#include "http/value.h"

struct bin_change {
    struct str what, summary, undo; /* undo: where a POST takes it back; empty once it was */
    const char *icon;
    struct value_view when;
};
struct bin_view {
    struct bin_change *changes;
    size_t change_count;
    const struct nav_item *bins;
    size_t bin_count;
};

#endif
