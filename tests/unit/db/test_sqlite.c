/* test_sqlite.c - what is SQLite's own behind db.h: its file and its settings; test_driver.c has what both databases promise. */
#include "db_test.h"

#include "db/driver.h"

#include <sys/stat.h>

static void bad_sql_gives_no_statement_and_steps_to_an_error(void **state) {
    (void)state;
    struct db_conn *conn = leads_reader();
    struct db_stmt *s = db_prepare(conn, STR("SELECT name FROM nowhere"));
    assert_null(s);
    assert_text(db_error(conn), "no such table: nowhere");
    assert_int_equal(db_param(s, ":tenant"), 0);
    db_bind_int(s, 1, 1);
    assert_int_equal(db_step(s), DB_ERROR);
    assert_true(db_is_null(s, 0));
    db_reset(s);
    assert_null(db_prepare(conn, STR("SELECT 1; SELECT 2")));
    assert_null(db_prepare(conn, STR("")));
}

static void what_cannot_be_opened_says_why(void **state) {
    (void)state;
    const char *bad[] = {"sqlite::memory:", "sqlite:", "mysql://x", "sqlite:/nowhere/at/all.db", "sqlite:/tmp"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        errors_clear(&errors);
        struct db_options options = {.url = bad[i], .create = true};
        assert_null(db_open(&options, &errors));
        assert_int_equal(errors.count, 1);
    }
    char other[sizeof url + 8];
    snprintf(other, sizeof other, "%s-none", url);
    struct db_options options = {.url = other};
    assert_null(db_open(&options, &errors));
}

static void what_is_no_database_is_refused(void **state) {
    (void)state;
    db_close(db);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 500; i++) fputs("this is a letter, not a database\n", file);
    fclose(file);
    struct db_options options = {.url = url, .create = true};
    db = db_open(&options, &errors);
    assert_null(db);
    assert_int_equal(errors.first->status, 500);
}

static void only_the_owner_may_read_the_files(void **state) {
    (void)state;
    leads_reader();
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    char log[160];
    snprintf(log, sizeof log, "%s-wal", path);
    assert_int_equal(stat(log, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_true(db_size(db) > 4096);
}

static void the_settings_that_promise_safety_are_on(void **state) {
    (void)state;
    leads_reader();
    assert_int_equal(read_int("PRAGMA synchronous"), 2);
    assert_int_equal(read_int("PRAGMA foreign_keys"), 1);
    assert_int_equal(read_int("PRAGMA busy_timeout"), 5000);
    assert_int_equal(read_int("PRAGMA wal_autocheckpoint"), 0);
    assert_int_equal(read_int("SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    assert_ptr_equal(db_dialect_find(STR("sqlite")), db_dialect(db));
    assert_null(db_dialect_find(STR("oracle")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bad_sql_gives_no_statement_and_steps_to_an_error),
        TEST(what_cannot_be_opened_says_why),
        TEST(what_is_no_database_is_refused),
        TEST(only_the_owner_may_read_the_files),
        TEST(the_settings_that_promise_safety_are_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
