/* postgres_impl.h - what the files of the PostgreSQL driver share; only src/db/postgres*.c include this.
 *
 * Everything travels in pipelines: what has to go before a statement - the beginning of a transaction, a savepoint, the tenant -
 * waits and is sent together with it, and one Sync ends the round trip. `sent` lists what was sent since the last Sync, in the
 * order in which results come back.
 *
 * Nobody waits for what nobody asks for: what a job deferred, and the end of its savepoint, travel with the first statement of
 * the next job, or with the commit; the end of a reading transaction is read before the connection's next statement.
 *
 *   postgres.c       the vtable: statements, values, results
 *   postgres_link.c  connecting, settings, coming back after a loss
 *   postgres_wire.c  the pipeline and its results
 *   postgres_listen.c news between servers
 *   postgres_fail.c  what SQLSTATEs mean to db.h
 *   postgres_sql.c   placeholders
 */
#ifndef DB_POSTGRES_IMPL_H
#define DB_POSTGRES_IMPL_H

#include "db/driver.h"
#include "db/postgres_sql.h"

#include <libpq-fe.h>

#define PG_SENT 256    /* results that may be outstanding */
#define PG_WAITING 8   /* commands that wait for a statement to travel with */
#define PG_TENANT_UNKNOWN INT64_MIN
#define PG_CLAIMS 64   /* tenants of a transaction whose writing it has for itself */

enum pg_command {
    PG_BEGIN_READ,
    PG_BEGIN_WRITE,
    PG_COMMIT,
    PG_ROLLBACK,
    PG_SAVEPOINT,
    PG_RELEASE,
    PG_ROLLBACK_TO,
    PG_CLAIM, /* of the tenant `claiming` */
    PG_COMMANDS
};

struct pg_stmt;
struct search_words;

enum pg_what {
    PG_SENT_COMMAND,
    PG_SENT_DROP,
    PG_SENT_TENANT,
    PG_SENT_PREPARE,
    PG_SENT_QUERY,
    PG_SENT_DEFERRED,
    PG_SENT_CLAIM,
    PG_SENT_MARK
};
/* Where one result goes. */
struct pg_sent {
    enum pg_what what;
    enum pg_command command;
    struct pg_stmt *stmt;
};

struct pg_conn {
    struct db_conn base;
    PGconn *link;        /* NULL: not connected */
    bool copy;           /* reads from db->copy_url while it can be had, else from the original */
    bool on_copy;        /* connected to it */
    int64_t copy_at;     /* no new attempt to reach it before this (monotonic us) */
    int64_t reached, reached_at; /* what it is known to have, and since when */
    int64_t lag_mark, lag_at;    /* what the original had, and when the copy had it */
    unsigned life;       /* counts connections: what was prepared on an earlier one is gone */
    int64_t failed_at;   /* the last attempt (monotonic us) */
    int64_t retry_at;    /* no new attempt to connect before this (monotonic us) */
    int64_t retry_after; /* how long the next attempt waits, us */
    bool named;          /* prepared statements can be kept: not behind a pooler that changes servers */
    bool open;           /* a transaction is begun, or begins with the next statement */
    bool lost;           /* the connection ended inside it */
    bool rolled_back;    /* what the last command came to: a COMMIT of a failed transaction does not commit */
    bool doomed;         /* a statement of this savepoint failed: what follows can only be undone */
    int64_t tenant;      /* as this transaction has it */
    int64_t claims[PG_CLAIMS], claiming;
    bool claimed; /* what the last attempt without waiting brought */
    int claim_count, lasting_claims; /* those that a savepoint's end does not give back */
    enum pg_command waiting[PG_WAITING];
    int waiting_count;
    struct pg_sent sent[PG_SENT];
    int sent_count;
    bool unread;         /* the round trip has ended here, but its results were not read yet */
    struct db_job *former; /* a job that has ended, but what it deferred is not known to have gone well */
    int former_sent;     /* how many of `sent` are that job's */
    bool former_failed;  /* ... and it did not, so all that was sent behind it was left out */
    int left_out_until;  /* of `sent`, from former_sent on */
    int64_t changes;
    unsigned names;     /* of prepared statements, counted */
    unsigned *drops;    /* numbers of prepared statements that are to be forgotten */
    int drop_count, drop_cap;
    char *scratch;      /* values as text, while a statement is sent */
    size_t scratch_cap;
    const char **pointers;
    int pointer_cap;
    struct search_words *words;
};

enum pg_type { PG_NULL, PG_INT, PG_TEXT };
struct pg_value {
    enum pg_type type;
    int64_t integer;
    struct str text;
};

