/* backup.c - tenon backup: all data and stored files in one file, while the server runs; and whether such a file is whole. */
#include "base/timefmt.h"
#include "cli/archive_file.h"
#include "cli/tenant.h"
#include "cli/told.h"

static const struct cli_option backup_options[] = {
    ARCHIVE_SECRET_OPTIONS,
    {"--files", "DIR", "where uploaded files are kept, beside the database: files"},
    {"--no-files", NULL, "without stored files"},
    {0},
};

struct backup_told {
    struct told told;
    int64_t missing;
};

static void backup_missing(void *arg, struct str key) {
    struct backup_told *t = arg;
    told_end(&t->told);
    t->missing++;
    fprintf(stderr, "tenon: %.*s is not in the file store as it was uploaded; the backup goes without it.\n", STR_ARG(key));
}

static void backup_progress(void *arg, const char *what, int64_t done) {
    told_progress(&((struct backup_told *)arg)->told, what, done);
}

/* Standard output holds the backup itself where FILE is "-". */
static void backup_say(struct cli *cli, const char *path, const struct backup_counts *counts, int64_t written, int64_t missing) {
    struct buf b = buf_new(cli->arena, 256);
    buf_cstr(&b, cli->json ? "{" : "Backed up ");
    archive_say(&b, counts, cli->json);
    if (cli->json) buf_printf(&b, ",\"missing\":%lld,\"size\":%lld}\n", (long long)missing, (long long)written);
    else buf_printf(&b, ". The backup has %lld bytes.\n", (long long)written);
    if (strcmp(path, "-")) cli_write(buf_str(&b));
    else fwrite(b.ptr, 1, b.len, stderr);
}

static int backup_make(struct cli *cli, const char *path, const char *what, int64_t tenant_id) {
    struct archive_secret secret;
    struct archive_out out;
    struct backup_counts counts;
    struct backup_told told = {.told = {.cli = cli}};
    if (!archive_secret_of(cli, &secret) || !cli_open(cli, false)) return cli_fail(cli);
    struct backup_options options = {.tenant_id = tenant_id,
                                     .files_dir = cli_value(cli, "--no-files") ? NULL : cli_files(cli),
                                     .progress = backup_progress,
                                     .missing = backup_missing,
                                     .arg = &told};
    struct archive_header header = archive_header_now(cli, what);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx || !archive_out_begin(cli, path, &out)) return cli_fail(cli);
    struct archive_writer *archive = archive_create(cli->arena, archive_out_write, &out, &header, &secret, &ctx->errors);
    bool ok = archive && backup_write(ctx, archive, &options, &counts);
    told_end(&told.told);
    if (!ok || !archive_out_end(&out)) {
        archive_out_drop(&out);
        return cli_fail_ctx(cli, ctx);
    }
    backup_say(cli, path, &counts, archive_written(archive), told.missing);
    return 0;
}

static int backup_verify(struct cli *cli, const char *path) {
    struct archive_secret secret;
    struct backup_counts counts;
    struct backup_told told = {.told = {.cli = cli}};
    struct backup_sink sink = {.progress = backup_progress, .arg = &told};
    if (!archive_secret_of(cli, &secret)) return cli_fail(cli);
    struct archive_reader *archive = archive_in(cli, path, &secret);
    bool ok = archive && backup_read(archive, &sink, &cli->errors, &counts);
    told_end(&told.told);
    if (!ok) return cli_fail(cli);
    const struct archive_header *header = archive_header(archive);
    struct buf b = buf_new(cli->arena, 256);
    if (cli->json) {
        buf_lit(&b, "{\"what\":");
        buf_json(&b, header->what);
        buf_printf(&b, ",\"schema\":%lld,\"made_at\":\"", (long long)header->schema);
        buf_time(&b, header->made_at);
        buf_printf(&b, "\",\"encrypted\":%s,", header->encrypted ? "true" : "false");
    } else {
        buf_lit(&b, "The backup is whole. It was made ");
        buf_time(&b, header->made_at);
        buf_printf(&b, " with schema %lld; ", (long long)header->schema);
    }
    archive_say(&b, &counts, cli->json);
    buf_cstr(&b, cli->json ? "}\n" : ".\n");
    cli_write(buf_str(&b));
    return 0;
}

int tenant_export(struct cli *cli) {
    int64_t tenant = 0;
    if (!cli_options(cli, "tenon tenant export ID FILE", backup_options)) return cli_exit(cli);
    bool sound = cli->argc == 2 && str_to_int(str_of(cli->argv[0]), &tenant) && tenant > 0;
    if (sound) return backup_make(cli, cli->argv[1], "tenant", tenant);
    errors_add(&cli->errors, 400, "usage", NULL, "Name the company by its id, and the file (- for standard output).");
    cli_fail(cli);
    return 2;
}

COMMAND(backup, N_("Write all data and files into one file, or check such a file"))
int command_backup(struct cli *cli) {
    if (!cli_options(cli, "tenon backup FILE, or tenon backup verify FILE", backup_options)) return cli_exit(cli);
    if (cli->argc == 2 && !strcmp(cli->argv[0], "verify")) return backup_verify(cli, cli->argv[1]);
    if (cli->argc == 1) return backup_make(cli, cli->argv[0], "backup", 0);
    errors_add(&cli->errors, 400, "usage", NULL, "Name the file (- for standard output), or verify and the file.");
    cli_fail(cli);
    return 2;
}
