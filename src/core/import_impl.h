/* import_impl.h - what the files of the importer share; nobody else includes it.
 *
 *     import_columns.c  headings -> fields          import_words.c   what other programs call them
 *     import_look.c     the first reading           import_number.c  how a column writes numbers
 *     import_cell.c     a cell -> a value           import_refs.c    names -> ids
 *     import_match.c    is it there already?        import_report.c  bad rows, the result
 *     import_course.c   how far it had come
 */
#ifndef CORE_IMPORT_IMPL_H
#define CORE_IMPORT_IMPL_H

#include "core/import.h"
#include "core/repo.h"

/* How a column came to its field, or why it has none. */
enum import_found {
    FOUND_NOT,       /* nothing is called like it */
    FOUND_EMPTY,     /* no heading, and nobody said what it is */
    FOUND_IGNORED,   /* the mapping says so */
    FOUND_READ_ONLY, /* changes by itself */
    FOUND_TAKEN,     /* another column has the field */
    FOUND_IDS,       /* by its heading a name, but its cells are keys of another program */
    FOUND_MAPPING,
    FOUND_NAME,
    FOUND_LABEL,
    FOUND_SYNONYM,
    FOUND_BESIDE, /* the name beside an id, or a further part of a name */
};
static inline bool import_is_found(enum import_found found) { return found >= FOUND_MAPPING; }

struct import_values; /* what the cells of a column are to be read as */

/* Which of a number's marks separates decimals, by what a column's cells show. */
struct import_numbers {
    int64_t point, comma; /* cells that can only be read so */
};

struct import_column {
    struct str heading; /* as it stands in the file */
    struct str name;    /* the same, but never empty and never twice: "Column 3", "Email (2)" */
    struct str key;     /* what of it is compared: letters and digits, folded */
    enum import_found found;
    const struct field *field; /* NULL: ignored */
    const struct field *taken; /* FOUND_TAKEN, FOUND_READ_ONLY: the field it would be */
    bool beside;               /* speaks only where the column of the field itself is empty: a name beside an id */
    bool joined;               /* a further part of a name, put behind the field's own column */
    const struct import_values *values;
    enum date_guess dates;
    struct str *samples; /* of dates */
    size_t sample_count;
    struct import_numbers numbers;
    bool words; /* a reference's column has cells that are no ids */
};

/* Names of one entity's records, folded and hashed, to their ids. */
struct import_refs {
    const struct entity *to;
    struct import_name *slots;
    size_t cap, count;
    bool loaded;
    struct import_refs *made; /* what this import adds to them, by name */
    struct import_refs *next;
};
/* Made by a row that is not saved yet. */
struct import_pending {
    struct import_refs *refs;
    uint64_t key;
    int64_t id;
    struct import_pending *next;
};

/* Seen in this file, for dry runs, which leave nothing in the database to be found. */
struct import_seen {
    struct import_seen_key *slots;
    size_t cap, count;
};

/* How far the row's record had come. */
struct import_course {
    struct value state; /* NULL: the row does not say */
    struct {
        struct value *values; /* by field index */
        struct field_set given;
    } stamps; /* when, and by whom */
};

struct import {
    struct ctx *ctx; /* of the whole import; its arena lives as long */
    const struct import_options *options;
    struct import_result *result;
    const struct entity *entity;
    struct import_column *columns;
    int column_count;
    const struct field *match[8]; /* in this order; the id first where it counts */
    const struct field *within[8]; /* the record within which each does, or NULL (entity_match_within) */
    int match_count;
    bool id_only; /* asked to match by id: a row whose id is unknown is an error */
    struct import_refs *refs;
    struct import_pending *pending;
    struct import_course course; /* of the row whose cells were read last */
    struct import_seen seen;
    int64_t size; /* of the file, bytes */
};

/* One row of the file, its cells copied. */
struct import_row {
    int64_t line;
    struct str *cells;
    int cell_count;
};
/* A cell; empty where the row is too short. The mark that exports put before a formula is taken off. */
struct str import_cell(const struct import_row *row, int column);

