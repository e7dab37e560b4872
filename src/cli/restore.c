/* restore.c - tenon restore: a backup into an empty database; tenon tenant import: one company into one that has others. */
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/archive_file.h"
#include "cli/tenant.h"
#include "cli/told.h"
#include "core/search.h"
#include "core/vault.h"
#include "db/build.h"
#include "db/migrate.h"

struct restoring {
    struct cli *cli;
    struct archive_reader *archive;
    struct restore_options options;
    struct backup_counts counts;
    int64_t tenant_id;
    struct told told;
    struct str wall;
    const char *files, *files_aside; /* where files shall lie, and where they are until then */
};

static void restore_progress(void *arg, const char *what, int64_t done) {
    told_progress(&((struct restoring *)arg)->told, what, done);
}

/* ---- folders --------------------------------------------------------------------------------------------------------------- */

static void remove_folder(struct arena *arena, const char *path, int depth) {
    DIR *dir = opendir(path);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (unlinkat(dirfd(dir), entry->d_name, 0) != 0 && depth)
            remove_folder(arena, str_printf(arena, "%s/%s", path, entry->d_name).ptr, depth - 1);
    }
    closedir(dir);
    rmdir(path);
}

static void drop_files(struct restoring *r) {
    remove_folder(r->cli->arena, r->files_aside, 3);
}

static bool folder_is_empty(const char *path) {
    DIR *dir = opendir(path);
    if (!dir) return errno == ENOENT;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(dir));)
        empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
    closedir(dir);
    return empty;
}

static bool folder_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* ---- a whole backup -------------------------------------------------------------------------------------------------------- */

static bool load(struct ctx *ctx, void *arg) {
    struct restoring *r = arg;
    return restore_load(ctx, r->archive, &r->options, &r->counts, &r->tenant_id);
}

struct loading {
    struct ctx *ctx;
    struct restoring *r;
};

static bool load_run(struct db_conn *conn, void *arg) {
    struct loading *loading = arg;
    struct db_conn *reader = loading->ctx->conn;
    loading->ctx->conn = conn;
    bool ok = load(loading->ctx, loading->r) && loading->ctx->errors.count == 0;
    loading->ctx->conn = reader;
    return ok;
}

/* As the owner: the tables of an older version have no wall, and nobody else may write to them. */
static bool load_all(struct ctx *ctx, struct restoring *r) {
    struct loading loading = {ctx, r};
    enum db_result result = DB_OK;
    if (db_write_wait(ctx->db, DB_NO_TENANT, load_run, &loading, &result)) return true;
    return ctx->errors.count ? false : db_fail(NULL, result == DB_OK ? DB_ERROR : result, &ctx->errors);
}

/* What the backup's own version made, in a database that has nothing yet. */
static bool make_tables(struct restoring *r) {
    struct cli *cli = r->cli;
    int count;
    bool empty = false;
    const struct migration *scripts = migrations_of(db_dialect(cli->db), &count);
    int64_t schema = archive_header(r->archive)->schema;
    if (schema > count)
        return errors_add(&cli->errors, 422, "backup_newer", NULL,
                          "The backup was made by a newer version of Tenon (its schema is number %lld, this one knows %d).",
                          (long long)schema, count);
    if (!build_is_empty(cli->db, &cli->errors, &empty)) return false;
    if (!empty) return errors_add(&cli->errors, 409, "not_empty", NULL, "The database is not empty. Restore into an empty one.");
    struct migrate_plan plan = {.scripts = scripts, .count = (int)schema};
    if (schema == count) plan.wall = r->wall; // one that cannot be raised is better known before all is loaded
    return migrate_up(cli->db, &plan, &cli->errors, NULL);
}

/* The key file that the secrets were sealed with, where it has been put in its place already; none is made. */
static bool open_vault(struct cli *cli) {
    const char *path = vault_crypt_path(cli->arena, cli->database);
    struct stat info;
    return stat(path, &info) != 0 || vault_open_master(path, &cli->errors);
}

