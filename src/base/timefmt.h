/* timefmt.h - times and dates: milliseconds since 1970 UTC and days since 1970-01-01, to and from text.
 *
 * Time stamps are int64_t milliseconds UTC; dates are int64_t days. Text forms: RFC 3339 with milliseconds where they are not
 * zero ("2026-11-12T09:30:00Z"), dates "2026-11-12". Years 0001 to 9999. Zones are IANA names, resolved by the system's
 * database (tzfile), loaded once per name and kept for the life of the process.
 */
#ifndef BASE_TIMEFMT_H
#define BASE_TIMEFMT_H

#include "base/buf.h"

#define TIME_MIN INT64_C(-62135596800000)
#define TIME_MAX INT64_C(253402300799999)
#define DAY_MS INT64_C(86400000)

struct civil {
    int year, month, day;            /* month 1-12, day 1-31 */
    int hour, minute, second, milli; /* 0 for a date */
    int weekday;                     /* 0 Sunday */
};

int64_t time_now(void);       /* wall clock, ms UTC */
int64_t time_monotonic(void); /* never goes back, microseconds; only differences mean something */
int64_t date_from_civil(int year, int month, int day); /* proleptic Gregorian */
struct civil civil_from_date(int64_t days);
struct civil civil_from_time(int64_t ms);              /* in UTC */
int64_t time_from_civil(struct civil c);               /* taken as UTC */
bool civil_valid(struct civil c);
/* RFC 3339, 5.6 ("2026-11-12T09:30:00.5+10:00", "Z"); a space for the T is taken. False where it is not one. */
bool time_parse(struct str s, int64_t *ms);
/* "2026-11-12". */
bool date_parse(struct str s, int64_t *days);
void buf_time(struct buf *b, int64_t ms);
void buf_date(struct buf *b, int64_t days);
void buf_clock(struct buf *b, int hour, int minute); /* "09:30" */

struct zone;
/* The zone of an IANA name ("Australia/Sydney"), or NULL where the system does not know it. Thread-safe, never freed. */
const struct zone *zone_find(struct str name);
/* Offset from UTC in seconds at that moment; `abbreviation` (may be NULL) points to static text such as "AEDT". */
int zone_offset(const struct zone *zone, int64_t ms, const char **abbreviation);
/* What a wall clock there shows at that moment, taken as if UTC, and the day it is; NULL is UTC. */
int64_t zone_wall(const struct zone *zone, int64_t ms);
int64_t zone_day(const struct zone *zone, int64_t ms);
/* The moment that a wall clock in this zone shows `local` (taken as if UTC); in a gap the later, in an overlap the first. */
int64_t zone_to_utc(const struct zone *zone, int64_t local_ms);

#endif
