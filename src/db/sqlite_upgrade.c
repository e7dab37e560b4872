/* sqlite_upgrade.c - copies a database file, and puts the upgraded copy in its place (driver.h, struct db_rehearsal).
 *
 * While it works nobody else has the database: not another tenon (sqlite_lock.h), and no other program (SQLite's own lock). The
 * database's bytes stay as they are until the swap, a link and a rename: at every moment NAME is the old database or the new
 * one, whole. What a killed upgrade leaves behind is NAME.upgrading, which the next one removes.
 */
#include "db/sqlite_upgrade.h"

#include "db/sqlite_lock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define COPY_PAGES 4096
/* The copy, and the log of a script that rewrites every row of it. */
#define ROOM_TIMES 2
#define ROOM_EXTRA ((uint64_t)16 << 20)

struct sqlite_copy {
    struct db_copy base;
    char path[PATH_MAX];      /* of the database, without links */
    char making[PATH_MAX + 16];
    int lock;
    sqlite3 *source;
};

static bool said(struct errors *errors, const char *what, const char *path, const char *why) {
    return errors_add(errors, 500, "upgrade_failed", NULL, "%s %s: %s. The database is as it was.", what, path, why);
}

static const char *beside(char *name, size_t size, const char *path, const char *suffix) {
    snprintf(name, size, "%s%s", path, suffix);
    return name;
}

static uint64_t size_of(const char *path, const char *suffix) {
    char name[PATH_MAX + 32];
    struct stat info;
    return stat(beside(name, sizeof name, path, suffix), &info) == 0 ? (uint64_t)info.st_size : 0;
}

static void remove_with_log(const char *path) {
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    char name[PATH_MAX + 32];
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) unlink(beside(name, sizeof name, path, suffixes[i]));
}

static bool sync_path(const char *path, int flags) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | flags);
    bool synced = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return synced;
}

/* The folder of a path, in `folder`; returns the name in it. */
static const char *folder_of(const char *path, char folder[PATH_MAX]) {
    snprintf(folder, PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/'); /* there is one: realpath made it */
    const char *name = path + (slash - folder) + 1;
    slash[slash == folder] = 0;
    return name;
}

/* ---- the copy ---- */

static bool room_for(const struct sqlite_copy *copy, struct errors *errors) {
    char folder[PATH_MAX];
    struct statvfs disk;
    folder_of(copy->path, folder);
    if (statvfs(folder, &disk) != 0) return said(errors, "The disk cannot be asked for its room at", folder, strerror(errno));
    uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
    uint64_t needed = (size_of(copy->path, "") + size_of(copy->path, "-wal")) * ROOM_TIMES + ROOM_EXTRA;
    if (room >= needed) return true;
    return errors_add(errors, 507, "storage_full", NULL,
                      "There is too little room beside the database for the copy that is upgraded: %llu MB are needed in %s,"
                      " %llu MB are free. The database is as it was.",
                      (unsigned long long)(needed >> 20), folder, (unsigned long long)(room >> 20));
}

/* Opens the database so that no other program has it, until it is closed; changes no byte of it. */
static bool hold(struct sqlite_copy *copy, struct errors *errors) {
    int code = sqlite3_open_v2(copy->path, &copy->source, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(copy->source, SQLITE_LOCK_WAIT_MS);
        code = sqlite3_exec(copy->source, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT", NULL, NULL, NULL);
    }
    if (code == SQLITE_OK) return true;
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
        return errors_add(errors, 409, "in_use", NULL, "Another program has the database %s open. Close it before the upgrade.",
                          copy->path);
    }
    return said(errors, "This database cannot be opened:", copy->path, sqlite3_errmsg(copy->source));
}

/* An empty file for the same owner and nobody else. */
static bool make_file(const char *path, const char *like, struct errors *errors) {
    struct stat old;
    int fd = stat(like, &old) == 0 ? open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
    if (fd < 0) return said(errors, "The copy cannot be made at", path, strerror(errno));
    bool same = old.st_uid == geteuid() || fchown(fd, old.st_uid, old.st_gid) == 0;
    same = fchmod(fd, old.st_mode & 0777U) == 0 && same;
    close(fd);
    return same || said(errors, "The copy cannot be given to the owner of the database:", path, strerror(errno));
}

static bool copy_to(sqlite3 *source, const char *path, struct errors *errors) {
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    sqlite3_backup *backup = code == SQLITE_OK ? sqlite3_backup_init(target, "main", source, "main") : NULL;
    while (backup && (code = sqlite3_backup_step(backup, COPY_PAGES)) == SQLITE_OK) {}
    bool ok = backup && code == SQLITE_DONE;
    if (backup) code = sqlite3_backup_finish(backup);
    if (!ok || code != SQLITE_OK) ok = said(errors, "The database cannot be copied to", path, sqlite3_errmsg(target));
    sqlite3_close(target);
    return ok;
}

static void end(struct db_copy *base) {
    struct sqlite_copy *copy = (struct sqlite_copy *)base;
    sqlite3_close(copy->source);
    if (copy->lock >= 0) remove_with_log(copy->making);
    sqlite_lock_release(copy->lock);
    free(copy->base.url);
    free(copy);
}

static bool prepare(struct sqlite_copy *copy, const char *where, struct errors *errors) {
    if (!realpath(where, copy->path)) return said(errors, "This database cannot be found:", where, strerror(errno));
    beside(copy->making, sizeof copy->making, copy->path, ".upgrading");
    size_t size = sizeof "sqlite:" + strlen(copy->making);
    copy->base.url = malloc(size);
    if (!copy->base.url) return said(errors, "There is no memory to copy", where, strerror(errno));
    snprintf(copy->base.url, size, "sqlite:%s", copy->making);
    copy->lock = sqlite_lock_alone(copy->path, errors);
    if (copy->lock < 0) return false;
    remove_with_log(copy->making);
    return hold(copy, errors) && room_for(copy, errors) && make_file(copy->making, copy->path, errors) &&
           copy_to(copy->source, copy->making, errors);
}

static struct db_copy *begin(const char *where, struct errors *errors) {
    struct sqlite_copy *copy = calloc(1, sizeof *copy);
    if (!copy) {
        said(errors, "There is no memory to copy", where, strerror(errno));
        return NULL;
    }
    copy->lock = -1;
    if (prepare(copy, where, errors)) return &copy->base;
    end(&copy->base);
    return NULL;
}

/* ---- the swap ---- */

/* Calls `each` with the version in every NAME.before-VERSION beside the database. */
static void each_kept(const char *path, void (*each)(void *arg, const char *kept, int version), void *arg) {
    char folder[PATH_MAX], found[PATH_MAX * 2];
    const char *name = folder_of(path, folder);
    size_t length = strlen(name);
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        int version = 0, end_at = 0;
        if (strncmp(entry->d_name, name, length) != 0) continue;
        if (sscanf(entry->d_name + length, ".before-%4d%n", &version, &end_at) != 1 || entry->d_name[length + (size_t)end_at])
            continue;
        snprintf(found, sizeof found, "%s/%s", folder, entry->d_name);
        each(arg, found, version);
    }
    if (dir) closedir(dir);
}

