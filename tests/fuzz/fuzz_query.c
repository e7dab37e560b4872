/* fuzz_query.c - any bytes as a query string: what is taken is clean text, and written again it reads as the same.
 *
 *     fuzz_query -max_total_time=60 tests/fuzz/corpus/query
 */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/http.h"
#include "http/router.h"
#include "http/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

static void require_clean(struct str text) {
    require(utf8_valid(text) && str_index(text, '\0') < 0);
}

static void check_params(struct arena *arena, struct str text) {
    struct errors errors = {.arena = arena};
    struct params params = {0}, again = {0};
    if (!params_parse(arena, text, &params, &errors)) {
        require(errors_status(&errors) == 400);
        return;
    }
    require(errors.count == 0 && params.count <= 512);
    struct buf b = buf_new(arena, 256);
    for (int i = 0; i < params.count; i++) {
        require_clean(params.at[i].name);
        require_clean(params.at[i].value);
        if (i) buf_char(&b, '&');
        buf_url(&b, params.at[i].name);
        buf_char(&b, '=');
        buf_url(&b, params.at[i].value);
    }
    require(params_parse(arena, buf_str(&b), &again, &errors) && again.count == params.count);
    for (int i = 0; i < params.count; i++) {
        require(str_eq(params.at[i].name, again.at[i].name) && str_eq(params.at[i].value, again.at[i].value));
    }
}

static void check_path(struct arena *arena, struct str path) {
    static const struct route routes[] = {{.method = "GET", .pattern = "/"},
                                          {.method = "GET", .pattern = "/a/{id}"},
                                          {.method = "GET", .pattern = "/a/{name}/b"},
                                          {.method = "POST", .pattern = "/{x}/{y}/{z}"}};
    static struct router *router;
    struct router_match match;
    if (!router) {
        router = router_new();
        for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) router_put(router, &routes[i]);
    }
    if (router_find(router, STR("GET"), path, arena, &match) != ROUTER_FOUND) return;
    for (int i = 0; i < match.captures.count; i++) require_clean(match.captures.at[i].value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct arena *arena;
    if (!arena) arena = arena_new(64u << 20);
    struct str text = {(const char *)data, size};
    check_params(arena, text);
    check_path(arena, text);
    if (url_is_local(text)) require(text.ptr[0] == '/' && (size == 1 || (text.ptr[1] != '/' && text.ptr[1] != '\\')));
    arena_reset(arena);
    return 0;
}
