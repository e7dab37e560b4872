/* custom_index.h - an index of the custom fields that stand first among the filters (custom.h, is_filterable).
 *
 * Values of custom fields lie in one JSON column of their record, and what the database could index there - an expression for
 * each field - would have to be made while the server runs: by a role that owns nothing (PostgreSQL's wall), beside a schema
 * that schema.lock says, and for all companies at once, each of whose saves would then pay for all others' fields. So it is a
 * table of its own, `custom_values`: one row a record and field, kept by repo.c in the write of the record.
 *
 * It answers no question alone. A filter is always asked of the JSON column; where this table knows that few records can meet
 * it, these are all that is looked at. So a text is here by its beginning only, and a record that went for good may leave its
 * rows.
 */
#ifndef CORE_CUSTOM_INDEX_H
#define CORE_CUSTOM_INDEX_H

#include "core/query_sql.h"

#define CUSTOM_INDEX_FEW 300 /* records; from here on, walking the list's own index is the shorter way */

/* After `change` was written: what it says in indexed fields. */
bool custom_index_update(struct ctx *ctx, const struct change *change);
/* After a definition (a row of custom_fields) was saved: records that have values of its field are found by their words or
 * not, and by the index or not, as it now says. */
bool custom_index_follow(struct ctx *ctx, const struct change *definition);

/* True where few records can meet this filter, and the table knows them. */
bool custom_index_few(struct ctx *ctx, const struct query_filter *filter);
/* "t.id IN (...)": those. */
void custom_index_among(struct sqlb *b, const struct query_filter *filter);

#endif
