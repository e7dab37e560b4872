/* test_fiscal.c - fiscal years: when they and their quarters begin, and how they are called. */
#include "base/base_test.h"

#include "base/timefmt.h"
#include "core/fiscal.h"

static int64_t day(int year, int month, int d) { return date_from_civil(year, month, d); }

static void a_year_is_called_by_the_one_in_which_it_ends(void **state) {
    (void)state;
    const struct {
        struct fiscal fiscal;
        int64_t day;
        int year, quarter;
        int64_t begins;
    } cases[] = {
        {{0, 0}, day(2026, 11, 12), 2026, 4, day(2026, 1, 1)},    {{1, 1}, day(2026, 1, 1), 2026, 1, day(2026, 1, 1)},
        {{7, 1}, day(2026, 6, 30), 2026, 4, day(2025, 7, 1)},     {{7, 1}, day(2026, 7, 1), 2027, 1, day(2026, 7, 1)},
        {{7, 1}, day(2026, 12, 31), 2027, 2, day(2026, 7, 1)},    {{7, 1}, day(2027, 1, 1), 2027, 3, day(2026, 7, 1)},
        {{4, 6}, day(2026, 4, 5), 2026, 4, day(2025, 4, 6)},      {{4, 6}, day(2026, 4, 6), 2027, 1, day(2026, 4, 6)},
        {{4, 6}, day(2026, 7, 5), 2027, 1, day(2026, 4, 6)},      {{1, 2}, day(2026, 1, 1), 2026, 4, day(2025, 1, 2)},
        {{12, 28}, day(2028, 2, 29), 2028, 1, day(2027, 12, 28)}, {{10, 1}, day(2026, 10, 1), 2027, 1, day(2026, 10, 1)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(fiscal_year(cases[i].fiscal, cases[i].day), cases[i].year);
        assert_int_equal(fiscal_quarter(cases[i].fiscal, cases[i].day), cases[i].quarter);
        assert_int_equal(fiscal_year_begins(cases[i].fiscal, cases[i].day, 0), cases[i].begins);
    }
}

/* Whatever the first day: each day is in one year and one quarter, and they follow each other. */
static void years_and_quarters_leave_no_day_out(void **state) {
    (void)state;
    for (int month = 1; month <= 12; month++)
        for (int first = 1; first <= 28; first += 9) {
            struct fiscal f = {month, first};
            for (int64_t d = day(2023, 12, 25); d < day(2025, 1, 7); d++) {
                assert_true(fiscal_year_begins(f, d, 0) <= d && d < fiscal_year_begins(f, d, 1));
                assert_true(fiscal_quarter_begins(f, d, 0) <= d && d < fiscal_quarter_begins(f, d, 1));
                int64_t quarter = fiscal_quarter_begins(f, d, 0);
                assert_int_equal(fiscal_quarter_begins(f, quarter - 1, 1), quarter);
                assert_int_equal(fiscal_quarter_begins(f, fiscal_year_begins(f, d, 0), 4), fiscal_year_begins(f, d, 1));
                assert_int_equal(fiscal_year(f, fiscal_year_begins(f, d, 1)), fiscal_year(f, d) + 1);
                assert_int_equal(civil_from_date(fiscal_year_begins(f, d, 1) - 1).year, fiscal_year(f, d));
            }
        }
}

static void only_the_first_of_january_is_the_calendars(void **state) {
    (void)state;
    assert_true(fiscal_is_calendar((struct fiscal){0}));
    assert_true(fiscal_is_calendar((struct fiscal){1, 1}));
    assert_false(fiscal_is_calendar((struct fiscal){1, 2}));
    assert_false(fiscal_is_calendar((struct fiscal){2, 1}));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_year_is_called_by_the_one_in_which_it_ends),
        TEST(years_and_quarters_leave_no_day_out),
        TEST(only_the_first_of_january_is_the_calendars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
