/* postgres_wire.c - the pipeline: what is sent together, and whose each result is. */
#include "db/postgres_impl.h"

#include "base/log.h"

/* ---- sending ---- */

/* Every function here returns false where the connection could not take it: then it is lost. */
static bool note(struct pg_conn *c, int sent, enum pg_what what, struct pg_stmt *stmt) {
    if (sent != 1) return false;
    c->sent[c->sent_count].what = what;
    c->sent[c->sent_count++].stmt = stmt;
    return true;
}

/* Each is prepared by its name; the claim is not among them. */
static const struct {
    const char *name, *sql;
} commands[PG_COMMANDS] = {
    [PG_BEGIN_READ] = {"c0", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"},
    [PG_BEGIN_WRITE] = {"c1", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"},
    [PG_COMMIT] = {"c2", "COMMIT"},
    [PG_ROLLBACK] = {"c3", "ROLLBACK"},
    [PG_SAVEPOINT] = {"c4", "SAVEPOINT job"},
    [PG_RELEASE] = {"c5", "RELEASE SAVEPOINT job"},
    [PG_ROLLBACK_TO] = {"c6", "ROLLBACK TO SAVEPOINT job"},
};

/* Behind the commit that went before it. */
static const char mark_sql[] = "SELECT (pg_current_wal_flush_lsn() - '0/0'::pg_lsn)::bigint";

static bool send_text(struct pg_conn *c, enum pg_what what, const char *sql) {
    return note(c, PQsendQueryParams(c->link, sql, 0, NULL, NULL, NULL, NULL, 0), what, NULL);
}

static bool send_command(struct pg_conn *c, enum pg_command command) {
    const char *name = commands[command].name;
    bool ok = c->named ? note(c, PQsendQueryPrepared(c->link, name, 0, NULL, NULL, NULL, 0), PG_SENT_COMMAND, NULL)
                       : send_text(c, PG_SENT_COMMAND, commands[command].sql);
    if (ok) c->sent[c->sent_count - 1].command = command;
    return ok;
}

/* What is prepared beside the commands: rows of this tenant only, until the transaction's end (the role that sees all exists once
 * the first migration has run); and a tenant's writing, held until the transaction ends, or the savepoint inside which it was
 * taken is undone. */
enum own { TENANT, TENANT_AFTER_ROLE, ROLE, CLAIM, TRY_CLAIM, OWNS };
static const struct {
    const char *name, *sql;
    int params;
} owns[OWNS] = {
    [TENANT] = {"w0", "SELECT set_config('tenon.tenant', $1, true)", 1},
    [TENANT_AFTER_ROLE] = {"w1", "SELECT set_config('role', 'none', true), set_config('tenon.tenant', $1, true)", 1},
    [ROLE] = {"w2", "SELECT set_config('role', rolname, true) FROM pg_roles WHERE rolname = 'tenon_platform'", 0},
    [CLAIM] = {"w3", "SELECT pg_advisory_xact_lock($1)", 1},
    [TRY_CLAIM] = {"w4", "SELECT pg_try_advisory_xact_lock($1)", 1},
};

static bool send_own(struct pg_conn *c, enum pg_what what, enum own own, const char *value) {
    const char *name = owns[own].name, *sql = owns[own].sql;
    int params = owns[own].params;
    if (!c->named) return note(c, PQsendQueryParams(c->link, sql, params, NULL, &value, NULL, NULL, 0), what, NULL);
    return note(c, PQsendQueryPrepared(c->link, name, params, &value, NULL, NULL, 0), what, NULL);
}

static bool send_claim(struct pg_conn *c, int64_t tenant, enum own how) {
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)tenant);
    return send_own(c, PG_SENT_CLAIM, how, text);
}

static bool send_waiting(struct pg_conn *c) {
    bool ok = true;
    for (int i = 0; ok && i < c->waiting_count; i++)
        ok = c->waiting[i] == PG_CLAIM ? send_claim(c, c->claiming, CLAIM) : send_command(c, c->waiting[i]);
    c->waiting_count = 0;
    return ok;
}

static const char *name_of(unsigned number, char *to, size_t size) {
    snprintf(to, size, "s%u", number);
    return to;
}

