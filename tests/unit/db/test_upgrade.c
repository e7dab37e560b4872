/* test_upgrade.c - an upgrade runs on a copy that takes the place of the file: all of it, or the file is as it was. */
#include "db_test.h"

#include "base/timefmt.h"
#include "db/migrate.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const struct migration scripts[] = {
    {1, "0001_core", STR_INIT("CREATE TABLE leads (id INTEGER PRIMARY KEY, name TEXT);")},
    {2, "0002_more", STR_INIT("ALTER TABLE leads ADD COLUMN score INTEGER; UPDATE leads SET score = length(name);")},
    {3, "0003_index", STR_INIT("CREATE INDEX leads_score ON leads (score);")},
};
#define LEADS "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)" \
              " INSERT INTO leads (id, name) SELECT i, 'Lead ' || hex(randomblob(20)) || i FROM n"

static struct migrate_result result;

static bool upgrade_with(const struct migrate_plan *plan) {
    errors_clear(&errors);
    return migrate_database(url, plan, &errors, &result);
}

static bool upgrade_to(int count) { return upgrade_with(&(struct migrate_plan){.scripts = scripts, .count = count}); }

/* A database at script 1 with 20,000 leads, closed. */
static void old_database(void) {
    db_close(db);
    db = NULL;
    assert_true(upgrade_to(1));
    open_again();
    assert_true(write_sql(LEADS));
    db_close(db);
    db = NULL;
}

static struct str file_text(const char *name) {
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    struct stat info;
    assert_int_equal(fstat(fileno(file), &info), 0);
    char *bytes = malloc((size_t)info.st_size + 1);
    assert_non_null(bytes);
    assert_int_equal(fread(bytes, 1, (size_t)info.st_size, file), info.st_size);
    fclose(file);
    return (struct str){bytes, (size_t)info.st_size};
}

static bool exists(const char *suffix) {
    char name[128];
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

static void check_upgraded(int version) {
    open_again();
    assert_int_equal(read_int("SELECT max(version) FROM migrations"), version);
    assert_int_equal(read_int("SELECT count(*) FROM leads"), 20000);
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE score = length(name)"), 20000);
    db_close(db);
    db = NULL;
}

static void the_old_file_is_kept_and_only_the_last(void **state) {
    (void)state;
    old_database();
    struct str old = file_text(path);
    assert_true(upgrade_to(2));
    assert_int_equal(result.applied, 1);
    assert_true(str_ends(result.kept, STR("/test.db.before-0002")));
    struct str kept = file_text(str_cstr(arena, result.kept));
    assert_true(str_eq(old, kept));
    free((void *)(uintptr_t)old.ptr);
    free((void *)(uintptr_t)kept.ptr);
    check_upgraded(2);
    assert_true(upgrade_to(3));
    assert_true(exists(".before-0003"));
    assert_false(exists(".before-0002"));
    assert_false(exists(".upgrading"));
    assert_false(exists("-wal"));
    check_upgraded(3);
    assert_true(upgrade_to(3));
    assert_int_equal(result.applied, 0);
    assert_int_equal(result.kept.len, 0);
}

/* Upgrades with this plan, which fails with `code`, and leaves the bytes and nothing beside them. */
static void check_as_it_was(const struct migrate_plan *plan, const char *code) {
    struct str old = file_text(path);
    assert_false(upgrade_with(plan));
    assert_string_equal(errors.first->code, code);
    struct str now = file_text(path);
    assert_true(str_eq(old, now));
    free((void *)(uintptr_t)old.ptr);
    free((void *)(uintptr_t)now.ptr);
    assert_false(exists(".before-0002") || exists(".upgrading") || exists(".upgrading-wal") || exists("-wal") || exists("-shm"));
}

static bool refuse(struct db *of, struct db_conn *conn, struct errors *why) {
    (void)of;
    struct db_stmt *stmt = db_prepare(conn, STR("SELECT sum(score) FROM leads"));
    assert_int_equal(db_step(stmt), DB_ROW);
    db_reset(stmt);
    return errors_add(why, 500, "check", NULL, "The scores are wrong.");
}

static void a_failure_leaves_the_file_as_it_was_to_the_byte(void **state) {
    (void)state;
    old_database();
    struct migration broken[] = {scripts[0], scripts[1], {3, "0003_broken", STR_INIT("INSERT INTO nowhere VALUES (1);")}};
    check_as_it_was(&(struct migrate_plan){.scripts = broken, .count = 3}, "migration_failed");
    check_as_it_was(&(struct migrate_plan){.scripts = scripts, .count = 2, .check = refuse}, "check");
    assert_true(upgrade_to(2));
    check_upgraded(2);
}

static void a_disk_that_is_full_is_said_before_and_hurts_nothing_after(void **state) {
    (void)state;
    old_database();
    struct migrate_plan plan = {.scripts = scripts, .count = 2};
    struct rlimit limit, small;
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    /* Half way through the copy no byte can be written any more. */
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = (struct rlimit){.rlim_cur = (rlim_t)info.st_size / 2, .rlim_max = limit.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    check_as_it_was(&plan, "upgrade_failed");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    /* A file with a hole that is larger than the disk: the copy is not even begun. */
    assert_int_equal(truncate(path, (off_t)8 << 40), 0);
    assert_false(upgrade_with(&plan));
    assert_string_equal(errors.first->code, "storage_full");
    assert_int_equal(errors.first->status, 507);
    assert_false(exists(".upgrading"));
    assert_int_equal(truncate(path, info.st_size), 0);
    assert_true(upgrade_to(2));
    check_upgraded(2);
}

static void a_database_in_use_is_not_upgraded(void **state) {
    (void)state;
    old_database();
    open_again();
    assert_true(write_sql("UPDATE leads SET name = 'Meridian' WHERE id = 1"));
    assert_false(upgrade_to(2));
    assert_string_equal(errors.first->code, "in_use");
    assert_true(write_sql("UPDATE leads SET name = 'Lodestar' WHERE id = 2"));
    assert_int_equal(read_int("SELECT max(version) FROM migrations"), 1);
    db_close(db);
    db = NULL;
    assert_true(upgrade_to(2));
    open_again();
    assert_int_equal(read_int("SELECT count(*) FROM leads WHERE name IN ('Meridian', 'Lodestar')"), 2);
}

static void of_two_upgrades_at_once_one_waits_for_the_other(void **state) {
    (void)state;
    old_database();
    pid_t children[3];
    for (int i = 0; i < 3; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) _exit(upgrade_to(3) ? 10 + result.applied : 1);
    }
    int applied = 0;
    for (int i = 0; i < 3; i++) {
        int status = 0;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) >= 10);
        applied += WEXITSTATUS(status) - 10;
    }
    assert_int_equal(applied, 2);
    check_upgraded(3);
}

