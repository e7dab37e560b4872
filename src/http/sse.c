/* sse.c - server-sent events; see sse.h.
 *
 * The writer only drops a note into a bounded queue. The thread here takes notes one by one, and for each client of the tenant
 * looks whether its user may read the record now. So order is that of the commits, no client is told of what it may not see, and
 * neither the writer nor the HTTP threads wait for anybody.
 */
#include "http/sse.h"

#include "base/timefmt.h"
#include "core/event.h"
#include "core/query.h"
#include "core/registry.h"
#include "http/stream.h"

ROUTE("GET", "/api/v1/events", sse_open, RUN_READ | API | STREAM)

#define QUEUE 4096
#define CHECK_S 20 /* how often sessions are looked at */
#define MEMORY ((size_t)16 << 20)

struct listener {
    atomic_int refs;
    pthread_mutex_t lock;  /* of `stream` */
    struct stream *stream; /* NULL once the client is gone */
    struct sse *sse;
    int64_t tenant_id, user_id, session_id, key_id;
    int64_t last_id;       /* event that was told last, or that the client named */
    bool resume, overflow; /* only the thread's */
    struct listener *next, *prev;
};
struct note {
    int64_t id, tenant_id, user_id, record_id, change_set_id, at;
    const struct entity *entity;
    char verb[64];
};
struct sse {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock; /* of all that follows */
    pthread_cond_t wake;
    struct listener *listeners;
    int count;
    struct note queue[QUEUE];
    unsigned from, to;
    bool lost, fresh, stopping;
    bool behind;      /* only the thread's: a client has not been told yet that it missed something */
    struct sse *next; /* of the process's */
};

static pthread_mutex_t all_lock = PTHREAD_MUTEX_INITIALIZER;
static struct sse *all;
static pthread_once_t listen_once = PTHREAD_ONCE_INIT;

/* ---- on the writer --------------------------------------------------------------------------------------------------------- */

static void put_note(struct sse *sse, const struct event *event) {
    pthread_mutex_lock(&sse->lock);
    if (sse->count == 0) {
        /* nobody listens */
    } else if (sse->to - sse->from == QUEUE) {
        sse->lost = true;
    } else {
        struct note *n = &sse->queue[sse->to++ % QUEUE];
        *n = (struct note){
            event->id, event->tenant_id, event->user_id, event->record_id, event->change_set_id, event->at, event->entity, ""};
        snprintf(n->verb, sizeof n->verb, "%s", event->verb);
        pthread_cond_signal(&sse->wake);
    }
    pthread_mutex_unlock(&sse->lock);
}

static void on_event(const struct event *event, void *arg) {
    (void)arg;
    pthread_mutex_lock(&all_lock);
    for (struct sse *sse = all; sse; sse = sse->next) put_note(sse, event);
    pthread_mutex_unlock(&all_lock);
}

static void listen_to_events(void) { event_listen(on_event, NULL); }

/* ---- clients --------------------------------------------------------------------------------------------------------------- */

static void listener_release(struct listener *l) {
    if (atomic_fetch_sub(&l->refs, 1) != 1) return;
    pthread_mutex_destroy(&l->lock);
    free(l);
}

/* The client is gone: on the HTTP thread. */
static void listener_closed(void *arg) {
    struct listener *l = arg;
    struct sse *sse = l->sse;
    pthread_mutex_lock(&l->lock);
    l->stream = NULL;
    pthread_mutex_unlock(&l->lock);
    pthread_mutex_lock(&sse->lock);
    if (l->prev)
        l->prev->next = l->next;
    else
        sse->listeners = l->next;
    if (l->next) l->next->prev = l->prev;
    sse->count--;
    pthread_mutex_unlock(&sse->lock);
    listener_release(l);
}

static void listener_end(struct listener *l) {
    pthread_mutex_lock(&l->lock);
    if (l->stream) stream_end(l->stream);
    pthread_mutex_unlock(&l->lock);
}

