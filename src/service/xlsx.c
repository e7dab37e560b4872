/* xlsx.c - spreadsheets by libxlsxwriter in its constant-memory mode (xlsx.h). */
#include "service/xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "base/banned.h"
#include "base/timefmt.h"
#include "base/utf8.h"

#define TEXT_LONGEST 32767
#define SHEET_LONGEST 31
#define DAYS_1900 INT64_C(25569) /* from spreadsheets' day 0 to 1970 */
#define DAYS_LEAST INT64_C(61)   /* 1 March 1900: before it they count a day that never was */

struct xlsx {
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *heading, *date, *time, *percent, *numbers[5];
    bool failed;
    char *text; /* ends in NUL, as the library wants it */
    size_t text_size;
};

static lxw_format *format(lxw_workbook *book, const char *numbers) {
    lxw_format *f = workbook_add_format(book);
    if (f) format_set_num_format(f, numbers);
    return f;
}

static void sheet_name(char to[SHEET_LONGEST + 1], const char *from) {
    size_t n = 0;
    for (; *from && n < SHEET_LONGEST; from++)
        if (!strchr("[]:*?/\\'", *from) && (unsigned char)*from < 0x80) to[n++] = *from;
    to[n] = '\0';
}

struct xlsx *xlsx_new(const char *path, const char *name) {
    static const char *const numbers[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000", "#,##0.0000"};
    struct xlsx *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    char sheet[SHEET_LONGEST + 1];
    sheet_name(sheet, name);
    x->book = workbook_new_opt(path, &options);
    x->sheet = x->book ? workbook_add_worksheet(x->book, *sheet ? sheet : NULL) : NULL;
    if (!x->sheet) {
        if (x->book) lxw_workbook_free(x->book);
        free(x);
        return NULL;
    }
    x->heading = workbook_add_format(x->book);
    if (x->heading) format_set_bold(x->heading);
    x->date = format(x->book, "yyyy-mm-dd");
    x->time = format(x->book, "yyyy-mm-dd hh:mm:ss");
    x->percent = format(x->book, "0.00%");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) x->numbers[i] = format(x->book, numbers[i]);
    worksheet_freeze_panes(x->sheet, 1, 0);
    return x;
}

static bool done(struct xlsx *x, lxw_error error) {
    x->failed = x->failed || error != LXW_NO_ERROR;
    return error == LXW_NO_ERROR;
}

bool xlsx_text(struct xlsx *x, int row, int column, struct str text, bool heading) {
    text = utf8_prefix(text, TEXT_LONGEST);
    if (text.len + 1 > x->text_size) {
        char *grown = realloc(x->text, text.len * 2 + 64);
        if (!grown) return done(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
        x->text = grown;
        x->text_size = text.len * 2 + 64;
    }
    memcpy(x->text, text.ptr, text.len);
    x->text[text.len] = '\0';
    return done(x, worksheet_write_string(x->sheet, (lxw_row_t)row, (lxw_col_t)column, x->text, heading ? x->heading : NULL));
}

static double unscaled(int64_t scaled, int scale) {
    double n = (double)scaled;
    for (int i = 0; i < scale; i++) n /= 10;
    return n;
}

bool xlsx_number(struct xlsx *x, int row, int column, int64_t scaled, int scale, int digits) {
    if (digits > 4) digits = 4;
    double n = unscaled(scaled, scale);
    return done(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, n, x->numbers[digits < 0 ? 0 : digits]));
}

bool xlsx_percent(struct xlsx *x, int row, int column, int64_t scaled, int scale) {
    double n = unscaled(scaled, scale + 2);
    return done(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, n, x->percent));
}

bool xlsx_bool(struct xlsx *x, int row, int column, bool value) {
    return done(x, worksheet_write_boolean(x->sheet, (lxw_row_t)row, (lxw_col_t)column, value, NULL));
}

static bool old_date(struct xlsx *x, int row, int column, int64_t days) {
    struct civil c = civil_from_date(days);
    char text[32];
    int n = snprintf(text, sizeof text, "%04d-%02d-%02d", c.year, c.month, c.day);
    return xlsx_text(x, row, column, (struct str){text, (size_t)n}, false);
}

bool xlsx_date(struct xlsx *x, int row, int column, int64_t days) {
    if (days + DAYS_1900 < DAYS_LEAST) return old_date(x, row, column, days);
    double n = (double)(days + DAYS_1900);
    return done(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, n, x->date));
}

bool xlsx_time(struct xlsx *x, int row, int column, int64_t wall_ms) {
    int64_t days = wall_ms / DAY_MS - (wall_ms % DAY_MS < 0);
    if (days + DAYS_1900 < DAYS_LEAST) return old_date(x, row, column, days);
    double n = (double)wall_ms / (double)DAY_MS + (double)DAYS_1900;
    return done(x, worksheet_write_number(x->sheet, (lxw_row_t)row, (lxw_col_t)column, n, x->time));
}

bool xlsx_close(struct xlsx *x) {
    bool ok = workbook_close(x->book) == LXW_NO_ERROR && !x->failed;
    free(x->text);
    free(x);
    return ok;
}
