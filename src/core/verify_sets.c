/* verify_sets.c - what only several rows together can break: uniqueness, flags, history, the search index (verify.h). */
#include "core/audit.h"
#include "core/search.h"
#include "core/verify_impl.h"
#include "db/search_index.h"

/* " FROM entity t WHERE" live rows of the tenant. */
static void from_live(struct sqlb *b, const struct entity *entity) {
    sqlb_lit(b, " FROM ");
    sqlb_name(b, entity->name);
    sqlb_lit(b, " t WHERE ");
    if (entity->tenant_id >= 0) {
        sqlb_lit(b, "t.tenant_id = ");
        sqlb_param(b, value_int(b->ctx->tenant_id));
    } else sqlb_lit(b, "1 = 1");
    if (entity->deleted_at >= 0) sqlb_lit(b, " AND t.deleted_at IS NULL");
}

static void check_unique(struct verify *v, const struct entity *entity, const struct index_decl *index) {
    struct sqlb b = sqlb_new(&v->part);
    struct buf names = buf_new(v->part.arena, 64);
    sqlb_lit(&b, "SELECT max(t.id), count(*)");
    from_live(&b, entity);
    if (index->where) buf_printf(&b.sql, " AND (%s)", index->where);
    struct str rest = str_of(index->fields), word;
    while (str_word(&rest, &word)) {
        sqlb_lit(&b, " AND ");
        sqlb_column(&b, "t", word);
        sqlb_lit(&b, " IS NOT NULL");
        if (names.len) buf_lit(&names, ", ");
        buf_lit(&names, "t.");
        buf_add(&names, word);
    }
    sqlb_lit(&b, " GROUP BY ");
    buf_add(&b.sql, buf_str(&names));
    sqlb_lit(&b, " HAVING count(*) > 1");
    struct db_stmt *s = sqlb_prepare(&b);
    while (s && verify_step(v, s))
        verify_found(v, entity->name, db_int(s, 0), str_of(index->fields), "%lld records have the same, and only one may.",
                     (long long)db_int(s, 1));
    db_reset(s);
}

static void check_exclusive(struct verify *v, const struct entity *entity, struct str flag) {
    struct sqlb b = sqlb_new(&v->part);
    const char *within = entity->decl->exclusive_in;
    sqlb_lit(&b, "SELECT max(t.id), count(*)");
    from_live(&b, entity);
    sqlb_lit(&b, " AND ");
    sqlb_column(&b, "t", flag);
    sqlb_lit(&b, " = 1");
    if (within) {
        sqlb_lit(&b, " GROUP BY ");
        sqlb_column(&b, "t", str_of(within));
    }
    sqlb_lit(&b, " HAVING count(*) > 1");
    struct db_stmt *s = sqlb_prepare(&b);
    while (s && verify_step(v, s))
        verify_found(v, entity->name, db_int(s, 0), flag, "%lld records have this flag, and only one may.",
                     (long long)db_int(s, 1));
    db_reset(s);
}

/* A record that is written once has one entry, of its creation. */
static void check_written_once(struct verify *v, const struct entity *entity) {
    struct db_stmt *s = sql_query(&v->part,
                                  "SELECT entity_id, action FROM audit_logs WHERE tenant_id = :tenant AND entity_type = :entity "
                                  "AND entity_id IS NOT NULL AND action IN ('updated', 'deleted', 'restored') ORDER BY id",
                                  ARGS({":entity", value_text(entity->name)}));
    while (s && verify_step(v, s))
        verify_found(v, entity->name, db_int(s, 0), STR(""), "It is never to change, and the audit log tells that it was %.*s.",
                     STR_ARG(db_text(s, 1)));
    db_reset(s);
}

bool verify_sets(struct verify *v, const struct entity *entity) {
    for (int i = 0; i < entity->decl->index_count; i++)
        if (entity->decl->indexes[i].unique) check_unique(v, entity, &entity->decl->indexes[i]);
    struct str rest = str_of(entity->decl->exclusive), word;
    while (str_word(&rest, &word)) check_exclusive(v, entity, word);
    if (entity_is(entity, ENTITY_APPEND_ONLY) && !entity_is(entity, ENTITY_NO_AUDIT)) check_written_once(v, entity);
    return verify_chunk_end(v);
}

/* ---- a tenant's history ---------------------------------------------------------------------------------------------------- */

static void check_chain(struct verify *v) {
    struct audit_chain chain;
    if (audit_verify(&v->part, &chain) && chain.broken_id)
        verify_found(v, STR("audit_logs"), chain.broken_id, STR("chain_hash"),
                     "The chain is broken here: this entry was changed, or one before it was taken out.");
}

