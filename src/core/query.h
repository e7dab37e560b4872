/* query.h - the one way to read rows: filters, search, sort, pages, references, always inside the tenant and the actor's scope.
 *
 * A query is made by code (query_new, query_where) or from a request's parameters (query_params), which allow only declared
 * names and report everything else with status 400 and the parameter's name. Pages are keyset only: `next` is an opaque
 * cursor that carries the last row's sort values and breaks with a clear error where the sort differs.
 *
 *     struct query *q = query_new(ctx, registry_get("leads"));
 *     query_where(q, "lead_status_id", OP_EQ, value_int(status));
 *     query_sort(q, "-created_at");
 *     struct rows rows;
 *     if (!query_rows(q, &rows)) return false;
 */
#ifndef CORE_QUERY_H
#define CORE_QUERY_H

#include "core/ctx.h"
#include "core/row.h"

#define QUERY_MAX_LIMIT 200
#define QUERY_MAX_SORT 3
#define QUERY_MAX_FILTERS 32

struct query_filter {
    const struct field *field;
    enum op op;
    struct value value;         /* OP_NULL: integer 1 has none, 0 has one */
    const struct value *values; /* OP_IN; OP_WITHIN: from, to (value is the word) */
    int value_count;
};
/* Records that lie in [begin, end) of a calendar, also in part: those that start there, and those that go on from before. */
struct query_overlap {
    const struct field *from, *to; /* from NULL: not asked; to NULL: they have no end. Of dates the last day is taken too. */
    int64_t begin, end;
};
struct query_sort_key {
    const struct field *field;
    bool descending;
};
struct query {
    struct ctx *ctx;
    const struct entity *entity;
    enum access_action action;   /* whose scope limits the rows; MAY_READ */
    struct query_filter filters[QUERY_MAX_FILTERS];
    int filter_count;
    struct query_overlap overlap;
    struct query_sort_key sort[QUERY_MAX_SORT + 1]; /* id is the last */
    int sort_count;
    struct str search;           /* words; empty none */
    struct str cursor;           /* from an earlier page; empty first page */
    bool backwards;              /* the cursor is a `previous`: the page before it; query_rows only */
    int limit;                   /* 50 */
    bool titles;                 /* resolve references to their titles (row->titles) */
    bool count;                  /* also count all */
    bool only_deleted;           /* the bin instead of what is live */
    bool with_deleted;
    bool one_currency;           /* sums leave out money in another currency than the tenant's; it is still counted */
    struct field_set fields;     /* to read; none set: all stored */
    const struct field *includes[8];
    int include_count;
    struct db_stmt *asked;       /* by query_ahead */
};
struct rows {
    struct row **at;
    int count;
    struct str next;             /* cursor, empty on the last page */
    struct str previous;         /* cursor for `backwards`, empty on the first page; query_rows only */
    int64_t total;               /* with query.count, else -1 */
};

struct query *query_new(struct ctx *ctx, const struct entity *entity);
bool query_where(struct query *q, const char *field, enum op op, struct value value);
void query_sort(struct query *q, const char *words); /* "-created_at name" */
/* One name=value of a request: filter[f], filter[f][op], q, sort, limit, cursor, include, fields, count, trash. *known tells
 * whether it was one of these; false with an error where its content is wrong. */
bool query_param(struct query *q, struct str name, struct str value, bool *known);
/* Operators by the names that filters use: "gte", "contains". query_op_name: "" for none. */
const char *query_op_name(enum op op);
bool query_op_find(struct str name, enum op *op);
/* Runs. query_rows copies the rows; query_each hands each out in place (fast, for writing answers), and returns next/total in
 * *rows. */
bool query_rows(struct query *q, struct rows *rows);
/* Asks for the first page ahead (db_ahead), for the same query to be run later. */
void query_ahead(struct query *q);
bool query_each(struct query *q, struct rows *rows, void (*each)(void *arg, const struct row *row), void *arg);
/* The record, or NULL: absent, deleted (unless with_deleted), another tenant's and out of scope are all the same: no error is
 * added. */
struct row *query_one(struct ctx *ctx, const struct entity *entity, int64_t id, enum access_action action, bool with_deleted);
/* The same for a query with its own titles, fields or filters. */
struct row *query_one_of(struct query *q, int64_t id);
/* The record that stands just before or after this row in the query's order; 0 where there is none. */
bool query_beside(const struct query *q, const struct row *row, bool before, int64_t *id);
bool query_filter_add(struct query *q, const struct query_filter *filter);
int64_t query_count(struct query *q);
/* At most `most`: stops counting there. */
int64_t query_count_up_to(struct query *q, int64_t most);
/* The same in two steps, the first of which asks for it ahead (db_ahead). */
struct db_stmt *query_count_ahead(struct query *q, int64_t most);
int64_t query_count_of(struct query *q, struct db_stmt *counted);
/* Count and sum of a number field for each value of `group`, for boards and charts. */
struct query_group {
    struct value key;
    int64_t count, sum;
};
bool query_groups(struct query *q, const char *group, const char *sum, struct query_group **groups, int *count);
/* How many records have their `time` in [bounds[i], bounds[i + 1]), for each of `count` spans. A short walk for each, where an
 * index begins with what is filtered and goes on with the time. */
bool query_spans(struct query *q, const char *time, const int64_t *bounds, int count, int64_t *counts);
/* Hands out these fields ("lead_status_id currency") of every record, in no order: for figures that one walk can add up and SQL
 * only in several. Texts are good inside the callback only. */
typedef void query_walk_fn(void *arg, const struct value *values);
bool query_walk(struct query *q, const char *words, query_walk_fn *each, void *arg);
/* Titles of records by id, one statement: for timelines and audit pages. Empty where out of reach. */
struct str query_title(struct ctx *ctx, const struct entity *entity, int64_t id);

#endif
