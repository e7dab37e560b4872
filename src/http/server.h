/* server.h - the HTTP server: listens, reads requests within limits, runs handlers on the right thread, answers, and stops
 * without losing any. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "db/db.h"
#include "http/http.h"

struct server_options {
    struct str host;         /* "127.0.0.1" */
    int port;                /* 0 picks a free one */
    int threads;             /* 0: as many as suit the database */
    int workers;             /* 0: 2 */
    int database_connections; /* at most, to one database's server; 0: as many as the threads need */
    size_t max_body;         /* 1 MB; 413 beyond */
    size_t max_upload;       /* 256 MB */
    int max_connections;     /* 4,000 */
    int max_connections_per_ip; /* 1,000; loopback is not limited */
    int idle_timeout_s;      /* 60 */
    int request_deadline_s;  /* 30: headers and body must have arrived */
    bool secure_cookies;     /* behind TLS: Secure, __Host-, HSTS */
    struct str public_url;   /* for absolute links; else from host and port, never from the Host header */
    const char *files_dir;   /* where uploaded files live */
};

struct server;
/* Starts to listen; NULL with an error. */
struct server *server_start(struct db *db, const struct server_options *options, struct errors *errors);
int server_port(const struct server *server);
const struct server_options *server_options(const struct server *server);
struct db *server_db(const struct server *server);
/* Finishes what is under way (at most `grace_s`), then closes. Frees. */
void server_stop(struct server *server, int grace_s);

/* Generated: routes declared by ROUTE lines. */
extern const struct route registry_routes[];
extern const int registry_route_count;

#endif
