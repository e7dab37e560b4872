/* sqlite_lock.c - a lock of the system's on a file beside the database (sqlite_lock.h). */
#include "db/sqlite_lock.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define STEP_MS 20
#define IN_USE_WAIT_MS 1000 /* for a command that is about to end */

/* Made by root for a server that is not, or by one of a group: it belongs to those whom the database belongs to. */
static void lock_share(const char *path, int fd) {
    struct stat database, lock;
    if (stat(path, &database) != 0 || fstat(fd, &lock) != 0 || lock.st_uid != geteuid()) return;
    bool given = fchmod(fd, database.st_mode & 0666U) == 0;
    if (lock.st_uid != database.st_uid || lock.st_gid != database.st_gid)
        given = fchown(fd, database.st_uid, database.st_gid) == 0 && given;
    if (!given) log_event(LOG_WARN, "lock_not_shared", LOG_STR("database", str_of(path)));
}

static int lock_open(const char *path, struct errors *errors) {
    char real[PATH_MAX], name[PATH_MAX + 8];
    /* By another name it is the same database. */
    snprintf(name, sizeof name, "%s.lock", realpath(path, real) ? real : path);
    int fd = open(name, O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd >= 0) lock_share(path, fd);
    else errors_add(errors, 500, "database", NULL, "%s cannot be opened: %s.", name, strerror(errno));
    return fd;
}

static bool lock_try(int fd, int kind) {
    int result;
    do result = flock(fd, kind | LOCK_NB);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

static void lock_pause(void) {
    struct timespec step = {.tv_nsec = STEP_MS * 1000000L};
    nanosleep(&step, NULL);
}

int sqlite_lock_shared(const char *path, struct errors *errors) {
    int fd = lock_open(path, errors);
    for (int waited = 0; fd >= 0; waited += STEP_MS) {
        if (lock_try(fd, LOCK_SH)) return fd;
        if (waited >= SQLITE_LOCK_WAIT_MS) break;
        lock_pause();
    }
    if (fd < 0) return -1;
    close(fd);
    errors_add(errors, 503, "upgrading", NULL, "The database %s is being upgraded. Try again when that is done.", path);
    return -1;
}

int sqlite_lock_alone(const char *path, struct errors *errors) {
    int fd = lock_open(path, errors);
    for (int in_use = 0; fd >= 0;) {
        if (lock_try(fd, LOCK_EX)) return fd;
        /* Where it can be shared, users have it; where not even that, another upgrade, which ends by itself. */
        if (lock_try(fd, LOCK_SH)) {
            lock_try(fd, LOCK_UN);
            in_use += STEP_MS;
        }
        if (in_use >= IN_USE_WAIT_MS) break;
        lock_pause();
    }
    if (fd < 0) return -1;
    close(fd);
    errors_add(errors, 409, "in_use", NULL,
               "The database %s is in use. Stop the server (and every other tenon command) before it is upgraded.", path);
    return -1;
}

void sqlite_lock_release(int lock) {
    if (lock >= 0) close(lock);
}
