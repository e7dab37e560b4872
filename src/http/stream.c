/* stream.c - answers without end; see stream.h. A stream that has nothing to say rests suspended and costs only its memory. */
#include "http/stream_impl.h"

#define QUEUE_BYTES ((size_t)64 << 10)

struct stream {
    struct exchange *ex;
    void (*closed)(void *arg);
    void *arg;
    pthread_mutex_t lock;
    char *waiting; /* NULL while there is nothing */
    size_t from, to, cap;
    bool suspended, ended;
    struct stream *next, *prev; /* of the server's streams */
};

struct stream *stream_open(struct request *req, struct response *res, void (*closed)(void *arg), void *arg) {
    struct exchange *ex = req->impl;
    struct server *server = ex->server;
    struct stream *s = NULL;
    pthread_mutex_lock(&server->streams_lock);
    bool room = server->stream_count < STREAM_LIMIT && !atomic_load(&server->stopping);
    if (room) s = calloc(1, sizeof *s);
    if (s) {
        *s = (struct stream){.ex = ex, .closed = closed, .arg = arg, .next = server->streams};
        pthread_mutex_init(&s->lock, NULL);
        if (s->next) s->next->prev = s;
        server->streams = s;
        server->stream_count++;
    }
    pthread_mutex_unlock(&server->streams_lock);
    if (!s) {
        respond_header(res, req->ctx.arena, "Retry-After", STR("30"));
        errors_add(&req->ctx.errors, 503, "busy", NULL, "Too many clients are listening. Try again later.");
        return NULL;
    }
    ex->stream = s;
    ex->close = true;
    res->status = 200;
    res->content_type = STR("text/event-stream");
    respond_header(res, req->ctx.arena, "Cache-Control", STR("no-store"));
    respond_header(res, req->ctx.arena, "X-Accel-Buffering", STR("no"));
    return s;
}

/* With the lock held. */
static bool stream_put(struct stream *s, struct str text) {
    if (s->ended || text.len > QUEUE_BYTES - (s->to - s->from)) return false;
    if (s->from) {
        memmove(s->waiting, s->waiting + s->from, s->to - s->from);
        s->to -= s->from;
        s->from = 0;
    }
    if (s->to + text.len > s->cap) {
        size_t cap = s->cap ? s->cap : 512;
        while (cap < s->to + text.len) cap *= 2;
        char *grown = realloc(s->waiting, cap);
        if (!grown) return false;
        s->waiting = grown;
        s->cap = cap;
    }
    memcpy(s->waiting + s->to, text.ptr, text.len);
    s->to += text.len;
    return true;
}

static void stream_wake(struct stream *s) {
    if (!s->suspended) return;
    s->suspended = false;
    server_resume(s->ex);
}

bool stream_send(struct stream *s, struct str text) {
    pthread_mutex_lock(&s->lock);
    bool ok = stream_put(s, text);
    if (ok) stream_wake(s);
    pthread_mutex_unlock(&s->lock);
    return ok;
}

ssize_t stream_take(struct stream *s, char *to, size_t max) {
    pthread_mutex_lock(&s->lock);
    size_t n = s->to - s->from;
    ssize_t result = s->ended ? -1 : 0;
    if (n > 0) {
        if (n > max) n = max;
        memcpy(to, s->waiting + s->from, n);
        s->from += n;
        result = (ssize_t)n;
        s->ex->sent += n;
        if (s->from == s->to) {
            free(s->waiting);
            s->waiting = NULL;
            s->from = s->to = s->cap = 0;
        }
    } else if (!s->ended) {
        s->suspended = true;
        server_suspend(s->ex);
    }
    pthread_mutex_unlock(&s->lock);
    return result;
}

void stream_free(struct stream *s) {
    struct server *server = s->ex->server;
    pthread_mutex_lock(&server->streams_lock);
    if (s->prev)
        s->prev->next = s->next;
    else
        server->streams = s->next;
    if (s->next) s->next->prev = s->prev;
    server->stream_count--;
    pthread_mutex_unlock(&server->streams_lock);
    if (s->closed) s->closed(s->arg);
    pthread_mutex_destroy(&s->lock);
    free(s->waiting);
    free(s);
}

void streams_beat(struct server *server) {
    pthread_mutex_lock(&server->streams_lock);
    for (struct stream *s = server->streams; s; s = s->next) stream_send(s, STR(":\n\n"));
    pthread_mutex_unlock(&server->streams_lock);
}

void stream_end(struct stream *s) {
    pthread_mutex_lock(&s->lock);
    s->ended = true;
    stream_wake(s);
    pthread_mutex_unlock(&s->lock);
}

void streams_close(struct server *server) {
    pthread_mutex_lock(&server->streams_lock);
    for (struct stream *s = server->streams; s; s = s->next) stream_end(s);
    pthread_mutex_unlock(&server->streams_lock);
}
