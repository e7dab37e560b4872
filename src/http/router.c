/* router.c - a tree of path segments; see router.h. */
#include "http/router.h"

#include <pthread.h>

#include "http/server.h"
#include "http/url.h"

#define MAX_SEGMENTS 16
#define MAX_ID (INT64_C(1) << 53)

struct endpoint {
    const struct route *route;
    enum router_method method;
    int index;
    struct endpoint *next;
};
struct node {
    struct str text;
    struct node **words; /* sorted by node_cmp */
    int word_count;
    struct node *id, *any;
    struct endpoint *endpoints;
};
struct router {
    struct node *root;
    const struct route **routes;
    int count, cap;
};
struct segments {
    struct str at[MAX_SEGMENTS];
    int count;
};

static const char *const method_names[ROUTER_METHODS] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

static void router_fault(const struct route *route, const char *what) {
    fprintf(stderr, "route %s %s: %s\n", route->method, route->pattern, what);
    abort();
}

static void *router_memory(void *old, size_t size) {
    void *p = realloc(old, size);
    if (!p) abort();
    return p;
}

static bool method_find(struct str name, enum router_method *out) {
    for (int i = 0; i < ROUTER_METHODS; i++) {
        if (str_eqc(name, method_names[i])) {
            *out = (enum router_method)i;
            return true;
        }
    }
    return false;
}

/* False where the path does not begin with a slash, has an empty segment or too many. */
static bool path_segments(struct str path, struct segments *out) {
    out->count = 0;
    if (path.len == 0 || path.ptr[0] != '/') return false;
    if (path.len == 1) return true;
    size_t from = 1;
    for (size_t i = 1; i <= path.len; i++) {
        if (i < path.len && path.ptr[i] != '/') continue;
        if (i == from || out->count == MAX_SEGMENTS) return false;
        out->at[out->count++] = (struct str){path.ptr + from, i - from};
        from = i + 1;
    }
    return true;
}

static int node_cmp(struct str a, struct str b) {
    if (a.len != b.len) return a.len < b.len ? -1 : 1;
    return memcmp(a.ptr, b.ptr, a.len);
}

