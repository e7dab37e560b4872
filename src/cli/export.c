/* export.c - tenon export: writes records as CSV, JSON or a spreadsheet. */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/enter.h"
#include "core/export.h"
#include "core/registry.h"
#include "http/export_xlsx.h"

static const struct cli_option export_options[] = {
    {"--tenant", "ID", "the company account whose records they are"},
    {"--as", "EMAIL", "the user who exports, with their rights; the system where not given"},
    {"--format", "FORMAT", "csv (where not given), xlsx or json"},
    {"--output", "FILE", "where to; standard output where not given"},
    {"--query", "TEXT", "filters and sort as in the API: \"filter[score][gte]=80&sort=-created_at\""},
    {"--bom", NULL, "CSV begins with a byte order mark, for Excel"},
    {0},
};

/* name=value, parted by &; no escapes, as a shell passes texts as they are. */
static bool export_filters(struct cli *cli, struct query *q) {
    struct str rest = str_of(cli_value(cli, "--query")), part;
    while (str_split(&rest, '&', &part)) {
        ptrdiff_t equals = str_index(part, '=');
        bool known = false;
        if (equals > 0) query_param(q, str_slice(part, 0, (size_t)equals), str_slice(part, (size_t)equals + 1, part.len), &known);
        if (!known) return errors_add(&cli->errors, 400, "usage", NULL, "--query: there is no '%.*s' of a list.", STR_ARG(part));
    }
    return true;
}

static int export_to(struct cli *cli, struct query *q, const char *format, const char *output) {
    bool xlsx = !strcmp(format, "xlsx");
    FILE *file = xlsx ? NULL : output ? fopen(output, "wb") : stdout;
    if (!xlsx && !file) {
        errors_add(&cli->errors, 500, "no_file", NULL, "%s cannot be written.", output);
        return cli_fail(cli);
    }
    struct export_file out = {.file = file, .bom = cli_value(cli, "--bom") != NULL};
    struct export_sink sink = xlsx                      ? export_xlsx(cli->arena, output)
                              : !strcmp(format, "json") ? export_json(&out)
                                                        : export_csv(&out);
    int64_t count;
    bool ok = export_run(q, &sink, format, &count);
    if (file && file != stdout && fclose(file) != 0)
        ok = errors_add(&q->ctx->errors, 507, "cannot_store", NULL, "%s cannot be written.", output);
    if (!ok) {
        if (output) unlink(output);
        return cli_fail_ctx(cli, q->ctx);
    }
    if (cli->json && output)
        printf("{\"rows\":%lld}\n", (long long)count);
    else if (output)
        fprintf(stderr, "%lld %s in %s\n", (long long)count, q->entity->decl->many, output);
    return 0;
}

COMMAND(export, N_("Write records as CSV, JSON or a spreadsheet"))
int command_export(struct cli *cli) {
    if (!cli_options(cli, "tenon export ENTITY --tenant ID [--format csv|xlsx|json] [--output FILE]", export_options))
        return cli_exit(cli);
    int64_t tenant = 0;
    const char *format = cli_value(cli, "--format"), *output = cli_value(cli, "--output");
    const struct entity *entity = cli->argc == 1 ? registry_find(str_of(cli->argv[0])) : NULL;
    if (!cli_number(cli, "--tenant", 0, &tenant)) return cli_fail(cli);
    if (!format) format = "csv";
    if (cli->argc != 1 || !tenant)
        errors_add(&cli->errors, 400, "usage", NULL, "Name the records and the account: tenon export leads --tenant ID.");
    else if (!entity || entity_is(entity, ENTITY_INTERNAL))
        errors_add(&cli->errors, 400, "usage", NULL, "There are no records called %s; tenon schema lists what there is.",
                   cli->argv[0]);
    else if (!str_in_words("csv xlsx json", str_of(format)))
        errors_add(&cli->errors, 400, "usage", NULL, "--format is csv, xlsx or json.");
    else if (!strcmp(format, "xlsx") && !output)
        errors_add(&cli->errors, 400, "usage", NULL, "A spreadsheet needs --output FILE.");
    if (cli->errors.count) {
        cli_fail(cli);
        return 2;
    }
    if (!cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_enter(cli, tenant, cli_value(cli, "--as"));
    if (!ctx) return cli_fail(cli);
    struct query *q = query_new(ctx, entity);
    if (!export_filters(cli, q)) return cli_fail(cli);
    if (ctx->errors.count) return cli_fail_ctx(cli, ctx);
    return export_to(cli, q, format, output);
}
