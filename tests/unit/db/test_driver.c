/* test_driver.c - what db.h promises of every database: statements, values, snapshots, savepoints, and how refusals are told. */
#include "db_test.h"

#include "db/driver.h"

#include <pthread.h>

static void values_come_back_as_they_were_bound(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("SELECT ?1, ?2, ?3, :name, ?2"));
    char bytes[] = "no end here";
    db_bind_int(s, 1, INT64_MIN);
    db_bind_text(s, 2, (struct str){bytes, 2});
    db_bind_null(s, 3);
    db_bind_text(s, db_param(s, ":name"), (struct str){NULL, 0});
    assert_int_equal(db_step(s), DB_ROW);
    assert_int_equal(db_columns(s), 5);
    assert_true(db_int(s, 0) == INT64_MIN);
    assert_text(db_text(s, 1), "no");
    assert_true(db_is_null(s, 2));
    assert_false(db_is_null(s, 3));
    assert_text(db_text(s, 3), "");
    assert_text(db_text(s, 4), "no");
    assert_int_equal(db_step(s), DB_DONE);
    db_reset(s);
}

static void a_row_read_over_another_leaves_nothing_of_it(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("SELECT 'Ann' AS a, 7 AS b, 1 AS c UNION ALL SELECT NULL, NULL, 2 ORDER BY 3"));
    static const int at[] = {1, 0, 2}; // a column may go anywhere
    struct value values[3];
    assert_int_equal(db_step(s), DB_ROW);
    db_values(s, 3, at, values);
    assert_int_equal(values[1].type, VALUE_TEXT);
    assert_text(values[1].text, "Ann");
    assert_int_equal(values[0].type, VALUE_INT);
    assert_int_equal(values[0].integer, 7);
    assert_int_equal(db_step(s), DB_ROW);
    db_values(s, 3, at, values);
    assert_int_equal(values[2].integer, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(values[i].type, VALUE_NULL);
        assert_int_equal(values[i].integer, 0);
        assert_int_equal(values[i].text.len, 0);
    }
    db_reset(s);
}

static void a_commit_that_failed_elsewhere_is_told_without_a_connection(void **state) {
    (void)state;
    const struct { enum db_result result; int status; } cases[] = {
        {DB_FULL, 507}, {DB_BUSY, 503}, {DB_ERROR, 500}, {DB_CONSTRAINT, 500}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct errors told = {.arena = arena};
        assert_false(db_fail(NULL, cases[i].result, &told));
        assert_int_equal(told.count, 1);
        assert_int_equal(told.first->status, cases[i].status);
    }
}

static void a_statement_is_compiled_once_and_comes_back_unbound(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("SELECT ?1"));
    db_bind_int(s, 1, 5);
    db_step(s);
    db_reset(s);
    struct db_stmt *again = db_prepare(conn, STR("SELECT ?1"));
    assert_ptr_equal(s, again);
    assert_int_equal(db_step(again), DB_ROW);
    assert_true(db_is_null(again, 0));
    db_reset(again);
    db_reset(again); // harmless
}

static void a_statement_in_use_gives_a_second_one(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct str sql = STR("SELECT name FROM leads WHERE tenant_id = 1 ORDER BY id");
    struct db_stmt *outer = db_prepare(conn, sql);
    assert_int_equal(db_step(outer), DB_ROW);
    struct db_stmt *inner = db_prepare(conn, sql);
    assert_ptr_not_equal(outer, inner);
    assert_int_equal(db_step(inner), DB_ROW);
    assert_int_equal(db_step(inner), DB_ROW);
    assert_text(db_text(inner, 0), "Lodestar");
    assert_text(db_text(outer, 0), "Meridian");
    db_reset(inner);
    db_reset(outer);
}

static void more_statements_than_the_cache_holds_still_work(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 3 * STMT_CACHE_LIMIT; i++) {
            char sql[64];
            snprintf(sql, sizeof sql, "SELECT %d + ?1", i);
            struct db_stmt *s = db_prepare(conn, str_of(sql));
            db_bind_int(s, 1, 1);
            assert_int_equal(db_step(s), DB_ROW);
            assert_int_equal(db_int(s, 0), i + 1);
            db_reset(s);
            assert_in_range(conn->cache.idle, 1, STMT_CACHE_LIMIT);
        }
    }
}