/* What a column's values are read as. */
enum pg_kind { PG_KIND_TEXT, PG_KIND_INTEGER, PG_KIND_BOOL };
#define PG_KINDS 128

struct pg_stmt {
    struct db_stmt base;
    struct pg_sql sql;
    struct pg_value *values; /* by number - 1 */
    Oid *types;              /* int8 where integers were bound and never a text; else the server infers */
    unsigned name;           /* of the prepared statement; 0 none */
    unsigned life;           /* of the connection that knows it */
    PGresult *result;
    int row, rows, columns;
    unsigned char kinds[PG_KINDS]; /* of its first columns: a list has thousands of values, and each would ask libpq again */
    bool ahead; /* was sent, and its rows have not come yet */
    bool mixed; /* a parameter was bound to integers and to texts */
};

static inline struct pg_conn *pg_conn_of(struct db_conn *conn) { return (struct pg_conn *)conn; }
/* True where nothing of the transaction was sent yet. */
static inline bool pg_unsent(const struct pg_conn *c) {
    return c->waiting_count > 0 && (c->waiting[0] == PG_BEGIN_READ || c->waiting[0] == PG_BEGIN_WRITE);
}
static inline struct pg_stmt *pg_stmt_of(struct db_stmt *stmt) { return (struct pg_stmt *)stmt; }

/* postgres.c: not connected yet; NULL where there is no memory. */
struct pg_conn *pg_conn_new(struct db *db, bool writer);
void pg_disconnect(struct db_conn *conn);
/* Makes a result the statement's, its first row yet to be stepped to. */
void pg_keep(struct pg_stmt *s, PGresult *result);

/* postgres_listen.c */
bool pg_listen(struct db *db, void (*heard)(void *arg, int64_t tenant), void *arg);
void pg_unlisten(struct db *db);
void pg_notify(struct db *db, int64_t tenant);

/* postgres_link.c: connects where there is no connection, once the time for the next attempt has come. */
enum db_result pg_attach(struct pg_conn *c);
/* True where a connection for reading from the copy has it, with all that was committed until `mark`. */
bool pg_copy_has(struct db_conn *conn, int64_t mark);
struct db_conn *pg_connect_copy(struct db *db);
/* From the copy to the original, for a while. */
void pg_leave_copy(struct pg_conn *c);
/* The connection is of no use any more. */
void pg_detach(struct pg_conn *c);

/* postgres_wire.c: sends the statement with all that has to go before it, and reads its result into it. */
enum db_result pg_run(struct pg_conn *c, struct pg_stmt *s);
/* Prepares what is sent again and again: what tells the server the tenant, the beginnings and ends of transactions and
 * savepoints; while the connection is not in pipeline mode yet. */
bool pg_prepare_own(struct pg_conn *c);
/* True where this transaction has the tenant's writing for itself. */
bool pg_has_claim(const struct pg_conn *c, int64_t tenant);
/* Waits until no transaction has it. */
enum db_result pg_wait_for(struct pg_conn *c, int64_t tenant);
/* Asks for it without waiting. */
enum db_result pg_try_claim(struct pg_conn *c, int64_t tenant);
/* Sends the statement; its outcome comes with the next one's. */
enum db_result pg_defer(struct pg_conn *c, struct pg_stmt *s);
/* Sends a query, if that does no harm; its rows come with the next statement's. */
void pg_ahead(struct pg_conn *c, struct pg_stmt *s);
/* The job's savepoint ends, but its outcome comes with what is sent next. False: it has to be asked for. */
bool pg_end_job(struct pg_conn *c);
/* Sends the end of a reading transaction. */
void pg_end_read(struct pg_conn *c, enum pg_command command);
/* Ends a round trip from which nobody wants anything any more: what was asked ahead in vain. */
void pg_leave(struct pg_conn *c);
/* Reads what is outstanding. */
enum db_result pg_settle(struct pg_conn *c);
/* The statement goes away: a result that still comes is nobody's. */
void pg_disown(struct pg_conn *c, struct pg_stmt *s);
/* Sends what waits and `command`, and hears of all. */
enum db_result pg_command(struct pg_conn *c, enum pg_command command);
/* Adds a command that travels with the next statement. */
void pg_wait(struct pg_conn *c, enum pg_command command);
/* A script in the simple protocol: several statements in one text. */
enum db_result pg_script(struct pg_conn *c, const char *text);

/* postgres_fail.c: what a failed result means; remembers its text, and which constraint refused. `sql` may be NULL. */
enum db_result pg_failed(struct pg_conn *c, const PGresult *result, const char *sql);
/* The connection is gone. */
enum db_result pg_lost(struct pg_conn *c);
void pg_constraint_field(struct db_conn *conn);

#endif
