/* cursor.h - where a page ended: the last row's sort values, as opaque text, and the condition for what follows.
 *
 * Nothing (NULL) orders before every value. Where the first key may be NULL, what follows lies in two ranges of its index, so
 * the page runs as up to two phases, each of which an index serves: page 1,000 costs what page 1 costs.
 */
#ifndef CORE_CURSOR_H
#define CORE_CURSOR_H

#include "core/query_sql.h"

struct cursor {
    bool given;
    int phases; /* statements that the page may need: 1 or 2 */
    struct value values[QUERY_MAX_SORT + 1];
};

/* Reads q->cursor; without one, a single phase. False with 400 "bad_cursor" where it is malformed or of another sort. */
bool cursor_read(const struct query *q, struct cursor *cursor);
/* The cursor after this row, for q's completed sort. */
struct str cursor_make(struct arena *arena, const struct query *q, const struct row *row);
/* Writes " AND ..." for a phase; nothing where there is no cursor. */
void cursor_predicate(struct sqlb *b, const struct query *q, const struct cursor *cursor, int phase);

#endif
