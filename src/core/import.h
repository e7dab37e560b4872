/* import.h - records from a CSV file, so that people can trust it: what the file says is read twice, first to find out what its
 * columns and cells mean (and whether it can be read to its end), then row by row through repo.h.
 *
 * A row that cannot be saved is told with its line and reasons, and the others go on. Rows are written in batches, each a write
 * of its own so that others are not kept waiting, with an arena each so that memory stays flat; all belong to one change-set, so
 * that one undo takes everything back. A dry run does all the same and keeps nothing. What is wrong with the file or the request
 * as a whole (a quote never closed, a date column that reads both ways, no column that is known) is an error in ctx, and nothing
 * is written.
 *
 *     struct import_options options = {.entity = leads, .file = file};
 *     import_option(ctx, &options, STR("duplicates"), STR("update"), &known);
 *     struct import_result result;
 *     if (!import_run(ctx, &options, &result)) return false;
 *     import_json(&b, &result);
 */
#ifndef CORE_IMPORT_H
#define CORE_IMPORT_H

#include <stdatomic.h>
#include <stdio.h>

#include "base/csv.h"
#include "core/ctx.h"
#include "core/date_guess.h"

#define IMPORT_ADDED 32 /* kinds of records that one kind refers to, at most */
#define IMPORT_TOLD 100 /* bad rows that a result carries; all are in the file of bad rows */

enum import_duplicates { IMPORT_SKIP, IMPORT_UPDATE, IMPORT_CREATE };

struct import_counts {
    int64_t rows, made, changed, unchanged, duplicate, bad;
};

struct import_options {
    const struct entity *entity;
    FILE *file; /* can be rewound */
    bool dry_run;
    enum import_duplicates duplicates;
    struct str match; /* words: fields that tell whether a record is there already, or "id". Empty: the id where there is
                         such a column, then the entity's own */
    const struct json *mapping; /* {"column": "field" or null}; columns that it does not name are guessed */
    bool mapping_remembered;    /* from another file of its kind: columns that this one lacks are no fault */
    const struct json *values;  /* {"field": {"what stands there": "what is meant"}}; "*" is what else stands there */
    char delimiter;             /* 0: found out */
    enum csv_encoding encoding;
    enum date_guess date_format; /* of cells such as 3/4/2026; DATE_GUESS_NONE: found out */
    char decimal;                /* '.' or ','; 0: found out */
    struct str country;          /* of phone numbers without a country code; empty: the row's, else the tenant's */
    bool create_missing;         /* makes missing clients, sources and tags (ENTITY_ADDABLE) */
    bool empty_unknown;      /* what cannot be read (an unknown name, half a phone number) leaves its field empty, where the field
                                may be; else the row is bad */
    bool clear_empty;        /* an empty cell empties the field of a record that is there */
    struct str save_mapping; /* a name to remember the columns by */
    FILE *bad_rows;          /* gets the bad rows as CSV, with line and reason; NULL: none */
    int64_t run_id;          /* the row in import_runs that shows how far it is; 0: none */
    void (*progress)(void *arg, int percent);
    void *arg;
    const atomic_bool *stop; /* ends it between two batches; may be NULL */
};

struct import_column; /* import_impl.h */
struct import_refs;
/* A word in the file that nothing is called, so that it can be mapped by `values`. */
struct import_unknown {
    const struct field *field;
    struct str value;
    int64_t rows;
};
struct import_bad_row {
    int64_t line;
    struct str *cells; /* shortened; as many as there are columns */
    struct errors errors;
};

struct import_result {
    const struct entity *entity;
    bool dry_run, finished;
    struct import_counts counts;
    int64_t change_set_id; /* 0 where nothing was written */
    int64_t run_id;
    struct import_column *columns;
    int column_count;
    char delimiter;
    enum csv_encoding encoding;
    struct import_bad_row bad_rows[IMPORT_TOLD];
    int bad_row_count;
    struct import_unknown unknown[IMPORT_TOLD];
    int unknown_count;
    struct import_refs *added[IMPORT_ADDED]; /* what was missing and is made besides: clients, sources, tags */
    int added_count;
};
int64_t import_added_count(const struct import_refs *made);
const struct entity *import_added_to(const struct import_refs *made);

/* Takes one option by its name, as a request or a command line gives it: dry_run, mapping (JSON, or the name of a remembered
 * one), save_mapping, values, duplicates, match, delimiter, encoding, date_format, decimal, country, create_missing, clear_empty,
 * empty_unknown. False with an error (400 or 422 on its name) where its value is wrong; *known tells whether there is such an
 * option. */
bool import_option(struct ctx *ctx, struct import_options *options, struct str name, struct str value, bool *known);
/* True where an import may set the field: not what changes by itself, but for id and created_at. */
bool import_may_set(const struct field *field);
/* Whether the actor may import so at all: MAY_CREATE, and MAY_UPDATE where duplicates are updated. False with 403. */
bool import_allowed(struct ctx *ctx, const struct import_options *options);
/* Not inside ctx_write. False with errors where the import could not be carried out; where that happens after some batches (the
 * disk is full), these stand, and result tells of them. */
bool import_run(struct ctx *ctx, const struct import_options *options, struct import_result *result);
/* The result as a JSON object. */
void import_json(struct buf *b, const struct import_result *result);
/* Its columns for a person: "Lead Owner -> assigned_to_id", one a line. */
void import_columns_text(struct buf *b, const struct import_result *result);

/* import_progress.c: the row in import_runs that shows how an import goes; each inside ctx_write or doing its own. */
struct import_file {
    struct str name;
    int64_t size;
};
/* The id of a new run, waiting to start; 0 with errors. */
int64_t import_run_begin(struct ctx *ctx, const struct import_options *options, const struct import_file *file);
bool import_run_progress(struct ctx *ctx, int64_t run_id, const struct import_counts *counts, int64_t change_set_id, int percent);
/* How it ended, with the errors of ctx. `bad_file`: its bad rows are kept in a file. */
bool import_run_end(struct ctx *ctx, const struct import_result *result, int64_t run_id, bool bad_file);
/* Runs that a server left under way when it ended are told as stopped. Once, at start, by a context of the system. */
bool import_run_sweep(struct ctx *ctx);

#endif
