/* driver.h - what stands between db.c and a database: the vtable that each database fills, and the shapes both sides share.
 *
 * Only files of src/db include this. A driver embeds `struct db_conn` and `struct db_stmt` as the first member of its own;
 * db.c keeps the connections of threads, the statement cache, the writer and the wording of errors, once for all databases.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include "db/db.h"
#include "db/search_index.h"

#include <pthread.h>
#include <stdatomic.h>

enum db_control {
    DB_BEGIN_READ,
    DB_BEGIN_WRITE,
    DB_COMMIT,
    DB_ROLLBACK,
    DB_SAVEPOINT,
    DB_RELEASE,
    DB_ROLLBACK_TO, /* and release: the savepoint is gone afterwards */
    DB_CONTROLS
};

/* A database in a file is upgraded on a copy, which then takes its place (migrate_database). */
struct db_copy {
    char *url; /* of the copy, for db_open with `rehearsal` */
};
struct db_rehearsal {
    /* Keeps everybody else from the database until `end`, and copies it. NULL with an error: then it is as it was. */
    struct db_copy *(*begin)(const char *where, struct errors *errors);
    /* Puts the copy, closed, in the place of the database, which is kept as NAME.before-VERSION; *kept is for free(). */
    bool (*swap)(struct db_copy *copy, int version, char **kept, struct errors *errors);
    void (*end)(struct db_copy *copy);
    /* The file kept by the last upgrade, if a program that knows `count` migrations can open it; for free(). NULL: none. */
    char *(*kept)(const char *where, int count);
};

struct db_driver {
    const struct db_dialect *dialect;
    const char *scheme; /* what its URLs begin with: "sqlite:", "postgres" */
    const struct db_rehearsal *rehearsal; /* NULL: all of an upgrade is one transaction on the database itself */
    const char *upgrade_begin; /* the script that such a transaction begins with: it waits until no other one runs. May be NULL */
    /* How many threads write: each has its own connection, queue and transactions, and its share of the tenants. */
    int writers;
    int group_jobs; /* most jobs that share a transaction, and how long it takes more, in microseconds */
    int64_t group_us;
    /* How many threads read best on so many cores: more where they wait for an answer. */
    int (*reading_threads)(int cores);
    /* db->where is the URL after its scheme. NULL with an error. */
    struct db_conn *(*connect)(struct db *db, bool writer, struct errors *errors);
    void (*disconnect)(struct db_conn *conn);
    /* To db->copy_url, and whether it can be asked now (db_copy_reader); NULL where there are no copies. */
    struct db_conn *(*connect_copy)(struct db *db);
    bool (*copy_has)(struct db_conn *conn, int64_t mark);
    int64_t (*size)(struct db *db);
    struct db_stmt *(*prepare)(struct db_conn *conn, struct str sql);
    void (*finalize)(struct db_stmt *stmt);
    int (*param)(struct db_stmt *stmt, const char *name);
    void (*bind_int)(struct db_stmt *stmt, int index, int64_t value);
    void (*bind_text)(struct db_stmt *stmt, int index, struct str value);
    void (*bind_null)(struct db_stmt *stmt, int index);
    enum db_result (*step)(struct db_stmt *stmt);
    void (*reset)(struct db_stmt *stmt);
    bool (*is_null)(struct db_stmt *stmt, int column);
    /* From the column `first` on, the i-th to to[at[i]]. */
    void (*values)(struct db_stmt *stmt, int first, int count, const int *at, struct value *to);
    int64_t (*integer)(struct db_stmt *stmt, int column);
    struct str (*text)(struct db_stmt *stmt, int column);
    int (*columns)(struct db_stmt *stmt);
    int64_t (*changes)(struct db_conn *conn);
    enum db_result (*script)(struct db_conn *conn, struct str sql);
    bool (*has_table)(struct db_conn *conn, const char *name);
    enum db_result (*control)(struct db_conn *conn, enum db_control control);
    /* Before a job's savepoint: from here to the end of the transaction nobody else writes for this tenant. DB_BUSY: somebody
     * does; the transaction, where it is not `first` in it, must end before that can be waited for. */
    enum db_result (*claim)(struct db_conn *conn, int64_t tenant, bool first);
    /* Runs a statement whose outcome is asked for later: by the next step, or the end of the job. */
    enum db_result (*defer)(struct db_stmt *stmt);
    /* Finds conn->field by conn->index; may be NULL. */
    void (*constraint_field)(struct db_conn *conn);
    /* db_ahead; NULL where nothing is gained by it. */
    void (*ahead)(struct db_stmt *stmt);
    /* True while a transaction is open: a database may end one by itself when it meets a full disk. */
    bool (*in_transaction)(struct db_conn *conn);
    /* The index of words (search_index.h). `before_commit` runs in each transaction of the writer, after its jobs. */
    enum db_result (*before_commit)(struct db_conn *conn);
    enum db_result (*search_put)(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                 struct str words);
    enum db_result (*search_remove)(struct db_conn *conn, int64_t id, int64_t tenant);
    enum db_result (*search_holds)(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                   struct str words, bool *holds);
    enum db_result (*search_count)(struct db_conn *conn, struct arena *arena, int64_t tenant, struct str entity, int64_t *count);
    void (*search_match)(struct db_conn *conn, struct buf *b, const struct search_question *question);
    struct search_words *(*search_words)(struct db_conn *conn); /* how this connection cuts a text into words */
    void (*search_match_sql)(struct buf *sql, enum search_in in, const char *id_column, const char *placeholder, bool walked);
    void (*search_hits_sql)(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);
    void (*search_newest_sql)(struct buf *sql, enum search_in in, const char *placeholder, const char *limit_placeholder);
    /* News between servers (db_listen); NULL where a database has but one. */
    bool (*listen)(struct db *db, void (*heard)(void *arg, int64_t tenant), void *arg);
    void (*unlisten)(struct db *db);
    void (*notify)(struct db *db, int64_t tenant);
    /* Between two transactions of the writer: short housekeeping. */
    void (*between)(struct db_conn *writer);
};

