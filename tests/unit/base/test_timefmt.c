/* test_timefmt.c - times and dates to and from text. */
#include "base_test.h"

#include "base/timefmt.h"

static struct str time_text(int64_t ms) {
    struct buf b = buf_new(arena, 0);
    buf_time(&b, ms);
    return buf_str(&b);
}

static struct str date_text(int64_t days) {
    struct buf b = buf_new(arena, 0);
    buf_date(&b, days);
    return buf_str(&b);
}

static void a_clock_has_two_digits_each(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 0);
    buf_clock(&b, 9, 5);
    buf_clock(&b, 23, 59);
    assert_true(str_eqc(buf_str(&b), "09:0523:59"));
}

static void known_days_have_their_numbers(void **state) {
    (void)state;
    assert_int_equal(date_from_civil(1970, 1, 1), 0);
    assert_int_equal(date_from_civil(2000, 3, 1), 11017);
    assert_int_equal(date_from_civil(1969, 12, 31), -1);
    assert_int_equal(date_from_civil(1, 1, 1) * DAY_MS, TIME_MIN);
    assert_int_equal((date_from_civil(9999, 12, 31) + 1) * DAY_MS - 1, TIME_MAX);
    assert_int_equal(civil_from_date(0).weekday, 4);
    assert_int_equal(civil_from_date(-4).weekday, 0);
    assert_int_equal(civil_from_date(-5).weekday, 6);
    assert_int_equal(civil_from_date(date_from_civil(2026, 11, 12)).weekday, 4);
}

static void days_follow_each_other_through_ten_thousand_years(void **state) {
    (void)state;
    int64_t day = date_from_civil(1, 1, 1);
    int weekday = 1; // a Monday, in the proleptic calendar
    struct civil before = civil_from_date(day - 1);
    for (int64_t last = date_from_civil(9999, 12, 31); day <= last; day++) {
        struct civil c = civil_from_date(day);
        if (date_from_civil(c.year, c.month, c.day) != day || !civil_valid(c) || c.weekday != weekday) {
            fail_msg("day %lld", (long long)day);
        }
        bool next_day = c.year == before.year && c.month == before.month && c.day == before.day + 1;
        bool next_month = c.year == before.year && c.month == before.month + 1 && c.day == 1;
        bool next_year = c.year == before.year + 1 && c.month == 1 && c.day == 1 && before.month == 12;
        if (!next_day && !next_month && !next_year) fail_msg("%d-%d-%d is out of turn", c.year, c.month, c.day);
        before = c;
        weekday = (weekday + 1) % 7;
    }
}

static void moments_survive_being_taken_apart(void **state) {
    (void)state;
    static const int64_t moments[] = {0, -1, 1, 999, -999, DAY_MS - 1, -DAY_MS, TIME_MIN, TIME_MAX, INT64_C(1794821400123)};
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        struct civil c = civil_from_time(moments[i]);
        assert_true(civil_valid(c));
        assert_int_equal(time_from_civil(c), moments[i]);
    }
}

static void times_are_read_as_rfc_3339_says(void **state) {
    (void)state;
    static const struct {
        const char *text, *utc; // NULL where it is not a time
    } cases[] = {
        {"2026-11-12T09:30:00Z", "2026-11-12T09:30:00Z"},
        {"2026-11-12t09:30:00z", "2026-11-12T09:30:00Z"},
        {"2026-11-12 09:30:00Z", "2026-11-12T09:30:00Z"},
        {"2026-11-12T09:30:00.5Z", "2026-11-12T09:30:00.500Z"},
        {"2026-11-12T09:30:00.1239999Z", "2026-11-12T09:30:00.123Z"},
        {"2026-11-12T09:30:00.000Z", "2026-11-12T09:30:00Z"},
        {"2026-11-12T09:30:00.007Z", "2026-11-12T09:30:00.007Z"},
        {"2026-11-12T09:30:00.5+10:00", "2026-11-11T23:30:00.500Z"},
        {"2026-11-12T09:30:00-03:30", "2026-11-12T13:00:00Z"},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
        {"1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"},
        {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
        {"2017-01-01T09:59:60+10:00", "2017-01-01T00:00:00Z"},
        {"2016-12-31T22:59:60Z", NULL},
        {"2016-12-31T23:59:61Z", NULL},
        {"2025-02-29T00:00:00Z", NULL},
        {"1900-02-29T00:00:00Z", NULL},
        {"2026-04-31T00:00:00Z", NULL},
        {"2026-13-01T00:00:00Z", NULL},
        {"2026-00-01T00:00:00Z", NULL},
        {"2026-01-00T00:00:00Z", NULL},
        {"0000-01-01T00:00:00Z", NULL},
        {"0001-01-01T00:00:00+00:01", NULL},
        {"9999-12-31T23:59:59-00:01", NULL},
        {"2026-11-12T24:00:00Z", NULL},
        {"2026-11-12T09:60:00Z", NULL},
        {"2026-11-12T09:30:00", NULL},
        {"2026-11-12T09:30Z", NULL},
        {"2026-11-12T09:30:00.Z", NULL},
        {"2026-11-12T09:30:00+1000", NULL},
        {"2026-11-12T09:30:00+24:00", NULL},
        {"2026-11-12T09:30:00+10:60", NULL},
        {"2026-11-12T09:30:00Z ", NULL},
        {"2026-11-12", NULL},
        {"26-11-12T09:30:00Z", NULL},
        {"2026-1-2T09:30:00Z", NULL},
        {"+026-11-12T09:30:00Z", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t ms = 42;
        bool ok = time_parse(str_of(cases[i].text), &ms);
        if (ok != (cases[i].utc != NULL)) fail_msg("\"%s\" was %s", cases[i].text, ok ? "taken" : "refused");
        if (ok) assert_text(time_text(ms), cases[i].utc);
        if (!ok) assert_int_equal(ms, 42);
    }
}

static void dates_are_read_whole_or_not_at_all(void **state) {
    (void)state;
    int64_t days;
    assert_true(date_parse(STR("2026-11-12"), &days));
    assert_int_equal(days, date_from_civil(2026, 11, 12));
    assert_text(date_text(days), "2026-11-12");
    static const char *const bad[] = {"2026-11-31",  "2026-02-30", "2026-11-1", "2026/11/12",
                                      "2026-11-12T", "0000-01-01", "",          "20261112"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (date_parse(str_of(bad[i]), &days)) fail_msg("\"%s\" was taken", bad[i]);
    }
}

static void what_has_no_text_is_written_as_the_nearest_that_has(void **state) {
    (void)state;
    assert_text(time_text(INT64_MIN), "0001-01-01T00:00:00Z");
    assert_text(time_text(INT64_MAX), "9999-12-31T23:59:59.999Z");
    assert_text(date_text(INT64_MIN), "0001-01-01");
    assert_text(date_text(INT64_MAX), "9999-12-31");
}

static void the_clocks_run(void **state) {
    (void)state;
    assert_true(time_now() > date_from_civil(2026, 1, 1) * DAY_MS);
    int64_t start = time_monotonic();
    nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
    assert_true(time_monotonic() - start >= 2000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_clock_has_two_digits_each),
        TEST(known_days_have_their_numbers),
        TEST(days_follow_each_other_through_ten_thousand_years),
        TEST(moments_survive_being_taken_apart),
        TEST(times_are_read_as_rfc_3339_says),
        TEST(dates_are_read_whole_or_not_at_all),
        TEST(what_has_no_text_is_written_as_the_nearest_that_has),
        TEST(the_clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
