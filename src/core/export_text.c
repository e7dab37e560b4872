/* export_text.c - exports as CSV and as JSON. */
#include "core/csv_guard.h"
#include "core/export.h"

static bool put(struct ctx *ctx, struct export_file *out, const struct buf *b) {
    if (fwrite(b->ptr, 1, b->len, out->file) == b->len) return true;
    return errors_add(&ctx->errors, 507, "cannot_store", NULL, "The export cannot be stored.");
}

static bool flush(struct ctx *ctx, struct export_file *out) {
    return fflush(out->file) == 0 || errors_add(&ctx->errors, 507, "cannot_store", NULL, "The export cannot be stored.");
}

/* ---- CSV ---------------------------------------------------------------------------------------------------------------- */

/* What is of a kind that cannot be a formula is written as it is: numbers, numbers of phones, words of ours. */
static bool may_be_formula(const struct export_column *column) {
    return column->title || (kind_is_text(column->field->kind) && column->field->kind != &kind_phone &&
                             column->field->kind != &kind_choice && column->field->kind != &kind_choices);
}

/* Quoted also around what other delimiters would split, so that it stays one cell wherever it is opened. */
static void put_text(struct buf *b, struct str text) {
    bool marked = csv_guard_needed(text),
         foreign = str_index(text, ';') >= 0 || str_index(text, '\t') >= 0 || str_index(text, '|') >= 0;
    if (!marked && !foreign) {
        buf_csv(b, text);
        return;
    }
    buf_char(b, '"');
    if (marked) buf_char(b, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"') buf_char(b, '"');
        buf_char(b, text.ptr[i]);
    }
    buf_char(b, '"');
}

static bool csv_begin(struct ctx *ctx, void *arg, const struct export_table *table) {
    struct export_file *out = arg;
    struct buf b = buf_new(ctx->arena, 512);
    if (out->bom) buf_lit(&b, "\xEF\xBB\xBF");
    for (int i = 0; i < table->count; i++) {
        if (i) buf_char(&b, ',');
        buf_add(&b, table->columns[i].name);
    }
    buf_lit(&b, "\r\n");
    return put(ctx, out, &b);
}

static bool csv_row(struct ctx *ctx, void *arg, const struct export_table *table, const struct row *row) {
    struct export_file *out = arg;
    struct buf b = buf_new(ctx->arena, 512), cell = buf_new(ctx->arena, 128);
    for (int i = 0; i < table->count; i++) {
        const struct export_column *column = &table->columns[i];
        const struct field *f = column->field;
        if (i) buf_char(&b, ',');
        struct str title = column->title && row->titles ? row->titles[f->index] : STR("");
        cell.len = 0;
        if (!column->title) {
            struct kind_env env = row_env(&ctx->env, row, f);
            kind_to_text(&cell, f, &env, row->values[f->index]);
        }
        struct str text = column->title ? title : buf_str(&cell);
        if (may_be_formula(column))
            put_text(&b, text);
        else
            buf_csv(&b, text);
    }
    buf_lit(&b, "\r\n");
    return put(ctx, out, &b);
}

static bool csv_end(struct ctx *ctx, void *arg) { return flush(ctx, arg); }

struct export_sink export_csv(struct export_file *out) {
    return (struct export_sink){csv_begin, csv_row, csv_end, out};
}

/* ---- JSON --------------------------------------------------------------------------------------------------------------- */

static bool json_begin(struct ctx *ctx, void *arg, const struct export_table *table) {
    (void)table;
    struct buf b = buf_new(ctx->arena, 16);
    buf_lit(&b, "[");
    return put(ctx, arg, &b);
}

static bool json_row(struct ctx *ctx, void *arg, const struct export_table *table, const struct row *row) {
    struct export_file *out = arg;
    struct field_set only = {.bits = {0}};
    struct buf b = buf_new(ctx->arena, 1024);
    for (int i = 0; i < table->count; i++) field_set_add(&only, table->columns[i].field->index);
    buf_cstr(&b, out->rows++ ? ",\n" : "\n");
    row_json(&b, &ctx->env, row, &only);
    return put(ctx, out, &b);
}

static bool json_end(struct ctx *ctx, void *arg) {
    struct buf b = buf_new(ctx->arena, 16);
    buf_lit(&b, "\n]\n");
    return put(ctx, arg, &b) && flush(ctx, arg);
}

struct export_sink export_json(struct export_file *out) {
    return (struct export_sink){json_begin, json_row, json_end, out};
}
