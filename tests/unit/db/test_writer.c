/* test_writer.c - the writer: commits that many share, jobs that fail alone, full disks, and death in the middle of it. */
#include "db_test.h"

#include "db/driver.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static const char things[] = "CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);";

/* A job that inserts one row of a given length, and remembers how it went. */
struct insert {
    struct db_job job;
    int64_t id;
    size_t length;
    bool fails;    /* says false after it has written */
    bool stubborn; /* says true whatever happened */
    bool leaves_statement_open;
    enum db_result step, result;
    bool is_done;
};

static char filler[1 << 16];
static sem_t done_count;

static bool insert_run(struct db_conn *conn, void *arg) {
    struct insert *insert = arg;
    struct db_stmt *s = db_prepare(conn, STR("INSERT INTO things (id, name) VALUES (?1, ?2)"));
    char name[64];
    snprintf(name, sizeof name, "%lld", (long long)insert->id);
    db_bind_int(s, 1, insert->id);
    if (insert->length) {
        db_bind_text(s, 2, (struct str){filler, insert->length});
    } else {
        db_bind_text(s, 2, str_of(name));
    }
    insert->step = db_step(s);
    db_reset(s);
    if (insert->stubborn && insert->step != DB_OK) {
        /* As if nothing had happened; SQLite may have ended the transaction, and this must not commit by itself. */
        s = db_prepare(conn, STR("INSERT INTO things (id, name) VALUES (?1 + 1000000, ?1)"));
        db_bind_int(s, 1, insert->id);
        db_step(s);
        db_reset(s);
    }
    if (insert->leaves_statement_open) db_step(db_prepare(conn, STR("SELECT id FROM things")));
    return insert->stubborn || (insert->step == DB_OK && !insert->fails);
}

static void insert_done(enum db_result result, void *arg) {
    struct insert *insert = arg;
    insert->result = result;
    insert->is_done = true;
    sem_post(&done_count);
}

static void wait_done(int count) {
    while (count > 0) {
        if (sem_wait(&done_count) == 0) count--;
    }
}

static void insert_queue(struct insert *insert) {
    insert->job = (struct db_job){.run = insert_run, .done = insert_done, .arg = insert};
    assert_true(db_write(db, &insert->job));
}

/* Keeps the writer busy until released, so that what is queued meanwhile becomes one group. */
struct gate {
    struct db_job job;
    sem_t entered, released;
};

static bool gate_run(struct db_conn *conn, void *arg) {
    (void)conn;
    struct gate *gate = arg;
    sem_post(&gate->entered);
    while (sem_wait(&gate->released) != 0) {
    }
    /* Longer than a group may last: what was queued meanwhile starts the next. */
    nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    return true;
}

static void gate_done(enum db_result result, void *arg) {
    (void)result;
    (void)arg;
}

static void gate_close(struct gate *gate) {
    sem_init(&gate->entered, 0, 0);
    sem_init(&gate->released, 0, 0);
    gate->job = (struct db_job){.run = gate_run, .done = gate_done, .arg = gate};
    assert_true(db_write(db, &gate->job));
    while (sem_wait(&gate->entered) != 0) {
    }
}

static void gate_open(struct gate *gate) { sem_post(&gate->released); }

static int open_things(void **state) {
    open_database(state);
    sem_init(&done_count, 0, 0);
    memset(filler, 'x', sizeof filler);
    return write_sql(things) ? 0 : 1;
}

static int close_things(void **state) {
    sem_destroy(&done_count);
    return close_database(state);
}

static void what_waits_shares_one_commit(void **state) {
    (void)state;
    struct gate gate;
    static struct insert inserts[60];
    memset(inserts, 0, sizeof inserts);
    struct writer_counts before = writer_counts(db);
    gate_close(&gate);
    for (int i = 0; i < 60; i++) {
        inserts[i].id = i + 1;
        insert_queue(&inserts[i]);
    }
    assert_int_equal(db_queue_length(db), 60);
    gate_open(&gate);
    wait_done(60);
    struct writer_counts after = writer_counts(db);
    assert_int_equal(after.jobs - before.jobs, 61);
    /* The gate's own and one more; a group lasts 5 ms at most, which a slow machine notices. */
    assert_in_range(after.commits - before.commits, 2, 30);
    assert_int_equal(read_int("SELECT count(*) FROM things"), 60);
    assert_int_equal(db_queue_length(db), 0);
}

