/* openapi_ways.h - the ways to an entity beyond single records: many at once, files in and out, what hangs on a record. Only
 * openapi.c includes this. */
#ifndef HTTP_OPENAPI_WAYS_H
#define HTTP_OPENAPI_WAYS_H

#include "base/buf.h"
#include "core/entity.h"

/* Each begins with a comma. */
void openapi_ways(struct buf *b, const struct entity *entity);
/* What else its list's address takes. */
void openapi_ways_list(struct buf *b, const struct entity *entity);
/* How somebody who was invited comes in. */
void openapi_join(struct buf *b);
/* What hangs on other records, from the routes as they are. */
void openapi_children(struct buf *b);
/* The schemas that these, sign-in, search and undo answer by. */
void openapi_ways_schemas(struct buf *b);
/* Like buf_printf, with ' for ": JSON that can be read in a C string. */
void openapi_say(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
