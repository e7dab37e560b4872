/* sqlite.c - SQLite behind db.h; the only file that includes its header, apart from the tokenizer's.
 *
 * WAL with synchronous=FULL: a commit is on disk when it is acknowledged. Connections are one a thread, unlocked; readers map
 * the file, so their own caches stay small. A commit never waits for a checkpoint: see sqlite_fold.h.
 */
#include "db/driver.h"
#include "db/search_sqlite.h"
#include "db/search_tokenizer.h"
#include "db/sqlite_fold.h"
#include "db/sqlite_lock.h"
#include "db/sqlite_mutex.h"
#include "db/sqlite_upgrade.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_MS 5000
#define PAGE_SIZE 4096
/* Undo records of a savepoint that are kept in memory: enough for the pages of one record. SQLite writes them to a file in one
 * piece, of which it takes 17 bits of the length only, so this must stay below 128 KB. */
#define UNDO_IN_MEMORY (120 << 10)

struct sqlite_conn {
    struct db_conn base;
    sqlite3 *handle;
    sqlite3_stmt *control[DB_CONTROLS];
    struct search_words *words;
    struct sqlite_fold *fold; /* the writer's */
    int lock;                 /* the writer's, until the last connection is closed; -1 none */
};

struct sqlite_stmt {
    struct db_stmt base;
    sqlite3_stmt *handle;
};

static struct sqlite_conn *conn_of(struct db_conn *conn) { return (struct sqlite_conn *)conn; }

static sqlite3_stmt *handle_of(struct db_stmt *stmt) { return ((struct sqlite_stmt *)stmt)->handle; }

/* ---- results ---- */

static bool disk_full(sqlite3 *handle, int code) {
    if ((code & 0xff) == SQLITE_FULL) return true;
    if ((code & 0xff) != SQLITE_IOERR) return false;
    int system = sqlite3_system_errno(handle);
    return system == ENOSPC || system == EDQUOT || system == EFBIG;
}

/* "UNIQUE constraint failed: leads.tenant_id, leads.email" names the field "email". */
static void remember_field(struct db_conn *conn) {
    struct str text = str_of(conn->message);
    conn->field[0] = 0;
    size_t dot = text.len;
    while (dot > 0 && text.ptr[dot - 1] != '.' && text.ptr[dot - 1] != '\'') dot--;
    if (dot == 0 || text.ptr[dot - 1] == '\'') return;
    snprintf(conn->field, sizeof conn->field, "%s", text.ptr + dot);
}

static enum db_result constraint(struct db_conn *conn, int code, bool deleting) {
    conn->field[0] = 0;
    conn->in_use = false;
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
        conn->constraint = DB_CONSTRAINT_UNIQUE;
        remember_field(conn);
        break;
    case SQLITE_CONSTRAINT_TRIGGER: /* how RESTRICT is carried out */
        conn->constraint = DB_CONSTRAINT_FOREIGN_KEY;
        conn->in_use = true;
        break;
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        conn->constraint = DB_CONSTRAINT_FOREIGN_KEY;
        conn->in_use = deleting;
        break;
    case SQLITE_CONSTRAINT_NOTNULL:
        conn->constraint = DB_CONSTRAINT_NOT_NULL;
        break;
    default:
        conn->constraint = DB_CONSTRAINT_CHECK;
        break;
    }
    return DB_CONSTRAINT;
}

static enum db_result failed(struct sqlite_conn *c, int code, struct str sql) {
    conn_failed(&c->base, DB_ERROR, sqlite3_errmsg(c->handle));
    if (disk_full(c->handle, code)) return c->base.worst = DB_FULL;
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return constraint(&c->base, code, str_starts(sql, STR("DELETE")));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        if (c->base.worst == DB_OK) c->base.worst = DB_ERROR;
        return DB_ERROR;
    default:
        return DB_ERROR;
    }
}

/* ---- opening ---- */

static void logged(void *arg, int code, const char *message) {
    (void)arg;
    int kind = code & 0xff;
    if (kind == SQLITE_IOERR || kind == SQLITE_CORRUPT || kind == SQLITE_CANTOPEN || kind == SQLITE_NOTADB) {
        log_event(LOG_WARN, "sqlite", LOG_INT("code", code), LOG_STR("error", str_of(message)));
    }
}

