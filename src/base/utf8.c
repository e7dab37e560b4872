/* utf8.c - what is needed to know of UTF-8 (utf8.h). */
#include "base/utf8.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

size_t utf8_ascii_length(struct str s) {
    size_t i = 0;
#ifdef __SSE2__
    for (; s.len - i >= 16; i += 16) {
        int high = _mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)(s.ptr + i)));
        if (high) return i + (size_t)__builtin_ctz((unsigned)high);
    }
#endif
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80) i++;
    return i;
}

/* Length of the well-formed sequence at p (RFC 3629, 4), 0 where it is malformed. */
static size_t utf8_sequence(const unsigned char *p, size_t len) {
    unsigned char c = p[0];
    if (c < 0x80) return 1;
    size_t n = c >= 0xC2 && c <= 0xDF ? 2 : (c & 0xF0) == 0xE0 ? 3 : c >= 0xF0 && c <= 0xF4 ? 4 : 0;
    if (n == 0 || n > len) return 0;
    unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
    unsigned char high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80) return 0;
    }
    return n;
}

size_t utf8_valid_length(struct str s) {
    size_t i = 0;
    while (i < s.len) {
        i += utf8_ascii_length(str_slice(s, i, s.len));
        while (i < s.len && (unsigned char)s.ptr[i] >= 0x80) {
            size_t n = utf8_sequence((const unsigned char *)s.ptr + i, s.len - i);
            if (n == 0) return i;
            i += n;
        }
    }
    return i;
}

bool utf8_valid(struct str s) {
    return utf8_valid_length(s) == s.len;
}

size_t utf8_length(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

struct str utf8_prefix(struct str s, size_t n) {
    if (n >= s.len) return s;
    size_t i = 0;
    for (; i < s.len; i++) {
        if (((unsigned char)s.ptr[i] & 0xC0) != 0x80 && n-- == 0) break;
    }
    return str_slice(s, 0, i);
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t n = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)((0xF00u >> n & 0xF0u) | code_point);
    return n;
}

bool utf8_next(struct str *rest, uint32_t *code_point) {
    if (rest->len == 0) return false;
    const unsigned char *p = (const unsigned char *)rest->ptr;
    size_t n = utf8_sequence(p, rest->len);
    if (n == 0) {
        *code_point = 0xFFFD;
        n = 1;
    } else if (n == 1) {
        *code_point = p[0];
    } else {
        uint32_t c = p[0] & (0x7Fu >> n);
        for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3Fu);
        *code_point = c;
    }
    *rest = str_slice(*rest, n, rest->len);
    return true;
}
