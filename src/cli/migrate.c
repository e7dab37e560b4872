/* migrate.c - tenon migrate: makes the database where there is none and brings it up to date. */
#include "cli/cli.h"
#include "db/migrate.h"

COMMAND(migrate, N_("Make the database or bring it up to date"))
int command_migrate(struct cli *cli) {
    static const struct cli_option options[] = {{"--check", NULL, "change nothing; status 1 where migrations are waiting"}, {0}};
    if (!cli_options(cli, "tenon migrate [--check]", options)) return cli_exit(cli);
    bool check = cli_value(cli, "--check") != NULL;
    struct db_options open = {.url = cli->database, .create = !check};
    cli->db = db_open(&open, &cli->errors);
    if (!cli->db) return cli_fail(cli);
    int applied = 0;
    bool current = true;
    bool ok = check ? migrate_current(cli->db, &cli->errors, &current) : migrate_up(cli->db, &cli->errors, &applied);
    if (!ok) return cli_fail(cli);
    if (cli->json) printf("{\"applied\":%d,\"current\":%s}\n", applied, current ? "true" : "false");
    else if (!current) puts("Migrations are waiting. Run tenon migrate.");
    else if (applied) printf("%d migration%s applied.\n", applied, applied == 1 ? "" : "s");
    else puts("The database is up to date.");
    return current ? 0 : 1;
}
