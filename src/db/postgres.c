/* postgres.c - PostgreSQL behind db.h, by libpq: statements and their values (postgres_impl.h tells the whole).
 *
 * Values travel as text both ways. A result is fetched whole, so that statements of one connection may be stepped in turn, as
 * they may on SQLite.
 */
#include "db/postgres_impl.h"

#include "base/log.h"
#include "base/timefmt.h"
#include "db/search_postgres.h"
#include "db/search_tokenizer.h"

#include <unistd.h>

#define OID_BOOL 16
#define OID_INT8 20
#define OID_INT2 21
#define OID_INT4 23
#define OID_NUMERIC 1700

/* ---- connections ---- */

void pg_disconnect(struct db_conn *conn) {
    struct pg_conn *c = pg_conn_of(conn);
    pg_detach(c);
    free(c->drops);
    free(c->scratch);
    free((void *)c->pointers);
    search_words_free(c->words);
    free(c);
}

struct pg_conn *pg_conn_new(struct db *db, bool writer) {
    struct pg_conn *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->base = (struct db_conn){.db = db, .driver = &db_postgres, .writer = writer, .worst = DB_OK, .tenant = DB_NO_TENANT};
    c->words = search_words_alone();
    if (c->words) return c;
    free(c);
    return NULL;
}

static struct db_conn *pg_connect(struct db *db, bool writer, struct errors *errors) {
    struct pg_conn *c = pg_conn_new(db, writer);
    if (!c) {
        errors_add(errors, 500, "database", NULL, "There is no memory left to open the database.");
        return NULL;
    }
    if (pg_attach(c) == DB_OK) return &c->base;
    struct str why = str_trim(db_error(&c->base));
    errors_add(errors, 503, "busy", NULL, "The database cannot be reached: %.*s", STR_ARG(why));
    pg_disconnect(&c->base);
    return NULL;
}

/* ---- statements ---- */

static void pg_forget(struct pg_conn *c, struct pg_stmt *s) {
    if (!s->name || s->life != c->life || !c->named || !c->link) return;
    if (c->drop_count == c->drop_cap) {
        int cap = c->drop_cap ? c->drop_cap * 2 : 64;
        unsigned *drops = realloc(c->drops, sizeof *drops * (size_t)cap);
        if (!drops) return; /* the server keeps it until the connection ends */
        c->drops = drops;
        c->drop_cap = cap;
    }
    c->drops[c->drop_count++] = s->name;
    s->life = 0;
}

static void pg_finalize(struct db_stmt *stmt) {
    struct pg_stmt *s = pg_stmt_of(stmt);
    if (stmt->conn) {
        pg_disown(pg_conn_of(stmt->conn), s);
        pg_forget(pg_conn_of(stmt->conn), s);
    }
    PQclear(s->result);
    pg_sql_free(&s->sql);
    free(s->values);
    free(s->types);
    free((char *)(uintptr_t)stmt->sql.ptr);
    free(s);
}

static struct db_stmt *pg_prepare(struct db_conn *conn, struct str sql) {
    struct pg_stmt *s = calloc(1, sizeof *s);
    const char *why = "out of memory";
    bool ok = s && pg_sql_read(&s->sql, sql);
    if (ok) {
        s->values = calloc((size_t)s->sql.params + 1, sizeof *s->values);
        s->types = calloc((size_t)s->sql.params + 1, sizeof *s->types);
        ok = s->values && s->types;
    } else if (s) {
        why = s->sql.why;
    }
    if (ok) return &s->base;
    conn_failed(conn, DB_ERROR, why);
    if (s) pg_finalize(&s->base);
    return NULL;
}

static int pg_param(struct db_stmt *stmt, const char *name) {
    const struct pg_sql *sql = &pg_stmt_of(stmt)->sql;
    for (int i = 0; i < sql->params; i++) {
        if (sql->names[i] && strcmp(sql->names[i], name) == 0) return i + 1;
    }
    return 0;
}

