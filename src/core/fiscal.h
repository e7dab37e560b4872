/* fiscal.h - the company's fiscal year: it begins on any day of a month, has four quarters of three months, and is called by the
 * calendar year in which it ends (from 1 July 2026 on it is 2027).
 */
#ifndef CORE_FISCAL_H
#define CORE_FISCAL_H

#include "base/str.h"

/* The first day: a month from 1 and a day that every month has. All zero: 1 January. */
struct fiscal {
    int month, day;
};
/* From what the company account holds: the month's word (a choice of its field fiscal_month) and the day. */
struct fiscal fiscal_of(struct str month, int64_t day);
/* It is the calendar's year. */
bool fiscal_is_calendar(struct fiscal fiscal);
/* Days are those of timefmt.h. The year's number and the quarter, 1 to 4, that a day is in. */
int fiscal_year(struct fiscal fiscal, int64_t day);
int fiscal_quarter(struct fiscal fiscal, int64_t day);
/* The first day of the year, or quarter, that is `by` from the one that the day is in. */
int64_t fiscal_year_begins(struct fiscal fiscal, int64_t day, int by);
int64_t fiscal_quarter_begins(struct fiscal fiscal, int64_t day, int by);

#endif
