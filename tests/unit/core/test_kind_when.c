/* test_kind_when.c - dates, times and durations. */
#include "kind_test.h"

static void dates_are_iso_and_lose_the_current_year_for_people(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DATE);
    CASES(f, &env, {"2026-11-12", "\"2026-11-12\"", "2026-11-12", "12 Nov"},
          {"2025-01-02", "\"2025-01-02\"", "2025-01-02", "2 Jan 2025"}, {"2024-02-29", "\"2024-02-29\""},
          {"1969-12-31", "\"1969-12-31\"", "1969-12-31", "31 Dec 1969"}, {"0001-01-01", "\"0001-01-01\""},
          {"9999-12-31", "\"9999-12-31\""});
    REFUSES(f, &env, "12/11/2026", "not_a_date", "2026-02-30", "not_a_date", "2026-13-01", "not_a_date", "2026-1-2", "not_a_date",
            "tomorrow", "not_a_date", "2026-11-12T00:00:00Z", "not_a_date", "0000-01-01", "not_a_date");
    REFUSES_JSON(f, &env, "20261112", "wrong_type", "\"today\"", "not_a_date", "\"12 Nov 2026\"", "not_a_date", "{}",
                 "wrong_type");
    assert_int_equal(test_from_json(f, &env, "\"1970-01-02\"").integer, 1);
    assert_text(test_schema(f), "\"type\":\"string\",\"format\":\"date\"");
}

static void today_is_the_zones_day(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DATE);
    env.now = INT64_C(1794499200000); // 2026-11-12T16:00Z is the 13th in Sydney
    CASES(f, &env, {"today", "\"2026-11-13\""});
    env.zone = NULL;
    CASES(f, &env, {"today", "\"2026-11-12\""});
    // The year turns with the zone, too.
    env.zone = zone_find(STR("Australia/Sydney"));
    env.now = INT64_C(1798725600000); // 2026-12-31T14:00Z
    CASES(f, &env, {"2027-01-01", NULL, NULL, "1 Jan"}, {"2026-12-31", NULL, NULL, "31 Dec 2026"});
}

static void times_are_utc_in_json_and_local_for_people(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TIME);
    CASES(f, &env, {"2026-11-12T03:30:00Z", "\"2026-11-12T03:30:00Z\"", "2026-11-12T03:30:00Z", "12 Nov 14:30"},
          {"2026-11-12T14:30:00+11:00", "\"2026-11-12T03:30:00Z\""}, {"2026-11-12T14:30", "\"2026-11-12T03:30:00Z\""},
          {"2026-11-12 14:30", "\"2026-11-12T03:30:00Z\""}, {"2026-11-12T14:30:15", "\"2026-11-12T03:30:15Z\""},
          {"2026-11-12T14:30:15.250", "\"2026-11-12T03:30:15.250Z\""},
          {"2026-11-12", "\"2026-11-11T13:00:00Z\"", NULL, "12 Nov 00:00"},
          {"2025-07-01T00:00:00Z", "\"2025-07-01T00:00:00Z\"", NULL, "1 Jul 2025 10:00"}, {"now", "\"2026-11-12T03:30:00Z\""},
          {"today", "\"2026-11-11T13:00:00Z\""});
    REFUSES(f, &env, "14:30", "not_a_time", "2026-11-12T25:00", "not_a_time", "yesterday", "not_a_time", "2026-11-12T14",
            "not_a_time", "2026-02-30T10:00", "not_a_time", "12 Nov 2026", "not_a_time", "2026-11-12T14:30:00+99:00",
            "not_a_time");
    REFUSES_JSON(f, &env, "1794454200000", "wrong_type", "\"now\"", "not_a_time", "\"soon\"", "not_a_time");
    assert_int_equal(test_from_json(f, &env, "\"2026-11-12T03:30:00Z\"").integer, TEST_NOW);
}

static void a_time_input_shows_and_takes_the_wall_clock(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TIME);
    static const struct {
        int64_t ms;
        const char *input;
    } cases[] = {
        {TEST_NOW, "2026-11-12T14:30"},
        {TEST_NOW + 15000, "2026-11-12T14:30:15"},
        {TEST_NOW + 250, "2026-11-12T14:30:00.250"},
        {INT64_C(1775313000000), "2026-04-05T01:30"},     // 14:30Z, summer time
        {INT64_C(1775316600000), "2026-04-05T02:30"},     // 15:30Z, the first 02:30
        {INT64_C(1775320200000), "2026-04-04T16:30:00Z"}, // 16:30Z, the second 02:30, which a wall clock cannot say
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str input = test_written(kind_to_input, f, &env, value_int(cases[i].ms));
        assert_text(input, cases[i].input);
        assert_int_equal(test_parse(f, &env, str_cstr(arena, input)).integer, cases[i].ms);
    }
}

static void without_a_zone_times_are_utc(void **state) {
    (void)state;
    struct kind_env env = test_env();
    env.zone = NULL;
    CASES(FIELD(F_TIME), &env, {"2026-11-12T14:30", "\"2026-11-12T14:30:00Z\"", NULL, "12 Nov 14:30"});
}

static void the_ends_of_time_do_not_overflow(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_TIME);
    CASES(f, &env, {"9999-12-31T23:59:59.999Z", "\"9999-12-31T23:59:59.999Z\""},
          {"0001-01-01T00:00:00Z", "\"0001-01-01T00:00:00Z\""});
    REFUSES(f, &env, "0001-01-01", "not_a_time");
    struct value last = test_parse(f, &env, "9999-12-31T23:59:59.999Z");
    assert_text(test_written(kind_to_input, f, &env, last), "9999-12-31T23:59:59.999Z");
}

static void durations_are_minutes_however_typed(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DURATION);
    CASES(f, &env, {"130", "130", "130", "2 h 10 min"}, {"2h 10m", "130"}, {"2:10", "130"}, {"2 h 10 min", "130"},
          {"1.5 h", "90"}, {"0", "0", "0", "0 min"}, {"60", "60", "60", "1 h"}, {"45 min", "45", "45", "45 min"},
          {"2 Hours", "120"}, {"1d 2h", "1560", "1560", "26 h"}, {"90m", "90"}, {"0:05", "5"});
    REFUSES(f, &env, "-5", "not_a_duration", "2:60", "not_a_duration", "2:1", "not_a_duration", "1.555h", "not_a_duration",
            "10m 2h", "not_a_duration", "2h 2h", "not_a_duration", "soon", "not_a_duration", "2h 10", "not_a_duration", "1:2:3",
            "not_a_duration", "0.5", "not_a_duration", "99999999999999999999", "not_a_duration", "10000000", "too_large", "3651d",
            "too_large", "h", "not_a_duration", "-1:30", "not_a_duration", "1:+5", "not_a_duration", "5256001", "too_large");
    assert_int_equal(test_from_json(f, &env, "130").integer, 130);
    REFUSES_JSON(f, &env, "\"2h\"", "wrong_type", "-5", "not_a_duration", "1.5", "not_a_duration");
    REFUSES(FIELD(F_DURATION, .min = 15, .max = 480), &env, "10", "too_small", "9h", "too_large");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(dates_are_iso_and_lose_the_current_year_for_people),
        TEST(today_is_the_zones_day),
        TEST(times_are_utc_in_json_and_local_for_people),
        TEST(a_time_input_shows_and_takes_the_wall_clock),
        TEST(without_a_zone_times_are_utc),
        TEST(the_ends_of_time_do_not_overflow),
        TEST(durations_are_minutes_however_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
