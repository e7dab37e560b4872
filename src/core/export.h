/* export.h - all records that a query finds, written page by page into a file: memory stays flat, however many there are.
 *
 * A sink says what is written: CSV and JSON here, XLSX in http/export_xlsx.h. CSV can be imported again and changes nothing: the
 * columns are the names of fields, each reference has its id and beside it its name ("assigned_to_id", "assigned_to"), times are
 * in UTC, and texts that a spreadsheet would run as a formula carry the mark of csv_guard.h.
 *
 *     struct query *q = query_new(ctx, leads);
 *     ...its filters...
 *     struct export_file out = {.file = file, .bom = true};
 *     struct export_sink sink = export_csv(&out);
 *     if (!export_run(q, &sink, "csv", &count)) return false;
 */
#ifndef CORE_EXPORT_H
#define CORE_EXPORT_H

#include <stdio.h>

#include "core/query.h"

struct export_column {
    const struct field *field;
    bool title; /* the name of the record that the field refers to */
    struct str name;
};
struct export_table {
    const struct entity *entity;
    const struct export_column *columns;
    int count;
};

/* Each returns false with an error in ctx, which ends the export. `row` is good until the call returns; ctx->arena as well. */
struct export_sink {
    bool (*begin)(struct ctx *ctx, void *arg, const struct export_table *table);
    bool (*row)(struct ctx *ctx, void *arg, const struct export_table *table, const struct row *row);
    bool (*end)(struct ctx *ctx, void *arg);
    void *arg;
};

/* A file that a sink writes to. */
struct export_file {
    FILE *file;
    bool bom; /* CSV: begins with a byte order mark, which makes Excel read UTF-8 */
    int64_t rows;
};
struct export_sink export_csv(struct export_file *out);
/* An array of records as the API writes them. */
struct export_sink export_json(struct export_file *out);

/* Writes all that `q` finds, of one moment, and notes it in the audit log. The actor needs MAY_EXPORT, whose scope limits the
 * rows. q->fields limits the columns. Not inside ctx_write. False with errors. */
bool export_run(struct query *q, const struct export_sink *sink, const char *format, int64_t *count);

#endif
