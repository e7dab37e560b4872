/* import_report.c - what came of an import: the bad rows as a CSV that can be put right and sent again, and the result as JSON.
 */
#include "base/utf8.h"
#include "core/csv_guard.h"
#include "core/import_impl.h"

#define CELL_SHOWN 200 /* characters of a cell in the result */

/* ---- the file of bad rows ----------------------------------------------------------------------------------------------- */

/* What nobody but its owner may read does not go into another file. */
static bool is_secret(const struct import *import, int i) {
    const struct field *f = i < import->column_count ? import->columns[i].field : NULL;
    return f && (f->kind == &kind_secret || (f->flags & TRANSIENT));
}

/* Numbers and phone numbers begin with a sign and are no formulas. */
static bool is_number(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789+-.,() ", s.ptr[i])) return false;
    return s.len > 1;
}

static void write_cell(struct buf *b, struct str cell) {
    if (!csv_guard_needed(cell) || is_number(cell)) {
        buf_csv(b, cell);
        return;
    }
    struct buf marked = buf_new(b->arena, cell.len + 1);
    buf_char(&marked, '\'');
    buf_add(&marked, cell);
    buf_csv(b, buf_str(&marked));
}

static bool write_line(struct import *import, const struct buf *b) {
    FILE *file = import->options->bad_rows;
    if (fwrite(b->ptr, 1, b->len, file) == b->len) return true;
    return errors_add(&import->ctx->errors, 507, "cannot_store", NULL, "The file of bad rows cannot be written.");
}

bool import_report_heading(struct import *import) {
    if (!import->options->bad_rows) return true;
    struct buf b = buf_new(import->ctx->arena, 512);
    buf_lit(&b, "\xEF\xBB\xBF");
    for (int i = 0; i < import->column_count; i++) {
        write_cell(&b, csv_unguard(import->columns[i].heading));
        buf_char(&b, ',');
    }
    buf_lit(&b, "import_line,import_reason\r\n");
    return write_line(import, &b);
}

static const struct import_column *column_of(const struct import *import, struct str field) {
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field && str_eq(import->columns[i].field->name, field)) return &import->columns[i];
    return NULL;
}

static struct str reasons(struct import *import, struct arena *arena, const struct errors *errors) {
    struct buf b = buf_new(arena, 128);
    for (const struct error *e = errors->first; e; e = e->next) {
        const struct import_column *column = e->field.len ? column_of(import, e->field) : NULL;
        if (b.len) buf_lit(&b, " ");
        if (column) {
            buf_add(&b, column->name);
            buf_lit(&b, ": ");
        }
        buf_add(&b, e->message);
    }
    return buf_str(&b);
}

static void remember(struct import *import, const struct import_row *row, const struct errors *errors) {
    struct import_result *result = import->result;
    if (result->bad_row_count == IMPORT_TOLD) return;
    struct import_bad_row *bad = &result->bad_rows[result->bad_row_count++];
    struct arena *arena = import->ctx->arena;
    *bad = (struct import_bad_row){.line = row->line, .errors = {.arena = arena}};
    bad->cells = arena_array(arena, struct str, (size_t)import->column_count);
    for (int i = 0; i < import->column_count && i < row->cell_count; i++)
        bad->cells[i] = is_secret(import, i) ? STR("") : str_dup(arena, utf8_prefix(row->cells[i], CELL_SHOWN));
    for (const struct error *e = errors->first; e; e = e->next)
        errors_add(&bad->errors, e->status, e->code, e->field.len ? str_cstr(arena, e->field) : NULL, "%.*s",
                   STR_ARG(e->message));
}

static void count_unknown(struct import_result *result, struct arena *arena, const struct field *f, struct str value) {
    for (int i = 0; i < result->unknown_count; i++) {
        struct import_unknown *known = &result->unknown[i];
        if (known->field != f || !str_eq(known->value, value)) continue;
        known->rows++;
        return;
    }
    if (result->unknown_count == IMPORT_TOLD) return;
    result->unknown[result->unknown_count++] = (struct import_unknown){f, str_dup(arena, value), 1};
}

/* The words of a bad row that nothing is called. */
static void report_unknown(struct import *import, const struct import_row *row, const struct errors *errors) {
    for (const struct error *e = errors->first; e; e = e->next) {
        if (strcmp(e->code, "not_found") != 0 && strcmp(e->code, "not_allowed") != 0) continue;
        const struct import_column *column = e->field.len ? column_of(import, e->field) : NULL;
        if (!column || is_secret(import, (int)(column - import->columns))) continue;
        struct str cell = str_trim(import_cell(row, (int)(column - import->columns)));
        if (cell.len) count_unknown(import->result, import->ctx->arena, column->field, utf8_prefix(cell, CELL_SHOWN));
    }
}

bool import_report_bad(struct import *import, const struct import_row *row, const struct errors *errors) {
    remember(import, row, errors);
    report_unknown(import, row, errors);
    if (!import->options->bad_rows) return true;
    struct buf b = buf_new(errors->arena, 512);
    int cells = row->cell_count > import->column_count ? row->cell_count : import->column_count;
    for (int i = 0; i < cells; i++) {
        if (i >= import->column_count && !row->cells[i].len) continue;
        write_cell(&b, i < row->cell_count && !is_secret(import, i) ? csv_unguard(row->cells[i]) : STR(""));
        buf_char(&b, ',');
    }
    buf_int(&b, row->line);
    buf_char(&b, ',');
    write_cell(&b, reasons(import, errors->arena, errors));
    buf_lit(&b, "\r\n");
    return write_line(import, &b);
}

/* ---- the result --------------------------------------------------------------------------------------------------------- */