static void a_value_without_a_parameter_stops_the_statement(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("SELECT count(*) FROM leads WHERE tenant_id = :tenant"));
    db_bind_int(s, db_param(s, ":tennant"), 1);
    assert_int_equal(db_step(s), DB_ERROR);
    db_reset(s);
    s = db_prepare(conn, STR("SELECT count(*) FROM leads WHERE tenant_id = :tenant"));
    db_bind_int(s, db_param(s, ":tenant"), 1);
    assert_int_equal(db_step(s), DB_ROW);
    assert_int_equal(db_int(s, 0), 2);
    db_reset(s);
}

static void a_reader_cannot_write(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("DELETE FROM leads WHERE tenant_id = 1"));
    assert_int_equal(db_step(s), DB_ERROR);
    db_reset(s);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
}

static void a_snapshot_does_not_move(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    assert_true(db_read_begin(conn));
    assert_true(db_read_begin(conn));
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    assert_true(write_sql("INSERT INTO leads (tenant_id, id, name) VALUES (1, 3, 'Kestrel')"));
    db_read_end(conn);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    db_read_end(conn);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 3);
}

static void an_unwound_request_leaves_nothing_open(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    db_read_begin(conn);
    for (int i = 0; i < 5; i++) assert_int_equal(db_step(db_prepare(conn, STR("SELECT name FROM leads"))), DB_ROW);
    assert_true(conn->driver->in_transaction(conn));
    db_reset_all(conn);
    assert_false(conn->driver->in_transaction(conn));
    assert_null(conn->cache.used);
    assert_true(write_sql("INSERT INTO leads (tenant_id, id, name) VALUES (1, 3, 'Kestrel')"));
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 3);
}

static void *read_elsewhere(void *arg) {
    struct db_conn **conn = arg;
    *conn = db_reader(db, &errors);
    struct db_stmt *s = db_prepare(*conn, STR("SELECT count(*) FROM leads"));
    return db_step(s) == DB_ROW && db_int(s, 0) == 2 ? arg : NULL; // not reset: the thread's end closes it
}

static void each_thread_reads_by_its_own_connection(void **state) {
    (void)state;
    struct db_conn *mine = leads_reader(), *other = NULL;
    assert_ptr_equal(mine, db_reader(db, &errors));
    pthread_t thread;
    void *read = NULL;
    pthread_create(&thread, NULL, read_elsewhere, &other);
    pthread_join(thread, &read);
    assert_non_null(read);
    assert_non_null(other);
    assert_ptr_not_equal(mine, other);
    assert_ptr_equal(db->readers, mine); // the other ended with its thread
    assert_null(mine->next);
}

/* What a write is refused with, told as an error. */
struct refusal {
    const char *sql;
    enum db_constraint constraint;
    int status;
    const char *code, *field;
};

static bool run_refused(struct db_conn *conn, void *arg) {
    struct refusal *refusal = arg;
    struct db_stmt *s = db_prepare(conn, str_of(refusal->sql));
    enum db_result result = db_step(s);
    db_reset(s);
    if (result != DB_CONSTRAINT) return true;
    if (db_constraint(conn) == refusal->constraint) db_fail(conn, result, &errors);
    return false;
}

static void each_constraint_is_told_for_what_it_is(void **state) {
    (void)state;
    leads_reader();
    struct refusal table[] = {
        {"INSERT INTO leads (tenant_id, id, name, email) VALUES (1, 9, 'x', 'a@example.com')", DB_CONSTRAINT_UNIQUE, 409,
         "conflict", "email"},
        {"INSERT INTO leads (tenant_id, id, name) VALUES (1, 1, 'x')", DB_CONSTRAINT_UNIQUE, 409, "conflict", "id"},
        {"DELETE FROM clients WHERE id = 10", DB_CONSTRAINT_FOREIGN_KEY, 409, "in_use", ""},
        {"INSERT INTO leads (tenant_id, id, name, client_id) VALUES (1, 9, 'x', 99)", DB_CONSTRAINT_FOREIGN_KEY, 409, "conflict",
         ""},
        {"INSERT INTO leads (tenant_id, id, name, client_id) VALUES (2, 9, 'x', 10)", DB_CONSTRAINT_FOREIGN_KEY, 409, "conflict",
         ""},
        {"UPDATE leads SET name = NULL WHERE id = 1", DB_CONSTRAINT_NOT_NULL, 500, "database", ""},
        {"UPDATE leads SET score = 101 WHERE id = 1", DB_CONSTRAINT_CHECK, 500, "database", ""},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        enum db_result result = DB_ERROR;
        errors_clear(&errors);
        print_message("%s\n", table[i].sql);
        assert_false(db_write_wait(db, DB_NO_TENANT, run_refused, &table[i], &result));
        assert_int_equal(result, DB_OK);
        assert_int_equal(errors.count, 1);
        assert_int_equal(errors.first->status, table[i].status);
        assert_string_equal(errors.first->code, table[i].code);
        assert_true(str_eqc(errors.first->field, table[i].field));
    }
    assert_true(write_sql("DELETE FROM clients WHERE id = 11"));
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
}

