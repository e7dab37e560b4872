/* postgres_fail.c - what PostgreSQL's refusals mean to db.h. */
#include "db/postgres_impl.h"

#include "base/log.h"

static bool state_is(const char *state, const char *const *list) {
    for (; *list; list++) {
        if (strncmp(state, *list, strlen(*list)) == 0) return true;
    }
    return false;
}

/* "Key (tenant_id, email)=(1, a@example.com) already exists." names the field "email". Row-level security hides this text. */
static bool field_of_detail(struct db_conn *conn, const char *detail) {
    const char *end = detail ? strstr(detail, ")=(") : NULL;
    if (!end) return false;
    const char *from = end;
    while (from > detail && from[-1] != ' ' && from[-1] != '(') from--;
    snprintf(conn->field, sizeof conn->field, "%.*s", (int)(end - from), from);
    return true;
}

static enum db_result constraint(struct pg_conn *c, const PGresult *result, const char *state, const char *sql) {
    struct db_conn *conn = &c->base;
    conn->field[0] = 0;
    conn->in_use = false;
    if (strcmp(state, "23505") == 0) {
        conn->constraint = DB_CONSTRAINT_UNIQUE;
        field_of_detail(conn, PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
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
