/* csv.h - reading CSV as people send it, record by record, in memory that does not grow with the file.
 *
 * The encoding is found out: a byte order mark, the zero bytes of UTF-16, else UTF-8 where it is well-formed, else
 * Windows-1252 (which holds Latin-1's letters); fields are always UTF-8. So is the delimiter, one of , ; tab | (or Excel's
 * "sep=" line). Quotes are those of RFC 4180; records end at LF, CRLF or CR; empty lines are skipped; text after a closing
 * quote is taken as it stands; a record has as many fields as its line, whatever the others have. What cannot be trusted is an
 * error (422, "malformed_csv") that names the line: a quote never closed, a NUL, bytes that are not of the encoding, a record
 * over 1 MB or 16,384 fields.
 *
 *     struct csv_reader *csv = csv_open(arena, csv_from_memory(arena, body), (struct csv_options){0}, &errors);
 *     struct csv_record record;
 *     while (csv && csv_next(csv, &record)) use(record.fields, record.count, record.line);
 *     if (errors.count) ...
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdio.h>

#include "base/arena.h"
#include "base/errors.h"

/* Where the bytes come from: up to `room` bytes to `into`; 0 at the end, -1 where reading fails. */
struct csv_source {
    ptrdiff_t (*read)(void *arg, char *into, size_t room);
    void *arg;
};

struct csv_source csv_from_memory(struct arena *arena, struct str bytes);
struct csv_source csv_from_file(FILE *file);

enum csv_encoding { CSV_UNKNOWN, CSV_UTF8, CSV_UTF16LE, CSV_UTF16BE, CSV_WINDOWS_1252 };

struct csv_options {
    char delimiter;             /* 0 (or what cannot be one): found out */
    enum csv_encoding encoding; /* CSV_UNKNOWN: found out */
};

struct csv_record {
    const struct str *fields; /* valid until the next call; not NUL-terminated */
    size_t count;
    size_t line; /* where it starts, from 1 */
};

struct csv_reader;

/* NULL and an error where the first bytes cannot be read. Errors go to `errors` later too, so it must outlive the reader. */
struct csv_reader *csv_open(struct arena *arena, struct csv_source source, struct csv_options options, struct errors *errors);
/* False at the end, and where it failed: then an error was added, and every later call is false. */
bool csv_next(struct csv_reader *csv, struct csv_record *record);
bool csv_failed(const struct csv_reader *csv);
/* Bytes read from the source so far, for progress. */
uint64_t csv_position(const struct csv_reader *csv);
char csv_delimiter(const struct csv_reader *csv);
/* As found by now: a file that was ASCII so far counts as UTF-8. */
enum csv_encoding csv_encoding(const struct csv_reader *csv);

#endif
