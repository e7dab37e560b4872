/* query_walk.c - figures over many rows from an index alone: counts by time, and what a caller adds up itself (query.h). */
#include "core/access.h"
#include "core/query_sql.h"

#define WALK_FIELDS 12

static void write_within(struct sqlb *b, const struct field *at, int64_t from, int64_t to) {
    sqlb_lit(b, " AND ");
    sqlb_field(b, "t", at);
    sqlb_lit(b, " >= ");
    sqlb_param(b, value_int(from));
    sqlb_lit(b, " AND ");
    sqlb_field(b, "t", at);
    sqlb_lit(b, " < ");
    sqlb_param(b, value_int(to));
}

static void write_from(struct sqlb *b, const struct query *q) {
    sqlb_lit(b, " FROM ");
    sqlb_name(b, q->entity->name);
    sqlb_lit(b, " t WHERE ");
    sqlb_where(b, q);
}

/* SELECT (SELECT count(*) ... of the first span), (SELECT count(*) ... of the second), ...: grouping the rows by their span
 * instead would sort them all. */
bool query_spans(struct query *q, const char *time, const int64_t *bounds, int count, int64_t *counts) {
    const struct field *at = entity_field(q->entity, str_of(time));
    memset(counts, 0, (size_t)count * sizeof *counts);
    if (!access_may(q->ctx->actor, q->entity, q->action)) return access_deny(q->ctx, q->entity, q->action);
    struct sqlb b = sqlb_new(q->ctx);
    for (int i = 0; i < count; i++) {
        buf_cstr(&b.sql, i ? ", (SELECT count(*)" : "SELECT (SELECT count(*)");
        write_from(&b, q);
        write_within(&b, at, bounds[i], bounds[i + 1]);
        sqlb_lit(&b, ")");
    }
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    for (int i = 0; r == DB_ROW && i < count; i++) counts[i] = db_int(stmt, i);
    db_reset(stmt);
    return r == DB_ROW || db_fail(q->ctx->conn, r, &q->ctx->errors);
}

static int walked_fields(const struct query *q, const char *words, const struct field **fields) {
    struct str rest = str_of(words), word;
    int n = 0;
    while (n < WALK_FIELDS && str_word(&rest, &word)) fields[n++] = entity_field(q->entity, word);
    return n;
}

bool query_walk(struct query *q, const char *words, query_walk_fn *each, void *arg) {
    const struct field *fields[WALK_FIELDS];
    struct value values[WALK_FIELDS];
    int count = walked_fields(q, words, fields);
    if (!access_may(q->ctx->actor, q->entity, q->action)) return access_deny(q->ctx, q->entity, q->action);
    struct sqlb b = sqlb_new(q->ctx);
    for (int i = 0; i < count; i++) {
        buf_cstr(&b.sql, i ? ", " : "SELECT ");
        sqlb_field(&b, "t", fields[i]);
    }
    write_from(&b, q);
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    enum db_result r;
    while ((r = db_step(stmt)) == DB_ROW) {
        for (int i = 0; i < count; i++) values[i] = sqlb_value(stmt, i, fields[i]);
        each(arg, values);
    }
    db_reset(stmt);
    return r == DB_DONE || db_fail(q->ctx->conn, r, &q->ctx->errors);
}
