/* schema.h - the tables that the entities ask for, as SQL; and what changed since the last written migration.
 *
 * migrations/schema.lock is the printed form of the schema as the migrations build it; `make migration NAME=x` writes the
 * difference to the entities as a new numbered script for each database; CI fails where code and lock differ.
 */
#ifndef CORE_SCHEMA_H
#define CORE_SCHEMA_H

#include "base/buf.h"
#include "db/db.h"

#define SCHEMA_APP_ROLE "tenon_app" /* the role of the server, where the database has roles and no other was named */

/* CREATE TABLE and CREATE INDEX of everything, in an order that runs. */
void schema_sql(struct buf *b, const struct db_dialect *dialect);
/* What keeps each tenant's rows to itself in the database too, as statements that are harmless when run again: roles, rights,
 * row-level security. Nothing where the database has no such thing. */
void schema_wall(struct buf *b, const struct db_dialect *dialect, const char *app_role, struct str password);
/* For the Citus extension of PostgreSQL: the statements that spread the tables over machines, with the reasons. */
void schema_citus(struct buf *b);
/* The lock's form: one line a column and index, sorted; independent of the database. */
void schema_lock(struct buf *b);
/* The statements that lead from an old lock to today's; false where a change needs a hand (a dropped or re-typed column), each
 * named in errors. New tables, columns and indexes, dropped indexes and renames (.was) are written. */
bool schema_diff(struct buf *b, struct str old_lock, const struct db_dialect *dialect, struct errors *errors);

#endif
