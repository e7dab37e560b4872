/* enter.c - commands that act in a tenant, as the system or as one of its users (enter.h). */
#include "cli/enter.h"

#include "app/core/tenant_setup.h"

struct entering {
    int64_t tenant;
    const char *email;
    int64_t user;
};

static bool enter(struct ctx *ctx, void *arg) {
    struct entering *e = arg;
    if (!tenant_enter(ctx, e->tenant) || !e->email) return ctx->errors.count == 0;
    e->user = sql_int(ctx, "SELECT id FROM users WHERE tenant_id = :tenant AND email = :email AND deleted_at IS NULL",
                      ARGS({":email", value_text(str_lower(ctx->arena, str_of(e->email)))}));
    return e->user != 0 || errors_add(&ctx->errors, 404, "not_found", NULL, "There is no user %s in this account.", e->email);
}

static struct ctx *fail(struct cli *cli, const struct ctx *ctx) {
    for (const struct error *e = ctx->errors.first; e; e = e->next)
        errors_add(&cli->errors, e->status, e->code, NULL, "%.*s", STR_ARG(e->message));
    return NULL;
}

struct ctx *cli_enter(struct cli *cli, int64_t tenant, const char *email) {
    struct ctx *ctx = cli_ctx(cli, 0);
    if (!ctx) return NULL;
    struct entering e = {tenant, email, 0};
    if (!ctx_write(ctx, enter, &e)) return fail(cli, ctx);
    struct actor *loaded = e.user ? actor_load(ctx, tenant, e.user) : NULL;
    if (e.user && !loaded) errors_add(&ctx->errors, 403, "inactive", NULL, "%s is not active.", email);
    if (ctx->errors.count) return fail(cli, ctx);
    const struct actor *actor = loaded ? actor_for_request(cli->arena, loaded, 0, 0) : ctx->actor;
    struct db_conn *conn = ctx->conn;
    ctx_init(ctx, cli->arena, cli->db, actor);
    ctx->conn = conn;
    ctx->tenant_id = tenant;
    return ctx;
}
