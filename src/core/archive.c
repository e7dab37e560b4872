/* archive.c - what both directions share: keys, hashes, values (archive.h). */
#include <stdlib.h>

#include "core/archive_impl.h"

#define CONTEXT "tenonbak" /* of libsodium's key derivation: 8 bytes */

bool archive_keys_make(struct archive_keys *keys, const struct archive_secret *secret, const struct archive_cost *cost,
                       struct errors *errors) {
    unsigned char root[crypto_kdf_KEYBYTES];
    bool made;
    if (secret->kind == ARCHIVE_KEY_FILE)
        made = crypto_generichash(root, sizeof root, (const unsigned char *)secret->text.ptr, secret->text.len,
                                  (const unsigned char *)CONTEXT " key file", sizeof CONTEXT " key file" - 1) == 0;
    else
        made = crypto_pwhash(root, sizeof root, secret->text.ptr, secret->text.len, cost->salt,
                             (unsigned long long)cost->operations, (size_t)cost->memory, crypto_pwhash_ALG_ARGON2ID13) == 0;
    if (made) {
        crypto_kdf_derive_from_key(keys->stream, sizeof keys->stream, 1, CONTEXT, root);
        crypto_kdf_derive_from_key(keys->check, sizeof keys->check, 2, CONTEXT, root);
        crypto_kdf_derive_from_key(keys->inner, sizeof keys->inner, 3, CONTEXT, root);
    }
    sodium_memzero(root, sizeof root);
    return made || errors_add(errors, 500, "out_of_memory", NULL, "There is not enough memory to make a key of the passphrase.");
}

void archive_chain_add(struct archive_chain *chain, const unsigned char head[ARCHIVE_HEAD], struct str stored) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof chain->hash);
    crypto_generichash_update(&state, chain->hash, sizeof chain->hash);
    if (head) crypto_generichash_update(&state, head, ARCHIVE_HEAD);
    crypto_generichash_update(&state, (const unsigned char *)stored.ptr, stored.len);
    crypto_generichash_final(&state, chain->hash, sizeof chain->hash);
}

unsigned char *archive_room(struct archive_room *room, size_t n) {
    if (n <= room->size && room->at) return room->at;
    unsigned char *wider = realloc(room->at, n + 1);
    if (!wider) return NULL;
    room->at = wider;
    room->size = n;
    return wider;
}

/* ---- values: 0 nothing; 1 an integer, zigzag in groups of 7 bits; 2 a text, its length so and its bytes -------------------- */

static void put_number(struct buf *b, uint64_t n) {
    for (; n >= 128; n >>= 7) buf_char(b, (char)(unsigned char)(n | 128));
    buf_char(b, (char)(unsigned char)n);
}

static bool get_number(struct str *rest, uint64_t *n) {
    *n = 0;
    for (unsigned shift = 0; shift < 64 && rest->len; shift += 7) {
        unsigned char c = (unsigned char)rest->ptr[0];
        *rest = (struct str){rest->ptr + 1, rest->len - 1};
        if (shift == 63 && c > 1) return false;
        *n |= (uint64_t)(c & 127) << shift;
        if (c < 128) return true;
    }
    return false;
}

void archive_put_value(struct buf *b, struct value value) {
    buf_char(b, (char)value.type);
    if (value.type == VALUE_INT) {
        put_number(b, (uint64_t)value.integer << 1 ^ (value.integer < 0 ? UINT64_MAX : 0));
    } else if (value.type == VALUE_TEXT) {
        put_number(b, value.text.len);
        buf_add(b, value.text);
    }
}

bool archive_get_value(struct str *rest, struct value *value) {
    uint64_t n = 0;
    if (rest->len == 0 || (unsigned char)rest->ptr[0] > VALUE_TEXT) return false;
    *value = (struct value){.type = (enum value_type)rest->ptr[0]};
    *rest = (struct str){rest->ptr + 1, rest->len - 1};
    if (value->type == VALUE_NULL) return true;
    if (!get_number(rest, &n)) return false;
    if (value->type == VALUE_INT) {
        uint64_t sign = n & 1 ? UINT64_MAX : 0;
        value->integer = (int64_t)(n >> 1 ^ sign);
        return true;
    }
    if (n > rest->len) return false;
    value->text = (struct str){rest->ptr, (size_t)n};
    *rest = (struct str){rest->ptr + n, rest->len - (size_t)n};
    return true;
}