static void killed_at_any_moment_it_is_done_again(void **state) {
    (void)state;
    old_database();
    int killed = 0, done = 0, whole_us = 400000, rounds = 0;
    for (int i = 0; i < 60 || ((killed <= 5 || done <= 5) && i < 300); i++, rounds++) {
        int part = i * 7919 % 64; /* of 50 */
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) _exit(upgrade_to(3) ? 0 : 1);
        /* Every moment of it, and some after its end: as long as it took when it was left alone, and a little longer; a machine
         * that is faster or slower meanwhile moves the end. */
        int64_t begun = time_monotonic();
        if (i > 0) usleep((useconds_t)(part * (whole_us / 50)));
        else waitid(P_PID, (id_t)child, &(siginfo_t){0}, WEXITED | WNOWAIT);
        if (i == 0) whole_us = (int)(time_monotonic() - begun);
        kill(child, SIGKILL);
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        bool was_killed = WIFSIGNALED(status);
        if (!was_killed) assert_int_equal(WEXITSTATUS(status), 0);
        killed += was_killed;
        if (i > 0 && was_killed && part > 52) whole_us += whole_us / 4;
        if (i > 0 && !was_killed && part < 40) whole_us -= whole_us / 5;
        open_again(); // the old one or the new one, whole
        int64_t version = read_int("SELECT max(version) FROM migrations");
        assert_true(version == 1 || version == 3);
        assert_true(was_killed || version == 3);
        assert_int_equal(read_int("SELECT count(*) FROM leads"), 20000);
        assert_int_equal(read_int("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
        db_close(db);
        db = NULL;
        if (version == 1) continue;
        /* Begins again from the old one. */
        done++;
        char kept[128];
        snprintf(kept, sizeof kept, "%s.before-0002", path);
        assert_int_equal(rename(kept, path), 0);
    }
    print_message("killed %d, done %d of %d\n", killed, done, rounds);
    assert_true(killed > 5 && done > 5);
    assert_true(upgrade_to(3));
    check_upgraded(3);
    assert_false(exists(".upgrading"));
}

static void a_newer_database_names_the_file_that_was_kept(void **state) {
    (void)state;
    old_database();
    assert_true(upgrade_to(2));
    assert_false(upgrade_to(1));
    assert_string_equal(errors.first->code, "database_newer");
    assert_true(str_find(errors.first->message, STR("/test.db.before-0002; what was written since")) >= 0);
    char kept[128];
    snprintf(kept, sizeof kept, "%s.before-0002", path);
    unlink(kept);
    assert_false(upgrade_to(1));
    assert_true(str_ends(errors.first->message, STR("Use that version or a newer one.")));
}

static void another_name_of_the_file_stays_a_name_of_it(void **state) {
    (void)state;
    old_database();
    char link_name[128], link_url[160];
    snprintf(link_name, sizeof link_name, "%s/link.db", directory);
    snprintf(link_url, sizeof link_url, "sqlite:%s", link_name);
    assert_int_equal(symlink(path, link_name), 0);
    struct migrate_plan plan = {.scripts = scripts, .count = 2};
    assert_true(migrate_database(link_url, &plan, &errors, &result));
    struct stat info;
    assert_int_equal(lstat(link_name, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    check_upgraded(2);
}

static void the_copy_is_for_the_same_people(void **state) {
    (void)state;
    old_database();
    struct stat info;
    assert_int_equal(chmod(path, 0640), 0);
    assert_true(upgrade_to(2));
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

static void what_starts_upgrades_by_itself(void **state) {
    (void)state;
    old_database();
    struct migrate_plan plan = {.scripts = scripts, .count = 3};
    assert_true(migrate_at_start(url, &plan, &errors, &result));
    assert_int_equal(result.applied, 2);
    check_upgraded(3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_old_file_is_kept_and_only_the_last),
        TEST(a_failure_leaves_the_file_as_it_was_to_the_byte),
        TEST(a_disk_that_is_full_is_said_before_and_hurts_nothing_after),
        TEST(a_database_in_use_is_not_upgraded),
        TEST(of_two_upgrades_at_once_one_waits_for_the_other),
        TEST(killed_at_any_moment_it_is_done_again),
        TEST(a_newer_database_names_the_file_that_was_kept),
        TEST(another_name_of_the_file_stays_a_name_of_it),
        TEST(the_copy_is_for_the_same_people),
        TEST(what_starts_upgrades_by_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