static void configure(void) {
    /* Its counters of memory are one lock for all threads: with them two threads do the work of one. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite_mutex_configure();
    sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, UNDO_IN_MEMORY);
    sqlite3_config(SQLITE_CONFIG_LOG, logged, NULL);
    sqlite3_initialize();
}

/* Made here, since SQLite would let everyone on the machine read it; the log and the index of the log take after it. */
static bool file_ready(const struct db *db, struct errors *errors) {
    struct stat info;
    if (stat(db->where, &info) == 0) {
        if (S_ISREG(info.st_mode)) return true;
        return errors_add(errors, 500, "database", NULL, "%s is not a file.", db->where);
    }
    if (!db->create || errno != ENOENT) {
        return errors_add(errors, 500, "database", NULL, "There is no database at %s.", db->where);
    }
    int fd = open(db->where, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) return errors_add(errors, 500, "database", NULL, "%s cannot be created: %s.", db->where, strerror(errno));
    close(fd);
    return true;
}

static int after_commit(void *arg, sqlite3 *handle, const char *schema, int pages) {
    (void)handle, (void)schema;
    struct sqlite_conn *c = arg;
    sqlite_fold_committed(c->fold, pages);
    return SQLITE_OK;
}

static const char shared_pragmas[] = "PRAGMA mmap_size = 1073741824;"
                                     "PRAGMA foreign_keys = ON;"
                                     "PRAGMA synchronous = FULL;"
                                     "PRAGMA wal_autocheckpoint = 0;"
                                     "PRAGMA trusted_schema = OFF;"
                                     "PRAGMA secure_delete = FAST;"
                                     "PRAGMA journal_size_limit = 67108864;";
/* The writer's temporary data are the undo records of savepoints: most go to a file, or a job that changes a million rows would
 * hold all their old pages in memory. */
static const char writer_pragmas[] = "PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;";
static const char reader_pragmas[] = "PRAGMA cache_size = -2000; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;";

/* True where the file keeps its journal as a write-ahead log from now on. */
static bool use_wal(sqlite3 *handle) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA page_size = %d", PAGE_SIZE);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK) return false;
    sqlite3_stmt *stmt = NULL;
    bool wal = sqlite3_prepare_v2(handle, "PRAGMA journal_mode = WAL", -1, &stmt, NULL) == SQLITE_OK &&
               sqlite3_step(stmt) == SQLITE_ROW && strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
    sqlite3_finalize(stmt);
    return wal;
}

static bool prepare_controls(struct sqlite_conn *c) {
    static const char *const sql[DB_CONTROLS] = {
        [DB_BEGIN_READ] = "BEGIN",
        [DB_BEGIN_WRITE] = "BEGIN IMMEDIATE",
        [DB_COMMIT] = "COMMIT",
        [DB_ROLLBACK] = "ROLLBACK",
        [DB_SAVEPOINT] = "SAVEPOINT job",
        [DB_RELEASE] = "RELEASE job",
        [DB_ROLLBACK_TO] = "ROLLBACK TO job",
    };
    for (int i = 0; i < DB_CONTROLS; i++) {
        int code = sqlite3_prepare_v3(c->handle, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &c->control[i], NULL);
        if (code != SQLITE_OK) return false;
    }
    return true;
}

static void sqlite_disconnect(struct db_conn *conn) {
    struct sqlite_conn *c = conn_of(conn);
    if (c->fold) sqlite_fold_stop(c->fold);
    for (int i = 0; i < DB_CONTROLS; i++) sqlite3_finalize(c->control[i]);
    search_words_free(c->words);
    sqlite3_close(c->handle);
    sqlite_lock_release(c->lock);
    free(c);
}

