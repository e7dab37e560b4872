/* user.c - tenon user: makes users with a role, and lists them. */
#include "app/core/tenant_setup.h"
#include "cli/cli.h"
#include "core/password.h"
#include "core/repo.h"

struct user_made {
    struct str name, email, hash;
    const char *role;
    int64_t tenant_id, id;
};

static bool user_make(struct ctx *ctx, void *arg) {
    struct user_made *made = arg;
    if (!tenant_enter(ctx, made->tenant_id)) return false;
    made->id = tenant_add_user(ctx, made->name, made->email, made->hash, made->role);
    return made->id != 0;
}

static int user_create(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--tenant", "ID", "the company account"},
        {"--role", "ROLE", "tenant_admin, supervisor, sales_agent, read_only ..."},
        {"--password-file", "FILE", "the password is its first line; - reads standard input"},
        {"--name", "NAME", "the person's name; the address where not given"},
        {0},
    };
    const char *usage = "tenon user create EMAIL --tenant ID --role ROLE --password-file FILE [--name NAME]";
    if (!cli_options(cli, usage, options)) return cli_exit(cli);
    struct user_made made = {.role = cli_value(cli, "--role")};
    if (!cli_number(cli, "--tenant", 0, &made.tenant_id)) return cli_fail(cli);
    if (cli->argc != 1 || !made.tenant_id || !made.role) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name one e-mail address, the account with --tenant ID, and --role.");
        cli_fail(cli);
        return 2;
    }
    made.email = str_of(cli->argv[0]);
    made.name = str_of(cli_value(cli, "--name") ? cli_value(cli, "--name") : cli->argv[0]);
    struct str password;
    if (!cli_secret(cli, "--password-file", &password)) return cli_fail(cli);
    made.hash = password_hash(cli->arena, password, &cli->errors);
    if (!made.hash.len || !cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    if (!ctx_write(ctx, user_make, &made)) return cli_fail_ctx(cli, ctx);
    if (cli->json) printf("{\"id\":%lld}\n", (long long)made.id);
    else printf("Made %s with id %lld.\n", cli->argv[0], (long long)made.id);
    return 0;
}

struct user_password {
    struct str email, hash;
    int64_t tenant_id;
};

/* By the system, so that somebody who is locked out is helped; all of their sessions end. */
static bool user_set_password(struct ctx *ctx, void *arg) {
    const struct user_password *p = arg;
    if (!tenant_enter(ctx, p->tenant_id)) return false;
    int64_t id = sql_int(ctx, "SELECT id FROM users WHERE tenant_id = :tenant AND email = :email AND deleted_at IS NULL",
                         ARGS({":email", value_text(str_lower(ctx->arena, p->email))}));
    if (!id) return ctx->errors.count == 0 && errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such user.");
    return repo_update_as_system(ctx, "users", id, ARGS({"password_hash", value_text(p->hash)})) != NULL;
}

static int user_password(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--tenant", "ID", "the company account"},
        {"--password-file", "FILE", "the new password is its first line; - reads standard input"},
        {0},
    };
    if (!cli_options(cli, "tenon user password EMAIL --tenant ID --password-file FILE", options)) return cli_exit(cli);
    struct user_password set = {.tenant_id = 0};
    if (!cli_number(cli, "--tenant", 0, &set.tenant_id)) return cli_fail(cli);
    if (cli->argc != 1 || !set.tenant_id) {
        errors_add(&cli->errors, 400, "usage", NULL, "Name one e-mail address and the account with --tenant ID.");
        cli_fail(cli);
        return 2;
    }
    set.email = str_of(cli->argv[0]);
    struct str password;
    if (!cli_secret(cli, "--password-file", &password)) return cli_fail(cli);
    set.hash = password_hash(cli->arena, password, &cli->errors);
    if (!set.hash.len || !cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return cli_fail(cli);
    if (!ctx_write(ctx, user_set_password, &set)) return cli_fail_ctx(cli, ctx);
    if (cli->json) printf("{\"changed\":true}\n");
    else printf("%s has the new password and is signed out everywhere.\n", cli->argv[0]);
    return 0;
}

static int user_list(struct cli *cli) {
    static const struct cli_option options[] = {{"--tenant", "ID", "only of this company account"}, {0}};
    if (!cli_options(cli, "tenon user list [--tenant ID]", options)) return cli_exit(cli);
    int64_t tenant;
    if (!cli_number(cli, "--tenant", 0, &tenant) || !cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, tenant);
    if (!ctx) return cli_fail(cli);
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT tenant_id, id, email, name, is_active FROM users "
                                  "WHERE (:tenant = 0 OR tenant_id = :tenant) AND deleted_at IS NULL ORDER BY tenant_id, email",
                                  NO_ARGS);
    if (!s) return cli_fail_ctx(cli, ctx);
    struct buf b = buf_new(cli->arena, 1024);
    const char *separator = "";
    while (db_step(s) == DB_ROW) {
        if (cli->json) {
            buf_printf(&b, "%s{\"tenant_id\":%lld,\"id\":%lld,\"email\":", separator, (long long)db_int(s, 0),
                       (long long)db_int(s, 1));
            buf_json(&b, db_text(s, 2));
            buf_lit(&b, ",\"name\":");
            buf_json(&b, db_text(s, 3));
            buf_printf(&b, ",\"is_active\":%s}", db_int(s, 4) ? "true" : "false");
            separator = ",";
        } else {
            buf_printf(&b, "%-18lld %-18lld %-30.*s %.*s%s\n", (long long)db_int(s, 0), (long long)db_int(s, 1),
                       STR_ARG(db_text(s, 2)), STR_ARG(db_text(s, 3)), db_int(s, 4) ? "" : " (inactive)");
        }
    }
    db_reset(s);
    if (cli->json) printf("{\"users\":[%.*s]}\n", STR_ARG(buf_str(&b)));
    else cli_write(buf_str(&b));
    return 0;
}

COMMAND(user, N_("Make and list users"))
int command_user(struct cli *cli) {
    static const struct command subs[] = {
        {"create", N_("Make one, with a role"), user_create},
        {"password", N_("Give one a new password"), user_password},
        {"list", N_("List all"), user_list},
        {0},
    };
    return cli_dispatch(cli, "tenon user COMMAND", subs);
}
