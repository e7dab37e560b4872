/* migrate.h - runs the numbered scripts of migrations/ that a database has not seen, in order, each in one transaction.
 *
 * The scripts are embedded (tools/migrations.mjs). Table `migrations` (version, name, checksum, applied_at) remembers them. A
 * database that is newer than the program is refused; a script whose text changed after it ran is refused.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration {
    int version;      /* 1, 2, ... without gaps */
    const char *name; /* "0001_core" */
    struct str sql;
};

/* The scripts for a dialect, in order; generated. */
const struct migration *migrations_of(const struct db_dialect *dialect, int *count);
/* Brings the database up to date; *applied (may be NULL) counts what ran. False with an error: nothing of the failed script
 * stands, and those before it do. */
bool migrate_up(struct db *db, struct errors *errors, int *applied);
/* True where nothing is left to run; an error where the database is newer. */
bool migrate_current(struct db *db, struct errors *errors, bool *current);
/* The same with given scripts instead of the program's own. */
bool migrate_up_to(struct db *db, const struct migration *scripts, int count, struct errors *errors, int *applied);
bool migrate_is_at(struct db *db, const struct migration *scripts, int count, struct errors *errors, bool *current);

#endif
