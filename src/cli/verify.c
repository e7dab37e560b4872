/* verify.c - tenon verify: whether everything that must hold of the data does. */
#include "cli/cli.h"
#include "cli/told.h"

static const struct cli_option verify_options[] = {
    {"--tenant", "ID", "only of this company account"},
    {"--files", "DIR", "where uploaded files are kept, beside the database: files"},
    {"--no-files", NULL, "do not look at stored files"},
    {0},
};

COMMAND(verify, N_("Check that everything that must hold of the data does"))
int command_verify(struct cli *cli) {
    if (!cli_options(cli, "tenon verify [--tenant ID]", verify_options)) return cli_exit(cli);
    struct told told = {.cli = cli};
    struct verify_options options = told_options(&told);
    if (!cli_number(cli, "--tenant", 0, &options.tenant_id) || !cli_open(cli, false)) return cli_fail(cli);
    if (!cli_value(cli, "--no-files")) options.files_dir = cli_files(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    struct verify_result result;
    if (cli->json) cli_write(STR("{\"findings\":["));
    bool ok = verify_run(ctx, &options, &result);
    told_end(&told);
    if (!ok) return cli_fail_ctx(cli, ctx);
    if (cli->json)
        printf("],\"count\":%lld,\"rows\":%lld,\"files\":%lld}\n", (long long)result.findings, (long long)result.rows,
               (long long)result.files);
    else
        printf("%lld records and %lld files: %s.\n", (long long)result.rows, (long long)result.files,
               result.findings ? "not all is as it must be" : "all is as it must be");
    return result.findings ? 1 : 0;
}