/* What is undone has an undo, and what an undo that stands has undone is undone. */
static void check_undos(struct verify *v) {
    struct db_stmt *s = sql_query(&v->part,
                                  "SELECT c.id FROM change_sets c WHERE c.tenant_id = :tenant AND c.undone_at IS NOT NULL AND "
                                  "NOT EXISTS (SELECT 1 FROM change_sets u WHERE u.tenant_id = :tenant AND u.undo_of_id = c.id)",
                                  NO_ARGS);
    while (s && verify_step(v, s))
        verify_found(v, STR("change_sets"), db_int(s, 0), STR("undone_at"), "It is undone, and nothing undid it.");
    db_reset(s);
    s = sql_query(&v->part,
                  "SELECT c.id FROM change_sets u JOIN change_sets c ON c.tenant_id = u.tenant_id AND c.id = u.undo_of_id "
                  "WHERE u.tenant_id = :tenant AND u.undone_to IS NULL AND u.undone_at IS NULL AND c.undone_at IS NULL",
                  NO_ARGS);
    while (s && verify_step(v, s))
        verify_found(v, STR("change_sets"), db_int(s, 0), STR("undone_at"), "It was undone, and does not say so.");
    db_reset(s);
}

/* The record that a sealed value belongs to points back to it. */
static void check_sealed(struct verify *v, int64_t id, struct str entity_name, int64_t record_id, struct str field_name) {
    const struct entity *entity = registry_find(entity_name);
    const struct field *f = entity ? entity_field(entity, field_name) : NULL;
    struct str sealed = STR("encrypted_values");
    if (!f || f->kind != &kind_secret) {
        verify_found(v, sealed, id, STR("field_name"), "%.*s has no secret called '%.*s'.", STR_ARG(entity_name),
                     STR_ARG(field_name));
        return;
    }
    struct sqlb b = sqlb_new(&v->part);
    sqlb_lit(&b, "SELECT ");
    sqlb_column(&b, "t", f->name);
    sqlb_lit(&b, " FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " t WHERE t.tenant_id = ");
    sqlb_param(&b, value_int(v->part.tenant_id));
    sqlb_lit(&b, " AND t.id = ");
    sqlb_param(&b, value_int(record_id));
    struct db_stmt *s = sqlb_prepare(&b);
    if (s && verify_step(v, s) && db_int(s, 0) != id)
        verify_found(v, sealed, id, STR("entity_id"), "%.*s %lld does not have it in %.*s.", STR_ARG(entity_name),
                     (long long)record_id, STR_ARG(field_name));
    db_reset(s);
}

static bool check_all_sealed(struct verify *v) {
    int64_t last = 0;
    int count;
    do {
        struct db_stmt *s = sql_query(&v->part,
                                      "SELECT id, entity_type, entity_id, field_name FROM encrypted_values WHERE "
                                      "tenant_id = :tenant AND id > :last ORDER BY id LIMIT :most",
                                      ARGS({":last", value_int(last)}, {":most", value_int(VERIFY_CHUNK)}));
        for (count = 0; s && verify_step(v, s); count++) {
            last = db_int(s, 0);
            check_sealed(v, last, db_text(s, 1), db_int(s, 2), db_text(s, 3));
        }
        db_reset(s);
        if (!verify_chunk_end(v)) return false;
    } while (count == VERIFY_CHUNK);
    return true;
}

bool verify_history(struct verify *v) {
    verify_progress(v, "history", v->result->rows);
    check_chain(v);
    check_undos(v);
    return verify_chunk_end(v) && check_all_sealed(v);
}

/* ---- what belongs to nobody ------------------------------------------------------------------------------------------------ */

static void stray_rows(struct verify *v, const struct entity *entity) {
    struct sqlb b = sqlb_new(&v->part);
    sqlb_lit(&b, "SELECT t.id, t.tenant_id FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " t WHERE t.tenant_id NOT IN (SELECT n.id FROM tenants n)");
    struct db_stmt *s = sqlb_prepare(&b);
    while (s && verify_step(v, s)) {
        v->part.tenant_id = db_int(s, 1);
        verify_found(v, entity->name, db_int(s, 0), STR("tenant_id"), "There is no such company account.");
    }
    db_reset(s);
    v->part.tenant_id = 0;
}

/* Entries of the index whose record is gone, deleted, or not one that is searched. */
static void stray_words(struct verify *v, const struct entity *entity) {
    struct sqlb b = sqlb_new(&v->part);
    bool searched = search_indexed(entity);
    db_search_stray_sql(&b.sql, searched ? entity->decl->name : NULL, entity->deleted_at >= 0);
    struct db_stmt *s = db_prepare(ctx_conn(&v->part), buf_str(&b.sql));
    if (!s) db_fail(v->part.conn, DB_ERROR, &v->part.errors);
    db_bind_text(s, 1, entity->name);
    db_bind_int(s, 2, v->options->tenant_id);
    while (s && verify_step(v, s)) {
        v->part.tenant_id = db_int(s, 1);
        verify_found(v, entity->name, db_int(s, 0), STR(""), "The search index has words for it, and there is no such record.");
    }
    db_reset(s);
    v->part.tenant_id = 0;
}

bool verify_strays(struct verify *v, const struct entity *entity) {
    if (entity->tenant_id < 0) return true;
    if (!v->options->tenant_id) stray_rows(v, entity);
    stray_words(v, entity);
    return verify_chunk_end(v);
}
