/* limit.c - counted tries; see limit.h. Keys are kept as a keyed hash. A full set loses what ends soonest. */
#include "http/limit.h"

#include <sodium.h>

static uint64_t digest(struct limit *limit, struct str key) {
    uint64_t out;
    if (!limit->seeded) {
        randombytes_buf(limit->secret, sizeof limit->secret);
        limit->seeded = true;
    }
    crypto_shorthash_siphash24((unsigned char *)&out, (const unsigned char *)key.ptr, key.len, limit->secret);
    return out ? out : 1;
}

static struct limit_slot *find(struct limit *limit, uint64_t key, bool make, int64_t now) {
    struct limit_slot *set = limit->slots[key % LIMIT_SETS], *oldest = set;
    for (int i = 0; i < LIMIT_WAYS; i++) {
        if (set[i].key == key) return &set[i];
        if (set[i].until < oldest->until) oldest = &set[i];
    }
    if (!make) return NULL;
    *oldest = (struct limit_slot){.key = key, .until = now + limit->window_ms};
    return oldest;
}

bool limit_take(struct limit *limit, struct str key, int64_t now, int *wait_s) {
    pthread_mutex_lock(&limit->lock);
    struct limit_slot *slot = find(limit, digest(limit, key), true, now);
    if (slot->until <= now) {
        slot->until = now + limit->window_ms;
        slot->count = 0;
    }
    bool ok = slot->count < limit->most;
    if (ok) slot->count++;
    if (wait_s) *wait_s = (int)((slot->until - now + 999) / 1000);
    pthread_mutex_unlock(&limit->lock);
    return ok;
}

void limit_return(struct limit *limit, struct str key) {
    pthread_mutex_lock(&limit->lock);
    struct limit_slot *slot = find(limit, digest(limit, key), false, 0);
    if (slot && slot->count > 0) slot->count--;
    pthread_mutex_unlock(&limit->lock);
}

void limit_clear(struct limit *limit, struct str key) {
    pthread_mutex_lock(&limit->lock);
    struct limit_slot *slot = find(limit, digest(limit, key), false, 0);
    if (slot) *slot = (struct limit_slot){0};
    pthread_mutex_unlock(&limit->lock);
}
