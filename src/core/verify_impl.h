/* verify_impl.h - what the files of verify share; only src/core/verify*.c include this.
 *
 *   verify.c        the run: tenants, findings, progress
 *   verify_rows.c   every row by its declaration, with what it points to
 *   verify_sets.c   what only several rows together can break: uniqueness, flags, history, events, the search index
 *   verify_files.c  stored files
 */
#ifndef CORE_VERIFY_IMPL_H
#define CORE_VERIFY_IMPL_H

#include "base/timefmt.h"
#include "core/query_sql.h"
#include "core/registry.h"
#include "core/verify.h"

#define VERIFY_CHUNK 200            /* rows that are in memory at a time */
#define VERIFY_MEMORY (256u << 20)  /* for a chunk */
#define VERIFY_CLOCK_MS DAY_MS      /* a record may be this much ahead of our clock */

struct verify {
    struct ctx *ctx;     /* the caller's, for errors */
    struct ctx part;     /* for the work: its arena ends with each chunk, its tenant is the one that is looked at */
    const struct verify_options *options;
    struct verify_result *result;
    bool sealed;         /* the master key is known: secrets can be tried */
};

void verify_found(struct verify *v, struct str entity, int64_t id, struct str field, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
void verify_progress(struct verify *v, const char *what, int64_t done);
/* Frees what the chunk needed. Where it failed, its errors are the caller's now, and it returns false. */
bool verify_chunk_end(struct verify *v);
/* One row a call: steps, and tells whether there is one. An error of the database goes to v->part. */
bool verify_step(struct verify *v, struct db_stmt *stmt);

/* Each looks at what belongs to the tenant of v->part (0: to none). False with errors in v->ctx. */
bool verify_rows(struct verify *v, const struct entity *entity);
bool verify_sets(struct verify *v, const struct entity *entity);
bool verify_history(struct verify *v);
bool verify_files(struct verify *v);
/* Of all tenants, or the one that was asked for. */
bool verify_strays(struct verify *v, const struct entity *entity);
bool verify_file_strays(struct verify *v);

#endif
