/* test_calendar.c - where things stand in a calendar: weeks and months, rows along days, columns of hours. */
#include "base/base_test.h"
#include "base/timefmt.h"
#include "http/calendar_layout.h"

static int64_t day(int year, int month, int d) { return date_from_civil(year, month, d); }

static void another_month_keeps_the_day_or_takes_its_last(void **state) {
    (void)state;
    assert_int_equal(calendar_month(day(2026, 11, 12), 1), day(2026, 12, 12));
    assert_int_equal(calendar_month(day(2026, 12, 31), 1), day(2027, 1, 31));
    assert_int_equal(calendar_month(day(2026, 1, 31), 1), day(2026, 2, 28));
    assert_int_equal(calendar_month(day(2028, 3, 31), -1), day(2028, 2, 29));
    assert_int_equal(calendar_month(day(2026, 1, 15), -1), day(2025, 12, 15));
    assert_int_equal(calendar_month(day(2026, 5, 15), -17), day(2024, 12, 15));
}

static void what_shares_a_day_stands_in_rows_and_a_free_row_is_taken_again(void **state) {
    (void)state;
    struct calendar_slot slots[] = {{.from = 0, .to = 7}, {.from = 0, .to = 2}, {.from = 1, .to = 3}, {.from = 2, .to = 4},
                                    {.from = 3, .to = 4}, {.from = 6, .to = 7}};
    const int rows[] = {0, 1, 2, 1, 2, 1};
    assert_int_equal(calendar_rows(arena, slots, 6), 3);
    for (int i = 0; i < 6; i++) assert_int_equal(slots[i].place, rows[i]);
    assert_int_equal(calendar_rows(arena, slots, 0), 0);
}

static void what_overlaps_shares_the_width_and_what_only_touches_does_not(void **state) {
    (void)state;
    struct calendar_slot slots[] = {{.from = 480, .to = 600}, {.from = 540, .to = 570}, {.from = 570, .to = 660},
                                    {.from = 660, .to = 720}, {.from = 900, .to = 960}, {.from = 900, .to = 930},
                                    {.from = 900, .to = 915}};
    const int columns[] = {0, 1, 1, 0, 0, 1, 2}, of[] = {2, 2, 2, 1, 3, 3, 3};
    calendar_columns(arena, slots, 7);
    for (int i = 0; i < 7; i++) {
        assert_int_equal(slots[i].place, columns[i]);
        assert_int_equal(slots[i].places, of[i]);
    }
}

/* No two of a group that are at the same time stand in the same column, whatever there is. */
static void a_full_day_has_no_two_in_one_place(void **state) {
    (void)state;
    enum { MANY = 300 };
    struct calendar_slot slots[MANY];
    for (int i = 0; i < MANY; i++) {
        int from = i * 4;
        slots[i] = (struct calendar_slot){.from = from, .to = from + 15 + (i * 37) % 200};
    }
    calendar_columns(arena, slots, MANY);
    for (int i = 0; i < MANY; i++)
        for (int k = 0; k < i; k++) {
            bool together = slots[k].to > slots[i].from;
            assert_true(slots[i].place < slots[i].places);
            if (together) assert_true(slots[k].place != slots[i].place);
            if (together) assert_int_equal(slots[k].places, slots[i].places);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(another_month_keeps_the_day_or_takes_its_last),
        TEST(what_shares_a_day_stands_in_rows_and_a_free_row_is_taken_again),
        TEST(what_overlaps_shares_the_width_and_what_only_touches_does_not),
        TEST(a_full_day_has_no_two_in_one_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
