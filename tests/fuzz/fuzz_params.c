/* fuzz_params.c - what is taken from a query string is UTF-8 without NUL, and reads as the same again when written out. */
#include "base/utf8.h"
#include "http/http.h"
#include "http/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds) __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena *arena = arena_new((size_t)64 << 20);
    struct errors errors = {.arena = arena};
    struct str text = {(const char *)data, size};
    struct params params = {0}, again = {0};
    if (params_parse(arena, text, &params, &errors)) {
        struct buf b = buf_new(arena, size + 16);
        for (int i = 0; i < params.count; i++) {
            const struct param *p = &params.at[i];
            require(utf8_valid(p->name) && utf8_valid(p->value));
            require(str_index(p->name, 0) < 0 && str_index(p->value, 0) < 0);
            if (i) buf_char(&b, '&');
            buf_url(&b, p->name);
            buf_char(&b, '=');
            buf_url(&b, p->value);
        }
        require(params_parse(arena, buf_str(&b), &again, &errors) && again.count == params.count);
        for (int i = 0; i < params.count; i++) {
            require(str_eq(params.at[i].name, again.at[i].name) && str_eq(params.at[i].value, again.at[i].value));
        }
    } else {
        require(errors.count > 0);
    }
    if (url_is_local(text)) require(size > 0 && data[0] == '/' && (size == 1 || (data[1] != '/' && data[1] != '\\')));
    arena_free(arena);
    return 0;
}
