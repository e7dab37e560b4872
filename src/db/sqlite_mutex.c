/* sqlite_mutex.c - SQLite's locks on pthreads, adaptive where one thread takes a lock once; see sqlite_mutex.h. */
#include "db/sqlite_mutex.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>

/* SQLite hands these around without looking inside. */
struct sqlite3_mutex {
    pthread_mutex_t lock;
};

#define STATIC_MUTEXES (SQLITE_MUTEX_STATIC_VFS3 + 1)
static struct sqlite3_mutex statics[STATIC_MUTEXES];

static void set_up(struct sqlite3_mutex *mutex, int type) {
    pthread_mutexattr_t about;
    pthread_mutexattr_init(&about);
    pthread_mutexattr_settype(&about, type);
    pthread_mutex_init(&mutex->lock, &about);
    pthread_mutexattr_destroy(&about);
}

static int mutex_init(void) {
    for (int i = 0; i < STATIC_MUTEXES; i++) set_up(&statics[i], PTHREAD_MUTEX_ADAPTIVE_NP);
    return SQLITE_OK;
}

static int mutex_end(void) { return SQLITE_OK; }

static sqlite3_mutex *mutex_alloc(int kind) {
    if (kind != SQLITE_MUTEX_FAST && kind != SQLITE_MUTEX_RECURSIVE) return kind < STATIC_MUTEXES ? &statics[kind] : NULL;
    struct sqlite3_mutex *mutex = malloc(sizeof *mutex);
    if (mutex) set_up(mutex, kind == SQLITE_MUTEX_FAST ? PTHREAD_MUTEX_ADAPTIVE_NP : PTHREAD_MUTEX_RECURSIVE);
    return mutex;
}

static void mutex_free(sqlite3_mutex *mutex) {
    pthread_mutex_destroy(&mutex->lock);
    free(mutex);
}

static void mutex_enter(sqlite3_mutex *mutex) { pthread_mutex_lock(&mutex->lock); }
static int mutex_try(sqlite3_mutex *mutex) { return pthread_mutex_trylock(&mutex->lock) == 0 ? SQLITE_OK : SQLITE_BUSY; }
static void mutex_leave(sqlite3_mutex *mutex) { pthread_mutex_unlock(&mutex->lock); }

void sqlite_mutex_configure(void) {
    static const sqlite3_mutex_methods methods = {.xMutexInit = mutex_init,
                                                  .xMutexEnd = mutex_end,
                                                  .xMutexAlloc = mutex_alloc,
                                                  .xMutexFree = mutex_free,
                                                  .xMutexEnter = mutex_enter,
                                                  .xMutexTry = mutex_try,
                                                  .xMutexLeave = mutex_leave};
    sqlite3_config(SQLITE_CONFIG_MUTEX, &methods);
}
