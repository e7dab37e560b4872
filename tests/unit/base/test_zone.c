/* test_zone.c - time zones of the system's database. */
#include "base_test.h"

#include <pthread.h>

#include "base/timefmt.h"

static int64_t at(const char *text) {
    int64_t ms = 0;
    if (!time_parse(str_of(text), &ms)) fail_msg("\"%s\" is not a time", text);
    return ms;
}

static void offsets_and_names_are_those_of_the_moment(void **state) {
    (void)state;
    static const struct {
        const char *zone, *utc;
        int offset;
        const char *abbreviation;
    } cases[] = {
        {"Australia/Sydney", "2026-10-03T15:59:59Z", 36000, "AEST"},
        {"Australia/Sydney", "2026-10-03T16:00:00Z", 39600, "AEDT"},
        {"Australia/Sydney", "2027-04-03T15:59:59Z", 39600, "AEDT"},
        {"Australia/Sydney", "2027-04-03T16:00:00Z", 36000, "AEST"},
        {"Australia/Sydney", "2040-01-15T00:00:00Z", 39600, "AEDT"},
        {"Australia/Sydney", "2040-07-15T00:00:00Z", 36000, "AEST"},
        {"Australia/Sydney", "2040-10-06T15:59:59Z", 36000, "AEST"},
        {"Australia/Sydney", "2040-10-06T16:00:00Z", 39600, "AEDT"},
        {"America/New_York", "2026-03-08T06:59:59.999Z", -18000, "EST"},
        {"America/New_York", "2026-03-08T07:00:00Z", -14400, "EDT"},
        {"America/New_York", "2026-11-01T05:59:59Z", -14400, "EDT"},
        {"America/New_York", "2026-11-01T06:00:00Z", -18000, "EST"},
        {"America/New_York", "2040-03-11T07:00:00Z", -14400, "EDT"},
        {"America/New_York", "2040-03-11T06:59:59Z", -18000, "EST"},
        {"America/New_York", "9999-12-31T23:00:00Z", -18000, "EST"},
        {"Europe/Berlin", "2026-03-29T00:59:59Z", 3600, "CET"},
        {"Europe/Berlin", "2026-03-29T01:00:00Z", 7200, "CEST"},
        {"Europe/Berlin", "2026-10-25T00:59:59Z", 7200, "CEST"},
        {"Europe/Berlin", "2026-10-25T01:00:00Z", 3600, "CET"},
        {"Europe/Berlin", "2040-07-01T00:00:00Z", 7200, "CEST"},
        {"Europe/Berlin", "1945-06-01T00:00:00Z", 10800, "CEMT"},
        {"Europe/Berlin", "1800-01-01T00:00:00Z", 3208, "LMT"},
        {"Asia/Kolkata", "2040-07-01T00:00:00Z", 19800, "IST"},
        {"Europe/Dublin", "2040-01-15T00:00:00Z", 0, "GMT"}, // its rule has winter time as the exception
        {"Europe/Dublin", "2040-07-15T00:00:00Z", 3600, "IST"},
        {"America/Sao_Paulo", "2040-07-01T00:00:00Z", -10800, "-03"},
        {"Pacific/Kiritimati", "2026-11-12T00:00:00Z", 50400, "+14"},
        {"UTC", "2040-07-01T00:00:00Z", 0, "UTC"},
        {"Etc/GMT+5", "2040-07-01T00:00:00Z", -18000, "-05"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct zone *zone = zone_find(str_of(cases[i].zone));
        if (!zone) fail_msg("%s is not known; is tzdata installed?", cases[i].zone);
        const char *abbreviation;
        int offset = zone_offset(zone, at(cases[i].utc), &abbreviation);
        if (offset != cases[i].offset || strcmp(abbreviation, cases[i].abbreviation) != 0) {
            fail_msg("%s at %s: %d %s", cases[i].zone, cases[i].utc, offset, abbreviation);
        }
    }
}

static void wall_clocks_become_moments(void **state) {
    (void)state;
    static const struct {
        const char *zone, *local, *utc;
    } cases[] = {
        {"Australia/Sydney", "2026-11-12T09:00:00Z", "2026-11-11T22:00:00Z"},
        {"Australia/Sydney", "2026-10-04T01:59:59Z", "2026-10-03T15:59:59Z"},
        {"Australia/Sydney", "2026-10-04T02:30:00Z", "2026-10-03T16:30:00Z"}, // in the gap: shows 03:30
        {"Australia/Sydney", "2026-10-04T03:00:00Z", "2026-10-03T16:00:00Z"},
        {"Australia/Sydney", "2027-04-04T02:30:00Z", "2027-04-03T15:30:00Z"}, // twice: the first
        {"Australia/Sydney", "2027-04-04T03:00:00Z", "2027-04-03T17:00:00Z"},
        {"America/New_York", "2026-03-08T02:30:00Z", "2026-03-08T07:30:00Z"},
        {"America/New_York", "2026-11-01T01:30:00Z", "2026-11-01T05:30:00Z"},
        {"America/New_York", "2026-11-01T02:00:00Z", "2026-11-01T07:00:00Z"},
        {"Europe/Berlin", "2040-07-01T12:00:00Z", "2040-07-01T10:00:00Z"},
        {"UTC", "2026-11-12T09:00:00Z", "2026-11-12T09:00:00Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct zone *zone = zone_find(str_of(cases[i].zone));
        assert_non_null(zone);
        struct buf b = buf_new(arena, 0);
        buf_time(&b, zone_to_utc(zone, at(cases[i].local)));
        assert_text(buf_str(&b), cases[i].utc);
    }
}

static void a_zone_agrees_with_the_c_library(const char *name) {
    const struct zone *zone = zone_find(str_of(name));
    assert_non_null(zone);
    setenv("TZ", name, 1);
    tzset();
    for (int64_t seconds = date_from_civil(1950, 1, 1) * 86400; seconds < date_from_civil(2100, 1, 1) * 86400;
         seconds += 86400 * 3 + 1801) {
        struct tm tm;
        time_t moment = (time_t)seconds;
        localtime_r(&moment, &tm);
        const char *abbreviation;
        int offset = zone_offset(zone, seconds * 1000, &abbreviation);
        if (offset != tm.tm_gmtoff || strcmp(abbreviation, tm.tm_zone) != 0) {
            fail_msg("%s at %lld: %d %s, not %ld %s", name, (long long)seconds, offset, abbreviation, tm.tm_gmtoff, tm.tm_zone);
        }
    }
}

static void zones_agree_with_the_c_library_for_150_years(void **state) {
    (void)state;
    static const char *const names[] = {"Australia/Sydney",  "Australia/Lord_Howe", "America/New_York", "Europe/Berlin",
                                        "Africa/Casablanca", "America/Santiago",    "Asia/Gaza",        "America/Nuuk",
                                        "Pacific/Apia",      "Asia/Tehran"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) a_zone_agrees_with_the_c_library(names[i]);
}

static void names_that_are_no_zone_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "/etc/passwd",
                                      "../../../etc/passwd",
                                      "Europe/../Europe/Berlin",
                                      "Europe",
                                      "Nowhere/City",
                                      "zone.tab",
                                      "Europe/Berlin\n",
                                      "right/Europe/Berlin",
                                      "Europe Berlin"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (zone_find(str_of(bad[i]))) fail_msg("\"%s\" was taken", bad[i]);
    }
    assert_null(zone_find(STR("UTC\0x")));
}

static void *find_many(void *unused) {
    (void)unused;
    static const char *const names[] = {"Asia/Tokyo", "Europe/Paris", "Africa/Cairo", "America/Lima"};
    uintptr_t sum = 0;
    for (int i = 0; i < 400; i++) sum += (uintptr_t)zone_find(str_of(names[i % 4]));
    return (void *)sum;
}

static void threads_get_the_same_zone(void **state) {
    (void)state;
    pthread_t threads[4];
    void *sums[4];
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, find_many, NULL), 0);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], &sums[i]);
    for (int i = 1; i < 4; i++) assert_ptr_equal(sums[i], sums[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(offsets_and_names_are_those_of_the_moment),
        TEST(wall_clocks_become_moments),
        TEST(zones_agree_with_the_c_library_for_150_years),
        TEST(names_that_are_no_zone_are_refused),
        TEST(threads_get_the_same_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
