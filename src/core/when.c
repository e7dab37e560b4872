/* when.c - spans of time by a word (when.h). */
#include "core/when.h"

#include "core/kind_tools.h"

enum unit { DAYS, WEEKS, MONTHS, QUARTERS, YEARS, FISCAL_QUARTERS, FISCAL_YEARS, SINCE_EVER, FOR_EVER };

/* `from` and `to` count units from the one that today is in: {DAYS, -6, 1} are the last seven days with today. */
static const struct {
    const char *word, *label;
    enum unit unit;
    int from, to;
} spans[] = {
    {"today", N_("today"), DAYS, 0, 1},
    {"yesterday", N_("yesterday"), DAYS, -1, 0},
    {"tomorrow", N_("tomorrow"), DAYS, 1, 2},
    {"this_week", N_("this week"), WEEKS, 0, 1},
    {"last_week", N_("last week"), WEEKS, -1, 0},
    {"next_week", N_("next week"), WEEKS, 1, 2},
    {"this_month", N_("this month"), MONTHS, 0, 1},
    {"last_month", N_("last month"), MONTHS, -1, 0},
    {"next_month", N_("next month"), MONTHS, 1, 2},
    {"this_quarter", N_("this quarter"), QUARTERS, 0, 1},
    {"last_quarter", N_("last quarter"), QUARTERS, -1, 0},
    {"next_quarter", N_("next quarter"), QUARTERS, 1, 2},
    {"this_year", N_("this year"), YEARS, 0, 1},
    {"last_year", N_("last year"), YEARS, -1, 0},
    {"next_year", N_("next year"), YEARS, 1, 2},
    {"this_fiscal_quarter", N_("this fiscal quarter"), FISCAL_QUARTERS, 0, 1},
    {"last_fiscal_quarter", N_("last fiscal quarter"), FISCAL_QUARTERS, -1, 0},
    {"next_fiscal_quarter", N_("next fiscal quarter"), FISCAL_QUARTERS, 1, 2},
    {"this_fiscal_year", N_("this fiscal year"), FISCAL_YEARS, 0, 1},
    {"last_fiscal_year", N_("last fiscal year"), FISCAL_YEARS, -1, 0},
    {"next_fiscal_year", N_("next fiscal year"), FISCAL_YEARS, 1, 2},
    {"last_7_days", N_("the last 7 days"), DAYS, -6, 1},
    {"last_30_days", N_("the last 30 days"), DAYS, -29, 1},
    {"last_90_days", N_("the last 90 days"), DAYS, -89, 1},
    {"next_7_days", N_("the next 7 days"), DAYS, 0, 7},
    {"next_30_days", N_("the next 30 days"), DAYS, 0, 30},
    {"past", N_("the past"), SINCE_EVER, 0, 0},
    {"future", N_("the future"), FOR_EVER, 0, 0},
};
#define SPANS ((int)(sizeof spans / sizeof *spans))

static int find(struct str word) {
    for (int i = 0; i < SPANS; i++)
        if (str_eqc(word, spans[i].word)) return i;
    return -1;
}

const char *when_month(int month) {
    static const char *const months[] = {N_("January"),   N_("February"), N_("March"),    N_("April"),
                                         N_("May"),       N_("June"),     N_("July"),     N_("August"),
                                         N_("September"), N_("October"),  N_("November"), N_("December")};
    return months[month - 1];
}

const char *when_month_short(int month) {
    static const char *const months[] = {N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
                                         N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")};
    return months[month - 1];
}

const char *when_weekday(int weekday) {
    static const char *const days[] = {N_("Sunday"),   N_("Monday"), N_("Tuesday"), N_("Wednesday"),
                                       N_("Thursday"), N_("Friday"), N_("Saturday")};
    return days[weekday];
}

const char *when_weekday_short(int weekday) {
    static const char *const days[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat")};
    return days[weekday];
}

const char *when_word(int index) { return index >= 0 && index < SPANS ? spans[index].word : NULL; }

bool when_offered(const struct kind_env *env, int index) {
    enum unit unit = spans[index].unit;
    return (unit != FISCAL_QUARTERS && unit != FISCAL_YEARS) || !fiscal_is_calendar(env->fiscal);
}

const char *when_label(struct str word) {
    int i = find(word);
    return i < 0 ? NULL : spans[i].label;
}

int64_t when_week(const struct kind_env *env, int64_t day) {
    static const int before[] = {[WEEK_MONDAY] = 6, [WEEK_SUNDAY] = 0, [WEEK_SATURDAY] = 1};
    return day - (civil_from_date(day).weekday + before[env->week_look]) % 7;
}

/* The first day of the month `months` from this one. */
static int64_t month_day(struct civil now, int months) {
    int all = now.year * 12 + now.month - 1 + months;
    return date_from_civil(all / 12, all % 12 + 1, 1);
}

/* The day on which the unit begins that is `by` from today's. */
static int64_t day_of(const struct kind_env *env, enum unit unit, int by, struct civil now) {
    static const struct fiscal calendar = {1, 1};
    int64_t today = date_from_civil(now.year, now.month, now.day);
    switch (unit) {
    case WEEKS:
        return when_week(env, today) + (int64_t)by * 7;
    case MONTHS:
        return month_day(now, by);
    case QUARTERS:
        return fiscal_quarter_begins(calendar, today, by);
    case YEARS:
        return fiscal_year_begins(calendar, today, by);
    case FISCAL_QUARTERS:
        return fiscal_quarter_begins(env->fiscal, today, by);
    case FISCAL_YEARS:
        return fiscal_year_begins(env->fiscal, today, by);
    case DAYS:
    case SINCE_EVER:
    case FOR_EVER:
        break;
    }
    return today + by;
}

bool when_span(const struct field *field, const struct kind_env *env, struct str word, struct when_span *span) {
    int i = find(word);
    if (i < 0) return false;
    struct civil now = civil_from_time(kind_to_wall(env, env->now));
    bool date = field->kind == &kind_date;
    int64_t most = date ? TIME_MAX / DAY_MS : TIME_MAX, least = date ? TIME_MIN / DAY_MS : TIME_MIN;
    int64_t today = day_of(env, DAYS, 0, now);
    if (spans[i].unit == SINCE_EVER)
        *span = (struct when_span){least, date ? today : env->now};
    else if (spans[i].unit == FOR_EVER)
        *span = (struct when_span){date ? today + 1 : env->now + 1, most};
    else {
        *span = (struct when_span){day_of(env, spans[i].unit, spans[i].from, now),
                                   day_of(env, spans[i].unit, spans[i].to, now)};
        if (!date) {
            span->from = kind_from_wall(env, span->from * DAY_MS);
            span->to = kind_from_wall(env, span->to * DAY_MS);
        }
    }
    return true;
}
