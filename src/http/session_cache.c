/* session_cache.c - a table of SETS x WAYS entries in SHARDS, each with its lock; the oldest of a full set makes room. */
#include "http/session_cache.h"

#include <pthread.h>
#include <sodium.h>

#define SHARDS 32
#define SETS 64
#define WAYS 4

struct slot {
    unsigned char digest[16];
    bool used;
    struct session_entry entry;
};
static struct shard {
    pthread_mutex_t lock;
    struct slot slots[SETS][WAYS];
} shards[SHARDS];
static unsigned char digest_key[crypto_shorthash_siphashx24_KEYBYTES];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void cache_init(void) {
    randombytes_buf(digest_key, sizeof digest_key);
    for (int i = 0; i < SHARDS; i++) pthread_mutex_init(&shards[i].lock, NULL);
}

struct place {
    unsigned char digest[16];
    struct shard *shard;
    struct slot *set;
};

static struct place place_of(struct str token) {
    struct place p;
    pthread_once(&once, cache_init);
    crypto_shorthash_siphashx24(p.digest, (const unsigned char *)token.ptr, token.len, digest_key);
    p.shard = &shards[p.digest[0] % SHARDS];
    p.set = p.shard->slots[p.digest[1] % SETS];
    return p;
}

/* With the lock held. */
static struct slot *slot_find(const struct place *p) {
    for (int i = 0; i < WAYS; i++) {
        if (p->set[i].used && sodium_memcmp(p->set[i].digest, p->digest, sizeof p->digest) == 0) return &p->set[i];
    }
    return NULL;
}

bool session_cache_get(struct str token, struct session_entry *entry) {
    struct place p = place_of(token);
    pthread_mutex_lock(&p.shard->lock);
    const struct slot *slot = slot_find(&p);
    if (slot) *entry = slot->entry;
    pthread_mutex_unlock(&p.shard->lock);
    return slot != NULL;
}

void session_cache_put(struct str token, const struct session_entry *entry) {
    struct place p = place_of(token);
    pthread_mutex_lock(&p.shard->lock);
    struct slot *slot = slot_find(&p);
    for (int i = 0; i < WAYS && !slot; i++) {
        if (!p.set[i].used) slot = &p.set[i];
    }
    if (!slot) {
        slot = p.set;
        for (int i = 1; i < WAYS; i++) {
            if (p.set[i].entry.loaded_at < slot->entry.loaded_at) slot = &p.set[i];
        }
    }
    slot->used = true;
    memcpy(slot->digest, p.digest, sizeof p.digest);
    slot->entry = *entry;
    pthread_mutex_unlock(&p.shard->lock);
}

bool session_cache_touch(struct str token, int64_t now, int64_t interval) {
    struct place p = place_of(token);
    pthread_mutex_lock(&p.shard->lock);
    struct slot *slot = slot_find(&p);
    bool due = slot && now - slot->entry.seen_at >= interval;
    if (due) slot->entry.seen_at = now;
    pthread_mutex_unlock(&p.shard->lock);
    return due;
}

void session_cache_drop(int64_t session_id, int64_t user_id) {
    pthread_once(&once, cache_init);
    for (int i = 0; i < SHARDS; i++) {
        pthread_mutex_lock(&shards[i].lock);
        for (int s = 0; s < SETS * WAYS; s++) {
            struct slot *slot = &shards[i].slots[s / WAYS][s % WAYS];
            if ((session_id && slot->entry.session_id == session_id) || (user_id && slot->entry.user_id == user_id))
                slot->used = false;
        }
        pthread_mutex_unlock(&shards[i].lock);
    }
}
