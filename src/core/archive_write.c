/* archive_write.c - writing an archive (archive.h). */
#include <errno.h>
#include <stdlib.h>
#include <zstd.h>

#include "base/timefmt.h"
#include "core/archive_impl.h"

#define LEVEL 1 /* measured on rows of leads and their history: three times as fast as 3, and no larger */
#define PASSPHRASE_OPERATIONS 3
#define PASSPHRASE_MEMORY (256 << 20)

struct archive_writer {
    archive_io *write;
    void *arg;
    struct errors *errors;
    bool encrypted;
    struct archive_keys keys;
    crypto_secretstream_xchacha20poly1305_state stream;
    struct archive_chain chain;
    ZSTD_CCtx *zstd;
    struct archive_room packed, sealed;
    int64_t written;
};

static bool no_memory(struct archive_writer *w) {
    return errors_add(w->errors, 500, "out_of_memory", NULL, "There is not enough memory to write the backup.");
}

static bool put(struct archive_writer *w, const void *bytes, size_t n) {
    const char *at = bytes;
    w->written += (int64_t)n;
    while (n) {
        int64_t done = w->write(w->arg, (void *)(uintptr_t)at, n);
        if (done <= 0) {
            bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
            return errors_add(w->errors, full ? 507 : 500, full ? "disk_full" : "cannot_write", NULL,
                              "The backup cannot be written: %s.", strerror(errno));
        }
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static void forget(void *arg) {
    struct archive_writer *w = arg;
    ZSTD_freeCCtx(w->zstd);
    free(w->packed.at);
    free(w->sealed.at);
    sodium_memzero(w, sizeof *w);
}

static void put_hex(struct buf *b, const char *name, const unsigned char *bytes, size_t n) {
    buf_printf(b, ",\"%s\":\"", name);
    buf_hex(b, (struct str){(const char *)bytes, n});
    buf_char(b, '"');
}

static void put_encryption(struct buf *b, const struct archive_writer *w, const struct archive_secret *secret,
                           const struct archive_cost *cost, const unsigned char *stream_header) {
    buf_lit(b, ",\"encryption\":");
    if (!w->encrypted) {
        buf_lit(b, "null}");
        return;
    }
    bool phrase = secret->kind == ARCHIVE_PASSPHRASE;
    buf_printf(b, "{\"by\":\"%s\"", phrase ? "passphrase" : "key file");
    if (phrase) {
        buf_printf(b, ",\"operations\":%lld,\"memory\":%lld", (long long)cost->operations, (long long)cost->memory);
        put_hex(b, "salt", cost->salt, sizeof cost->salt);
    }
    put_hex(b, "check", w->keys.check, sizeof w->keys.check);
    put_hex(b, "stream", stream_header, crypto_secretstream_xchacha20poly1305_HEADERBYTES);
    buf_lit(b, "}}");
}

static bool put_header(struct archive_writer *w, struct arena *arena, const struct archive_header *header,
                       const struct archive_secret *secret, const struct archive_cost *cost) {
    unsigned char stream_header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    struct buf b = buf_new(arena, 512), all = buf_new(arena, 1024);
    if (w->encrypted) crypto_secretstream_xchacha20poly1305_init_push(&w->stream, stream_header, w->keys.stream);
    buf_lit(&b, "{\"what\":");
    buf_json(&b, header->what);
    buf_lit(&b, ",\"program\":");
    buf_json(&b, header->program);
    buf_printf(&b, ",\"schema\":%lld,\"made_at\":\"", (long long)header->schema);
    buf_time(&b, header->made_at);
    buf_char(&b, '"');
    put_encryption(&b, w, secret, cost, stream_header);
    unsigned char numbers[8];
    archive_put32(numbers, ARCHIVE_FORMAT);
    archive_put32(numbers + 4, (uint32_t)b.len);
    buf_lit(&all, ARCHIVE_MAGIC);
    buf_add(&all, (struct str){(const char *)numbers, sizeof numbers});
    buf_add(&all, buf_str(&b));
    archive_chain_add(&w->chain, NULL, buf_str(&all));
    return put(w, all.ptr, all.len);
}

struct archive_writer *archive_create(struct arena *arena, archive_io *write, void *arg, const struct archive_header *header,
                                      const struct archive_secret *secret, struct errors *errors) {
    struct archive_writer *w = arena_alloc(arena, sizeof *w);
    struct archive_cost cost = {.operations = PASSPHRASE_OPERATIONS, .memory = PASSPHRASE_MEMORY};
    w->write = write;
    w->arg = arg;
    w->errors = errors;
    w->encrypted = secret->kind != ARCHIVE_UNLOCKED;
    w->zstd = ZSTD_createCCtx();
    arena_defer(arena, forget, w);
    if (!w->zstd || ZSTD_isError(ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_compressionLevel, LEVEL))) {
        no_memory(w);
        return NULL;
    }
    randombytes_buf(cost.salt, sizeof cost.salt);
    if (w->encrypted && !archive_keys_make(&w->keys, secret, &cost, errors)) return NULL;
    return put_header(w, arena, header, secret, &cost) ? w : NULL;
}

/* One message of the stream, tied to the chunk's head and all that came before it. */
static bool seal(struct archive_writer *w, const unsigned char head[ARCHIVE_HEAD], bool last, struct str *stored) {
    unsigned char tied[ARCHIVE_HASH + ARCHIVE_HEAD];
    unsigned char *out = archive_room(&w->sealed, stored->len + crypto_secretstream_xchacha20poly1305_ABYTES);
    unsigned long long n = 0;
    if (!out) return no_memory(w);
    memcpy(tied, w->chain.hash, ARCHIVE_HASH);
    memcpy(tied + ARCHIVE_HASH, head, ARCHIVE_HEAD);
    crypto_secretstream_xchacha20poly1305_push(&w->stream, out, &n, (const unsigned char *)stored->ptr, stored->len, tied,
                                               sizeof tied, last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
    *stored = (struct str){(const char *)out, (size_t)n};
    return true;
}

bool archive_write(struct archive_writer *w, enum archive_kind kind, struct str bytes) {
    unsigned char head[ARCHIVE_HEAD] = {(unsigned char)kind};
    if (bytes.len > ARCHIVE_CHUNK_MOST)
        return errors_add(w->errors, 500, "too_large", NULL, "A row of %zu bytes is too large for a backup.", bytes.len);
    size_t room = ZSTD_compressBound(bytes.len);
    unsigned char *packed = archive_room(&w->packed, room);
    if (!packed) return no_memory(w);
    size_t n = ZSTD_compress2(w->zstd, packed, room, bytes.ptr, bytes.len);
    if (ZSTD_isError(n)) return no_memory(w);
    struct str stored = {(const char *)packed, n};
    size_t more = w->encrypted ? crypto_secretstream_xchacha20poly1305_ABYTES : 0;
    archive_put32(head + 1, (uint32_t)bytes.len);
    archive_put32(head + 5, (uint32_t)(n + more));
    if (w->encrypted && !seal(w, head, kind == ARCHIVE_END, &stored)) return false;
    archive_chain_add(&w->chain, head, stored);
    return put(w, head, sizeof head) && put(w, stored.ptr, stored.len) && put(w, w->chain.hash, sizeof w->chain.hash);
}

int64_t archive_written(const struct archive_writer *w) {
    return w->written;
}

const unsigned char *archive_writer_inner_key(const struct archive_writer *w) {
    return w->encrypted ? w->keys.inner : NULL;
}