/* The country of a row's phone numbers: that said for all, else that of the record if the file tells, else `usual`. */
struct str import_country(const struct import *import, const struct import_row *row, struct str usual);

/* Letters and digits only, folded. */
struct str import_key(struct arena *arena, struct str text);
/* What people see as the same: folded, white space of any length one space. */
struct str import_fold(struct arena *arena, struct str text);
uint64_t import_hash(uint64_t seed, struct str text);

/* import_columns.c: the heading becomes columns, by the mapping and by guessing; `preview` are some rows. False with errors. */
bool import_columns(struct import *import, const struct csv_record *heading, const struct import_row *preview, int preview_count);
/* import_words.c: fields that a heading may mean, in order of preference, and at the next call further ones; NULL: none more.
 * `key` by import_key; *from is 0 at first. */
const char *import_words(struct str key, size_t *from);

/* import_look.c: reads the file to its end. False with errors. */
bool import_look(struct import *import);
struct csv_reader *import_open(struct import *import, struct csv_record *heading);

/* import_number.c */
void import_number_look(struct import_numbers *numbers, struct str cell);
/* The number with a point for its decimals, no spaces, a minus for parentheses; false where it reads both ways. */
bool import_number_plain(struct arena *arena, const struct import *import, const struct import_column *column, struct str cell,
                         struct str *plain);

/* import_refs.c */
struct import_refs *import_refs_of(struct import *import, const struct entity *to);
bool import_refs_load(struct ctx *ctx, struct import_refs *refs, struct arena *arena);
enum import_ref { REF_FOUND, REF_NONE, REF_SEVERAL };
enum import_ref import_refs_find(struct ctx *ctx, struct import *import, struct import_refs *refs, struct str name, int64_t *id);
void import_refs_put(struct import_refs *refs, struct arena *arena, uint64_t key, int64_t id);
/* What the row made is there from now on, or never was. */
void import_refs_settle(struct import *import, bool kept);

/* import_cell.c: sets the row's fields in `in`; `old` is the record that is there, or NULL. Errors on in->ctx. */
void import_cells(struct import *import, struct repo_input *in, const struct import_row *row, const struct row *old);
/* One cell as a value, for matching; false where it is none. */
bool import_cell_value(struct import *import, struct repo_input *in, const struct import_column *column, struct str cell,
                       struct value *value);
/* Reads options->values. False with errors. */
bool import_values(struct import *import);

/* import_course.c: fields that are not set but come about, and what a row says of them. */
bool import_course_takes(const struct field *f);
void import_course_begin(struct import *import, struct arena *arena);
void import_course_take(struct import_course *course, const struct field *f, struct value value);
/* A stage that says how it ended: "Closed Won". True where `text` in a column for `f` is such a word. */
bool import_course_word(struct import *import, const struct field *f, struct str text);
/* Brings the saved row there, by actions. NULL with errors. */
struct row *import_course_follow(struct ctx *ctx, const struct import_course *course, struct row *row);

/* import_match.c */
bool import_match_fields(struct import *import);
struct import_match {
    int64_t id;            /* of the record that is there; 0 none */
    bool in_file, several; /* seen earlier in this file (dry runs); more than one is there */
};
bool import_match(struct ctx *ctx, struct import *import, struct repo_input *in, const struct import_row *row,
                  struct import_match *match);
/* Dry runs: keeps what was seen. False with an error where a unique key of `saved` was seen before. */
bool import_match_keep(struct ctx *ctx, struct import *import, struct repo_input *in, const struct import_row *row,
                       const struct row *saved);
/* The same record once more, in a dry run: does it say the same? */
bool import_match_same(struct import *import, struct repo_input *in, const struct import_row *row);

/* import_report.c */
bool import_report_heading(struct import *import);
bool import_report_bad(struct import *import, const struct import_row *row, const struct errors *errors);

#endif
