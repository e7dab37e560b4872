/* merge.h - two records that are one: what the one lacks it takes from the other, all that hangs on the other moves over, and the
 * other goes to the bin, in one change-set that undo takes back.
 *
 * Every reference of the registry moves, and every subject (notes, tasks, files, calls ...), by the way in which undo puts values
 * back: rules do not take it for news. Two rules for what cannot simply move: what the survivor has already, by a unique key, is
 * merged with that in turn; what nobody audits (notifications) stays, as the pointer leads on from it.
 *
 * The pointer is the last entry of the loser's audit log, so it counts only until somebody restores the loser.
 */
#ifndef CORE_MERGE_H
#define CORE_MERGE_H

#include "core/repo.h"

#define MERGE_MOST 2000 /* records that move at once */

struct merge {
    const struct entity *entity;
    int64_t survivor, loser;
    int64_t version, loser_version; /* 409 where they are others by now; 0: not checked */
    bool chosen;                    /* `take` is what was chosen; else what merge_lacks says is taken */
    struct field_set take;          /* fields whose value is the loser's */
};

/* Records that are told apart by something (.match) and that go to the bin when they go. Who may do what is never merged. */
bool merge_possible(const struct entity *entity);
/* A field that may be taken over: one that people may change. */
bool merge_takes(const struct field *field);
/* What the survivor lacks and the loser has. Money only in the survivor's currency, or where it has none at all. */
struct field_set merge_lacks(const struct row *survivor, const struct row *loser);
/* Inside ctx_write. The survivor, or NULL with errors: 403 and 404 as for a change of both and a delete of the loser, 409 stale
 * or too much at once, 422 what a rule has against the values. */
struct row *merge_run(struct ctx *ctx, const struct merge *merge);
/* Where a record went that was merged and is in the bin; 0 where there is no such, or the actor may not read it. */
int64_t merge_into(struct ctx *ctx, const struct entity *entity, int64_t id);

#endif
