/* db.h - one interface to the database: sqlite.c or postgres.c stands behind it, and nothing above src/db knows which.
 *
 * A `struct db` is one open database. Reads run on the calling thread with that thread's own connection (db_reader).
 * Writes are jobs: db_write queues one for a writer, which runs what is queued in turn, each in a savepoint of one
 * transaction, commits once, and only then calls each job's `done`. So many waiting requests share one durable commit, a
 * failed job undoes only itself, and nobody is told "saved" before it is on disk. SQLite has one writer; where a database has
 * several, all jobs of one tenant go to the same, and no other server writes for that tenant meanwhile.
 *
 * SQL text: placeholders are `?1`, `?2` ... (the builder) or `:name` (hand-written literals, which must carry `:tenant`).
 * Statements are cached by text on each connection, so prepare what you like, each time. A statement belongs to its
 * connection and is good until db_reset or the end of the request; a column's text is good until the next db_step.
 *
 *     struct db_stmt *s = db_prepare(conn, STR("SELECT name FROM leads WHERE tenant_id = :tenant AND id = :id"));
 *     db_bind_int(s, db_param(s, ":tenant"), tenant);
 *     db_bind_int(s, db_param(s, ":id"), id);
 *     if (db_step(s) == DB_ROW) name = str_dup(arena, db_text(s, 0));
 *     db_reset(s);
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/buf.h"
#include "base/errors.h"
#include "base/value.h"

struct db;
struct db_conn;
struct db_stmt;

/* Which rows of a table a connection may touch, once it has told its tenant (db_dialect.wall_ddl). */
enum db_wall {
    DB_WALL_TENANT, /* those whose tenant_id it is */
    DB_WALL_SELF,   /* the one whose id it is: tenants */
    DB_WALL_SHARED, /* all, for reading: what belongs to no tenant */
};

/* A look for something that would go wrong. */
struct db_check {
    const char *what;   /* "the database is whole" */
    const char *faults; /* a statement that gives one row, a sentence, for each fault */
};

/* What differs between databases when SQL is written down; nothing above src/db asks for more. */
struct db_dialect {
    const char *name;        /* "sqlite", "postgres" */
    const char *integer;     /* type of a 64-bit integer column */
    const char *text;        /* type of a text column: compared byte by byte */
    const char *shared_id;   /* definition of the id column of a table without tenants */
    const char *tenant_id;   /* and of one with tenants */
    const char *tenant_key;  /* the constraint that references of a tenant's tables point to */
    bool keys_afterwards;    /* foreign keys are added to tables that stand: a table cannot refer to one that comes later */
    const char *nulls_first; /* behind a column of an index that may be NULL: NULLs come first in every rising order */
    const char *last_column; /* which each index that is not unique ends with, so that it serves ties by id too; NULL: it does */
    const char *no_index;    /* before a tenant_id by which no index is to be used, as the rows are known by id; may be "" */
    /* Writes what a member of a column's JSON object is: its text, or its integer. The member's name is a number. */
    void (*json_member)(struct buf *b, struct str column, int64_t name, bool text);
    /* Writes the statements that make the full-text index. */
    void (*search_ddl)(struct buf *b);
    /* Writes the statements, harmless when run again, that keep a table's rows to their tenant; NULL: it has no such thing. */
    void (*wall_ddl)(struct buf *b, const char *table, enum db_wall wall, const char *app_role);
    /* The same for the index of words. */
    void (*search_wall)(struct buf *b, const char *app_role);
    /* Writes those that make the roles which the wall speaks of; an empty password is left as it was. */
    void (*roles_ddl)(struct buf *b, const char *app_role, struct str password);
    /* Asks whether this connection's role may serve: one row with a sentence for each reason why not. NULL: any may. */
    const char *role_faults;
    const struct db_check *checks; /* `what` is NULL at the end */
};
const struct db_dialect *db_dialect_find(struct str name); /* NULL: unknown */
const struct db_dialect *db_dialect_of(const char *url, struct errors *errors); /* NULL with an error */

