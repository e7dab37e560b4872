/* limit.h - how often something may be tried in a window of time, counted at once for all threads.
 *
 *     int wait_s;
 *     if (!limit_take(&by_account, email, now, &wait_s)) ... 429, Retry-After: wait_s
 */
#ifndef HTTP_LIMIT_H
#define HTTP_LIMIT_H

#include <pthread.h>

#include "base/str.h"

#define LIMIT_SETS 1024
#define LIMIT_WAYS 8

struct limit_slot {
    uint64_t key;
    int64_t until;
    int count;
};
struct limit {
    int most; /* tries in a window */
    int64_t window_ms;
    pthread_mutex_t lock; /* PTHREAD_MUTEX_INITIALIZER */
    unsigned char secret[16];
    bool seeded;
    struct limit_slot slots[LIMIT_SETS][LIMIT_WAYS];
};

/* Counts one try before it is made, so that parallel ones cannot slip through. False where there were too many; *wait_s (may be
 * NULL) says how long it stays so. */
bool limit_take(struct limit *limit, struct str key, int64_t now, int *wait_s);
/* Takes back one try: it was no guess. */
void limit_return(struct limit *limit, struct str key);
/* Forgets the tries of a key: it was the right one. */
void limit_clear(struct limit *limit, struct str key);

#endif
