/* url.c - percent escapes, query strings and forms; see url.h and params_parse in http.h. */
#include "http/url.h"

#include "base/utf8.h"
#include "http/http.h"

#define MAX_PARAMS 512

static int url_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool url_decode(struct arena *arena, struct str text, bool form, struct str *out) {
    bool plain = true;
    for (size_t i = 0; i < text.len && plain; i++) plain = text.ptr[i] != '%' && !(form && text.ptr[i] == '+');
    *out = text;
    if (!plain) {
        char *to = arena_raw(arena, text.len + 1);
        size_t n = 0;
        for (size_t i = 0; i < text.len; i++) {
            char c = text.ptr[i];
            if (c == '%') {
                if (text.len - i < 3) return false;
                int high = url_digit(text.ptr[i + 1]), low = url_digit(text.ptr[i + 2]);
                if (high < 0 || low < 0) return false;
                c = (char)(high * 16 + low);
                i += 2;
            } else if (form && c == '+') {
                c = ' ';
            }
            to[n++] = c;
        }
        to[n] = '\0';
        *out = (struct str){to, n};
    }
    return out->len == 0 || (!memchr(out->ptr, '\0', out->len) && utf8_valid(*out));
}

bool url_is_local(struct str url) {
    if (url.len == 0 || url.ptr[0] != '/') return false;
    /* "//host" and "/\host" are taken by browsers for another host */
    if (url.len > 1 && (url.ptr[1] == '/' || url.ptr[1] == '\\')) return false;
    for (size_t i = 0; i < url.len; i++) {
        if ((unsigned char)url.ptr[i] <= 0x20 || url.ptr[i] == 0x7f) return false;
    }
    return true;
}

bool params_parse(struct arena *arena, struct str text, struct params *params, struct errors *errors) {
    int cap = params->count;
    struct str rest = text, pair;
    while (str_split(&rest, '&', &pair)) {
        if (pair.len == 0) continue;
        if (params->count == MAX_PARAMS) {
            return errors_add(errors, 400, "too_many_parameters", NULL, "There are more than %d parameters.", MAX_PARAMS);
        }
        if (params->count == cap) {
            int more = cap ? cap * 2 : 8;
            params->at = arena_grow(arena, params->at, sizeof *params->at * (size_t)cap, sizeof *params->at * (size_t)more);
            cap = more;
        }
        ptrdiff_t equals = str_index(pair, '=');
        struct str name = equals < 0 ? pair : str_slice(pair, 0, (size_t)equals);
        struct str value = equals < 0 ? STR("") : str_slice(pair, (size_t)equals + 1, pair.len);
        struct param *p = &params->at[params->count];
        if (!url_decode(arena, name, true, &p->name) || !url_decode(arena, value, true, &p->value)) {
            return errors_add(errors, 400, "malformed_parameter", NULL, "A parameter is not properly encoded UTF-8 text.");
        }
        params->count++;
    }
    return true;
}

struct str params_get(const struct params *params, struct str name) {
    for (int i = 0; i < params->count; i++) {
        if (str_eq(params->at[i].name, name)) return params->at[i].value;
    }
    return STR("");
}