/* Whoever walks through many pages leaves streams behind that nobody reads: the oldest makes room for the newest. */
static void make_room(struct sse *sse, const struct listener *l) {
    struct listener *oldest = NULL;
    int of_user = 0;
    pthread_mutex_lock(&sse->lock);
    for (struct listener *o = sse->listeners; o; o = o->next) {
        if (o->user_id != l->user_id || o->tenant_id != l->tenant_id) continue;
        of_user++;
        oldest = o;
    }
    if (of_user < SSE_PER_USER) oldest = NULL;
    if (oldest) atomic_fetch_add(&oldest->refs, 1);
    pthread_mutex_unlock(&sse->lock);
    if (!oldest) return;
    listener_end(oldest);
    listener_release(oldest);
}

static void listener_add(struct sse *sse, struct listener *l) {
    pthread_mutex_lock(&sse->lock);
    l->next = sse->listeners;
    if (l->next) l->next->prev = l;
    sse->listeners = l;
    sse->count++;
    sse->fresh = true;
    pthread_cond_signal(&sse->wake);
    pthread_mutex_unlock(&sse->lock);
}

static struct listener *listener_new(const struct request *req) {
    struct listener *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    const struct actor *actor = req->ctx.actor;
    atomic_init(&l->refs, 1);
    pthread_mutex_init(&l->lock, NULL);
    l->sse = req->server->sse;
    l->tenant_id = actor->tenant_id;
    l->user_id = actor->user_id;
    l->session_id = actor->session_id;
    l->key_id = actor->key_id;
    /* A browser can send the header only when it comes back; a page that was just made says itself what it knows. */
    struct str after = request_header(req, "Last-Event-ID");
    if (!after.len) after = request_arg(req, "after");
    l->resume = str_to_int(after, &l->last_id) && l->last_id > 0;
    if (!l->resume) l->last_id = 0;
    return l;
}

void sse_open(struct request *req, struct response *res) {
    struct listener *l = listener_new(req);
    struct errors *errors = &req->ctx.errors;
    if (!l) errors_add(errors, 503, "out_of_memory", NULL, "The server is short of memory. Try again in a moment.");
    else make_room(l->sse, l);
    struct stream *stream = l ? stream_open(req, res, listener_closed, l) : NULL;
    if (stream) {
        l->stream = stream;
        stream_send(stream, STR("retry: 3000\n\n"));
        listener_add(l->sse, l);
        return;
    }
    if (l) listener_release(l);
    respond_errors(req, res);
}

/* ---- on the thread --------------------------------------------------------------------------------------------------------- */

static bool listener_send(struct listener *l, struct str text) {
    pthread_mutex_lock(&l->lock);
    bool ok = !l->stream || stream_send(l->stream, text);
    pthread_mutex_unlock(&l->lock);
    return ok;
}

static void tell(struct listener *l, struct str text) {
    if (l->overflow) l->overflow = !listener_send(l, STR("event: resync\ndata: {}\n\n"));
    if (!l->overflow) l->overflow = !listener_send(l, text);
}

static void write_optional(struct buf *b, const char *name, int64_t id) {
    buf_printf(b, ",\"%s\":", name);
    if (id)
        buf_int(b, id);
    else
        buf_lit(b, "null");
}

static struct str note_text(struct arena *arena, const struct note *n) {
    struct buf b = buf_new(arena, 256);
    buf_printf(&b, "id: %lld\nevent: change\ndata: {\"entity\":", (long long)n->id);
    buf_json(&b, n->entity->name);
    buf_printf(&b, ",\"id\":%lld,\"verb\":", (long long)n->record_id);
    buf_json(&b, str_of(n->verb));
    write_optional(&b, "user_id", n->user_id);
    write_optional(&b, "change_set_id", n->change_set_id);
    buf_lit(&b, ",\"at\":\"");
    buf_time(&b, n->at);
    buf_lit(&b, "\"}\n\n");
    return buf_str(&b);
}

