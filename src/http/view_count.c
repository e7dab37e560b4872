/* view_count.c - counts of saved views, remembered for a moment (view_count.h). */
#include "http/view_count.h"

#include <pthread.h>
#include <stdatomic.h>

#include "core/event.h"
#include "core/query.h"

#define ENTRIES 4096
#define GENERATIONS 1024

static struct entry {
    uint64_t key;
    int64_t count, until;
    uint32_t generation;
} entries[ENTRIES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Atomic uint32_t generations[GENERATIONS];

/* Two kinds of records that share a place forget each other's numbers, which costs a count and nothing else. */
static _Atomic uint32_t *generation_of(int64_t tenant, const struct entity *entity) {
    return &generations[((uint64_t)tenant * 31 + (uint64_t)entity->index) % GENERATIONS];
}

static void on_event(const struct event *event, void *arg) {
    (void)arg;
    atomic_fetch_add(generation_of(event->tenant_id, event->entity), 1);
}

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

static uint64_t key_of(const struct request *req, const struct entity *entity, struct str query) {
    uint64_t h = UINT64_C(14695981039346656037);
    h = mix(h, &req->ctx.tenant_id, sizeof req->ctx.tenant_id);
    h = mix(h, &req->ctx.actor->user_id, sizeof req->ctx.actor->user_id);
    h = mix(h, &entity->index, sizeof entity->index);
    uint64_t access = access_generation();
    h = mix(h, &access, sizeof access);
    return mix(h, query.ptr, query.len);
}

static bool remembered(uint64_t key, uint32_t generation, int64_t now, int64_t *count) {
    pthread_mutex_lock(&lock);
    const struct entry *e = &entries[key % ENTRIES];
    bool known = e->key == key && e->generation == generation && now < e->until;
    if (known) *count = e->count;
    pthread_mutex_unlock(&lock);
    return known;
}

static void remember(uint64_t key, uint32_t generation, int64_t now, int64_t count) {
    pthread_mutex_lock(&lock);
    entries[key % ENTRIES] = (struct entry){key, count, now + VIEW_COUNT_AGE_MS, generation};
    pthread_mutex_unlock(&lock);
}

/* What does not limit the rows (sort, group) does not count; a view that names a field that is gone has no number. */
static int64_t count_now(struct request *req, const struct entity *entity, struct str query) {
    struct errors kept = req->ctx.errors;
    struct params params = {.count = 0};
    struct query *q = query_new(&req->ctx, entity);
    bool known, sound = params_parse(req->ctx.arena, query, &params, &req->ctx.errors);
    for (int i = 0; sound && i < params.count; i++)
        if (str_starts(params.at[i].name, STR("filter[")) || str_eqc(params.at[i].name, "q"))
            sound = query_param(q, params.at[i].name, params.at[i].value, &known);
    int64_t n = sound ? query_count_up_to(q, VIEW_COUNT_MOST + 1) : -1;
    req->ctx.errors = kept;
    return n;
}

int64_t view_count(struct request *req, const struct entity *entity, struct str query) {
    uint64_t key = key_of(req, entity, query);
    /* Read before the count: a change meanwhile counts. */
    uint32_t generation = atomic_load(generation_of(req->ctx.tenant_id, entity));
    int64_t count;
    if (remembered(key, generation, req->ctx.now, &count)) return count;
    count = count_now(req, entity, query);
    remember(key, generation, req->ctx.now, count);
    return count;
}
