/* test_text.c - things people type. */
#include "base_test.h"

#include <locale.h>
#include <wctype.h>

#include "base/text.h"
#include "base/utf8.h"

static void phone_numbers_become_e164(void **state) {
    (void)state;
    static const struct {
        const char *typed, *country, *number, *extension;
    } cases[] = {
        {"(02) 9374 4000", "AU", "+61293744000", ""},
        {"0412 345 678", "AU", "+61412345678", ""},
        {"412 345 678", "AU", "+61412345678", ""},
        {"61412345678", "AU", "+61412345678", ""},
        {"0011 44 20 7946 0958", "AU", "+442079460958", ""},
        {"1300 975 707", "AU", "+611300975707", ""},
        {"(415) 555-2671", "US", "+14155552671", ""},
        {"1-415-555-2671", "US", "+14155552671", ""},
        {"415.555.2671 x123", "us", "+14155552671", "123"},
        {"415/555/2671 ext. 5", "CA", "+14155552671", "5"},
        {"415 555 2671 Extension 0012", "US", "+14155552671", "0012"},
        {"415 555 2671 #7", "US", "+14155552671", "7"},
        {"tel:+1-415-555-2671;ext=12", "", "+14155552671", "12"},
        {"011 49 30 123456", "US", "+4930123456", ""},
        {"+44 (0)20 7946 0958", "US", "+442079460958", ""},
        {"(+44) 20 7946 0958", "", "+442079460958", ""},
        {"+44 020 7946 0958", "", "+442079460958", ""},
        {"020 7946 0958", "GB", "+442079460958", ""},
        {"(0)20 7946 0958", "GB", "+442079460958", ""},
        {"0044 (0) 20 7946 0958", "DE", "+442079460958", ""},
        {"030/123 456-78", "DE", "+493012345678", ""},
        {"0049 (0)30 12345678", "FR", "+493012345678", ""},
        {"01 42 68 53 00", "FR", "+33142685300", ""},
        {"06 6982 1234", "IT", "+390669821234", ""},
        {"+39 06 6982 1234", "", "+390669821234", ""},
        {"+39 (0)6 6982 1234", "", "+390669821234", ""},
        {"0039 (0)6 6982 1234", "DE", "+390669821234", ""},
        {"8 (495) 123-45-67", "RU", "+74951234567", ""},
        {"8 029 123 45 67", "BY", "+375291234567", ""},
        {"06 1 234 5678", "HU", "+3612345678", ""},
        {"612 34 56 78", "ES", "+34612345678", ""},
        {"07 12 34 56 78", "CI", "+2250712345678", ""},
        {"090-1234-5678", "JP", "+819012345678", ""},
        {"010 1 415 555 2671", "JP", "+14155552671", ""},
        {"98765 43210", "IN", "+919876543210", ""},
        {"\xE2\x80\xAA+61\xC2\xA0"
         "412\xE2\x80\x91"
         "345\xE2\x80\x93"
         "678\xE2\x80\xAC",
         "", "+61412345678", ""},                                                   // as pasted
        {"\xEF\xBC\x8B\xEF\xBC\x96\xEF\xBC\x91 412345678", "", "+61412345678", ""}, // full-width
        {"+677 74 12345", "", "+6777412345", ""},                                   // no country of the table
        {"  +61 412 345 678  ", "", "+61412345678", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text_phone phone;
        const char *why = "";
        if (!text_phone_e164(arena, str_of(cases[i].typed), str_of(cases[i].country), &phone, &why)) {
            fail_msg("\"%s\": %s", cases[i].typed, why);
        }
        if (!str_eqc(phone.number, cases[i].number) || !str_eqc(phone.extension, cases[i].extension)) {
            fail_msg("\"%s\" gave %.*s, %.*s", cases[i].typed, STR_ARG(phone.number), STR_ARG(phone.extension));
        }
        struct text_phone again;
        assert_true(text_phone_e164(arena, phone.number, STR(""), &again, NULL));
        assert_true(str_eq(again.number, phone.number));
    }
}

static void what_is_no_phone_number_is_refused_with_the_reason(void **state) {
    (void)state;
    static const struct {
        const char *typed, *country, *why;
    } cases[] = {
        {"", "AU", "Enter a phone number"},
        {"   ", "AU", "Enter a phone number"},
        {"0412 345 678", "", "Start the phone number with +"},
        {"0412 345 678", "ZZ", "Start the phone number with +"},
        {"1-800-FLOWERS", "US", "made of digits"},
        {"call me", "US", "made of digits"},
        {"415 555 2671 or 415 555 2672", "US", "made of digits"},
        {"415 555 2671, 415 555 2672", "US", "made of digits"},
        {"415 555 2671 x", "US", "made of digits"},
        {"415 555 2671 x12345678", "US", "made of digits"},
        {"+1+4155552671", "US", "made of digits"},
        {"\xFF"
         "4155552671",
         "US", "made of digits"},
        {"0412 345", "AU", "too few digits"},
        {"+61 412", "", "too few digits"},
        {"+677 12", "", "too few digits"},
        {"0412 345 678 901 2", "AU", "not a phone number"},
        {"115 555 2671", "US", "not a phone number"},
        {"415 155 2671", "US", "not a phone number"},
        {"+0 412 345 678", "", "No country code begins with 0"},
        {"+", "", "No country code begins with 0"},
        {"+677 1234567890123", "", "too many digits"},
        {"1234567890123456789012345678901234567890", "US", "too many digits"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text_phone phone = {.number = STR("untouched")};
        const char *why = "no reason";
        bool ok = text_phone_e164(arena, str_of(cases[i].typed), str_of(cases[i].country), &phone, &why);
        if (ok || !strstr(why, cases[i].why)) fail_msg("\"%s\": %s, %.*s", cases[i].typed, why, STR_ARG(phone.number));
        assert_text(phone.number, "untouched");
    }
}

typedef bool checker(struct arena *, struct str, struct str *, const char **);

struct change {
    const char *typed, *kept; // NULL where it is refused
};

static void check_changes(checker *check, const struct change *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct str out = STR("untouched");
        const char *why = NULL;
        bool ok = check(arena, str_of(cases[i].typed), &out, &why);
        if (ok != (cases[i].kept != NULL)) fail_msg("\"%s\" was %s", cases[i].typed, ok ? "taken" : why);
        if (!ok) assert_non_null(why);
        assert_text(out, ok ? cases[i].kept : "untouched");
        assert_int_equal(check(arena, str_of(cases[i].typed), &out, NULL), ok);
    }
}

static void email_addresses_are_checked_and_their_domain_lowered(void **state) {
    (void)state;
    static char long_local[80], long_label[100];
    snprintf(long_local, sizeof long_local, "%065d@example.com", 0);
    snprintf(long_label, sizeof long_label, "a@%064d.com", 0);
    const struct change cases[] = {
        {"Ana.Lopez@Example.COM", "Ana.Lopez@example.com"},
        {"  a@b.co \n", "a@b.co"},
        {"a+tag_1'x@sub.example-site.org", "a+tag_1'x@sub.example-site.org"},
        {"info@M\xC3\x9CLLER.de", "info@m\xC3\xBCller.de"},
        {"a@\xE4\xBE\x8B\xE3\x81\x88.jp", "a@\xE4\xBE\x8B\xE3\x81\x88.jp"},
        {"a@xn--mller-kva.de", "a@xn--mller-kva.de"},
        {"", NULL},
        {"a", NULL},
        {"@b.co", NULL},
        {"a@", NULL},
        {"a@b", NULL},
        {"a@b@c.co", NULL},
        {"a b@c.co", NULL},
        {"a@c .co", NULL},
        {"a@b.co, c@d.co", NULL},
        {"a@b.co\r\nBcc: x", NULL},
        {".a@b.co", NULL},
        {"a.@b.co", NULL},
        {"a..b@c.co", NULL},
        {"a@.b.co", NULL},
        {"a@b.co.", NULL},
        {"a@b..co", NULL},
        {"a@-b.co", NULL},
        {"a@b-.co", NULL},
        {"a@b_c.co", NULL},
        {"a@1.2.3.4", NULL},
        {"\"a b\"@c.co", NULL},
        {"Ana <a@b.co>", NULL},
        {"a@b\xC2\xA0.co", NULL},
        {"a@b\xE2\x80\xAE.co", NULL},
        {"a@b\xFF.co", NULL},
        {long_local, NULL},
        {long_label, NULL},
    };
    check_changes(text_email, cases, sizeof cases / sizeof *cases);
}

static void urls_are_checked_and_get_their_scheme(void **state) {
    (void)state;
    static const struct change cases[] = {
        {"example.com", "https://example.com"},
        {"Example.COM/Path?Q=1#F", "https://example.com/Path?Q=1#F"},
        {"HTTP://Example.com", "http://example.com"},
        {"https://example.com:8443/a", "https://example.com:8443/a"},
        {"example.com:8080/x", "https://example.com:8080/x"},
        {"http://intranet/wiki", "http://intranet/wiki"},
        {"http://192.168.1.10/", "http://192.168.1.10/"},
        {"http://[2001:DB8::1]:80/", "http://[2001:db8::1]:80/"},
        {"https://m\xC3\xBCller.de/\xC3\xA9", "https://m\xC3\xBCller.de/\xC3\xA9"},
        {"example.com/?next=http://x.org", "https://example.com/?next=http://x.org"},
        {"https://example.com/?mail=a@b.co", "https://example.com/?mail=a@b.co"},
        {"https://example.com?x", "https://example.com?x"},
        {"", NULL},
        {"intranet", NULL},
        {"javascript:alert(1)", NULL},
        {"javascript://example.com/%0Aalert(1)", NULL},
        {"data:text/html,x", NULL},
        {"ftp://example.com", NULL},
        {"mailto:a@b.co", NULL},
        {"//example.com", NULL},
        {"https://", NULL},
        {"https:///path", NULL},
        {"https://user:secret@example.com/", NULL},
        {"https://example.com@evil.org/", NULL},
        {"https://exa mple.com", NULL},
        {"https://example.com/a b", NULL},
        {"https://example.com/\"onclick=", NULL},
        {"https://example.com/<script>", NULL},
        {"https://example.com\\@evil.org", NULL},
        {"https://example.com:0/", NULL},
        {"https://example.com:99999/", NULL},
        {"https://example.com:+80/", NULL},
        {"https://example..com", NULL},
        {"https://0177.0.0.1/", NULL},
        {"https://256.1.1.1/", NULL},
        {"https://[::1", NULL},
        {"https://[zz::1]/", NULL},
        {"https://example.com/\xFF", NULL},
    };
    check_changes(text_url, cases, sizeof cases / sizeof *cases);
    struct str out;
    const char *why;
    assert_false(text_url(arena, STR("https://user:secret@example.com/"), &out, &why));
    assert_non_null(strstr(why, "no user name"));
}

/* What was brought to its form once is stored, shown in a form and sent back: it must stay as it is. */
static void assert_settled(bool (*check)(struct arena *, struct str, struct str *, const char **), struct str typed) {
    struct str once, again;
    const char *why;
    if (!check(arena, typed, &once, &why)) return;
    if (!check(arena, once, &again, &why)) fail_msg("'%.*s' is refused once it is stored: %s", STR_ARG(once), why);
    if (!str_eq(once, again)) fail_msg("'%.*s' becomes '%.*s'", STR_ARG(once), STR_ARG(again));
}

static void an_address_that_was_taken_is_taken_again_as_it_is(void **state) {
    (void)state;
    for (uint32_t c = 1; c < 0x3000; c++) {
        char point[4];
        struct str letter = {point, utf8_encode(c, point)};
        assert_settled(text_url, str_printf(arena, "a%.*s.example.com/%.*s", STR_ARG(letter), STR_ARG(letter)));
        assert_settled(text_email, str_printf(arena, "a%.*s@b%.*s.example.com", STR_ARG(letter), STR_ARG(letter)));
        assert_settled(text_email, str_printf(arena, "a@b%.*s.example.com", STR_ARG(letter)));
    }
    for (int bytes = 2030; bytes < 2060; bytes++)
        assert_settled(text_url, str_printf(arena, "example.com/%0*d", bytes - 12, 0));
}

/* The letters that are lowered at all agree with the library's own table. */
static void capitals_become_the_small_letters_of_unicode(void **state) {
    (void)state;
    locale_t unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    assert_true(unicode != (locale_t)0);
    size_t lowered = 0;
    for (uint32_t c = 'A'; c < 0x500; c++) {
        char point[4], host[32];
        struct str letter = {point, utf8_encode(c, point)}, url;
        const char *why;
        snprintf(host, sizeof host, "x%.*s.com", STR_ARG(letter));
        if (!text_url(arena, str_of(host), &url, &why) || str_find(url, letter) >= 0) continue;
        letter.len = utf8_encode((uint32_t)towlower_l((wint_t)c, unicode), point);
        snprintf(host, sizeof host, "https://x%.*s.com", STR_ARG(letter));
        assert_text(url, host);
        lowered++;
    }
    freelocale(unicode);
    assert_true(lowered > 150);
}

static void changed(struct str (*change)(struct arena *, struct str), const struct change *cases, size_t n) {
    for (size_t i = 0; i < n; i++) assert_text(change(arena, str_of(cases[i].typed)), cases[i].kept);
}

static void initials_are_of_the_first_and_last_word(void **state) {
    (void)state;
    static const struct change cases[] = {
        {"Ana Maria Lopez", "AL"},
        {"madonna", "M"},
        {"  \xC3\xA9mile   zola ", "\xC3\x89Z"},
        {"(Bob) \"Smith\"", "BS"},
        {"", ""},
        {"-- !", ""},
        {"3M Company", "3C"},
        {"\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD", "\xD0\x98"},
        {"A - B -", "AB"},
        {"\xE7\x8E\x8B", "\xE7\x8E\x8B"},
    };
    changed(text_initials, cases, sizeof cases / sizeof *cases);
}

static void words_of_programs_become_words_of_people(void **state) {
    (void)state;
    static const struct change cases[] = {
        {"in_progress", "In progress"},
        {"new", "New"},
        {"", ""},
        {"follow-up_due", "Follow-up due"},
        {"\xC3\xA9t\xC3\xA9", "\xC3\x89t\xC3\xA9"},
        {"API", "API"},
        {"ssl_tls", "SSL TLS"},
        {"web_api", "Web API"},
    };
    changed(text_humanize, cases, sizeof cases / sizeof *cases);
}

static void slugs_are_letters_digits_and_single_hyphens(void **state) {
    (void)state;
    static const struct change cases[] = {
        {"Bob's Cafe, 2nd", "bobs-cafe-2nd"},
        {"  --A  &  B!  ", "a-b"},
        {"Cr\xC3\xA8me Br\xC3\xBBl\xC3\xA9"
         "e",
         "creme-brulee"},
        {"Stra\xC3\x9F"
         "e 5",
         "strasse-5"},
        {"\xE7\x8E\x8B", ""},
        {"Bob\xE2\x80\x99s", "bobs"},
    };
    changed(text_slug, cases, sizeof cases / sizeof *cases);
}

static void folding_makes_spellings_equal(void **state) {
    (void)state;
    static const struct change cases[] = {
        {"M\xC3\xBCller", "muller"},
        {"MU\xCC\x88LLER", "muller"}, // decomposed
        {"\xC5\x81\xC3\xB3"
         "d\xC5\xBA",
         "lodz"},
        {"\xC3\x86r\xC3\xB8sk\xC3\xB8"
         "bing",
         "aeroskobing"},
        {"\xC3\x9F\xE1\xBA\x9E", "ssss"},
        {"\xC3\x9Eor", "thor"},
        {"Nguy\xE1\xBB\x85n \xC4\x90\xE1\xBB\xA9"
         "c",
         "nguyen duc"},
        {"\xC4\xB0stanbul \xC4\xB1", "istanbul i"},
        {"\xC5\xB8\xC3\xBF\xC5\xBD\xC5\xBE", "yyzz"},
        {"\xD0\x98\xD0\x92\xD0\x90\xD0\x9D \xD0\x81", "\xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD \xD1\x91"},
        {"\xCE\x91\xCE\xA9", "\xCE\xB1\xCF\x89"},
        {"\xC3\x97\xC3\xB7 \xE7\x8E\x8B \xF0\x9F\x98\x80 [A@", "\xC3\x97\xC3\xB7 \xE7\x8E\x8B \xF0\x9F\x98\x80 [a@"},
        {"", ""},
    };
    changed(text_fold, cases, sizeof cases / sizeof *cases);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str once = text_fold(arena, str_of(cases[i].typed));
        assert_true(str_eq(text_fold(arena, once), once));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(phone_numbers_become_e164),
        TEST(what_is_no_phone_number_is_refused_with_the_reason),
        TEST(email_addresses_are_checked_and_their_domain_lowered),
        TEST(urls_are_checked_and_get_their_scheme),
        TEST(an_address_that_was_taken_is_taken_again_as_it_is),
        TEST(capitals_become_the_small_letters_of_unicode),
        TEST(initials_are_of_the_first_and_last_word),
        TEST(words_of_programs_become_words_of_people),
        TEST(slugs_are_letters_digits_and_single_hyphens),
        TEST(folding_makes_spellings_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
