/* file_store.c - where the content of files lies (file_store.h). */
#include "core/file_store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/utf8.h"

#define BLOCK ((size_t)64 << 10)
#define HEAD 4096 /* bytes that tell the type */

/* ---- what it is ------------------------------------------------------------------------------------------------------------ */

struct magic {
    size_t at;
    const char *bytes;
    size_t len;
    const char *type;
};
#define MAGIC(at, bytes, type)                                                                                                   \
    { (at), (bytes), sizeof(bytes) - 1, (type) }
static const struct magic magics[] = {
    MAGIC(0, "\xff\xd8\xff", "image/jpeg"),
    MAGIC(0, "\x89PNG\r\n\x1a\n", "image/png"),
    MAGIC(0, "GIF87a", "image/gif"),
    MAGIC(0, "GIF89a", "image/gif"),
    MAGIC(8, "WEBP", "image/webp"),
    MAGIC(4, "ftypheic", "image/heic"),
    MAGIC(0, "%PDF-", "application/pdf"),
    MAGIC(0, "PK\x03\x04", "application/zip"),
    MAGIC(0, "PK\x05\x06", "application/zip"),
    MAGIC(0, "\x1f\x8b", "application/gzip"),
    MAGIC(0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    MAGIC(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    MAGIC(4, "ftyp", "video/mp4"),
    MAGIC(0, "ID3", "audio/mpeg"),
    MAGIC(0, "OggS", "audio/ogg"),
};

/* Office documents are packed folders; only the name tells which. */
static const struct {
    const char *ending, *inside, *type;
} endings[] = {
    {".docx", "application/zip", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {".xlsx", "application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".pptx", "application/zip", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {".odt", "application/zip", "application/vnd.oasis.opendocument.text"},
    {".ods", "application/zip", "application/vnd.oasis.opendocument.spreadsheet"},
    {".doc", "application/x-ole-storage", "application/msword"},
    {".xls", "application/x-ole-storage", "application/vnd.ms-excel"},
    {".csv", "text/plain", "text/csv"},
};

/* UTF-8 without control characters; a character may be cut at the end of what is looked at. */
static bool is_text(struct str head) {
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') return false;
    }
    for (int cut = 0; cut < 4 && head.len > 0; cut++, head.len--)
        if (utf8_valid(head)) return true;
    return head.len == 0;
}

struct str file_type(struct str head, struct str name) {
    const char *type = is_text(head) ? "text/plain" : "application/octet-stream";
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *m = &magics[i];
        if (head.len < m->at + m->len || memcmp(head.ptr + m->at, m->bytes, m->len) != 0) continue;
        type = m->type;
        break;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i].ending);
        bool ends = name.len >= n && str_ieq(str_slice(name, name.len - n, name.len), str_of(endings[i].ending));
        if (ends && strcmp(type, endings[i].inside) == 0) return str_of(endings[i].type);
    }
    return str_of(type);
}

/* ---- reading and moving ---------------------------------------------------------------------------------------------------- */

static bool cannot(struct errors *errors, int reason) {
    bool full = reason == ENOSPC || reason == EDQUOT;
    return errors_add(errors, full ? 507 : 500, "cannot_store", NULL, "The upload cannot be stored on the server.");
}

