/* test_migrate.c - scripts run once, in order, all or none; a database that does not fit is refused. */
#include "db_test.h"

#include "db/migrate.h"

static const struct migration scripts[] = {
    {1, "0001_core", STR_INIT("CREATE TABLE clients (id INTEGER PRIMARY KEY); CREATE TABLE leads (id INTEGER PRIMARY KEY);")},
    {2, "0002_name", STR_INIT("ALTER TABLE leads ADD COLUMN name TEXT;\nINSERT INTO leads VALUES (1, 'Meridian');\n")},
    {3, "0003_more", STR_INIT("INSERT INTO leads VALUES (2, 'Lodestar'); -- and that is all\n")},
};

static bool up_with(const struct migration *given, int count, int *applied) {
    struct migrate_plan plan = {.scripts = given, .count = count};
    errors_clear(&errors);
    return migrate_up(db, &plan, &errors, applied);
}

static bool up_to(int count) { return up_with(scripts, count, NULL); }

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
    assert_true(up_with(scripts, 2, &applied));
    assert_int_equal(applied, 2);
    assert_true(is_at(2));
    assert_false(is_at(3));
    assert_true(up_with(scripts, 3, &applied));
    assert_int_equal(applied, 1);
    assert_true(up_with(scripts, 3, &applied));
    assert_int_equal(applied, 0);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 2);
    assert_int_equal(read_int("SELECT count(*) FROM migrations WHERE length(checksum) = 64 AND applied_at > 1700000000000"), 3);
    assert_int_equal(read_int("SELECT count(*) FROM migrations WHERE version = 2 AND name = '0002_name'"), 1);
}

static void where_one_script_fails_none_stands(void **state) {
    (void)state;
    struct migration broken[] = {
        scripts[0], {2, "0002_broken", STR_INIT("CREATE TABLE deals (id INTEGER); INSERT INTO nowhere VALUES (1);")}};
    int applied = -1;
    assert_false(up_with(broken, 2, &applied));
    assert_int_equal(applied, 0);
    assert_string_equal(errors.first->code, "migration_failed");
    assert_text(errors.first->message, "Migration 0002_broken failed: no such table: nowhere. The database is as it was.");
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema"), 0);
    assert_true(up_to(1));
    assert_false(up_with(broken, 2, &applied));
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema WHERE name = 'deals'"), 0);
    assert_int_equal(read_int("SELECT max(version) FROM migrations"), 1);
    assert_true(up_to(3)); // mended, it goes on from there
}

static void a_script_cannot_end_its_own_transaction(void **state) {
    (void)state;
    struct migration sly[] = {{1, "0001_sly", STR_INIT("CREATE TABLE a (id INTEGER); COMMIT; CREATE TABLE b (id INTEGER);")}};
    assert_false(up_with(sly, 1, NULL));
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
    assert_false(up_with(changed, 3, NULL));
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

static bool one_lead(struct db *of, struct db_conn *conn, struct errors *why) {
    assert_ptr_equal(of, db);
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT count(*) FROM leads"));
    bool one = db_step(stmt) == DB_ROW && db_int(stmt, 0) == 1;
    db_reset(stmt);
    return one || errors_add(why, 500, "check", NULL, "There is not one lead.");
}

static void what_the_check_refuses_is_not_kept(void **state) {
    (void)state;
    struct migrate_plan plan = {.scripts = scripts, .count = 3, .check = one_lead};
    assert_false(migrate_up(db, &plan, &errors, NULL));
    assert_string_equal(errors.first->code, "check");
    assert_int_equal(read_int("SELECT count(*) FROM sqlite_schema"), 0);
    plan.count = 2;
    assert_true(migrate_up(db, &plan, &errors, NULL));
    assert_true(up_to(3));
}

static void the_program_s_own_scripts_build_its_database(void **state) {
    (void)state;
    int count = -1, applied = -1;
    const struct migration *own = migrations_of(db_dialect(db), &count);
    for (int i = 0; i < count; i++) assert_int_equal(own[i].version, i + 1);
    assert_true(migrate_up(db, NULL, &errors, &applied));
    assert_int_equal(applied, count);
    bool current = false;
    assert_true(migrate_current(db, &errors, &current));
    assert_true(current);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(each_script_runs_once_and_in_order),
        TEST(where_one_script_fails_none_stands),
        TEST(a_script_cannot_end_its_own_transaction),
        TEST(a_newer_database_is_refused),
        TEST(a_script_that_changed_after_it_ran_is_refused),
        TEST(a_gap_in_what_the_database_remembers_is_refused),
        TEST(what_the_check_refuses_is_not_kept),
        TEST(the_program_s_own_scripts_build_its_database),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
