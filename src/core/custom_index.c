/* custom_index.c - which records have which value of a custom field, kept and asked (custom_index.h). */
#include "core/custom_index.h"

#include "base/utf8.h"
#include "core/custom.h"
#include "core/registry.h"
#include "core/repo_save.h"
#include "core/search.h"

#define TEXT_INDEXED 100 /* characters of it: an entry of an index has its limit */
#define CHUNK 500
#define CHUNK_MEMORY (64u << 20)

/* ---- keeping it ---------------------------------------------------------------------------------------------------------- */

static bool is_text(const struct field *f) { return f->kind->stored[0] == 't'; }

static struct value indexed(struct value value) {
    return value.type == VALUE_TEXT ? value_text(utf8_prefix(value.text, TEXT_INDEXED)) : value;
}

static bool put(struct ctx *ctx, int64_t field, int64_t record, struct value value) {
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
        if (!f->indexed || value_eq(was, is)) continue;
        if (!value_is_null(was))
            ok = sql_defer(ctx, "DELETE FROM custom_values WHERE tenant_id = :tenant AND record = :record AND field = :field",
                           ARGS({":record", value_int(record)}, {":field", value_int(f->custom)}));
        if (ok && !value_is_null(is)) ok = put(ctx, f->custom, record, is);
    }
    return ok;
}

/* ---- after a definition changed ------------------------------------------------------------------------------------------ */

/* What is to be done with the records that have a value of the field. */
struct follow {
    const struct entity *entity;
    const struct row *definition;
    bool words, fill;
    int64_t last;
    int count;
};

static bool follow_record(struct ctx *ctx, const struct follow *f, const struct row *row, struct value value) {
    return (!f->fill || put(ctx, row_id(f->definition), row_id(row), value)) && (!f->words || search_again(ctx, row));
}

/* The next records, deleted ones too, by their ids. */
static bool read_chunk(struct ctx *ctx, struct follow *f, struct rows *rows) {
    struct query *q = query_new(ctx, f->entity);
    q->with_deleted = true;
    q->limit = CHUNK;
    query_sort(q, "id");
    const struct entity *entity = q->entity;
    query_filter_add(q, &(struct query_filter){.field = &entity->fields[entity->custom], .op = OP_NULL, .value = value_int(0)});
    query_filter_add(q, &(struct query_filter){.field = &entity->fields[entity->id], .op = OP_GT, .value = value_int(f->last)});
    return query_rows(q, rows);
}

static bool follow_chunk(struct ctx *ctx, struct follow *f) {
    struct rows rows;
    bool ok = read_chunk(ctx, f, &rows);
    for (int i = 0; ok && i < rows.count; i++) {
        f->last = row_id(rows.at[i]);
        struct value value = custom_member(ctx->arena, rows.at[i], row_id(f->definition));
        ok = value_is_null(value) || follow_record(ctx, f, rows.at[i], value);
    }
    f->count = rows.count;
    return ok;
}

static bool follow_all(struct ctx *ctx, struct follow *f) {
    bool ok = true;
    do {
        struct ctx part = *ctx;
        part.arena = part.env.arena = arena_new(CHUNK_MEMORY);
        ok = follow_chunk(&part, f);
        ctx->errors = part.errors; // these live in the caller's arena
        arena_free(part.arena);
    } while (ok && f->count == CHUNK);
    return ok;
}

static bool in_use(const struct row *definition) {
    return definition && row_bool(definition, "is_active") && row_null(definition, "deleted_at");
}

bool custom_index_follow(struct ctx *ctx, const struct change *definition) {
    const struct row *old = definition->old, *row = definition->row;
    custom_forget(ctx);
    if (!old) return true; /* nothing says anything in it yet */
    bool was = row_bool(old, "is_filterable"), is = row_bool(row, "is_filterable");
    struct follow f = {.entity = registry_find(row_text(row, "entity")), .definition = row};
    f.words = in_use(old) != in_use(row);
    f.fill = is && !was;
    if (was && !is &&
        !sql_exec(ctx, "DELETE FROM custom_values WHERE tenant_id = :tenant AND field = :field",
                  ARGS({":field", value_int(row_id(row))})))
        return false;
    if (!f.entity || !(f.words || f.fill)) return true;
    struct as_system s = repo_as_system(ctx);
    bool ok = follow_all(ctx, &f);
    repo_end_system(ctx, s);
    return ok;
}

/* ---- asking it ----------------------------------------------------------------------------------------------------------- */

static bool answers(const struct query_filter *f) {
    if (!f->field->indexed) return false;
    if (is_text(f->field)) return f->op == OP_EQ || f->op == OP_IN;
    return f->op == OP_EQ || f->op == OP_IN || f->op == OP_WITHIN || f->op == OP_LT || f->op == OP_LTE || f->op == OP_GT ||
           f->op == OP_GTE;
}

static void condition(struct sqlb *b, const struct query_filter *f) {
    static const char *const signs[OP_COUNT] = {[OP_LT] = " < ", [OP_LTE] = " <= ", [OP_GT] = " > ", [OP_GTE] = " >= "};
    const char *column = is_text(f->field) ? "v.text" : "v.number";
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
    sqlb_lit(&b, "SELECT count(*) FROM (");
    select_records(&b, filter);
    sqlb_lit(&b, " LIMIT ");
    sqlb_param(&b, value_int(CUSTOM_INDEX_FEW));
    sqlb_lit(&b, ") records");
    struct db_stmt *stmt = sqlb_prepare(&b);
    bool few = stmt && db_step(stmt) == DB_ROW && db_int(stmt, 0) < CUSTOM_INDEX_FEW;
    db_reset(stmt);
    return few;
}

void custom_index_among(struct sqlb *b, const struct query_filter *filter) {
    sqlb_lit(b, "t.id IN (");
    select_records(b, filter);
    buf_char(&b->sql, ')');
}