/* A context as the client's user; false where the user is not active any more: then the stream ends. */
static bool ctx_of(struct listener *l, struct arena *arena, struct ctx *ctx) {
    struct db *db = l->sse->server->db;
    ctx_init(ctx, arena, db, actor_system(arena, l->tenant_id));
    ctx->conn = db_reader(db, &ctx->errors);
    struct actor *loaded = ctx->conn ? actor_load(ctx, l->tenant_id, l->user_id) : NULL;
    if (!loaded) {
        listener_end(l);
        return false;
    }
    struct db_conn *conn = ctx->conn;
    ctx_init(ctx, arena, db, actor_for_request(arena, loaded, l->session_id, l->key_id));
    ctx->conn = conn;
    return true;
}

/* What was deleted is told to those who could read it while it stood. */
static bool may_hear(struct ctx *ctx, const struct note *n) {
    if (!access_may(ctx->actor, n->entity, MAY_READ)) return false;
    if (access_scope(ctx->actor, n->entity, MAY_READ) == SCOPE_ALL && !n->entity->parent) return true;
    return query_one(ctx, n->entity, n->record_id, MAY_READ, true) != NULL;
}

static void tell_note(struct listener *l, struct arena *arena, const struct note *n) {
    struct ctx ctx;
    if (n->id <= l->last_id || !ctx_of(l, arena, &ctx)) return;
    l->last_id = n->id;
    if (may_hear(&ctx, n)) tell(l, note_text(arena, n));
}

/* What the client missed, from the table. */
static void resume(struct listener *l, struct arena *arena) {
    struct ctx ctx;
    l->resume = false;
    if (!ctx_of(l, arena, &ctx)) return;
    struct note *notes = arena_array(arena, struct note, SSE_BACKLOG + 1);
    int count = 0;
    struct db_stmt *s = sql_query(&ctx,
                                  "SELECT id, user_id, entity_id, change_set_id, created_at, entity_type, verb FROM events "
                                  "WHERE tenant_id = :tenant AND id > :last ORDER BY id LIMIT 1001",
                                  ARGS({":last", value_int(l->last_id)}));
    while (s && count <= SSE_BACKLOG && db_step(s) == DB_ROW) {
        const struct entity *entity = registry_find(db_text(s, 5));
        if (!entity) continue;
        struct note *n = &notes[count++];
        *n = (struct note){db_int(s, 0), l->tenant_id, db_int(s, 1), db_int(s, 2), db_int(s, 3), db_int(s, 4), entity, ""};
        snprintf(n->verb, sizeof n->verb, "%.*s", STR_ARG(db_text(s, 6)));
    }
    if (s) db_reset(s);
    l->overflow = count > SSE_BACKLOG;
    for (int i = 0; i < count; i++) {
        if (!l->overflow && may_hear(&ctx, &notes[i])) tell(l, note_text(arena, &notes[i]));
        l->last_id = notes[i].id;
    }
    if (l->overflow) tell(l, STR(":\n\n"));
}

/* A session that ended, or a key that was revoked, ends its streams. */
static void check(struct listener *l, struct arena *arena) {
    struct ctx ctx;
    if (!ctx_of(l, arena, &ctx)) return;
    struct sql_arg id = {":id", value_int(l->session_id ? l->session_id : l->key_id)};
    int64_t good =
        l->session_id
            ? sql_int(&ctx, "SELECT count(*) FROM sessions WHERE tenant_id = :tenant AND id = :id AND expires_at > :now",
                      ARGS(id))
            : sql_int(&ctx,
                      "SELECT count(*) FROM api_keys WHERE tenant_id = :tenant AND id = :id AND revoked_at IS NULL "
                      "AND deleted_at IS NULL AND (expires_at IS NULL OR expires_at > :now)",
                      ARGS(id));
    if (!good && ctx.errors.count == 0) listener_end(l);
}

/* All clients of a tenant (0: of all), held until they are released. */
static struct listener **hold(struct sse *sse, int64_t tenant_id, int *count) {
    *count = 0;
    struct listener **held = sse->count ? malloc(sizeof *held * (size_t)sse->count) : NULL;
    for (struct listener *l = sse->listeners; held && l; l = l->next) {
        if (tenant_id && l->tenant_id != tenant_id) continue;
        atomic_fetch_add(&l->refs, 1);
        held[(*count)++] = l;
    }
    return held;
}