static struct pg_value *bind(struct db_stmt *stmt, int index, enum pg_type type) {
    struct pg_stmt *s = pg_stmt_of(stmt);
    if (index < 1 || index > s->sql.params) {
        stmt->broken = true;
        return NULL;
    }
    struct pg_value *v = &s->values[index - 1];
    v->type = type;
    return v;
}

/* What the server is to take the parameter for; a statement that was prepared for another type is prepared again. */
static void pg_retype(struct db_stmt *stmt, int index, Oid type) {
    struct pg_stmt *s = pg_stmt_of(stmt);
    if (s->types[index - 1] == type) return;
    pg_forget(pg_conn_of(stmt->conn), s);
    s->life = 0;
    s->types[index - 1] = type;
}

static void pg_bind_int(struct db_stmt *stmt, int index, int64_t value) {
    struct pg_value *v = bind(stmt, index, PG_INT);
    if (!v) return;
    v->integer = value;
    if (!pg_stmt_of(stmt)->mixed) pg_retype(stmt, index, OID_INT8); /* "$1 = 0" alone would make it an int4 */
}

static void pg_bind_text(struct db_stmt *stmt, int index, struct str value) {
    struct pg_value *v = bind(stmt, index, PG_TEXT);
    if (!v) return;
    v->text = value;
    if (pg_stmt_of(stmt)->types[index - 1] == 0) return;
    pg_stmt_of(stmt)->mixed = true;
    pg_retype(stmt, index, 0);
}

static void pg_bind_null(struct db_stmt *stmt, int index) { bind(stmt, index, PG_NULL); }

static enum db_result pg_step(struct db_stmt *stmt) {
    struct pg_stmt *s = pg_stmt_of(stmt);
    if (!s->result) {
        enum db_result result = pg_run(pg_conn_of(stmt->conn), s);
        if (result != DB_OK) {
            PQclear(s->result);
            s->result = NULL;
            return result;
        }
    }
    if (++s->row < s->rows) return DB_ROW;
    PQclear(s->result);
    s->result = NULL;
    return DB_DONE;
}

static void pg_reset(struct db_stmt *stmt) {
    struct pg_stmt *s = pg_stmt_of(stmt);
    if (s->ahead) pg_disown(pg_conn_of(stmt->conn), s);
    PQclear(s->result);
    s->result = NULL;
    for (int i = 0; i < s->sql.params; i++) s->values[i].type = PG_NULL;
}

/* ---- values ---- */

static enum pg_kind kind_of_type(Oid type) {
    switch (type) {
    case OID_BOOL:
        return PG_KIND_BOOL;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_NUMERIC: /* the sum of integers */
        return PG_KIND_INTEGER;
    default:
        return PG_KIND_TEXT;
    }
}

void pg_keep(struct pg_stmt *s, PGresult *result) {
    s->result = result;
    s->row = -1;
    s->rows = PQntuples(result);
    s->columns = PQnfields(result);
    int known = s->rows == 0 ? 0 : s->columns < PG_KINDS ? s->columns : PG_KINDS;
    for (int i = 0; i < known; i++) s->kinds[i] = (unsigned char)kind_of_type(PQftype(result, i));
}

static enum pg_kind kind_at(const struct pg_stmt *s, int column) {
    return column < PG_KINDS ? (enum pg_kind)s->kinds[column] : kind_of_type(PQftype(s->result, column));
}

static bool pg_is_null(struct db_stmt *stmt, int column) {
    const struct pg_stmt *s = pg_stmt_of(stmt);
    return !s->result || column >= s->columns || PQgetisnull(s->result, s->row, column);
}

/* Most of what a list reads is numbers, of which few are long. */
static int64_t integer_of(const char *text, int len) {
    bool negative = *text == '-';
    if (len > 18) return strtoll(text, NULL, 10);
    int64_t value = 0;
    for (int i = negative; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') break;
        value = value * 10 + (text[i] - '0');
    }
    return negative ? -value : value;
}

static int64_t pg_integer(struct db_stmt *stmt, int column) {
    const struct pg_stmt *s = pg_stmt_of(stmt);
    if (pg_is_null(stmt, column)) return 0;
    const char *text = PQgetvalue(s->result, s->row, column);
    if (kind_at(s, column) == PG_KIND_BOOL) return *text == 't';
    return integer_of(text, PQgetlength(s->result, s->row, column));
}

