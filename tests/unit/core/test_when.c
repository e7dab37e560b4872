/* test_when.c - spans of time by a word: where they begin and end, in the zone of whoever asks. */
#include "kind_test.h"

#include "base/timefmt.h"
#include "core/when.h"

static int64_t day(int year, int month, int d) { return date_from_civil(year, month, d); }

static void spans_of_dates_begin_and_end_where_people_expect(void **state) {
    (void)state;
    struct kind_env env = test_env(); /* Thursday 12 November 2026, in Sydney */
    env.fiscal = (struct fiscal){4, 6};
    const struct field *f = FIELD(F_DATE);
    const struct {
        const char *word;
        int64_t from, to;
    } cases[] = {
        {"today", day(2026, 11, 12), day(2026, 11, 13)},        {"yesterday", day(2026, 11, 11), day(2026, 11, 12)},
        {"tomorrow", day(2026, 11, 13), day(2026, 11, 14)},     {"this_week", day(2026, 11, 9), day(2026, 11, 16)},
        {"last_week", day(2026, 11, 2), day(2026, 11, 9)},      {"next_week", day(2026, 11, 16), day(2026, 11, 23)},
        {"this_month", day(2026, 11, 1), day(2026, 12, 1)},     {"next_month", day(2026, 12, 1), day(2027, 1, 1)},
        {"this_quarter", day(2026, 10, 1), day(2027, 1, 1)},    {"last_quarter", day(2026, 7, 1), day(2026, 10, 1)},
        {"this_year", day(2026, 1, 1), day(2027, 1, 1)},        {"last_year", day(2025, 1, 1), day(2026, 1, 1)},
        {"last_7_days", day(2026, 11, 6), day(2026, 11, 13)},   {"next_7_days", day(2026, 11, 12), day(2026, 11, 19)},
        {"next_quarter", day(2027, 1, 1), day(2027, 4, 1)},     {"next_year", day(2027, 1, 1), day(2028, 1, 1)},
        {"this_fiscal_year", day(2026, 4, 6), day(2027, 4, 6)}, {"last_fiscal_year", day(2025, 4, 6), day(2026, 4, 6)},
        {"next_fiscal_year", day(2027, 4, 6), day(2028, 4, 6)},
        {"this_fiscal_quarter", day(2026, 10, 6), day(2027, 1, 6)},
        {"last_fiscal_quarter", day(2026, 7, 6), day(2026, 10, 6)},
        {"next_fiscal_quarter", day(2027, 1, 6), day(2027, 4, 6)},
        {"past", day(1, 1, 1), day(2026, 11, 12)},              {"future", day(2026, 11, 13), day(9999, 12, 31)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct when_span span;
        assert_true(when_span(f, &env, str_of(cases[i].word), &span));
        if (span.from != cases[i].from || span.to != cases[i].to) fail_msg("%s", cases[i].word);
    }
}

static void a_week_begins_on_the_day_of_whoever_asks(void **state) {
    (void)state;
    struct kind_env env = test_env();
    int64_t thursday = day(2026, 11, 12);
    const struct {
        enum week_look look;
        int weekday;
        int64_t begins;
    } cases[] = {{WEEK_MONDAY, 1, day(2026, 11, 9)}, {WEEK_SUNDAY, 0, day(2026, 11, 8)}, {WEEK_SATURDAY, 6, day(2026, 11, 7)}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct when_span span;
        env.week_look = cases[i].look;
        assert_int_equal(when_week(&env, thursday), cases[i].begins);
        assert_true(when_span(FIELD(F_DATE), &env, STR("this_week"), &span));
        assert_int_equal(span.from, cases[i].begins);
        assert_int_equal(span.to, cases[i].begins + 7);
        for (int64_t d = day(1969, 12, 20); d < day(1970, 1, 20); d++) {
            int64_t first = when_week(&env, d);
            assert_true(first <= d && d < first + 7);
            assert_int_equal(civil_from_date(first).weekday, cases[i].weekday);
        }
    }
}

static void a_week_begins_on_monday_whatever_the_day(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DATE);
    env.zone = NULL;
    for (int64_t d = day(2026, 11, 9); d < day(2026, 11, 16); d++) {
        struct when_span span;
        env.now = d * DAY_MS;
        assert_true(when_span(f, &env, STR("this_week"), &span));
        assert_int_equal(span.from, day(2026, 11, 9));
        assert_int_equal(span.to, day(2026, 11, 16));
    }
}

/* A day of 23 or 25 hours is still one day. */
static void spans_of_times_follow_the_wall_clock(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TIME);
    struct when_span span;
    assert_true(when_span(f, &env, STR("today"), &span));
    assert_int_equal(span.to - span.from, DAY_MS);
    assert_true(span.from <= env.now && env.now < span.to);
    int64_t begins;
    assert_true(time_parse(STR("2026-10-04T12:00:00+11:00"), &env.now)); /* clocks went forward that night */
    assert_true(time_parse(STR("2026-10-04T00:00:00+10:00"), &begins));
    assert_true(when_span(f, &env, STR("today"), &span));
    assert_int_equal(span.from, begins);
    assert_int_equal(span.to - span.from, DAY_MS - INT64_C(3600000));
    assert_true(when_span(f, &env, STR("past"), &span));
    assert_int_equal(span.to, env.now);
}

static int offered(struct fiscal fiscal) {
    struct kind_env env = test_env();
    int n = 0;
    env.fiscal = fiscal;
    for (int i = 0; when_word(i); i++) n += when_offered(&env, i);
    return n;
}

static void fiscal_years_are_offered_where_they_are_not_the_calendars(void **state) {
    (void)state;
    assert_int_equal(offered((struct fiscal){7, 1}), offered((struct fiscal){1, 1}) + 6);
    assert_int_equal(offered((struct fiscal){0}), offered((struct fiscal){1, 1}));
}

static void every_word_has_a_label_and_others_are_refused(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DATE);
    struct when_span span;
    int n = 0;
    for (; when_word(n); n++) {
        assert_non_null(when_label(str_of(when_word(n))));
        assert_true(when_span(f, &env, str_of(when_word(n)), &span));
        assert_true(span.from < span.to);
    }
    assert_true(n >= 15);
    assert_null(when_word(-1));
    assert_false(when_span(f, &env, STR("someday"), &span));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(spans_of_dates_begin_and_end_where_people_expect),
        TEST(a_week_begins_on_the_day_of_whoever_asks),
        TEST(a_week_begins_on_monday_whatever_the_day),
        TEST(spans_of_times_follow_the_wall_clock),
        TEST(fiscal_years_are_offered_where_they_are_not_the_calendars),
        TEST(every_word_has_a_label_and_others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
