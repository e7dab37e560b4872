/* demo.h - companies that look alive: a year of what happens in their business, saved like everything else through
 * repo.h, each at the moment when it would have happened and by the person who would have done it. Same seed, same company.
 *
 * Not inside ctx_write: it writes in batches of its own.
 */
#ifndef APP_DEMO_DEMO_H
#define APP_DEMO_DEMO_H

#include "core/ctx.h"

struct demo_options {
    struct str business; /* "solar", "sales", "msp", "property", "moving" */
    int size;            /* 1 to DEMO_MOST_SIZE; 1: some 400 leads, or some 2000 records */
    uint64_t seed;
    int64_t now;              /* ms; 0: the present */
    const char *files_dir;    /* where stored files are; NULL: nothing is uploaded */
    struct str password_hash; /* of every user; password.h */
    struct str password;      /* in clear, for the sign-in page to show; empty: it does not */
};
#define DEMO_MOST_SIZE 100
/* The names of the businesses that `all` makes, one after the other; NULL at the end. */
extern const char *const demo_businesses[];
struct demo_user {
    struct str name, email;
    const char *role;
};
struct demo_result {
    int64_t tenant_id;
    struct str tenant_name;
    int64_t leads, clients, steps;
    int64_t refused;    /* records that a rule did not take: none, unless a table says what cannot be */
    struct str refusal; /* the first of them, and why */
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