struct db_options {
    /* "sqlite:PATH" ("sqlite::memory:" is refused: every thread has its own connection), or "postgres://..." as libpq has it. */
    const char *url;
    /* A copy of it that follows a moment behind, for reading (db_copy_reader); NULL none. */
    const char *copy_url;
    bool serves;     /* short questions, the same again and again for all tenants: each is worth one plan */
    bool create;     /* make the file where there is none */
    bool rehearsal;  /* the copy on which an upgrade is tried (migrate.h), or a file that is made aside (build.h) */
    bool unfinished; /* opened by what fills it: its mark is no reason to refuse it (build.h) */
};

/* NULL with an error where the database cannot be opened. Free with db_close, after all threads are done. */
struct db *db_open(const struct db_options *options, struct errors *errors);
void db_close(struct db *db);
const struct db_dialect *db_dialect(const struct db *db);
/* How many threads that read suit this database on so many cores. */
int db_reading_threads(const struct db *db, int cores);
/* How many connections to a database's server it has besides one for each thread that reads; 0 where there is no such server. */
int db_connections_besides(const struct db *db);
/* Bytes of the database on disk, for /metrics; -1 unknown. */
int64_t db_size(struct db *db);

/* Whose rows the statements prepared from now on may touch. A database that has a wall of its own between tenants holds them to
 * it; where nothing was told, and after db_reset_all, they see and write no tenant's row. A job begins with its own tenant. */
#define DB_NO_TENANT INT64_C(0)
#define DB_PLATFORM INT64_C(-1) /* all tenants: what the program does for itself, and finding out who asks */
void db_tenant(struct db_conn *conn, int64_t tenant_id);

/* This thread's read connection; opened at first use, closed by db_close. NULL with an error where it cannot be opened. */
struct db_conn *db_reader(struct db *db, struct errors *errors);
/* How far the database was at the end of this process's last write; 0 where there is no copy. */
int64_t db_mark(const struct db *db);
bool db_has_copy(const struct db *db);
/* This thread's connection to the copy (db_options.copy_url), if that can be reached and has all that was committed until
 * `mark`; else NULL, and db_reader is the one to ask. Where it fails later, the same connection goes on with the original. */
struct db_conn *db_copy_reader(struct db *db, int64_t mark);
/* Reads between these two see one snapshot. */
bool db_read_begin(struct db_conn *conn);
void db_read_end(struct db_conn *conn);
/* Resets every statement and ends every snapshot that is still open: at the end of a request or job, however it ended. */
void db_reset_all(struct db_conn *conn);

enum db_result {
    DB_ROW,
    DB_DONE,
    DB_ERROR,      /* see db_error */
    DB_CONSTRAINT, /* a UNIQUE, CHECK or foreign key refused: db_constraint tells which */
    DB_FULL,       /* no room on the disk: 507 */
    DB_BUSY,       /* 503, try again */
    DB_OK = DB_DONE
};

/* Cached by its text; NULL for bad SQL (logged; a fault of ours), which every function below takes: it steps to DB_ERROR. A
 * database on another machine notices some bad SQL only when it runs, and says DB_ERROR then.
 * Prepared again before its db_reset, a text gives a second statement. Bound values are cleared. */
struct db_stmt *db_prepare(struct db_conn *conn, struct str sql);
int db_param(struct db_stmt *stmt, const char *name); /* index of ":name", 0 where there is none */
/* Binding an index that the statement does not have makes db_step refuse. */
void db_bind_int(struct db_stmt *stmt, int index, int64_t value);
/* Not copied: the bytes must live until db_reset. */
void db_bind_text(struct db_stmt *stmt, int index, struct str value);
void db_bind_null(struct db_stmt *stmt, int index);
enum db_result db_step(struct db_stmt *stmt);
/* A query that is stepped later may be asked for with the next statement already; it tells what was so at some time until
 * then. */
