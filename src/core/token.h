/* token.h - the secrets that stand for a sign-in: API keys and session tokens. Given out once, stored as a hash only.
 *
 *     struct str token = token_new(arena, "tnk_");          // "tnk_" and 43 characters: 256 random bits
 *     struct str hash = token_hash(arena, token);           // 64 hexadecimal digits, what the database keeps and is asked for
 *
 * A fast hash is enough: unlike a password, a token cannot be guessed.
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "base/arena.h"
#include "base/str.h"

#define TOKEN_PREFIX_SHOWN 8 /* characters of a key that stay readable, to tell keys apart */

struct str token_new(struct arena *arena, const char *prefix);
struct str token_hash(struct arena *arena, struct str token);

#endif
