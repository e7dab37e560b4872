/* sqlite_lock.h - who may open a database file: its users together, or one upgrade alone.
 *
 * An upgrade puts another file in the place of the database. A program that had opened the old one would go on writing to it,
 * and nobody would see that again. So everyone who opens a database shares a lock (flock on NAME.lock, beside it) until it is
 * closed, and an upgrade has it alone. The system lets go of the lock of a program that was killed.
 */
#ifndef DB_SQLITE_LOCK_H
#define DB_SQLITE_LOCK_H

#include "base/errors.h"

#define SQLITE_LOCK_WAIT_MS 5000

/* Waits a while where an upgrade has it. A descriptor for sqlite_lock_release, or -1 with an error. */
int sqlite_lock_shared(const char *path, struct errors *errors);
/* Waits for another upgrade to end; refuses where the database is in use. */
int sqlite_lock_alone(const char *path, struct errors *errors);
void sqlite_lock_release(int lock);

#endif
