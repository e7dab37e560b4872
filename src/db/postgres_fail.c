/* postgres_fail.c - what PostgreSQL's refusals mean to db.h. */
#include "db/postgres_impl.h"

#include "base/log.h"

static bool state_is(const char *state, const char *const *list) {
    for (; *list; list++) {
        if (strncmp(state, *list, strlen(*list)) == 0) return true;
    }
    return false;
}

/* The server tells which index refused, but hides whose row is in the way, and so the fields, behind row-level security. */
void pg_constraint_field(struct db_conn *conn) {
    int64_t tenant = conn->tenant;
    db_tenant(conn, DB_NO_TENANT);
    struct db_stmt *s = db_prepare(
        conn, STR("SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
                  "AND a.attnum = i.indkey[i.indnkeyatts - 1] WHERE i.indexrelid = to_regclass(quote_ident(?1))"));
    db_bind_text(s, 1, str_of(conn->index));
    struct str field = db_step(s) == DB_ROW ? db_text(s, 0) : STR("");
    snprintf(conn->field, sizeof conn->field, "%.*s", STR_ARG(field));
    db_reset(s);
    conn->index[0] = 0;
    db_tenant(conn, tenant);
}

static enum db_result constraint(struct pg_conn *c, const PGresult *result, const char *state, const char *sql) {
    struct db_conn *conn = &c->base;
    const char *name = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    conn->field[0] = conn->index[0] = 0;
    conn->in_use = false;
    if (strcmp(state, "23505") == 0) {
        conn->constraint = DB_CONSTRAINT_UNIQUE;
        snprintf(conn->index, sizeof conn->index, "%s", name ? name : "");
    } else if (strcmp(state, "23503") == 0 || strcmp(state, "23001") == 0) {
        conn->constraint = DB_CONSTRAINT_FOREIGN_KEY;
        conn->in_use = state[4] == '1' || (sql && str_starts(str_of(sql), STR("DELETE")));
    } else if (strcmp(state, "23502") == 0) {
        conn->constraint = DB_CONSTRAINT_NOT_NULL;
    } else {
        conn->constraint = DB_CONSTRAINT_CHECK;
    }
    return DB_CONSTRAINT;
}

/* It was not the statement's fault, and the whole transaction with it may be tried again. */
static enum db_result spoiled(struct pg_conn *c, enum db_result result) {
    if (!c->open) return result;
    if (c->base.worst == DB_OK) c->base.worst = result;
    c->lost = true;
    return result;
}

enum db_result pg_lost(struct pg_conn *c) {
    if (c->link) conn_failed(&c->base, DB_BUSY, PQerrorMessage(c->link));
    log_event(LOG_WARN, "database_lost", LOG_STR("error", str_of(c->base.message)));
    pg_detach(c);
    return spoiled(c, DB_BUSY);
}

enum db_result pg_failed(struct pg_conn *c, const PGresult *result, const char *sql) {
    /* Out of disk and memory; what is over when it is tried again: shutting down, too many connections, deadlocks, time-outs. */
    static const char *const full[] = {"53100", NULL};
    static const char *const busy[] = {"40", "55P03", "57", "53", "08", NULL};
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    conn_failed(&c->base, DB_ERROR, message ? message : PQresultErrorMessage(result));
    /* What libpq says by itself, when the connection ended. */
    if (!state) return PQstatus(c->link) == CONNECTION_OK ? DB_ERROR : spoiled(c, DB_BUSY);
    if (strncmp(state, "23", 2) == 0) return constraint(c, result, state, sql);
    if (state_is(state, full)) return c->base.worst = DB_FULL;
    if (state_is(state, busy)) return spoiled(c, DB_BUSY);
    return DB_ERROR;
}
