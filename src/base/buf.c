/* buf.c - a growing text in an arena, and the escapers (buf.h).
 *
 * The escapers look for the next byte that needs escaping 16 at a time and copy the run before it: rows of a list are mostly
 * text that needs none.
 */
#include "base/buf.h"

#include <stdarg.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static const char buf_pairs[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
    "9899";
static const char buf_hex_digits[] = "0123456789abcdef";

struct buf buf_new(struct arena *arena, size_t cap) {
    return (struct buf){.ptr = arena_raw(arena, cap), .len = 0, .cap = cap, .arena = arena};
}

char *buf_reserve(struct buf *b, size_t n) {
    if (b->cap - b->len < n) {
        size_t need, cap = b->cap < 64 ? 64 : b->cap * 2;
        if (__builtin_add_overflow(b->len, n, &need)) need = SIZE_MAX;
        if (cap < need) cap = need;
        b->ptr = arena_grow(b->arena, b->ptr, b->cap, cap);
        b->cap = cap;
    }
    return b->ptr + b->len;
}

void buf_cstr(struct buf *b, const char *s) {
    buf_add(b, str_of(s));
}

void buf_int(struct buf *b, int64_t n) {
    char digits[20];
    char *p = digits + sizeof digits;
    uint64_t magnitude = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    while (magnitude > UINT32_MAX) {
        p -= 2;
        memcpy(p, buf_pairs + 2 * (magnitude % 100), 2);
        magnitude /= 100;
    }
    uint32_t left = (uint32_t)magnitude; // dividing 32 bits takes half the time
    while (left >= 100) {
        p -= 2;
        memcpy(p, buf_pairs + (size_t)2 * (left % 100), 2);
        left /= 100;
    }
    if (left >= 10) {
        p -= 2;
        memcpy(p, buf_pairs + (size_t)2 * left, 2);
    } else {
        *--p = (char)('0' + left);
    }
    if (n < 0) *--p = '-';
    buf_add(b, (struct str){p, (size_t)(digits + sizeof digits - p)});
}

void buf_printf(struct buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    buf_reserve(b, 128);
    size_t room = b->cap - b->len;
    int n = vsnprintf(b->ptr + b->len, room, format, args);
    if (n > 0) {
        if ((size_t)n >= room) {
            buf_reserve(b, (size_t)n + 1);
            vsnprintf(b->ptr + b->len, (size_t)n + 1, format, again);
        }
        b->len += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

static bool buf_json_special(char c) {
    return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&';
}

static bool buf_html_special(char c) {
    return c == '&' || c == '<' || c == '>' || c == '"' || c == '\'';
}

#ifdef __SSE2__
/* '"' and '&' differ in one bit, as do '<' and '>': setting it finds both with one comparison. */
static inline __m128i buf_markup(__m128i v) {
    __m128i quotes = _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8('"' ^ '&')), _mm_set1_epi8('&'));
    return _mm_or_si128(quotes, _mm_cmpeq_epi8(_mm_or_si128(v, _mm_set1_epi8('<' ^ '>')), _mm_set1_epi8('>')));
}

static inline unsigned buf_json_hits(__m128i v) {
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1F)), v);
    __m128i backslash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(buf_markup(v), _mm_or_si128(control, backslash)));
}

static inline unsigned buf_html_hits(__m128i v) {
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(buf_markup(v), _mm_cmpeq_epi8(v, _mm_set1_epi8('\''))));
}

/* 8 to 15 bytes as two halves that overlap. */
static inline __m128i buf_load_halves(const char *p, size_t len) {
    int64_t low, high;
    memcpy(&low, p, 8);
    memcpy(&high, p + len - 8, 8);
    return _mm_set_epi64x(high, low);
}
#endif

/* Bytes at the front that need no escaping. `kind` is a constant where this is inlined. */
enum buf_escaping { BUF_JSON, BUF_HTML };

static inline __attribute__((always_inline)) size_t buf_run(const char *p, size_t len, enum buf_escaping kind) {
    size_t i = 0;
#ifdef __SSE2__
#define BUF_HITS(v) (kind == BUF_JSON ? buf_json_hits(v) : buf_html_hits(v))
    for (; len - i >= 16; i += 16) {
        unsigned hits = BUF_HITS(_mm_loadu_si128((const __m128i *)(const void *)(p + i)));
        if (hits) return i + (size_t)__builtin_ctz(hits);
    }
    if (len >= 16 && i < len) { // what is left, with bytes before it that are known to be plain
        unsigned hits = BUF_HITS(_mm_loadu_si128((const __m128i *)(const void *)(p + len - 16)));
        return hits ? len - 16 + (size_t)__builtin_ctz(hits) : len;
    }
    if (len - i >= 8) {
        unsigned hits = BUF_HITS(buf_load_halves(p, len));
        if (hits & 0xFF) return (size_t)__builtin_ctz(hits);
        return hits ? len - 16 + (size_t)__builtin_ctz(hits) : len;
    }
#undef BUF_HITS
#endif
    while (i < len && !(kind == BUF_JSON ? buf_json_special(p[i]) : buf_html_special(p[i]))) i++;
    return i;
}

