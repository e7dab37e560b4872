/* server_impl.h - what the files of the HTTP room share and handlers do not see. The library's types stay opaque here: only
 * server.c knows them.
 *
 * An exchange is one request with its answer. It belongs to one thread at a time: the HTTP thread that read it, then perhaps
 * the writer or a worker (while its connection is suspended), then the HTTP thread again, which sends the answer.
 *
 *     HEAD    headers are read: route, limits, who asks               exchange_begin
 *     BODY    pieces of the body come                                 exchange_body
 *     REFUSED the answer is ready; what still comes is thrown away
 *     RUN     the handler runs, here or elsewhere                     exchange_run
 *     DONE    res is the answer                                       exchange_done on the other thread; server_resume
 */
#ifndef HTTP_SERVER_IMPL_H
#define HTTP_SERVER_IMPL_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/router.h"
#include "http/server.h"

/* A refused body up to this long is read and thrown away, so that the client gets to read why; a longer one is cut off. */
#define BODY_DRAINED ((size_t)8 << 20)

struct MHD_Connection;
struct MHD_Daemon;
struct multipart;
struct stream;
struct metrics;
struct sse;
struct idempotency;

/* ---- connections (server_conn.c): who is connected, and until when we wait for them --------------------------------- */

struct connection {
    int fd;
    char ip[48];
    bool loopback;
    unsigned bucket;
    _Atomic int64_t deadline; /* monotonic us; 0: not waiting for the client */
    struct connection *next, *prev;
};
#define CONNECTION_BUCKETS 1024
struct connections {
    pthread_mutex_t lock;
    struct connection *buckets[CONNECTION_BUCKETS];
    atomic_int count;
    pthread_t reaper;
    pthread_cond_t wake;
    bool reaping, stopping;
};
struct sockaddr;
/* False where the address has too many connections already. */
bool connection_allowed(struct server *server, const struct sockaddr *address);
struct connection *connection_add(struct server *server, int fd, const struct sockaddr *address);
void connection_remove(struct server *server, struct connection *connection);
/* The client must have done what is due (headers, body, reading the answer) within `seconds` and the time that `bytes` take a
 * slow line; 0 seconds: nothing is due. */
void connection_expect(struct connection *connection, int seconds, uint64_t bytes);
/* The thread that shuts what is overdue and beats the streams' hearts. */
bool connections_start(struct server *server, struct errors *errors);
void connections_stop(struct server *server);

/* ---- one request ---------------------------------------------------------------------------------------------------- */

enum exchange_state { EXCHANGE_HEAD, EXCHANGE_BODY, EXCHANGE_REFUSED, EXCHANGE_RUN, EXCHANGE_DONE };

struct exchange {
    struct request req;
    struct response res;
    struct arena *arena;
    struct server *server;
    struct connection *peer;
    struct MHD_Connection *connection;
    struct exchange_pool *pool;
    struct exchange *next; /* in the pool's list or the workers' queue */
    enum exchange_state state;
    int64_t started; /* monotonic us */
    int route_index; /* -1 none */
    char request_id[20];
    const char *uri_end; /* in the library's memory, while the head is read */
    /* found while looking over the headers once */
    struct str authorization, accept_encoding, content_type, host, origin, fetch_site;
    uint64_t content_length;
    bool has_body, chunked, wants_continue;
    bool close;     /* no further request on this connection */
    bool arrived;                 /* as a whole: counted in server->working */
    bool exhausted; /* of memory: the answer is static text */
    bool by_bearer; /* authenticated by a header that browsers do not send by themselves */
    bool aborted;   /* the client was gone before it had the answer */
    /* the body on its way */
    struct buf body;
    uint64_t body_bytes;
    struct str piece; /* of the body, that is being read */
    struct multipart *multipart;
    int body_fd;       /* the temporary file; -1 none */
    size_t text_bytes; /* of multipart text fields */
    struct buf *part;  /* the text field that is being read; NULL: the file */
    bool part_is_file;
    bool skip_part;
    struct str csrf;        /* of the session, not masked; empty where none is needed */
    struct error no_memory; /* reported where nothing can be allocated */
    const struct json *json;
    bool json_parsed;
    struct idempotency *idempotency;
    int64_t ended_session; /* to be forgotten once the write stands */
    struct stream *stream;
    uint64_t sent; /* bytes of the answer's body, for the log */
};