/* Outside of transactions only: one that failed refuses this too, and the name would be forgotten by us alone. */
static bool send_drops(struct pg_conn *c) {
    while (c->drop_count > 0 && c->sent_count < PG_SENT / 2) {
        char sql[32];
        snprintf(sql, sizeof sql, "DEALLOCATE s%u", c->drops[--c->drop_count]);
        if (!send_text(c, PG_SENT_DROP, sql)) return false;
    }
    return true;
}

static bool prepare_own(struct pg_conn *c, const char *name, const char *sql, int params) {
    PGresult *result = PQprepare(c->link, name, sql, params, NULL);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return ok;
}

bool pg_prepare_own(struct pg_conn *c) {
    bool ok = true;
    for (int i = 0; ok && i < OWNS; i++) ok = prepare_own(c, owns[i].name, owns[i].sql, owns[i].params);
    for (int i = 0; ok && i < PG_COMMANDS; i++) ok = !commands[i].name || prepare_own(c, commands[i].name, commands[i].sql, 0);
    return ok;
}

static bool send_tenant(struct pg_conn *c, int64_t tenant, int64_t was) {
    bool after_role = was == DB_PLATFORM || was == PG_TENANT_UNKNOWN;
    enum own wall = tenant == DB_PLATFORM ? ROLE : after_role ? TENANT_AFTER_ROLE : TENANT;
    char text[24] = "";
    if (tenant != DB_NO_TENANT) snprintf(text, sizeof text, "%lld", (long long)tenant);
    return send_own(c, PG_SENT_TENANT, wall, text);
}

/* What has to be before a statement can run as it should. */
static bool send_prelude(struct pg_conn *c, int64_t wanted) {
    int64_t was = c->open || c->sent_count > 0 ? c->tenant : DB_NO_TENANT; /* what goes together is one transaction */
    if (!c->open && !send_drops(c)) return false;
    if (!send_waiting(c)) return false;
    if (PQtransactionStatus(c->link) == PQTRANS_INERROR) return true; /* it takes nothing but its own end */
    if (wanted == was) return true;
    c->tenant = wanted;
    if (!send_tenant(c, wanted, was)) return false;
    /* A job of the platform that goes on in a tenant waits for it while it holds what is the platform's: the only one that waits
     * with something in its hands, and there is one of these at a time. */
    if (wanted <= 0 || !c->base.writer || !c->open || pg_has_claim(c, wanted)) return true;
    if (c->claim_count < PG_CLAIMS) c->claims[c->claim_count++] = wanted;
    return send_claim(c, wanted, CLAIM);
}

static bool grow_scratch(struct pg_conn *c, size_t bytes, int pointers) {
    if (bytes > c->scratch_cap) {
        char *scratch = realloc(c->scratch, bytes * 2);
        if (!scratch) return false;
        c->scratch = scratch;
        c->scratch_cap = bytes * 2;
    }
    if (pointers > c->pointer_cap) {
        const char **list = realloc((void *)c->pointers, sizeof *list * (size_t)pointers * 2);
        if (!list) return false;
        c->pointers = list;
        c->pointer_cap = pointers * 2;
    }
    return true;
}

/* The values as NUL-terminated texts in c->pointers. False where one cannot be, or there is no memory. */
static bool write_values(struct pg_conn *c, const struct pg_stmt *s) {
    size_t room = 0;
    for (int i = 0; i < s->sql.params; i++) room += s->values[i].type == PG_TEXT ? s->values[i].text.len + 1 : 24;
    if (!grow_scratch(c, room, s->sql.params)) return false;
    char *to = c->scratch;
    for (int i = 0; i < s->sql.params; i++) {
        const struct pg_value *v = &s->values[i];
        c->pointers[i] = v->type == PG_NULL ? NULL : to;
        if (v->type == PG_INT) to += snprintf(to, 24, "%lld", (long long)v->integer) + 1;
        if (v->type != PG_TEXT) continue;
        if (v->text.len && memchr(v->text.ptr, 0, v->text.len)) return false;
        if (v->text.len) memcpy(to, v->text.ptr, v->text.len);
        to[v->text.len] = 0;
        to += v->text.len + 1;
    }
    return true;
}

static bool send_prepare(struct pg_conn *c, struct pg_stmt *s) {
    char name[16];
    s->name = ++c->names;
    s->life = c->life; /* until it is known to have failed */
    return note(c, PQsendPrepare(c->link, name_of(s->name, name, sizeof name), s->sql.text, s->sql.params, s->types),
                PG_SENT_PREPARE, s);
}

