/* view_count.c - counts of saved views, remembered for a moment (view_count.h). */
#include "http/view_count.h"

#include <pthread.h>
#include <stdatomic.h>

#include "core/event.h"

#define ENTRIES 4096
#define KINDS 1024

static struct entry {
    uint64_t key;
    int64_t count, until;
    uint64_t as_of; /* it holds what was told until then */
} entries[ENTRIES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint64_t news;
static uint64_t changed[KINDS]; /* `news` at the last change */

/* Two kinds of records that share a place forget each other's numbers, which costs a count and nothing else. */
static uint64_t *changed_at(int64_t tenant, const struct entity *entity) {
    return &changed[((uint64_t)tenant * 31 + (uint64_t)entity->index) % KINDS];
}

static void on_event(const struct event *event, void *arg) {
    (void)arg;
    pthread_mutex_lock(&lock);
    *changed_at(event->tenant_id, event->entity) = atomic_fetch_add(&news, 1) + 1;
    pthread_mutex_unlock(&lock);
}

uint64_t view_count_news(void) { return atomic_load(&news); }

static void listen_to_events(void) { event_listen(on_event, NULL); }

void view_count_begin(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, listen_to_events);
}

/* FNV-1a. */
static uint64_t mix(uint64_t h, const void *bytes, size_t n) {
    for (const unsigned char *p = bytes; n; p++, n--) h = (h ^ *p) * UINT64_C(1099511628211);
    return h;
}

/* What does not limit the rows (sort, group, columns) does not count. */
static bool limits(struct str name) { return str_starts(name, STR("filter[")) || str_in_words("q trash", name); }

static uint64_t key_of(const struct request *req, const struct entity *entity, const struct params *params) {
    uint64_t h = UINT64_C(14695981039346656037);
    h = mix(h, &req->ctx.tenant_id, sizeof req->ctx.tenant_id);
    h = mix(h, &req->ctx.actor->user_id, sizeof req->ctx.actor->user_id);
    h = mix(h, &entity->index, sizeof entity->index);
    uint64_t access = access_generation();
    h = mix(h, &access, sizeof access);
    for (int i = 0; i < params->count; i++) {
        const struct param *p = &params->at[i];
        if (!limits(p->name)) continue;
        h = mix(h, p->name.ptr, p->name.len);
        h = mix(mix(h, "=", 1), p->value.ptr, p->value.len);
        h = mix(h, "&", 1);
    }
    return h;
}

static bool remembered(const struct view_counting *c, int64_t *count) {
    const struct ctx *ctx = c->query->ctx;
    pthread_mutex_lock(&lock);
    const struct entry *e = &entries[c->key % ENTRIES];
    bool known = e->key == c->key && *changed_at(ctx->tenant_id, c->query->entity) <= e->as_of && ctx->now < e->until;
    if (known) *count = e->count;
    pthread_mutex_unlock(&lock);
    return known;
}

static void remember(const struct view_counting *c, int64_t count) {
    pthread_mutex_lock(&lock);
    entries[c->key % ENTRIES] = (struct entry){c->key, count, c->query->ctx->now + VIEW_COUNT_AGE_MS, c->as_of};
    pthread_mutex_unlock(&lock);
}

/* Of what changes without an event nothing would forget the number. */
static bool may_remember(const struct entity *entity) { return !entity_is(entity, ENTITY_NO_AUDIT | ENTITY_INTERNAL); }

struct view_counting view_count_ahead(struct request *req, struct query *q, const struct params *params) {
    struct view_counting c = {.query = q, .key = key_of(req, q->entity, params), .as_of = req->news};
    c.known = may_remember(q->entity) && remembered(&c, &c.count);
    if (!c.known) c.asked = query_count_ahead(q, VIEW_COUNT_MOST + 1);
    return c;
}

int64_t view_count_of(const struct view_counting *c) {
    if (c->known) return c->count;
    int faults = c->query->ctx->errors.count;
    int64_t count = query_count_of(c->query, c->asked);
    if (c->query->ctx->errors.count == faults) remember(c, count);
    return count;
}

/* A view that names a field that is gone has no number. */
int64_t view_count(struct request *req, const struct entity *entity, struct str query) {
    struct errors kept = req->ctx.errors;
    struct params params = {.count = 0};
    struct query *q = query_new(&req->ctx, entity);
    bool known, sound = params_parse(req->ctx.arena, query, &params, &req->ctx.errors);
    for (int i = 0; sound && i < params.count; i++)
        if (limits(params.at[i].name)) sound = query_param(q, params.at[i].name, params.at[i].value, &known);
    struct view_counting c = {.count = -1, .known = true};
    if (sound) c = view_count_ahead(req, q, &params);
    int64_t count = view_count_of(&c);
    req->ctx.errors = kept;
    return count;
}
