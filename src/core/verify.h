/* verify.h - whether everything that must hold of the data does: `tenon verify`, after a restore, before an upgrade stands.
 *
 * What the declarations say is checked of every row, deleted ones too: required values, values that their kind would store,
 * references and subjects that lead to a record of the same tenant (a live row not to a deleted one, where deleting would have
 * been refused or would have followed), uniqueness, exclusive flags, versions, times, ids below 2^53. Beside them: what is
 * append-only was never changed, every audited record has its audit entries and each tenant's chain of them is whole, events and
 * change-sets name what there is, the search index says what the rows say, secrets are sealed where their record says, and
 * stored files are there as they were uploaded, with none beside them. An entity adds its own by `.verify`:
 *
 *     static void invoice_verify(struct ctx *ctx, const struct row *row, struct verify *verify) {
 *         if (sum_of_lines(ctx, row) != row_int(row, "total"))
 *             verify_say(verify, row, "total", "It is not the sum of its lines.");
 *     }
 *
 * All is read on ctx->conn, in one snapshot and in chunks of rows, so memory stays as it is whatever the size, and inside a write
 * what is not yet committed is seen.
 */
#ifndef CORE_VERIFY_H
#define CORE_VERIFY_H

#include "core/ctx.h"
#include "core/row.h"

struct verify_finding {
    int64_t tenant_id;  /* 0: of no tenant */
    struct str entity;  /* "leads"; "search" and "file store" beside the entities */
    int64_t id;         /* the record; 0: of all of them */
    struct str field;   /* may be empty */
    struct str message; /* a sentence: what is wrong */
};

struct verify_options {
    int64_t tenant_id;     /* only this tenant; 0: all, and what belongs to none */
    const char *files_dir; /* where stored files are; NULL: they are not looked at */
    void (*found)(void *arg, const struct verify_finding *finding);                  /* may be NULL */
    void (*progress)(void *arg, const char *what, int64_t done);                     /* now and then; may be NULL */
    void *arg;
};
struct verify_result {
    int64_t rows, files, findings;
};

/* `ctx` is a context of the system. False with an error where it could not be carried out; what was found is no error. */
bool verify_run(struct ctx *ctx, const struct verify_options *options, struct verify_result *result);

/* For `.verify` of an entity: `field` may be NULL. The context is that of the row's tenant, its arena ends with the chunk. */
struct verify;
void verify_say(struct verify *verify, const struct row *row, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
