/* view_count.h - how many records the filters of a saved view find, remembered for a moment: the number beside its name.
 *
 * Each person counts what they may see. A change of any record of that kind in the tenant, by this process, forgets the number;
 * what another process changed is seen within VIEW_COUNT_AGE_MS.
 */
#ifndef HTTP_VIEW_COUNT_H
#define HTTP_VIEW_COUNT_H

#include "core/query.h"
#include "http/http.h"

#define VIEW_COUNT_MOST 1000 /* beyond, "1,000+" says enough and costs no walk over the whole index */
#define VIEW_COUNT_AGE_MS 10000

/* At most VIEW_COUNT_MOST + 1; -1 where the filters cannot be read any more. `query` as in an address, without "?". */
int64_t view_count(struct request *req, const struct entity *entity, struct str query);
/* The same in two steps, for a query that `params` have filtered: where the number is not remembered, it is asked ahead. */
struct view_counting {
    struct query *query;
    uint64_t key;
    uint64_t as_of;
    bool known;
    int64_t count; /* where it is known */
    struct db_stmt *asked;
};
struct view_counting view_count_ahead(struct request *req, struct query *q, const struct params *params);
int64_t view_count_of(const struct view_counting *counting);
/* How much was told of changes so far: asked before a request reads anything, since what it counts then may lack what is told of
 * while it runs (request.news). */
uint64_t view_count_news(void);
/* Listens to changes; before any thread starts. */
void view_count_begin(void);

#endif
