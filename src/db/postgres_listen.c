/* postgres_listen.c - news between the servers of one database: LISTEN on a connection and thread of its own (db.h, db_listen).
 *
 * What was committed is announced afterwards, together for all that happened within 20 ms, and not by a NOTIFY in each writing
 * transaction: those take one lock of the whole cluster from there to the end of their commit, and would stand in line for the
 * disk. An announcement that is lost is made up for by looking at times. Behind a pooler that changes servers nobody can listen;
 * there everybody looks each second.
 */
#include "db/postgres_impl.h"

#include "base/log.h"
#include "base/timefmt.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define PENDING 256 /* tenants of one announcement; with more, everybody looks at everything */
#define TOGETHER_US 20000
#define LOOK_US INT64_C(10000000)
#define LOOK_DEAF_US INT64_C(1000000)

struct db_listener {
    struct db *db;
    struct pg_conn *c;
    void (*heard)(void *arg, int64_t tenant);
    void *arg;
    pthread_t thread;
    int wake;           /* an eventfd */
    bool hears;         /* the connection listens */
    int64_t looked_at, told_at;
    pthread_mutex_t lock; /* guards what follows */
    int64_t pending[PENDING];
    int count;
    bool everybody, stopping;
};

static void wake(struct db_listener *l) {
    uint64_t one = 1;
    if (write(l->wake, &one, sizeof one) < 0) return; /* it is awake */
}

void pg_notify(struct db *db, int64_t tenant) {
    struct db_listener *l = db->listener;
    if (!l) return;
    pthread_mutex_lock(&l->lock);
    bool first = l->count == 0 && !l->everybody, known = l->everybody;
    for (int i = 0; i < l->count && !known; i++) known = l->pending[i] == tenant;
    if (!known && l->count == PENDING) {
        l->everybody = true;
    } else if (!known) {
        l->pending[l->count++] = tenant;
    }
    pthread_mutex_unlock(&l->lock);
    if (first) wake(l);
}

/* The text of the next announcement; false where there is none. */
static bool take_pending(struct db_listener *l, char *text, size_t size) {
    size_t len = 0;
    text[0] = 0;
    pthread_mutex_lock(&l->lock);
    bool any = l->count > 0;
    for (int i = 0; i < l->count && !l->everybody; i++)
        len += (size_t)snprintf(text + len, size - len, i ? " %lld" : "%lld", (long long)l->pending[i]);
    l->count = 0;
    l->everybody = false;
    pthread_mutex_unlock(&l->lock);
    return any;
}

static bool run(struct db_listener *l, const char *sql, const char *value) {
    PGresult *result = PQexecParams(l->c->link, sql, value != NULL, NULL, &value, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* After a time without a connection there may be news that nobody told. */
static bool connected(struct db_listener *l) {
    if (l->c->link && PQstatus(l->c->link) == CONNECTION_OK) return true;
    l->hears = false;
    if (pg_attach(l->c) != DB_OK) return false;
    l->hears = PQexitPipelineMode(l->c->link) == 1 && l->c->named && run(l, "LISTEN tenon_news", NULL);
    l->looked_at = 0;
    return true;
}

static void tell(struct db_listener *l) {
    char text[PENDING * 21];
    if (time_monotonic() - l->told_at < TOGETHER_US || !take_pending(l, text, sizeof text)) return;
    l->told_at = time_monotonic();
    if (run(l, "SELECT pg_notify('tenon_news', $1)", text)) return;
    log_event(LOG_WARN, "news_not_told", LOG_STR("tenants", str_of(text)));
}

static void hear_text(struct db_listener *l, const char *text) {
    struct str rest = str_of(text), word;
    int64_t tenant;
    if (!*text) l->heard(l->arg, 0);
    while (str_word(&rest, &word)) {
        if (str_to_int(word, &tenant) && tenant > 0) l->heard(l->arg, tenant);
    }
}

static void hear(struct db_listener *l) {
    PQconsumeInput(l->c->link);
    for (PGnotify *news; (news = PQnotifies(l->c->link)) != NULL;) {
        if (news->be_pid != PQbackendPID(l->c->link)) hear_text(l, news->extra);
        PQfreemem(news);
    }
}

static void look(struct db_listener *l) {
    int64_t now = time_monotonic();
    if (now - l->looked_at < (l->hears ? LOOK_US : LOOK_DEAF_US)) return;
    l->looked_at = now;
    l->heard(l->arg, 0);
}

static bool is_stopping(struct db_listener *l, bool *waiting) {
    pthread_mutex_lock(&l->lock);
    bool stopping = l->stopping;
    *waiting = l->count > 0;
    pthread_mutex_unlock(&l->lock);
    return stopping;
}

static void *listener_main(void *arg) {
    struct db_listener *l = arg;
    bool waiting = false;
    while (!is_stopping(l, &waiting)) {
        bool link = connected(l);
        struct pollfd polled[2] = {{.fd = l->wake, .events = POLLIN}, {.fd = link ? PQsocket(l->c->link) : -1, .events = POLLIN}};
        poll(polled, 2, waiting ? TOGETHER_US / 1000 : 1000);
        uint64_t count;
        if ((polled[0].revents & POLLIN) && read(l->wake, &count, sizeof count) < 0) continue;
        if (!link) continue;
        tell(l);
        hear(l);
        if (PQstatus(l->c->link) == CONNECTION_OK) look(l);
    }
    return NULL;
}

static void listener_free(struct db_listener *l) {
    if (l->c) pg_disconnect(&l->c->base);
    if (l->wake >= 0) close(l->wake);
    pthread_mutex_destroy(&l->lock);
    free(l);
}

bool pg_listen(struct db *db, void (*heard)(void *arg, int64_t tenant), void *arg) {
    struct db_listener *l = calloc(1, sizeof *l);
    if (!l) return false;
    *l = (struct db_listener){.db = db, .heard = heard, .arg = arg, .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    pthread_mutex_init(&l->lock, NULL);
    l->c = pg_conn_new(db, true);
    if (l->c && l->wake >= 0 && pthread_create(&l->thread, NULL, listener_main, l) == 0) {
        db->listener = l;
        return true;
    }
    listener_free(l);
    return false;
}

void pg_unlisten(struct db *db) {
    struct db_listener *l = db->listener;
    if (!l) return;
    pthread_mutex_lock(&l->lock);
    l->stopping = true;
    pthread_mutex_unlock(&l->lock);
    wake(l);
    pthread_join(l->thread, NULL);
    db->listener = NULL;
    listener_free(l);
}