static void forget_kept(void *arg, const char *kept, int version) {
    if (version != *(const int *)arg) unlink(kept);
}

/* The old database under its second name, by a link; by a copy where the file system has no links. */
static bool keep(const struct sqlite_copy *copy, const char *kept, struct errors *errors) {
    unlink(kept);
    if (link(copy->path, kept) == 0) return true;
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS && errno != EMLINK)
        return said(errors, "The old database cannot be kept as", kept, strerror(errno));
    return make_file(kept, copy->path, errors) && copy_to(copy->source, kept, errors) && sync_path(kept, 0);
}

/* Lets go of the old database; what stands in its log is folded into it, since this was the last to have it open. */
static bool settle(struct sqlite_copy *copy, struct errors *errors) {
    sqlite3_close(copy->source);
    copy->source = NULL;
    /* The log of the old database beside the new one would be read as if it belonged to it. */
    char name[PATH_MAX + 32];
    if (size_of(copy->path, "-wal") > 0 || size_of(copy->making, "-wal") > 0)
        return said(errors, "There still is a log beside", copy->path, "another program has the database open");
    unlink(beside(name, sizeof name, copy->path, "-wal"));
    unlink(beside(name, sizeof name, copy->path, "-shm"));
    return true;
}

static bool swap(struct db_copy *base, int version, char **kept, struct errors *errors) {
    struct sqlite_copy *copy = (struct sqlite_copy *)base;
    char name[PATH_MAX + 32], folder[PATH_MAX];
    snprintf(name, sizeof name, "%s.before-%04d", copy->path, version);
    folder_of(copy->path, folder);
    if (!sync_path(copy->making, 0))
        return said(errors, "The copy cannot be written to the disk:", copy->making, strerror(errno));
    bool ready = keep(copy, name, errors) && settle(copy, errors);
    if (ready && rename(copy->making, copy->path) != 0)
        ready = said(errors, "The upgraded copy cannot take the place of", copy->path, strerror(errno));
    if (!ready) {
        unlink(name);
        return false;
    }
    if (!sync_path(folder, O_DIRECTORY))
        return errors_add(errors, 500, "upgrade_failed", NULL, "The database was upgraded, but the disk does not confirm it: %s.",
                          strerror(errno));
    each_kept(copy->path, forget_kept, &version);
    *kept = strdup(name);
    return true;
}

/* ---- the way back ---- */

struct kept_search {
    int count;
    char *path;
};

static void look_at_kept(void *arg, const char *kept, int version) {
    struct kept_search *search = arg;
    if (version > search->count + 1 || search->path) return;
    search->path = strdup(kept);
}

static char *find_kept(const char *where, int count) {
    char path[PATH_MAX];
    struct kept_search search = {.count = count};
    if (realpath(where, path)) each_kept(path, look_at_kept, &search);
    return search.path;
}

const struct db_rehearsal sqlite_rehearsal = {.begin = begin, .swap = swap, .end = end, .kept = find_kept};
