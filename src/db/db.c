/* db.c - one interface to the database (db.h): connections of threads, cached statements, and the wording of errors. */
#include "db/driver.h"

#include "base/log.h"

static const struct db_driver *const drivers[] = {&db_sqlite, &db_postgres};
#define DRIVERS (sizeof drivers / sizeof *drivers)

const struct db_dialect *db_dialect_find(struct str name) {
    for (size_t i = 0; i < DRIVERS; i++) {
        if (str_eqc(name, drivers[i]->dialect->name)) return drivers[i]->dialect;
    }
    return NULL;
}

const struct db_driver *driver_of_dialect(const struct db_dialect *dialect) {
    for (size_t i = 0; i < DRIVERS; i++) {
        if (drivers[i]->dialect == dialect) return drivers[i];
    }
    return NULL;
}

const struct db_dialect *db_dialect(const struct db *db) { return db->driver->dialect; }

int db_reading_threads(const struct db *db, int cores) { return db->driver->reading_threads(cores); }

int db_connections_besides(const struct db *db) { return db->driver->listen ? db->driver->writers + 1 : 0; }

int64_t db_size(struct db *db) { return db->driver->size(db); }

/* ---- opening and closing ---- */

const struct db_driver *driver_of_url(const char *url, struct errors *errors) {
    for (size_t i = 0; i < DRIVERS; i++) {
        if (str_starts(str_of(url), str_of(drivers[i]->scheme))) return drivers[i];
    }
    errors_add(errors, 500, "database", NULL, "The database must be given as sqlite:PATH or postgres://..., not \"%s\".", url);
    return NULL;
}

const struct db_dialect *db_dialect_of(const char *url, struct errors *errors) {
    const struct db_driver *driver = driver_of_url(url, errors);
    return driver ? driver->dialect : NULL;
}

void conn_close(struct db_conn *conn) {
    db_reset_all(conn);
    for (struct db_stmt *stmt; (stmt = stmt_cache_pop(&conn->cache));) conn->driver->finalize(stmt);
    conn->driver->disconnect(conn);
}

/* A thread ends: so does its reader. */
static void reader_end(void *arg) {
    struct db_conn *conn = arg;
    struct db *db = conn->db;
    pthread_mutex_lock(&db->lock);
    struct db_conn **link = &db->readers;
    while (*link != conn) link = &(*link)->next;
    *link = conn->next;
    pthread_mutex_unlock(&db->lock);
    conn_close(conn);
}

static void db_free(struct db *db) {
    pthread_key_delete(db->reader_key);
    pthread_key_delete(db->copy_key);
    pthread_mutex_destroy(&db->lock);
    free(db->where);
    free(db->copy_url);
    free(db);
}

static void stop_writers(struct db *db) {
    for (int i = 0; i < db->driver->writers; i++) {
        if (db->writers[i]) writer_stop(db->writers[i]);
    }
}

/* The first writer has the connection that showed whether the database can be opened at all. */
static bool start_writers(struct db *db, struct db_conn *conn) {
    for (int i = 0; i < db->driver->writers; i++) {
        db->writers[i] = writer_start(db, i == 0 ? conn : NULL);
        if (db->writers[i]) continue;
        if (i == 0) conn_close(conn);
        stop_writers(db);
        return false;
    }
    return true;
}

/* Nothing is connected yet. NULL: no memory. */
static struct db *db_new(const struct db_driver *driver, const struct db_options *options) {
    struct db *db = calloc(1, sizeof *db);
    if (!db) return NULL;
    db->driver = driver;
    db->where = strdup(options->url + strlen(driver->scheme));
    if (options->copy_url) db->copy_url = strdup(options->copy_url);
    bool ok = db->where && (!options->copy_url || db->copy_url) && pthread_key_create(&db->reader_key, reader_end) == 0;
    if (ok && pthread_key_create(&db->copy_key, reader_end) != 0) {
        pthread_key_delete(db->reader_key);
        ok = false;
    }
    if (ok) return db;
    free(db->where);
    free(db->copy_url);
    free(db);
    return NULL;
}

