/* postgres_wall.h - the second wall around each tenant in PostgreSQL: roles that own nothing, and row-level security.
 *
 * The first wall is `tenant_id = :tenant` in every statement (core/query_sql.h, lint). Behind it the database itself lets a
 * connection touch only the rows of the tenant that it named with set_config('tenon.tenant', '7', true), for one transaction: a
 * connection that named none sees and writes none. What belongs to all companies - signing in by an address, starting up -
 * takes the role tenon_platform for its transaction. See docs/security.md.
 */
#ifndef DB_POSTGRES_WALL_H
#define DB_POSTGRES_WALL_H

#include "db/db.h"

#define POSTGRES_PLATFORM "tenon_platform"
#define POSTGRES_APP "tenon_app"
/* The tenant of this transaction, NULL where it has none. */
#define POSTGRES_TENANT "nullif(current_setting('tenon.tenant', true), '')::bigint"

void postgres_wall_roles(struct buf *b, const char *app_role, struct str password);
/* See db_dialect.role_faults. */
extern const char postgres_wall_role_faults[];
void postgres_wall_table(struct buf *b, const char *table, enum db_wall wall, const char *app_role);

/* Lets only the application call a function of the owner: "name(types)". */
void postgres_wall_function(struct buf *b, const char *function, const char *app_role);

#endif