static bool send_statement(struct pg_conn *c, struct pg_stmt *s, enum pg_what what) {
    char name[16];
    if (!c->named) {
        return note(c, PQsendQueryParams(c->link, s->sql.text, s->sql.params, s->types, c->pointers, NULL, NULL, 0), what, s);
    }
    if (s->life != c->life && !send_prepare(c, s)) return false;
    return note(c, PQsendQueryPrepared(c->link, name_of(s->name, name, sizeof name), s->sql.params, c->pointers, NULL, NULL, 0),
                what, s);
}

/* ---- receiving ---- */

static void keep(struct pg_conn *c, struct pg_stmt *s, PGresult *result) {
    const char *count = PQcmdTuples(result);
    if (PQresultStatus(result) == PGRES_COMMAND_OK && *count) c->changes = strtoll(count, NULL, 10);
    pg_keep(s, result);
}

/* Writers commit at the same time. */
static void raise_mark(struct db *db, int64_t mark) {
    int64_t seen = atomic_load(&db->mark);
    while (seen < mark && !atomic_compare_exchange_weak(&db->mark, &seen, mark)) {
    }
}

/* The job before this one has failed after all; its savepoint is undone when what follows was read (undo_former). */
static void fail_former(struct pg_conn *c, enum db_result result) {
    log_event(LOG_ERROR, "deferred_failed", LOG_STR("error", db_error(&c->base)));
    c->former->ok = false;
    c->former->result = result;
    c->base.of_group.sql = NULL; /* it may be that job's */
    c->former_failed = true;
}

/* How one of the round trip's results went; the first failure is what counts, since all after it were left out. */
static enum db_result take(struct pg_conn *c, const struct pg_sent *sent, PGresult *result, enum db_result before) {
    ExecStatusType status = PQresultStatus(result);
    bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    bool of_former = c->former && sent < c->sent + c->former_sent;
    struct pg_stmt *s = sent->stmt;
    if (s) s->ahead = false;
    if (good && s && sent->what == PG_SENT_QUERY) {
        keep(c, s, result);
        return before;
    }
    if (!good && sent->what == PG_SENT_PREPARE && s) s->life = 0;
    if (good && sent->what == PG_SENT_COMMAND) c->rolled_back = strcmp(PQcmdStatus(result), "ROLLBACK") == 0;
    if (good && sent->what == PG_SENT_MARK) raise_mark(c->base.db, strtoll(PQgetvalue(result, 0, 0), NULL, 10));
    if (good && sent->what == PG_SENT_CLAIM) c->claimed = *PQgetvalue(result, 0, 0) == 't';
    enum db_result now = before;
    if (!good && before == DB_OK) now = pg_failed(c, result, s ? s->sql.text : NULL);
    if (now != before && of_former) fail_former(c, now);
    else if (now != before && sent->what == PG_SENT_DEFERRED && c->base.worst == DB_OK) c->base.worst = now;
    PQclear(result);
    return now;
}

/* True where the connection still answers; the result that ends each statement is a NULL. */
static bool end_of_result(struct pg_conn *c) {
    PGresult *rest = PQgetResult(c->link);
    if (!rest) return PQstatus(c->link) == CONNECTION_OK;
    PQclear(rest);
    return false;
}

/* What a round trip that has ended brought; *outcome tells how it went. False where the connection has gone. */
static bool read_results(struct pg_conn *c, enum db_result *outcome) {
    *outcome = DB_OK;
    for (int i = 0; i < c->sent_count; i++) {
        PGresult *result = PQgetResult(c->link);
        if (!result) return false;
        *outcome = take(c, &c->sent[i], result, *outcome);
        if (!end_of_result(c)) return false;
    }
    c->left_out_until = c->sent_count;
    c->sent_count = 0;
    c->former = NULL;
    PGresult *sync = PQgetResult(c->link);
    bool synced = PQresultStatus(sync) == PGRES_PIPELINE_SYNC;
    PQclear(sync);
    return synced;
}

/* Ends the round trip and reads what it brought. */
static enum db_result receive(struct pg_conn *c) {
    enum db_result outcome;
    if (PQpipelineSync(c->link) != 1 || !read_results(c, &outcome)) return pg_lost(c);
    if (outcome != DB_OK) c->tenant = PG_TENANT_UNKNOWN;
    return outcome;
}