struct round {
    struct sse *sse;
    struct arena *arena;
    struct note note;
    bool has_note, fresh, lost, check, behind;
};

static void serve_one(struct round *r, struct listener *l) {
    if (r->lost) l->overflow = true;
    if (r->fresh && l->resume) resume(l, r->arena);
    if (r->has_note && l->tenant_id == r->note.tenant_id) tell_note(l, r->arena, &r->note);
    if (r->check) check(l, r->arena);
    if (r->behind && l->overflow) tell(l, STR(":\n\n"));
    if (l->overflow) r->sse->behind = true;
}

/* A client whose turn takes more memory than there is has missed something. */
static void serve_guarded(struct round *r, struct listener *l) {
    jmp_buf edge;
    arena_catch(r->arena, &edge);
    if (setjmp(edge) == 0)
        serve_one(r, l);
    else
        l->overflow = true;
    arena_catch(r->arena, NULL);
    arena_reset(r->arena);
}

/* With the lock held, which is let go meanwhile. */
static void serve_round(struct round *r) {
    int count;
    struct listener **held = hold(r->sse, r->check || r->fresh || r->lost || r->behind ? 0 : r->note.tenant_id, &count);
    pthread_mutex_unlock(&r->sse->lock);
    for (int i = 0; i < count; i++) {
        serve_guarded(r, held[i]);
        listener_release(held[i]);
    }
    free(held);
    pthread_mutex_lock(&r->sse->lock);
}

static void *sse_run(void *arg) {
    struct sse *sse = arg;
    struct arena *arena = arena_new(MEMORY);
    int64_t checked = time_now();
    pthread_mutex_lock(&sse->lock);
    while (!sse->stopping) {
        int64_t now = time_now();
        struct round r = {
            .sse = sse, .arena = arena, .fresh = sse->fresh, .lost = sse->lost, .check = now - checked >= CHECK_S * 1000};
        r.has_note = sse->from != sse->to;
        if (r.has_note) r.note = sse->queue[sse->from++ % QUEUE];
        sse->fresh = sse->lost = false;
        if (r.check) checked = now;
        if (r.has_note || r.fresh || r.lost || r.check) {
            serve_round(&r);
            continue;
        }
        struct timespec at = {.tv_sec = now / 1000 + 1};
        pthread_cond_timedwait(&sse->wake, &sse->lock, &at);
        if (!sse->behind) continue;
        r.behind = true;
        sse->behind = false;
        serve_round(&r);
    }
    pthread_mutex_unlock(&sse->lock);
    arena_free(arena);
    return NULL;
}

bool sse_start(struct server *server, struct errors *errors) {
    struct sse *sse = calloc(1, sizeof *sse);
    if (!sse) return errors_add(errors, 500, "out_of_memory", NULL, "There is not enough memory to start.");
    sse->server = server;
    pthread_mutex_init(&sse->lock, NULL);
    pthread_cond_init(&sse->wake, NULL);
    if (pthread_create(&sse->thread, NULL, sse_run, sse) != 0) {
        free(sse);
        return errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
    }
    server->sse = sse;
    pthread_once(&listen_once, listen_to_events);
    pthread_mutex_lock(&all_lock);
    sse->next = all;
    all = sse;
    pthread_mutex_unlock(&all_lock);
    return true;
}

/* After all streams have ended. */
void sse_stop(struct server *server) {
    struct sse *sse = server->sse;
    if (!sse) return;
    pthread_mutex_lock(&all_lock);
    struct sse **at = &all;
    while (*at != sse) at = &(*at)->next;
    *at = sse->next;
    pthread_mutex_unlock(&all_lock);
    pthread_mutex_lock(&sse->lock);
    sse->stopping = true;
    pthread_cond_signal(&sse->wake);
    pthread_mutex_unlock(&sse->lock);
    pthread_join(sse->thread, NULL);
    pthread_cond_destroy(&sse->wake);
    pthread_mutex_destroy(&sse->lock);
    free(sse);
    server->sse = NULL;
}