/* Reused memory of exchanges, one pool a thread. */
struct exchange_pool {
    struct exchange *free;
    int count;
    struct exchange_pool *next;
};

struct exchange *exchange_new(struct server *server, struct str uri);
void exchange_free(struct exchange *exchange);
void exchange_pool_free(struct exchange_pool *pool);
/* After the headers; `wrong` says what is wrong with them, or is NULL. The answer may be ready then (DONE). */
void exchange_begin(struct exchange *exchange, const char *wrong, int wrong_status);
/* One piece of the body; false: cut the connection. */
bool exchange_body(struct exchange *exchange, struct str bytes);
/* After the last piece. True where the answer is ready (DONE); else the connection is suspended (RUN), and the exchange must not
 * be touched any more: another thread has it, and may be done with it already. */
bool exchange_run(struct exchange *exchange);
/* On a worker; refuse: the server stops, answer 503. */
void exchange_work(struct exchange *exchange, bool refuse);

/* body.c: the request's body, in memory or in a temporary file. False with errors on ctx. */
bool body_begin(struct exchange *exchange);
bool body_piece(struct exchange *exchange, struct str bytes);
bool body_end(struct exchange *exchange);
void body_release(struct exchange *exchange);
bool body_is_json(const struct exchange *exchange);

/* respond.c: as respond_header, for values of our own that need no cleaning and end in NUL; they must outlive the answer. */
void respond_header_literal(struct response *res, struct arena *arena, const char *name, struct str value);
/* response.c: chooses the encoding, writes the headers that every answer has; on the HTTP thread. */
void response_finish(struct exchange *exchange);
/* security.c */
void security_headers(struct exchange *exchange);
/* False with 403 where an unsafe request does not come from our own pages. */
bool security_check_origin(struct exchange *exchange);
bool security_check_csrf(struct exchange *exchange);
/* The token as it goes into a page: another text each time, so that compression does not give it away. */
struct str security_mask(struct arena *arena, struct str token);
bool security_unmask_equals(struct arena *arena, struct str masked, struct str token);
/* What a page needs: a nonce for its scripts, a token for its forms. */
void security_page(struct exchange *exchange);
void security_random(void *to, size_t size);

/* server.c: the library */
bool server_listen(struct server *server, int fd, struct errors *errors);
void server_quiesce(struct server *server);
void server_close(struct server *server);
void server_suspend(struct exchange *exchange);
void server_resume(struct exchange *exchange);
struct str server_header(const struct exchange *exchange, const char *name);
struct str server_cookie(const struct exchange *exchange, const char *name);

/* server_work.c: the workers. False where their queue is full. */
bool work_start(struct server *server, struct errors *errors);
bool work_add(struct exchange *exchange);
void work_stop(struct server *server);
int work_queue_length(const struct server *server);

struct work;
struct server {
    struct server_options options;
    struct db *db;
    struct router *router;
    struct MHD_Daemon *daemon;
    int listen_fd, port;
    bool has_public_url;      /* given, not made up from host and port */
    struct str public_origin; /* "https://crm.example" */
    struct connections connections;
    struct work *work;
    struct metrics *metrics;
    struct actor *nobody;
    struct arena *arena; /* lives as long as the server */
    pthread_mutex_t pools_lock;
    struct exchange_pool *pools;
    atomic_int in_flight; /* exchanges under way, streams included */
    atomic_int working;           /* of these, requests that have arrived as a whole and are not answered yet */
    atomic_int suspended; /* of these, connections that wait for another thread */
    atomic_bool stopping;
    atomic_bool setup_open; /* no tenant yet */
    atomic_int setup_attempts;
    struct str setup_code;
    struct sse *sse;
    pthread_mutex_t streams_lock;
    struct stream *streams;
    int stream_count;
    int64_t started_at;
};

#endif
