/* audit.c - tenon audit: who changed what, from the audit log. */
#include "base/timefmt.h"
#include "cli/cli.h"
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

COMMAND(audit, N_("Read the audit log"))
int command_audit(struct cli *cli) {
    static const struct command subs[] = {{"list", N_("List entries, newest first"), audit_list}, {0}};
    return cli_dispatch(cli, "tenon audit COMMAND", subs);
}
