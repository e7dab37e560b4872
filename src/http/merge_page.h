/* merge_page.h - records that may be the same in a list, and two of them side by side to be made one; works without scripts. */
#ifndef HTTP_MERGE_PAGE_H
#define HTTP_MERGE_PAGE_H

#include "core/merge.h"
#include "http/frame.h"
#include "http/value.h"

/* One record where it is to be chosen among others. */
struct merge_record {
    struct str title, sub, href;
    struct str merge_href; /* to the two side by side; empty: not there */
    struct value_view when;
};

struct duplicates_group_view {
    const struct str *reasons;
    size_t reason_count;
    struct merge_record *records;
    size_t record_count;
    int64_t more; /* of the group, not shown */
};
struct duplicates_view {
    const struct entity *entity;
    struct duplicates_group_view *groups;
    size_t group_count;
    struct pager pager;
    struct str list_href;
    bool later; /* not the first page */
};

/* Which other record is meant. */
struct merge_pick_view {
    const struct entity *entity;
    struct str action, back, words;
    struct merge_record *records;
    size_t record_count;
};

/* A field in which the two differ. */
struct merge_pair {
    const struct field *field;
    struct value_view kept, other;
    struct str error;
    bool taken; /* the other's is chosen */
};
struct merge_view {
    const struct entity *entity;
    struct str action, back, swap_href;
    struct str kept_title, other_title, kept_href, other_href;
    struct value_view kept_when, other_when;
    int64_t other, kept_version, other_version;
    struct merge_pair *pairs;
    size_t pair_count;
    const struct errors *errors;
};

void merge_page_list(struct request *req, struct response *res); /* GET  /{entity}/duplicates */
void merge_page_form(struct request *req, struct response *res); /* GET  /{entity}/{id}/merge, ?with=ID */
void merge_page_run(struct request *req, struct response *res);  /* POST /{entity}/{id}/merge */
/* Where a record that was merged is found now: goes there. False where it was not merged. */
bool merge_page_moved(struct request *req, struct response *res);

#endif
