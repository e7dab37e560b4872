/* db_test.h - a database of its own for each test: `db` in a directory that is removed afterwards.
 *
 * Tests of what db.h promises run on both databases (run_on_both): on SQLite, then each in a schema of its own in the PostgreSQL
 * database that TENON_TEST_POSTGRES names, by a user who may make schemas and roles.
 */
#ifndef DB_TEST_H
#define DB_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"
#include "db/db.h"

#include <dirent.h>
#include <unistd.h>

static struct arena *arena;
static struct errors errors;
static struct db *db;
static char directory[64], path[96], url[640];
static const char *postgres; /* the URL of the database that is tested, NULL while it is SQLite */
static char schema[32];

#define TEST(function) cmocka_unit_test_setup_teardown(function, open_database, close_database)
#define assert_text(text, literal)                                                                                               \
    do {                                                                                                                         \
        struct str text_ = (text);                                                                                               \
        assert_int_equal(text_.len, sizeof(literal) - 1);                                                                        \
        assert_memory_equal(text_.ptr, literal, sizeof(literal) - 1);                                                            \
    } while (0)

static inline void open_again(void) {
    struct db_options options = {.url = url, .create = true};
    db = db_open(&options, &errors);
    if (!db) print_error("%.*s\n", STR_ARG(errors.first->message));
    assert_non_null(db);
}

static inline bool run_script(struct db_conn *conn, void *arg) { return db_script(conn, str_of(arg)) == DB_OK; }

/* Runs SQL as one write and waits for its commit. */
static inline bool write_sql(const char *sql) {
    return db_write_wait(db, DB_NO_TENANT, run_script, (void *)(uintptr_t)sql, NULL);
}

/* Runs SQL in the PostgreSQL database, outside of the test's own schema. */
static inline bool outside(const char *sql) {
    struct db *before = db;
    struct db_options options = {.url = postgres};
    db = db_open(&options, &errors);
    if (!db) print_error("%.*s\n", STR_ARG(errors.first->message));
    assert_non_null(db);
    bool ok = write_sql(sql);
    db_close(db);
    db = before;
    return ok;
}

static inline void new_schema(void) {
    static int count;
    char sql[80];
    snprintf(schema, sizeof schema, "test_%ld_%d", (long)getpid(), ++count);
    snprintf(sql, sizeof sql, "CREATE SCHEMA %s", schema);
    assert_true(outside(sql));
    snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3D%s", postgres, strchr(postgres, '?') ? '&' : '?', schema);
}

static inline void drop_schema(void) {
    char sql[80];
    snprintf(sql, sizeof sql, "DROP SCHEMA %s CASCADE", schema);
    assert_true(outside(sql));
}

static inline void new_directory(void) {
    snprintf(directory, sizeof directory, "/tmp/tenon-db-XXXXXX");
    assert_non_null(mkdtemp(directory));
    snprintf(path, sizeof path, "%s/test.db", directory);
    snprintf(url, sizeof url, "sqlite:%s", path);
}

static inline void remove_directory(void) {
    DIR *dir = opendir(directory);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (entry->d_name[0] != '.') unlinkat(dirfd(dir), entry->d_name, 0);
    }
    if (dir) closedir(dir);
    rmdir(directory);
}

static inline int open_database(void **state) {
    (void)state;
    arena = arena_new(16u << 20);
    errors = (struct errors){.arena = arena};
    if (postgres) {
        new_schema();
    } else {
        new_directory();
    }
    open_again();
    return 0;
}

static inline int close_database(void **state) {
    (void)state;
    db_close(db);
    db = NULL;
    if (postgres) {
        drop_schema();
    } else {
        remove_directory();
    }
    arena_free(arena);
    return 0;
}

/* The first column of the first row that this thread reads; -1 where there is none. */
static inline int64_t read_int(const char *sql) {
    struct db_conn *conn = db_reader(db, &errors);
    assert_non_null(conn);
    struct db_stmt *stmt = db_prepare(conn, str_of(sql));
    assert_non_null(stmt);
    int64_t value = db_step(stmt) == DB_ROW ? db_int(stmt, 0) : -1;
    db_reset(stmt);
    return value;
}

/* Two leads and two clients, and this thread's reader. */
static inline struct db_conn *leads_reader(void) {
    static const char leads[] =
        "CREATE TABLE clients (tenant_id INTEGER NOT NULL, id INTEGER PRIMARY KEY, UNIQUE (tenant_id, id));"
        "CREATE TABLE leads (tenant_id INTEGER NOT NULL, id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT,"
            " score INTEGER CHECK (score < 101), client_id INTEGER,"
        " FOREIGN KEY (tenant_id, client_id) REFERENCES clients (tenant_id, id) ON DELETE RESTRICT);"
        "CREATE UNIQUE INDEX leads_email ON leads (tenant_id, email);"
        "INSERT INTO clients VALUES (1, 10), (1, 11);"
        "INSERT INTO leads VALUES (1, 1, 'Meridian', 'a@example.com', 5, 10), (1, 2, 'Lodestar', NULL, NULL, NULL);";
    assert_true(write_sql(leads));
    struct db_conn *conn = db_reader(db, &errors);
    assert_non_null(conn);
    return conn;
}

static inline int run_on_postgres(const struct CMUnitTest *tests, size_t count) {
    postgres = getenv("TENON_TEST_POSTGRES");
    if (postgres) return _cmocka_run_group_tests("PostgreSQL", tests, count, NULL, NULL);
    print_message("TENON_TEST_POSTGRES is not set: %zu tests are not run on PostgreSQL\n", count);
    return 0;
}

static inline int run_on_both(const struct CMUnitTest *tests, size_t count) {
    int failed = _cmocka_run_group_tests("SQLite", tests, count, NULL, NULL);
    return failed + run_on_postgres(tests, count);
}

#endif
