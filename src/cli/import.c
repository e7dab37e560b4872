/* import.c - tenon import: reads records from a CSV file, with its progress on standard error. */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/enter.h"
#include "core/import.h"
#include "core/registry.h"

#define OPTION_FILE_LIMIT ((size_t)1 << 20) /* of --mapping and --values */

static const struct cli_option import_options[] = {
    {"--tenant", "ID", "the company account that the records are for"},
    {"--as", "EMAIL", "the user who imports, with their rights; the system where not given"},
    {"--dry-run", NULL, "only tell what would come of it"},
    {"--mapping", "FILE", "JSON: {\"column\": \"field\", ...}, or the name of a remembered mapping"},
    {"--values", "FILE", "JSON: {\"field\": {\"in the file\": \"meant\", ...}}"},
    {"--duplicates", "MODE", "what to do with records that are there: skip (where not given), update or create"},
    {"--match", "FIELDS", "fields that tell whether a record is there: email,phone; or id"},
    {"--date-format", "ORDER", "day_first or month_first, for dates such as 3/4/2026"},
    {"--decimal", "MARK", "point or comma, for numbers such as 1.234"},
    {"--country", "CC", "two letters, for phone numbers without a country code"},
    {"--delimiter", "NAME", "comma, semicolon, tab or pipe; found out where not given"},
    {"--encoding", "NAME", "utf-8, utf-16, windows-1252; found out where not given"},
    {"--create-missing", NULL, "make clients, sources and tags that are missing"},
    {"--empty-unknown", NULL, "cells that cannot be read leave their fields empty, instead of keeping the row out"},
    {"--clear-empty", NULL, "empty cells empty the fields of records that are there"},
    {"--errors", "FILE", "where to write the rows that are wrong, with line and reason"},
    {0},
};

struct import_run_of {
    struct import_options options;
    const char *path, *bad_path;
    int shown; /* percent */
};

static void import_show(void *arg, int percent) {
    struct import_run_of *run = arg;
    bool terminal = isatty(STDERR_FILENO);
    if (percent == run->shown || (!terminal && percent < 100 && percent / 10 == run->shown / 10)) return;
    run->shown = percent;
    fprintf(stderr, terminal ? "\r%3d %%%s" : "%3d %%%s", percent, terminal && percent < 100 ? "" : "\n");
}

/* The names that the command line and a request share differ in their dashes. */
static bool import_take(struct cli *cli, struct ctx *ctx, struct import_options *options) {
    for (const struct cli_option *o = import_options; o->name; o++) {
        const char *value = cli_value(cli, o->name);
        if (!value) continue;
        char name[32];
        size_t n = 0;
        for (const char *c = o->name + 2; *c && n < sizeof name; c++) name[n++] = *c == '-' ? '_' : *c;
        struct str text = o->value ? str_of(value) : STR("true");
        bool is_file = !strcmp(o->name, "--values") || (!strcmp(o->name, "--mapping") && access(value, R_OK) == 0);
        if (is_file && !cli_file(cli, value, OPTION_FILE_LIMIT, &text)) return false;
        bool known;
        if (!import_option(ctx, options, (struct str){name, n}, text, &known)) return false;
    }
    return true;
}

/* Standard input is kept in a file first, because it is read twice. */
static FILE *import_file(struct cli *cli, const char *path) {
    if (strcmp(path, "-") != 0) {
        FILE *file = fopen(path, "rb");
        if (!file) errors_add(&cli->errors, 404, "no_file", NULL, "%s cannot be read.", path);
        return file;
    }
    FILE *copy = tmpfile();
    char bytes[65536];
    size_t n;
    bool ok = copy != NULL;
    while (ok && (n = fread(bytes, 1, sizeof bytes, stdin)) > 0) ok = fwrite(bytes, 1, n, copy) == n;
    if (ok && !ferror(stdin)) return copy;
    if (copy) fclose(copy);
    errors_add(&cli->errors, 500, "no_file", NULL, "Standard input cannot be kept.");
    return NULL;
}

