/* custom_index.c - which records have which value of a custom field, kept and asked (custom_index.h). */
#include "core/custom_index.h"

#include "base/utf8.h"
#include "core/custom.h"
#include "core/registry.h"

#define TEXT_INDEXED 100 /* characters of it: an entry of an index has its limit */

/* ---- keeping it ---------------------------------------------------------------------------------------------------------- */

static struct value indexed(struct value value) {
    return value.type == VALUE_TEXT ? value_text(utf8_prefix(value.text, TEXT_INDEXED)) : value;
}

/* The fields whose values are kept, as the database says it in this write: the actor may know it from before a definition
 * changed, here or on another server, and a value that was then left out would be missed by everybody. */
struct custom_kept {
    int64_t *fields;
    size_t count;
};

static const struct custom_kept *kept_now(struct ctx *ctx) {
    if (ctx->custom_kept) return ctx->custom_kept;
    struct custom_kept *kept = arena_alloc(ctx->arena, sizeof *kept);
    *kept = (struct custom_kept){NULL, 0};
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id FROM custom_fields WHERE tenant_id = :tenant "
                                  "AND (is_filterable = 1 OR preparing IN ('filters', 'filters_and_search'))",
                                  NO_ARGS);
    if (!s) return NULL;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        kept->fields = arena_room(ctx->arena, kept->fields, kept->count, sizeof *kept->fields);
        kept->fields[kept->count++] = db_int(s, 0);
    }
    db_reset(s);
    if (r != DB_DONE) return db_fail(ctx->conn, r, &ctx->errors) ? kept : NULL;
    return ctx->custom_kept = kept;
}

static bool is_kept(const struct custom_kept *kept, int64_t field) {
    bool found = false;
    for (size_t i = 0; i < kept->count && !found; i++) found = kept->fields[i] == field;
    return found;
}

bool custom_index_put(struct ctx *ctx, int64_t field, int64_t record, struct value value) {
    bool text = value.type == VALUE_TEXT;
    return sql_defer(ctx,
                     "INSERT INTO custom_values (id, tenant_id, field, record, number, text, created_at) "
                     "VALUES (:id, :tenant, :field, :record, :number, :text, :now)",
                     ARGS({":id", value_int(id_new())}, {":field", value_int(field)}, {":record", value_int(record)},
                          {":number", text ? VALUE_NONE : value}, {":text", text ? indexed(value) : VALUE_NONE}));
}

bool custom_index_update(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    int64_t record = row_id(change->row);
    bool ok = true;
    for (int i = entity->field_count - entity->custom_count; ok && i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        struct value was = change->old ? change->old->values[i] : VALUE_NONE, is = change->row->values[i];
        if (value_eq(was, is)) continue;
        const struct custom_kept *kept = kept_now(ctx);
        if (!kept) return false;
        if (!is_kept(kept, f->custom)) continue;
        if (!value_is_null(was))
            ok = sql_defer(ctx, "DELETE FROM custom_values WHERE tenant_id = :tenant AND record = :record AND field = :field",
                           ARGS({":record", value_int(record)}, {":field", value_int(f->custom)}));
        if (ok && !value_is_null(is)) ok = custom_index_put(ctx, f->custom, record, is);
    }
    return ok;
}

const struct field *custom_index_wrong(struct ctx *ctx, const struct row *row) {
    const struct entity *entity = row->entity;
    int first = entity->field_count - entity->custom_count;
    int *held = arena_array(ctx->arena, int, (size_t)entity->custom_count + 1);
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT field, number, text FROM custom_values WHERE tenant_id = :tenant AND record = :record",
                                  ARGS({":record", row->values[entity->id]}));
    if (!s) return NULL;
    enum db_result r;
    while ((r = db_step(s)) == DB_ROW) {
        for (int i = first; i < entity->field_count; i++) {
            if (entity->fields[i].custom != db_int(s, 0)) continue;
            struct value value = indexed(row->values[i]);
            bool same = value.type == VALUE_TEXT ? str_eq(db_text(s, 2), value.text)
                                                 : value.type == VALUE_INT && !db_is_null(s, 1) && db_int(s, 1) == value.integer;
            held[i - first] += same ? 1 : 2;
        }
    }
    db_reset(s);
    if (r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    for (int i = first; r == DB_DONE && i < entity->field_count; i++)
        if (entity->fields[i].indexed && held[i - first] != !value_is_null(row->values[i])) return &entity->fields[i];
    return NULL;
}

