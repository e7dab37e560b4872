/* event_feed.c - looks for the events of other servers, when told that there are some and every now and then (event_feed.h). */
#include "core/event_feed.h"

#include <pthread.h>

#include "base/timefmt.h"
#include "core/event.h"
#include "core/registry.h"

#define FOLLOWED 1024      /* tenants; more push out the one that was active longest ago */
#define ACTIVE_MS 600000
#define OVERLAP_MS 20000
#define AT_ONCE "500"      /* of one tenant, the newest */
#define HANDLED 8192
#define MEMORY ((size_t)4 << 20)

static struct {
    struct db *db;
    pthread_mutex_t lock; /* guards `followed` */
    struct followed {
        int64_t tenant_id, active_at;
    } followed[FOLLOWED];
    int64_t handled[HANDLED]; /* only the listening thread's: ids, each at the place its bits give it */
} feed = {.lock = PTHREAD_MUTEX_INITIALIZER};

void event_feed_follow(int64_t tenant_id, int64_t now) {
    pthread_mutex_lock(&feed.lock);
    struct followed *at = &feed.followed[0];
    for (int i = 0; i < FOLLOWED; i++) {
        struct followed *f = &feed.followed[i];
        if (f->tenant_id == tenant_id || f->active_at < at->active_at) at = f;
        if (f->tenant_id == tenant_id) break;
    }
    *at = (struct followed){tenant_id, now};
    pthread_mutex_unlock(&feed.lock);
}

void event_feed_tell(struct db *db, int64_t tenant_id) { db_notify(db, tenant_id); }

/* True where it was not handed on yet, as far as is known: twice is harmless, never is not. */
static bool is_new(int64_t id) {
    uint64_t hash = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    int64_t *at = &feed.handled[(hash >> 40) % HANDLED];
    if (*at == id) return false;
    *at = id;
    return true;
}

/* The new ones, in the order that event_publish wants: newest first. */
static struct event *read_events(struct ctx *ctx) {
    struct event *first = NULL, **end = &first;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, user_id, entity_id, change_set_id, created_at, entity_type, verb FROM events "
                                  "WHERE tenant_id = :tenant AND id > :from ORDER BY id DESC LIMIT " AT_ONCE,
                                  ARGS({":from", value_int(id_of_time(ctx->now - OVERLAP_MS))}));
    while (s && db_step(s) == DB_ROW) {
        int64_t id = db_int(s, 0);
        const struct entity *entity = registry_find(db_text(s, 5));
        if (!entity || id_is_own(id) || !is_new(id)) continue;
        struct event *event = arena_alloc(ctx->arena, sizeof *event);
        *event = (struct event){.id = id,
                                .tenant_id = ctx->tenant_id,
                                .user_id = db_int(s, 1),
                                .record_id = db_int(s, 2),
                                .change_set_id = db_int(s, 3),
                                .at = db_int(s, 4),
                                .entity = entity,
                                .verb = str_dup(ctx->arena, db_text(s, 6)).ptr};
        *end = event;
        end = &event->next;
    }
    db_reset(s);
    return first;
}

static void look(struct arena *arena, int64_t tenant_id) {
    struct ctx ctx;
    ctx_init(&ctx, arena, feed.db, actor_system(arena, tenant_id));
    ctx.conn = db_reader(feed.db, &ctx.errors);
    if (!ctx.conn) return;
    struct event *events = read_events(&ctx);
    for (const struct event *e = events; e; e = e->next) {
        if (!entity_is(e->entity, ENTITY_ACCESS)) continue;
        access_changed();
        break;
    }
    event_publish(events);
    db_reset_all(ctx.conn);
}

/* The tenants to look at: one, or all that are followed. */
static int pick(int64_t tenant_id, int64_t *picked) {
    int count = 0;
    int64_t since = time_now() - ACTIVE_MS;
    pthread_mutex_lock(&feed.lock);
    for (int i = 0; i < FOLLOWED; i++) {
        const struct followed *f = &feed.followed[i];
        if (f->tenant_id && f->active_at >= since && (!tenant_id || f->tenant_id == tenant_id)) picked[count++] = f->tenant_id;
    }
    pthread_mutex_unlock(&feed.lock);
    return count;
}

static void heard(void *arg, int64_t tenant_id) {
    (void)arg;
    int64_t picked[FOLLOWED];
    int count = pick(tenant_id, picked);
    struct arena *arena = count ? arena_new(MEMORY) : NULL;
    for (int i = 0; i < count; i++) {
        jmp_buf edge;
        arena_catch(arena, &edge);
        if (setjmp(edge) == 0) look(arena, picked[i]);
        arena_catch(arena, NULL);
        arena_reset(arena);
    }
    if (arena) arena_free(arena);
}

bool event_feed_start(struct db *db, struct errors *errors) {
    feed.db = db;
    return db_listen(db, heard, NULL) || errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
}
