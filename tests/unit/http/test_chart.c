/* test_chart.c - figures of charts: short money, bars, lines. */
#include "http/chart.h"
#include "base/base_test.h"

static struct kind_env env_of(const char *currency) { return (struct kind_env){.arena = arena, .currency = str_of(currency)}; }
static const char *text(struct str s) { return str_cstr(arena, s); }

static void money_is_short_and_never_rounded_up(void **state) {
    (void)state;
    struct kind_env aud = env_of("AUD"), jpy = env_of("JPY");
    assert_string_equal(text(chart_money_short(&aud, 9500)), "$95");
    assert_string_equal(text(chart_money_short(&aud, 24860000)), "$248.6k");
    assert_string_equal(text(chart_money_short(&aud, INT64_C(1410000000))), "$14.1M");
    assert_string_equal(text(chart_money_short(&aud, INT64_C(99999999))), "$999.9k");
    assert_string_equal(text(chart_money_short(&aud, -218000000)), "-$2.18M");
    assert_string_equal(text(chart_money(&aud, 61240000)), "$612,400");
    assert_string_equal(text(chart_money_short(&jpy, 0)), text(chart_money(&jpy, 0)));
}

static void bars_stand_on_the_base_and_below_the_top_line(void **state) {
    (void)state;
    struct kind_env aud = env_of("AUD");
    struct chart chart = {.count = 0};
    const int64_t values[] = {0, 41200000, 89300000};
    chart_bars(&chart, &aud, values, 3);
    assert_string_equal(text(chart.lines[0].label), "0");
    assert_string_equal(text(chart.lines[CHART_STEPS].label), "$1M");
    assert_int_equal(chart.bars[0].path.len, 0);
    assert_true(chart.bars[2].path.len > 0);
    assert_true(chart.bars[0].middle < chart.bars[1].middle && chart.bars[1].middle < chart.bars[2].middle);
}

static void nothing_won_still_has_a_scale(void **state) {
    (void)state;
    struct kind_env aud = env_of("AUD");
    struct chart chart = {.count = 0};
    const int64_t none[12] = {0};
    chart_bars(&chart, &aud, none, 12);
    assert_true(chart.lines[1].label.len > 0);
    for (int i = 0; i < 12; i++) assert_int_equal(chart.bars[i].path.len, 0);
}

static void line_goes_from_side_to_side(void **state) {
    (void)state;
    const int64_t values[] = {1, 5, 3};
    assert_string_equal(text(chart_spark(arena, values, 3)), "M0 21L36 3L72 12");
    assert_int_equal(chart_spark(arena, values, 1).len, 0);
    const int64_t flat[] = {7, 7};
    assert_string_equal(text(chart_spark(arena, flat, 2)), "M0 21L72 21");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(money_is_short_and_never_rounded_up),
        TEST(bars_stand_on_the_base_and_below_the_top_line),
        TEST(nothing_won_still_has_a_scale),
        TEST(line_goes_from_side_to_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
