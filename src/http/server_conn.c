/* server_conn.c - who is connected, how many from one address, and the reaper that ends connections whose time is up.
 *
 * The library's idle time-out starts anew with every byte, so a client that drips bytes would stay for ever. Here each
 * connection has a moment by which it must have delivered (or read) all that is due; past it the reaper shuts the socket, and
 * the library cleans up as after any broken connection.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "base/timefmt.h"
#include "http/server_impl.h"
#include "http/stream_impl.h"

#define SECOND INT64_C(1000000)
#define SLOWEST_LINE (UINT64_C(32) << 10) /* bytes a second that a client must manage */
#define HEARTBEAT_S 20
#define UNSENT_LIMIT_MS 60000u /* until the kernel gives up on a client that acknowledges nothing */

static bool address_text(const struct sockaddr *address, char *to, size_t size, bool *loopback) {
    *loopback = false;
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)address;
        *loopback = (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
        return inet_ntop(AF_INET, &v4->sin_addr, to, (socklen_t)size) != NULL;
    }
    if (address->sa_family != AF_INET6) return false;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)address;
    if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
        *loopback = v6->sin6_addr.s6_addr[12] == 127;
        return inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, to, (socklen_t)size) != NULL;
    }
    *loopback = IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
    return inet_ntop(AF_INET6, &v6->sin6_addr, to, (socklen_t)size) != NULL;
}

static unsigned bucket_of(const char *ip) {
    unsigned h = 2166136261u;
    for (; *ip; ip++) h = (h ^ (unsigned char)*ip) * 16777619u;
    return h % CONNECTION_BUCKETS;
}

bool connection_allowed(struct server *server, const struct sockaddr *address) {
    char ip[48];
    bool loopback;
    if (!address_text(address, ip, sizeof ip, &loopback)) return false;
    if (loopback) return true;
    struct connections *all = &server->connections;
    int count = 0;
    pthread_mutex_lock(&all->lock);
    for (const struct connection *c = all->buckets[bucket_of(ip)]; c; c = c->next) count += strcmp(c->ip, ip) == 0;
    pthread_mutex_unlock(&all->lock);
    return count < server->options.max_connections_per_ip;
}

struct connection *connection_add(struct server *server, int fd, const struct sockaddr *address) {
    struct connection *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->fd = fd;
    if (!address_text(address, c->ip, sizeof c->ip, &c->loopback)) {
        free(c);
        return NULL;
    }
    c->bucket = bucket_of(c->ip);
    unsigned limit = UNSENT_LIMIT_MS;
    setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
    connection_expect(c, server->options.request_deadline_s, 0);
    struct connections *all = &server->connections;
    pthread_mutex_lock(&all->lock);
    c->next = all->buckets[c->bucket];
    if (c->next) c->next->prev = c;
    all->buckets[c->bucket] = c;
    pthread_mutex_unlock(&all->lock);
    atomic_fetch_add(&all->count, 1);
    return c;
}

/* Called before the descriptor is closed, so the reaper never shuts another's. */
void connection_remove(struct server *server, struct connection *c) {
    struct connections *all = &server->connections;
    pthread_mutex_lock(&all->lock);
    if (c->prev)
        c->prev->next = c->next;
    else
        all->buckets[c->bucket] = c->next;
    if (c->next) c->next->prev = c->prev;
    pthread_mutex_unlock(&all->lock);
    atomic_fetch_sub(&all->count, 1);
    free(c);
}

void connection_expect(struct connection *c, int seconds, uint64_t bytes) {
    int64_t at = seconds ? time_monotonic() + ((int64_t)seconds + (int64_t)(bytes / SLOWEST_LINE)) * SECOND : 0;
    atomic_store_explicit(&c->deadline, at, memory_order_relaxed);
}

static void reap(struct connections *all) {
    int64_t now = time_monotonic();
    pthread_mutex_lock(&all->lock);
    for (int i = 0; i < CONNECTION_BUCKETS; i++) {
        for (struct connection *c = all->buckets[i]; c; c = c->next) {
            int64_t deadline = atomic_load_explicit(&c->deadline, memory_order_relaxed);
            if (deadline && deadline < now) shutdown(c->fd, SHUT_RDWR);
        }
    }
    pthread_mutex_unlock(&all->lock);
}

static void *reaper_run(void *arg) {
    struct server *server = arg;
    struct connections *all = &server->connections;
    int beats = 0;
    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        struct timespec at;
        clock_gettime(CLOCK_REALTIME, &at);
        at.tv_sec++;
        if (pthread_cond_timedwait(&all->wake, &all->lock, &at) != ETIMEDOUT) continue;
        pthread_mutex_unlock(&all->lock);
        reap(all);
        if (++beats % HEARTBEAT_S == 0) streams_beat(server);
        pthread_mutex_lock(&all->lock);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

bool connections_start(struct server *server, struct errors *errors) {
    struct connections *all = &server->connections;
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->wake, NULL);
    all->reaping = pthread_create(&all->reaper, NULL, reaper_run, server) == 0;
    return all->reaping || errors_add(errors, 500, "thread", NULL, "Cannot start a thread.");
}

void connections_stop(struct server *server) {
    struct connections *all = &server->connections;
    if (!all->reaping) return;
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->reaper, NULL);
    all->reaping = false;
}
