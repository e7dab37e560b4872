/* random.c - splitmix64. */
#include "app/demo/random.h"

uint64_t random_next(struct random *r) {
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int64_t random_between(struct random *r, int64_t from, int64_t to) {
    return from + (int64_t)(random_next(r) % (uint64_t)(to - from + 1));
}

bool random_chance(struct random *r, int percent) {
    return random_between(r, 1, 100) <= percent;
}