static const char *const found_names[] = {
    [FOUND_NOT] = "unknown",       [FOUND_EMPTY] = "no_heading",   [FOUND_IGNORED] = "left_out", [FOUND_READ_ONLY] = "read_only",
    [FOUND_TAKEN] = "field_taken", [FOUND_IDS] = "looks_like_ids", [FOUND_MAPPING] = "mapping",  [FOUND_NAME] = "name",
    [FOUND_LABEL] = "label",       [FOUND_SYNONYM] = "synonym",    [FOUND_BESIDE] = "beside",
};

static void write_column(struct buf *b, const struct import_column *column) {
    buf_lit(b, "{\"column\":");
    buf_json(b, column->name);
    buf_lit(b, ",\"field\":");
    if (column->field)
        buf_json(b, column->field->name);
    else
        buf_lit(b, "null");
    buf_printf(b, ",\"%s\":\"%s\"", column->field ? "found_by" : "why", found_names[column->found]);
    if (!column->field && column->taken) {
        buf_lit(b, ",\"would_be\":");
        buf_json(b, column->taken->name);
    }
    if (column->samples) buf_printf(b, ",\"date_format\":\"%s\"", date_guess_name(column->dates));
    buf_char(b, '}');
}

static void write_columns(struct buf *b, const struct import_result *result) {
    buf_lit(b, ",\"columns\":[");
    for (int i = 0; i < result->column_count; i++) {
        if (i) buf_char(b, ',');
        write_column(b, &result->columns[i]);
    }
    buf_lit(b, "],\"unmapped\":[");
    bool first = true;
    for (int i = 0; i < result->column_count; i++) {
        if (result->columns[i].field) continue;
        if (!first) buf_char(b, ',');
        first = false;
        buf_json(b, result->columns[i].name);
    }
    buf_char(b, ']');
}

static void write_bad_row(struct buf *b, const struct import_result *result, const struct import_bad_row *bad) {
    buf_printf(b, "{\"line\":%lld,\"values\":{", (long long)bad->line);
    bool first = true;
    for (int i = 0; i < result->column_count; i++) {
        if (!bad->cells[i].len) continue;
        if (!first) buf_char(b, ',');
        first = false;
        buf_json(b, result->columns[i].name);
        buf_char(b, ':');
        buf_json(b, bad->cells[i]);
    }
    buf_lit(b, "},\"errors\":[");
    for (const struct error *e = bad->errors.first; e; e = e->next) {
        if (e != bad->errors.first) buf_char(b, ',');
        buf_printf(b, "{\"code\":\"%s\",\"field\":", e->code);
        if (e->field.len)
            buf_json(b, e->field);
        else
            buf_lit(b, "null");
        buf_lit(b, ",\"message\":");
        buf_json(b, e->message);
        buf_char(b, '}');
    }
    buf_lit(b, "]}");
}

static const char *encoding_name(enum csv_encoding encoding) {
    switch (encoding) {
    case CSV_UTF16LE:
        return "utf-16le";
    case CSV_UTF16BE:
        return "utf-16be";
    case CSV_WINDOWS_1252:
        return "windows-1252";
    default:
        return "utf-8";
    }
}

void import_json(struct buf *b, const struct import_result *result) {
    const struct import_counts *n = &result->counts;
    char delimiter[2] = {result->delimiter, '\0'};
    buf_printf(b, "{\"entity\":\"%s\",\"dry_run\":%s,\"status\":\"%s\"", result->entity->decl->name,
               result->dry_run ? "true" : "false", result->finished ? "done" : "failed");
    buf_printf(b, ",\"rows\":%lld,\"new\":%lld,\"changed\":%lld,\"unchanged\":%lld,\"duplicate\":%lld,\"bad\":%lld",
               (long long)n->rows, (long long)n->made, (long long)n->changed, (long long)n->unchanged, (long long)n->duplicate,
               (long long)n->bad);
    buf_lit(b, ",\"added\":{");
    for (int i = 0; i < result->added_count; i++)
        buf_printf(b, "%s\"%s\":%lld", i ? "," : "", import_added_to(result->added[i])->decl->name,
                   (long long)import_added_count(result->added[i]));
    buf_lit(b, "},\"change_set_id\":");
    if (result->change_set_id)
        buf_int(b, result->change_set_id);
    else
        buf_lit(b, "null");
    buf_lit(b, ",\"run_id\":");
    if (result->run_id)
        buf_int(b, result->run_id);
    else
        buf_lit(b, "null");
    buf_lit(b, ",\"delimiter\":");
    buf_json(b, str_of(delimiter));
    buf_printf(b, ",\"encoding\":\"%s\"", encoding_name(result->encoding));
    write_columns(b, result);
    buf_lit(b, ",\"unknown_values\":[");
    for (int i = 0; i < result->unknown_count; i++) {
        const struct import_unknown *unknown = &result->unknown[i];
        buf_printf(b, "%s{\"field\":\"%s\",\"value\":", i ? "," : "", unknown->field->decl->name);
        buf_json(b, unknown->value);
        buf_printf(b, ",\"rows\":%lld}", (long long)unknown->rows);
    }
    buf_lit(b, "],\"bad_rows\":[");
    for (int i = 0; i < result->bad_row_count; i++) {
        if (i) buf_char(b, ',');
        write_bad_row(b, result, &result->bad_rows[i]);
    }
    buf_lit(b, "]}");
}

void import_columns_text(struct buf *b, const struct import_result *result) {
    for (int i = 0; i < result->column_count; i++) {
        const struct import_column *column = &result->columns[i];
        buf_lit(b, "  ");
        buf_add(b, column->name);
        if (column->field)
            buf_printf(b, " -> %s\n", column->field->decl->name);
        else
            buf_printf(b, " is left out (%s)\n", found_names[column->found]);
    }
}