static void every_other_result_has_its_status(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    const struct {
        enum db_result result;
        int status;
        const char *code;
    } table[] = {{DB_BUSY, 503, "busy"}, {DB_FULL, 507, "storage_full"}, {DB_ERROR, 500, "database"}};
    for (size_t i = 0; i < 3; i++) {
        errors_clear(&errors);
        assert_false(db_fail(conn, table[i].result, &errors));
        assert_int_equal(errors.first->status, table[i].status);
        assert_string_equal(errors.first->code, table[i].code);
    }
}

static bool run_text(struct db_conn *conn, const char *sql) {
    struct db_stmt *s = db_prepare(conn, str_of(sql));
    enum db_result result = db_step(s);
    db_reset(s);
    return result == DB_OK;
}

static bool run_parts(struct db_conn *conn, void *arg) {
    (void)arg;
    bool ok = run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 20, 'before')");
    ok = ok && db_savepoint(conn) == DB_OK && run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 21, 'kept')");
    ok = ok && db_savepoint(conn) == DB_OK && run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 22, 'undone')");
    ok = ok && db_rollback_to(conn) == DB_OK && db_release(conn) == DB_OK;
    ok = ok && db_savepoint(conn) == DB_OK && !run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 1, 'taken')");
    /* It can still read, to say what is wrong. */
    struct db_stmt *s = db_prepare(conn, STR("SELECT name FROM leads WHERE id = 1"));
    ok = ok && db_step(s) == DB_ROW && str_eqc(db_text(s, 0), "Meridian");
    db_reset(s);
    ok = ok && db_rollback_to(conn) == DB_OK && db_savepoint(conn) == DB_OK && db_release(conn) == DB_OK;
    return ok && run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 23, 'after')");
}

static void a_part_of_a_job_is_undone_by_itself(void **state) {
    (void)state;
    leads_reader();
    assert_true(db_write_wait(db, DB_NO_TENANT, run_parts, NULL, NULL));
    assert_int_equal(read_int("SELECT sum(id) FROM leads WHERE id >= 20"), 20 + 21 + 23);
}

/* Inserts a lead whose outcome it does not ask for. */
static bool run_deferred(struct db_conn *conn, void *arg) {
    const int64_t *id = arg;
    for (int i = 0; i < 3; i++) {
        struct db_stmt *s = db_prepare(conn, STR("INSERT INTO leads (tenant_id, id, name) VALUES (?1, ?2, ?3)"));
        char name[] = "of this turn";
        db_bind_int(s, 1, 1);
        db_bind_int(s, 2, *id + i);
        db_bind_text(s, 3, str_of(name));
        db_defer(s);
        memset(name, 'x', sizeof name); /* the bytes are not needed any more */
    }
    return true;
}

static void what_was_deferred_is_written_or_fails_its_job_alone(void **state) {
    (void)state;
    leads_reader();
    int64_t first = 30, second = 40, third = 31, fourth = 50;
    enum db_result result = DB_OK;
    assert_true(db_write_wait(db, DB_NO_TENANT, run_deferred, &first, NULL));
    assert_true(db_write_wait(db, DB_NO_TENANT, run_deferred, &second, NULL));
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE name = 'of this turn'"), 6);
    db_write_wait(db, DB_NO_TENANT, run_deferred, &third, &result); /* 31 is taken */
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE id = 33"), 0);
    assert_true(db_write_wait(db, DB_NO_TENANT, run_deferred, &fourth, NULL));
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE id >= 30"), 9);
}

