/* kept.h - what a record keeps of those that refer to it (entity.h, .kept): counts, sums, least and greatest, always equal to
 * them.
 *
 * Whenever a row is saved, deleted or restored, the records that it leads to, before and after, are computed anew, in the same
 * write. While a record itself goes or comes back, what hangs on it does not write to it.
 */
#ifndef CORE_KEPT_H
#define CORE_KEPT_H

#include "core/ctx.h"
#include "core/row.h"

/* Between these two, a record goes or comes back with what hangs on it. */
void kept_leave(struct ctx *ctx, const struct row *row);
void kept_left(struct ctx *ctx);

/* After `change` was written: brings up to date what others keep of it. */
bool kept_update(struct ctx *ctx, const struct change *change);
/* Computes anew what this record keeps. */
bool kept_refresh(struct ctx *ctx, const struct entity *entity, int64_t id);
/* What `field` of that record is to be now; NULL where nothing is kept of. */
bool kept_value(struct ctx *ctx, const struct field *field, int64_t id, struct value *value);

#endif
