/* test_url.c - query strings and forms, read strictly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "http/http.h"
#include "http/url.h"

static struct arena *arena;
static struct errors errors;
static struct params params;

static int open_arena(void **state) {
    (void)state;
    arena = arena_new(4u << 20);
    errors = (struct errors){.arena = arena};
    params = (struct params){0};
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

static bool parse(struct str text) {
    params = (struct params){0};
    errors_clear(&errors);
    return params_parse(arena, text, &params, &errors);
}

static void names_and_values_are_decoded_in_order(void **state) {
    (void)state;
    assert_true(parse(STR("filter%5Bname%5D=a+b&x=%C3%A9%26&x=2&empty=&bare&&=v")));
    assert_int_equal(params.count, 6);
    assert_true(str_eqc(params.at[0].name, "filter[name]"));
    assert_true(str_eqc(params.at[0].value, "a b"));
    assert_true(str_eqc(params_get(&params, STR("x")), "\xC3\xA9&"));
    assert_true(str_eqc(params.at[2].value, "2"));
    assert_true(str_eqc(params.at[4].name, "bare"));
    assert_true(str_eqc(params.at[5].value, "v"));
    assert_int_equal(params_get(&params, STR("absent")).len, 0);
}

static void what_is_not_properly_encoded_is_refused(void **state) {
    (void)state;
    static const struct str malformed[] = {STR_INIT("a=%"),   STR_INIT("a=%1"),     STR_INIT("a=%g1"),      STR_INIT("%zz=1"),
                                           STR_INIT("a=%00"), STR_INIT("a=%ff"),    STR_INIT("a=%C3"),      STR_INIT("a=\xFF"),
                                           STR_INIT("a\0=1"), STR_INIT("a=%u0041"), STR_INIT("a=%ED%A0%80")};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        assert_false(parse(malformed[i]));
        assert_int_equal(errors_status(&errors), 400);
    }
}

static void more_than_512_parameters_are_refused(void **state) {
    (void)state;
    struct buf b = buf_new(arena, 4096);
    for (int i = 0; i < 512; i++) buf_lit(&b, "a=1&");
    assert_true(parse(buf_str(&b)));
    assert_int_equal(params.count, 512);
    buf_lit(&b, "b=2");
    assert_false(parse(buf_str(&b)));
    assert_string_equal(errors.first->code, "too_many_parameters");
}

static void a_plus_is_a_space_in_forms_only(void **state) {
    (void)state;
    struct str out;
    assert_true(url_decode(arena, STR("a+b%2Bc"), true, &out));
    assert_true(str_eqc(out, "a b+c"));
    assert_true(url_decode(arena, STR("a+b%2Bc"), false, &out));
    assert_true(str_eqc(out, "a+b+c"));
}

static void only_paths_of_this_server_are_local(void **state) {
    (void)state;
    assert_true(url_is_local(STR("/leads?status=new")));
    assert_true(url_is_local(STR("/")));
    static const struct str foreign[] = {STR_INIT(""),
                                         STR_INIT("leads"),
                                         STR_INIT("//evil.example"),
                                         STR_INIT("/\\evil"),
                                         STR_INIT("http://evil"),
                                         STR_INIT("javascript:alert(1)"),
                                         STR_INIT("/a\r\nSet-Cookie: x"),
                                         STR_INIT("/a b"),
                                         STR_INIT("\t//evil.example")};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) assert_false(url_is_local(foreign[i]));
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_arena, close_arena)
    const struct CMUnitTest tests[] = {
        TEST(names_and_values_are_decoded_in_order), TEST(what_is_not_properly_encoded_is_refused),
        TEST(more_than_512_parameters_are_refused),  TEST(a_plus_is_a_space_in_forms_only),
        TEST(only_paths_of_this_server_are_local),
    };
    return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
