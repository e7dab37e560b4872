/* test_migrate.c - scripts run once, in order, wholly or not at all; a database that does not fit is refused. */
#include "db_test.h"

#include "db/migrate.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const struct migration scripts[] = {
    {1, "0001_core", STR_INIT("CREATE TABLE clients (id INTEGER PRIMARY KEY); CREATE TABLE leads (id INTEGER PRIMARY KEY);")},
    {2, "0002_name", STR_INIT("ALTER TABLE leads ADD COLUMN name TEXT;\nINSERT INTO leads VALUES (1, 'Meridian');\n")},
    {3, "0003_more", STR_INIT("INSERT INTO leads VALUES (2, 'Lodestar'); -- and that is all\n")},
};

static bool up_to(int count) {
    errors_clear(&errors);
    return migrate_up_to(db, scripts, count, &errors, NULL);
}

static bool is_at(int count) {
    bool current = false;
    errors_clear(&errors);
    assert_true(migrate_is_at(db, scripts, count, &errors, &current));
    return current;
}

static void each_script_runs_once_and_in_order(void **state) {
    (void)state;
    int applied = -1;
    assert_false(is_at(2));
    assert_true(migrate_up_to(db, scripts, 2, &errors, &applied));
    assert_int_equal(applied, 2);
    assert_true(is_at(2));
    assert_false(is_at(3));
    assert_true(migrate_up_to(db, scripts, 3, &errors, &applied));
    assert_int_equal(applied, 1);
    assert_true(migrate_up_to(db, scripts, 3, &errors, &applied));
    assert_int_equal(applied, 0);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    assert_int_equal(read_int("SELECT count(*) FROM migrations WHERE length(checksum) = 64 AND applied_at > 1700000000000"), 3);
    assert_int_equal(read_int("SELECT count(*) FROM migrations WHERE version = 2 AND name = '0002_name'"), 1);
}

static void nothing_of_a_failed_script_stands(void **state) {
    (void)state;
    struct migration broken[] = {
        scripts[0], {2, "0002_broken", STR_INIT("CREATE TABLE deals (id INTEGER); INSERT INTO nowhere VALUES (1);")}};
    int applied = -1;
    assert_false(migrate_up_to(db, broken, 2, &errors, &applied));
    assert_int_equal(applied, 1);
    assert_string_equal(errors.first->code, "migration_failed");
    assert_text(errors.first->message, "Migration 0002_broken failed: no such table: nowhere.");
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name = 'deals'"), 0);
    assert_int_equal(read_int("SELECT max(version) FROM migrations"), 1);
    assert_true(up_to(3)); // mended, it goes on from there
}

static void a_script_cannot_end_its_own_transaction(void **state) {
    (void)state;
    struct migration sly[] = {{1, "0001_sly", STR_INIT("CREATE TABLE a (id INTEGER); COMMIT; CREATE TABLE b (id INTEGER);")}};
    assert_false(migrate_up_to(db, sly, 1, &errors, NULL));
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name = 'a'"), 0);
    assert_true(up_to(3));
}

static void a_newer_database_is_refused(void **state) {
    (void)state;
    assert_true(up_to(3));
    bool current = true;
    assert_false(migrate_is_at(db, scripts, 2, &errors, &current));
    assert_false(current);
    assert_string_equal(errors.first->code, "database_newer");
    assert_false(up_to(2));
    assert_string_equal(errors.first->code, "database_newer");
}

static void a_script_that_changed_after_it_ran_is_refused(void **state) {
    (void)state;
    assert_true(up_to(2));
    struct migration changed[] = {scripts[0], scripts[1], scripts[2]};
    changed[0].sql = STR("CREATE TABLE clients (id INTEGER PRIMARY KEY); CREATE TABLE leads (id INTEGER  PRIMARY KEY);");
    assert_false(migrate_up_to(db, changed, 3, &errors, NULL));
    assert_string_equal(errors.first->code, "migration_changed");
    assert_int_equal(read_int("SELECT max(version) FROM migrations"), 2);
}

static void a_gap_in_what_the_database_remembers_is_refused(void **state) {
    (void)state;
    assert_true(up_to(2));
    assert_true(write_sql("DELETE FROM migrations WHERE version = 1"));
    assert_false(up_to(2));
    assert_string_equal(errors.first->code, "migration_missing");
}

/* A hundred scripts, one table each. */
static struct migration many[100];
static char names[100][16], texts[100][80];

/* Until the other process has written so much. */
static void wait_for_log(int64_t size) {
    char log[160];
    snprintf(log, sizeof log, "%s-wal", path);
    struct stat info = {.st_size = 0};
    for (int tries = 0; tries < 50000 && info.st_size < size; tries++) {
        usleep(200);
        if (stat(log, &info) != 0) info.st_size = 0;
    }
}

static void killed_while_migrating_it_goes_on_where_it_was(void **state) {
    (void)state;
    for (int i = 0; i < 100; i++) {
        snprintf(names[i], sizeof names[i], "%04d_t", i + 1);
        snprintf(texts[i], sizeof texts[i], "CREATE TABLE t%d (id INTEGER); CREATE INDEX i%d ON t%d (id);", i, i, i);
        many[i] = (struct migration){i + 1, names[i], str_of(texts[i])};
    }
    db_close(db);
    for (int cycle = 0; cycle < 5; cycle++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            open_again();
            migrate_up_to(db, many, 100, &errors, NULL);
            _exit(0);
        }
        wait_for_log(100000 + 60000 * cycle);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        open_again();
        int64_t done = -1;
        if (read_int("SELECT count(*) FROM sqlite_schema WHERE name = 'migrations'") == 1) {
            done = read_int("SELECT count(*) FROM migrations");
            assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name GLOB 't[0-9]*'"), done);
            assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'i[0-9]*'"), done);
        }
        assert_true(done > 0 && done < 100);
        print_message("killed after %lld\n", (long long)done);
        db_close(db);
    }
    open_again();
    assert_true(migrate_up_to(db, many, 100, &errors, NULL));
    assert_int_equal(read_int("SELECT count(*) FROM migrations"), 100);
}

static void the_program_s_own_scripts_build_its_database(void **state) {
    (void)state;
    int count = -1, applied = -1;
    const struct migration *own = migrations_of(db_dialect(db), &count);
    for (int i = 0; i < count; i++) assert_int_equal(own[i].version, i + 1);
    assert_true(migrate_up(db, &errors, &applied));
    assert_int_equal(applied, count);
    bool current = false;
    assert_true(migrate_current(db, &errors, &current));
    assert_true(current);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_script_runs_once_and_in_order),
        TEST(nothing_of_a_failed_script_stands),
        TEST(a_script_cannot_end_its_own_transaction),
        TEST(a_newer_database_is_refused),
        TEST(a_script_that_changed_after_it_ran_is_refused),
        TEST(a_gap_in_what_the_database_remembers_is_refused),
        TEST(killed_while_migrating_it_goes_on_where_it_was),
        TEST(the_program_s_own_scripts_build_its_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
