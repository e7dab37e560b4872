/* test_postgres.c - what is PostgreSQL's own behind db.h: SQL as we write it, the wall between tenants, connections that break,
 * and several servers. Runs where TENON_TEST_POSTGRES names a database. */
#include "db_test.h"

#include "db/driver.h"

#include <pthread.h>

static struct db_stmt *prepared(struct db_conn *conn, const char *sql) {
    struct db_stmt *s = db_prepare(conn, str_of(sql));
    assert_non_null(s);
    return s;
}

static void placeholders_are_found_where_they_are(void **state) {
    (void)state;
    struct db_conn *conn = db_reader(db, &errors);
    struct db_stmt *s = prepared(conn, "SELECT ':no', '?1', \"c:x\", 'it''s :no', $q$ :no ?2 $q$, :b::text, 'x'::text -- :no\n"
                                       ", /* :no /* ?9 */ :no */ :a, ?1, E'\\':no' FROM (SELECT 'col' AS \"c:x\") t");
    assert_int_equal(db_param(s, ":no"), 0);
    assert_int_equal(db_param(s, ":b"), 1);
    assert_int_equal(db_param(s, ":a"), 2);
    db_bind_text(s, 1, STR("b"));
    db_bind_text(s, 2, STR("a"));
    assert_int_equal(db_step(s), DB_ROW);
    static const char *const expected[] = {":no", "?1", "col", "it's :no", " :no ?2 ", "b", "x", "a", "b", "':no"};
    for (int i = 0; i < 10; i++) assert_true(str_eqc(db_text(s, i), expected[i]));
    db_reset(s);
}

static void a_number_is_a_number_whatever_it_is_compared_with(void **state) {
    (void)state;
    struct db_conn *conn = db_reader(db, &errors);
    for (int round = 0; round < 3; round++) {
        struct db_stmt *s =
            prepared(conn, "SELECT :n = 0, :n IS NULL, coalesce(:n, 7), sum(x), true FROM (VALUES (1), (2)) v (x)");
        if (round) db_bind_int(s, 1, round == 1 ? INT64_C(5000000000) : 0);
        assert_int_equal(db_step(s), DB_ROW);
        assert_int_equal(db_int(s, 0), round == 2);
        assert_int_equal(db_int(s, 1), round == 0);
        assert_true(db_int(s, 2) == (round == 0 ? 7 : round == 1 ? INT64_C(5000000000) : 0));
        struct value sum = db_value(s, 3);
        assert_int_equal(sum.type, VALUE_INT);
        assert_int_equal(sum.integer, 3);
        assert_text(db_text(s, 4), "1");
        db_reset(s);
    }
}

static void a_text_with_a_zero_byte_is_refused_and_nothing_else_suffers(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = prepared(conn, "SELECT count(*) FROM leads WHERE name = ?1");
    db_bind_text(s, 1, (struct str){"Meri\0dian", 9});
    assert_int_equal(db_step(s), DB_ERROR);
    db_reset(s);
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE name = 'Meridian'"), 1);
}

static void one_statement_is_not_two(void **state) {
    (void)state;
    struct db_conn *conn = db_reader(db, &errors);
    assert_null(db_prepare(conn, STR("SELECT 1; SELECT 2")));
    assert_null(db_prepare(conn, STR("")));
    struct db_stmt *s = prepared(conn, "SELECT name FROM nowhere");
    assert_int_equal(db_step(s), DB_ERROR);
    db_reset(s);
    assert_int_equal(read_int("SELECT 1"), 1);
}

/* ---- connections that break ---- */

static void end_backend(int64_t pid) {
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%lld, 5000)", (long long)pid);
    assert_true(outside(sql));
}

static void a_reader_that_lost_its_connection_asks_again(void **state) {
    (void)state;
    leads_reader();
    for (int i = 0; i < 3; i++) {
        end_backend(read_int("SELECT pg_backend_pid()"));
        assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    }
}

