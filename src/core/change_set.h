/* change_set.h - what was done in one go, so that it can be undone in one go: a delete, a bulk edit, an import, an action.
 *
 * While ctx->change_set_id is set, each audit entry carries it. Undo walks these entries backwards through repo.h: created rows
 * are deleted, deleted ones restored, changed fields put back, unless somebody changed the same field since: those are left
 * as they are and counted as conflicts. An undo is itself a change-set.
 */
#ifndef CORE_CHANGE_SET_H
#define CORE_CHANGE_SET_H

#include "core/repo.h"

/* Begins one and sets ctx->change_set_id; `kind`: "delete", "bulk", "import", "action", "merge"; inside ctx_write.
 * `entity` may be NULL where there is not one. 0 with an error. */
int64_t change_set_begin(struct ctx *ctx, const char *kind, const struct entity *entity, struct str summary);
/* Notes how many records it holds; what is saved from now on does not belong to it. */
bool change_set_end(struct ctx *ctx, int64_t id, int64_t count);
struct undo_result {
    int64_t undone, conflicts; /* changes that were taken back; changes of which something had to be left */
};
/* Undoes in batches, each a write of its own so that others are not kept waiting; not inside ctx_write. One that was interrupted
 * goes on where it was when it is called for again. Only its own user or who may update all of the entity. False with an error
 * (404 unknown, 403 no longer allowed, 409 already undone); *result tells what was done so far. */
bool change_set_undo(struct ctx *ctx, int64_t id, struct undo_result *result);

#endif
