/* node.c - ids, and the lease of the number that makes them this process's own (node.h). */
#include "core/node.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timefmt.h"

#define NODES 64
#define PER_MS 128
#define EPOCH_2024 INT64_C(1704067200)
#define RENEW_S 10
#define LEASE_MS INT64_C(60000)
#define TRUSTED_US INT64_C(45000000)
#define HOLDER_MAX 160
#define NODES_TURN INT64_MAX /* whose jobs these are: nobody's, so that no long work of the platform holds them up */

static struct {
    struct db *db;
    pthread_mutex_t lock; /* guards what follows, but for the atomics */
    pthread_cond_t wake;
    pthread_t thread;
    bool running, stopping;
    char holder[HOLDER_MAX];
    _Atomic int number;          /* -1: none yet */
    _Atomic int64_t renewed_us;  /* monotonic; 0 never */
} node = {.lock = PTHREAD_MUTEX_INITIALIZER, .wake = PTHREAD_COND_INITIALIZER};

static _Atomic int64_t last; /* time of the newest id, in its own unit */

/* ---- ids ---- */

static int64_t id_clock(void) {
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    return ((int64_t)clock.tv_sec - EPOCH_2024) * 1000 * PER_MS + (int64_t)clock.tv_nsec * PER_MS / 1000000;
}

int64_t id_new(void) {
    int64_t now = id_clock(), seen = atomic_load(&last), next;
    do {
        next = now > seen ? now : seen + 1;
    } while (!atomic_compare_exchange_weak(&last, &seen, next));
    int number = atomic_load_explicit(&node.number, memory_order_relaxed);
    return next * NODES + (number > 0 ? number : 0);
}

int64_t id_of_time(int64_t time) { return (time - EPOCH_2024 * 1000) * PER_MS * NODES; }

bool id_is_own(int64_t id) { return id % NODES == atomic_load_explicit(&node.number, memory_order_relaxed); }

/* Ids from here on are newer than what an earlier holder of the number may have made. */
static void id_skip(int64_t until) {
    int64_t seen = atomic_load(&last);
    while (seen < until && !atomic_compare_exchange_weak(&last, &seen, until)) {
    }
}

/* ---- who holds a number ---- */

static void read_line(const char *path, char *to, size_t size) {
    FILE *file = fopen(path, "re");
    to[0] = 0;
    if (file && !fgets(to, (int)size, file)) to[0] = 0;
    if (file) fclose(file);
    to[strcspn(to, "\n")] = 0;
}

/* When the process began, as the kernel counts: its number alone may be another's by now. 0: there is no such process. */
static long long process_start(long pid) {
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    read_line(path, line, sizeof line);
    const char *at = strrchr(line, ')');
    for (int field = 2; at && field < 22; field++) at = strchr(at + 1, ' ');
    return at ? strtoll(at, NULL, 10) : 0;
}

/* "MACHINE PID START": the machine is its last start and the room of processes in it, as containers share the former. */
static void holder_here(char *to, size_t size, long pid, long long start) {
    char boot[64], room[64];
    read_line("/proc/sys/kernel/random/boot_id", boot, sizeof boot);
    ssize_t len = readlink("/proc/self/ns/pid", room, sizeof room - 1);
    room[len > 0 ? len : 0] = 0;
    snprintf(to, size, "%s/%s %ld %lld", boot, room, pid, start);
}

/* A process of this machine that is there no longer will not come back. */
static bool has_ended(const char *holder) {
    const char *space = strrchr(holder, ' ');
    while (space && space > holder && space[-1] != ' ') space--;
    long pid = space ? strtol(space, NULL, 10) : 0;
    long long start = strrchr(holder, ' ') ? strtoll(strrchr(holder, ' '), NULL, 10) : 0;
    char same[HOLDER_MAX];
    holder_here(same, sizeof same, pid, start);
    return pid > 0 && strcmp(same, holder) == 0 && process_start(pid) != start;
}

/* ---- the lease ---- */

struct lease {
    int number; /* -1: all are taken */
    bool known; /* its row is there */
    int64_t used_until;
};

static bool is_free(struct db_stmt *row, int64_t now) {
    char holder[HOLDER_MAX];
    snprintf(holder, sizeof holder, "%.*s", STR_ARG(db_text(row, 1)));
    if (!holder[0] || strcmp(holder, node.holder) == 0) return true;
    return now - db_int(row, 2) > LEASE_MS || has_ended(holder);
}

