/* test_kind_number.c - whole numbers, decimals, percentages and money. */
#include "kind_test.h"

static void whole_numbers_are_json_numbers(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_INT(0, 0));
    CASES(f, &env, {"42", "42", "42", "42"}, {"-7", "-7", "-7", "-7"}, {" 5 ", "5", "5", "5"},
          {"1,234,567", "1234567", "1234567"}, {"5.00", "5"}, {"2026", "2026", "2026", "2026"},
          {"9007199254740991", "9007199254740991"});
    assert_int_equal(test_from_json(f, &env, "80").integer, 80);
    assert_int_equal(test_from_json(f, &env, "80.0").integer, 80);
    assert_int_equal(test_from_json(f, &env, "1.5e3").integer, 1500);
    REFUSES(f, &env, "x", "not_a_number", "1.5", "too_precise", "1e3", "not_a_number", "1,23", "not_a_number", "12,34,567",
            "not_a_number", ",123", "not_a_number", "1234,567", "not_a_number", "1,234,", "not_a_number", "9007199254740992",
            "too_large", "99999999999999999999", "too_large", "-9007199254740992", "too_small", "٣", "not_a_number");
    REFUSES_JSON(f, &env, "\"80\"", "wrong_type", "true", "wrong_type", "1.5", "too_precise", "1e300", "not_a_number", "[1]",
                 "wrong_type");
}

static void limits_are_told_with_the_number(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *score = FIELD(F_INT(0, 100));
    test_parse(score, &env, "0");
    test_parse(score, &env, "100");
    assert_text(test_refusal(score, &env, "101")->message, "Enter 100 or less.");
    assert_text(test_refusal(score, &env, "-1")->message, "Enter 0 or more.");
    assert_text(test_schema(score), "\"type\":\"integer\",\"format\":\"int64\",\"minimum\":0,\"maximum\":100");
    const struct field *positive = FIELD(F_INT(1, 0));
    test_parse(positive, &env, "5000000");
    REFUSES(positive, &env, "0", "too_small");
    const struct field *below = FIELD(F_INT(-10, 0));
    test_parse(below, &env, "0");
    REFUSES(below, &env, "1", "too_large", "-11", "too_small");
}

static void decimals_are_exact_strings_of_their_scale(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_DECIMAL(2)), *fine = FIELD(F_DECIMAL(6)), *whole = FIELD(F_DECIMAL(0));
    CASES(f, &env, {"12.5", "\"12.50\"", "12.50", "12.5"}, {"-0.01", "\"-0.01\"", "-0.01", "-0.01"},
          {"1234567", "\"1234567.00\"", "1234567.00", "1,234,567"}, {"1,234.5", "\"1234.50\""}, {"1,234", "\"1234.00\""},
          {"0", "\"0.00\"", "0.00", "0"});
    CASES(fine, &env, {"0.000001", "\"0.000001\"", "0.000001", "0.000001"});
    CASES(whole, &env, {"12", "\"12\"", "12", "12"}, {"12.0", "\"12\""});
    assert_int_equal(test_from_json(f, &env, "12.5").integer, 1250);
    assert_int_equal(test_from_json(f, &env, "\"12.5\"").integer, 1250);
    assert_int_equal(test_from_json(f, &env, "0.1").integer, 10);
    assert_int_equal(test_from_json(fine, &env, "0.00001").integer, 10);
    assert_int_equal(test_from_json(fine, &env, "-1.5e-5").integer, -15);
    assert_int_equal(test_from_json(f, &env, "1e15").integer, INT64_C(100000000000000000));
    REFUSES(f, &env, "12.505", "too_precise", "1.234,50", "not_a_number", "abc", "not_a_number", "92233720368547758.08",
            "too_large");
    // With three decimals or more, one comma could be a decimal comma.
    REFUSES(fine, &env, "1,234", "not_a_number");
    CASES(fine, &env, {"1,234.0", "\"1234.000000\""}, {"1,234,567", "\"1234567.000000\""});
    REFUSES_JSON(f, &env, "12.505", "too_precise", "true", "wrong_type", "1e30", "too_large");
    assert_true(str_has(test_schema(f), "{1,2}"));
}

static void percentages_have_two_decimals(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_PERCENT);
    CASES(f, &env, {"12.5", "\"12.50\"", "12.50", "12.5%"}, {"12.5%", "\"12.50\""}, {"10 %", "\"10.00\"", "10.00", "10%"},
          {"-3", "\"-3.00\"", "-3.00", "-3%"});
    assert_int_equal(test_from_json(f, &env, "\"12.50\"").integer, 1250);
    assert_int_equal(test_from_json(f, &env, "12.5").integer, 1250);
    REFUSES(f, &env, "%", "not_a_number", "12.345", "too_precise", "1%2", "not_a_number", "5%%", "not_a_number");
    const struct error *error = test_refusal(FIELD(F_PERCENT, .min = 0, .max = 10000), &env, "101");
    assert_text(error->message, "Enter 100% or less.");
}

