/* export_xlsx.h - exports as a spreadsheet: real numbers, dates and times, the latter by the clock of who asks. */
#ifndef HTTP_EXPORT_XLSX_H
#define HTTP_EXPORT_XLSX_H

#include "core/export.h"

/* Writes the file at `path`, which is made at the first call. Ends itself with the arena where the export does not get to its
 * end. */
struct export_sink export_xlsx(struct arena *arena, const char *path);

#endif
