/* router.h - which route answers a path.
 *
 * Routes are added once at start, before server_start; from then on the router is read by all threads without a lock. A
 * pattern's segments are words ("leads"), {id} (a positive integer below 2^53) or {name} (any one segment, percent-decoded).
 * Words win over {id}, {id} over {name}. HEAD is answered by GET's route. A path matches as it is written: no slash is added,
 * taken away or doubled.
 *
 *     static const struct route routes[] = {{"GET", "/api/v1/leads/{id}", leads_get, RUN_READ | API}};
 *     router_add(&routes[0]);
 */
#ifndef HTTP_ROUTER_H
#define HTTP_ROUTER_H

#include "http/http.h"

enum router_method {
    ROUTER_GET,
    ROUTER_HEAD,
    ROUTER_POST,
    ROUTER_PUT,
    ROUTER_PATCH,
    ROUTER_DELETE,
    ROUTER_OPTIONS,
    ROUTER_METHODS
};

enum router_result {
    ROUTER_FOUND,
    ROUTER_NO_PATH,   /* 404 */
    ROUTER_NO_METHOD, /* 405: `allowed` says what would be */
    ROUTER_BAD_PATH,  /* 400: a malformed percent escape */
};

struct router_match {
    const struct route *route;
    int index; /* of the route, for metrics */
    struct params captures;
    int64_t id;
    unsigned allowed; /* bits of enum router_method */
};

struct router;
struct router *router_new(void);
void router_free(struct router *router);
/* Keeps the pointer. Aborts on a malformed or a doubled method and pattern: a fault of ours. */
void router_put(struct router *router, const struct route *route);
enum router_result router_find(const struct router *router, struct str method, struct str path, struct arena *arena,
                               struct router_match *match);
int router_count(const struct router *router);
const struct route *router_at(const struct router *router, int index);

/* The process's own router, which server_start reads: registry_routes are in it from the first call on. */
struct router *router_main(void);
void router_add(const struct route *route);

/* "GET, HEAD, POST", for the header Allow. */
struct str router_allow(struct arena *arena, unsigned allowed);

#endif