static struct str pg_text(struct db_stmt *stmt, int column) {
    const struct pg_stmt *s = pg_stmt_of(stmt);
    if (pg_is_null(stmt, column)) return STR("");
    const char *text = PQgetvalue(s->result, s->row, column);
    if (kind_at(s, column) == PG_KIND_BOOL) return *text == 't' ? STR("1") : STR("0");
    return (struct str){text, (size_t)PQgetlength(s->result, s->row, column)};
}

static struct value value_at(const struct pg_stmt *s, int column) {
    int len = PQgetlength(s->result, s->row, column);
    if (len == 0 && PQgetisnull(s->result, s->row, column)) return VALUE_NONE;
    const char *text = PQgetvalue(s->result, s->row, column);
    switch (kind_at(s, column)) {
    case PG_KIND_BOOL:
        return value_int(*text == 't');
    case PG_KIND_INTEGER:
        return value_int(integer_of(text, len));
    case PG_KIND_TEXT:
        break;
    }
    return value_text((struct str){text, (size_t)len});
}

static void pg_values(struct db_stmt *stmt, int first, int count, const int *at, struct value *to) {
    const struct pg_stmt *s = pg_stmt_of(stmt);
    int have = s->result ? s->columns - first : 0;
    for (int i = 0; i < count; i++) to[at[i]] = i < have ? value_at(s, first + i) : VALUE_NONE;
}

static int pg_columns(struct db_stmt *stmt) {
    const struct pg_stmt *s = pg_stmt_of(stmt);
    return s->result ? s->columns : 0;
}

static int64_t pg_changes(struct db_conn *conn) { return pg_conn_of(conn)->changes; }

/* ---- scripts ---- */

static enum db_result script(struct db_conn *conn, struct str sql) {
    if (conn->in_job && !pg_sql_keeps_transaction(sql)) {
        return conn_failed(conn, DB_ERROR, "a script cannot begin or end a transaction");
    }
    char *text = malloc(sql.len + 1);
    if (!text) return conn_failed(conn, DB_ERROR, "out of memory");
    memcpy(text, sql.ptr, sql.len);
    text[sql.len] = 0;
    enum db_result result = pg_script(pg_conn_of(conn), text);
    free(text);
    return result;
}

static bool pg_has_table(struct db_conn *conn, const char *name) {
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT to_regclass(?1) IS NOT NULL"));
    db_bind_text(stmt, 1, str_of(name));
    bool has = db_step(stmt) == DB_ROW && db_int(stmt, 0);
    db_reset(stmt);
    return has;
}

static int64_t pg_size(struct db *db) {
    struct arena *arena = arena_new(16u << 10);
    struct errors errors = {.arena = arena};
    struct db_conn *conn = db_reader(db, &errors);
    arena_free(arena);
    if (!conn) return -1;
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT pg_database_size(current_database())"));
    int64_t size = db_step(stmt) == DB_ROW ? db_int(stmt, 0) : -1;
    db_reset(stmt);
    return size;
}

/* ---- transactions ---- */

static bool pg_in_transaction(struct db_conn *conn) {
    const struct pg_conn *c = pg_conn_of(conn);
    return c->open && !c->lost;
}

static enum db_result begin(struct pg_conn *c, enum pg_command command) {
    pg_leave(c); /* what belongs to no transaction */
    c->open = true;
    c->lost = c->doomed = false;
    c->tenant = DB_NO_TENANT;
    c->waiting_count = c->claim_count = c->lasting_claims = 0;
    pg_wait(c, command);
    return DB_OK;
}

#define FATE_US INT64_C(15000000)

/* The connection was lost over a commit: how that ended, as far as it can be found out. Its tenant's lock is free only once the
 * server has done with it; a server that has taken the place of the one that was asked knows of it, or it never was. */