/* Reads what nobody waited for. A connection that was lost meanwhile is lost to nobody. */
static void catch_up(struct pg_conn *c) {
    enum db_result outcome;
    if (!c->unread) return;
    c->unread = false;
    if (!c->link || !read_results(c, &outcome)) pg_detach(c);
}

void pg_end_read(struct pg_conn *c, enum pg_command command) {
    if (!c->link || !send_waiting(c) || !send_command(c, command)) pg_detach(c);
    pg_leave(c);
}

void pg_leave(struct pg_conn *c) {
    if (c->unread || c->sent_count == 0) return;
    c->unread = PQpipelineSync(c->link) == 1;
    if (!c->unread) pg_detach(c);
}

/* True where a round trip failed because of what the job before had deferred: that job alone is undone, and what was sent behind
 * it has not run and may be sent again, with what led up to it. */
static bool undo_former(struct pg_conn *c) {
    if (!c->former_failed) return false;
    c->former_failed = false;
    if (c->lost || !c->link) return false;
    c->waiting_count = 0;
    c->claim_count = c->lasting_claims;
    pg_wait(c, PG_ROLLBACK_TO);
    pg_wait(c, PG_RELEASE);
    for (int i = c->former_sent; i < c->left_out_until; i++) {
        if (c->sent[i].what == PG_SENT_COMMAND) pg_wait(c, c->sent[i].command);
    }
    return true;
}

bool pg_end_job(struct pg_conn *c) {
    if (!c->base.job || c->base.in_job || c->former || c->sent_count > PG_SENT / 2) return false;
    if (!send_waiting(c) || !send_command(c, PG_RELEASE)) return false;
    c->former = c->base.job;
    c->former_sent = c->sent_count;
    return true;
}

/* ---- running ---- */

/* A failed statement leaves nothing to its transaction but its end: a job goes back to its savepoint, to read why. */
static void recover(struct pg_conn *c) {
    if (!c->base.in_job || !c->link || PQtransactionStatus(c->link) != PQTRANS_INERROR) return;
    pg_wait(c, PG_ROLLBACK_TO);
    c->doomed = true;
}

static enum db_result send_all(struct pg_conn *c, struct pg_stmt *s, enum pg_what what) {
    if (!write_values(c, s)) {
        return conn_failed(&c->base, DB_ERROR, "a text holds a zero byte, or there is no memory left");
    }
    return send_prelude(c, s->base.tenant) && send_statement(c, s, what) ? DB_OK : pg_lost(c);
}

static enum db_result lost_already(struct pg_conn *c) {
    return conn_failed(&c->base, DB_BUSY, "the transaction was lost");
}

/* True where nothing of the transaction was sent, or only what is in this round trip. */
static bool begins_here(const struct pg_conn *c) {
    return pg_unsent(c) || (c->sent_count > 0 && c->sent[0].what == PG_SENT_COMMAND && c->sent[0].command == PG_BEGIN_READ);
}

/* What only reads may be asked again, if its transaction had but begun: elsewhere, where it was a copy that could not answer. */
static bool may_ask_again(struct pg_conn *c, bool fresh, bool begins) {
    if (c->base.writer || (c->open && !begins)) return false;
    if (c->on_copy) {
        pg_leave_copy(c);
    } else if (c->link || fresh) {
        return false;
    }
    if (begins) {
        c->lost = false;
        c->base.worst = DB_OK;
        c->waiting_count = 0;
        c->tenant = DB_NO_TENANT;
        pg_wait(c, PG_BEGIN_READ);
    }
    return true;
}

enum db_result pg_run(struct pg_conn *c, struct pg_stmt *s) {
    if (c->lost) return lost_already(c);
    while (!s->result) {
        catch_up(c);
        bool fresh = !c->link, begins = begins_here(c), ahead = s->ahead;
        enum db_result result = ahead ? DB_OK : pg_attach(c);
        if (result != DB_OK) {
            c->lost = c->open; /* a part of it may have been meant to be sent */
            if (c->open && c->base.worst == DB_OK) c->base.worst = result;
            return result;
        }
        if (!ahead) result = send_all(c, s, PG_SENT_QUERY);
        if (result == DB_OK) result = receive(c);
        /* A connection that was lost while nothing was asked is noticed only now. */
        if (result == DB_BUSY && may_ask_again(c, fresh, begins)) continue;
        if (result != DB_OK && undo_former(c)) continue;
        if (result == DB_OK) continue;
        recover(c);
        if (!ahead || c->lost) return result; /* what was asked ahead fails or succeeds by itself */
    }
    return DB_OK;
}

