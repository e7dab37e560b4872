/* test_kind_contact.c - e-mail addresses, phone numbers and web addresses. */
#include "kind_test.h"

static void an_email_has_its_domain_in_lower_case(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_EMAIL);
    CASES(f, &env, {"Ana.Lopez@Example.COM", "\"Ana.Lopez@example.com\"", "Ana.Lopez@example.com", "Ana.Lopez@example.com"},
          {" a+b@x.io ", "\"a+b@x.io\""});
    REFUSES(f, &env, "ana", "not_an_email", "ana@", "not_an_email", "@x.io", "not_an_email", "a b@x.io", "not_an_email",
            "a@b@x.io", "not_an_email", "a@x.io\r\nBcc: b@y.io", "not_an_email", "<a@x.io>", "not_an_email");
    REFUSES_JSON(f, &env, "1", "wrong_type", "[]", "wrong_type");
    assert_text(test_schema(f), "\"type\":\"string\",\"format\":\"email\",\"maxLength\":254");
}

static void a_phone_number_is_e164_with_its_extension(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_PHONE);
    CASES(f, &env, {"0491 570 156", "\"+61491570156\"", "+61491570156", "+61 491 570 156"},
          {"(02) 9374 4000 ext. 12", "\"+61293744000;ext=12\"", "+61293744000;ext=12", "+61 2 9374 4000 ext. 12"},
          {"+1 650 253 0000", "\"+16502530000\"", NULL, "+1 650 253 0000"},
          {"+44 20 7031 3000", "\"+442070313000\"", NULL, "+44 207 031 3000"}, {"+6563375600", NULL, NULL, "+65 6337 5600"},
          {"+64 3 331 6005", NULL, NULL, "+64 3331 6005"}, {"+61491570156;ext=123", "\"+61491570156;ext=123\""});
    REFUSES(f, &env, "12", "not_a_phone", "call me", "not_a_phone", "+61 4", "not_a_phone", "1234567890123456789", "not_a_phone");
    env.country = STR("US");
    CASES(f, &env, {"(650) 253-0000", "\"+16502530000\""});
    env.country = STR("");
    REFUSES(f, &env, "0491 570 156", "not_a_phone");
}

static void every_length_of_number_is_grouped(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_PHONE);
    static const struct {
        const char *stored, *shown;
    } cases[] = {
        {"+35312345", "+353 12345"},
        {"+353123456", "+353 123 456"},
        {"+3531234567", "+353 123 4567"},
        {"+35312345678", "+353 1234 5678"},
        {"+353123456789", "+353 123 456 789"},
        {"+3531234567890", "+353 123 456 7890"},
        {"+35312345678901", "+353 123 4567 8901"},
        {"+353123456789012", "+353 123 456 789 012"},
        {"+3531234", "+353 1234"},
        {"+12", "+12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_text(test_written(kind_to_display, f, &env, value_text(str_of(cases[i].stored))), cases[i].shown);
    }
}

static void a_url_is_http_or_https(void **state) {
    (void)state;
    struct kind_env env = test_env();
    const struct field *f = FIELD(F_URL);
    CASES(f, &env, {"HTTPS://Example.com/Path?q=1", "\"https://example.com/Path?q=1\""},
          {"example.com/x", "\"https://example.com/x\""});
    REFUSES(f, &env, "javascript:alert(1)", "not_a_url", "data:text/html,x", "not_a_url", "ftp://x.io", "not_a_url", "https://",
            "not_a_url", "https://a b.io", "not_a_url", "https://user@x.io", "not_a_url");
    assert_text(test_schema(f), "\"type\":\"string\",\"format\":\"uri\",\"maxLength\":2048");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_email_has_its_domain_in_lower_case),
        TEST(a_phone_number_is_e164_with_its_extension),
        TEST(every_length_of_number_is_grouped),
        TEST(a_url_is_http_or_https),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
