/* test_decimal.c - exact decimals and the digits of currencies. */
#include "base_test.h"

#include "base/decimal.h"

static void decimals_are_read_exactly_or_refused(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int scale;
        enum decimal_result result;
        int64_t value;
    } cases[] = {
        {"1234.5", 2, DECIMAL_OK, 123450},
        {"-0.01", 2, DECIMAL_OK, -1},
        {"+7", 2, DECIMAL_OK, 700},
        {"-0", 2, DECIMAL_OK, 0},
        {"19.990000", 2, DECIMAL_OK, 1999},
        {"19.991", 2, DECIMAL_TOO_PRECISE, 0},
        {"5", 0, DECIMAL_OK, 5},
        {"5.0", 0, DECIMAL_OK, 5},
        {"5.5", 0, DECIMAL_TOO_PRECISE, 0},
        {"0.000000001", 9, DECIMAL_OK, 1},
        {"9223372036854775807", 0, DECIMAL_OK, INT64_MAX},
        {"-9223372036854775808", 0, DECIMAL_OK, INT64_MIN},
        {"92233720368547758.07", 2, DECIMAL_OK, INT64_MAX},
        {"92233720368547758.08", 2, DECIMAL_TOO_LARGE, 0},
        {"-92233720368547758.08", 2, DECIMAL_OK, INT64_MIN},
        {"92233720368547759", 2, DECIMAL_TOO_LARGE, 0},
        {"100000000000000000000000000", 2, DECIMAL_TOO_LARGE, 0},
        {"", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"-", 2, DECIMAL_NOT_A_NUMBER, 0},
        {".", 2, DECIMAL_NOT_A_NUMBER, 0},
        {".5", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"5.", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1,000", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1e3", 2, DECIMAL_NOT_A_NUMBER, 0},
        {" 1", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"1.2.3", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"0x10", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"NaN", 2, DECIMAL_NOT_A_NUMBER, 0},
        {"--1", 2, DECIMAL_NOT_A_NUMBER, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = 42;
        enum decimal_result result = decimal_parse(str_of(cases[i].text), cases[i].scale, &value);
        if (result != cases[i].result) fail_msg("case %zu: \"%s\" gave %d", i, cases[i].text, (int)result);
        assert_int_equal(value, result == DECIMAL_OK ? cases[i].value : 42);
    }
}

static void decimals_are_written_with_all_their_digits(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        int scale;
        const char *text;
    } cases[] = {
        {123450, 2, "1234.50"},
        {0, 2, "0.00"},
        {-1, 2, "-0.01"},
        {5, 0, "5"},
        {-5, 0, "-5"},
        {1, 9, "0.000000001"},
        {INT64_MAX, 2, "92233720368547758.07"},
        {INT64_MIN, 2, "-92233720368547758.08"},
        {INT64_MIN, 0, "-9223372036854775808"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = buf_new(arena, 0);
        buf_decimal(&b, cases[i].value, cases[i].scale);
        assert_text(buf_str(&b), cases[i].text);
        int64_t back;
        assert_int_equal(decimal_parse(buf_str(&b), cases[i].scale, &back), DECIMAL_OK);
        assert_int_equal(back, cases[i].value);
    }
}

static void pages_show_grouped_digits_rounded_half_away_from_zero(void **state) {
    (void)state;
    static const struct {
        int64_t value;
        int scale, digits;
        const char *text;
    } cases[] = {
        {123456789, 2, 2, "1,234,567.89"},
        {99999, 2, 2, "999.99"},
        {100000, 2, 2, "1,000.00"},
        {123450, 4, 2, "12.35"},
        {-123450, 4, 2, "-12.35"},
        {123449, 4, 2, "12.34"},
        {99999, 4, 0, "10"},
        {-4, 1, 0, "0"},
        {-5, 1, 0, "-1"},
        {0, 2, 0, "0"},
        {1000000, 0, 0, "1,000,000"},
        {INT64_MIN, 2, 2, "-92,233,720,368,547,758.08"},
        {1000005000, 3, 3, "1,000,005.000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = buf_new(arena, 0);
        buf_decimal_grouped(&b, cases[i].value, cases[i].scale, cases[i].digits);
        assert_text(buf_str(&b), cases[i].text);
    }
}

static void well_known_currencies_have_their_digits(void **state) {
    (void)state;
    assert_int_equal(currency_digits(STR("AED")), 2); // first of the table
    assert_int_equal(currency_digits(STR("EUR")), 2);
    assert_int_equal(currency_digits(STR("JPY")), 0);
    assert_int_equal(currency_digits(STR("KWD")), 3);
    assert_int_equal(currency_digits(STR("CLF")), 4);
    assert_int_equal(currency_digits(STR("ZWG")), 2); // last
    assert_int_equal(currency_digits(STR("XAU")), -1);
    assert_int_equal(currency_digits(STR("DEM")), -1);
    assert_int_equal(currency_digits(STR("eur")), -1);
    assert_int_equal(currency_digits(STR("ZZZ")), -1);
    assert_int_equal(currency_digits(STR("AAA")), -1);
    assert_int_equal(currency_digits(STR("")), -1);
    assert_int_equal(currency_digits(STR("EURO")), -1);
}

/* The code, digits and withdrawal are the last columns but one, so quoted names before them do not matter. */
static void every_currency_of_iso_4217_is_known(void **state) {
    (void)state;
    struct str lines = test_data("reference/currency-codes-all.csv"), line;
    int active = 0, withdrawn = 0;
    str_split(&lines, '\n', &line);
    while (str_split(&lines, '\n', &line)) {
        line = str_trim(line);
        struct str columns[4] = {{0}}; // from the last: withdrawal, digits, number, code
        for (int i = 0; i < 4; i++) {
            size_t comma = line.len;
            while (comma && line.ptr[comma - 1] != ',') comma--;
            columns[i] = str_slice(line, comma, line.len);
            line = str_slice(line, 0, comma ? comma - 1 : 0);
        }
        if (columns[3].len == 0 || columns[0].len) {
            withdrawn++;
            continue;
        }
        int64_t digits = -1;
        str_to_int(columns[1], &digits);
        if (currency_digits(columns[3]) != digits) fail_msg("%.*s has %d digits", STR_ARG(columns[3]), (int)digits);
        active++;
    }
    assert_true(active > 200);
    assert_true(withdrawn > 50);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(decimals_are_read_exactly_or_refused),
        TEST(decimals_are_written_with_all_their_digits),
        TEST(pages_show_grouped_digits_rounded_half_away_from_zero),
        TEST(well_known_currencies_have_their_digits),
        TEST(every_currency_of_iso_4217_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
