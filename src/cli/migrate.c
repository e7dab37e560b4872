/* migrate.c - tenon migrate: makes the database where there is none and brings it up to date. */
#include "app/core/tenant_setup.h"
#include "cli/cli.h"
#include "core/schema.h"
#include "core/verify.h"
#include "db/migrate.h"

#define MIGRATE_TOLD 5 /* findings that the message names */

struct migrate_findings {
    struct buf text;
    int told;
};

static void migrate_found(void *arg, const struct verify_finding *finding) {
    struct migrate_findings *f = arg;
    if (f->told++ >= MIGRATE_TOLD) return;
    buf_printf(&f->text, "\n  %.*s %lld", STR_ARG(finding->entity), (long long)finding->id);
    if (finding->field.len) buf_printf(&f->text, " %.*s", STR_ARG(finding->field));
    buf_printf(&f->text, ": %.*s", STR_ARG(finding->message));
}

/* What `tenon verify` would say, before it is too late. */
static bool migrate_verify(struct db *db, struct db_conn *conn, struct errors *errors) {
    struct arena *arena = errors->arena;
    struct ctx *ctx = arena_array(arena, struct ctx, 1);
    ctx_init(ctx, arena, db, actor_system(arena, 0));
    ctx->conn = conn;
    struct migrate_findings findings = {.text = buf_new(arena, 1024)};
    struct verify_options options = {.found = migrate_found, .arg = &findings};
    struct verify_result result;
    if (!verify_run(ctx, &options, &result)) {
        for (const struct error *e = ctx->errors.first; e; e = e->next)
            errors_add(errors, e->status, e->code, NULL, "%.*s", STR_ARG(e->message));
        return false;
    }
    if (result.findings == 0) return true;
    return errors_add(errors, 500, "not_verified", NULL,
                      "%lld records are not as they must be after the upgrade, so it was not made; the database is as it"
                      " was:%.*s\nWhere tenon verify of the old program finds the same, put that right, or add --unverified.",
                      (long long)result.findings, STR_ARG(buf_str(&findings.text)));
}

const struct migrate_plan cli_upgrade = {.check = migrate_verify};

/* What keeps companies apart in the database itself, where it has means for it. */
bool cli_wall(struct cli *cli, struct str *wall) {
    const struct db_dialect *dialect = db_dialect_of(cli->database, &cli->errors);
    const char *role = cli_value(cli, "--app-role");
    struct str password = STR("");
    if (!dialect || (cli_value(cli, "--app-password-file") && !cli_secret(cli, "--app-password-file", &password))) return false;
    for (size_t i = 0; i < password.len; i++)
        if (password.ptr[i] < ' ' || password.ptr[i] > '~')
            return errors_add(&cli->errors, 422, "password", NULL, "The password of the role may hold ASCII characters only.");
    struct buf b = buf_new(cli->arena, 1 << 15);
    schema_wall(&b, dialect, role ? role : SCHEMA_APP_ROLE, password);
    *wall = buf_str(&b);
    return true;
}

bool cli_catch_up(struct cli *cli) {
    struct ctx *ctx = cli_ctx(cli, 0);
    return ctx && (tenant_catch_up_all(ctx) || cli_errors_of(cli, ctx));
}

COMMAND(migrate, N_("Make the database or bring it up to date"))
int command_migrate(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--check", NULL, "change nothing; status 1 where migrations are waiting"},
        {"--unverified", NULL, "upgrade even where records are not as they must be"},
        CLI_WALL_OPTIONS,
        {0},
    };
    if (!cli_options(cli, "tenon migrate [--check] [--unverified] [--app-role NAME] [--app-password-file FILE]", options))
        return cli_exit(cli);
    bool current = true;
    struct migrate_plan plan = cli_upgrade;
    if (cli_value(cli, "--unverified")) plan.check = NULL;
    if (!cli_wall(cli, &plan.wall)) return cli_fail(cli);
    struct migrate_result done = {0};
    if (cli_value(cli, "--check")) {
        struct db_options open = {.url = cli->database};
        cli->db = db_open(&open, &cli->errors);
        if (!cli->db || !migrate_current(cli->db, &cli->errors, &current)) return cli_fail(cli);
    } else if (!migrate_database(cli->database, &plan, &cli->errors, &done) || !cli_open(cli, false) || !cli_catch_up(cli)) {
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
