/* calendar_layout.h - where things stand in a calendar: under each other along the days of a week, beside each other in the
 * hours of a day. Arithmetic only.
 */
#ifndef HTTP_CALENDAR_LAYOUT_H
#define HTTP_CALENDAR_LAYOUT_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

#define CALENDAR_DAY 1440 /* minutes that a day's column shows, also where the clock is put forward or back in it */

/* Takes [from, to) of what it stands in: days of a week or minutes of a day. */
struct calendar_slot {
    int from, to;
    int place;  /* the first that was free: a row from above, a column from the left */
    int places; /* of columns: in how many the group of those that touch each other is divided */
};

/* The same day of another month, or its last where that is shorter. */
int64_t calendar_month(int64_t day, int months);
/* Gives each slot, in their order, the first row that is free where it stands; the number of rows. */
int calendar_rows(struct arena *arena, struct calendar_slot *slots, size_t count);
/* Gives each slot a column; they come sorted by `from`. */
void calendar_columns(struct arena *arena, struct calendar_slot *slots, size_t count);

#endif
