/* row_walk.c - every row of an entity, chunk by chunk (row_walk.h). */
#include "core/row_walk.h"

#include "core/query_sql.h"

bool row_walk_has(const struct row_walk *walk, const struct field *f) {
    const struct entity *entity = walk->entity;
    if (!f->stored) return false;
    return !walk->fields || f->index == entity->id || f->index == entity->tenant_id || field_set_has(walk->fields, f->index);
}

static void columns(struct sqlb *b, const struct row_walk *walk) {
    const char *separator = "";
    for (int i = 0; i < walk->entity->field_count; i++) {
        const struct field *f = &walk->entity->fields[i];
        if (!row_walk_has(walk, f)) continue;
        buf_cstr(&b->sql, separator);
        sqlb_column(b, "t", f->name);
        separator = ",";
    }
}

/* " FROM entity t WHERE" the rows that are meant. Of what belongs to no tenant, one tenant's are itself and its plan. */
static void from(struct sqlb *b, const struct row_walk *walk) {
    const struct entity *entity = walk->entity;
    sqlb_lit(b, " FROM ");
    sqlb_name(b, entity->name);
    sqlb_lit(b, " t WHERE ");
    if (!walk->tenant_id) {
        sqlb_lit(b, "1 = 1");
    } else if (entity->tenant_id >= 0 || str_eqc(entity->name, "tenants")) {
        sqlb_column(b, "t", entity->tenant_id >= 0 ? STR("tenant_id") : STR("id"));
        sqlb_lit(b, " = ");
        sqlb_param(b, value_int(walk->tenant_id));
    } else {
        sqlb_lit(b, "t.id IN (SELECT n.plan_id FROM tenants n WHERE n.id = ");
        sqlb_param(b, value_int(walk->tenant_id));
        buf_char(&b->sql, ')');
    }
    if (!walk->fields) return;
    const char *separator = " AND (";
    for (int i = 0; i < entity->field_count; i++) {
        if (!field_set_has(walk->fields, i)) continue;
        buf_cstr(&b->sql, separator);
        sqlb_column(b, "t", entity->fields[i].name);
        sqlb_lit(b, " IS NOT NULL");
        separator = " OR ";
    }
    buf_char(&b->sql, ')');
}

struct db_stmt *row_walk_chunk(struct row_walk *walk, struct ctx *ctx) {
    if (walk->ended) return NULL;
    if (!walk->begun) walk->last_tenant = walk->last_id = INT64_MIN;
    walk->begun = true;
    walk->count = 0;
    bool by_tenant = walk->entity->tenant_id >= 0;
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT ");
    columns(&b, walk);
    from(&b, walk);
    buf_cstr(&b.sql, by_tenant ? " AND (t.tenant_id, t.id) > (" : " AND t.id > ");
    if (by_tenant) {
        sqlb_param(&b, value_int(walk->last_tenant));
        buf_char(&b.sql, ',');
    }
    sqlb_param(&b, value_int(walk->last_id));
    buf_cstr(&b.sql, by_tenant ? ") ORDER BY t.tenant_id, t.id LIMIT " : " ORDER BY t.id LIMIT ");
    sqlb_param(&b, value_int(ROW_WALK_CHUNK));
    return sqlb_prepare(&b);
}

bool row_walk_next(struct row_walk *walk, struct ctx *ctx, struct db_stmt *stmt) {
    enum db_result r = db_step(stmt);
    if (r == DB_ROW) {
        // id and tenant_id are the first two of every entity
        walk->last_id = db_int(stmt, 0);
        if (walk->entity->tenant_id >= 0) walk->last_tenant = db_int(stmt, 1);
        walk->count++;
        return true;
    }
    if (r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    walk->ended = r != DB_DONE || walk->count < ROW_WALK_CHUNK;
    return false;
}

int64_t row_walk_count(const struct row_walk *walk, struct ctx *ctx) {
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT count(*)");
    from(&b, walk);
    struct db_stmt *s = sqlb_prepare(&b);
    enum db_result r = db_step(s);
    int64_t n = r == DB_ROW ? db_int(s, 0) : 0;
    if (s && r != DB_ROW) db_fail(ctx->conn, r, &ctx->errors);
    db_reset(s);
    return n;
}
