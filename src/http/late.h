/* late.h - which open work is past its day, and the list of just that. */
#ifndef HTTP_LATE_H
#define HTTP_LATE_H

#include "core/query.h"
#include "http/http.h"

/* The field that says until when; NULL: records of this kind are never late. */
const struct field *late_field(const struct entity *entity);
/* It is one of those that hold until then: past it, a record has expired and is not overdue. */
bool late_expires(const struct entity *entity);
/* Only what is open and late. */
void late_only(struct query *q);
/* The list at `open_href`, which is of what is open, with only what is late of it. */
struct str late_href(struct ctx *ctx, const struct entity *entity, struct str open_href);

#endif
