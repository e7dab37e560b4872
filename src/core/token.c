/* token.c - tokens; see token.h. */
#include "core/token.h"

#include <sodium.h>

#define PREFIX_CHARS 4
#define RANDOM_BYTES 32
#define RANDOM_CHARS 43 /* of base64url */
#define MAX_ID (INT64_C(1) << 53)

static const char *const prefixes[] = {[TOKEN_COOKIE] = "tns_", [TOKEN_ACCESS] = "tna_", [TOKEN_KEY] = "tnk_",
                                      [TOKEN_INVITE] = "tni_"};

struct str token_new(struct arena *arena, enum token_kind kind, int64_t tenant_id) {
    unsigned char bytes[RANDOM_BYTES];
    struct buf b = buf_new(arena, 80);
    randombytes_buf(bytes, sizeof bytes);
    buf_cstr(&b, prefixes[kind]);
    buf_base64url(&b, (struct str){(const char *)bytes, sizeof bytes});
    buf_char(&b, '_');
    buf_int(&b, tenant_id);
    sodium_memzero(bytes, sizeof bytes);
    return buf_str(&b);
}

struct str token_hash(struct arena *arena, struct str token) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct buf b = buf_new(arena, 2 * sizeof hash);
    crypto_hash_sha256(hash, (const unsigned char *)token.ptr, token.len);
    buf_hex(&b, (struct str){(const char *)hash, sizeof hash});
    return buf_str(&b);
}

enum token_kind token_read(struct str text, int64_t *tenant_id) {
    const size_t mark = PREFIX_CHARS + RANDOM_CHARS;
    if (text.len <= mark + 1 || text.ptr[mark] != '_' || text.ptr[mark + 1] < '1' || text.ptr[mark + 1] > '9') return TOKEN_NONE;
    if (!str_to_int(str_slice(text, mark + 1, text.len), tenant_id) || *tenant_id >= MAX_ID) return TOKEN_NONE;
    for (int kind = TOKEN_COOKIE; kind <= TOKEN_INVITE; kind++) {
        if (str_starts(text, str_of(prefixes[kind]))) return (enum token_kind)kind;
    }
    return TOKEN_NONE;
}
