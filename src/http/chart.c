/* chart.c - the geometry of small charts (chart.h). */
#include "http/chart.h"

#include "base/decimal.h"
#include "core/kind_tools.h"

/* The box of the bar chart: 680 by 214, with room for the scale at the left and the labels below. */
#define LEFT 38
#define RIGHT 680
#define TOP 10
#define BASE 190
#define ROUND 3

#define SPARK_WIDTH 72
#define SPARK_LOW 21
#define SPARK_HEIGHT 18

/* ---- money ---------------------------------------------------------------------------------------------------------------- */

static int64_t power_of_ten(int n) {
    int64_t p = 1;
    while (n-- > 0) p *= 10;
    return p;
}

static int digits_of(const struct kind_env *env) {
    int digits = currency_digits(env->currency);
    return digits < 0 ? 2 : digits;
}

/* What stands before an amount: "$", "-$" or "AUD ". */
static void write_sign(struct buf *b, const struct kind_env *env, bool negative) {
    static const struct field any = {.kind = &kind_money};
    struct buf shown = buf_new(env->arena, 16);
    kind_to_display(&shown, &any, env, value_int(negative ? -1 : 1));
    for (size_t i = 0; i < shown.len && !(shown.ptr[i] >= '0' && shown.ptr[i] <= '9'); i++) buf_char(b, shown.ptr[i]);
}

struct str chart_money(const struct kind_env *env, int64_t amount) {
    struct buf b = buf_new(env->arena, 24);
    write_sign(&b, env, amount < 0);
    kind_write_number(&b, env, amount < 0 ? -amount : amount, digits_of(env), 0);
    return buf_str(&b);
}

struct str chart_money_short(const struct kind_env *env, int64_t amount) {
    int64_t size = (amount < 0 ? -amount : amount) / power_of_ten(digits_of(env));
    if (size < 1000) return chart_money(env, amount);
    const char *unit = size < 1000000 ? "k" : size < 1000000000 ? "M" : "bn";
    int64_t of = size < 1000000 ? 1000 : size < 1000000000 ? 1000000 : 1000000000, whole = size / of;
    int places = whole < 10 ? 2 : 1;
    int64_t scaled = size / (of / 1000) / power_of_ten(3 - places); /* cut, not rounded: 999.9k stays below 1M */
    while (places > 0 && scaled % 10 == 0) {
        scaled /= 10;
        places--;
    }
    struct buf b = buf_new(env->arena, 24);
    write_sign(&b, env, amount < 0);
    buf_decimal(&b, scaled, places);
    buf_cstr(&b, unit);
    return buf_str(&b);
}

/* ---- bars ----------------------------------------------------------------------------------------------------------------- */

/* The smallest of 1, 2, 2.5 or 5 times a power of ten of which four reach the largest value. */
static int64_t step_for(int64_t most, int64_t unit) {
    static const int64_t tenths[] = {10, 20, 25, 50};
    for (int64_t power = unit; power < INT64_MAX / 1000; power *= 10)
        for (size_t i = 0; i < sizeof tenths / sizeof *tenths; i++) {
            int64_t step = power / 10 * tenths[i];
            if (step > 0 && most <= step * CHART_STEPS) return step;
        }
    return most / CHART_STEPS + 1;
}

static struct str bar_path(struct arena *arena, int x, int width, int height) {
    int corner = height < ROUND ? height : ROUND;
    return str_printf(arena, "M%d %dV%da%d %d 0 0 1 %d -%dh%da%d %d 0 0 1 %d %dV%dz", x, BASE, BASE - height + corner, corner,
                      corner, corner, corner, width - 2 * corner, corner, corner, corner, corner, BASE);
}

void chart_bars(struct chart *chart, const struct kind_env *env, const int64_t *values, int count) {
    int64_t most = 0, unit = power_of_ten(digits_of(env)) * 10;
    for (int i = 0; i < count; i++)
        if (values[i] > most) most = values[i];
    int64_t step = step_for(most, unit), full = step * CHART_STEPS;
    for (int i = 0; i <= CHART_STEPS; i++)
        chart->lines[i] =
            (struct chart_line){BASE - (BASE - TOP) * i / CHART_STEPS, i ? chart_money_short(env, step * i) : STR("0")};
    chart->count = count;
    int slot = (RIGHT - LEFT) / (count ? count : 1), width = slot * 56 / 100;
    for (int i = 0; i < count; i++) {
        struct chart_bar *bar = &chart->bars[i];
        bar->middle = LEFT + slot * i + slot / 2;
        int height = (int)((double)values[i] / (double)full * (BASE - TOP));
        if (values[i] > 0) bar->path = bar_path(env->arena, bar->middle - width / 2, width, height > 1 ? height : 1);
    }
}

/* ---- sparks --------------------------------------------------------------------------------------------------------------- */

struct str chart_spark(struct arena *arena, const int64_t *values, int count) {
    if (count < 2) return STR("");
    int64_t low = values[0], high = values[0];
    for (int i = 1; i < count; i++) {
        if (values[i] < low) low = values[i];
        if (values[i] > high) high = values[i];
    }
    struct buf b = buf_new(arena, 128);
    for (int i = 0; i < count; i++) {
        double part = high > low ? (double)(values[i] - low) / (double)(high - low) : 0;
        buf_printf(&b, "%c%d %d", i ? 'L' : 'M', SPARK_WIDTH * i / (count - 1), SPARK_LOW - (int)(part * SPARK_HEIGHT));
    }
    return buf_str(&b);
}

struct str chart_spark_area(struct arena *arena, struct str line) {
    return line.len ? str_printf(arena, "%.*sL72 24L0 24z", STR_ARG(line)) : STR("");
}
