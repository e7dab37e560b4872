/* migrate.h - runs the numbered scripts of migrations/ that a database has not seen, in order: all of them, or none.
 *
 * The scripts are embedded (tools/migrations.mjs). Table `migrations` (version, name, checksum, applied_at) remembers them. A
 * database that is newer than the program is refused; a script whose text changed after it ran is refused.
 *
 * An upgrade is rehearsed. What waits runs in one transaction, in which the result is checked before it is committed. A database
 * that is a file is copied first, the transaction runs on the copy, and the copy takes the place of the file in one step; the old
 * file is kept beside it. A failure leaves the database as it was; killed at any moment, the next run does it again.
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

/* How many there are: the number of the schema that this program makes of the database. */
int migrations_count(const struct db *db);

struct migrate_plan {
    const struct migration *scripts; /* NULL: the program's own */
    int count;
    /* Looks at the upgraded database from inside the transaction; false with an error stops the upgrade. May be NULL. */
    bool (*check)(struct db *db, struct db_conn *conn, struct errors *errors);
    /* Statements, harmless when run again, that keep tenants apart in the database (core/schema.h). They run in the same
     * transaction, and by migrate_database also where nothing waits; may be empty. */
    struct str wall;
};
struct migrate_result {
    int applied;     /* scripts that ran */
    struct str kept; /* the file of the database as it was before, in the arena of the errors; empty where there is none */
};

/* tenon migrate: makes the database where there is none, and brings it up to date. Refused where a server has the file open. */
bool migrate_database(const char *url, const struct migrate_plan *plan, struct errors *errors, struct migrate_result *result);
/* The same for a server that starts, where the database is a file of its own; one that many servers share is refused unless it
 * is up to date. */
bool migrate_at_start(const char *url, const struct migrate_plan *plan, struct errors *errors, struct migrate_result *result);
/* True where nothing is left to run; an error where the database is newer. */
bool migrate_current(struct db *db, struct errors *errors, bool *current);

/* Runs what waits on the database itself, in one transaction. */
bool migrate_up(struct db *db, const struct migrate_plan *plan, struct errors *errors, int *applied);
bool migrate_is_at(struct db *db, const struct migration *scripts, int count, struct errors *errors, bool *current);

#endif
