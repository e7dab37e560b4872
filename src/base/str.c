/* str.c - texts as pointer and length (str.h). */
#include "base/str.h"

#include "base/arena.h"

static unsigned char str_fold(char c) {
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u | 0x20) : u;
}

static bool str_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool str_ieq(struct str a, struct str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (str_fold(a.ptr[i]) != str_fold(b.ptr[i])) return false;
    }
    return true;
}

bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq((struct str){s.ptr, prefix.len}, prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && (suffix.len == 0 || memcmp(s.ptr + (s.len - suffix.len), suffix.ptr, suffix.len) == 0);
}

int str_cmp(struct str a, struct str b) {
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order != 0) return order;
    return (a.len > b.len) - (a.len < b.len);
}

ptrdiff_t str_index(struct str s, char c) {
    const char *hit = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return hit ? hit - s.ptr : -1;
}

ptrdiff_t str_find(struct str s, struct str needle) {
    if (needle.len == 0) return 0;
    const char *hit = s.len ? memmem(s.ptr, s.len, needle.ptr, needle.len) : NULL;
    return hit ? hit - s.ptr : -1;
}

struct str str_slice(struct str s, size_t from, size_t to) {
    if (to > s.len) to = s.len;
    if (from > to) from = to;
    return from ? (struct str){s.ptr + from, to - from} : (struct str){s.ptr, to};
}

struct str str_trim(struct str s) {
    while (s.len && str_is_space(s.ptr[0])) s = (struct str){s.ptr + 1, s.len - 1};
    while (s.len && str_is_space(s.ptr[s.len - 1])) s.len--;
    return s;
}

bool str_split(struct str *rest, char sep, struct str *part) {
    if (rest->len == 0) return false;
    ptrdiff_t at = str_index(*rest, sep);
    if (at < 0) {
        *part = *rest;
        *rest = (struct str){"", 0};
        return true;
    }
    *part = str_slice(*rest, 0, (size_t)at);
    *rest = str_slice(*rest, (size_t)at + 1, rest->len);
    return true;
}

bool str_word(struct str *rest, struct str *word) {
    size_t from = 0, to;
    while (from < rest->len && str_is_space(rest->ptr[from])) from++;
    for (to = from; to < rest->len && !str_is_space(rest->ptr[to]);) to++;
    *word = str_slice(*rest, from, to);
    *rest = str_slice(*rest, to, rest->len);
    return to > from;
}

bool str_in_words(const char *list, struct str word) {
    for (const char *p = list; p && *p;) {
        if (str_is_space(*p)) {
            p++;
            continue;
        }
        const char *from = p;
        while (*p && !str_is_space(*p)) p++;
        if ((size_t)(p - from) == word.len && memcmp(from, word.ptr, word.len) == 0) return true;
    }
    return false;
}

bool str_to_int(struct str s, int64_t *out) {
    bool negative = s.len && s.ptr[0] == '-';
    size_t i = s.len && (negative || s.ptr[0] == '+') ? 1 : 0;
    if (i == s.len) return false;
    int64_t n = 0; // kept below zero: INT64_MIN has no positive twin
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_sub_overflow(n, s.ptr[i] - '0', &n)) return false;
    }
    if (!negative && n == INT64_MIN) return false;
    *out = negative ? n : -n;
    return true;
}

struct str str_dup(struct arena *arena, struct str s) {
    return (struct str){str_cstr(arena, s), s.len};
}

const char *str_cstr(struct arena *arena, struct str s) {
    char *copy = arena_raw(arena, s.len + 1);
    if (s.len) memcpy(copy, s.ptr, s.len);
    copy[s.len] = 0;
    return copy;
}

struct str str_lower(struct arena *arena, struct str s) {
    char *copy = arena_raw(arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++) copy[i] = (char)str_fold(s.ptr[i]);
    copy[s.len] = 0;
    return (struct str){copy, s.len};
}

struct str str_vprintf(struct arena *arena, const char *format, va_list args) {
    char small[256];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, args);
    size_t len = n < 0 ? 0 : (size_t)n;
    char *text = arena_raw(arena, len + 1);
    if (len < sizeof small) {
        memcpy(text, small, len);
    } else {
        vsnprintf(text, len + 1, format, again);
    }
    va_end(again);
    text[len] = 0;
    return (struct str){text, len};
}

struct str str_printf(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct str text = str_vprintf(arena, format, args);
    va_end(args);
    return text;
}
