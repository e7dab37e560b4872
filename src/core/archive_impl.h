/* archive_impl.h - what writing and reading an archive share; only src/core/archive*.c include this. */
#ifndef CORE_ARCHIVE_IMPL_H
#define CORE_ARCHIVE_IMPL_H

#include <sodium.h>

#include "core/archive.h"

#define ARCHIVE_MAGIC "TENONBK\n"
#define ARCHIVE_HEADER_MOST 65536
#define ARCHIVE_HEAD 9
#define ARCHIVE_HASH crypto_generichash_BYTES

struct archive_keys {
    unsigned char stream[crypto_secretstream_xchacha20poly1305_KEYBYTES];
    unsigned char check[16]; /* tells a wrong key from a damaged file; stands in the header */
    unsigned char inner[32];
};
/* How a passphrase becomes a key. */
struct archive_cost {
    unsigned char salt[crypto_pwhash_SALTBYTES];
    int64_t operations, memory;
};

bool archive_keys_make(struct archive_keys *keys, const struct archive_secret *secret, const struct archive_cost *cost,
                       struct errors *errors);

/* The hash of everything so far, and the next one. */
struct archive_chain {
    unsigned char hash[ARCHIVE_HASH];
};
void archive_chain_add(struct archive_chain *chain, const unsigned char head[ARCHIVE_HEAD], struct str stored);

static inline void archive_put32(unsigned char *at, uint32_t n) {
    for (int i = 0; i < 4; i++) at[i] = (unsigned char)(n >> (8 * i));
}
static inline uint32_t archive_get32(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Memory that is used for chunk after chunk. */
struct archive_room {
    unsigned char *at;
    size_t size;
};
/* NULL where the machine has no memory. */
unsigned char *archive_room(struct archive_room *room, size_t n);

#endif
