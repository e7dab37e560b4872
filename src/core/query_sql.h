/* query_sql.h - SQL text with its parameters, and the predicates that no statement on an entity goes without.
 *
 * Only the query builder and the repository write SQL this way; names come from the registry, values are always parameters.
 *
 *     struct sqlb b = sqlb_new(ctx);
 *     sqlb_lit(&b, "SELECT count(*) FROM ");
 *     sqlb_name(&b, entity->name);
 *     sqlb_lit(&b, " t WHERE ");
 *     sqlb_inside(&b, entity, "t", MAY_READ, SQLB_LIVE);
 *     struct db_stmt *stmt = sqlb_prepare(&b);
 */
#ifndef CORE_QUERY_SQL_H
#define CORE_QUERY_SQL_H

#include "core/query.h"

struct sqlb {
    struct ctx *ctx;
    struct buf sql;
    struct value *params;
    int count, cap;
    int depth; /* of nested parents, names their aliases */
    bool by_id; /* the rows are few and known by id: keeps the planner from walking an index of the tenant instead */
};
enum sqlb_rows { SQLB_LIVE, SQLB_DELETED, SQLB_ALL };

struct sqlb sqlb_new(struct ctx *ctx);
#define sqlb_lit(b, literal) buf_lit(&(b)->sql, literal)
void sqlb_name(struct sqlb *b, struct str name);
/* "t.name" */
void sqlb_column(struct sqlb *b, const char *alias, struct str name);
/* The same for a field; of a custom one (custom.h) what reads it out of where it is kept. */
void sqlb_field(struct sqlb *b, const char *alias, const struct field *field);
/* Adds a parameter and returns its number, for text that is written elsewhere; sqlb_param writes "?N" itself. */
int sqlb_bind(struct sqlb *b, struct value value);
void sqlb_param(struct sqlb *b, struct value value);
/* Tenant, live or deleted, and the actor's scope for the action. */
void sqlb_inside(struct sqlb *b, const struct entity *entity, const char *alias, enum access_action action, enum sqlb_rows rows);
/* One condition of a filter, without AND. */
void sqlb_filter(struct sqlb *b, const char *alias, const struct query_filter *filter);
/* All that limits a query (sqlb_inside, filters, search), without the page. */
void sqlb_where(struct sqlb *b, const struct query *q);
/* The sum of a field over rows named t, or 0 for none. */
void sqlb_sum(struct sqlb *b, const struct query *q, const struct field *summed);
/* Prepared and bound on ctx->conn; NULL with an error. */
struct db_stmt *sqlb_prepare(struct sqlb *b);
/* Column of a statement as a field's value; text points into the statement. */
struct value sqlb_value(struct db_stmt *stmt, int column, const struct field *field);
/* The first columns as values of the entity's fields: column i is that of index at[i], and goes to values[at[i]]. */
void sqlb_values(struct db_stmt *stmt, const struct entity *entity, int count, const int *at, struct value *values);

#endif
