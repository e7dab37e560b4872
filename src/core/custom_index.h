/* custom_index.h - an index of the custom fields that stand first among the filters (custom.h, is_filterable).
 *
 * Values of custom fields lie in one JSON column of their record, and what the database could index there - an expression for
 * each field - would have to be made while the server runs: by a role that owns nothing (PostgreSQL's wall), beside a schema
 * that schema.lock says, and for all companies at once, each of whose saves would then pay for all others' fields. So it is a
 * table of its own, `custom_values`: one row a record and field, kept by repo.c in the write of the record.
 *
 * It answers no question alone. A filter is always asked of the JSON column; where this table knows that few records can meet
 * it, these are all that is looked at. So a text is here by its beginning only, and a record that went for good may leave its
 * rows. Before it is asked at all, the definition is: while the table is being filled or emptied for a field
 * (custom_prepare.h), filters walk the list as they do for a field without it, and what they answer is the same.
 */
#ifndef CORE_CUSTOM_INDEX_H
#define CORE_CUSTOM_INDEX_H

#include "core/query_sql.h"

#define CUSTOM_INDEX_FEW 300 /* records; from here on, walking the list's own index is the shorter way */

/* After `change` was written: what it says in indexed fields. */
bool custom_index_update(struct ctx *ctx, const struct change *change);
/* What a record says in a field of which nothing is here. */
bool custom_index_put(struct ctx *ctx, int64_t field, int64_t record, struct value value);
/* The first field of which the table, being ready, does not say what the row does; NULL none, or with an error. */
const struct field *custom_index_wrong(struct ctx *ctx, const struct row *row);

/* True where few records can meet this filter, and the table knows them. */
bool custom_index_few(struct ctx *ctx, const struct query_filter *filter);
/* "t.id IN (...)": those. */
void custom_index_among(struct sqlb *b, const struct query_filter *filter);

#endif
