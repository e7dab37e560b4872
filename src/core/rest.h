/* rest.h - records that are out, such as a sent invoice: only actions and rules change them, nobody deletes them, and their lines
 * rest with them.
 *
 * Declared (entity.h): in which states a record is still written (.drafts), what of it changes nevertheless (.still), and of
 * a line the reference to its record (.line_of). Whatever is saved is asked here (repo.c), and pages ask before they offer what
 * would be refused.
 */
#ifndef CORE_REST_H
#define CORE_REST_H

#include "core/query.h"

/* By its own state. */
bool rest_is(const struct row *row);
/* The record at rest of which this one is a line; NULL where it is none, or that is still written. */
const struct row *rest_over(struct ctx *ctx, const struct row *line);
/* What a change is a line of, read once for all that ask; NULL where it is none or nobody finds it. */
const struct row *rest_whole(struct ctx *ctx, struct change *change);
/* Whether a form may offer the field of a record that has this state. */
bool rest_allows(const struct row *row, const struct field *field);
/* The same of any record and its lines, as 409 "frozen"; NULL: of any field at all. */
bool rest_may_change(struct ctx *ctx, const struct row *row, const struct field *field);
/* Why, as a sentence: of records of this entity, or of their lines. */
struct str rest_why(struct arena *arena, const struct entity *entity, bool lines);
/* Whether a record may be added that draws on this one by `via` (entity.h); of a field that draws on nothing it may. */
bool rest_may_draw(const struct row *row, const struct field *via);
/* Which of them rest, by themselves or as lines; NULL where records of this kind never do. */
const bool *rest_marks(struct ctx *ctx, const struct rows *rows, const struct entity *entity);
/* False with 409 "frozen" where the change would touch what rests. */
bool rest_check(struct ctx *ctx, struct change *change);

#endif
