/* duplicates.h - records of an entity that may be the same: the same value in a field by which they are told apart (.match), or
 * names that are alike (base/text_alike.h). Only what the actor may read is compared and counted.
 *
 * Nothing is compared with everything. Equal values are grouped by the database; names get a key each, are put in order by it,
 * and only those with the same key are compared. Groups come newest first, those of the first field before those of the next
 * and those of names at last; a page's cursor says how far.
 */
#ifndef CORE_DUPLICATES_H
#define CORE_DUPLICATES_H

#include "core/query.h"

#define DUPLICATES_SHOWN 8       /* records of a group */
#define DUPLICATES_MOST 20       /* groups of a page */
#define DUPLICATES_NAMES 1000000 /* records whose names are compared; of more, the newest */

struct duplicate_group {
    const struct field **same; /* fields in which all of them have the same value, NULL at the end */
    bool alike;                /* their names are alike */
    struct row **rows;         /* oldest first, with titles; at most DUPLICATES_SHOWN */
    int row_count;
    int64_t count;
};
struct duplicates {
    struct duplicate_group *groups;
    int count;
    struct str next; /* cursor, empty on the last page */
};

/* `limit`: groups. False with an error: 400 for a cursor that is none. Takes its time: for workers. */
bool duplicates_find(struct ctx *ctx, const struct entity *entity, struct str cursor, int limit, struct duplicates *found);

#endif
