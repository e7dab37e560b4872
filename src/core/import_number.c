/* import_number.c - numbers as lists write them: "1.234,50", "1,234.50", "1 234,50", "(12.00)", "12-". */
#include "core/import_impl.h"

/* A cell taken apart: what stands before its first digit and after its last, and the digits and marks between. */
struct parts {
    struct str before, core, after;
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool take_apart(struct str cell, struct parts *p) {
    size_t from = 0, to = cell.len;
    while (from < to && !is_digit(cell.ptr[from])) from++;
    while (to > from && !is_digit(cell.ptr[to - 1])) to--;
    if (from == to) return false;
    if (from && (cell.ptr[from - 1] == '.' || cell.ptr[from - 1] == ',')) from--; // ".5"
    *p = (struct parts){str_slice(cell, 0, from), str_slice(cell, from, to), str_slice(cell, to, cell.len)};
    return true;
}

enum decimals { DECIMALS_NONE, DECIMALS_POINT, DECIMALS_COMMA, DECIMALS_EITHER };

/* Only a single mark with three digits behind it could be both. */
static enum decimals decimals_of(struct str core) {
    int points = 0, commas = 0;
    size_t last = 0;
    for (size_t i = 0; i < core.len; i++) {
        if (core.ptr[i] != '.' && core.ptr[i] != ',') continue;
        points += core.ptr[i] == '.';
        commas += core.ptr[i] == ',';
        last = i;
    }
    if (points + commas == 0) return DECIMALS_NONE;
    bool last_is_point = core.ptr[last] == '.';
    if (points && commas) return last_is_point ? DECIMALS_POINT : DECIMALS_COMMA;
    if (points + commas > 1) return points ? DECIMALS_COMMA : DECIMALS_POINT; // it groups thousands
    bool three = core.len - last - 1 == 3, zero = last == 0 || (last == 1 && core.ptr[0] == '0');
    if (three && !zero && last <= 3) return DECIMALS_EITHER;
    return last_is_point ? DECIMALS_POINT : DECIMALS_COMMA;
}

void import_number_look(struct import_numbers *numbers, struct str cell) {
    struct parts p;
    if (!take_apart(cell, &p)) return;
    enum decimals d = decimals_of(p.core);
    numbers->point += d == DECIMALS_POINT;
    numbers->comma += d == DECIMALS_COMMA;
}

/* How a cell that could be both is read, by the rest of its column, else by the file's delimiter. */
static enum decimals by_column(const struct import *import, const struct import_column *column) {
    if (import->options->decimal) return import->options->decimal == ',' ? DECIMALS_COMMA : DECIMALS_POINT;
    if (column->numbers.point && column->numbers.comma) return DECIMALS_EITHER;
    if (column->numbers.point || column->numbers.comma) return column->numbers.comma ? DECIMALS_COMMA : DECIMALS_POINT;
    return import->result->delimiter == ';' ? DECIMALS_COMMA : DECIMALS_POINT;
}

/* Removes every `what` from the text; true where there was one. */
static bool without(struct arena *arena, struct str *text, struct str what) {
    ptrdiff_t at = str_find(*text, what);
    if (at < 0) return false;
    struct buf b = buf_new(arena, text->len);
    struct str rest = *text;
    for (; (at = str_find(rest, what)) >= 0; rest = str_slice(rest, (size_t)at + what.len, rest.len))
        buf_add(&b, str_slice(rest, 0, (size_t)at));
    buf_add(&b, rest);
    *text = buf_str(&b);
    return true;
}

bool import_number_plain(struct arena *arena, const struct import *import, const struct import_column *column, struct str cell,
                         struct str *plain) {
    struct parts p;
    *plain = cell;
    if (!take_apart(cell, &p)) return true; // the kind says what is wrong
    enum decimals d = import->options->decimal ? by_column(import, column) : decimals_of(p.core);
    if (d == DECIMALS_EITHER) d = by_column(import, column);
    if (d == DECIMALS_EITHER) return false;
    static const struct str spaces[] = {
        STR_INIT(" "),           STR_INIT("'"), STR_INIT("\xC2\xA0"), STR_INIT("\xE2\x80\xAF"), STR_INIT("\xE2\x80\x99"),
        STR_INIT("\xE2\x80\x89")};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        without(arena, &p.core, spaces[i]);
        if (i >= 2) without(arena, &p.before, spaces[i]), without(arena, &p.after, spaces[i]);
    }
    bool open = without(arena, &p.before, STR("(")), close = without(arena, &p.after, STR(")"));
    bool parentheses = open && close;
    bool hyphen = without(arena, &p.before, STR("-")), sign = without(arena, &p.before, STR("\xE2\x88\x92"));
    bool minus = hyphen || sign;
    bool behind = without(arena, &p.after, STR("-"));
    struct buf b = buf_new(arena, cell.len + 2);
    if (parentheses || minus || behind) buf_char(&b, '-');
    buf_add(&b, str_trim(p.before));
    for (size_t i = 0; i < p.core.len; i++) {
        char c = p.core.ptr[i];
        bool mark = c == '.' || c == ',';
        buf_char(&b, mark && d == DECIMALS_COMMA ? (c == '.' ? ',' : '.') : c);
    }
    buf_add(&b, p.after);
    *plain = str_trim(buf_str(&b));
    return true;
}
