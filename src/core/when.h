/* when.h - spans of time by a word: "today", "this_week", "last_30_days". A filter with one stays true tomorrow.
 *
 * A day begins at midnight of env->zone, a week on Monday. "past" ends and "future" begins with now (for dates: with today,
 * which is in neither).
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
const char *when_label(struct str word);
/* Months 1 to 12 and weekdays from 0, Sunday, as people read them: texts of ours (lang.h). */
const char *when_month(int month);
const char *when_month_short(int month);
const char *when_weekday_short(int weekday);

#endif