static void a_snapshot_that_was_lost_is_told(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    assert_true(db_read_begin(conn));
    end_backend(read_int("SELECT pg_backend_pid()"));
    struct db_stmt *s = prepared(conn, "SELECT count(*) FROM leads");
    assert_int_equal(db_step(s), DB_BUSY);
    assert_int_equal(db_step(s), DB_BUSY);
    db_reset(s);
    db_read_end(conn);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
}

static bool run_and_break(struct db_conn *conn, void *arg) {
    int64_t *turn = arg;
    struct db_stmt *s = prepared(conn, "INSERT INTO leads (tenant_id, id, name) VALUES (1, ?1, 'lost')");
    db_bind_int(s, 1, 100 + *turn);
    assert_int_equal(db_step(s), DB_OK);
    db_reset(s);
    if (*turn == 1) {
        s = prepared(conn, "SELECT pg_terminate_backend(pg_backend_pid())");
        assert_int_equal(db_step(s), DB_BUSY);
        db_reset(s);
    }
    return true; /* whatever happened */
}

static void a_job_that_lost_its_connection_is_not_saved_and_the_next_is(void **state) {
    (void)state;
    leads_reader();
    enum db_result result = DB_OK;
    int64_t turn = 1;
    assert_false(db_write_wait(db, DB_NO_TENANT, run_and_break, &turn, &result));
    assert_int_equal(result, DB_BUSY);
    turn = 2;
    assert_true(db_write_wait(db, DB_NO_TENANT, run_and_break, &turn, &result));
    assert_int_equal(read_int("SELECT sum(id) FROM leads WHERE name = 'lost'"), 102);
}

static void what_cannot_be_reached_says_so(void **state) {
    (void)state;
    const char *const bad[] = {"postgres:///nowhere?host=/nowhere/at/all", "postgres://127.0.0.1:1/x", "postgres://[bad"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        errors_clear(&errors);
        struct db_options options = {.url = bad[i]};
        assert_null(db_open(&options, &errors));
        assert_int_equal(errors.count, 1);
    }
}

/* ---- the wall ---- */

static const char wall[] =
    "DO $$ BEGIN CREATE ROLE tenon_platform NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;"
    "DO $$ BEGIN CREATE ROLE tenon_unit LOGIN NOINHERIT; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;"
    "GRANT tenon_platform TO tenon_unit;"
    "CREATE TABLE docs (tenant_id bigint NOT NULL, id bigint, PRIMARY KEY (tenant_id, id));"
    "ALTER TABLE docs ENABLE ROW LEVEL SECURITY;"
    "CREATE POLICY own ON docs USING (tenant_id = nullif(current_setting('tenon.tenant', true), '')::bigint);"
    "CREATE POLICY every ON docs TO tenon_platform USING (true);"
    "GRANT SELECT, INSERT ON docs TO tenon_unit, tenon_platform;"
    "DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO tenon_unit, tenon_platform', current_schema()); END $$;"
    "INSERT INTO docs SELECT t, i FROM generate_series(1, 3) t, generate_series(1, t * 10) i;";

/* A second server, as the role that the wall is for. */
static struct db *behind_the_wall(void) {
    assert_true(write_sql(wall));
    char as_member[sizeof url + 32];
    snprintf(as_member, sizeof as_member, "%s&user=tenon_unit", url);
    struct db_options options = {.url = as_member};
    struct db *member = db_open(&options, &errors);
    if (!member) print_error("%.*s\n", STR_ARG(errors.first->message));
    assert_non_null(member);
    return member;
}

static int64_t docs_of(struct db_conn *conn, int64_t tenant) {
    db_tenant(conn, tenant);
    struct db_stmt *s = prepared(conn, "SELECT count(*) FROM docs");
    int64_t count = db_step(s) == DB_ROW ? db_int(s, 0) : -1;
    db_reset(s);
    return count;
}

