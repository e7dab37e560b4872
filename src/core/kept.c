/* kept.c - counts, sums, least and greatest that a record keeps of those that refer to it. */
#include "core/kept.h"

#include "core/query_sql.h"
#include "core/registry.h"
#include "core/repo_save.h"

/* ---- what goes or comes back ----------------------------------------------------------------------------------------------- */

struct leaving {
    const struct entity *entity;
    int64_t id;
    struct leaving *outer;
};

void kept_leave(struct ctx *ctx, const struct row *row) {
    struct leaving *leaving = arena_alloc(ctx->arena, sizeof *leaving);
    *leaving = (struct leaving){row->entity, row_id(row), ctx->leaving};
    ctx->leaving = leaving;
}

void kept_left(struct ctx *ctx) { ctx->leaving = ctx->leaving->outer; }

static bool is_leaving(const struct ctx *ctx, const struct entity *entity, int64_t id) {
    for (const struct leaving *l = ctx->leaving; l; l = l->outer)
        if (l->entity->index == entity->index && l->id == id) return true;
    return false;
}

/* ---- values ---------------------------------------------------------------------------------------------------------------- */

bool kept_value(struct ctx *ctx, const struct field *field, int64_t id, struct value *value) {
    static const char *const heads[] = {
        [KEPT_COUNT] = "count(", [KEPT_SUM] = "sum(", [KEPT_LEAST] = "min(", [KEPT_GREATEST] = "max("};
    const struct kept_decl *kept = &field->decl->kept;
    const struct entity *from = registry_get(kept->from);
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT CAST(");
    buf_cstr(&b.sql, heads[kept->how]);
    sqlb_name(&b, kept->of ? str_of(kept->of) : STR("*"));
    sqlb_lit(&b, ") AS bigint) FROM ");
    sqlb_name(&b, from->name);
    sqlb_lit(&b, " WHERE tenant_id = ");
    sqlb_param(&b, value_int(ctx->tenant_id));
    buf_printf(&b.sql, " AND %s = ", kept->by);
    sqlb_param(&b, value_int(id));
    if (from->deleted_at >= 0) sqlb_lit(&b, " AND deleted_at IS NULL");
    if (kept->where) buf_printf(&b.sql, " AND (%s)", kept->where);
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    bool row = db_step(stmt) == DB_ROW;
    bool none = !row || db_is_null(stmt, 0);
    bool zero = kept->how == KEPT_COUNT || kept->how == KEPT_SUM;
    *value = none ? (zero ? value_int(0) : VALUE_NONE) : value_int(db_int(stmt, 0));
    db_reset(stmt);
    return row;
}

/* ---- keeping -------------------------------------------------------------------------------------------------------------- */

static bool refresh(struct ctx *ctx, const struct entity *entity, int64_t id) {
    const struct row *row = query_one(ctx, entity, id, MAY_READ, false);
    if (!row) return ctx->errors.count == 0;
    struct sql_arg values[ENTITY_MAX_FIELDS + 1];
    int count = 0;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        struct value v;
        if (!f->decl->kept.how) continue;
        if (!kept_value(ctx, f, id, &v)) return false;
        if (!value_eq(v, row->values[i])) values[count++] = (struct sql_arg){f->decl->name, v};
    }
    values[count] = (struct sql_arg){NULL, VALUE_NONE};
    return count == 0 || repo_update_as_system(ctx, entity->decl->name, id, values) != NULL;
}

bool kept_refresh(struct ctx *ctx, const struct entity *entity, int64_t id) {
    if (!entity->keeps || is_leaving(ctx, entity, id)) return true;
    struct as_system s = repo_as_system(ctx);
    bool ok = refresh(ctx, entity, id);
    repo_end_system(ctx, s);
    return ok;
}

/* False where nothing changed that this field is made of. */
static bool concerns(const struct change *change, const struct field *keeper) {
    const struct kept_decl *kept = &keeper->decl->kept;
    if (!change->old || change->deleting || change->restoring || kept->where) return true;
    return change_touches(change, kept->by) || (kept->of && change_touches(change, kept->of));
}

bool kept_update(struct ctx *ctx, const struct change *change) {
    const struct field *const *keepers = change->entity->keepers;
    const char *done = NULL; /* a record is computed as a whole, so once for each reference */
    const struct entity *last = NULL;
    for (int i = 0; keepers && keepers[i]; i++) {
        const struct kept_decl *kept = &keepers[i]->decl->kept;
        const struct entity *keeper = keepers[i]->entity;
        if (!concerns(change, keepers[i]) || (last == keeper && done && strcmp(done, kept->by) == 0)) continue;
        last = keeper, done = kept->by;
        struct value before = change->old ? row_get(change->old, kept->by) : VALUE_NONE, now = row_get(change->row, kept->by);
        if (!value_is_null(now) && !kept_refresh(ctx, keeper, now.integer)) return false;
        if (value_is_null(before) || value_eq(before, now)) continue;
        if (!kept_refresh(ctx, keeper, before.integer)) return false;
    }
    return true;
}