static void a_failed_job_undoes_only_itself(void **state) {
    (void)state;
    struct gate gate;
    static struct insert inserts[5];
    memset(inserts, 0, sizeof inserts);
    gate_close(&gate);
    for (int i = 0; i < 5; i++) {
        inserts[i].id = i + 1;
        inserts[i].leaves_statement_open = true;
        inserts[i].fails = i == 1;
        if (i == 3) inserts[i].id = 1; // taken already
        insert_queue(&inserts[i]);
    }
    gate_open(&gate);
    wait_done(5);
    for (int i = 0; i < 5; i++) {
        assert_true(inserts[i].is_done);
        assert_int_equal(inserts[i].result, DB_OK);
        assert_int_equal(inserts[i].job.ok, i != 1 && i != 3);
    }
    assert_int_equal(inserts[3].step, DB_CONSTRAINT);
    assert_int_equal(read_int("SELECT sum(id) FROM things"), 1 + 3 + 5);
}

static bool insert_seven(struct db_conn *conn, void *arg) {
    struct insert insert = {.id = 7};
    insert_run(conn, &insert);
    return *(bool *)arg;
}

static void the_one_who_waits_hears_the_outcome(void **state) {
    (void)state;
    bool answer = false;
    enum db_result result = DB_ERROR;
    assert_false(db_write_wait(db, DB_NO_TENANT, insert_seven, &answer, &result));
    assert_int_equal(result, DB_OK);
    assert_int_equal(read_int("SELECT count(*) FROM things"), 0);
    answer = true;
    assert_true(db_write_wait(db, DB_NO_TENANT, insert_seven, &answer, NULL));
    assert_int_equal(read_int("SELECT id FROM things"), 7);
}

static bool write_inside(struct db_conn *conn, void *arg) {
    (void)conn;
    enum db_result *result = arg;
    return !db_write_wait(db, DB_NO_TENANT, insert_seven, &(bool){true}, result);
}

static void a_job_cannot_wait_for_itself(void **state) {
    (void)state;
    enum db_result result = DB_OK;
    assert_true(db_write_wait(db, DB_NO_TENANT, write_inside, &result, NULL));
    assert_int_equal(result, DB_BUSY);
}

static void a_full_queue_takes_no_more(void **state) {
    (void)state;
    struct gate gate;
    static struct insert inserts[1001];
    memset(inserts, 0, sizeof inserts);
    gate_close(&gate);
    for (int i = 0; i < 1000; i++) {
        inserts[i].id = i + 1;
        insert_queue(&inserts[i]);
    }
    inserts[1000].job = (struct db_job){.run = insert_run, .done = insert_done, .arg = &inserts[1000]};
    assert_false(db_write(db, &inserts[1000].job));
    assert_false(inserts[1000].is_done);
    gate_open(&gate);
    wait_done(1000);
    assert_int_equal(read_int("SELECT count(*) FROM things"), 1000);
}

static void what_is_queued_is_written_before_the_database_closes(void **state) {
    (void)state;
    struct gate gate;
    static struct insert inserts[200];
    memset(inserts, 0, sizeof inserts);
    gate_close(&gate);
    for (int i = 0; i < 200; i++) {
        inserts[i].id = i + 1;
        insert_queue(&inserts[i]);
    }
    gate_open(&gate);
    db_close(db);
    open_again();
    assert_int_equal(read_int("SELECT count(*) FROM things"), 200);
}

