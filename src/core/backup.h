/* backup.h - all tenants, or one, as the chunks of an archive, and back into any database. docs/backup.md tells the format.
 *
 * Rows are written table after table, in one snapshot, in an order in which a table comes after those that it refers to. Where
 * tables refer to each other in a circle, the fields that close it are left out of the rows and follow at the end ("late"): so
 * a reader fills a database from first to last with its foreign keys standing, and holds no more than a chunk in memory. Then
 * come the stored files.
 */
#ifndef CORE_BACKUP_H
#define CORE_BACKUP_H

#include "core/archive.h"
#include "core/ctx.h"
#include "core/entity.h"

struct backup_counts {
    int64_t tenants, rows, files, bytes; /* bytes: of files */
};
struct backup_options {
    int64_t tenant_id;     /* only this one, without its sessions; its keys are wrapped by the archive's. 0: all */
    const char *files_dir;
    void (*progress)(void *arg, const char *what, int64_t done); /* may be NULL */
    /* A record whose content is not in the file store as it was uploaded: the backup goes without it. */
    void (*missing)(void *arg, struct str storage_key);
    void *arg;
};
/* Everything as it stands at one moment, on ctx->conn; `ctx` is the system's. False with errors. */
bool backup_write(struct ctx *ctx, struct archive_writer *archive, const struct backup_options *options,
                  struct backup_counts *counts);

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

struct backup_table {
    struct str name;
    struct str columns[ENTITY_MAX_FIELDS];
    int count;
    bool late; /* rows that stand already get these columns; the first are their key: tenant_id (where there is one) and id */
};
struct backup_tenant {
    int64_t id;
    struct str name, slug, domain;
};

/* What is read, in its order. Each may be NULL; false with an error in the archive's errors ends the reading. */
struct backup_sink {
    bool (*tenant)(void *arg, const struct backup_tenant *tenant);
    bool (*table)(void *arg, const struct backup_table *table);
    bool (*row)(void *arg, const struct backup_table *table, struct value *values);
    /* Behind the rows of each chunk: their texts end here. */
    bool (*rows_end)(void *arg, const struct backup_table *table);
    bool (*file)(void *arg, struct str key, int64_t size);
    bool (*data)(void *arg, struct str bytes);
    /* The file was read, and is what its key says. */
    bool (*file_end)(void *arg);
    void (*progress)(void *arg, const char *what, int64_t done);
    void *arg;
};
/* Reads an archive from its header to its end, and checks all of it: counts, rows, files. False with errors. */
bool backup_read(struct archive_reader *archive, const struct backup_sink *sink, struct errors *errors,
                 struct backup_counts *counts);

/* ---- into a database ------------------------------------------------------------------------------------------------------- */

struct restore_options {
    const char *files_dir; /* made, and filled: for good on the disk once all is loaded; NULL: files are read past */
    bool one_tenant;       /* into a database with others */
    struct str name, slug, domain; /* of the one tenant, instead of its own; `domain` "none" for none */
    void (*progress)(void *arg, const char *what, int64_t done);
    void *arg;
};
/* Fills the tables: ctx->conn is the writer's, in a job of the platform's, or of the owner's where the tables have no wall yet.
 * Search words follow by search_rebuild. *tenant_id (may be NULL) is the last tenant. */
bool restore_load(struct ctx *ctx, struct archive_reader *archive, const struct restore_options *options,
                  struct backup_counts *counts, int64_t *tenant_id);

#endif
