/* build.c - databases that are filled from nothing (build.h). */
#include "db/build.h"

#include "db/driver.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "unfinished_restore" /* table whose presence is the mark */

/* The file with what SQLite keeps beside it. */
static void remove_file(const char *path) {
    static const char *const beside[] = {"", "-wal", "-shm", "-journal", ".lock"};
    char name[PATH_MAX];
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        int n = snprintf(name, sizeof name, "%s%s", path, beside[i]);
        if (n > 0 && (size_t)n < sizeof name) unlink(name);
    }
}

bool build_begin(struct arena *arena, const char *url, struct build *build, struct errors *errors) {
    const struct db_driver *driver = driver_of_url(url, errors);
    struct stat info;
    if (!driver) return false;
    *build = (struct build){.url = url};
    if (!driver->rehearsal) return true;
    build->place = url + strlen(driver->scheme);
    if (stat(build->place, &info) == 0)
        return errors_add(errors, 409, "not_empty", NULL, "There is a file at %s already. Restore to another place.",
                          build->place);
    build->aside = str_printf(arena, "%s.restoring", build->place).ptr;
    build->url = str_printf(arena, "%s%s", driver->scheme, build->aside).ptr;
    remove_file(build->aside); // of one that was killed
    return true;
}

bool build_is_empty(struct db *db, struct errors *errors, bool *empty) {
    struct db_conn *conn = db_reader(db, errors);
    if (!conn) return false;
    *empty = !conn->driver->has_table(conn, "migrations");
    return true;
}

static bool mark(struct db_conn *conn, void *arg) {
    (void)arg;
    return db_script(conn, STR("CREATE TABLE " MARK " (id INTEGER)")) == DB_OK;
}

static bool unmark(struct db_conn *conn, void *arg) {
    (void)arg;
    return db_script(conn, STR("DROP TABLE " MARK)) == DB_OK;
}

static bool change_mark(struct db *db, bool (*run)(struct db_conn *, void *), struct errors *errors) {
    enum db_result result = DB_OK;
    return db_write_wait(db, DB_NO_TENANT, run, NULL, &result) || db_fail(NULL, result == DB_OK ? DB_ERROR : result, errors);
}

bool build_mark(struct db *db, struct errors *errors) { return change_mark(db, mark, errors); }
bool build_unmark(struct db *db, struct errors *errors) { return change_mark(db, unmark, errors); }
bool build_marked(struct db_conn *conn) { return conn->driver->has_table(conn, MARK); }

static bool sync_path(const char *path, int flags) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

static bool sync_folder(const char *path) {
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    int n = slash ? snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path) : snprintf(folder, sizeof folder, ".");
    return n > 0 && (size_t)n < sizeof folder && sync_path(folder, O_DIRECTORY);
}

/* By a link, which another file that came to stand there meanwhile would refuse. */
bool build_end(const struct build *build, struct errors *errors) {
    if (!build->aside) return true;
    bool ok = sync_path(build->aside, 0) && link(build->aside, build->place) == 0 && sync_folder(build->place);
    if (!ok)
        errors_add(errors, errno == EEXIST ? 409 : 500, "cannot_place", NULL, "The database cannot be put at %s: %s.",
                   build->place, strerror(errno));
    remove_file(build->aside);
    return ok;
}

void build_drop(const struct build *build) {
    if (build->aside) remove_file(build->aside);
}
