/* csv_guard.h - cells that a spreadsheet would run as a formula get a mark on export, and lose it on import.
 *
 * The mark is an apostrophe, which spreadsheets take for "this is text". So that taking it off is exact, a cell whose apostrophes
 * stand before such a sign gets one more. Numbers and phone numbers are not texts of anybody's and are written as they are.
 */
#ifndef CORE_CSV_GUARD_H
#define CORE_CSV_GUARD_H

#include "base/str.h"

/* True for = + - @, tab, CR, LF and the full-width forms of the signs at the front, behind any number of apostrophes. */
bool csv_guard_needed(struct str cell);
/* The cell without its mark; as it is where it has none. */
struct str csv_unguard(struct str cell);

#endif