/* Where the word stands, or (found false) where it would. */
static int node_search(const struct node *node, struct str word, bool *found) {
    int low = 0, high = node->word_count;
    while (low < high) {
        int mid = (low + high) / 2;
        int c = node_cmp(node->words[mid]->text, word);
        if (c == 0) {
            *found = true;
            return mid;
        }
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    *found = false;
    return low;
}

static struct node *node_new(struct str text) {
    struct node *node = router_memory(NULL, sizeof *node);
    *node = (struct node){.text = text};
    return node;
}

static struct node *node_child(struct node *node, struct str segment) {
    if (segment.ptr[0] == '{') {
        struct node **slot = str_eqc(segment, "{id}") ? &node->id : &node->any;
        if (!*slot) *slot = node_new(segment);
        return *slot;
    }
    bool found;
    int at = node_search(node, segment, &found);
    if (found) return node->words[at];
    node->words = router_memory(node->words, sizeof *node->words * (size_t)(node->word_count + 1));
    memmove(node->words + at + 1, node->words + at, sizeof *node->words * (size_t)(node->word_count - at));
    node->words[at] = node_new(segment);
    node->word_count++;
    return node->words[at];
}

struct router *router_new(void) {
    struct router *router = router_memory(NULL, sizeof *router);
    *router = (struct router){.root = node_new(STR(""))};
    return router;
}

static void node_free(struct node *node) {
    if (!node) return;
    for (int i = 0; i < node->word_count; i++) node_free(node->words[i]);
    node_free(node->id);
    node_free(node->any);
    while (node->endpoints) {
        struct endpoint *next = node->endpoints->next;
        free(node->endpoints);
        node->endpoints = next;
    }
    free(node->words);
    free(node);
}

void router_free(struct router *router) {
    node_free(router->root);
    free(router->routes);
    free(router);
}

void router_put(struct router *router, const struct route *route) {
    struct segments segments;
    struct endpoint endpoint = {.route = route, .index = router->count};
    if (!method_find(str_of(route->method), &endpoint.method)) router_fault(route, "unknown method");
    if (!path_segments(str_of(route->pattern), &segments)) router_fault(route, "malformed pattern");
    struct node *node = router->root;
    for (int i = 0; i < segments.count; i++) {
        struct str s = segments.at[i];
        if (s.ptr[0] == '{' && (s.len < 3 || s.ptr[s.len - 1] != '}')) router_fault(route, "malformed capture");
        node = node_child(node, s);
    }
    for (struct endpoint *e = node->endpoints; e; e = e->next) {
        if (e->method == endpoint.method) router_fault(route, "declared twice");
    }
    endpoint.next = node->endpoints;
    node->endpoints = router_memory(NULL, sizeof endpoint);
    *node->endpoints = endpoint;
    if (router->count == router->cap) {
        router->cap = router->cap ? router->cap * 2 : 64;
        router->routes = router_memory(router->routes, sizeof *router->routes * (size_t)router->cap);
    }
    router->routes[router->count++] = route;
}

static bool id_parse(struct str s, int64_t *id) {
    int64_t n = 0;
    if (s.len == 0 || s.len > 16 || s.ptr[0] == '0') return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *id = n;
    return n < MAX_ID;
}

struct search {
    const struct segments *path;
    enum router_method method;
    bool known;       /* the method */
    unsigned allowed; /* of every node that fits the path */
    const struct endpoint *found;
};

/* Depth first, the most specific child first; stops at the first endpoint of the method. */
static bool node_match(const struct node *node, int depth, struct search *search) {
    if (depth == search->path->count) {
        const struct endpoint *get = NULL;
        for (const struct endpoint *e = node->endpoints; e; e = e->next) {
            search->allowed |= 1u << e->method;
            if (e->method == ROUTER_GET) get = e;
            if (search->known && e->method == search->method) search->found = e;
        }
        if (get) search->allowed |= 1u << ROUTER_HEAD;
        if (!search->found && search->known && search->method == ROUTER_HEAD) search->found = get;
        return search->found != NULL;
    }
    struct str segment = search->path->at[depth];
    bool word;
    int at = node_search(node, segment, &word);
    if (word && node_match(node->words[at], depth + 1, search)) return true;
    int64_t id;
    if (node->id && id_parse(segment, &id) && node_match(node->id, depth + 1, search)) return true;
    return node->any && node_match(node->any, depth + 1, search);
}

/* Names come from the route's own pattern, because routes that share a place may name it differently. */
static bool match_captures(const struct segments *path, struct arena *arena, struct router_match *match) {
    struct segments pattern;
    path_segments(str_of(match->route->pattern), &pattern);
    for (int i = 0; i < pattern.count; i++) {
        struct str name = pattern.at[i];
        if (name.ptr[0] != '{') continue;
        if (!match->captures.at) match->captures.at = arena_array(arena, struct param, (size_t)pattern.count);
        struct param *p = &match->captures.at[match->captures.count++];
        p->name = str_slice(name, 1, name.len - 1);
        p->value = path->at[i];
        if (str_eqc(name, "{id}"))
            id_parse(path->at[i], &match->id);
        else if (!url_decode(arena, path->at[i], false, &p->value))
            return false;
    }
    return true;
}

enum router_result router_find(const struct router *router, struct str method, struct str path, struct arena *arena,
                               struct router_match *match) {
    struct segments segments;
    *match = (struct router_match){.index = -1};
    if (!path_segments(path, &segments)) return ROUTER_NO_PATH;
    struct search search = {.path = &segments};
    search.known = method_find(method, &search.method);
    if (!node_match(router->root, 0, &search)) {
        match->allowed = search.allowed;
        return search.allowed ? ROUTER_NO_METHOD : ROUTER_NO_PATH;
    }
    match->route = search.found->route;
    match->index = search.found->index;
    return match_captures(&segments, arena, match) ? ROUTER_FOUND : ROUTER_BAD_PATH;
}

int router_count(const struct router *router) {
    return router->count;
}

const struct route *router_at(const struct router *router, int index) {
    return router->routes[index];
}

static struct router *main_router;
static pthread_once_t main_once = PTHREAD_ONCE_INIT;

static void main_init(void) {
    main_router = router_new();
    for (int i = 0; i < registry_route_count; i++) router_put(main_router, &registry_routes[i]);
}

struct router *router_main(void) {
    pthread_once(&main_once, main_init);
    return main_router;
}

void router_add(const struct route *route) {
    router_put(router_main(), route);
}

struct str router_allow(struct arena *arena, unsigned allowed) {
    struct buf b = buf_new(arena, 64);
    for (int i = 0; i < ROUTER_METHODS; i++) {
        if (!(allowed >> i & 1)) continue;
        if (b.len) buf_lit(&b, ", ");
        buf_cstr(&b, method_names[i]);
    }
    return buf_str(&b);
}
