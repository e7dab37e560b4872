/* archive_file.c - archives as files of commands (archive_file.h). */
#include "cli/archive_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/timefmt.h"
#include "base/version.h"
#include "db/migrate.h"

#define KEY_LEAST 32
#define KEY_MOST 4096

bool archive_secret_of(struct cli *cli, struct archive_secret *secret) {
    const char *key = cli_value(cli, "--key-file"), *phrase = cli_value(cli, "--passphrase-file");
    *secret = (struct archive_secret){.kind = ARCHIVE_UNLOCKED};
    if (key && phrase)
        return errors_add(&cli->errors, 400, "usage", NULL, "Give either --key-file or --passphrase-file, not both.");
    if (key) {
        secret->kind = ARCHIVE_KEY_FILE;
        if (!cli_file(cli, key, KEY_MOST, &secret->text)) return false;
        if (secret->text.len >= KEY_LEAST) return true;
        return errors_add(&cli->errors, 422, "too_short", NULL, "%s has %zu bytes; a key file has %d random bytes or more.", key,
                          secret->text.len, KEY_LEAST);
    }
    if (!phrase) return true;
    secret->kind = ARCHIVE_PASSPHRASE;
    return cli_secret(cli, "--passphrase-file", &secret->text);
}

/* ---- writing --------------------------------------------------------------------------------------------------------------- */

static bool cannot_write(struct archive_out *out, const char *path) {
    bool full = errno == ENOSPC || errno == EDQUOT;
    return errors_add(&out->cli->errors, full ? 507 : 500, full ? "disk_full" : "cannot_write", NULL, "%s cannot be written: %s.",
                      path, strerror(errno));
}

bool archive_out_begin(struct cli *cli, const char *path, struct archive_out *out) {
    *out = (struct archive_out){.cli = cli, .path = path, .fd = STDOUT_FILENO};
    if (!strcmp(path, "-")) {
        if (!isatty(STDOUT_FILENO)) return true;
        return errors_add(&cli->errors, 400, "usage", NULL, "A backup is not for a terminal: send standard output to a file.");
    }
    out->aside = str_printf(cli->arena, "%s.partial-%ld", path, (long)getpid()).ptr;
    out->fd = open(out->aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    return out->fd >= 0 || cannot_write(out, path);
}

int64_t archive_out_write(void *arg, void *bytes, size_t n) {
    const struct archive_out *out = arg;
    ssize_t done;
    do done = write(out->fd, bytes, n);
    while (done < 0 && errno == EINTR);
    return done;
}

static bool sync_folder(const char *path) {
    const char *slash = strrchr(path, '/');
    char folder[4096];
    int n = slash ? snprintf(folder, sizeof folder, "%.*s", (int)(slash - path) + 1, path) : snprintf(folder, sizeof folder, ".");
    int fd = n > 0 && (size_t)n < sizeof folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) close(fd);
    return ok;
}

bool archive_out_end(struct archive_out *out) {
    if (!out->aside) return true;
    bool ok = fsync(out->fd) == 0;
    ok = close(out->fd) == 0 && ok;
    out->fd = -1;
    ok = ok && rename(out->aside, out->path) == 0 && sync_folder(out->path);
    if (!ok) {
        cannot_write(out, out->path);
        archive_out_drop(out);
    }
    return ok;
}

void archive_out_drop(struct archive_out *out) {
    if (!out->aside) return;
    if (out->fd >= 0) close(out->fd);
    out->fd = -1;
    unlink(out->aside);
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

struct archive_source {
    int fd;
};

static int64_t read_source(void *arg, void *bytes, size_t n) {
    const struct archive_source *source = arg;
    ssize_t done;
    do done = read(source->fd, bytes, n);
    while (done < 0 && errno == EINTR);
    return done;
}

static void close_source(void *arg) {
    close(((struct archive_source *)arg)->fd);
}

struct archive_reader *archive_in(struct cli *cli, const char *path, const struct archive_secret *secret) {
    struct archive_source *source = arena_alloc(cli->arena, sizeof *source);
    source->fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (source->fd < 0) {
        errors_add(&cli->errors, 404, "no_file", NULL, "%s cannot be read: %s.", path, strerror(errno));
        return NULL;
    }
    arena_defer(cli->arena, close_source, source);
    return archive_open(cli->arena, read_source, source, secret, &cli->errors);
}

/* ---- saying what there is -------------------------------------------------------------------------------------------------- */

void archive_say(struct buf *b, const struct backup_counts *counts, bool json) {
    const struct {
        const char *name, *words;
        int64_t n;
    } said[] = {{"tenants", "companies", counts->tenants},
                {"rows", "records", counts->rows},
                {"files", "stored files", counts->files},
                {"bytes", "bytes in them", counts->bytes}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (json) buf_printf(b, "%s\"%s\":%lld", i ? "," : "", said[i].name, (long long)said[i].n);
        else buf_printf(b, "%s%lld %s", i ? ", " : "", (long long)said[i].n, said[i].words);
    }
}

struct archive_header archive_header_now(struct cli *cli, const char *what) {
    return (struct archive_header){.what = str_of(what),
                                   .program = STR(TENON_VERSION),
                                   .schema = migrations_count(cli->db),
                                   .made_at = time_now()};
}
