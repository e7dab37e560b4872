/* postgres_dialect.c - how SQL is written down for PostgreSQL (db.h). */
#include "db/driver.h"
#include "db/postgres_wall.h"
#include "db/search_postgres.h"

/* Texts are compared byte by byte, so that both databases sort alike, and an index serves LIKE 'x%'. Unlike SQLite, PostgreSQL
 * puts NULLs last where nothing is said. */
const struct db_dialect db_postgres_dialect = {
    .name = "postgres",
    .integer = "bigint",
    .text = "text COLLATE \"C\"",
    .shared_id = "id bigint PRIMARY KEY",
    .tenant_id = "id bigint NOT NULL",
    .tenant_key = "PRIMARY KEY (tenant_id, id)",
    .keys_afterwards = true,
    .nulls_first = " NULLS FIRST",
    .last_column = "id",
    .no_index = "", /* the key itself begins with the tenant */
    .search_ddl = search_postgres_ddl,
    .search_wall = search_postgres_wall,
    .roles_ddl = postgres_wall_roles,
    .wall_ddl = postgres_wall_table,
};
