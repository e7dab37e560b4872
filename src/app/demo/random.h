/* random.h - numbers that look random and are the same for the same seed (splitmix64): the demo is reproducible. */
#ifndef APP_DEMO_RANDOM_H
#define APP_DEMO_RANDOM_H

#include <stdbool.h>
#include <stdint.h>

struct random {
    uint64_t state;
};

uint64_t random_next(struct random *r);
/* from..to, both included. */
int64_t random_between(struct random *r, int64_t from, int64_t to);
/* True in `percent` of 100 cases. */
bool random_chance(struct random *r, int percent);
#define random_of(r, list) ((list)[random_between((r), 0, (int64_t)(sizeof(list) / sizeof *(list)) - 1)])

#endif