struct db_stmt {
    struct db_conn *conn;
    struct db_stmt *next_same;   /* the chain of the cache's bucket, while idle */
    struct db_stmt *prev, *next; /* in the list of used or of idle statements */
    uint64_t hash;
    struct str sql; /* as prepared; owned */
    int64_t tenant; /* whose rows it may touch: as the connection was told when it was prepared */
    bool used;      /* between db_prepare and db_reset */
    bool broken;    /* was bound where there is no parameter: must not run */
};

/* Idle statements by text, the longest unused leaving first; used ones beside them, so that none is lost. */
#define STMT_CACHE_BUCKETS 256
#define STMT_CACHE_LIMIT 256
struct stmt_cache {
    struct db_stmt *bucket[STMT_CACHE_BUCKETS];
    struct db_stmt *newest, *oldest;
    int idle;
    struct db_stmt *used;
};
/* An idle statement of this text, now used; or NULL. */
struct db_stmt *stmt_cache_take(struct stmt_cache *cache, struct str sql, uint64_t hash);
void stmt_cache_add_used(struct stmt_cache *cache, struct db_stmt *stmt);
/* A used statement becomes idle; returns one that has to leave, or NULL. */
struct db_stmt *stmt_cache_put(struct stmt_cache *cache, struct db_stmt *stmt);
struct db_stmt *stmt_cache_pop(struct stmt_cache *cache);
uint64_t stmt_hash(struct str sql);

/* See db_witness; without SQL there is none. */
struct db_witness {
    const char *sql;
    int64_t tenant, id;
};

struct db_conn {
    struct db *db;
    const struct db_driver *driver;
    struct db_conn *next; /* of the database's readers */
    struct stmt_cache cache;
    int snapshots;  /* nesting of db_read_begin */
    int64_t tenant; /* of what is prepared now */
    bool writer;
    bool search_pending;  /* this transaction changed words that the index has not got yet */
    bool in_job;          /* a job runs: its statements need the transaction that was opened for it */
    struct db_job *job;   /* that one, until its savepoint has ended; its driver may note in it later that it failed after all */
    struct db_witness of_job, of_group; /* of the job that runs, and of what was kept in this transaction */
    enum db_result worst; /* DB_FULL or DB_ERROR where storage failed since the job began, else DB_OK */
    char message[256];    /* of the last failure */
    enum db_constraint constraint;
    bool in_use;    /* the foreign key that refused belongs to a row that others point to */
    char index[64]; /* of a UNIQUE constraint, where the driver has to be asked for its column (constraint_field) */
    char field[64]; /* the column that a UNIQUE constraint names last, or empty */
};

struct db_writer;
struct db_listener;
#define DB_WRITERS 8

struct db {
    const struct db_driver *driver;
    char *where;
    char *copy_url;
    _Atomic int64_t mark;    /* db_mark */
    _Atomic int64_t back_at; /* monotonic us: when a connection was made last */
    bool serves, create, rehearsal, unfinished;
    pthread_key_t reader_key, copy_key;
    pthread_mutex_t lock; /* guards `readers` */
    struct db_conn *readers;
    struct db_writer *writers[DB_WRITERS];
    struct db_listener *listener;
};

extern const struct db_driver db_sqlite, db_postgres;
extern const struct db_dialect db_postgres_dialect;
/* The driver of a URL; NULL with an error. */
const struct db_driver *driver_of_url(const char *url, struct errors *errors);
/* The driver whose dialect this is. */
const struct db_driver *driver_of_dialect(const struct db_dialect *dialect);

/* writer.c: takes over `conn`, which writer_stop closes when all that was queued is written; without one it connects when the
 * first job comes. NULL: no thread. */
struct db_writer *writer_start(struct db *db, struct db_conn *conn);
void writer_stop(struct db_writer *writer);
/* What jobs and transactions there were so far, for tests and /metrics. */
struct writer_counts {
    int64_t jobs, failed_jobs, commits, failed_commits;
};
struct writer_counts writer_counts(const struct db *db);
/* Frees the connection's statements and closes it. */
void conn_close(struct db_conn *conn);
/* Remembers a failure's text; returns `result`. */
enum db_result conn_failed(struct db_conn *conn, enum db_result result, const char *message);

#endif
