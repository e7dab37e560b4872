/* sequence.h - numbers of documents: one after the other for each kind of document, without a gap. */
#ifndef APP_CORE_SEQUENCE_H
#define APP_CORE_SEQUENCE_H

#include "core/ctx.h"
#include "core/row.h"

/* Gives the record its number in `field`, unless it has one; behind one that an import brings the counter goes on. `name` is one
 * of the counters of sequence.c. In the transaction of the save: a number that was not saved was not given. */
bool sequence_give(struct ctx *ctx, struct change *change, const char *field, const char *name);

#endif
