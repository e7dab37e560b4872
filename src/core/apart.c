/* apart.c - no overlap in time among records that share something. */
#include "core/apart.h"

#include "core/query_sql.h"
#include "core/repo_save.h"

static bool concerns(const struct change *change, const struct apart_decl *apart) {
    if (change->deleting || value_is_null(row_get(change->row, apart->by))) return false;
    if (value_is_null(row_get(change->row, apart->from))) return false;
    return !change->old || change->restoring || apart->where || change_touches(change, apart->by) ||
           change_touches(change, apart->from) || change_touches(change, apart->to);
}

/* " AND (where)", of the rows that count. */
static void counting(struct sqlb *b, const struct apart_decl *apart) {
    sqlb_lit(b, " AND deleted_at IS NULL");
    if (apart->where) buf_printf(&b->sql, " AND (%s)", apart->where);
}

static struct db_stmt *clashes(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    const struct apart_decl *apart = &entity->decl->apart;
    bool days = entity_field(entity, str_of(apart->from))->kind == &kind_date;
    struct value id = value_int(row_id(change->row)), to = row_get(change->row, apart->to);
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT id, ");
    sqlb_name(&b, apart->named ? str_of(apart->named) : STR("id"));
    sqlb_lit(&b, " FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " WHERE tenant_id = ");
    sqlb_param(&b, value_int(ctx->tenant_id));
    buf_printf(&b.sql, " AND %s = ", apart->by);
    sqlb_param(&b, row_get(change->row, apart->by));
    sqlb_lit(&b, " AND id <> ");
    sqlb_param(&b, id);
    counting(&b, apart);
    buf_printf(&b.sql, " AND (%s IS NULL OR %s %s ", apart->to, apart->to, days ? ">=" : ">");
    sqlb_param(&b, row_get(change->row, apart->from));
    sqlb_lit(&b, ")");
    if (!value_is_null(to)) {
        buf_printf(&b.sql, " AND %s %s ", apart->from, days ? "<=" : "<");
        sqlb_param(&b, to);
    }
    sqlb_lit(&b, " AND EXISTS (SELECT 1 FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " WHERE tenant_id = ");
    sqlb_param(&b, value_int(ctx->tenant_id));
    sqlb_lit(&b, " AND id = ");
    sqlb_param(&b, id);
    counting(&b, apart);
    sqlb_lit(&b, ") ORDER BY id LIMIT 3");
    return sqlb_prepare(&b);
}

bool apart_check(struct ctx *ctx, const struct change *change) {
    const struct apart_decl *apart = &change->entity->decl->apart;
    if (!apart->by || !concerns(change, apart)) return true;
    const struct entity *shared = entity_field(change->entity, str_of(apart->by))->to;
    const struct entity *named = apart->named ? entity_field(change->entity, str_of(apart->named))->to : change->entity;
    int64_t shared_id = row_int(change->row, apart->by), ids[3];
    struct db_stmt *stmt = clashes(ctx, change);
    int count = 0;
    for (; stmt && count < 3 && db_step(stmt) == DB_ROW; count++) ids[count] = db_int(stmt, db_is_null(stmt, 1) ? 0 : 1);
    if (stmt) db_reset(stmt);
    if (count == 0) return ctx->errors.count == 0;
    struct buf names = buf_new(ctx->arena, 128);
    for (int i = 0; i < count; i++) {
        if (i) buf_lit(&names, ", ");
        buf_add(&names, query_title(ctx, named, ids[i]));
    }
    struct str who = query_title(ctx, shared, shared_id);
    return errors_add(&ctx->errors, 409, "overlap", apart->from, "%.*s is taken at that time: %.*s.", STR_ARG(who),
                      STR_ARG(buf_str(&names)));
}
