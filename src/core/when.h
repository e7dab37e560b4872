/* when.h - spans of time by a word: "today", "this_week", "last_30_days". A filter with one stays true tomorrow.
 *
 * A day begins at midnight of env->zone, a week as env->week_look says, a fiscal quarter or year when env->fiscal
 * says. "past" ends and "future" begins with now (for dates: with today, which is in neither).
 */
#ifndef CORE_WHEN_H
#define CORE_WHEN_H

#include "core/kind.h"

struct when_span {
    int64_t from, to; /* from <= value < to, as the field stores it: days of a date, milliseconds of a time */
};
/* False where there is no such word. `field` is a date or a time. */
bool when_span(const struct field *field, const struct kind_env *env, struct str word, struct when_span *span);
/* The words and what people read, in the order in which they are offered; NULL at the end. */
const char *when_word(int index);
/* False for a word that says what another one says: fiscal years where they are the calendar's. */
bool when_offered(const struct kind_env *env, int index);
const char *when_label(struct str word);
/* The day that the week of `day` begins with; days as in timefmt.h. */
int64_t when_week(const struct kind_env *env, int64_t day);
/* Months 1 to 12 and weekdays from 0, Sunday, as people read them: texts of ours (lang.h). */
const char *when_month(int month);
const char *when_month_short(int month);
const char *when_weekday(int weekday);
const char *when_weekday_short(int weekday);

#endif