/* One job after another of very different sizes: their undo records are kept in memory or in a file. */
static bool update_run(struct db_conn *conn, void *arg) {
    struct insert *insert = arg;
    struct db_stmt *s = db_prepare(conn, STR("UPDATE things SET name = name || ?1 WHERE id <= ?2"));
    db_bind_text(s, 1, STR("-changed"));
    db_bind_int(s, 2, insert->id);
    insert->step = db_step(s);
    db_reset(s);
    return insert->step == DB_OK && !insert->fails;
}

static void large_and_small_jobs_share_a_transaction(void **state) {
    (void)state;
    static struct insert inserts[40];
    memset(inserts, 0, sizeof inserts);
    assert_true(write_sql("INSERT INTO things WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
                          " SELECT i, printf('a thing with a name of some length, number %d', i) FROM n"));
    struct gate gate;
    gate_close(&gate);
    for (int i = 0; i < 40; i++) {
        static const int64_t sizes[] = {1, 20000, 3, 500, 2, 100, 1, 5000};
        inserts[i].id = sizes[i % 8];
        inserts[i].fails = i % 3 == 1;
        inserts[i].job = (struct db_job){.run = update_run, .done = insert_done, .arg = &inserts[i]};
        assert_true(db_write(db, &inserts[i].job));
    }
    gate_open(&gate);
    wait_done(40);
    int64_t length = 0;
    for (int i = 0; i < 40; i++) {
        assert_int_equal(inserts[i].step, DB_OK);
        assert_int_equal(inserts[i].job.ok, i % 3 != 1);
        length += inserts[i].job.ok ? inserts[i].id * (int64_t)strlen("-changed") : 0;
    }
    assert_int_equal(
        read_int("SELECT sum(length(name)) - sum(length(printf('a thing with a name of some length, number %d', id)))"
                 " FROM things"),
        length);
    assert_int_equal(read_int("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

/* ---- no room ---- */

static bool run_page_limit(struct db_conn *conn, void *arg) {
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", *(int *)arg);
    struct db_stmt *s = db_prepare(conn, str_of(sql));
    bool ok = db_step(s) == DB_ROW;
    db_reset(s);
    return ok;
}

static void limit_pages(int pages) { assert_true(db_write_wait(db, DB_NO_TENANT, run_page_limit, &pages, NULL)); }

static void a_full_database_refuses_and_later_takes_again(void **state) {
    (void)state;
    struct gate gate;
    static struct insert inserts[6];
    memset(inserts, 0, sizeof inserts);
    limit_pages(12);
    gate_close(&gate);
    for (int i = 0; i < 6; i++) {
        inserts[i].id = i + 1;
        inserts[i].length = i % 2 ? 60000 - (size_t)i : 0; // every second has no room
        inserts[i].stubborn = i == 3;                      // and one does not want to know
        insert_queue(&inserts[i]);
    }
    gate_open(&gate);
    wait_done(6);
    int64_t kept = 0;
    for (int i = 0; i < 6; i++) {
        if (i % 2) {
            assert_int_equal(inserts[i].step, DB_FULL);
            assert_false(inserts[i].job.ok);
            assert_int_equal(inserts[i].result, DB_FULL);
        }
        kept += inserts[i].job.ok;
    }
    /* What was told "saved" is there, and nothing else. */
    assert_int_equal(read_int("SELECT count(*) FROM things"), kept);
    for (int i = 0; i < 6; i++) {
        char sql[64];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM things WHERE id = %d", i + 1);
        assert_int_equal(read_int(sql), inserts[i].job.ok);
    }
    limit_pages(100000);
    struct insert late = {.id = 99, .length = 60000};
    insert_queue(&late);
    wait_done(1);
    assert_true(late.job.ok);
}

/* A database on a disk of its own, of 1 MB. */
static void a_full_disk_refuses_and_later_takes_again(void **state) {
    (void)state;
    char mount_point[80], file[128];
    snprintf(mount_point, sizeof mount_point, "%s-disk", directory);
    mkdir(mount_point, 0700);
    if (mount("none", mount_point, "tmpfs", 0, "size=1m") != 0) {
        rmdir(mount_point);
        skip();
    }
    db_close(db);
    snprintf(url, sizeof url, "sqlite:%s/t.db", mount_point);
    snprintf(file, sizeof file, "%s/ballast", mount_point);
    open_again();
    assert_true(write_sql(things));
    FILE *ballast = fopen(file, "w");
    while (fwrite(filler, 4096, 1, ballast) == 1 && fflush(ballast) == 0) {
    }
    fclose(ballast);
    static struct insert inserts[40];
    memset(inserts, 0, sizeof inserts);
    for (int i = 0; i < 40; i++) {
        inserts[i].id = i + 1;
        inserts[i].length = 20000 + (size_t)i;
        inserts[i].stubborn = i % 3 == 0;
        insert_queue(&inserts[i]);
    }
    wait_done(40);
    int64_t kept = 0, full = 0;
    for (int i = 0; i < 40; i++) {
        kept += inserts[i].job.ok;
        full += inserts[i].result == DB_FULL;
        assert_true(inserts[i].job.ok == (inserts[i].result == DB_OK));
    }
    assert_true(full > 0);
    assert_int_equal(kept + full, 40);
    assert_int_equal(read_int("SELECT count(*) FROM things"), kept);
    unlink(file);
    struct insert late = {.id = 99, .length = 60000};
    insert_queue(&late);
    wait_done(1);
    assert_true(late.job.ok);
    assert_int_equal(read_int("SELECT count(*) FROM things"), kept + 1);
    assert_int_equal(read_int("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
    db_close(db);
    umount(mount_point);
    rmdir(mount_point);
    snprintf(url, sizeof url, "sqlite:%s", path);
    open_again();
}

/* ---- many at once ---- */

struct client {
    pthread_t thread;
    int number;
    int64_t wrong;
};

static void *client_main(void *arg) {
    struct client *client = arg;
    struct arena *own = arena_new(1u << 20);
    struct errors mine = {.arena = own};
    struct db_conn *conn = db_reader(db, &mine);
    for (int i = 0; i < 50; i++) {
        struct insert insert = {.id = client->number * 1000 + i};
        if (!db_write_wait(db, DB_NO_TENANT, insert_run, &insert, NULL)) client->wrong++;
        /* Who was told "saved" sees it, on any connection. */
        struct db_stmt *s = db_prepare(conn, STR("SELECT count(*), (SELECT count(*) FROM things WHERE id = ?1) FROM things"));
        db_bind_int(s, 1, insert.id);
        if (db_step(s) != DB_ROW || db_int(s, 1) != 1) client->wrong++;
        db_reset(s);
    }
    arena_free(own);
    return NULL;
}

static void many_write_and_read_at_once(void **state) {
    (void)state;
    static struct client clients[8];
    for (int i = 0; i < 8; i++) {
        clients[i] = (struct client){.number = i};
        pthread_create(&clients[i].thread, NULL, client_main, &clients[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(clients[i].thread, NULL);
        assert_int_equal(clients[i].wrong, 0);
    }
    assert_int_equal(read_int("SELECT count(*) FROM things"), 400);
}

static void the_log_is_folded_into_the_file_when_nothing_else_waits(void **state) {
    (void)state;
    for (int i = 0; i < 20; i++) {
        struct insert insert = {.id = i + 1, .length = 10000 + (size_t)i};
        insert_queue(&insert);
        wait_done(1);
    }
    int64_t in_file = 0;
    for (int tries = 0; tries < 1000 && in_file < 20 * 10000; tries++) {
        nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        struct stat info;
        assert_int_equal(stat(path, &info), 0);
        in_file = info.st_size;
    }
    assert_true(in_file >= 20 * 10000);
}

/* ---- killed ---- */

static int acknowledge_fd;

static void acknowledge(enum db_result result, void *arg) {
    struct insert *insert = arg;
    insert->result = result;
    if (insert->job.ok && write(acknowledge_fd, &insert->id, sizeof insert->id) != sizeof insert->id) _exit(2);
    insert->is_done = true;
    sem_post(&done_count);
}

/* Writes without end, telling through the pipe what is saved. */
static void child_main(int64_t first) {
    open_again();
    static struct insert inserts[64];
    for (int64_t next = first;; next += 64) {
        for (int i = 0; i < 64; i++) {
            inserts[i] = (struct insert){.id = next + i, .fails = i % 16 == 5};
            inserts[i].job = (struct db_job){.run = insert_run, .done = acknowledge, .arg = &inserts[i]};
            if (!db_write(db, &inserts[i].job)) _exit(3);
        }
        wait_done(64);
    }
}

static void killed_while_writing_it_keeps_all_it_acknowledged(void **state) {
    (void)state;
    db_close(db);
    int64_t first = 1, told = 0;
    for (int cycle = 0; cycle < 20; cycle++) {
        int ends[2];
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(ends[0]);
            acknowledge_fd = ends[1];
            child_main(first);
        }
        close(ends[1]);
        static bool saved[1 << 20];
        memset(saved, 0, sizeof saved);
        int64_t id, count = 0, limit = 20 + cycle * 37, last = first;
        while (read(ends[0], &id, sizeof id) == sizeof id) {
            assert_in_range(id, first, first + (1 << 20) - 1);
            saved[id - first] = true;
            if (id > last) last = id;
            if (++count == limit) kill(child, SIGKILL);
        }
        close(ends[0]);
        int status = 0;
        waitpid(child, &status, 0);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        open_again();
        for (id = first; id <= last; id++) {
            if (!saved[id - first]) continue;
            char sql[80];
            snprintf(sql, sizeof sql, "SELECT count(*) FROM things WHERE id = %lld", (long long)id);
            assert_int_equal(read_int(sql), 1);
        }
        told += count;
        assert_int_equal(read_int("SELECT count(*) FROM things WHERE (id - 1) % 64 % 16 = 5"), 0);
        assert_int_equal(read_int("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
        first = 1 + (read_int("SELECT max(id) FROM things") + 63) / 64 * 64;
        db_close(db);
    }
    print_message("%lld acknowledged writes, none lost\n", (long long)told);
    open_again();
}

/* What a write may have to take back outgrows memory and goes on in a file. */
static void a_write_that_touches_many_pages_is_kept_or_undone_whole(void **state) {
    (void)state;
    assert_true(write_sql("CREATE TABLE wide (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
                          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                          " INSERT INTO wide SELECT i, printf('%.3000c', 'a') FROM n;"));
    assert_true(write_sql("UPDATE wide SET name = printf('%.3000c', 'b'); UPDATE wide SET name = printf('%.3000c', 'c');"));
    assert_int_equal(read_int("SELECT count(*) FROM wide WHERE name LIKE 'c%'"), 3000);
    assert_false(write_sql("UPDATE wide SET name = printf('%.3000c', 'd'); INSERT INTO wide (id, name) VALUES (1, 'again');"));
    assert_int_equal(read_int("SELECT count(*) FROM wide WHERE name LIKE 'c%'"), 3000);
}

int main(void) {
#define WRITER_TEST(function) cmocka_unit_test_setup_teardown(function, open_things, close_things)
    const struct CMUnitTest tests[] = {
        WRITER_TEST(what_waits_shares_one_commit),
        WRITER_TEST(a_failed_job_undoes_only_itself),
        WRITER_TEST(the_one_who_waits_hears_the_outcome),
        WRITER_TEST(a_job_cannot_wait_for_itself),
        WRITER_TEST(a_full_queue_takes_no_more),
        WRITER_TEST(what_is_queued_is_written_before_the_database_closes),
        WRITER_TEST(large_and_small_jobs_share_a_transaction),
        WRITER_TEST(a_full_database_refuses_and_later_takes_again),
        WRITER_TEST(a_full_disk_refuses_and_later_takes_again),
        WRITER_TEST(many_write_and_read_at_once),
        WRITER_TEST(the_log_is_folded_into_the_file_when_nothing_else_waits),
        WRITER_TEST(killed_while_writing_it_keeps_all_it_acknowledged),
        TEST(a_write_that_touches_many_pages_is_kept_or_undone_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