/* ---- asking it ----------------------------------------------------------------------------------------------------------- */

static bool answers(const struct query_filter *f) {
    if (!f->field->indexed) return false;
    if (kind_is_text(f->field->kind)) return f->op == OP_EQ || f->op == OP_IN;
    return f->op == OP_EQ || f->op == OP_IN || f->op == OP_WITHIN || f->op == OP_LT || f->op == OP_LTE || f->op == OP_GT ||
           f->op == OP_GTE;
}

static void condition(struct sqlb *b, const struct query_filter *f) {
    static const char *const signs[OP_COUNT] = {[OP_LT] = " < ", [OP_LTE] = " <= ", [OP_GT] = " > ", [OP_GTE] = " >= "};
    const char *column = kind_is_text(f->field->kind) ? "v.text" : "v.number";
    buf_printf(&b->sql, " AND %s", column);
    if (f->op == OP_WITHIN) {
        sqlb_lit(b, " >= ");
        sqlb_param(b, f->values[0]);
        buf_printf(&b->sql, " AND %s < ", column);
        sqlb_param(b, f->values[1]);
    } else if (f->op == OP_IN) {
        sqlb_lit(b, " IN (");
        for (int i = 0; i < f->value_count; i++) {
            if (i) buf_char(&b->sql, ',');
            sqlb_param(b, indexed(f->values[i]));
        }
        buf_char(&b->sql, ')');
    } else {
        buf_cstr(&b->sql, signs[f->op] ? signs[f->op] : " = ");
        sqlb_param(b, indexed(f->value));
    }
}

static void select_records(struct sqlb *b, const struct query_filter *f) {
    sqlb_lit(b, "SELECT v.record FROM ");
    sqlb_name(b, registry_get("custom_values")->name);
    sqlb_lit(b, " v WHERE v.tenant_id = ");
    sqlb_param(b, value_int(b->ctx->tenant_id));
    sqlb_lit(b, " AND v.field = ");
    sqlb_param(b, value_int(f->field->custom));
    condition(b, f);
}

bool custom_index_few(struct ctx *ctx, const struct query_filter *filter) {
    if (!answers(filter)) return false;
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT count(*), (SELECT f.is_filterable FROM ");
    sqlb_name(&b, registry_get("custom_fields")->name);
    sqlb_lit(&b, " f WHERE f.tenant_id = ");
    sqlb_param(&b, value_int(ctx->tenant_id));
    sqlb_lit(&b, " AND f.id = ");
    sqlb_param(&b, value_int(filter->field->custom));
    sqlb_lit(&b, " AND coalesce(f.preparing, 'search') = 'search') FROM (");
    select_records(&b, filter);
    sqlb_lit(&b, " LIMIT ");
    sqlb_param(&b, value_int(CUSTOM_INDEX_FEW));
    sqlb_lit(&b, ") records");
    struct db_stmt *stmt = sqlb_prepare(&b);
    bool few = stmt && db_step(stmt) == DB_ROW && db_int(stmt, 0) < CUSTOM_INDEX_FEW && db_int(stmt, 1) == 1;
    db_reset(stmt);
    return few;
}

void custom_index_among(struct sqlb *b, const struct query_filter *filter) {
    sqlb_lit(b, "t.id IN (");
    select_records(b, filter);
    buf_char(&b->sql, ')');
}