static bool fill(struct restoring *r, const struct build *build, struct verify_result *verified) {
    struct cli *cli = r->cli;
    if (!make_tables(r) || !open_vault(cli)) return false;
    if (!build->aside && !build_mark(cli->db, &cli->errors)) return false;
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return false;
    struct verify_options options = told_options(&r->told);
    options.files_dir = r->options.files_dir;
    struct migrate_plan plan = {.wall = r->wall};
    bool ok = load_all(ctx, r) && migrate_up(cli->db, &plan, &ctx->errors, NULL) && search_rebuild(ctx, 0, restore_progress, r) &&
              verify_run(ctx, &options, verified);
    told_end(&r->told);
    if (ok) return build->aside || build_unmark(cli->db, &cli->errors);
    for (const struct error *e = ctx->errors.first; e; e = e->next)
        errors_add(&cli->errors, e->status, e->code, NULL, "%.*s", STR_ARG(e->message));
    return false;
}

/* The files first: where the database stands, all of it is there. */
static bool put_in_place(struct restoring *r, const struct build *build) {
    bool any = r->options.files_dir && folder_exists(r->files_aside);
    if (any && rename(r->files_aside, r->files) != 0)
        return errors_add(&r->cli->errors, 500, "files", NULL, "%s cannot be made: %s.", r->files, strerror(errno));
    if (build_end(build, &r->cli->errors)) return true;
    if (any && rename(r->files, r->files_aside) == 0) drop_files(r);
    return false;
}

static int restore_say(struct restoring *r, const struct verify_result *verified) {
    struct buf b = buf_new(r->cli->arena, 256);
    bool sound = verified->findings == 0;
    buf_cstr(&b, r->cli->json ? "]," : "Restored ");
    archive_say(&b, &r->counts, r->cli->json);
    if (r->cli->json) buf_printf(&b, ",\"count\":%lld}\n", (long long)verified->findings);
    else buf_cstr(&b, sound ? "; all is as it must be.\n" : "; what is not as it must be stands above.\n");
    cli_write(buf_str(&b));
    return sound ? 0 : 1;
}

COMMAND(restore, N_("Fill an empty database from a backup"))
int command_restore(struct cli *cli) {
    static const struct cli_option options[] = {ARCHIVE_SECRET_OPTIONS,
                                                {"--files", "DIR", "where stored files shall lie, beside the database: files"},
                                                {"--no-files", NULL, "without stored files"},
                                                CLI_WALL_OPTIONS,
                                                {0}};
    if (!cli_options(cli, "tenon restore FILE --database URL", options)) return cli_exit(cli);
    if (cli->argc != 1) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name the file (- for standard input).");
        cli_fail(cli);
        return 2;
    }
    struct archive_secret secret;
    struct build build;
    struct verify_result verified = {0};
    struct restoring r = {.cli = cli, .told = {.cli = cli}, .files = cli_files(cli)};
    r.files_aside = str_printf(cli->arena, "%s.restoring", r.files).ptr;
    if (!archive_secret_of(cli, &secret) || !cli_wall(cli, &r.wall)) return cli_fail(cli);
    r.archive = archive_in(cli, cli->argv[0], &secret);
    if (!r.archive) return cli_fail(cli);
    if (!str_eqc(archive_header(r.archive)->what, "backup"))
        errors_add(&cli->errors, 422, "one_tenant", NULL, "This holds one company only: use tenon tenant import.");
    bool files = !cli_value(cli, "--no-files");
    if (files && !folder_is_empty(r.files))
        errors_add(&cli->errors, 409, "not_empty", NULL, "%s is not empty. Name another place by --files.", r.files);
    if (cli->errors.count || !build_begin(cli->arena, cli->database, &build, &cli->errors)) return cli_fail(cli);
    r.options = (struct restore_options){.files_dir = files ? r.files_aside : NULL, .progress = restore_progress, .arg = &r};
    drop_files(&r); // of one that was killed
    struct db_options open = {
        .url = build.url, .create = true, .rehearsal = build.aside != NULL, .unfinished = true};
    cli->db = db_open(&open, &cli->errors);
    if (cli->json) cli_write(STR("{\"findings\":["));
    bool ok = cli->db && fill(&r, &build, &verified);
    db_close(cli->db);
    cli->db = NULL;
    if (ok && put_in_place(&r, &build)) return restore_say(&r, &verified);
    build_drop(&build);
    drop_files(&r);
    return cli_fail(cli);
}

