/* postgres_sql.h - our SQL text made PostgreSQL's: placeholders `?N` and `:name` become `$N`.
 *
 * Numbers are given as SQLite gives them: ?N is N, a name that was not seen before is one more than the highest number so far.
 * What stands in quotes, dollar quotes and comments is left alone, and so are casts (`::`).
 */
#ifndef DB_POSTGRES_SQL_H
#define DB_POSTGRES_SQL_H

#include "base/str.h"

#define PG_SQL_PARAMS 32767 /* the protocol's limit is 65535 */

struct pg_sql {
    char *text;      /* NUL-terminated */
    size_t room;     /* of `text` */
    int params;      /* the highest number */
    char **names;    /* by number - 1: ":name", or NULL */
    const char *why; /* where it is refused: not exactly one statement, out of memory */
};

/* False with `why`; free with pg_sql_free either way. */
bool pg_sql_read(struct pg_sql *sql, struct str text);
void pg_sql_free(struct pg_sql *sql);
/* True where no statement of the script begins or ends a transaction or leaves it for another. */
bool pg_sql_keeps_transaction(struct str script);

#endif