static enum db_result fate(struct pg_conn *c) {
    struct db_witness witness = c->base.of_group;
    int64_t until = time_monotonic() + FATE_US;
    if (c->link && PQtransactionStatus(c->link) != PQTRANS_IDLE) pg_command(c, PG_ROLLBACK);
    c->open = c->lost = c->doomed = false;
    c->waiting_count = 0;
    for (enum db_result ended = DB_BUSY; witness.sql && ended == DB_BUSY && time_monotonic() < until;) {
        ended = pg_attach(c) == DB_OK ? pg_wait_for(c, witness.tenant) : DB_BUSY;
        if (ended == DB_OK) {
            db_tenant(&c->base, witness.tenant);
            struct db_stmt *s = db_prepare(&c->base, str_of(witness.sql));
            db_bind_int(s, db_param(s, ":tenant"), witness.tenant);
            db_bind_int(s, db_param(s, ":id"), witness.id);
            ended = db_step(s);
            db_reset(s);
        }
        if (ended == DB_ROW || ended == DB_DONE) {
            log_event(LOG_WARN, "commit_found_out", LOG_INT("stands", ended == DB_ROW));
            return ended == DB_ROW ? DB_OK : DB_BUSY;
        }
        usleep(20000);
    }
    return DB_BUSY;
}

static enum db_result end(struct pg_conn *c, enum pg_command command) {
    enum db_result result = DB_OK;
    if (c->lost) {
        result = command == PG_COMMIT ? DB_BUSY : DB_OK;
        c->waiting_count = 0;
        if (c->link && PQtransactionStatus(c->link) != PQTRANS_IDLE) pg_command(c, PG_ROLLBACK);
    } else if (c->open && !pg_unsent(c) && !c->base.writer) {
        pg_end_read(c, command);
    } else if (c->open && !pg_unsent(c)) {
        result = pg_command(c, command);
        if (command == PG_COMMIT && c->lost) result = fate(c);
        else if (command == PG_COMMIT && result == DB_OK && c->rolled_back) result = DB_ERROR;
    }
    c->waiting_count = 0;
    c->open = c->lost = c->doomed = false;
    return result;
}

/* The innermost savepoint ends; where its beginning was not sent yet, neither is. */
static enum db_result end_savepoint(struct pg_conn *c, bool keep) {
    if (c->lost) return DB_BUSY;
    bool failed = c->doomed;
    c->doomed = false;
    if (c->waiting_count > 0 && c->waiting[c->waiting_count - 1] == PG_SAVEPOINT) {
        c->waiting_count--;
        return DB_OK;
    }
    if (keep && failed) {
        c->doomed = true;
        return conn_failed(&c->base, DB_ERROR, "a statement of this savepoint has failed");
    }
    /* Only if what was deferred went well. */
    if (keep && c->sent_count > 0) return pg_end_job(c) ? DB_OK : pg_command(c, PG_RELEASE);
    if (!keep) {
        pg_settle(c);
        if (c->lost) return DB_BUSY;
        c->tenant = PG_TENANT_UNKNOWN;
        c->claim_count = c->lasting_claims;
        pg_wait(c, PG_ROLLBACK_TO);
    }
    pg_wait(c, PG_RELEASE);
    return DB_OK;
}

static enum db_result pg_claim(struct db_conn *conn, int64_t tenant, bool first) {
    struct pg_conn *c = pg_conn_of(conn);
    if (tenant == DB_NO_TENANT || pg_has_claim(c, tenant)) return DB_OK;
    if (c->claim_count == PG_CLAIMS) return DB_BUSY;
    if (first) {
        c->claiming = tenant;
        pg_wait(c, PG_CLAIM);
    } else {
        enum db_result result = pg_try_claim(c, tenant);
        if (result != DB_OK) return result;
    }
    c->claims[c->claim_count++] = tenant;
    c->lasting_claims = c->claim_count;
    return DB_OK;
}

static enum db_result pg_defer_stmt(struct db_stmt *stmt) { return pg_defer(pg_conn_of(stmt->conn), pg_stmt_of(stmt)); }

static void pg_ahead_stmt(struct db_stmt *stmt) { pg_ahead(pg_conn_of(stmt->conn), pg_stmt_of(stmt)); }

