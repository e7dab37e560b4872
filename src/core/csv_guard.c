/* csv_guard.c - the mark before what a spreadsheet would take for a formula (csv_guard.h). */
#include "core/csv_guard.h"

static bool begins_formula(struct str s) {
    if (s.len && memchr("=+-@\t\r\n", s.ptr[0], 7)) return true;
    return str_starts(s, STR("\xEF\xBC\x9D")) || str_starts(s, STR("\xEF\xBC\x8B")) || str_starts(s, STR("\xEF\xBC\x8D")) ||
           str_starts(s, STR("\xEF\xBC\xA0"));
}

bool csv_guard_needed(struct str cell) {
    while (cell.len && cell.ptr[0] == '\'') cell = str_slice(cell, 1, cell.len);
    return begins_formula(cell);
}

struct str csv_unguard(struct str cell) {
    return cell.len && cell.ptr[0] == '\'' && csv_guard_needed(cell) ? str_slice(cell, 1, cell.len) : cell;
}
