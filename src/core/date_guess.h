/* date_guess.h - dates as spreadsheets write them: for imports, where nobody can be asked to send RFC 3339.
 *
 * Most cells say by themselves what they mean ("12-Nov-2026", "2026/11/12 9:30 PM"); only "3/4/2026" does not, and a whole column
 * of samples decides it: one day beyond 12 is enough. Where both orders fit, a person is asked; nothing is guessed in silence.
 *
 *     enum date_guess format = date_guess_column(samples, n);
 *     if (format == DATE_GUESS_AMBIGUOUS) ...ask: day or month first?
 *     if (!date_guess_parse(format, cell, true, env->zone, &value)) ...tell the row
 */
#ifndef CORE_DATE_GUESS_H
#define CORE_DATE_GUESS_H

#include "base/timefmt.h"
#include "core/kind.h"

enum date_guess {
    DATE_GUESS_NONE,      /* not a column of dates: fewer than half of the cells read as one */
    DATE_GUESS_PLAIN,     /* every cell says by itself what it means */
    DATE_GUESS_DAY_FIRST, /* 31/12/2026 */
    DATE_GUESS_MONTH_FIRST,
    DATE_GUESS_AMBIGUOUS, /* both orders read the column as well as the other: ask */
};

/* Empty cells do not count. A cell here and there that is no date does not spoil the column. */
enum date_guess date_guess_column(const struct str *samples, size_t n);
/* A date (days; a time of day in the cell is dropped) or a moment (ms UTC; without offset by the wall clock of `zone`, which may
 * be NULL for UTC, a date alone being the start of the day). Two-digit years are 1970-2069. False where the cell is not a date,
 * or only the order of day and month would tell and `format` does not. */
bool date_guess_parse(enum date_guess format, struct str text, bool is_time, const struct zone *zone, struct value *out);
/* For the person who is asked: "day_first" and the like, and back; DATE_GUESS_NONE for anything else. */
const char *date_guess_name(enum date_guess format);
enum date_guess date_guess_find(struct str name);

#endif
