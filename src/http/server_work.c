/* server_work.c - the workers: threads for what may take its time (password hashes, exports, PDF), with a bounded queue.
 *
 * What takes long must not keep short work waiting behind it for ever: the queue is first come, first served, and where it is
 * full the answer is 503 with Retry-After rather than a wait without end.
 */
#include "base/log.h"
#include "http/server_impl.h"

#define QUEUE_LIMIT 256

struct work {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct exchange *first, *last;
    int queued, threads;
    bool stopping;
    pthread_t thread[];
};

static void *work_run(void *arg) {
    struct server *server = arg;
    struct work *work = server->work;
    pthread_mutex_lock(&work->lock);
    while (true) {
        while (!work->first && !work->stopping) pthread_cond_wait(&work->wake, &work->lock);
        struct exchange *ex = work->first;
        if (!ex) break;
        work->first = ex->next;
        if (!work->first) work->last = NULL;
        work->queued--;
        bool refuse = work->stopping;
        pthread_mutex_unlock(&work->lock);
        ex->next = NULL;
        exchange_work(ex, refuse);
        pthread_mutex_lock(&work->lock);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

bool work_start(struct server *server, struct errors *errors) {
    int wanted = server->options.workers;
    struct work *work = calloc(1, sizeof *work + sizeof(pthread_t) * (size_t)wanted);
    if (!work) return errors_add(errors, 500, "out_of_memory", NULL, "There is not enough memory to start.");
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->wake, NULL);
    server->work = work;
    for (int i = 0; i < wanted; i++) {
        if (pthread_create(&work->thread[work->threads], NULL, work_run, server) == 0) work->threads++;
    }
    return work->threads > 0 || errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
}

bool work_add(struct exchange *ex) {
    struct work *work = ex->server->work;
    pthread_mutex_lock(&work->lock);
    bool room = work->queued < QUEUE_LIMIT && !work->stopping;
    if (room) {
        if (work->last)
            work->last->next = ex;
        else
            work->first = ex;
        work->last = ex;
        work->queued++;
        pthread_cond_signal(&work->wake);
    }
    pthread_mutex_unlock(&work->lock);
    return room;
}

int work_queue_length(const struct server *server) {
    struct work *work = server->work;
    pthread_mutex_lock(&work->lock);
    int n = work->queued;
    pthread_mutex_unlock(&work->lock);
    return n;
}

/* What runs is finished; what still waits is refused. */
void work_stop(struct server *server) {
    struct work *work = server->work;
    if (!work) return;
    pthread_mutex_lock(&work->lock);
    work->stopping = true;
    pthread_cond_broadcast(&work->wake);
    pthread_mutex_unlock(&work->lock);
    for (int i = 0; i < work->threads; i++) pthread_join(work->thread[i], NULL);
    pthread_cond_destroy(&work->wake);
    pthread_mutex_destroy(&work->lock);
    free(work);
    server->work = NULL;
}
