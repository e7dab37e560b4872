/* test_html.c - each place of a page has its escaper. */
#include "base_test.h"

#include "base/html.h"

#define NAUGHTY "\"'<script>&"

static struct buf fresh(void) {
    return buf_new(arena, 64);
}

static void text_and_attributes_are_escaped_alike(void **state) {
    (void)state;
    struct buf b = fresh();
    html_text(&b, STR(NAUGHTY));
    buf_char(&b, '|');
    html_attr(&b, NAUGHTY);
    assert_text(buf_str(&b), "&quot;&#39;&lt;script&gt;&amp;|&quot;&#39;&lt;script&gt;&amp;");
}

static void every_integer_type_is_written_exactly(void **state) {
    (void)state;
    struct buf b = fresh();
    html_text(&b, INT64_MIN);
    buf_char(&b, ' ');
    html_text(&b, (size_t)SIZE_MAX);
    buf_char(&b, ' ');
    html_attr(&b, 0u);
    buf_char(&b, ' ');
    html_style(&b, -7);
    buf_char(&b, ' ');
    html_json(&b, (bool)1);
    assert_text(buf_str(&b), "-9223372036854775808 18446744073709551615 0 -7 true");
}

static void a_missing_c_string_is_empty(void **state) {
    (void)state;
    struct buf b = fresh();
    html_text(&b, (const char *)NULL);
    html_url(&b, (const char *)NULL);
    html_url_part(&b, (const char *)NULL);
    assert_text(buf_str(&b), "");
}

static void a_url_keeps_its_scheme_only_where_it_is_harmless(void **state) {
    (void)state;
    static const char *const kept[] = {
        "https://a.example/b?c=d:e", "mailto:a@b.example", "TEL:1", "/x:y", "?a:b", "#a:b", "x/y:z", ""};
    static const char *const dropped[] = {"javascript:alert(1)",
                                          "JAVASCRIPT:x",
                                          " javascript:x",
                                          "java\nscript:x",
                                          "\x01javascript:x",
                                          "data:text/html,x",
                                          "vbscript:x",
                                          "blob:x",
                                          ":x",
                                          "httpsx:y",
                                          "file:///etc/passwd"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        struct buf b = fresh();
        html_url(&b, kept[i]);
        assert_text(buf_str(&b), kept[i]);
    }
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++) {
        struct buf b = fresh();
        html_url(&b, str_of(dropped[i]));
        assert_text(buf_str(&b), "#");
    }
}

static void parts_of_a_url_are_encoded_unless_they_are_already(void **state) {
    (void)state;
    struct buf b = fresh();
    html_url_part(&b, "a/b?c&d=\"e");
    buf_char(&b, '|');
    html_url_part(&b, html_url_safe(STR("a%2Fb&c")));
    assert_text(buf_str(&b), "a%2Fb%3Fc%26d%3D%22e|a%2Fb&amp;c");
}

static void json_ends_neither_a_script_nor_an_attribute(void **state) {
    (void)state;
    struct buf b = fresh();
    html_json(&b, "</script><!--");
    assert_int_equal(str_find(buf_str(&b), STR("<")), -1);
    struct buf attribute = fresh();
    html_json_attr(&attribute, STR("\"'"));
    assert_text(buf_str(&attribute), "&quot;\\&quot;&#39;&quot;");
}

static void html_that_is_vouched_for_stands_as_it_is(void **state) {
    (void)state;
    struct buf b = fresh();
    html_text(&b, html_safe(STR("<b>x</b>")));
    assert_text(buf_str(&b), "<b>x</b>");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(text_and_attributes_are_escaped_alike),
        TEST(every_integer_type_is_written_exactly),
        TEST(a_missing_c_string_is_empty),
        TEST(a_url_keeps_its_scheme_only_where_it_is_harmless),
        TEST(parts_of_a_url_are_encoded_unless_they_are_already),
        TEST(json_ends_neither_a_script_nor_an_attribute),
        TEST(html_that_is_vouched_for_stands_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
