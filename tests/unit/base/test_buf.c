/* test_buf.c - a growing text and the escapers. */
#include "base_test.h"

static struct str written(void (*writer)(struct buf *, struct str), struct str s) {
    struct buf b = buf_new(arena, 0);
    writer(&b, s);
    return buf_str(&b);
}

static void a_buffer_grows_from_nothing(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 0);
    assert_text(buf_str(&b), "");
    for (int i = 0; i < 100000; i++) buf_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.len, 100000);
    for (int i = 0; i < 100000; i++) assert_int_equal(b.ptr[i], 'a' + i % 26);
    struct buf words = buf_new(arena, 4);
    buf_lit(&words, "one");
    buf_cstr(&words, " two");
    buf_cstr(&words, NULL);
    buf_add(&words, (struct str){NULL, 0});
    buf_printf(&words, " %d %s", 3, "four");
    assert_text(buf_str(&words), "one two 3 four");
}

static void formatted_text_of_any_length_fits(void **state) {
    (void)state;
    for (int width = 120; width < 140; width++) {
        struct buf b = buf_new(arena, 0);
        buf_printf(&b, "%*d", width, 5);
        assert_int_equal(b.len, width);
        assert_int_equal(b.ptr[width - 1], '5');
    }
}

static void integers_are_written_exactly(void **state) {
    (void)state;
    static const int64_t numbers[] = {0,    1,     9,          10,        11, 99,  100,  101,      999,
                                      1000, 12345, 1000000007, INT64_MAX, -1, -10, -100, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct buf b = buf_new(arena, 0);
        buf_int(&b, numbers[i]);
        assert_text(buf_str(&b), str_printf(arena, "%lld", (long long)numbers[i]).ptr);
    }
}

static void json_escapes_what_it_must_and_what_a_page_minds(void **state) {
    (void)state;
    assert_text(written(buf_json, STR("")), "\"\"");
    assert_text(written(buf_json, STR("plain caf\xC3\xA9 \x7F")), "\"plain caf\xC3\xA9 \x7F\"");
    assert_text(written(buf_json, STR("\"\\/\b\f\n\r\t")), "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
    assert_text(written(buf_json, STR("\0\x01\x1F")), "\"\\u0000\\u0001\\u001f\"");
    assert_text(written(buf_json, STR("</script>&")), "\"\\u003c/script\\u003e\\u0026\"");
}

static void html_escapes_for_content_and_attributes(void **state) {
    (void)state;
    assert_text(written(buf_html, STR("<b a=\"1\" c='2'>&amp;")), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
    assert_text(written(buf_html, STR("")), "");
}

/* The bytes that one by one come out changed must be the same ones at every place of texts of every length. */
static void check_every_place(void (*writer)(struct buf *, struct str), size_t around) {
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        struct str alone = written(writer, (struct str){&byte, 1});
        struct str inner = str_slice(alone, around, alone.len - around);
        for (size_t size = 1; size <= 35; size += size > 17 ? 6 : 1) {
            for (size_t place = 0; place < size; place++) {
                char text[40];
                memset(text, 'x', sizeof text);
                text[place] = byte;
                struct str whole = written(writer, (struct str){text, size});
                assert_int_equal(whole.len, size - 1 + alone.len);
                assert_true(str_eq(str_slice(whole, around + place, around + place + inner.len), inner));
            }
        }
        arena_reset(arena);
    }
}

static void escaping_is_the_same_at_every_place(void **state) {
    (void)state;
    check_every_place(buf_json, 1);
    check_every_place(buf_html, 0);
    check_every_place(buf_url, 0);
}

static void url_parts_keep_only_unreserved_bytes(void **state) {
    (void)state;
    assert_text(written(buf_url, STR("aZ09-._~")), "aZ09-._~");
    assert_text(written(buf_url, STR("a b/?&=+%\xC3\xA9")), "a%20b%2F%3F%26%3D%2B%25%C3%A9");
    assert_text(written(buf_url, STR("[`{@")), "%5B%60%7B%40");
}

static void csv_quotes_where_it_must(void **state) {
    (void)state;
    assert_text(written(buf_csv, STR("plain text")), "plain text");
    assert_text(written(buf_csv, STR("a,b")), "\"a,b\"");
    assert_text(written(buf_csv, STR("say \"hi\"")), "\"say \"\"hi\"\"\"");
    assert_text(written(buf_csv, STR("\"")), "\"\"\"\"");
    assert_text(written(buf_csv, STR("a\nb")), "\"a\nb\"");
    assert_text(written(buf_csv, STR("a\rb")), "\"a\rb\"");
    assert_text(written(buf_csv, STR("")), "");
}

static void base64url_is_that_of_the_rfc(void **state) {
    (void)state;
    static const char *const pairs[][2] = {{"", ""},           {"f", "Zg"},          {"fo", "Zm8"},          {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF", "-_8"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_text(written(buf_base64url, str_of(pairs[i][0])), pairs[i][1]);
        struct buf back = buf_new(arena, 0);
        assert_true(buf_unbase64url(&back, str_of(pairs[i][1])));
        assert_text(buf_str(&back), pairs[i][0]);
    }
}

static void base64url_that_has_a_second_spelling_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"Z", "Zg==", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zm9vYmF="};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct buf b = buf_new(arena, 0);
        buf_lit(&b, "before");
        if (buf_unbase64url(&b, str_of(bad[i]))) fail_msg("\"%s\" was taken", bad[i]);
        assert_text(buf_str(&b), "before");
    }
}

static void hex_is_lower_case(void **state) {
    (void)state;
    assert_text(written(buf_hex, STR("\x00\x0F\xA0\xFF")), "000fa0ff");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_buffer_grows_from_nothing),
        TEST(formatted_text_of_any_length_fits),
        TEST(integers_are_written_exactly),
        TEST(json_escapes_what_it_must_and_what_a_page_minds),
        TEST(html_escapes_for_content_and_attributes),
        TEST(escaping_is_the_same_at_every_place),
        TEST(url_parts_keep_only_unreserved_bytes),
        TEST(csv_quotes_where_it_must),
        TEST(base64url_is_that_of_the_rfc),
        TEST(base64url_that_has_a_second_spelling_is_refused),
        TEST(hex_is_lower_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
