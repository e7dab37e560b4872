/* export_xlsx.c - exports as a spreadsheet (export_xlsx.h). */
#include "http/export_xlsx.h"

#include "base/decimal.h"
#include "base/timefmt.h"
#include "service/xlsx.h"

struct writing {
    const char *path;
    struct xlsx *x;
    int row;
    struct arena *arena;
};

static bool cannot(struct ctx *ctx) {
    return errors_add(&ctx->errors, 507, "cannot_store", NULL, "The export cannot be stored.");
}

static void abandon(void *arg) {
    struct writing *w = arg;
    if (w->x) xlsx_close(w->x);
    w->x = NULL;
}

static bool begin(struct ctx *ctx, void *arg, const struct export_table *table) {
    struct writing *w = arg;
    w->x = xlsx_new(w->path, table->entity->decl->many);
    if (!w->x) return cannot(ctx);
    arena_defer(w->arena, abandon, w);
    for (int i = 0; i < table->count; i++)
        if (!xlsx_text(w->x, 0, i, table->columns[i].name, true)) return cannot(ctx);
    return true;
}

static int money_digits(const struct kind_env *env) {
    int digits = currency_digits(env->currency);
    return digits < 0 ? 2 : digits;
}

/* Ids are texts: spreadsheets keep 15 digits of a number. */
static bool is_id(const struct field *f) { return f->to || f->kind == &kind_subject_id || f->index == f->entity->id; }

static bool put(struct ctx *ctx, struct writing *w, int column, const struct row *row, const struct field *f) {
    struct value v = row->values[f->index];
    struct kind_env env = row_env(&ctx->env, row, f);
    if (value_is_null(v)) return true;
    if (v.type == VALUE_INT && !is_id(f)) {
        if (f->kind == &kind_money) return xlsx_number(w->x, w->row, column, v.integer, money_digits(&env), money_digits(&env));
        if (f->kind == &kind_decimal) return xlsx_number(w->x, w->row, column, v.integer, f->decl->scale, f->decl->scale);
        if (f->kind == &kind_percent) return xlsx_percent(w->x, w->row, column, v.integer, 2);
        if (f->kind == &kind_int || f->kind == &kind_duration) return xlsx_number(w->x, w->row, column, v.integer, 0, 0);
        if (f->kind == &kind_bool) return xlsx_bool(w->x, w->row, column, v.integer != 0);
        if (f->kind == &kind_date) return xlsx_date(w->x, w->row, column, v.integer);
        if (f->kind == &kind_time)
            return xlsx_time(w->x, w->row, column, v.integer + zone_offset(env.zone, v.integer, NULL) * INT64_C(1000));
    }
    struct buf b = buf_new(ctx->arena, 64);
    kind_to_text(&b, f, &env, v);
    return xlsx_text(w->x, w->row, column, buf_str(&b), false);
}

static bool row_out(struct ctx *ctx, void *arg, const struct export_table *table, const struct row *row) {
    struct writing *w = arg;
    if (++w->row >= XLSX_ROWS)
        return errors_add(&ctx->errors, 422, "too_many", NULL,
                          "A spreadsheet has at most %d rows. Export as CSV, or with a filter.", XLSX_ROWS);
    for (int i = 0; i < table->count; i++) {
        const struct export_column *column = &table->columns[i];
        struct str title = column->title && row->titles ? row->titles[column->field->index] : STR("");
        bool ok = column->title ? !title.len || xlsx_text(w->x, w->row, i, title, false) : put(ctx, w, i, row, column->field);
        if (!ok) return cannot(ctx);
    }
    return true;
}

static bool finish(struct ctx *ctx, void *arg) {
    struct writing *w = arg;
    struct xlsx *x = w->x;
    w->x = NULL;
    return xlsx_close(x) || cannot(ctx);
}

struct export_sink export_xlsx(struct arena *arena, const char *path) {
    struct writing *w = arena_alloc(arena, sizeof *w);
    *w = (struct writing){.path = path, .arena = arena};
    return (struct export_sink){begin, row_out, finish, w};
}
