/* audit.c - tenon audit: who changed what, from the audit log. */
#include "base/timefmt.h"
#include "cli/cli.h"
#include "core/audit.h"
#include "core/query.h"
#include "core/registry.h"

static void audit_line(struct buf *b, struct db_stmt *s, bool json) {
    struct str changes = db_is_null(s, 5) ? STR("{}") : db_text(s, 5);
    if (!json) {
        buf_time(b, db_int(s, 0));
        buf_printf(b, "  user %lld  %.*s %.*s %lld  %.*s\n", (long long)db_int(s, 1), STR_ARG(db_text(s, 2)),
                   STR_ARG(db_text(s, 3)), (long long)db_int(s, 4), STR_ARG(changes));
        return;
    }
    buf_lit(b, "{\"at\":\"");
    buf_time(b, db_int(s, 0));
    buf_printf(b, "\",\"user_id\":%lld,\"action\":", (long long)db_int(s, 1));
    buf_json(b, db_text(s, 2));
    buf_lit(b, ",\"entity\":");
    buf_json(b, db_text(s, 3));
    buf_printf(b, ",\"id\":%lld,\"changes\":%.*s}", (long long)db_int(s, 4), STR_ARG(changes));
}

static int audit_list(struct cli *cli) {
    static const struct cli_option options[] = {
        {"--entity", "NAME", "records of this kind: leads, clients ..."},
        {"--id", "N", "only this record"},
        {"--tenant", "ID", "only of this company account"},
        {"--limit", "N", "the newest so many (50)"},
        {0},
    };
    if (!cli_options(cli, "tenon audit list [--entity NAME] [--id N] [--tenant ID] [--limit N]", options)) return cli_exit(cli);
    int64_t id, tenant, limit;
    if (!cli_number(cli, "--id", 0, &id) || !cli_number(cli, "--tenant", 0, &tenant)) return cli_fail(cli);
    if (!cli_number(cli, "--limit", 50, &limit)) return cli_fail(cli);
    struct str entity = str_of(cli_value(cli, "--entity"));
    if (entity.len && !registry_find(entity)) {
        errors_add(&cli->errors, 404, "not_found", NULL, "There are no records called %.*s.", STR_ARG(entity));
        return cli_fail(cli);
    }
    if (!cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, tenant);
    if (!ctx) return cli_fail(cli);
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT created_at, user_id, action, entity_type, entity_id, changes FROM audit_logs "
                                  "WHERE (:tenant = 0 OR tenant_id = :tenant) AND (:entity = '' OR entity_type = :entity) "
                                  "AND (:id = 0 OR entity_id = :id) ORDER BY created_at DESC, id DESC LIMIT :limit",
                                  ARGS({":entity", value_text(entity)}, {":id", value_int(id)}, {":limit", value_int(limit)}));
    if (!s) return cli_fail_ctx(cli, ctx);
    struct buf b = buf_new(cli->arena, 4096);
    if (cli->json) buf_lit(&b, "{\"entries\":[");
    for (int n = 0; db_step(s) == DB_ROW; n++) {
        if (cli->json && n) buf_char(&b, ',');
        audit_line(&b, s, cli->json);
    }
    db_reset(s);
    if (cli->json) buf_lit(&b, "]}\n");
    cli_write(buf_str(&b));
    return 0;
}

/* One tenant's chain; false where it is broken or cannot be read. */
static bool verify_tenant(struct cli *cli, struct ctx *ctx, struct buf *b) {
    struct audit_chain chain;
    if (!audit_verify(ctx, &chain)) return false;
    if (cli->json)
        buf_printf(b, "%s{\"tenant_id\":%lld,\"entries\":%lld,\"broken_id\":%lld,\"head_id\":%lld,\"head\":\"%.*s\"}",
                   b->len > 1 && b->ptr[b->len - 1] == '}' ? "," : "", (long long)ctx->tenant_id, (long long)chain.entries,
                   (long long)chain.broken_id, (long long)chain.head_id, STR_ARG(chain.head));
    else if (chain.broken_id)
        buf_printf(b, "tenant %lld: BROKEN at entry %lld: it was changed, or one before it was taken out\n",
                   (long long)ctx->tenant_id, (long long)chain.broken_id);
    else
        buf_printf(b, "tenant %lld: %lld entries as they were written; head %lld %.*s\n", (long long)ctx->tenant_id,
                   (long long)chain.entries, (long long)chain.head_id, STR_ARG(chain.head));
    return chain.broken_id == 0;
}

static int audit_check(struct cli *cli) {
    static const struct cli_option options[] = {{"--tenant", "ID", "only of this company account"}, {0}};
    if (!cli_options(cli, "tenon audit verify [--tenant ID]", options)) return cli_exit(cli);
    int64_t tenant;
    if (!cli_number(cli, "--tenant", 0, &tenant)) return cli_fail(cli);
    if (!cli_open(cli, false)) return cli_fail(cli);
    struct ctx *ctx = cli_ctx(cli, tenant);
    if (!ctx) return cli_fail(cli);
    struct query *q = query_new(ctx, registry_get("tenants"));
    struct rows rows;
    q->limit = INT32_MAX - 1;
    q->with_deleted = true;
    if (!query_rows(q, &rows)) return cli_fail_ctx(cli, ctx);
    struct buf b = buf_new(cli->arena, 4096);
    bool whole = true;
    if (cli->json) buf_lit(&b, "{\"tenants\":[");
    for (int i = 0; i < rows.count; i++) {
        ctx->tenant_id = row_id(rows.at[i]);
        whole = verify_tenant(cli, ctx, &b) && whole;
    }
    if (ctx->errors.count) return cli_fail_ctx(cli, ctx);
    if (cli->json) buf_lit(&b, "]}\n");
    cli_write(buf_str(&b));
    return whole ? 0 : 1;
}

COMMAND(audit, N_("Read and verify the audit log"))
int command_audit(struct cli *cli) {
    static const struct command subs[] = {{"list", N_("List entries, newest first"), audit_list},
                                          {"verify", N_("Prove that no entry was changed or taken out"), audit_check},
                                          {0}};
    return cli_dispatch(cli, "tenon audit COMMAND", subs);
}