struct db *db_open(const struct db_options *options, struct errors *errors) {
    const struct db_driver *driver = driver_of_url(options->url, errors);
    if (!driver) return NULL;
    if (options->copy_url && driver_of_url(options->copy_url, errors) != driver) {
        if (errors->count == 0) errors_add(errors, 500, "database", NULL, "A copy for reading is of the same kind of database.");
        return NULL;
    }
    struct db *db = db_new(driver, options);
    if (!db) {
        errors_add(errors, 500, "database", NULL, "There is no memory left to open the database.");
        return NULL;
    }
    db->serves = options->serves;
    db->create = options->create;
    db->rehearsal = options->rehearsal;
    db->unfinished = options->unfinished;
    pthread_mutex_init(&db->lock, NULL);
    struct db_conn *conn = driver->connect(db, true, errors);
    if (!conn) {
        db_free(db);
        return NULL;
    }
    db->create = false;
    if (start_writers(db, conn)) return db;
    db_free(db);
    errors_add(errors, 500, "database", NULL, "The thread that writes to the database could not be started.");
    return NULL;
}

bool db_listen(struct db *db, void (*heard)(void *arg, int64_t tenant), void *arg) {
    return !db->driver->listen || db->driver->listen(db, heard, arg);
}

void db_notify(struct db *db, int64_t tenant) {
    if (db->driver->notify) db->driver->notify(db, tenant);
}

void db_close(struct db *db) {
    if (!db) return;
    if (db->driver->unlisten) db->driver->unlisten(db);
    while (db->readers) {
        struct db_conn *next = db->readers->next;
        conn_close(db->readers);
        db->readers = next;
    }
    stop_writers(db);
    db_free(db);
}

/* The connection is its thread's from now on, and ends with it. */
static bool adopt_reader(struct db *db, pthread_key_t key, struct db_conn *conn) {
    if (pthread_setspecific(key, conn) != 0) {
        conn_close(conn);
        return false;
    }
    pthread_mutex_lock(&db->lock);
    conn->next = db->readers;
    db->readers = conn;
    pthread_mutex_unlock(&db->lock);
    return true;
}

struct db_conn *db_reader(struct db *db, struct errors *errors) {
    struct db_conn *conn = pthread_getspecific(db->reader_key);
    if (conn) {
        conn->tenant = DB_NO_TENANT;
        return conn;
    }
    conn = db->driver->connect(db, false, errors);
    if (!conn) return NULL;
    if (adopt_reader(db, db->reader_key, conn)) return conn;
    errors_add(errors, 500, "database", NULL, "There is no memory left to read the database.");
    return NULL;
}

int64_t db_mark(const struct db *db) { return atomic_load(&db->mark); }

bool db_has_copy(const struct db *db) { return db->copy_url && db->driver->connect_copy; }

struct db_conn *db_copy_reader(struct db *db, int64_t mark) {
    if (!db_has_copy(db)) return NULL;
    struct db_conn *conn = pthread_getspecific(db->copy_key);
    if (!conn) {
        conn = db->driver->connect_copy(db);
        if (!conn || !adopt_reader(db, db->copy_key, conn)) return NULL;
    }
    conn->tenant = DB_NO_TENANT;
    return db->driver->copy_has(conn, mark) ? conn : NULL;
}

bool db_read_begin(struct db_conn *conn) {
    /* The writer is inside its transaction already, which is a snapshot of its own. */
    if (conn->writer || conn->snapshots++ > 0) return true;
    if (conn->driver->control(conn, DB_BEGIN_READ) == DB_OK) return true;
    conn->snapshots = 0;
    return false;
}

void db_read_end(struct db_conn *conn) {
    if (conn->writer || conn->snapshots == 0 || --conn->snapshots > 0) return;
    conn->driver->control(conn, DB_COMMIT);
}

void db_reset_all(struct db_conn *conn) {
    while (conn->cache.used) db_reset(conn->cache.used);
    if (conn->snapshots) conn->driver->control(conn, DB_ROLLBACK);
    conn->snapshots = 0;
    conn->tenant = DB_NO_TENANT;
}

