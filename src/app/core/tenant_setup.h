/* tenant_setup.h - a new company account with all it needs to start: roles, lead statuses and sources, its first administrator.
 *
 * Inside ctx_write, by a context of the system (actor_system(arena, 0)).
 *
 *     struct tenant_options options = {.name = STR("Fernhill Solar"), .country = STR("AU"), ...};
 *     int64_t id = tenant_setup(ctx, &options);
 */
#ifndef APP_CORE_TENANT_SETUP_H
#define APP_CORE_TENANT_SETUP_H

#include "core/ctx.h"

struct tenant_options {
    struct str name;
    struct str slug;                                  /* empty: made from the name */
    struct str country, currency, timezone, language; /* empty: the entity's initial values */
    struct str fiscal_month;                          /* likewise: "july" */
    struct str packs;                                 /* "sales,billing"; empty: sales */
    struct str email, phone, website, industry;
    struct str admin_name, admin_email, admin_hash; /* the hash by password.h; no address: no user is made */
};

/* The new tenant's id; 0 with errors. The context acts in the tenant afterwards. */
int64_t tenant_setup(struct ctx *ctx, const struct tenant_options *options);
/* Gives companies that an earlier version made what a new one starts with: roles, rights of the built-in roles to kinds of record
 * that nobody there was ever given a right to, first records of pick lists that never had one. What a company took away stays
 * away. Each company in one write, once a version of the schema; outside of ctx_write. False with errors. */
bool tenant_catch_up_all(struct ctx *ctx);
/* From now on the context acts as the system in this tenant. False with 404 where there is none. */
bool tenant_enter(struct ctx *ctx, int64_t tenant_id);
/* A user with a role of the tenant that the context acts in; the id, 0 with errors (422 where there is no such role). */
int64_t tenant_add_user(struct ctx *ctx, struct str name, struct str email, struct str hash, const char *role);

#endif