static int open_handle(const struct db *db, sqlite3 **handle) {
    return sqlite3_open_v2(db->where, handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
}

static bool start_folding(struct sqlite_conn *c) {
    sqlite3 *handle = NULL;
    if (open_handle(c->base.db, &handle) == SQLITE_OK) {
        sqlite3_busy_timeout(handle, BUSY_MS);
        bool ready = sqlite3_exec(handle, "PRAGMA synchronous = FULL; PRAGMA cache_size = -100;", NULL, NULL, NULL) == SQLITE_OK;
        c->fold = ready ? sqlite_fold_start(handle) : NULL;
    }
    if (!c->fold) {
        sqlite3_close(handle);
        return false;
    }
    sqlite3_wal_hook(c->handle, after_commit, c);
    return true;
}

static bool set_up(struct sqlite_conn *c, bool writer) {
    sqlite3_busy_timeout(c->handle, BUSY_MS); /* first: even a PRAGMA may meet a lock, while another recovers the log */
    sqlite3_extended_result_codes(c->handle, 1);
    sqlite3_db_config(c->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (writer && !use_wal(c->handle)) return false;
    if (sqlite3_exec(c->handle, shared_pragmas, NULL, NULL, NULL) != SQLITE_OK) return false;
    if (sqlite3_exec(c->handle, writer ? writer_pragmas : reader_pragmas, NULL, NULL, NULL) != SQLITE_OK) return false;
    c->words = search_words_new(c->handle);
    if (!c->words || !prepare_controls(c)) return false;
    return !writer || (sqlite3_exec(c->handle, search_sqlite_writer_ddl, NULL, NULL, NULL) == SQLITE_OK && start_folding(c));
}

static struct db_conn *sqlite_connect(struct db *db, bool writer, struct errors *errors) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    if (db->where[0] == 0 || strcmp(db->where, ":memory:") == 0) {
        errors_add(errors, 500, "database", NULL, "The database must be a file: sqlite:PATH.");
        return NULL;
    }
    if (!file_ready(db, errors)) return NULL;
    struct sqlite_conn *c = calloc(1, sizeof *c);
    if (!c) {
        errors_add(errors, 500, "database", NULL, "There is no memory left to open the database.");
        return NULL;
    }
    c->base = (struct db_conn){.db = db, .driver = &db_sqlite, .writer = writer, .worst = DB_OK};
    c->lock = writer && !db->rehearsal ? sqlite_lock_shared(db->where, errors) : -1;
    if (writer && !db->rehearsal && c->lock < 0) {
        free(c);
        return NULL;
    }
    /* A reader opens for writing too: it may be the one that recovers the log after a crash. query_only keeps it from more. */
    int code = open_handle(db, &c->handle);
    if (code != SQLITE_OK || !set_up(c, writer)) {
        const char *why = c->handle ? sqlite3_errmsg(c->handle) : "out of memory";
        errors_add(errors, 500, "database", NULL, "The database %s cannot be opened: %s.", db->where, why);
        sqlite_disconnect(&c->base);
        return NULL;
    }
    return &c->base;
}

static int64_t sqlite_size(struct db *db) {
    char path[PATH_MAX];
    struct stat file, log;
    if (stat(db->where, &file) != 0) return -1;
    int length = snprintf(path, sizeof path, "%s-wal", db->where);
    bool has_log = length > 0 && (size_t)length < sizeof path && stat(path, &log) == 0;
    return (int64_t)file.st_size + (has_log ? (int64_t)log.st_size : 0);
}

/* ---- statements ---- */

static struct db_stmt *sqlite_prepare(struct db_conn *conn, struct str sql) {
    struct sqlite_conn *c = conn_of(conn);
    if (sql.len > INT_MAX) {
        conn_failed(conn, DB_ERROR, "the statement is too long");
        return NULL;
    }
    sqlite3_stmt *handle = NULL;
    const char *tail = NULL;
    int code = sqlite3_prepare_v3(c->handle, sql.ptr, (int)sql.len, SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    if (code != SQLITE_OK) {
        failed(c, code, sql);
        return NULL;
    }
    struct str rest = str_trim((struct str){tail, sql.len - (size_t)(tail - sql.ptr)});
    struct sqlite_stmt *stmt = handle && rest.len == 0 ? calloc(1, sizeof *stmt) : NULL;
    if (!stmt) {
        conn_failed(conn, DB_ERROR, handle && rest.len == 0 ? "out of memory" : "not exactly one statement");
        sqlite3_finalize(handle);
        return NULL;
    }
    stmt->handle = handle;
    return &stmt->base;
}

static void sqlite_finalize(struct db_stmt *stmt) {
    sqlite3_finalize(handle_of(stmt));
    free((char *)(uintptr_t)stmt->sql.ptr);
    free(stmt);
}

static int sqlite_param(struct db_stmt *stmt, const char *name) { return sqlite3_bind_parameter_index(handle_of(stmt), name); }

static void sqlite_bind_int(struct db_stmt *stmt, int index, int64_t value) {
    if (sqlite3_bind_int64(handle_of(stmt), index, value) != SQLITE_OK) stmt->broken = true;
}

static void sqlite_bind_text(struct db_stmt *stmt, int index, struct str value) {
    const char *bytes = value.len ? value.ptr : ""; /* a NULL pointer would bind NULL */
    int code = sqlite3_bind_text64(handle_of(stmt), index, bytes, value.len, SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) stmt->broken = true;
}

static void sqlite_bind_null(struct db_stmt *stmt, int index) {
    if (sqlite3_bind_null(handle_of(stmt), index) != SQLITE_OK) stmt->broken = true;
}

static enum db_result sqlite_step(struct db_stmt *stmt) {
    int code = sqlite3_step(handle_of(stmt));
    if (code == SQLITE_ROW) return DB_ROW;
    enum db_result result = code == SQLITE_DONE ? DB_DONE : failed(conn_of(stmt->conn), code, stmt->sql);
    /* At its end it lets go of the snapshot at once, and may be bound and stepped again. */
    sqlite3_reset(handle_of(stmt));
    return result;
}

static void sqlite_reset(struct db_stmt *stmt) {
    sqlite3_reset(handle_of(stmt));
    sqlite3_clear_bindings(handle_of(stmt));
}

static bool sqlite_is_null(struct db_stmt *stmt, int column) {
    return sqlite3_column_type(handle_of(stmt), column) == SQLITE_NULL;
}

static int64_t sqlite_integer(struct db_stmt *stmt, int column) { return sqlite3_column_int64(handle_of(stmt), column); }

static struct str sqlite_text(struct db_stmt *stmt, int column) {
    const unsigned char *bytes = sqlite3_column_text(handle_of(stmt), column);
    if (!bytes) return STR("");
    return (struct str){(const char *)bytes, (size_t)sqlite3_column_bytes(handle_of(stmt), column)};
}

static void sqlite_values(struct db_stmt *stmt, int first, int count, const int *at, struct value *to) {
    for (int i = 0; i < count; i++) {
        /* SQLite calls this value unprotected because another thread might use the connection: here each has its own. */
        sqlite3_value *value = sqlite3_column_value(handle_of(stmt), first + i);
        struct value *v = &to[at[i]];
        switch (sqlite3_value_type(value)) {
        case SQLITE_NULL:
            *v = VALUE_NONE;
            break;
        case SQLITE_INTEGER:
            *v = value_int(sqlite3_value_int64(value));
            break;
        default:
            *v = value_text(STR(""));
            v->text.ptr = (const char *)sqlite3_value_text(value);
            v->text.len = (size_t)sqlite3_value_bytes(value); /* of the text, so after it */
        }
    }
}

static int sqlite_columns(struct db_stmt *stmt) { return sqlite3_column_count(handle_of(stmt)); }

static int64_t sqlite_changes(struct db_conn *conn) { return sqlite3_changes64(conn_of(conn)->handle); }

/* A script of a job must not end the transaction that it shares with others. */
static int keep_transaction(void *arg, int action, const char *a, const char *b, const char *c, const char *d) {
    (void)arg, (void)a, (void)b, (void)c, (void)d;
    bool ends = action == SQLITE_TRANSACTION || action == SQLITE_SAVEPOINT || action == SQLITE_ATTACH || action == SQLITE_DETACH;
    return ends ? SQLITE_DENY : SQLITE_OK;
}

static enum db_result sqlite_script(struct db_conn *conn, struct str sql) {
    struct sqlite_conn *c = conn_of(conn);
    char *text = malloc(sql.len + 1);
    if (!text) return conn_failed(conn, DB_ERROR, "out of memory");
    memcpy(text, sql.ptr, sql.len);
    text[sql.len] = 0;
    if (conn->in_job) sqlite3_set_authorizer(c->handle, keep_transaction, NULL);
    int code = sqlite3_exec(c->handle, text, NULL, NULL, NULL);
    enum db_result result = code == SQLITE_OK ? DB_OK : failed(c, code, sql);
    if (conn->in_job) sqlite3_set_authorizer(c->handle, NULL, NULL);
    free(text);
    return result;
}

static bool sqlite_has_table(struct db_conn *conn, const char *name) {
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1"));
    db_bind_text(stmt, 1, str_of(name));
    bool has = db_step(stmt) == DB_ROW;
    db_reset(stmt);
    return has;
}

/* ---- transactions ---- */

static enum db_result run_control(struct sqlite_conn *c, enum db_control control) {
    int code = sqlite3_step(c->control[control]);
    enum db_result result = code == SQLITE_DONE ? DB_OK : failed(c, code, STR(""));
    sqlite3_reset(c->control[control]);
    return result;
}

static bool sqlite_in_transaction(struct db_conn *conn) { return sqlite3_get_autocommit(conn_of(conn)->handle) == 0; }

static enum db_result sqlite_control(struct db_conn *conn, enum db_control control) {
    struct sqlite_conn *c = conn_of(conn);
    bool ends = control == DB_ROLLBACK || control == DB_ROLLBACK_TO;
    if (ends && !sqlite_in_transaction(conn)) return DB_OK; /* it was rolled back by SQLite itself */
    enum db_result result = run_control(c, control);
    if (control == DB_ROLLBACK_TO && result == DB_OK) result = run_control(c, DB_RELEASE);
    return result;
}

/* There is one writer, and the file is locked for it. */
static enum db_result sqlite_claim(struct db_conn *conn, int64_t tenant, bool first) {
    (void)conn, (void)tenant, (void)first;
    return DB_OK;
}

static int sqlite_reading_threads(int cores) { return cores > 1 ? cores : 2; }

static void sqlite_between(struct db_conn *conn) { sqlite_fold_rest(conn_of(conn)->fold, conn_of(conn)->handle); }

static struct search_words *sqlite_search_words(struct db_conn *conn) { return conn_of(conn)->words; }

static void sqlite_search_match(struct db_conn *conn, struct buf *b, const struct search_question *question) {
    search_sqlite_match(b, conn_of(conn)->words, question);
}

static const struct db_check checks[] = {
    {"the database is whole", "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    {"every reference finds its record", "SELECT \"table\" FROM pragma_foreign_key_check"},
    {0},
};

static enum db_result sqlite_search_holds(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant,
                                          struct str entity, struct str words, bool *holds) {
    (void)arena;
    return search_sqlite_holds(conn, id, tenant, entity, words, holds);
}

static void sqlite_json_member(struct buf *b, struct str column, int64_t name, bool text) {
    (void)text; // it comes as what it is
    buf_printf(b, "json_extract(%.*s,'$.\"%lld\"')", STR_ARG(column), (long long)name);
}

static const struct db_dialect dialect = {
    .name = "sqlite",
    .integer = "INTEGER",
    .text = "TEXT",
    .shared_id = "id INTEGER PRIMARY KEY",
    .tenant_id = "id INTEGER PRIMARY KEY",
    .tenant_key = "UNIQUE (tenant_id, id)",
    .nulls_first = "",
    .checks = checks,
    .no_index = "+", /* every index begins with the tenant: a sign in front rules them all out */
    .json_member = sqlite_json_member,
    .search_ddl = search_sqlite_ddl,
};

const struct db_driver db_sqlite = {
    .dialect = &dialect,
    .scheme = "sqlite:",
    .rehearsal = &sqlite_rehearsal,
    .writers = 1,
    .group_jobs = 64,
    .group_us = 5000,
    .reading_threads = sqlite_reading_threads,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .size = sqlite_size,
    .prepare = sqlite_prepare,
    .finalize = sqlite_finalize,
    .param = sqlite_param,
    .bind_int = sqlite_bind_int,
    .bind_text = sqlite_bind_text,
    .bind_null = sqlite_bind_null,
    .step = sqlite_step,
    .reset = sqlite_reset,
    .is_null = sqlite_is_null,
    .integer = sqlite_integer,
    .text = sqlite_text,
    .values = sqlite_values,
    .columns = sqlite_columns,
    .changes = sqlite_changes,
    .script = sqlite_script,
    .has_table = sqlite_has_table,
    .control = sqlite_control,
    .claim = sqlite_claim,
    .defer = sqlite_step,
    .in_transaction = sqlite_in_transaction,
    .before_commit = search_sqlite_commit,
    .search_put = search_sqlite_put,
    .search_remove = search_sqlite_remove,
    .search_holds = sqlite_search_holds,
    .search_count = search_sqlite_count,
    .search_words = sqlite_search_words,
    .search_match = sqlite_search_match,
    .search_match_sql = search_sqlite_match_sql,
    .search_hits_sql = search_sqlite_hits_sql,
    .search_newest_sql = search_sqlite_newest_sql,
    .between = sqlite_between,
};
