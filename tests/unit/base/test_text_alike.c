/* test_text_alike.c - names that may be the same. */
#include "base_test.h"

#include "base/text_alike.h"

static bool found_together(const char *x, const char *y) {
    struct str key = text_alike_key(arena, str_of(x));
    return key.len && str_eq(key, text_alike_key(arena, str_of(y))) && text_alike(arena, str_of(x), str_of(y));
}

static void slips_and_forms_of_one_name_are_found(void **state) {
    static const char *const pairs[][2] = {
        {"Müller Solar Pty Ltd", "Muller Solar"},
        {"Jon Smith", "John Smith"},
        {"Smith, John", "John Smith"},
        {"Meridian Dental", "Meridain Dental"},
        {"Catherine Brown", "Katherine Brown"},
        {"Philip Stevens", "Filip Stevens"},
        {"ACME", "Acme GmbH & Co. KG"},
        {"Lot Holdings 12", "Lot Holding 12"},
        {"Иванов Пётр", "ИВАНОВ Пётр"},
        {"The Company", "the company"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!found_together(pairs[i][0], pairs[i][1])) fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void other_names_are_not(void **state) {
    static const char *const pairs[][2] = {
        {"Unit A-101", "Unit A-102"}, {"John Smith", "Joan Smythe-Jones"}, {"Meridian Dental", "Meridian Solar"},
        {"Stage 1 of 2", "Stage 1 of 3"}, {"Al", "Al"},                    {"", ""},
        {"Anna Lee", "Noel Ian Lo"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (found_together(pairs[i][0], pairs[i][1])) fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
}

static void any_bytes_and_any_length_are_borne(void **state) {
    (void)state;
    char text[4000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 31 % 251 + 1);
    struct str all = {text, sizeof text};
    for (size_t n = 0; n < sizeof text; n += 97) text_alike(arena, str_slice(all, 0, n), str_slice(all, n / 2, sizeof text));
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 2 ? ' ' : 'x';
    assert_true(text_alike_key(arena, all).len > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(slips_and_forms_of_one_name_are_found),
        TEST(other_names_are_not),
        TEST(any_bytes_and_any_length_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
