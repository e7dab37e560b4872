/* sqlite_fold.c - the thread that folds the write-ahead log into the file (sqlite_fold.h). */
#include "db/sqlite_fold.h"

#include <pthread.h>
#include <sqlite3.h>

/* In pages of 4 KB: what is worth a pass under load (16 MB), a long log (64 MB), one that must not grow on (256 MB), and what the
 * writer may fold by itself (4 MB). */
#define PASS 4096
#define LONG 16384
#define TOO_LONG 65536
#define REST 1024
/* No commit for this long: time to fold what there is. Where a reader stands in the way, the next try comes later. */
#define CALM_MS 20
#define BLOCKED_MS 1000

struct sqlite_fold {
    sqlite3 *handle;
    pthread_t thread;
    pthread_mutex_t lock; /* guards all that follows */
    pthread_cond_t changed;
    int pages;  /* in the log */
    int folded; /* of them, in the file */
    int log;    /* counts the logs: each begins anew */
    bool closing;
};

/* Returns whether it got further; the lock is held before and after, not meanwhile. */
static bool fold_pass(struct sqlite_fold *fold, sqlite3 *handle) {
    int log = fold->log, before = fold->folded, pages = -1, folded = -1;
    pthread_mutex_unlock(&fold->lock);
    sqlite3_wal_checkpoint_v2(handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &pages, &folded);
    pthread_mutex_lock(&fold->lock);
    if (log != fold->log) return true;
    if (folded > fold->folded) fold->folded = folded;
    return folded > before;
}

static void wait_ms(struct sqlite_fold *fold, long ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&fold->changed, &fold->lock, &until);
}

/* True where it is time for a pass: much is there, or nothing comes any more. */
static bool is_time(struct sqlite_fold *fold) {
    int pages = fold->pages, log = fold->log;
    if (pages - fold->folded >= PASS || (pages >= LONG && pages - fold->folded > REST)) return true;
    wait_ms(fold, CALM_MS);
    return fold->pages == pages && fold->log == log;
}

static void *fold_main(void *arg) {
    struct sqlite_fold *fold = arg;
    pthread_mutex_lock(&fold->lock);
    while (!fold->closing) {
        if (fold->folded >= fold->pages) {
            pthread_cond_wait(&fold->changed, &fold->lock);
        } else if (is_time(fold) && !fold->closing && !fold_pass(fold, fold->handle) && !fold->closing) {
            wait_ms(fold, BLOCKED_MS);
        }
    }
    pthread_mutex_unlock(&fold->lock);
    return NULL;
}

struct sqlite_fold *sqlite_fold_start(sqlite3 *handle) {
    struct sqlite_fold *fold = calloc(1, sizeof *fold);
    if (!fold) return NULL;
    fold->handle = handle;
    pthread_mutex_init(&fold->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&fold->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&fold->thread, NULL, fold_main, fold) == 0) return fold;
    pthread_cond_destroy(&fold->changed);
    pthread_mutex_destroy(&fold->lock);
    free(fold);
    return NULL;
}

void sqlite_fold_stop(struct sqlite_fold *fold) {
    pthread_mutex_lock(&fold->lock);
    fold->closing = true;
    pthread_cond_signal(&fold->changed);
    pthread_mutex_unlock(&fold->lock);
    pthread_join(fold->thread, NULL);
    sqlite3_close(fold->handle);
    pthread_cond_destroy(&fold->changed);
    pthread_mutex_destroy(&fold->lock);
    free(fold);
}

void sqlite_fold_committed(struct sqlite_fold *fold, int pages) {
    pthread_mutex_lock(&fold->lock);
    bool had_nothing = fold->folded >= fold->pages;
    if (pages < fold->pages) {
        fold->folded = 0;
        fold->log++;
    }
    fold->pages = pages;
    /* Not at each commit: while it waits for calm, more of them change nothing. */
    if (had_nothing || pages - fold->folded >= PASS) pthread_cond_signal(&fold->changed);
    pthread_mutex_unlock(&fold->lock);
}

void sqlite_fold_rest(struct sqlite_fold *fold, sqlite3 *writer) {
    pthread_mutex_lock(&fold->lock);
    int left = fold->pages - fold->folded;
    if (left > 0 && ((fold->pages >= LONG && left <= REST) || fold->pages >= TOO_LONG)) fold_pass(fold, writer);
    pthread_mutex_unlock(&fold->lock);
}
