/* import_look.c - the first reading of a file: that it can be read to its end, and how its columns write dates and numbers. */
#include "core/import_impl.h"
#include "core/kind_tools.h"

#define PREVIEW 50  /* rows that are looked at to tell what a column is */
#define SAMPLES 500 /* dates of a column that are kept, */
#define DECISIVE 8  /* and further ones that tell day from month */
#define SAMPLE_LONGEST 64

struct csv_reader *import_open(struct import *import, struct csv_record *heading) {
    struct ctx *ctx = import->ctx;
    struct csv_options options = {.delimiter = import->options->delimiter, .encoding = import->options->encoding};
    rewind(import->options->file);
    struct csv_reader *csv = csv_open(ctx->arena, csv_from_file(import->options->file), options, &ctx->errors);
    if (!csv) return NULL;
    if (csv_next(csv, heading)) return csv;
    if (!csv_failed(csv)) errors_add(&ctx->errors, 422, "empty_file", NULL, "The file is empty: it has no heading and no rows.");
    return NULL;
}

static int take_preview(struct import *import, struct csv_reader *csv, struct import_row *rows) {
    struct csv_record record;
    int count = 0;
    while (count < PREVIEW && csv_next(csv, &record)) {
        struct import_row *row = &rows[count++];
        row->cell_count = (int)record.count;
        row->cells = arena_array(import->ctx->arena, struct str, record.count);
        for (size_t i = 0; i < record.count; i++)
            row->cells[i] = str_dup(import->ctx->arena, str_slice(record.fields[i], 0, SAMPLE_LONGEST));
    }
    return count;
}

static void keep_sample(struct import *import, struct import_column *column, struct str cell) {
    if (cell.len > SAMPLE_LONGEST) cell = str_slice(cell, 0, SAMPLE_LONGEST);
    if (column->sample_count >= SAMPLES + DECISIVE) return;
    if (column->sample_count >= SAMPLES) {
        enum date_guess alone = date_guess_column(&cell, 1);
        if (alone != DATE_GUESS_DAY_FIRST && alone != DATE_GUESS_MONTH_FIRST) return;
    }
    if (!column->samples) column->samples = arena_array(import->ctx->arena, struct str, SAMPLES + DECISIVE);
    column->samples[column->sample_count++] = str_dup(import->ctx->arena, cell);
}

static bool is_id(struct str cell) {
    int64_t id;
    return str_to_int(cell, &id) && id > 0;
}

static void look_at(struct import *import, struct import_column *column, struct str cell) {
    const struct kind *kind = column->field->kind;
    cell = str_trim(cell);
    if (!cell.len) return;
    if (kind == &kind_date || kind == &kind_time)
        keep_sample(import, column, cell);
    else if (kind == &kind_money || kind == &kind_decimal || kind == &kind_percent || kind == &kind_int)
        import_number_look(&column->numbers, cell);
    else if (column->field->to && !is_id(cell))
        column->words = true;
}

static bool settle_dates(struct import *import) {
    struct errors *errors = &import->ctx->errors;
    for (int i = 0; i < import->column_count; i++) {
        struct import_column *column = &import->columns[i];
        if (!column->samples) continue;
        column->dates = date_guess_column(column->samples, column->sample_count);
        enum date_guess given = import->options->date_format;
        if (given != DATE_GUESS_NONE)
            column->dates = given;
        else if (column->dates == DATE_GUESS_AMBIGUOUS)
            errors_add(
                errors, 422, "ambiguous_dates", "date_format",
                "Dates of '%.*s' such as '%.*s' read both ways. Say which comes first by date_format: day_first or month_first.",
                STR_ARG(column->name), STR_ARG(column->samples[0]));
    }
    return errors->count == 0;
}

/* Names that cells stand for are read before anything is written, so that the writer need not wait for it. */
static bool load_names(struct import *import) {
    for (int i = 0; i < import->column_count; i++) {
        const struct import_column *column = &import->columns[i];
        if (!column->field || !column->field->to || !(column->words || column->values)) continue;
        if (!import_refs_load(import->ctx, import_refs_of(import, column->field->to), import->ctx->arena)) return false;
    }
    return true;
}

bool import_look(struct import *import) {
    struct ctx *ctx = import->ctx;
    struct csv_record heading, record;
    struct import_row *preview = arena_array(ctx->arena, struct import_row, PREVIEW);
    struct csv_reader *csv = import_open(import, &heading);
    if (!csv) return false;
    struct str *fields = arena_array(ctx->arena, struct str, heading.count); // the next record takes their place
    for (size_t i = 0; i < heading.count; i++) fields[i] = str_dup(ctx->arena, heading.fields[i]);
    heading.fields = fields;
    int count = take_preview(import, csv, preview);
    import->result->delimiter = csv_delimiter(csv);
    if (ctx->errors.count || !import_columns(import, &heading, preview, count) || !import_values(import)) return false;
    csv = import_open(import, &heading);
    while (csv && csv_next(csv, &record))
        for (int i = 0; i < import->column_count && (size_t)i < record.count; i++)
            if (import->columns[i].field) look_at(import, &import->columns[i], record.fields[i]);
    if (!csv || csv_failed(csv)) return false;
    import->size = (int64_t)csv_position(csv);
    import->result->encoding = csv_encoding(csv);
    return settle_dates(import) && load_names(import);
}
