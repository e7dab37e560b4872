/* tenant.c - tenon tenant: makes company accounts, each with its first administrator, and lists them. */
#include "app/core/tenant_setup.h"
#include "cli/cli.h"
#include "cli/tenant.h"
#include "core/password.h"

struct tenant_made {
    struct tenant_options options;
    int64_t id;
};

static bool tenant_make(struct ctx *ctx, void *arg) {
    struct tenant_made *made = arg;
    made->id = tenant_setup(ctx, &made->options);
    return made->id != 0;
}

static struct str tenant_value(const struct cli *cli, const char *option) { return str_of(cli_value(cli, option)); }

static int tenant_create(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--admin", "EMAIL", "the first administrator signs in with it"},
        {"--password-file", "FILE", "the administrator's password is its first line; - reads standard input"},
        {"--admin-name", "NAME", "the administrator's name"},
        {"--packs", "LIST", "what is switched on: sales,billing,..."},
        {"--country", "CC", "two letters"},
        {"--currency", "CCC", "three letters"},
        {"--timezone", "ZONE", "an IANA name"},
        {"--language", "LL", "en"},
        {"--fiscal-month", "MONTH", "the fiscal year begins in: july"},
        {0},
    };
    if (!cli_options(cli, "tenon tenant create NAME --admin EMAIL --password-file FILE [options]", options)) return cli_exit(cli);
    if (cli->argc != 1 || !cli_value(cli, "--admin")) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name the company once, and its administrator with --admin EMAIL.");
        cli_fail(cli);
        return 2;
    }
    struct tenant_made made = {.options = {.name = str_of(cli->argv[0]),
                                           .country = tenant_value(cli, "--country"),
                                           .currency = tenant_value(cli, "--currency"),
                                           .timezone = tenant_value(cli, "--timezone"),
                                           .language = tenant_value(cli, "--language"),
                                           .fiscal_month = tenant_value(cli, "--fiscal-month"),
                                           .packs = tenant_value(cli, "--packs"),
                                           .admin_name = tenant_value(cli, "--admin-name"),
                                           .admin_email = tenant_value(cli, "--admin")}};
    struct str password;
    if (!cli_secret(cli, "--password-file", &password)) return cli_fail(cli);
    made.options.admin_hash = password_hash(cli->arena, password, &cli->errors);
    if (!made.options.admin_hash.len || !cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    if (!ctx_write(ctx, tenant_make, &made)) return cli_fail_ctx(cli, ctx);
    if (cli->json) printf("{\"id\":%lld}\n", (long long)made.id);
    else printf("Made %s with id %lld.\n", cli->argv[0], (long long)made.id);
    return 0;
}

static int tenant_list(struct cli *cli) {
    if (!cli_options(cli, "tenon tenant list", NULL)) return cli_exit(cli);
    if (!cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    struct db_stmt *s = sql_query(ctx, "SELECT id, name, status FROM tenants WHERE deleted_at IS NULL ORDER BY id", NO_ARGS);
    if (!s) return cli_fail_ctx(cli, ctx);
    struct buf b = buf_new(cli->arena, 1024);
    const char *separator = "";
    while (db_step(s) == DB_ROW) {
        if (cli->json) {
            buf_printf(&b, "%s{\"id\":%lld,\"name\":", separator, (long long)db_int(s, 0));
            buf_json(&b, db_text(s, 1));
            buf_lit(&b, ",\"status\":");
            buf_json(&b, db_text(s, 2));
            buf_char(&b, '}');
            separator = ",";
        } else {
            buf_printf(&b, "%-18lld %-10.*s %.*s\n", (long long)db_int(s, 0), STR_ARG(db_text(s, 2)), STR_ARG(db_text(s, 1)));
        }
    }
    db_reset(s);
    if (cli->json) printf("{\"tenants\":[%.*s]}\n", STR_ARG(buf_str(&b)));
    else cli_write(buf_str(&b));
    return 0;
}

COMMAND(tenant, N_("Make, list and move company accounts"))
int command_tenant(struct cli *cli) {
    static const struct command subs[] = {
        {"create", N_("Make one, with its administrator"), tenant_create},
        {"list", N_("List all"), tenant_list},
        {"export", N_("Write one with its files into a file"), tenant_export},
        {"import", N_("Take one over from such a file"), tenant_import},
        {0},
    };
    return cli_dispatch(cli, "tenon tenant COMMAND", subs);
}
