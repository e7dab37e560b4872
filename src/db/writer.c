/* writer.c - the threads that write: what is queued shares a transaction, and one durable commit (db.h).
 *
 * Each tenant's jobs go to one of them, so they run one after the other. Each job runs in a savepoint, so that it can fail
 * alone. `done` is called after the commit, in the order of the queue.
 * A storage failure may make the database end the transaction by itself: then every job that ran in it has failed.
 */
#include "db/driver.h"

#include "base/log.h"
#include "base/timefmt.h"

#define QUEUE_LIMIT 1000
struct db_writer {
    struct db *db;
    struct db_conn *conn;
    pthread_t thread;
    bool failing;         /* the last commit; the writer's own */
    pthread_mutex_t lock; /* guards all that follows */
    pthread_cond_t arrived;
    struct db_job *first, *last;
    int length;
    bool closing;
    atomic_int_fast64_t jobs, failed_jobs, commits, failed_commits;
};

/* The next job, which stays in the queue. */
static struct db_job *peek(struct db_writer *w) {
    pthread_mutex_lock(&w->lock);
    struct db_job *job = w->first;
    pthread_mutex_unlock(&w->lock);
    return job;
}

static void take(struct db_writer *w, struct db_job *job) {
    pthread_mutex_lock(&w->lock);
    w->first = job->next;
    if (!w->first) w->last = NULL;
    w->length--;
    job->next = NULL;
    pthread_mutex_unlock(&w->lock);
}

/* Waits for a job; false when the database closes and none is left. */
static bool wait_for_work(struct db_writer *w) {
    pthread_mutex_lock(&w->lock);
    while (!w->first && !w->closing) pthread_cond_wait(&w->arrived, &w->lock);
    bool work = w->first != NULL;
    pthread_mutex_unlock(&w->lock);
    return work;
}

/* False where the transaction cannot go on. */
static bool run_job(struct db_writer *w, struct db_job *job) {
    struct db_conn *conn = w->conn;
    const struct db_driver *driver = conn->driver;
    if (driver->control(conn, DB_SAVEPOINT) != DB_OK) return false;
    conn->worst = DB_OK;
    conn->job = job;
    conn->of_job.sql = NULL;
    conn->in_job = true;
    db_tenant(conn, job->tenant);
    bool ok = job->run(conn, job->arg);
    conn->in_job = false;
    db_reset_all(conn);
    if (!driver->in_transaction(conn)) return false;
    /* What ran into a storage failure is not to be trusted, whatever the job made of it. */
    job->result = conn->worst;
    job->ok = ok && conn->worst == DB_OK;
    enum db_result kept = job->ok ? driver->control(conn, DB_RELEASE) : DB_OK;
    if (job->ok && kept == DB_OK) {
        if (conn->of_job.sql) conn->of_group = conn->of_job;
        return true;
    }
    job->ok = false;
    if (job->result == DB_OK) job->result = kept;
    return driver->control(conn, DB_ROLLBACK_TO) == DB_OK;
}

/* Runs jobs until none waits or the group is large or old enough. Returns how the transaction stands. */
static enum db_result run_group(struct db_writer *w, struct db_job **first) {
    struct db_conn *conn = w->conn;
    struct db_job **end = first;
    conn->worst = DB_OK;
    conn->of_group.sql = NULL;
    enum db_result result = conn->driver->control(conn, DB_BEGIN_WRITE);
    int64_t start = time_monotonic();
    for (int count = 0; count < conn->driver->group_jobs; count++) {
        if (count > 0 && time_monotonic() - start >= conn->driver->group_us) break;
        struct db_job *job = peek(w);
        if (!job) break;
        enum db_result claimed = result == DB_OK ? conn->driver->claim(conn, job->tenant, count == 0) : DB_OK;
        if (claimed == DB_BUSY && count > 0) break; /* it begins the next group */
        if (claimed != DB_OK) result = claimed;
        take(w, job);
        *end = job;
        end = &job->next;
        /* Without a transaction to run in, the whole group hears why. */
        if (result == DB_OK && !run_job(w, job)) return conn->worst == DB_OK ? DB_ERROR : conn->worst;
    }
    return result;
}

/* A full disk fails every commit; its log must not fill what is left. */
static void note_outcome(struct db_writer *w, enum db_result result) {
    atomic_fetch_add(result == DB_OK ? &w->commits : &w->failed_commits, 1);
    if (w->failing == (result != DB_OK)) return;
    w->failing = result != DB_OK;
    if (w->failing) {
        log_event(LOG_ERROR, "writing_fails", LOG_STR("error", db_error(w->conn)));
    } else {
        log_event(LOG_WARN, "writing_resumed", LOG_INT("failed_commits", atomic_load(&w->failed_commits)));
    }
}

static void tell(struct db_writer *w, struct db_job *jobs, enum db_result result) {
    while (jobs) {
        struct db_job *job = jobs;
        jobs = job->next; /* done may free the job */
        if (result != DB_OK) {
            job->ok = false;
            job->result = result;
        }
        atomic_fetch_add(job->ok ? &w->jobs : &w->failed_jobs, 1);
        job->done(job->result, job->arg);
    }
}

