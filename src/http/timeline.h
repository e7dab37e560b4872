/* timeline.h - what happened to one record, newest first: notes, activities, tasks, and changes from the audit log. */
#ifndef HTTP_TIMELINE_H
#define HTTP_TIMELINE_H

#include "core/row.h"
#include "http/frame.h"
#include "http/value.h"

struct timeline_entry {
    int64_t at;
    const char *icon, *hue;
    struct str who;            /* empty: Tenon itself */
    struct str what;           /* after the name: "changed Owner" */
    struct str href, link;     /* of the record that it is about, or empty */
    struct html html;          /* of a note */
    struct str detail;         /* a line of text below */
    struct str day;            /* heading, set where a day begins: "Today", "12 Nov" */
    struct str machine, clock; /* for <time> */
};
struct timeline {
    struct timeline_entry *at;
    size_t count;
};

/* At most 60 entries; what the actor may not read is not among them. */
struct timeline timeline_of(struct request *req, struct values *values, const struct row *row);

#endif