void db_tenant(struct db_conn *conn, int64_t tenant_id) { conn->tenant = tenant_id; }

/* ---- statements ---- */

struct db_stmt *db_prepare(struct db_conn *conn, struct str sql) {
    uint64_t hash = stmt_hash(sql);
    struct db_stmt *stmt = stmt_cache_take(&conn->cache, sql, hash);
    if (stmt) {
        stmt->tenant = conn->tenant;
        return stmt;
    }
    stmt = conn->driver->prepare(conn, sql);
    if (!stmt) {
        log_event(LOG_ERROR, "statement_refused", LOG_STR("error", db_error(conn)), LOG_STR("sql", sql));
        return NULL;
    }
    char *text = malloc(sql.len + 1);
    if (!text) {
        conn->driver->finalize(stmt);
        conn_failed(conn, DB_ERROR, "out of memory");
        return NULL;
    }
    memcpy(text, sql.ptr, sql.len);
    stmt->conn = conn;
    stmt->tenant = conn->tenant;
    stmt->sql = (struct str){text, sql.len};
    stmt->hash = hash;
    stmt_cache_add_used(&conn->cache, stmt);
    return stmt;
}

int db_param(struct db_stmt *stmt, const char *name) { return stmt ? stmt->conn->driver->param(stmt, name) : 0; }

void db_bind_int(struct db_stmt *stmt, int index, int64_t value) {
    if (stmt) stmt->conn->driver->bind_int(stmt, index, value);
}

void db_bind_text(struct db_stmt *stmt, int index, struct str value) {
    if (stmt) stmt->conn->driver->bind_text(stmt, index, value);
}

void db_bind_null(struct db_stmt *stmt, int index) {
    if (stmt) stmt->conn->driver->bind_null(stmt, index);
}

/* A full disk may have ended the transaction under the job. What came now would commit by itself. */
static bool transaction_lost(struct db_conn *conn) {
    if (!conn->in_job || conn->driver->in_transaction(conn)) return false;
    if (conn->worst == DB_OK) conn->worst = conn_failed(conn, DB_ERROR, "the transaction has ended");
    return true;
}

enum db_result db_step(struct db_stmt *stmt) {
    if (!stmt) return DB_ERROR;
    struct db_conn *conn = stmt->conn;
    if (stmt->broken) {
        log_event(LOG_ERROR, "bound_without_parameter", LOG_STR("sql", stmt->sql));
        return conn_failed(conn, DB_ERROR, "a value was bound to a parameter that the statement does not have");
    }
    if (transaction_lost(conn)) return conn->worst;
    enum db_result result = conn->driver->step(stmt);
    if (result == DB_BUSY && !conn->writer) conn->worst = result;
    return result;
}

void db_ahead(struct db_stmt *stmt) {
    if (!stmt || stmt->broken || !stmt->conn->driver->ahead || transaction_lost(stmt->conn)) return;
    stmt->conn->driver->ahead(stmt);
}

enum db_result db_trouble(struct db_conn *conn) {
    if (conn->writer) return DB_OK;
    enum db_result worst = conn->worst;
    conn->worst = DB_OK;
    return worst;
}

void db_reset(struct db_stmt *stmt) {
    if (!stmt || !stmt->used) return;
    struct db_conn *conn = stmt->conn;
    conn->driver->reset(stmt);
    stmt->broken = false;
    struct db_stmt *leaves = stmt_cache_put(&conn->cache, stmt);
    if (leaves) conn->driver->finalize(leaves);
}

bool db_is_null(struct db_stmt *stmt, int column) { return !stmt || stmt->conn->driver->is_null(stmt, column); }

int64_t db_int(struct db_stmt *stmt, int column) { return stmt ? stmt->conn->driver->integer(stmt, column) : 0; }

struct str db_text(struct db_stmt *stmt, int column) {
    return stmt ? stmt->conn->driver->text(stmt, column) : STR("");
}

struct value db_value(struct db_stmt *stmt, int column) {
    struct value value = VALUE_NONE;
    if (stmt) stmt->conn->driver->values(stmt, column, 1, (int[]){0}, &value);
    return value;
}