static void each_tenant_sees_its_rows_and_nobody_sees_none(void **state) {
    (void)state;
    struct db *member = behind_the_wall();
    struct db_conn *conn = db_reader(member, &errors);
    for (int snapshot = 0; snapshot < 2; snapshot++) {
        if (snapshot) assert_true(db_read_begin(conn));
        for (int i = 0; i < 20; i++) {
            assert_int_equal(docs_of(conn, DB_NO_TENANT), 0);
            assert_int_equal(docs_of(conn, 1 + i % 3), 10 * (1 + i % 3));
            assert_int_equal(docs_of(conn, DB_PLATFORM), 60);
            assert_int_equal(docs_of(conn, 1 + (i + 1) % 3), 10 * (1 + (i + 1) % 3));
            assert_int_equal(docs_of(conn, 4), 0);
        }
        if (snapshot) db_read_end(conn);
    }
    db_tenant(conn, 2);
    struct db_stmt *two = prepared(conn, "SELECT count(*) FROM docs"); /* is of the tenant it was prepared for */
    assert_int_equal(docs_of(conn, 1), 10);
    assert_int_equal(db_step(two), DB_ROW);
    assert_int_equal(db_int(two, 0), 20);
    db_reset_all(conn);
    assert_int_equal(read_int("SELECT count(*) FROM docs"), 60);
    db_close(member);
}

static bool run_foreign(struct db_conn *conn, void *arg) {
    int64_t *tenant = arg;
    struct db_stmt *s = prepared(conn, "INSERT INTO docs (tenant_id, id) VALUES (?1, 1000)");
    db_bind_int(s, 1, *tenant);
    enum db_result result = db_step(s);
    db_reset(s);
    return result == DB_OK;
}

static bool run_taken(struct db_conn *conn, void *arg) {
    int64_t *tenant = arg;
    struct db_stmt *s = prepared(conn, "INSERT INTO docs (tenant_id, id) VALUES (?1, 1000)");
    db_bind_int(s, 1, *tenant);
    enum db_result result = db_step(s);
    db_reset(s);
    return result == DB_OK || db_fail(conn, result, &errors);
}

static void a_job_writes_rows_of_its_tenant_only(void **state) {
    (void)state;
    struct db *member = behind_the_wall();
    int64_t own = 2, foreign = 3;
    assert_true(db_write_wait(member, 2, run_foreign, &own, NULL));
    assert_false(db_write_wait(member, 2, run_foreign, &foreign, NULL));
    assert_false(db_write_wait(member, DB_NO_TENANT, run_foreign, &foreign, NULL));
    assert_true(db_write_wait(member, DB_PLATFORM, run_foreign, &foreign, NULL));
    assert_int_equal(read_int("SELECT count(*) FROM docs WHERE id = 1000"), 2);
    db_close(member);
}

/* The row that is in the way is nothing that the server would describe to this role. */
static void a_value_that_is_taken_names_its_field_behind_the_wall(void **state) {
    (void)state;
    struct db *member = behind_the_wall();
    assert_true(write_sql("CREATE UNIQUE INDEX \"Docs of\" ON docs (tenant_id, id)"));
    int64_t own = 2;
    enum db_result result = DB_ERROR;
    assert_true(db_write_wait(member, 2, run_foreign, &own, NULL));
    errors_clear(&errors);
    assert_false(db_write_wait(member, 2, run_taken, &own, &result));
    assert_int_equal(result, DB_OK);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.first->code, "conflict");
    assert_text(errors.first->field, "id");
    db_close(member);
}

/* ---- several servers ---- */

struct counting {
    pthread_t thread;
    struct db *server;
    int64_t tenant, failed;
};

/* Reads, then writes what follows: two of one tenant at the same time would lose one. */
static bool run_count(struct db_conn *conn, void *arg) {
    int64_t tenant = *(int64_t *)arg;
    struct db_stmt *s = prepared(conn, "SELECT n FROM counts WHERE tenant_id = ?1");
    db_bind_int(s, 1, tenant);
    int64_t n = db_step(s) == DB_ROW ? db_int(s, 0) : -1;
    db_reset(s);
    s = prepared(conn, "UPDATE counts SET n = ?2 WHERE tenant_id = ?1");
    db_bind_int(s, 1, tenant);
    db_bind_int(s, 2, n + 1);
    enum db_result result = db_step(s);
    db_reset(s);
    return n >= 0 && result == DB_OK;
}