static void buf_json_escape(struct buf *b, char c) {
    char *p = buf_reserve(b, 6);
    char letter = 0;
    switch (c) {
    case '"':
    case '\\':
        letter = c;
        break;
    case '\b':
        letter = 'b';
        break;
    case '\f':
        letter = 'f';
        break;
    case '\n':
        letter = 'n';
        break;
    case '\r':
        letter = 'r';
        break;
    case '\t':
        letter = 't';
        break;
    default:
        break;
    }
    if (letter) {
        p[0] = '\\';
        p[1] = letter;
        b->len += 2;
        return;
    }
    memcpy(p, "\\u00", 4);
    p[4] = buf_hex_digits[(unsigned char)c >> 4];
    p[5] = buf_hex_digits[c & 15];
    b->len += 6;
}

void buf_json(struct buf *b, struct str s) {
    buf_reserve(b, s.len + 2);
    b->ptr[b->len++] = '"';
    size_t run = buf_run(s.ptr, s.len, BUF_JSON);
    for (;;) {
        buf_add(b, (struct str){s.ptr, run});
        if (run == s.len) break;
        buf_json_escape(b, s.ptr[run]);
        s = (struct str){s.ptr + run + 1, s.len - run - 1};
        run = buf_run(s.ptr, s.len, BUF_JSON);
    }
    buf_char(b, '"');
}

void buf_html(struct buf *b, struct str s) {
    buf_reserve(b, s.len);
    size_t i = 0;
    while (i < s.len) {
        size_t run = buf_run(s.ptr + i, s.len - i, BUF_HTML);
        buf_add(b, (struct str){s.ptr + i, run});
        i += run;
        if (i == s.len) break;
        switch (s.ptr[i++]) {
        case '&':
            buf_lit(b, "&amp;");
            break;
        case '<':
            buf_lit(b, "&lt;");
            break;
        case '>':
            buf_lit(b, "&gt;");
            break;
        case '"':
            buf_lit(b, "&quot;");
            break;
        default:
            buf_lit(b, "&#39;");
            break;
        }
    }
}

void buf_url(struct buf *b, struct str s) {
    static const char hex[] = "0123456789ABCDEF"; // RFC 3986, 2.1 asks for upper case
    buf_reserve(b, s.len);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        unsigned char lower = c | 0x20;
        if ((c >= '0' && c <= '9') || (lower >= 'a' && lower <= 'z') || c == '-' || c == '.' || c == '_' || c == '~') {
            buf_char(b, (char)c);
        } else {
            buf_add(b, (struct str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
        }
    }
}

void buf_csv(struct buf *b, struct str s) {
    bool plain = true;
    for (size_t i = 0; i < s.len && plain; i++) {
        char c = s.ptr[i];
        plain = c != '"' && c != ',' && c != '\n' && c != '\r';
    }
    if (plain) {
        buf_add(b, s);
        return;
    }
    buf_reserve(b, s.len + 2);
    buf_char(b, '"');
    for (ptrdiff_t at; (at = str_index(s, '"')) >= 0; s = str_slice(s, (size_t)at + 1, s.len)) {
        buf_add(b, str_slice(s, 0, (size_t)at));
        buf_lit(b, "\"\"");
    }
    buf_add(b, s);
    buf_char(b, '"');
}

void buf_base64url(struct buf *b, struct str bytes) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    buf_reserve(b, bytes.len + bytes.len / 3 + 4);
    for (size_t i = 0; i < bytes.len; i += 3) {
        size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t group = 0;
        for (size_t k = 0; k < 3; k++) group = group << 8 | (k < n ? (unsigned char)bytes.ptr[i + k] : 0u);
        for (size_t k = 0; k <= n; k++) buf_char(b, alphabet[group >> (18 - 6 * k) & 63]);
    }
}

static int buf_base64url_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool buf_unbase64url(struct buf *b, struct str text) {
    if (text.len % 4 == 1) return false;
    size_t before = b->len;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < text.len; i++) {
        int digit = buf_base64url_digit(text.ptr[i]);
        if (digit < 0) {
            b->len = before;
            return false;
        }
        bits = (bits << 6 | (uint32_t)digit) & 0xFFFFu;
        count += 6;
        if (count >= 8) {
            count -= 8;
            buf_char(b, (char)(bits >> count & 0xFF));
        }
    }
    // One text for one value: a token must not have two spellings.
    if (bits & ((1u << count) - 1)) {
        b->len = before;
        return false;
    }
    return true;
}

void buf_hex(struct buf *b, struct str bytes) {
    buf_reserve(b, bytes.len * 2);
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.ptr[i];
        buf_char(b, buf_hex_digits[c >> 4]);
        buf_char(b, buf_hex_digits[c & 15]);
    }
}
