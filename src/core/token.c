/* token.c - random tokens and their hashes, by libsodium. */
#include "core/token.h"

#include <sodium.h>

#include "base/buf.h"

#define TOKEN_BYTES 32

struct str token_new(struct arena *arena, const char *prefix) {
    unsigned char bytes[TOKEN_BYTES];
    randombytes_buf(bytes, sizeof bytes);
    struct buf b = buf_new(arena, 64);
    buf_cstr(&b, prefix);
    buf_base64url(&b, (struct str){(const char *)bytes, sizeof bytes});
    sodium_memzero(bytes, sizeof bytes);
    return buf_str(&b);
}

struct str token_hash(struct arena *arena, struct str token) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)token.ptr, token.len);
    struct buf b = buf_new(arena, 2 * sizeof digest);
    buf_hex(&b, (struct str){(const char *)digest, sizeof digest});
    return buf_str(&b);
}