void db_ahead(struct db_stmt *stmt);
void db_reset(struct db_stmt *stmt);
bool db_is_null(struct db_stmt *stmt, int column);
int64_t db_int(struct db_stmt *stmt, int column);
struct str db_text(struct db_stmt *stmt, int column);
/* What the database itself takes it for. */
struct value db_value(struct db_stmt *stmt, int column);
/* The same of the row's first columns in one call, for reading many: that of column i goes to to[at[i]]. */
void db_values(struct db_stmt *stmt, int count, const int *at, struct value *to);
int db_columns(struct db_stmt *stmt);
/* Rows that the last INSERT, UPDATE or DELETE of this connection touched. */
int64_t db_changes(struct db_conn *conn);
/* Part of a job that may be undone by itself; they nest. After a failed statement a job can still read, though perhaps only what
 * stood before its innermost savepoint; what it writes from there on can only be undone: db_release then fails. */
enum db_result db_savepoint(struct db_conn *conn);
enum db_result db_release(struct db_conn *conn);
enum db_result db_rollback_to(struct db_conn *conn); /* and ends it */
/* Runs a script of several statements without parameters (migrations), as nobody's tenant. */
enum db_result db_script(struct db_conn *conn, struct str sql);
/* Runs and resets an INSERT, UPDATE or DELETE of a job whose outcome nobody here needs: it may travel with the next statement,
 * and fails the whole job where it fails. */
enum db_result db_defer(struct db_stmt *stmt);
/* `sql` gives a row if what this job writes stands: by its parameters :tenant and :id, one that is written once and never
 * changed. Where the connection is lost over the commit, it tells how that ended. Not copied. */
void db_witness(struct db_conn *conn, const char *sql, int64_t tenant, int64_t id);
/* Whether this thread's reading has met trouble that was no statement's fault since it was last asked: DB_BUSY, DB_ERROR. Then
 * what was made of rows that did not come ("there is no such status") must not be told. DB_OK for a writer, whose jobs hear of
 * it. */
enum db_result db_trouble(struct db_conn *conn);
/* The text of the last failure on this connection, for the log. */
struct str db_error(struct db_conn *conn);
/* Of a DB_CONSTRAINT: which. */
enum db_constraint { DB_CONSTRAINT_UNIQUE, DB_CONSTRAINT_FOREIGN_KEY, DB_CONSTRAINT_NOT_NULL, DB_CONSTRAINT_CHECK };
enum db_constraint db_constraint(struct db_conn *conn);
/* Adds the error that fits a result (409 conflict, 503 busy, 507 full, 500 otherwise), logging what is ours; returns false.
 * `conn` is NULL where it failed on another thread's connection: a commit. */
bool db_fail(struct db_conn *conn, enum db_result result, struct errors *errors);

/* One unit of writing. Owned by the caller until `done` was called. */
struct db_job {
    /* On the writer's thread, inside a savepoint. False undoes what it wrote; `done` is still called. */
    bool (*run)(struct db_conn *conn, void *arg);
    /* On the writer's thread, after the commit. `result` is DB_OK, or why the commit or the storage under this job failed (then
     * nothing of it was written, whatever run said, and `ok` is false). May free the job. */
    void (*done)(enum db_result result, void *arg);
    void *arg;
    int64_t tenant;        /* whose rows it may touch; DB_PLATFORM. What one tenant's jobs write is never interleaved */
    bool ok;               /* what run returned */
    enum db_result result; /* the writer's, until `done` */
    struct db_job *next;   /* the writer's */
};
/* Queues; from any thread. False where the queue is full (1,000 jobs) or the database is closing: the job was not taken. */
bool db_write(struct db *db, struct db_job *job);
/* The same and waits; must not be called on the writer's thread. Returns false where run returned false or the commit failed;
 * *result (may be NULL) tells which. */
bool db_write_wait(struct db *db, int64_t tenant, bool (*run)(struct db_conn *, void *), void *arg, enum db_result *result);
/* News between the servers of one database. `heard` is called, on a thread of its own, soon after another server has said that
 * there is something new of a tenant; with tenant 0 every now and then, as some of it may have been missed: then look at all.
 * True without ever calling where a database has but one server. Ends with db_close. */
bool db_listen(struct db *db, void (*heard)(void *arg, int64_t tenant), void *arg);
/* After a commit: tells the others. Does not wait. */
void db_notify(struct db *db, int64_t tenant);

/* Jobs that wait, for /metrics and for shedding load. */
int db_queue_length(const struct db *db);

#endif
