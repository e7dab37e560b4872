/* file_thumb.c - thumbnails of stored pictures (file_thumb.h). */
#include "http/file_thumb.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/file_store.h"
#include "service/picture.h"

static const char *place_of(struct arena *arena, const char *dir, struct str key) {
    return str_printf(arena, "%s/.thumbs/%.*s", dir, STR_ARG(key)).ptr;
}

/* -1: not there yet. */
static int64_t size_of(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) ? info.st_size : -1;
}

bool file_thumb_may(struct arena *arena, const char *dir, struct str key, struct str type) {
    return picture_type(type) && key.len && size_of(place_of(arena, dir, key)) != 0;
}

/* The folders of a path below `dir`, which stands. */
static bool make_folders(struct arena *arena, const char *dir, const char *path) {
    for (const char *p = path + strlen(dir) + 1; (p = strchr(p, '/')); p++) {
        struct str folder = {path, (size_t)(p - path)};
        if (mkdir(str_cstr(arena, folder), 0700) != 0 && errno != EEXIST) return false;
    }
    return true;
}

/* Whole or not at all: others look for it meanwhile. */
static bool keep(struct arena *arena, const char *dir, const char *path, struct str bytes) {
    static const char name[] = "/.thumbs/new-XXXXXX";
    size_t len = strlen(dir);
    char *draft = arena_alloc(arena, len + sizeof name);
    memcpy(draft, dir, len);
    memcpy(draft + len, name, sizeof name);
    int fd = make_folders(arena, dir, path) ? mkstemp(draft) : -1;
    if (fd < 0) return false;
    bool ok = write(fd, bytes.ptr, bytes.len) == (ssize_t)bytes.len;
    ok = close(fd) == 0 && ok && rename(draft, path) == 0;
    if (!ok) unlink(draft);
    return ok;
}

static struct str make(struct arena *arena, const char *source) {
    struct str jpeg = STR("");
    struct stat info;
    int fd = open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool fits = fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0 && (size_t)info.st_size <= PICTURE_BYTES;
    size_t len = fits ? (size_t)info.st_size : 0;
    void *bytes = fits ? mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (fd >= 0) close(fd);
    if (bytes == MAP_FAILED) return jpeg;
    if (!picture_thumbnail(arena, (struct str){bytes, len}, FILE_THUMB_SIDE, &jpeg)) jpeg = STR("");
    munmap(bytes, len);
    return jpeg;
}

const char *file_thumb_path(struct arena *arena, const char *dir, struct str key, struct str type) {
    const char *source = picture_type(type) ? file_stored_path(arena, dir, key) : NULL;
    if (!source) return NULL;
    const char *path = place_of(arena, dir, key);
    int64_t size = size_of(path);
    if (size >= 0) return size ? path : NULL;
    struct str jpeg = make(arena, source);
    return keep(arena, dir, path, jpeg) && jpeg.len ? path : NULL;
}
