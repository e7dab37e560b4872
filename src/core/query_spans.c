/* query_spans.c - counts and sums by time, for charts: one statement over all spans (query.h). */
#include "core/access.h"
#include "core/query_sql.h"

/* CASE WHEN t.at < ?2 THEN 0 WHEN t.at < ?3 THEN 1 ... END */
static void write_span(struct sqlb *b, const struct field *at, const int64_t *bounds, int spans) {
    sqlb_lit(b, "CASE");
    for (int i = 0; i < spans; i++) {
        sqlb_lit(b, " WHEN ");
        sqlb_field(b, "t", at);
        sqlb_lit(b, " < ");
        sqlb_param(b, value_int(bounds[i + 1]));
        sqlb_lit(b, " THEN ");
        sqlb_param(b, value_int(i));
    }
    sqlb_lit(b, " END");
}

static void write_between(struct sqlb *b, const struct field *at, int64_t from, int64_t to) {
    sqlb_lit(b, " AND ");
    sqlb_field(b, "t", at);
    sqlb_lit(b, " >= ");
    sqlb_param(b, value_int(from));
    sqlb_lit(b, " AND ");
    sqlb_field(b, "t", at);
    sqlb_lit(b, " < ");
    sqlb_param(b, value_int(to));
}

static bool read_spans(struct query *q, struct sqlb *b, struct query_span *spans, int count) {
    struct db_stmt *stmt = sqlb_prepare(b);
    if (!stmt) return false;
    enum db_result r;
    while ((r = db_step(stmt)) == DB_ROW) {
        int64_t i = db_int(stmt, 0);
        if (i >= 0 && i < count) spans[i] = (struct query_span){db_int(stmt, 1), db_int(stmt, 2)};
    }
    db_reset(stmt);
    return r == DB_DONE || db_fail(q->ctx->conn, r, &q->ctx->errors);
}

bool query_spans(struct query *q, const char *time, const int64_t *bounds, int count, const char *sum, struct query_span *spans) {
    const struct field *at = entity_field(q->entity, str_of(time)), *summed = sum ? entity_field(q->entity, str_of(sum)) : NULL;
    memset(spans, 0, (size_t)count * sizeof *spans);
    if (!access_may(q->ctx->actor, q->entity, q->action)) return access_deny(q->ctx, q->entity, q->action);
    struct sqlb b = sqlb_new(q->ctx);
    sqlb_lit(&b, "SELECT ");
    write_span(&b, at, bounds, count);
    sqlb_lit(&b, ", count(*), ");
    sqlb_sum(&b, q, summed);
    sqlb_lit(&b, " FROM ");
    sqlb_name(&b, q->entity->name);
    sqlb_lit(&b, " t WHERE ");
    sqlb_where(&b, q);
    write_between(&b, at, bounds[0], bounds[count]);
    sqlb_lit(&b, " GROUP BY 1");
    return read_spans(q, &b, spans, count);
}