static void import_tell(struct cli *cli, const struct import_result *r, const char *bad_path) {
    struct buf b = buf_new(cli->arena, 4096);
    if (cli->json) {
        import_json(&b, r);
        buf_char(&b, '\n');
        cli_write(buf_str(&b));
        return;
    }
    buf_printf(&b, "%s%lld rows: %lld new, %lld changed, %lld unchanged, %lld duplicate, %lld bad\n",
               r->dry_run ? "Trial run. " : "", (long long)r->counts.rows, (long long)r->counts.made,
               (long long)r->counts.changed, (long long)r->counts.unchanged, (long long)r->counts.duplicate,
               (long long)r->counts.bad);
    import_columns_text(&b, r);
    if (r->change_set_id) buf_printf(&b, "Change set %lld undoes it.\n", (long long)r->change_set_id);
    for (int i = 0; i < r->unknown_count; i++) {
        const struct import_unknown *u = &r->unknown[i];
        buf_printf(&b, "'%.*s' is not known for %s: %lld rows\n", STR_ARG(u->value), u->field->decl->name, (long long)u->rows);
    }
    for (int i = 0; i < r->bad_row_count && i < 20; i++)
        for (const struct error *e = r->bad_rows[i].errors.first; e; e = e->next)
            buf_printf(&b, "line %lld: %.*s%s%.*s\n", (long long)r->bad_rows[i].line, STR_ARG(e->field), e->field.len ? ": " : "",
                       STR_ARG(e->message));
    if (r->counts.bad > 20 || (bad_path && r->counts.bad))
        buf_printf(&b, "%s\n", bad_path ? "All bad rows are in the file of errors." : "--errors FILE keeps all bad rows.");
    cli_write(buf_str(&b));
}

static int import_do(struct cli *cli, struct import_run_of *run, struct ctx *ctx) {
    struct import_options *options = &run->options;
    options->file = import_file(cli, run->path);
    if (!options->file) return cli_fail(cli);
    options->bad_rows = run->bad_path ? fopen(run->bad_path, "wb") : NULL;
    if (run->bad_path && !options->bad_rows) {
        fclose(options->file);
        errors_add(&cli->errors, 500, "no_file", NULL, "%s cannot be written.", run->bad_path);
        return cli_fail(cli);
    }
    options->progress = import_show;
    options->arg = run;
    struct import_result *result = arena_alloc(cli->arena, sizeof *result);
    bool ok = import_run(ctx, options, result);
    fclose(options->file);
    if (options->bad_rows && fclose(options->bad_rows) != 0)
        ok = errors_add(&ctx->errors, 507, "cannot_store", NULL, "%s cannot be written.", run->bad_path);
    if (result->counts.rows || ok) import_tell(cli, result, run->bad_path);
    return ok ? 0 : cli_fail_ctx(cli, ctx);
}

COMMAND(import, N_("Read records from a CSV file"))
int command_import(struct cli *cli) {
    if (!cli_options(cli, "tenon import ENTITY FILE --tenant ID [--as EMAIL] [--dry-run] [options]", import_options))
        return cli_exit(cli);
    struct import_run_of run = {.shown = -1};
    int64_t tenant = 0;
    const struct entity *entity = cli->argc == 2 ? registry_find(str_of(cli->argv[0])) : NULL;
    if (!cli_number(cli, "--tenant", 0, &tenant)) return cli_fail(cli);
    if (cli->argc != 2 || !tenant)
        errors_add(&cli->errors, 400, "usage", NULL,
                   "Name the records, the file and the account: tenon import leads FILE --tenant ID.");
    else if (!entity)
        errors_add(&cli->errors, 400, "usage", NULL, "There are no records called %s; tenon schema lists what there is.",
                   cli->argv[0]);
    if (cli->errors.count) {
        cli_fail(cli);
        return 2;
    }
    run.options.entity = entity;
    run.path = cli->argv[1];
    run.bad_path = cli_value(cli, "--errors");
    if (!cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_enter(cli, tenant, cli_value(cli, "--as"));
    if (!ctx) return cli_fail(cli);
    if (!import_take(cli, ctx, &run.options)) return cli->errors.count ? cli_fail(cli) : cli_fail_ctx(cli, ctx);
    return import_do(cli, &run, ctx);
}