void db_values(struct db_stmt *stmt, int count, const int *at, struct value *to) {
    if (stmt) stmt->conn->driver->values(stmt, 0, count, at, to);
}

int db_columns(struct db_stmt *stmt) { return stmt ? stmt->conn->driver->columns(stmt) : 0; }

int64_t db_changes(struct db_conn *conn) { return conn->driver->changes(conn); }

enum db_result db_defer(struct db_stmt *stmt) {
    if (!stmt) return DB_ERROR;
    struct db_conn *conn = stmt->conn;
    bool now = stmt->broken || !conn->in_job || transaction_lost(conn);
    enum db_result result = now ? db_step(stmt) : conn->driver->defer(stmt);
    db_reset(stmt);
    if (result != DB_OK && conn->in_job && conn->worst == DB_OK) conn->worst = result; /* nobody may have looked */
    return result;
}

void db_witness(struct db_conn *conn, const char *sql, int64_t tenant, int64_t id) {
    if (conn->in_job) conn->of_job = (struct db_witness){sql, tenant, id};
}

enum db_result db_savepoint(struct db_conn *conn) {
    return transaction_lost(conn) ? conn->worst : conn->driver->control(conn, DB_SAVEPOINT);
}

enum db_result db_release(struct db_conn *conn) {
    return transaction_lost(conn) ? conn->worst : conn->driver->control(conn, DB_RELEASE);
}

enum db_result db_rollback_to(struct db_conn *conn) {
    conn->of_job.sql = NULL; /* it may be what is undone */
    return transaction_lost(conn) ? conn->worst : conn->driver->control(conn, DB_ROLLBACK_TO);
}

enum db_result db_script(struct db_conn *conn, struct str sql) {
    if (transaction_lost(conn)) return conn->worst;
    return conn->driver->script(conn, sql);
}

/* ---- failures ---- */

enum db_result conn_failed(struct db_conn *conn, enum db_result result, const char *message) {
    snprintf(conn->message, sizeof conn->message, "%s", message);
    return result;
}

struct str db_error(struct db_conn *conn) {
    return conn ? str_of(conn->message) : STR("the commit of the group failed");
}

enum db_constraint db_constraint(struct db_conn *conn) { return conn->constraint; }

static bool constraint_fail(struct db_conn *conn, struct errors *errors) {
    switch (conn ? conn->constraint : DB_CONSTRAINT_CHECK) {
    case DB_CONSTRAINT_UNIQUE:
        if (conn->index[0] && conn->driver->constraint_field) conn->driver->constraint_field(conn);
        return errors_add(errors, 409, "conflict", conn->field[0] ? conn->field : NULL, "Another record already has this value.");
    case DB_CONSTRAINT_FOREIGN_KEY:
        if (conn->in_use) return errors_add(errors, 409, "in_use", NULL, "Other records still refer to this one.");
        return errors_add(errors, 409, "conflict", NULL, "A record that this one refers to is no longer there.");
    case DB_CONSTRAINT_NOT_NULL:
    case DB_CONSTRAINT_CHECK:
        break;
    }
    log_event(LOG_ERROR, "constraint", LOG_STR("error", db_error(conn)));
    return errors_add(errors, 500, "database", NULL, "This could not be saved, because of a fault of ours. It was logged.");
}

bool db_fail(struct db_conn *conn, enum db_result result, struct errors *errors) {
    switch (result) {
    case DB_CONSTRAINT:
        return constraint_fail(conn, errors);
    case DB_BUSY:
        return errors_add(errors, 503, "busy", NULL, "The database is busy. Try again in a moment.");
    case DB_FULL:
        return errors_add(errors, 507, "storage_full", NULL,
                          "The disk is full. Reading still works; saving will work again when there is room.");
    case DB_ROW:
    case DB_DONE:
    case DB_ERROR:
        break;
    }
    log_event(LOG_ERROR, "database", LOG_STR("error", db_error(conn)));
    return errors_add(errors, 500, "database", NULL,
                      "The database could not do this, because of a fault of ours. It was logged.");
}
