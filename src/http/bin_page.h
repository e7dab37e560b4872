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
/* The bin of one kind of record. */
struct bin_kind {
    const struct entity *entity;
    struct str label, href, count; /* count: as people read it */
};
struct bin_view {
    struct bin_change *changes;
    size_t change_count;
    struct bin_kind *kinds; /* in which there is something */
    size_t kind_count;
    bool sees_bins;         /* may restore something of some kind */
};

#endif
