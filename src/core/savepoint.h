/* savepoint.h - a part of a write that may fail by itself: one row of a bulk edit, one step of an undo.
 *
 * A function of repo.h that fails leaves half of its work to the write's savepoint, which would undo all rows with it. Run
 * inside savepoint_try, only its own work is undone, and the write goes on.
 */
#ifndef CORE_SAVEPOINT_H
#define CORE_SAVEPOINT_H

#include "core/ctx.h"

/* Runs `run(ctx, arg)`; inside ctx_write. Where it returns false or adds an error, what it wrote and the events it left are
 * undone, *why (may be NULL) gets its errors, and ctx->errors is as before. A failure that is not the row's own (status 500 and
 * above) stays in ctx->errors: the whole write must end. */
bool savepoint_try(struct ctx *ctx, bool (*run)(struct ctx *, void *), void *arg, struct errors *why);

#endif
