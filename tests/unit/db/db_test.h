/* db_test.h - a database of its own for each test: `db` in a directory that is removed afterwards. */
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
static char directory[64], path[96], url[128];

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
    new_directory();
    open_again();
    return 0;
}

static inline int close_database(void **state) {
    (void)state;
    db_close(db);
    db = NULL;
    remove_directory();
    arena_free(arena);
    return 0;
}

static inline bool run_script(struct db_conn *conn, void *arg) { return db_script(conn, str_of(arg)) == DB_OK; }

/* Runs SQL as one write and waits for its commit. */
static inline bool write_sql(const char *sql) { return db_write_wait(db, DB_PLATFORM, run_script, (void *)(uintptr_t)sql, NULL); }

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

#endif
