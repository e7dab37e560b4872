/* postgres_link.c - connections to PostgreSQL: how they are made, what they are told, and how they come back after a loss. */
#include "db/postgres_impl.h"

#include "base/log.h"
#include "base/timefmt.h"

#define RETRY_FIRST_US 50000
#define RETRY_MOST_US 2000000
#define URL_WORDS 64

/* What the URL does not say itself. A server that cannot be reached must be noticed in seconds, not in hours. */
static const char *const defaults[][2] = {
    {"connect_timeout", "5"},
    {"keepalives_idle", "20"},
    {"keepalives_interval", "5"},
    {"keepalives_count", "3"},
    {"tcp_user_timeout", "20000"},
    {"application_name", "tenon"},
    {"client_encoding", "UTF8"},
    /* Of several hosts, the one that takes writes: a standby would show what was so a moment ago. */
    {"target_session_attrs", "read-write"},
};

static bool url_says(const PQconninfoOption *options, const char *word) {
    for (; options->keyword; options++) {
        if (options->val && strcmp(options->keyword, word) == 0) return true;
    }
    return false;
}

static PGconn *open_link(struct pg_conn *c) {
    char url[4096], *why = NULL;
    snprintf(url, sizeof url, "%s%s", c->base.driver->scheme, c->base.db->where);
    PQconninfoOption *options = PQconninfoParse(url, &why);
    if (!options) {
        conn_failed(&c->base, DB_ERROR, why ? why : "out of memory");
        PQfreemem(why);
        return NULL;
    }
    const char *words[URL_WORDS], *values[URL_WORDS];
    int count = 0;
    for (const PQconninfoOption *o = options; o->keyword && count < URL_WORDS - 1; o++) {
        if (!o->val) continue;
        words[count] = o->keyword;
        values[count++] = o->val;
    }
    for (size_t i = 0; i < sizeof defaults / sizeof *defaults && count < URL_WORDS - 1; i++) {
        if (url_says(options, defaults[i][0])) continue;
        words[count] = defaults[i][0];
        values[count++] = defaults[i][1];
    }
    words[count] = values[count] = NULL;
    PGconn *link = PQconnectdbParams(words, values, 0);
    PQconninfoFree(options);
    return link;
}

static void ignore_notice(void *arg, const PGresult *notice) { (void)arg, (void)notice; }

/* Behind a pooler that gives each transaction another server, the server is not the one that greeted us. */
static bool is_direct(struct pg_conn *c) {
    PGresult *result = PQexec(c->link, "SELECT pg_backend_pid()");
    bool direct = PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) == 1;
    char pid[24];
    snprintf(pid, sizeof pid, "%d", PQbackendPID(c->link));
    direct = direct && strcmp(PQgetvalue(result, 0, 0), pid) == 0;
    PQclear(result);
    return direct;
}

/* For the whole session, so only where it is ours: compiling to machine code costs more than our statements take. */
static bool set_up(struct pg_conn *c) {
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT set_config('jit', 'off', false), set_config('lock_timeout', '10s', false),"
             " set_config('statement_timeout', '%s', false), set_config('idle_in_transaction_session_timeout', '5min', false),"
             " set_config('default_transaction_read_only', '%s', false)",
             c->base.writer ? "5min" : "60s", c->base.writer ? "off" : "on");
    PGresult *result = PQexec(c->link, sql);
    bool ok = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return ok && pg_prepare_walls(c);
}

void pg_detach(struct pg_conn *c) {
    if (c->link) PQfinish(c->link);
    c->link = NULL;
    c->sent_count = c->drop_count = 0;
    c->lost = c->lost || (c->open && !pg_unsent(c));
}

/* Servers that start again are not to be met by everybody at once, nor is every request to wait for one that is away. */
static enum db_result no_link(struct pg_conn *c) {
    if (c->link) conn_failed(&c->base, DB_BUSY, PQerrorMessage(c->link));
    pg_detach(c);
    c->retry_after = c->retry_after ? c->retry_after * 2 : RETRY_FIRST_US;
    if (c->retry_after > RETRY_MOST_US) c->retry_after = RETRY_MOST_US;
    c->retry_at = time_monotonic() + c->retry_after;
    return DB_BUSY;
}

enum db_result pg_attach(struct pg_conn *c) {
    if (c->link && PQstatus(c->link) == CONNECTION_OK) return DB_OK;
    if (c->link) pg_detach(c); /* without one, a transaction that is begun here has sent nothing yet, and loses nothing */
    if (time_monotonic() < c->retry_at) return DB_BUSY;
    bool again = c->life > 0;
    c->link = open_link(c);
    if (!c->link || PQstatus(c->link) != CONNECTION_OK) return no_link(c);
    PQsetNoticeReceiver(c->link, ignore_notice, NULL);
    c->named = is_direct(c);
    if ((c->named && !set_up(c)) || PQenterPipelineMode(c->link) != 1) return no_link(c);
    c->life++;
    c->names = 0;
    c->retry_after = c->retry_at = 0;
    if (again) log_event(LOG_INFO, "database_back", LOG_STR("host", str_of(PQhost(c->link))));
    return DB_OK;
}
