/* timeline.h - what happened to one record, newest first: notes, activities, tasks, and changes from the audit log. */
#ifndef HTTP_TIMELINE_H
#define HTTP_TIMELINE_H

#include "core/row.h"
#include "http/frame.h"
#include "http/value.h"

enum timeline_kind { TIMELINE_NOTES = 1, TIMELINE_CALLS = 2, TIMELINE_TASKS = 4, TIMELINE_FILES = 8, TIMELINE_CHANGES = 16 };

/* One field of a change: from what to what, and how to put the old value back. */
struct timeline_change {
    const struct field *field;
    struct str from, to;        /* as a person reads them */
    struct str old_input;       /* the old value as a form sends it */
    bool restorable;
};
struct timeline_entry {
    int64_t at;
    enum timeline_kind kind;
    const char *icon, *hue;
    struct str who;            /* empty: Tenon itself */
    struct str what;           /* after the name: "changed Owner" */
    struct str href, link;     /* of the record that it is about, or empty */
    struct html html;          /* of a note */
    struct str detail;         /* a line of text below */
    struct str picture;        /* of an image file: where its thumbnail is */
    struct timeline_change *changes;
    size_t change_count;
    struct str day;            /* heading, set where a day begins: "Today", "12 Nov" */
    struct str machine, clock; /* for <time> */
};
struct timeline_filter {
    const char *name, *label; /* name: as the address says it, "" for all */
    unsigned kinds;
};
extern const struct timeline_filter timeline_filters[]; /* all first; ended by one without a name */
struct timeline {
    struct timeline_entry *at;
    size_t count;
    unsigned kinds;                     /* of the filters, those under which such a record can have something */
    const struct timeline_filter *show; /* the one that is on */
};

/* At most 60 entries, of one kind where the address says show=notes|calls|tasks|files|changes; what the actor may not read is not
 * among them. */
struct timeline timeline_of(struct request *req, struct values *values, const struct row *row);

#endif
