/* postgres_link.c - connections to PostgreSQL: how they are made, what they are told, and how they come back after a loss. */
#include "db/postgres_impl.h"

#include "base/log.h"
#include "base/timefmt.h"

#define RETRY_FIRST_US 50000
#define RETRY_MOST_US 500000
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
    c->on_copy = c->copy && time_monotonic() >= c->copy_at;
    if (c->on_copy) {
        c->reached = c->reached_at = c->lag_mark = 0;
        snprintf(url, sizeof url, "%s", c->base.db->copy_url);
    } else {
        snprintf(url, sizeof url, "%s%s", c->base.driver->scheme, c->base.db->where);
    }
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
        bool any_host = c->on_copy && strcmp(defaults[i][0], "target_session_attrs") == 0;
        if (any_host || url_says(options, defaults[i][0])) continue;
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

/* For the whole session, so only where it is ours: compiling to machine code costs more than our statements take, and pages are
 * in memory or on a disk without arms. Planning a list costs more than reading it, and left to itself the server plans it again
 * each time for a tenant that has more rows than others; our indexes lead with the tenant, so one plan is right for all that is
 * served. What goes through whole tables - verifying, backups - needs plans of its own. */
static bool set_up(struct pg_conn *c) {
    char sql[640];
    snprintf(sql, sizeof sql,
             "SELECT set_config('jit', 'off', false), set_config('lock_timeout', '10s', false),"
             " set_config('statement_timeout', '%s', false), set_config('idle_in_transaction_session_timeout', '5min', false),"
             " set_config('default_transaction_read_only', '%s', false), set_config('random_page_cost', '1.1', false),"
             " set_config('plan_cache_mode', '%s', false)",
             c->base.writer ? "5min" : "60s", c->base.writer ? "off" : "on",
             c->base.db->serves ? "force_generic_plan" : "auto");
    PGresult *result = PQexec(c->link, sql);
    bool ok = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    return ok && pg_prepare_own(c);
}

void pg_detach(struct pg_conn *c) {
    if (c->link) PQfinish(c->link);
    c->link = NULL;
    for (int i = 0; i < c->sent_count; i++) {
        if (c->sent[i].stmt) c->sent[i].stmt->ahead = false;
    }
    c->sent_count = c->drop_count = 0;
    c->former = NULL;
    c->unread = false;
    c->lost = c->lost || (c->open && !pg_unsent(c));
}

/* Servers that start again are not to be met by everybody at once, nor is every request to wait for one that is away. */
static enum db_result no_link(struct pg_conn *c) {
    if (c->link) conn_failed(&c->base, DB_BUSY, PQerrorMessage(c->link));
    pg_detach(c);
    c->retry_after = c->retry_after ? c->retry_after * 2 : RETRY_FIRST_US;
    if (c->retry_after > RETRY_MOST_US) c->retry_after = RETRY_MOST_US;
    c->failed_at = time_monotonic();
    c->retry_at = c->failed_at + c->retry_after;
    return DB_BUSY;
}

enum db_result pg_attach(struct pg_conn *c) {
    if (c->link && PQstatus(c->link) == CONNECTION_OK) return DB_OK;
    if (c->link) pg_detach(c); /* without one, a transaction that is begun here has sent nothing yet, and loses nothing */
    /* Whoever was refused tries again when its time has come, or when another has seen that the server is back. */
    if (time_monotonic() < c->retry_at && atomic_load(&c->base.db->back_at) < c->failed_at) return DB_BUSY;
    bool again = c->life > 0;
    c->link = open_link(c);
    if (c->on_copy && (!c->link || PQstatus(c->link) != CONNECTION_OK)) {
        pg_leave_copy(c);
        c->link = open_link(c);
    }
    if (!c->link || PQstatus(c->link) != CONNECTION_OK) return no_link(c);
    PQsetNoticeReceiver(c->link, ignore_notice, NULL);
    c->named = is_direct(c);
    if ((c->named && !set_up(c)) || PQenterPipelineMode(c->link) != 1) return no_link(c);
    c->life++;
    c->names = 0;
    c->retry_after = c->retry_at = 0;
    atomic_store(&c->base.db->back_at, time_monotonic());
    if (again) log_event(LOG_INFO, "database_back", LOG_STR("host", str_of(PQhost(c->link))));
    return DB_OK;
}

/* ---- copies ---- */

#define COPY_AWAY_US INT64_C(2000000)
#define COPY_LAG_US INT64_C(10000000) /* a copy that is further behind is of no use to anybody */
#define COPY_FRESH_US INT64_C(1000000)

struct db_conn *pg_connect_copy(struct db *db) {
    struct pg_conn *c = pg_conn_new(db, false);
    if (!c) return NULL;
    c->copy = true;
    return &c->base;
}

void pg_leave_copy(struct pg_conn *c) {
    if (c->link) conn_failed(&c->base, DB_BUSY, PQerrorMessage(c->link));
    log_event(LOG_WARN, "copy_left", LOG_STR("error", db_error(&c->base)));
    c->copy_at = time_monotonic() + COPY_AWAY_US;
    pg_detach(c);
}

/* How far it is; a copy that became the original is as far as that. */
static bool ask_reached(struct pg_conn *c) {
    struct db_stmt *s = db_prepare(
        &c->base, STR("SELECT (CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_flush_lsn() END"
                      " - '0/0'::pg_lsn)::bigint"));
    bool ok = db_step(s) == DB_ROW && c->on_copy;
    if (ok) c->reached = db_int(s, 0);
    db_reset(s);
    c->reached_at = time_monotonic();
    return ok;
}

bool pg_copy_has(struct db_conn *conn, int64_t mark) {
    struct pg_conn *c = pg_conn_of(conn);
    int64_t now = time_monotonic();
    if (now < c->copy_at) return false;
    if (c->link && !c->on_copy) pg_detach(c);
    if (!c->link && (pg_attach(c) != DB_OK || !c->on_copy)) return false;
    if (mark <= c->reached && now - c->reached_at < COPY_FRESH_US) return true;
    if (!ask_reached(c)) return false;
    if (c->reached >= c->lag_mark) {
        c->lag_mark = db_mark(c->base.db);
        c->lag_at = now;
    }
    return mark <= c->reached && now - c->lag_at < COPY_LAG_US;
}
