/* row_walk.h - every row of an entity, deleted ones too, in chunks by their key: memory stays as it is whatever the size.
 *
 *     struct row_walk walk = {.entity = entity, .tenant_id = 0};
 *     struct db_stmt *s;
 *     while ((s = row_walk_chunk(&walk, ctx)) != NULL) {
 *         while (row_walk_next(&walk, ctx, s)) use(db_int(s, 0));   // the stored columns, in their order
 *         db_reset(s);
 *     }
 */
#ifndef CORE_ROW_WALK_H
#define CORE_ROW_WALK_H

#include "core/ctx.h"

#define ROW_WALK_CHUNK 500

struct row_walk {
    const struct entity *entity;
    int64_t tenant_id;              /* only its rows; 0: all, tenant after tenant */
    const struct field_set *fields; /* only these beside tenant_id and id, of rows that have one of them; NULL: all of all */
    int64_t last_tenant, last_id;   /* how far it is */
    bool begun, ended;
    int count;                      /* rows of this chunk so far */
};

/* The next chunk; NULL behind the last, or with an error in ctx. */
struct db_stmt *row_walk_chunk(struct row_walk *walk, struct ctx *ctx);
bool row_walk_next(struct row_walk *walk, struct ctx *ctx, struct db_stmt *stmt);
/* How many rows there are. */
int64_t row_walk_count(const struct row_walk *walk, struct ctx *ctx);
/* Whether the walk reads this field; its columns are those for which this is true, in the order of fields. */
bool row_walk_has(const struct row_walk *walk, const struct field *field);

#endif
