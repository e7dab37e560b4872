/* schema.c - tenon schema: what the entities are, as JSON, as SQL, or as the difference to an earlier lock. */
#include "cli/cli.h"
#include "core/registry.h"
#include "core/schema.h"

COMMAND(schema, N_("Print the entities as JSON or SQL"))
int command_schema(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--sql", "DIALECT", "the tables as SQL: sqlite, postgres; or citus: how to spread them over machines"},
        {"--lock", NULL, "the form that migrations/schema.lock keeps"},
        {"--diff", "LOCK", "the SQL that leads from this lock to the entities (with --sql; default sqlite)"},
        {0},
    };
    if (!cli_options(cli, "tenon schema [--json | --lock | --sql DIALECT] [--diff LOCK]", options)) return cli_exit(cli);
    struct buf b = buf_new(cli->arena, 1 << 16);
    const char *name = cli_value(cli, "--sql");
    bool citus = name && !strcmp(name, "citus");
    const struct db_dialect *dialect = db_dialect_find(str_of(citus ? "postgres" : name ? name : "sqlite"));
    if (!dialect) {
        errors_add(&cli->errors, 400, "usage", NULL, "%s is not a database that Tenon knows.", name);
        cli_fail(cli);
        return 2;
    }
    const char *lock = cli_value(cli, "--diff");
    if (lock) {
        struct str old;
        if (!cli_file(cli, lock, (size_t)16 << 20, &old)) return cli_fail(cli);
        if (!schema_diff(&b, old, dialect, &cli->errors)) return cli_fail(cli);
    } else if (citus) {
        schema_citus(&b);
    } else if (name) {
        schema_sql(&b, dialect);
        schema_wall(&b, dialect, SCHEMA_APP_ROLE, STR(""));
    } else if (cli_value(cli, "--lock")) {
        schema_lock(&b);
    } else {
        registry_schema_json(&b);
        buf_char(&b, '\n');
    }
    cli_write(buf_str(&b));
    return 0;
}
