/* postgres_dialect.c - how SQL is written down for PostgreSQL (db.h). */
#include "db/driver.h"
#include "db/postgres_wall.h"
#include "db/search_postgres.h"

static const struct db_check checks[] = {
    {"the role of the server keeps companies apart", postgres_wall_role_faults},
    {"every reference is checked",
     "SELECT conrelid::regclass || ': ' || conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"},
    {"every index is in use", "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"},
    {0},
};

static void json_member(struct buf *b, struct str column, int64_t name, bool text) {
    buf_printf(b, "((%.*s::jsonb->>'%lld')%s)", STR_ARG(column), (long long)name, text ? " COLLATE \"C\"" : "::bigint");
}

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
    .json_member = json_member,
    .search_ddl = search_postgres_ddl,
    .search_wall = search_postgres_wall,
    .roles_ddl = postgres_wall_roles,
    .wall_ddl = postgres_wall_table,
    .role_faults = postgres_wall_role_faults,
    .checks = checks,
};