/* Its digest, size and first bytes. */
static bool look(struct arena *arena, int fd, struct str name, struct file_stored *stored) {
    char *block = arena_raw(arena, BLOCK), *head = arena_raw(arena, HEAD);
    size_t head_len = 0;
    EVP_MD_CTX *digest = EVP_MD_CTX_new();
    bool ok = digest && EVP_DigestInit_ex(digest, EVP_sha256(), NULL) == 1;
    ssize_t n = 0;
    while (ok && ((n = read(fd, block, BLOCK)) > 0 || (n < 0 && errno == EINTR))) {
        if (n < 0) continue;
        size_t wanted = HEAD - head_len < (size_t)n ? HEAD - head_len : (size_t)n;
        memcpy(head + head_len, block, wanted);
        head_len += wanted;
        stored->size += n;
        ok = EVP_DigestUpdate(digest, block, (size_t)n) == 1;
    }
    unsigned char sum[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    ok = ok && n == 0 && EVP_DigestFinal_ex(digest, sum, &len) == 1;
    EVP_MD_CTX_free(digest);
    if (!ok) return false;
    struct buf hex = buf_new(arena, 65);
    buf_hex(&hex, (struct str){(const char *)sum, len});
    stored->sha256 = buf_str(&hex);
    stored->type = file_type((struct str){head, head_len}, name);
    return true;
}

static bool make_dir(const char *path) { return mkdir(path, 0700) == 0 || errno == EEXIST; }

/* A name is on the disk once its folder is. */
static bool sync_dir(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

bool file_store(struct arena *arena, const char *dir, int64_t tenant_id, const char *path, struct str name,
                struct file_stored *stored, struct errors *errors) {
    *stored = (struct file_stored){.size = 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool ok = fd >= 0 && look(arena, fd, name, stored) && fsync(fd) == 0; // on the disk for good
    int reason = errno;
    if (fd >= 0) close(fd);
    if (!ok) return cannot(errors, reason);
    struct str tenant = str_printf(arena, "%s/%lld", dir, (long long)tenant_id);
    struct str folder = str_printf(arena, "%s/%.2s", tenant.ptr, stored->sha256.ptr);
    struct str place = str_printf(arena, "%s/%.*s", folder.ptr, STR_ARG(stored->sha256));
    stored->key = str_slice(place, strlen(dir) + 1, place.len);
    if (!make_dir(tenant.ptr) || !make_dir(folder.ptr) || rename(path, place.ptr) != 0) return cannot(errors, errno);
    if (!sync_dir(folder.ptr) || !sync_dir(tenant.ptr) || !sync_dir(dir)) return cannot(errors, errno);
    return true;
}

const char *file_stored_path(struct arena *arena, const char *dir, struct str key) {
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '/')) return NULL;
    }
    const char *path = str_printf(arena, "%s/%.*s", dir, STR_ARG(key)).ptr;
    struct stat info;
    return key.len && stat(path, &info) == 0 && S_ISREG(info.st_mode) ? path : NULL;
}

bool file_stored_look(struct arena *arena, const char *dir, struct str key, struct file_stored *stored) {
    const char *path = file_stored_path(arena, dir, key);
    *stored = (struct file_stored){.key = key};
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    bool ok = fd >= 0 && look(arena, fd, STR(""), stored);
    if (fd >= 0) close(fd);
    return ok;
}

/* ---- what lies there ------------------------------------------------------------------------------------------------------- */

/* Calls fn for each name in a folder; a folder that is not there has none. */
static bool each_name(const char *path, bool (*fn)(void *arg, int folder, const char *name), void *arg) {
    DIR *folder = opendir(path);
    if (!folder) return errno == ENOENT;
    bool ok = true;
    for (struct dirent *entry; ok && (entry = readdir(folder));)
        if (entry->d_name[0] != '.') ok = fn(arg, dirfd(folder), entry->d_name);
    closedir(folder);
    return ok;
}

struct file_walk {
    const char *dir;
    int64_t tenant_id;
    const char *part;
    bool (*fn)(void *arg, const struct file_found *found);
    void *arg;
};

static bool walk_file(void *arg, int folder, const char *name) {
    const struct file_walk *w = arg;
    char key[PATH_MAX];
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0) return errno == ENOENT;
    int n = snprintf(key, sizeof key, "%lld/%s/%s", (long long)w->tenant_id, w->part, name);
    if (n < 0 || (size_t)n >= sizeof key) return false;
    struct file_found found = {.tenant_id = w->tenant_id,
                               .key = {key, (size_t)n},
                               .size = info.st_size,
                               .changed = (int64_t)info.st_mtim.tv_sec * 1000};
    return w->fn(w->arg, &found);
}

static bool walk_part(void *arg, int folder, const char *name) {
    struct file_walk part = *(struct file_walk *)arg;
    char path[PATH_MAX];
    (void)folder;
    part.part = name;
    int n = snprintf(path, sizeof path, "%s/%lld/%s", part.dir, (long long)part.tenant_id, name);
    return n > 0 && (size_t)n < sizeof path && each_name(path, walk_file, &part);
}

bool file_store_each(const char *dir, int64_t tenant_id, bool (*fn)(void *arg, const struct file_found *found), void *arg) {
    struct file_walk walk = {.dir = dir, .tenant_id = tenant_id, .fn = fn, .arg = arg};
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/%lld", dir, (long long)tenant_id);
    return n > 0 && (size_t)n < sizeof path && each_name(path, walk_part, &walk);
}

struct tenant_walk {
    bool (*fn)(void *arg, int64_t tenant_id);
    void *arg;
};

static bool walk_tenant(void *arg, int folder, const char *name) {
    const struct tenant_walk *w = arg;
    int64_t id;
    (void)folder;
    return !str_to_int(str_of(name), &id) || w->fn(w->arg, id);
}

bool file_store_tenants(const char *dir, bool (*fn)(void *arg, int64_t tenant_id), void *arg) {
    struct tenant_walk walk = {fn, arg};
    return each_name(dir, walk_tenant, &walk);
}