static enum db_result find_free(struct db_conn *conn, struct lease *lease) {
    struct db_stmt *s = db_prepare(conn, STR("SELECT id, holder, seen_at, used_until FROM nodes ORDER BY id"));
    int64_t now = time_now(), next = 0;
    enum db_result r = DB_DONE;
    lease->number = -1;
    while (lease->number < 0 && (r = db_step(s)) == DB_ROW) {
        if (db_int(s, 0) > next) break;
        next++;
        if (!is_free(s, now)) continue;
        *lease = (struct lease){.number = (int)db_int(s, 0), .known = true, .used_until = db_int(s, 3)};
    }
    db_reset(s);
    if (lease->number < 0 && next < NODES) *lease = (struct lease){.number = (int)next};
    return r == DB_ROW ? DB_DONE : r;
}

static bool write_lease(struct db_conn *conn, const struct lease *lease, const char *holder) {
    struct db_stmt *s = db_prepare(
        conn, lease->known ? STR("UPDATE nodes SET holder = :holder, seen_at = :now, used_until = :until, updated_at = :now "
                                 "WHERE id = :id")
                           : STR("INSERT INTO nodes (id, holder, seen_at, used_until, created_at, updated_at, version) "
                                 "VALUES (:id, :holder, :now, :until, :now, :now, 1)"));
    db_bind_int(s, db_param(s, ":id"), lease->number);
    db_bind_text(s, db_param(s, ":holder"), str_of(holder));
    db_bind_int(s, db_param(s, ":now"), time_now());
    db_bind_int(s, db_param(s, ":until"), lease->used_until);
    enum db_result r = db_step(s);
    db_reset(s);
    return r == DB_DONE;
}

/* Takes a number, or keeps the one it has. */
static bool lease_run(struct db_conn *conn, void *arg) {
    struct lease *lease = arg;
    db_tenant(conn, DB_PLATFORM);
    int number = atomic_load(&node.number);
    if (find_free(conn, lease) != DB_DONE) return false;
    if (number >= 0) {
        struct db_stmt *s = db_prepare(conn, STR("SELECT holder FROM nodes WHERE id = ?1"));
        db_bind_int(s, 1, number);
        bool mine = db_step(s) == DB_ROW && str_eqc(db_text(s, 0), node.holder);
        db_reset(s);
        if (mine) *lease = (struct lease){.number = number, .known = true};
    }
    if (lease->number < 0) return false;
    int64_t used = atomic_load(&last);
    if (used > lease->used_until) lease->used_until = used;
    return write_lease(conn, lease, node.holder);
}

/* With the lock held. */
static bool renew(void) {
    struct lease lease = {.number = -1};
    int64_t before = time_monotonic();
    if (!db_write_wait(node.db, NODES_TURN, lease_run, &lease, NULL)) return false;
    id_skip(lease.used_until + 1);
    int was = atomic_exchange(&node.number, lease.number);
    atomic_store(&node.renewed_us, before);
    if (was >= 0 && was != lease.number) log_event(LOG_WARN, "node_changed", LOG_INT("from", was), LOG_INT("to", lease.number));
    return true;
}

static bool trusted(void) {
    int64_t renewed = atomic_load(&node.renewed_us);
    return atomic_load(&node.number) >= 0 && time_monotonic() - renewed < TRUSTED_US;
}

static void *node_run(void *arg) {
    (void)arg;
    pthread_mutex_lock(&node.lock);
    while (!node.stopping) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += RENEW_S;
        pthread_cond_timedwait(&node.wake, &node.lock, &until);
        if (!node.stopping && !renew()) log_event(LOG_WARN, "node_not_renewed", LOG_INT("number", atomic_load(&node.number)));
    }
    pthread_mutex_unlock(&node.lock);
    return NULL;
}

void node_start(struct db *db) {
    node.db = db;
    atomic_store(&node.number, -1);
    holder_here(node.holder, sizeof node.holder, (long)getpid(), process_start((long)getpid()));
}

bool node_ready(struct errors *errors) {
    if (!node.db || trusted()) return true;
    pthread_mutex_lock(&node.lock);
    bool ok = trusted() || renew();
    if (ok && !node.running) node.running = pthread_create(&node.thread, NULL, node_run, NULL) == 0;
    pthread_mutex_unlock(&node.lock);
    return ok || errors_add(errors, 503, "busy", NULL, "The database cannot be written to at this moment. Try again.");
}

static bool give_back(struct db_conn *conn, void *arg) {
    (void)arg;
    db_tenant(conn, DB_PLATFORM);
    struct lease lease = {.number = atomic_load(&node.number), .known = true, .used_until = atomic_load(&last)};
    return write_lease(conn, &lease, "");
}

void node_stop(void) {
    if (!node.db) return;
    pthread_mutex_lock(&node.lock);
    node.stopping = true;
    pthread_cond_signal(&node.wake);
    pthread_mutex_unlock(&node.lock);
    if (node.running) pthread_join(node.thread, NULL);
    if (trusted()) db_write_wait(node.db, NODES_TURN, give_back, NULL, NULL);
    node.running = node.stopping = false;
    node.db = NULL;
    atomic_store(&node.number, -1);
}
