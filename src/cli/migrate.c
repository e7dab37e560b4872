/* migrate.c - tenon migrate: makes the database where there is none and brings it up to date. */
#include "cli/cli.h"
#include "db/migrate.h"

const struct migrate_plan cli_upgrade = {0};

COMMAND(migrate, N_("Make the database or bring it up to date"))
int command_migrate(struct cli *cli) {
    static const struct cli_option options[] = {{"--check", NULL, "change nothing; status 1 where migrations are waiting"}, {0}};
    if (!cli_options(cli, "tenon migrate [--check]", options)) return cli_exit(cli);
    bool current = true;
    struct migrate_result done = {0};
    if (cli_value(cli, "--check")) {
        struct db_options open = {.url = cli->database};
        cli->db = db_open(&open, &cli->errors);
        if (!cli->db || !migrate_current(cli->db, &cli->errors, &current)) return cli_fail(cli);
    } else if (!migrate_database(cli->database, &cli_upgrade, &cli->errors, &done)) {
        return cli_fail(cli);
    }
    struct buf out = buf_new(cli->arena, 256);
    if (cli->json) {
        buf_printf(&out, "{\"applied\":%d,\"current\":%s,\"kept\":", done.applied, current ? "true" : "false");
        if (done.kept.len) buf_json(&out, done.kept);
        else buf_lit(&out, "null");
        buf_lit(&out, "}\n");
    } else if (!current) {
        buf_lit(&out, "Migrations are waiting. Run tenon migrate.\n");
    } else if (done.applied) {
        buf_printf(&out, "%d migration%s applied.\n", done.applied, done.applied == 1 ? "" : "s");
        if (done.kept.len) buf_printf(&out, "The database as it was before is kept in %.*s.\n", STR_ARG(done.kept));
    } else {
        buf_lit(&out, "The database is up to date.\n");
    }
    cli_write(buf_str(&out));
    return current ? 0 : 1;
}
