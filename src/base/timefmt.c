/* timefmt.c - times and dates to and from text (timefmt.h). Zones are in zone.c. */
#include "base/timefmt.h"

#define ERA_YEARS 400
#define ERA_DAYS 146097          // of 400 years
#define EPOCH_TO_1970 719468     // days from 0000-03-01 to 1970-01-01
#define DAY_MIN INT64_C(-719162) // 0001-01-01
#define DAY_MAX INT64_C(2932896) // 9999-12-31

static int64_t time_floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

int64_t time_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t time_monotonic(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Years are counted from March, so that the leap day is the last of its year and months follow one formula. */
int64_t date_from_civil(int year, int month, int day) {
    int64_t y = month <= 2 ? (int64_t)year - 1 : year;
    int64_t era = time_floor_div(y, ERA_YEARS), year_of_era = y - era * ERA_YEARS;
    int month_from_march = (month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - EPOCH_TO_1970;
}

/* Year of the era, month and day of one of its days; small unsigned numbers divide fastest. */
static struct civil time_split_era(uint32_t day_of_era) {
    uint32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint32_t month_from_march = (5 * day_of_year + 2) / 153;
    struct civil c = {0};
    c.day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    c.month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    c.year = (int)year_of_era + (c.month <= 2);
    return c;
}

struct civil civil_from_date(int64_t days) {
    int64_t z = days + EPOCH_TO_1970;
    int64_t era = time_floor_div(z, ERA_DAYS);
    struct civil c = time_split_era((uint32_t)(z - era * ERA_DAYS));
    c.year += (int)(era * ERA_YEARS);
    c.weekday = (int)((days % 7 + 11) % 7); // 1970-01-01 was a Thursday
    return c;
}

struct civil civil_from_time(int64_t ms) {
    int64_t days = time_floor_div(ms, DAY_MS);
    int rest = (int)(ms - days * DAY_MS);
    struct civil c = civil_from_date(days);
    c.milli = rest % 1000;
    c.second = rest / 1000 % 60;
    c.minute = rest / 60000 % 60;
    c.hour = rest / 3600000;
    return c;
}

int64_t time_from_civil(struct civil c) {
    int64_t minutes = date_from_civil(c.year, c.month, c.day) * 1440 + c.hour * 60 + c.minute;
    return minutes * 60000 + c.second * 1000 + c.milli;
}

static int time_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool civil_valid(struct civil c) {
    return c.year >= 1 && c.year <= 9999 && c.month >= 1 && c.month <= 12 && c.day >= 1 &&
           c.day <= time_days_in_month(c.year, c.month) && c.hour >= 0 && c.hour <= 23 && c.minute >= 0 && c.minute <= 59 &&
           c.second >= 0 && c.second <= 59 && c.milli >= 0 && c.milli <= 999;
}

/* Exactly n digits off the front. */
static bool time_digits(struct str *s, size_t n, int *out) {
    if (s->len < n) return false;
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9') return false;
        value = value * 10 + (s->ptr[i] - '0');
    }
    *out = value;
    *s = str_slice(*s, n, s->len);
    return true;
}

static bool time_char(struct str *s, char c) {
    if (s->len == 0 || s->ptr[0] != c) return false;
    *s = str_slice(*s, 1, s->len);
    return true;
}

static bool time_read_date(struct str *s, struct civil *c) {
    return time_digits(s, 4, &c->year) && time_char(s, '-') && time_digits(s, 2, &c->month) && time_char(s, '-') &&
           time_digits(s, 2, &c->day);
}

/* ".5" and the like, to milliseconds; more digits are cut off. */
static bool time_read_fraction(struct str *s, int *milli) {
    if (!time_char(s, '.')) return true;
    int weight = 100, digit;
    if (!time_digits(s, 1, milli)) return false;
    *milli *= weight;
    while (time_digits(s, 1, &digit)) {
        weight /= 10;
        *milli += digit * weight;
    }
    return true;
}

/* "Z" or "+10:00", in milliseconds. */
static bool time_read_offset(struct str *s, int64_t *offset) {
    *offset = 0;
    if (time_char(s, 'Z') || time_char(s, 'z')) return true;
    bool west = time_char(s, '-');
    int hours, minutes;
    if (!west && !time_char(s, '+')) return false;
    if (!time_digits(s, 2, &hours) || !time_char(s, ':') || !time_digits(s, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *offset = (hours * 60 + minutes) * INT64_C(60000) * (west ? -1 : 1);
    return true;
}

bool time_parse(struct str s, int64_t *ms) {
    struct civil c = {0};
    int64_t offset;
    if (!time_read_date(&s, &c)) return false;
    if (!time_char(&s, 'T') && !time_char(&s, 't') && !time_char(&s, ' ')) return false;
    if (!time_digits(&s, 2, &c.hour) || !time_char(&s, ':') || !time_digits(&s, 2, &c.minute) || !time_char(&s, ':'))
        return false;
    if (!time_digits(&s, 2, &c.second) || !time_read_fraction(&s, &c.milli) || !time_read_offset(&s, &offset) || s.len)
        return false;
    // A leap second (RFC 3339, 5.7) ends a UTC day; it reads as the first of the next, as POSIX counts.
    bool leap = c.second == 60;
    if (leap) c.second = 59;
    if (!civil_valid(c)) return false;
    int64_t at = time_from_civil(c) - offset + (leap ? 1000 : 0);
    if (at < TIME_MIN || at > TIME_MAX) return false;
    if (leap && time_floor_div(at, DAY_MS) * DAY_MS + c.milli != at) return false;
    *ms = at;
    return true;
}

bool date_parse(struct str s, int64_t *days) {
    struct civil c = {0};
    if (!time_read_date(&s, &c) || s.len || !civil_valid(c)) return false;
    *days = date_from_civil(c.year, c.month, c.day);
    return true;
}

static char *time_put2(char *p, uint32_t n) {
    p[0] = (char)('0' + n / 10);
    p[1] = (char)('0' + n % 10);
    return p + 2;
}

/* A day of the years 1 to 9999. */
static char *time_put_date(char *p, int64_t days) {
    uint32_t z = (uint32_t)(days + EPOCH_TO_1970);
    struct civil c = time_split_era(z % ERA_DAYS);
    uint32_t year = (uint32_t)c.year + z / ERA_DAYS * ERA_YEARS;
    p = time_put2(time_put2(p, year / 100), year % 100);
    *p++ = '-';
    p = time_put2(p, (uint32_t)c.month);
    *p++ = '-';
    return time_put2(p, (uint32_t)c.day);
}

/* Moments outside the years 1 to 9999 have no text form; the nearest that has one stands for them. */
static int64_t time_clamp(int64_t n, int64_t min, int64_t max) {
    return n < min ? min : n > max ? max : n;
}

void buf_time(struct buf *b, int64_t ms) {
    ms = time_clamp(ms, TIME_MIN, TIME_MAX);
    int64_t days = time_floor_div(ms, DAY_MS);
    uint32_t rest = (uint32_t)(ms - days * DAY_MS), seconds = rest / 1000, milli = rest % 1000;
    char *start = buf_reserve(b, sizeof "2026-11-12T09:30:00.123Z");
    char *p = time_put_date(start, days);
    *p++ = 'T';
    p = time_put2(p, seconds / 3600);
    *p++ = ':';
    p = time_put2(p, seconds / 60 % 60);
    *p++ = ':';
    p = time_put2(p, seconds % 60);
    if (milli) {
        *p++ = '.';
        *p++ = (char)('0' + milli / 100);
        p = time_put2(p, milli % 100);
    }
    *p++ = 'Z';
    b->len += (size_t)(p - start);
}

void buf_clock(struct buf *b, int hour, int minute) {
    char *p = time_put2(buf_reserve(b, sizeof "09:30"), (uint32_t)hour);
    *p++ = ':';
    time_put2(p, (uint32_t)minute);
    b->len += sizeof "09:30" - 1;
}

void buf_date(struct buf *b, int64_t days) {
    char *start = buf_reserve(b, sizeof "2026-11-12");
    b->len += (size_t)(time_put_date(start, time_clamp(days, DAY_MIN, DAY_MAX)) - start);
}
