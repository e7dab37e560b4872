/* sqlite_fold.h - folds the write-ahead log into the database file, on a thread of its own, so that commits do not wait for it.
 *
 * SQLite can do this while others write; but a log begins anew only where a write finds all of it folded, and under steady load
 * a thread beside never gets there. So when the log is long and little of it is left, the writer folds the rest between two
 * transactions: a few milliseconds, where the whole would stall everybody for hundreds.
 */
#ifndef DB_SQLITE_FOLD_H
#define DB_SQLITE_FOLD_H

#include <stdbool.h>

struct sqlite3; /* a handle of SQLite */
struct sqlite_fold;

/* `handle`: a connection for the thread alone, closed by sqlite_fold_stop. NULL where no thread can be had; then it is not
 * closed. */
struct sqlite_fold *sqlite_fold_start(struct sqlite3 *handle);
void sqlite_fold_stop(struct sqlite_fold *fold);
/* The writer has committed, and the log now has so many pages. */
void sqlite_fold_committed(struct sqlite_fold *fold, int pages);
/* Between two transactions of the writer. */
void sqlite_fold_rest(struct sqlite_fold *fold, struct sqlite3 *writer);

#endif
