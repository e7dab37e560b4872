/* record_related.h - what hangs on a record: which other records lead to it, how many, and how many of them are still open. */
#ifndef HTTP_RECORD_RELATED_H
#define HTTP_RECORD_RELATED_H

#include "http/record_page.h"

/* Only of packs that are on, and what the person may read. All counts are asked for together. */
void record_related_fill(struct request *req, struct record_view *view);
/* The live records that lead to it by `via`, as a query to be sorted and bounded. */
struct query *record_related_query(struct request *req, const struct record_view *view, const struct field *via);
/* What of this entity belongs to the record and may be added; else NULL. */
const struct record_related *record_related_of(const struct record_view *view, const char *entity);

#endif