enum db_result pg_defer(struct pg_conn *c, struct pg_stmt *s) {
    if (c->lost) return lost_already(c);
    if (!c->link || c->doomed || c->former || c->sent_count > PG_SENT / 2) {
        return pg_run(c, s);
    }
    return send_all(c, s, PG_SENT_DEFERRED);
}

void pg_ahead(struct pg_conn *c, struct pg_stmt *s) {
    catch_up(c);
    bool alone = c->doomed || c->sent_count > PG_SENT / 2;
    if (s->ahead || s->result || c->lost || alone || pg_attach(c) != DB_OK || !write_values(c, s)) return;
    s->ahead = send_prelude(c, s->base.tenant) && send_statement(c, s, PG_SENT_QUERY);
    if (!s->ahead) pg_lost(c);
}

enum db_result pg_settle(struct pg_conn *c) {
    if (!c->sent_count || !c->link) return DB_OK;
    enum db_result result = receive(c);
    return result != DB_OK && undo_former(c) ? DB_OK : result;
}

void pg_disown(struct pg_conn *c, struct pg_stmt *s) {
    s->ahead = false;
    for (int i = 0; i < c->sent_count; i++) {
        if (c->sent[i].stmt == s) c->sent[i].stmt = NULL;
    }
}

bool pg_has_claim(const struct pg_conn *c, int64_t tenant) {
    for (int i = 0; i < c->claim_count; i++) {
        if (c->claims[i] == tenant) return true;
    }
    return false;
}

enum db_result pg_try_claim(struct pg_conn *c, int64_t tenant) {
    if (c->lost) return lost_already(c);
    enum db_result result = pg_attach(c);
    if (result != DB_OK) return result;
    do {
        if (!send_waiting(c) || !send_claim(c, tenant, TRY_CLAIM)) return pg_lost(c);
        result = receive(c);
    } while (result != DB_OK && undo_former(c));
    return result == DB_OK && !c->claimed ? DB_BUSY : result;
}

enum db_result pg_wait_for(struct pg_conn *c, int64_t tenant) {
    return send_claim(c, tenant, CLAIM) ? receive(c) : pg_lost(c);
}

void pg_wait(struct pg_conn *c, enum pg_command command) {
    if (c->waiting_count == PG_WAITING && c->link) send_waiting(c);
    if (c->waiting_count < PG_WAITING) c->waiting[c->waiting_count++] = command;
}

enum db_result pg_command(struct pg_conn *c, enum pg_command command) {
    if (!c->link) return DB_BUSY;
    bool marks = command == PG_COMMIT && c->base.writer && c->base.db->copy_url;
    enum db_result result;
    pg_wait(c, command);
    do {
        if (!send_waiting(c) || (marks && !send_text(c, PG_SENT_MARK, mark_sql))) return pg_lost(c);
        result = receive(c);
    } while (result != DB_OK && undo_former(c));
    return result;
}

/* ---- scripts ---- */

static enum db_result run_script(struct pg_conn *c, const char *text) {
    if (PQexitPipelineMode(c->link) != 1) return pg_lost(c);
    PGresult *result = PQexec(c->link, text);
    ExecStatusType status = PQresultStatus(result);
    enum db_result outcome = DB_OK;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        outcome = pg_failed(c, result, text);
    }
    PQclear(result);
    if (PQstatus(c->link) != CONNECTION_OK || PQenterPipelineMode(c->link) != 1) return pg_lost(c);
    return outcome;
}

enum db_result pg_script(struct pg_conn *c, const char *text) {
    if (c->lost) return lost_already(c);
    catch_up(c);
    enum db_result result = pg_attach(c);
    if (result != DB_OK) return result;
    do {
        if (!send_prelude(c, DB_NO_TENANT)) return pg_lost(c); /* as who it is: it makes tables */
        result = receive(c);
    } while (result != DB_OK && undo_former(c));
    if (result == DB_OK) result = run_script(c, text);
    if (result != DB_OK) {
        c->tenant = PG_TENANT_UNKNOWN;
        recover(c);
    }
    return result;
}
