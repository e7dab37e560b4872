/* xlsx.h - a spreadsheet of one sheet, written row by row in memory that does not grow: a thin face of libxlsxwriter.
 *
 * Cells are texts, numbers, dates and times as a spreadsheet knows them; a text is never a formula. Rows go from top to bottom,
 * cells of a row from left to right; what was written cannot be changed.
 *
 *     struct xlsx *x = xlsx_new(path, "Leads");
 *     xlsx_text(x, 0, 0, STR("Name"), true);
 *     if (!xlsx_close(x)) ...the file could not be written
 */
#ifndef SERVICE_XLSX_H
#define SERVICE_XLSX_H

#include "base/str.h"

#define XLSX_ROWS 1048576 /* a sheet has no more, the heading among them */

struct xlsx;
/* NULL where it cannot be made. `sheet` is its name: shortened, and without what such names may not have. */
struct xlsx *xlsx_new(const char *path, const char *sheet);
/* Texts beyond what a cell can hold (32,767 characters) are cut. */
bool xlsx_text(struct xlsx *x, int row, int column, struct str text, bool heading);
/* `digits` after the point are shown; the number is `scaled` / 10^scale. */
bool xlsx_number(struct xlsx *x, int row, int column, int64_t scaled, int scale, int digits);
bool xlsx_percent(struct xlsx *x, int row, int column, int64_t scaled, int scale);
bool xlsx_bool(struct xlsx *x, int row, int column, bool value);
/* Days since 1970, or milliseconds since 1970 as a wall clock shows them. Before 1900 spreadsheets know no dates: a text then. */
bool xlsx_date(struct xlsx *x, int row, int column, int64_t days);
bool xlsx_time(struct xlsx *x, int row, int column, int64_t wall_ms);
/* Writes what is left and frees. False where anything could not be written. */
bool xlsx_close(struct xlsx *x);

#endif
