/* test_date_guess.c - dates as spreadsheets write them. */
#include "base/base_test.h"

#include "core/date_guess.h"

#define COLUMN(...)                                                                                                              \
    guess_column((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static enum date_guess guess_column(const char *const *cells, size_t n) {
    struct str *samples = arena_array(arena, struct str, n);
    for (size_t i = 0; i < n; i++) samples[i] = str_of(cells[i]);
    return date_guess_column(samples, n);
}

static struct str date_of(enum date_guess format, const char *cell) {
    struct value value;
    if (!date_guess_parse(format, str_of(cell), false, NULL, &value)) return STR("none");
    struct buf b = buf_new(arena, 16);
    buf_date(&b, value.integer);
    return buf_str(&b);
}

static struct str time_of(enum date_guess format, const char *cell, const struct zone *zone) {
    struct value value;
    if (!date_guess_parse(format, str_of(cell), true, zone, &value)) return STR("none");
    struct buf b = buf_new(arena, 32);
    buf_time(&b, value.integer);
    return buf_str(&b);
}

static void cells_that_say_what_they_mean_need_no_order(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"2026-11-12", "2026-11-12"},
        {"2026/11/12", "2026-11-12"},
        {"2026.11.12", "2026-11-12"},
        {"2026/1/2", "2026-01-02"},
        {"20261112", "2026-11-12"},
        {"12-Nov-2026", "2026-11-12"},
        {"12 November 2026", "2026-11-12"},
        {"12-Nov-26", "2026-11-12"},
        {"Nov 12, 2026", "2026-11-12"},
        {"November 12th, 2026", "2026-11-12"},
        {"1st Sep 2026", "2026-09-01"},
        {"3 Sept. 2026", "2026-09-03"},
        {"Thu, 12 Nov 2026", "2026-11-12"},
        {"Thursday 12 November 2026", "2026-11-12"},
        {"15 Apr, 2021 00:03:00", "2021-04-15"},
        {"2026/11/12 9:30 PM", "2026-11-12"},
        {"2026-11-12T23:59:59Z", "2026-11-12"},
        {"2026-Nov-12", "2026-11-12"},
        {"5/5/2021", "2021-05-05"},
        {"  12 nov 2026  ", "2026-11-12"},
        {"29 Feb 2024", "2024-02-29"},
        {"12 MAY 70", "1970-05-12"},
        {"12 May 69", "2069-05-12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(date_of(DATE_GUESS_PLAIN, cases[i][0]), cases[i][1]);
        assert_text(date_of(DATE_GUESS_DAY_FIRST, cases[i][0]), cases[i][1]);
        assert_text(date_of(DATE_GUESS_MONTH_FIRST, cases[i][0]), cases[i][1]);
    }
}

static void numbers_are_ordered_as_the_column_says(void **state) {
    (void)state;
    assert_text(date_of(DATE_GUESS_DAY_FIRST, "3/4/2026"), "2026-04-03");
    assert_text(date_of(DATE_GUESS_MONTH_FIRST, "3/4/2026"), "2026-03-04");
    assert_text(date_of(DATE_GUESS_MONTH_FIRST, "1/23/23"), "2023-01-23");
    assert_text(date_of(DATE_GUESS_DAY_FIRST, "23.01.23"), "2023-01-23");
    assert_text(date_of(DATE_GUESS_DAY_FIRST, "1/23/23"), "none");
    assert_text(date_of(DATE_GUESS_PLAIN, "3/4/2026"), "none");
    assert_text(date_of(DATE_GUESS_AMBIGUOUS, "3/4/2026"), "none");
}

static void what_is_no_date_is_refused(void **state) {
    (void)state;
    static const char *const cells[] = {
        "",
        "n/a",
        "NULL",
        "2026",
        "Nov 2026",
        "31/2/2026",
        "29 Feb 2023",
        "32 Jan 2026",
        "2026-13-01",
        "12:30",
        "1.2.3",
        "10.0.0.1",
        "1/2/203",
        "12 Foo 2026",
        "2026-11-12 25:00",
        "2026-11-12 9:60",
        "2026-11-12 13 PM",
        "2026-11-12 9",
        "2026-11-12 9:30 XM",
        "12.50",
        "0412345678",
        "2026-11-12T09:30Zjunk",
        "2026-11-12,",
        "12//",
        "//",
        "ma 12 2026",
        "99999999",
        "2026-11-12 09:30:00+99:00",
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct str got = date_of(DATE_GUESS_DAY_FIRST, cells[i]);
        if (!str_eqc(got, "none")) fail_msg("\"%s\" was read as %.*s", cells[i], STR_ARG(got));
    }
    struct value value;
    assert_false(date_guess_parse(DATE_GUESS_PLAIN, STR("2026\0-11-12"), false, NULL, &value));
}

static void one_day_beyond_twelve_decides_a_column(void **state) {
    (void)state;
    assert_int_equal(COLUMN("3/4/2026", "5/6/2026", "13/6/2026"), DATE_GUESS_DAY_FIRST);
    assert_int_equal(COLUMN("3/4/2026", "5/6/2026", "6/13/2026"), DATE_GUESS_MONTH_FIRST);
    assert_int_equal(COLUMN("1/23/23", "", "11/2/22"), DATE_GUESS_MONTH_FIRST);
    assert_int_equal(COLUMN("2026-01-02", "13/6/2026"), DATE_GUESS_DAY_FIRST);
}

static void a_column_that_fits_both_orders_is_ambiguous(void **state) {
    (void)state;
    assert_int_equal(COLUMN("3/4/2026", "5/6/2026"), DATE_GUESS_AMBIGUOUS);
    assert_int_equal(COLUMN("3/4/2026", "5/5/2026", "12 Nov 2026"), DATE_GUESS_AMBIGUOUS);
    assert_int_equal(COLUMN("13/1/2026", "1/13/2026"), DATE_GUESS_AMBIGUOUS);
}

static void a_column_of_clear_dates_is_plain(void **state) {
    (void)state;
    assert_int_equal(COLUMN("2026-11-12", "12 Nov 2026", "5/5/2021"), DATE_GUESS_PLAIN);
    assert_int_equal(COLUMN("15 Apr, 2021 00:03:00", "", "16 Apr, 2021 11:20:31"), DATE_GUESS_PLAIN);
}

static void a_column_of_other_things_is_none(void **state) {
    (void)state;
    assert_int_equal(COLUMN("red", "blue"), DATE_GUESS_NONE);
    assert_int_equal(COLUMN("", " "), DATE_GUESS_NONE);
    assert_int_equal(COLUMN("1 Jan 2026", "red", "blue"), DATE_GUESS_NONE);
    assert_int_equal(date_guess_column(NULL, 0), DATE_GUESS_NONE);
    assert_int_equal(COLUMN("12.50", "1,234.50", "99"), DATE_GUESS_NONE);
}

static void a_bad_cell_does_not_spoil_a_column(void **state) {
    (void)state;
    assert_int_equal(COLUMN("NULL", "13/6/2026", "14/6/2026"), DATE_GUESS_DAY_FIRST);
}

static void times_without_offset_are_the_zones_wall_clock(void **state) {
    (void)state;
    const struct zone *sydney = zone_find(STR("Australia/Sydney"));
    assert_text(time_of(DATE_GUESS_PLAIN, "2026/11/12 9:30 PM", sydney), "2026-11-12T10:30:00Z");
    assert_text(time_of(DATE_GUESS_PLAIN, "15 Apr, 2021 00:03:00", NULL), "2021-04-15T00:03:00Z");
    assert_text(time_of(DATE_GUESS_PLAIN, "12 Nov 2026", sydney), "2026-11-11T13:00:00Z");
    assert_text(time_of(DATE_GUESS_PLAIN, "2026-11-12T09:30:00+10:00", sydney), "2026-11-11T23:30:00Z");
    assert_text(time_of(DATE_GUESS_PLAIN, "2026-11-12 09:30:00.250 UTC", sydney), "2026-11-12T09:30:00.250Z");
    assert_text(time_of(DATE_GUESS_PLAIN, "2026-11-12 09:30 -0530", sydney), "2026-11-12T15:00:00Z");
    assert_text(time_of(DATE_GUESS_MONTH_FIRST, "6/13/2026 12:05 am", NULL), "2026-06-13T00:05:00Z");
    assert_text(time_of(DATE_GUESS_MONTH_FIRST, "6/13/2026 12:05 p.m.", NULL), "2026-06-13T12:05:00Z");
    assert_text(time_of(DATE_GUESS_MONTH_FIRST, "6/13/2026, 9 pm", NULL), "2026-06-13T21:00:00Z");
    assert_text(time_of(DATE_GUESS_MONTH_FIRST, "6/13/2026 0:05 pm", NULL), "none");
}

static void formats_have_names(void **state) {
    (void)state;
    for (int i = DATE_GUESS_NONE; i <= DATE_GUESS_AMBIGUOUS; i++) {
        assert_int_equal(date_guess_find(str_of(date_guess_name((enum date_guess)i))), i);
    }
    assert_int_equal(date_guess_find(STR("sideways")), DATE_GUESS_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(cells_that_say_what_they_mean_need_no_order),
        TEST(numbers_are_ordered_as_the_column_says),
        TEST(what_is_no_date_is_refused),
        TEST(one_day_beyond_twelve_decides_a_column),
        TEST(a_column_that_fits_both_orders_is_ambiguous),
        TEST(a_column_of_clear_dates_is_plain),
        TEST(a_column_of_other_things_is_none),
        TEST(a_bad_cell_does_not_spoil_a_column),
        TEST(times_without_offset_are_the_zones_wall_clock),
        TEST(formats_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