static void *count_main(void *arg) {
    struct counting *c = arg;
    for (int i = 0; i < 50; i++) {
        int64_t tenant = c->tenant ? c->tenant : 1 + i % 5;
        if (!db_write_wait(c->server, tenant, run_count, &tenant, NULL)) c->failed++;
    }
    return NULL;
}

static void jobs_of_one_tenant_run_one_after_the_other_on_all_servers(void **state) {
    (void)state;
    assert_true(write_sql("CREATE TABLE counts (tenant_id bigint PRIMARY KEY, n bigint);"
                          "INSERT INTO counts SELECT i, 0 FROM generate_series(1, 5) i"));
    struct db_options options = {.url = url};
    struct db *servers[2] = {db, db_open(&options, &errors)};
    assert_non_null(servers[1]);
    static struct counting c[12];
    for (int i = 0; i < 12; i++) {
        c[i] = (struct counting){.server = servers[i % 2], .tenant = i < 6 ? 1 : 0};
        pthread_create(&c[i].thread, NULL, count_main, &c[i]);
    }
    for (int i = 0; i < 12; i++) {
        pthread_join(c[i].thread, NULL);
        assert_int_equal(c[i].failed, 0);
    }
    assert_int_equal(read_int("SELECT sum(n) FROM counts"), 600);
    assert_int_equal(read_int("SELECT n FROM counts WHERE tenant_id = 1"), 300 + 60);
    db_close(servers[1]);
}

struct hearing {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int64_t of_seven, others;
};

static void heard(void *arg, int64_t tenant) {
    struct hearing *h = arg;
    pthread_mutex_lock(&h->lock);
    h->of_seven += tenant == 7;
    h->others += tenant != 7 && tenant != 0;
    pthread_cond_signal(&h->changed);
    pthread_mutex_unlock(&h->lock);
}

static void news_reach_the_other_server_and_not_the_one_that_tells_them(void **state) {
    (void)state;
    struct db_options options = {.url = url};
    struct db *other = db_open(&options, &errors);
    struct hearing here = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER}, there = here;
    assert_true(db_listen(db, heard, &here));
    assert_true(db_listen(other, heard, &there));
    pthread_mutex_lock(&there.lock);
    for (int tries = 0; tries < 300 && there.of_seven == 0; tries++) {
        db_notify(db, 7); /* again, until the other listens */
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += 100000000;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        pthread_cond_timedwait(&there.changed, &there.lock, &until);
    }
    assert_true(there.of_seven > 0);
    pthread_mutex_unlock(&there.lock);
    db_close(other);
    assert_int_equal(here.of_seven, 0);
    assert_int_equal(there.others, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(placeholders_are_found_where_they_are),
        TEST(a_number_is_a_number_whatever_it_is_compared_with),
        TEST(a_text_with_a_zero_byte_is_refused_and_nothing_else_suffers),
        TEST(one_statement_is_not_two),
        TEST(a_reader_that_lost_its_connection_asks_again),
        TEST(a_snapshot_that_was_lost_is_told),
        TEST(a_job_that_lost_its_connection_is_not_saved_and_the_next_is),
        TEST(what_cannot_be_reached_says_so),
        TEST(each_tenant_sees_its_rows_and_nobody_sees_none),
        TEST(a_job_writes_rows_of_its_tenant_only),
        TEST(a_value_that_is_taken_names_its_field_behind_the_wall),
        TEST(jobs_of_one_tenant_run_one_after_the_other_on_all_servers),
        TEST(news_reach_the_other_server_and_not_the_one_that_tells_them),
    };
    return run_on_postgres(tests, sizeof tests / sizeof *tests);
}
