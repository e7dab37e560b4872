/* utf8.h - what is needed to know of UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Well-formed: no overlong forms, no surrogates, at most U+10FFFF. */
bool utf8_valid(struct str s);
/* How many bytes at the front are well-formed. */
size_t utf8_valid_length(struct str s);
/* How many bytes at the front are ASCII. */
size_t utf8_ascii_length(struct str s);
/* Characters (code points), for length limits; the text must be valid. */
size_t utf8_length(struct str s);
/* The first n characters. */
struct str utf8_prefix(struct str s, size_t n);
/* Writes a code point's 1-4 bytes to out, returns how many. */
size_t utf8_encode(uint32_t code_point, char out[4]);
/* The next code point of *rest; U+FFFD for a malformed byte. False at the end. */
bool utf8_next(struct str *rest, uint32_t *code_point);

#endif