/* ---- jobs of one group ---- */

enum step { STEP_WAIT, STEP_DEFER, STEP_READ, STEP_AHEAD, STEP_PART, STEP_NOTHING, STEP_REFUSE, STEP_REFUSE_AHEAD };
struct member {
    struct db_job job;
    enum step step;
    int64_t id; /* of the lead that it makes */
};
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;
static bool gate_open, at_gate;
static int told;

static bool insert_lead(struct db_conn *conn, int64_t id, bool later) {
    struct db_stmt *s = db_prepare(conn, STR("INSERT INTO leads (tenant_id, id, name) VALUES (1, ?1, 'of a group')"));
    db_bind_int(s, 1, id);
    enum db_result result = later ? db_defer(s) : db_step(s);
    if (!later) db_reset(s);
    return result == DB_DONE;
}

/* What is asked here comes with the next statement. */
static struct db_stmt *ask_first(struct db_conn *conn) {
    struct db_stmt *s = db_prepare(conn, STR("SELECT name FROM leads WHERE id = 1"));
    db_ahead(s);
    return s;
}

static bool run_member(struct db_conn *conn, void *arg) {
    const struct member *m = arg;
    struct db_stmt *asked;
    bool ok;
    switch (m->step) {
    case STEP_WAIT:
        pthread_mutex_lock(&gate);
        at_gate = true;
        pthread_cond_broadcast(&moved);
        while (!gate_open) pthread_cond_wait(&moved, &gate);
        pthread_mutex_unlock(&gate);
        return true;
    case STEP_DEFER:
        return insert_lead(conn, m->id, true) && insert_lead(conn, m->id + 1, true);
    case STEP_READ:
        return run_text(conn, "UPDATE leads SET score = score WHERE id = 1") && insert_lead(conn, m->id, true);
    case STEP_AHEAD:
        asked = ask_first(conn);
        ok = run_text(conn, "UPDATE leads SET score = score WHERE id = 1") && db_step(asked) == DB_ROW &&
             str_eqc(db_text(asked, 0), "Meridian") && insert_lead(conn, m->id, true);
        db_reset(asked);
        return ok;
    case STEP_REFUSE_AHEAD:
        ask_first(conn);
        return false;
    case STEP_PART:
        return db_savepoint(conn) == DB_OK && insert_lead(conn, m->id, false) && db_release(conn) == DB_OK;
    case STEP_REFUSE:
        insert_lead(conn, m->id, true);
        return false;
    case STEP_NOTHING:
        break;
    }
    return true;
}

static void member_done(enum db_result result, void *arg) {
    ((struct member *)arg)->job.result = result;
    pthread_mutex_lock(&gate);
    told++;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&gate);
}

/* Runs them in one transaction: they gather while the first one holds up the writer. */
static void run_group(struct member *members, int count) {
    gate_open = at_gate = false;
    told = 0;
    for (int i = 0; i < count; i++) {
        members[i].job = (struct db_job){.run = run_member, .done = member_done, .arg = &members[i], .tenant = DB_NO_TENANT};
        assert_true(db_write(db, &members[i].job));
        pthread_mutex_lock(&gate);
        while (!at_gate) pthread_cond_wait(&moved, &gate);
        pthread_mutex_unlock(&gate);
    }
    pthread_mutex_lock(&gate);
    gate_open = true;
    pthread_cond_broadcast(&moved);
    while (told < count) pthread_cond_wait(&moved, &gate);
    pthread_mutex_unlock(&gate);
}

