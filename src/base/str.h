/* str.h - a text as pointer and length: the one way text travels through Tenon.
 *
 * A `struct str` does not own its bytes: they live in an arena, a statement, or the program itself. It is not
 * NUL-terminated unless str_cstr() says so. Bytes are UTF-8 wherever a person may read them; the edge (utf8_valid) checks.
 *
 *     struct str name = STR("Meridian");
 *     if (str_eq(name, STR("Meridian"))) ...
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *ptr;
    size_t len;
};

/* A str of a string literal. STR_INIT is the same for static initialisers. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}
/* For printf("%.*s", STR_ARG(s)). */
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline struct str str_of(const char *cstr) { return (struct str){cstr ? cstr : "", cstr ? strlen(cstr) : 0}; }
static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_eqc(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ASCII case is ignored. */
bool str_ieq(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Orders as memcmp does, shorter first. */
int str_cmp(struct str a, struct str b);
/* Index of the first `c`, or -1. */
ptrdiff_t str_index(struct str s, char c);
/* Index of the first `needle`, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
/* Bytes [from, to), clamped to the text. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* Takes the part before the first `sep` off the front of *rest; false when nothing was left. */
bool str_split(struct str *rest, char sep, struct str *part);
/* The next word of a space-separated list, as declarations use them; false at the end. */
bool str_word(struct str *rest, struct str *word);
/* True where `word` is one of the words of the space-separated `list` (which may be NULL). */
bool str_in_words(const char *list, struct str word);
/* A whole signed decimal number; false where it is not one or does not fit. */
bool str_to_int(struct str s, int64_t *out);
/* Copies into the arena, NUL-terminated after the last byte. */
struct str str_dup(struct arena *arena, struct str s);
const char *str_cstr(struct arena *arena, struct str s);
struct str str_lower(struct arena *arena, struct str s); /* ASCII letters only */
/* printf into the arena. */
struct str str_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct str str_vprintf(struct arena *arena, const char *format, va_list args)
    __attribute__((format(printf, 2, 0), nonnull(2)));

#endif