static void write_group(struct db_writer *w) {
    struct db_conn *conn = w->conn;
    struct db_job *jobs = NULL;
    enum db_result result = run_group(w, &jobs);
    if (result == DB_OK) result = conn->driver->before_commit(conn);
    if (result == DB_OK) result = conn->driver->control(conn, DB_COMMIT);
    note_outcome(w, result);
    if (result != DB_OK) conn->driver->control(conn, DB_ROLLBACK);
    tell(w, jobs, result);
}

/* A writer's own connection, made when it is first needed. Where it cannot be had, the job that waits longest hears so. */
static bool connected(struct db_writer *w) {
    if (w->conn) return true;
    struct arena *arena = arena_new(64u << 10);
    struct errors errors = {.arena = arena};
    w->conn = w->db->driver->connect(w->db, true, &errors);
    arena_free(arena);
    if (w->conn) return true;
    struct db_job *job = peek(w);
    take(w, job);
    tell(w, job, DB_BUSY);
    return false;
}

static void *writer_main(void *arg) {
    struct db_writer *w = arg;
    while (wait_for_work(w)) {
        if (!connected(w)) continue;
        write_group(w);
        w->conn->driver->between(w->conn);
    }
    return NULL;
}

struct db_writer *writer_start(struct db *db, struct db_conn *conn) {
    struct db_writer *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->db = db;
    w->conn = conn;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->arrived, NULL);
    if (pthread_create(&w->thread, NULL, writer_main, w) == 0) return w;
    pthread_cond_destroy(&w->arrived);
    pthread_mutex_destroy(&w->lock);
    free(w);
    return NULL;
}

void writer_stop(struct db_writer *w) {
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_signal(&w->arrived);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    if (w->conn) conn_close(w->conn);
    pthread_cond_destroy(&w->arrived);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

struct writer_counts writer_counts(const struct db *db) {
    struct writer_counts all = {0};
    for (int i = 0; i < db->driver->writers; i++) {
        const struct db_writer *w = db->writers[i];
        all.jobs += atomic_load(&w->jobs);
        all.failed_jobs += atomic_load(&w->failed_jobs);
        all.commits += atomic_load(&w->commits);
        all.failed_commits += atomic_load(&w->failed_commits);
    }
    return all;
}

/* ---- queueing ---- */

/* Ids of tenants rise with time, and their low bits are far from random. */
static struct db_writer *writer_for(struct db *db, int64_t tenant) {
    uint64_t hash = (uint64_t)tenant * UINT64_C(0x9e3779b97f4a7c15);
    return db->writers[tenant > 0 ? (hash >> 33) % (uint64_t)db->driver->writers : 0];
}

static bool on_a_writer(const struct db *db) {
    bool is = false;
    for (int i = 0; i < db->driver->writers; i++) is = is || pthread_equal(pthread_self(), db->writers[i]->thread);
    return is;
}

bool db_write(struct db *db, struct db_job *job) {
    struct db_writer *w = writer_for(db, job->tenant);
    pthread_mutex_lock(&w->lock);
    bool taken = !w->closing && w->length < QUEUE_LIMIT;
    if (taken) {
        job->next = NULL;
        job->ok = false;
        job->result = DB_OK;
        if (w->last) {
            w->last->next = job;
        } else {
            w->first = job;
        }
        w->last = job;
        w->length++;
        pthread_cond_signal(&w->arrived);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}

int db_queue_length(const struct db *db) {
    int length = 0;
    for (int i = 0; i < db->driver->writers; i++) {
        struct db_writer *w = db->writers[i];
        pthread_mutex_lock(&w->lock);
        length += w->length;
        pthread_mutex_unlock(&w->lock);
    }
    return length;
}

struct waiter {
    bool (*run)(struct db_conn *, void *);
    void *arg;
    pthread_mutex_t lock;
    pthread_cond_t finished;
    bool is_finished;
    enum db_result result;
};

static bool waiter_run(struct db_conn *conn, void *arg) {
    struct waiter *waiter = arg;
    return waiter->run(conn, waiter->arg);
}

static void waiter_done(enum db_result result, void *arg) {
    struct waiter *waiter = arg;
    pthread_mutex_lock(&waiter->lock);
    waiter->result = result;
    waiter->is_finished = true;
    pthread_cond_signal(&waiter->finished);
    pthread_mutex_unlock(&waiter->lock);
}

bool db_write_wait(struct db *db, int64_t tenant, bool (*run)(struct db_conn *, void *), void *arg, enum db_result *result) {
    struct waiter waiter = {.run = run, .arg = arg, .result = DB_BUSY};
    struct db_job job = {.run = waiter_run, .done = waiter_done, .arg = &waiter, .tenant = tenant};
    pthread_mutex_init(&waiter.lock, NULL);
    pthread_cond_init(&waiter.finished, NULL);
    /* On a writer's own thread this would wait for itself, or two for each other. */
    bool taken = !on_a_writer(db) && db_write(db, &job);
    pthread_mutex_lock(&waiter.lock);
    while (taken && !waiter.is_finished) pthread_cond_wait(&waiter.finished, &waiter.lock);
    pthread_mutex_unlock(&waiter.lock);
    pthread_cond_destroy(&waiter.finished);
    pthread_mutex_destroy(&waiter.lock);
    if (result) *result = waiter.result;
    return taken && waiter.result == DB_OK && job.ok;
}