static void what_a_job_deferred_fails_it_and_none_of_its_group(void **state) {
    (void)state;
    leads_reader();
    static const enum step next[] = {STEP_DEFER, STEP_READ, STEP_AHEAD, STEP_PART, STEP_NOTHING, STEP_REFUSE, STEP_REFUSE_AHEAD};
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        int64_t id = 100 * ((int64_t)i + 1);
        struct member group[] = {
            {.step = STEP_WAIT},
            {.step = STEP_DEFER, .id = id},
            {.step = STEP_DEFER, .id = id + 1}, /* its first lead is there already */
            {.step = next[i], .id = id + 10},
            {.step = STEP_DEFER, .id = id + 20},
            {.step = STEP_READ, .id = id + 20}, /* and this one's; only the commit tells */
        };
        bool refuses = next[i] == STEP_REFUSE || next[i] == STEP_REFUSE_AHEAD;
        bool expected[] = {true, true, false, !refuses, true, false};
        run_group(group, 6);
        for (int m = 0; m < 6; m++) {
            print_message("after a failure comes %d: job %d\n", (int)next[i], m);
            assert_int_equal(group[m].job.ok, expected[m]);
        }
        char count[96];
        snprintf(count, sizeof count, "SELECT count(*) FROM leads WHERE id >= %d AND id < %d", (int)id, (int)id + 100);
        bool one = next[i] == STEP_READ || next[i] == STEP_AHEAD || next[i] == STEP_PART;
        int made = next[i] == STEP_DEFER ? 2 : one ? 1 : 0;
        assert_int_equal(read_int(count), 4 + made);
    }
}

/* ---- asked ahead ---- */

static void what_was_asked_ahead_comes_when_it_is_stepped(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    for (int snapshot = 0; snapshot < 2; snapshot++) {
        if (snapshot) assert_true(db_read_begin(conn));
        struct db_stmt *count = db_prepare(conn, STR("SELECT count(*) FROM leads WHERE id > ?1"));
        db_bind_int(count, 1, 1);
        db_ahead(count);
        struct db_stmt *names = db_prepare(conn, STR("SELECT name FROM leads ORDER BY id"));
        db_ahead(names);
        struct db_stmt *unasked = db_prepare(conn, STR("SELECT id FROM clients"));
        db_ahead(unasked);
        db_reset(unasked);
        assert_int_equal(read_int("SELECT max(id) FROM clients"), 11);
        assert_int_equal(db_step(names), DB_ROW);
        assert_text(db_text(names, 0), "Meridian");
        assert_int_equal(db_step(count), DB_ROW);
        assert_int_equal(db_int(count, 0), 1);
        assert_int_equal(db_step(count), DB_DONE);
        assert_int_equal(db_step(names), DB_ROW);
        db_reset(count);
        db_reset(names);
        db_ahead(db_prepare(conn, STR("SELECT id FROM clients"))); /* left to db_reset_all */
        if (snapshot) db_read_end(conn);
        db_reset_all(conn);
    }
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
}

static bool run_ahead(struct db_conn *conn, void *arg) {
    (void)arg;
    struct db_stmt *before = db_prepare(conn, STR("SELECT max(id) FROM leads"));
    db_ahead(before);
    bool refused = !run_text(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, 1, 'taken')");
    bool read = db_step(before) == DB_ROW && db_int(before, 0) == 2;
    db_reset(before);
    return refused && read;
}

static void what_was_asked_ahead_stands_though_the_next_statement_fails(void **state) {
    (void)state;
    leads_reader();
    enum db_result result = DB_ERROR;
    db_write_wait(db, DB_NO_TENANT, run_ahead, NULL, &result);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    assert_true(write_sql("INSERT INTO leads (tenant_id, id, name) VALUES (1, 3, 'Kestrel')"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_a_job_deferred_fails_it_and_none_of_its_group),
        TEST(what_was_asked_ahead_comes_when_it_is_stepped),
        TEST(what_was_asked_ahead_stands_though_the_next_statement_fails),
        TEST(a_part_of_a_job_is_undone_by_itself),
        TEST(what_was_deferred_is_written_or_fails_its_job_alone),
        TEST(values_come_back_as_they_were_bound),
        TEST(a_commit_that_failed_elsewhere_is_told_without_a_connection),
        TEST(a_statement_is_compiled_once_and_comes_back_unbound),
        TEST(a_statement_in_use_gives_a_second_one),
        TEST(more_statements_than_the_cache_holds_still_work),
        TEST(a_value_without_a_parameter_stops_the_statement),
        TEST(a_reader_cannot_write),
        TEST(a_snapshot_does_not_move),
        TEST(an_unwound_request_leaves_nothing_open),
        TEST(a_row_read_over_another_leaves_nothing_of_it),
        TEST(each_thread_reads_by_its_own_connection),
        TEST(each_constraint_is_told_for_what_it_is),
        TEST(every_other_result_has_its_status),
    };
    return run_on_both(tests, sizeof tests / sizeof *tests);
}