/* They wait for the server most of the time, but each is a process there, and these want cores too. */
static int pg_reading_threads(int cores) { return cores < 16 ? 4 * cores : 64; }

static enum db_result pg_control(struct db_conn *conn, enum db_control control) {
    struct pg_conn *c = pg_conn_of(conn);
    switch (control) {
    case DB_BEGIN_READ:
        return begin(c, PG_BEGIN_READ);
    case DB_BEGIN_WRITE:
        return begin(c, PG_BEGIN_WRITE);
    case DB_COMMIT:
        return end(c, PG_COMMIT);
    case DB_ROLLBACK:
        return end(c, PG_ROLLBACK);
    case DB_SAVEPOINT:
        if (c->lost) return DB_BUSY;
        pg_wait(c, PG_SAVEPOINT);
        return DB_OK;
    case DB_RELEASE:
        return end_savepoint(c, true);
    case DB_ROLLBACK_TO:
        return end_savepoint(c, false);
    case DB_CONTROLS:
        break;
    }
    return DB_ERROR;
}

static enum db_result pg_before_commit(struct db_conn *conn) {
    (void)conn; /* the index of words was written with the rows */
    return DB_OK;
}

static void pg_between(struct db_conn *conn) { (void)conn; }

static enum db_result pg_search_put(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                    struct str text) {
    return search_postgres_put(conn, arena, pg_conn_of(conn)->words, id, tenant, entity, text);
}

static enum db_result pg_search_holds(struct db_conn *conn, struct arena *arena, int64_t id, int64_t tenant, struct str entity,
                                      struct str text, bool *holds) {
    return search_postgres_holds(conn, arena, pg_conn_of(conn)->words, id, tenant, entity, text, holds);
}

static struct search_words *pg_search_words(struct db_conn *conn) { return pg_conn_of(conn)->words; }

static void pg_search_match(struct db_conn *conn, struct buf *b, const struct search_question *question) {
    search_postgres_match(b, pg_conn_of(conn)->words, question);
}

/* An upgrade may take its time, and waits for another one without end; but a table that a server holds on to it gives up. */
static const char upgrade_begin[] = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
                                    " SELECT pg_advisory_xact_lock(hashtextextended('tenon upgrade', 0));"
                                    " SET LOCAL lock_timeout = '10s'";

const struct db_driver db_postgres = {
    .dialect = &db_postgres_dialect,
    .scheme = "postgres", /* with or without "ql" */
    .upgrade_begin = upgrade_begin,
    .writers = 4,
    .group_jobs = 30, /* the server keeps the first 64 savepoints of a transaction in memory that others see */
    .group_us = 10000,
    .reading_threads = pg_reading_threads,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .connect_copy = pg_connect_copy,
    .copy_has = pg_copy_has,
    .size = pg_size,
    .prepare = pg_prepare,
    .finalize = pg_finalize,
    .param = pg_param,
    .bind_int = pg_bind_int,
    .bind_text = pg_bind_text,
    .bind_null = pg_bind_null,
    .step = pg_step,
    .reset = pg_reset,
    .is_null = pg_is_null,
    .integer = pg_integer,
    .text = pg_text,
    .values = pg_values,
    .columns = pg_columns,
    .changes = pg_changes,
    .script = script,
    .has_table = pg_has_table,
    .control = pg_control,
    .claim = pg_claim,
    .defer = pg_defer_stmt,
    .ahead = pg_ahead_stmt,
    .constraint_field = pg_constraint_field,
    .in_transaction = pg_in_transaction,
    .before_commit = pg_before_commit,
    .search_put = pg_search_put,
    .search_remove = search_postgres_remove,
    .search_holds = pg_search_holds,
    .search_count = search_postgres_count,
    .search_words = pg_search_words,
    .search_match = pg_search_match,
    .search_match_sql = search_postgres_match_sql,
    .search_hits_sql = search_postgres_hits_sql,
    .search_newest_sql = search_postgres_newest_sql,
    .between = pg_between,
    .listen = pg_listen,
    .unlisten = pg_unlisten,
    .notify = pg_notify,
};