/* ---- one company ----------------------------------------------------------------------------------------------------------- */

/* Its files take their place before its rows are committed: a company whose files are not there is never seen. */
static bool import_one(struct ctx *ctx, void *arg) {
    struct restoring *r = arg;
    struct arena *arena = r->cli->arena;
    if (!load(ctx, arg) || !search_rebuild(ctx, r->tenant_id, restore_progress, r)) return false;
    if (!r->options.files_dir) return true;
    const char *from = str_printf(arena, "%s/%lld", r->files_aside, (long long)r->tenant_id).ptr;
    const char *to = str_printf(arena, "%s/%lld", r->files, (long long)r->tenant_id).ptr;
    if (!folder_exists(from)) return true;
    remove_folder(arena, to, 2); // of an import that was killed: the company is not there
    if (rename(from, to) == 0) return true;
    return errors_add(&ctx->errors, 500, "files", NULL, "%s cannot be made: %s.", to, strerror(errno));
}

static bool same_schema(struct restoring *r) {
    int count = migrations_count(r->cli->db);
    const struct archive_header *header = archive_header(r->archive);
    if (!str_eqc(header->what, "tenant"))
        return errors_add(&r->cli->errors, 422, "many_tenants", NULL, "This is a backup of all companies: use tenon restore.");
    if (header->schema == count) return true;
    return errors_add(&r->cli->errors, 422, "other_version", NULL,
                      "The export has schema %lld and this database %d. Bring both to the same version of Tenon, then export "
                      "again.",
                      (long long)header->schema, count);
}

static int import_end(struct restoring *r, struct ctx *ctx) {
    struct verify_result verified;
    struct verify_options options = told_options(&r->told);
    options.tenant_id = r->tenant_id;
    options.files_dir = r->options.files_dir ? r->files : NULL;
    if (r->cli->json) printf("{\"id\":%lld,\"findings\":[", (long long)r->tenant_id);
    bool ok = verify_run(ctx, &options, &verified);
    told_end(&r->told);
    return ok ? restore_say(r, &verified) : cli_fail_ctx(r->cli, ctx);
}

int tenant_import(struct cli *cli) {
    static const struct cli_option options[] = {ARCHIVE_SECRET_OPTIONS,
                                                {"--files", "DIR", "where uploaded files are kept, beside the database: files"},
                                                {"--no-files", NULL, "without stored files"},
                                                {"--name", "NAME", "another name"},
                                                {"--slug", "NAME", "another short name, where its own is taken"},
                                                {"--domain", "NAME", "another domain, or none"},
                                                {0}};
    if (!cli_options(cli, "tenon tenant import FILE", options)) return cli_exit(cli);
    if (cli->argc != 1) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name the file (- for standard input).");
        cli_fail(cli);
        return 2;
    }
    struct archive_secret secret;
    struct restoring r = {.cli = cli, .told = {.cli = cli}, .files = cli_files(cli)};
    if (!archive_secret_of(cli, &secret)) return cli_fail(cli);
    r.archive = archive_in(cli, cli->argv[0], &secret);
    if (!r.archive || !cli_open(cli, false) || !same_schema(&r)) return cli_fail(cli);
    r.files_aside = str_printf(cli->arena, "%s/.import-%ld", r.files, (long)getpid()).ptr;
    r.options = (struct restore_options){.files_dir = cli_value(cli, "--no-files") ? NULL : r.files_aside,
                                         .one_tenant = true,
                                         .name = str_of(cli_value(cli, "--name")),
                                         .slug = str_of(cli_value(cli, "--slug")),
                                         .domain = str_of(cli_value(cli, "--domain")),
                                         .progress = restore_progress,
                                         .arg = &r};
    if (r.options.files_dir) mkdir(r.files, 0700);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    bool ok = ctx_write(ctx, import_one, &r);
    told_end(&r.told);
    drop_files(&r);
    return ok ? import_end(&r, ctx) : cli_fail_ctx(cli, ctx);
}
