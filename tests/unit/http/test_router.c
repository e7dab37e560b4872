/* test_router.c - which route answers a path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "http/router.h"

static struct arena *arena;
static struct router *router;
static struct router_match match;

static const struct route routes[] = {
    {.method = "GET", .pattern = "/"},
    {.method = "GET", .pattern = "/leads"},
    {.method = "POST", .pattern = "/leads"},
    {.method = "GET", .pattern = "/leads/{id}"},
    {.method = "PATCH", .pattern = "/leads/{id}"},
    {.method = "GET", .pattern = "/leads/export"},
    {.method = "GET", .pattern = "/leads/{view}"},
    {.method = "POST", .pattern = "/leads/{id}/convert"},
    {.method = "POST", .pattern = "/{entity}/{id}/undo"},
    {.method = "GET", .pattern = "/files/{id}/versions/{name}"},
};

static int open_router(void **state) {
    (void)state;
    arena = arena_new(1u << 20);
    router = router_new();
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_put(router, &routes[i]);
    return 0;
}

static int close_router(void **state) {
    (void)state;
    router_free(router);
    arena_free(arena);
    return 0;
}

static enum router_result find(const char *method, const char *path) {
    return router_find(router, str_of(method), str_of(path), arena, &match);
}

/* The pattern that answers; empty where none does. */
static const char *found(const char *method, const char *path) {
    return find(method, path) == ROUTER_FOUND ? match.route->pattern : "";
}

static void words_win_over_numbers_and_numbers_over_any(void **state) {
    (void)state;
    assert_string_equal(found("GET", "/leads/export"), "/leads/export");
    assert_string_equal(found("GET", "/leads/17"), "/leads/{id}");
    assert_int_equal(match.id, 17);
    assert_string_equal(found("GET", "/leads/board"), "/leads/{view}");
    assert_true(str_eqc(params_get(&match.captures, STR("view")), "board"));
}

static void a_dead_end_is_left_for_a_wider_way(void **state) {
    (void)state;
    assert_string_equal(found("POST", "/leads/17/convert"), "/leads/{id}/convert");
    assert_string_equal(found("POST", "/leads/17/undo"), "/{entity}/{id}/undo");
    assert_true(str_eqc(params_get(&match.captures, STR("entity")), "leads"));
    assert_int_equal(match.id, 17);
}

static void a_number_is_positive_and_exact_in_json(void **state) {
    (void)state;
    assert_string_equal(found("GET", "/leads/9007199254740991"), "/leads/{id}");
    static const char *const others[] = {"9007199254740992", "0", "007", "-1", "+1", "1.0", "99999999999999999999", "%31"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char path[64];
        snprintf(path, sizeof path, "/leads/%s", others[i]);
        assert_string_equal(found("GET", path), "/leads/{view}");
    }
}

static void another_method_tells_which_there_are(void **state) {
    (void)state;
    assert_int_equal(find("DELETE", "/leads"), ROUTER_NO_METHOD);
    assert_true(str_eqc(router_allow(arena, match.allowed), "GET, HEAD, POST"));
    assert_int_equal(find("BREW", "/leads/3"), ROUTER_NO_METHOD);
    assert_true(str_eqc(router_allow(arena, match.allowed), "GET, HEAD, PATCH"));
    assert_int_equal(find("DELETE", "/nothing"), ROUTER_NO_PATH);
}

static void head_is_answered_by_get(void **state) {
    (void)state;
    assert_string_equal(found("HEAD", "/leads"), "/leads");
    assert_string_equal(match.route->method, "GET");
    assert_int_equal(find("HEAD", "/leads/3/convert"), ROUTER_NO_METHOD);
}

static void slashes_are_neither_added_nor_dropped(void **state) {
    (void)state;
    assert_string_equal(found("GET", "/"), "/");
    static const char *const paths[] = {"", "leads", "/leads/", "//leads", "/leads//", "//", "/leads/../leads/x/y/z", "*"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) assert_int_equal(find("GET", paths[i]), ROUTER_NO_PATH);
}

static void captures_are_decoded_and_must_be_text(void **state) {
    (void)state;
    assert_string_equal(found("GET", "/files/4/versions/a%20b%2Fc%C3%A9"), "/files/{id}/versions/{name}");
    assert_true(str_eqc(params_get(&match.captures, STR("name")), "a b/c\xC3\xA9"));
    static const char *const malformed[] = {"%zz", "%2", "%", "%00", "%ff", "%C3"};
    for (size_t i = 0; i < sizeof malformed / sizeof *malformed; i++) {
        char path[64];
        snprintf(path, sizeof path, "/files/4/versions/%s", malformed[i]);
        assert_int_equal(find("GET", path), ROUTER_BAD_PATH);
    }
}

static void a_path_of_too_many_segments_is_nowhere(void **state) {
    (void)state;
    char path[200] = "";
    for (size_t i = 0; i < 80; i++) memcpy(path + 2 * i, "/a", 3);
    assert_int_equal(find("GET", path), ROUTER_NO_PATH);
}

static void every_route_has_an_index_of_its_own(void **state) {
    (void)state;
    assert_int_equal(router_count(router), sizeof routes / sizeof *routes);
    for (int i = 0; i < router_count(router); i++) assert_ptr_equal(router_at(router, i), &routes[i]);
    find("POST", "/leads");
    assert_ptr_equal(router_at(router, match.index), match.route);
}

int main(void) {
#define TEST(function) cmocka_unit_test_setup_teardown(function, open_router, close_router)
    const struct CMUnitTest tests[] = {
        TEST(words_win_over_numbers_and_numbers_over_any),
        TEST(a_dead_end_is_left_for_a_wider_way),
        TEST(a_number_is_positive_and_exact_in_json),
        TEST(another_method_tells_which_there_are),
        TEST(head_is_answered_by_get),
        TEST(slashes_are_neither_added_nor_dropped),
        TEST(captures_are_decoded_and_must_be_text),
        TEST(a_path_of_too_many_segments_is_nowhere),
        TEST(every_route_has_an_index_of_its_own),
    };
    return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
