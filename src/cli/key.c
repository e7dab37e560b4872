/* key.c - tenon key: makes an API key for a user, and prints it this once. */
#include "app/core/tenant_setup.h"
#include "cli/cli.h"
#include "core/repo.h"
#include "core/token.h"

struct key_made {
    struct str email, name, key;
    int64_t tenant_id; /* 0: whichever the user is in */
    int64_t user_id, id;
};

/* An address may stand in several company accounts; then the account must be named. */
static bool key_find_user(struct ctx *ctx, struct key_made *made) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT tenant_id, id FROM users WHERE email = :email AND deleted_at IS NULL "
                                  "AND (:only = 0 OR tenant_id = :only)" /* lint: no tenant: the address alone names the user */,
                                  ARGS({":email", value_text(str_lower(ctx->arena, made->email))},
                                       {":only", value_int(made->tenant_id)}));
    if (!s) return false;
    int found = 0;
    while (db_step(s) == DB_ROW) {
        made->tenant_id = db_int(s, 0);
        made->user_id = db_int(s, 1);
        found++;
    }
    db_reset(s);
    if (found == 1) return true;
    if (!found) return errors_add(&ctx->errors, 404, "not_found", NULL, "There is no user %.*s.", STR_ARG(made->email));
    return errors_add(&ctx->errors, 409, "conflict", NULL, "%.*s is a user of several accounts; name one with --tenant ID.",
                      STR_ARG(made->email));
}

static bool key_make(struct ctx *ctx, void *arg) {
    struct key_made *made = arg;
    if (!key_find_user(ctx, made) || !tenant_enter(ctx, made->tenant_id)) return false;
    made->key = token_new(ctx->arena, TOKEN_KEY, made->tenant_id);
    struct row *row = repo_create_as_system(ctx, "api_keys",
                                            ARGS({"name", value_text(made->name)}, {"user_id", value_int(made->user_id)},
                                                 {"prefix", value_text(str_slice(made->key, 0, TOKEN_PREFIX_SHOWN))},
                                                 {"key_hash", value_text(token_hash(ctx->arena, made->key))}));
    if (row) made->id = row_id(row);
    return row != NULL;
}

static int key_create(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--user", "EMAIL", "whose rights the key has"},
        {"--tenant", "ID", "the user's company account, where the address stands in several"},
        {"--name", "NAME", "what the key is for"},
        {0},
    };
    if (!cli_options(cli, "tenon key create --user EMAIL [--tenant ID] [--name NAME]", options)) return cli_exit(cli);
    struct key_made made = {.email = str_of(cli_value(cli, "--user")), .name = STR("Made on the command line")};
    if (cli_value(cli, "--name")) made.name = str_of(cli_value(cli, "--name"));
    if (!made.email.len) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name the user with --user EMAIL.");
        cli_fail(cli);
        return 2;
    }
    if (!cli_number(cli, "--tenant", 0, &made.tenant_id) || !cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    if (!ctx_write(ctx, key_make, &made)) return cli_fail_ctx(cli, ctx);
    if (cli->json) {
        printf("{\"id\":%lld,\"tenant_id\":%lld,\"user_id\":%lld,\"key\":\"%.*s\"}\n", (long long)made.id,
               (long long)made.tenant_id, (long long)made.user_id, STR_ARG(made.key));
    } else {
        printf("%.*s\nKeep it: it is not shown again.\n", STR_ARG(made.key));
    }
    return 0;
}

COMMAND(key, N_("Make API keys"))
int command_key(struct cli *cli) {
    static const struct command subs[] = {{"create", N_("Make one and print it once"), key_create}, {0}};
    return cli_dispatch(cli, "tenon key COMMAND", subs);
}
