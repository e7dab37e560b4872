/* http.h - a request, its answer, and the routes: all that handlers see of HTTP. Only server.c knows the library.
 *
 * A handler is `void name(struct request *req, struct response *res)`. It never blocks an HTTP thread: its route says where it
 * runs. RUN_READ runs where the request arrived, with that thread's read connection. RUN_WRITE runs on the writer, inside a
 * savepoint; the answer leaves after the commit (a status >= 400 undoes the savepoint). RUN_WORKER runs on a worker thread, may
 * take its time and may call ctx_write. Authentication, CSRF, body limits and the content type are checked before the handler, by
 * the route's flags; access to entities is checked by the core.
 *
 *     ROUTE("GET", "/healthz", health, RUN_READ | PUBLIC)
 *     static void health(struct request *req, struct response *res) { respond_text(res, 200, STR("ok\n")); }
 *
 * `ROUTE(...)` at the start of a line registers (tools/registry.mjs); routes of entities come from the registry (api_routes.c,
 * page_routes.c). Patterns: "/leads/{id}" captures; {id} is a positive integer, {name} any segment.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/json.h"
#include "core/ctx.h"

enum route_flags {
    RUN_READ = 1 << 0,
    RUN_WRITE = 1 << 1,
    RUN_WORKER = 1 << 2,
    PUBLIC = 1 << 3,  /* no sign-in needed; req->ctx.actor is then a nobody with no access */
    UPLOAD = 1 << 4,  /* body may be large (upload limit) and is kept in a temporary file: req->body_file */
    API = 1 << 5,     /* errors as problem documents; JSON bodies; bearer token or session. Else a page: HTML errors, redirects to
                         sign-in */
    STREAM = 1 << 6,  /* answers with server-sent events */
    NO_CSRF = 1 << 7, /* sign-in by a bearer token only, or before there is a session */
    NO_DATABASE = 1 << 8, /* PUBLIC and answers without a connection: ctx.conn may be NULL */
};

struct request;
struct response;
typedef void handler_fn(struct request *req, struct response *res);
struct route {
    const char *method, *pattern;
    handler_fn *handler;
    unsigned flags;
    const struct entity *entity;       /* of derived routes */
    const struct action_decl *action;
    const struct entity *parent;       /* of nested routes: whose record {id} is */
    const struct field *via;           /* and the child's field that points to it */
    handler_fn *inner;                 /* of routes that hash a password first (password_route.h): what runs inside the write */
};
#define ROUTE(method, pattern, handler, flags) handler_fn handler;

struct param {
    struct str name, value;
};
struct params {
    struct param *at;
    int count;
};
struct session;

struct request {
    struct ctx ctx;
    const struct route *route;
    struct str method, path, query;
    struct params args;                /* query string, decoded, in order */
    struct params form;                /* urlencoded or multipart text fields; names may repeat */
    struct str content_type;           /* without parameters, lower case */
    struct str body;                   /* bytes; for UPLOAD routes see body_file */
    const char *body_path;             /* temporary file of an upload (multipart: of its file part), removed after the request */
    struct str body_name;              /* the file name the client gave, or empty */
    struct str body_type;              /* of the file, as the client says, lower case; never believed */
    struct params captures;            /* of the pattern, by name */
    int64_t id;                        /* capture {id}, 0 none */
    struct str csrf_token;             /* of this session, for forms */
    struct str csp_nonce;
    bool htmx;                         /* asks for a fragment: HX-Request */
    struct db_stmt *live;              /* frame_live_ahead's */
    uint64_t news;                     /* view_count_news, before it read anything */
    struct server *server;
    void *impl;                        /* server.c's */
};

/* Decoded values; empty where there is none. */
struct str request_arg(const struct request *req, const char *name);
struct str request_form(const struct request *req, const char *name);
struct str request_capture(const struct request *req, const char *name);
struct str request_header(const struct request *req, const char *name);
struct str request_cookie(const struct request *req, const char *name);
/* The JSON body: an object, parsed once; NULL with errors on ctx (400 malformed, 415 not JSON). */
const struct json *request_json(struct request *req);

struct response {
    int status;                        /* 200 unless set */
    struct buf body;                   /* in the request's arena */
    struct str content_type;
    struct params headers;             /* further ones, by respond_header */
    const char *file_path;             /* sends this file instead of the body */
    bool file_temporary;               /* and removes it afterwards */
    struct str precompressed_br, precompressed_gz; /* the same body, where the client takes it */
    bool immutable;                    /* cache for ever (hashed assets) */
    struct str repeated;               /* answered instead of the body where the request comes again (idempotency.h): the body
                                          shows a secret, which is not kept; empty: the body */
};

void respond_header(struct response *res, struct arena *arena, const char *name, struct str value);
void respond_text(struct response *res, int status, struct str text);
void respond_json(struct response *res, int status); /* body was written by the handler */
void respond_redirect(struct request *req, struct response *res, struct str location); /* 303 */
/* The errors of req->ctx as a problem document (RFC 9457: type, title, status, detail, errors[{field, code, message}]) or, for
 * pages, an error page. */
void respond_errors(struct request *req, struct response *res);
/* Renders an error page for routes that are not API; set once at start by the pages' room. NULL: a plain page. The errors are in
 * req->ctx.errors, the status in res->status. */
extern void (*server_error_page)(struct request *req, struct response *res);
/* Sets ETag (pass it with its quotes); true where the client has it already: then the answer is 304 and the handler is done. */
bool respond_not_modified(struct request *req, struct response *res, struct str etag);
/* Offers the body, or file_path, for saving under this name. */
void respond_attachment(struct request *req, struct response *res, struct str file_name);
void respond_cookie(struct request *req, struct response *res, const char *name, struct str value, int64_t max_age_s);

/* Parses "a=1&b=%20" (application/x-www-form-urlencoded); 400 on bad escapes, NUL, invalid UTF-8, more than 512 parameters. */
bool params_parse(struct arena *arena, struct str text, struct params *params, struct errors *errors);
struct str params_get(const struct params *params, struct str name);

#endif
