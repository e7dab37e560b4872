/* demo.h - a company that looks alive: half a year of leads, calls, notes, tasks and clients, saved like everything else through
 * repo.h, each at the moment when it would have happened and by the person who would have done it. Same seed, same company.
 *
 * Not inside ctx_write: it writes in batches of its own.
 */
#ifndef APP_DEMO_DEMO_H
#define APP_DEMO_DEMO_H

#include "core/ctx.h"

struct demo_options {
    struct str business; /* "solar" */
    int size;            /* 1: some 400 leads */
    uint64_t seed;
    struct str password_hash; /* of every user; password.h */
    struct str password;      /* in clear, for the sign-in page to show; empty: it does not */
};
struct demo_user {
    struct str name, email;
    const char *role;
};
struct demo_result {
    int64_t tenant_id;
    struct str tenant_name;
    int64_t leads, clients, steps;
    struct demo_user *users;
    int user_count;
};
/* False with errors (422 for an unknown business or size). */
bool demo_create(struct db *db, struct arena *arena, const struct demo_options *options, struct demo_result *result,
                 struct errors *errors);

/* Tenants with many plain leads, for measuring; by the same way to save. `progress` is called after each tenant. */
struct demo_bulk {
    int tenants;
    int64_t leads; /* over all tenants */
    uint64_t seed;
    struct str password_hash;
    void (*progress)(int tenants, int64_t leads);
};
bool demo_fill(struct db *db, const struct demo_bulk *bulk, struct errors *errors);

#endif
