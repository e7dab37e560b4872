/* sqlite_mutex.h - the locks inside SQLite, as ones that spin for a moment before they sleep.
 *
 * Each read begins and ends with a lock in the index of the log, which all connections of the process share. It is held for one
 * call of fcntl, about a microsecond; a thread that goes to sleep for that wakes up much later. Call before SQLite's first use.
 */
#ifndef DB_SQLITE_MUTEX_H
#define DB_SQLITE_MUTEX_H

/* Must come before sqlite3_initialize. */
void sqlite_mutex_configure(void);

#endif