static void money_has_the_digits_of_its_currency(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_MONEY);
    CASES(f, &env, {"1234.5", "\"1234.50\"", "1234.50", "$1,234.50"}, {"-5", "\"-5.00\"", "-5.00", "-$5.00"},
          {"0", "\"0.00\"", "0.00", "$0.00"});
    REFUSES(f, &env, "1.005", "too_precise");
    env.currency = STR("JPY");
    CASES(f, &env, {"1234", "\"1234\"", "1234", "¥1,234"}, {"1,234", "\"1234\""});
    REFUSES(f, &env, "12.5", "too_precise");
    env.currency = STR("KWD");
    CASES(f, &env, {"1.234", "\"1.234\"", "1.234", "KWD 1.234"});
    REFUSES(f, &env, "1,234", "not_a_number", "1.2345", "too_precise");
    env.currency = STR("CHF");
    CASES(f, &env, {"1234.5", "\"1234.50\"", "1234.50", "CHF 1,234.50"}, {"-2", "\"-2.00\"", "-2.00", "CHF -2.00"});
    env.currency = STR("EUR");
    CASES(f, &env, {"7", "\"7.00\"", "7.00", "€7.00"});
    env.currency = STR("GBP");
    CASES(f, &env, {"7", "\"7.00\"", "7.00", "£7.00"});
    env.currency = STR("");
    CASES(f, &env, {"7", "\"7.00\"", "7.00", "7.00"});
}

static void money_is_taken_as_people_write_it_where_that_is_clear(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_MONEY);
    CASES(f, &env, {"$1,234.50", "\"1234.50\""}, {"1,234.50", "\"1234.50\""}, {"$ 12", "\"12.00\""}, {"-$5.25", "\"-5.25\""},
          {"$-5.25", "\"-5.25\""}, {"AUD 12.50", "\"12.50\""}, {"12.50 AUD", "\"12.50\""}, {"1,234,567.89", "\"1234567.89\""},
          {"+3", "\"3.00\""});
    REFUSES(f, &env, "€5", "wrong_currency", "5 €", "wrong_currency", "USD 5", "wrong_currency", "5 USD", "wrong_currency",
            "1.234,50", "not_a_number", "1,2", "not_a_number", "12,34", "not_a_number", "$", "not_a_number", "-", "not_a_number",
            "--5", "not_a_number", "-$-5", "not_a_number", "$$5", "not_a_number", "five", "not_a_number", "1 234", "not_a_number",
            "$1,234.5.0", "not_a_number", "99999999999999999999", "too_large", "AUD", "not_a_number");
    assert_int_equal(test_from_json(f, &env, "\"12.50\"").integer, 1250);
    assert_int_equal(test_from_json(f, &env, "12.5").integer, 1250);
    assert_int_equal(test_from_json(f, &env, "0.29").integer, 29);
    assert_int_equal(test_from_json(f, &env, "1e2").integer, 10000);
    REFUSES_JSON(f, &env, "0.295", "too_precise", "true", "wrong_type", "{}", "wrong_type");
}

static void money_may_be_negative_unless_its_minimum_says_otherwise(void **state) {
    (void)state;
    struct kind_env env = test_env();
    test_parse(FIELD(F_MONEY), &env, "-1");
    const struct error *error = test_refusal(FIELD(F_MONEY, .min = 0, .max = 100000), &env, "-0.01");
    assert_text(error->message, "Enter $0.00 or more.");
    error = test_refusal(FIELD(F_MONEY, .min = 100), &env, "0.99");
    assert_text(error->message, "Enter $1.00 or more.");
}

static void the_ends_of_the_range_survive(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_MONEY);
    CASES(f, &env, {"92233720368547758.07", "\"92233720368547758.07\"", "92233720368547758.07", "$92,233,720,368,547,758.07"},
          {"-92233720368547758.08", "\"-92233720368547758.08\"", NULL, "-$92,233,720,368,547,758.08"});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(whole_numbers_are_json_numbers),
        TEST(limits_are_told_with_the_number),
        TEST(decimals_are_exact_strings_of_their_scale),
        TEST(percentages_have_two_decimals),
        TEST(money_has_the_digits_of_its_currency),
        TEST(money_is_taken_as_people_write_it_where_that_is_clear),
        TEST(money_may_be_negative_unless_its_minimum_says_otherwise),
        TEST(the_ends_of_the_range_survive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
