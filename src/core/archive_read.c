/* archive_read.c - reading an archive, which may be anything (archive.h). */
#include <stdlib.h>
#include <zstd.h>

#include "base/json.h"
#include "base/timefmt.h"
#include "core/archive_impl.h"

/* What a header may ask for at most before it is trusted. */
#define OPERATIONS_MOST 20
#define MEMORY_MOST (INT64_C(1) << 30)

struct archive_reader {
    archive_io *read;
    void *arg;
    struct errors *errors;
    struct archive_header header;
    struct archive_keys keys;
    crypto_secretstream_xchacha20poly1305_state stream;
    struct archive_chain chain;
    ZSTD_DCtx *zstd;
    struct archive_room stored, packed, plain;
    int64_t chunks;
    bool ended;
};

static bool damaged(struct archive_reader *r, const char *how) {
    return errors_add(r->errors, 422, "backup_damaged", NULL, "The backup is damaged: %s. Nothing of it can be relied on.", how);
}

static bool cut_short(struct archive_reader *r) {
    return errors_add(r->errors, 422, "backup_truncated", NULL,
                      "The backup ends before its end: it was not written or copied whole.");
}

/* Exactly n bytes. */
static bool get(struct archive_reader *r, void *bytes, size_t n) {
    char *at = bytes;
    while (n) {
        int64_t got = r->read(r->arg, at, n);
        if (got < 0) return errors_add(r->errors, 500, "cannot_read", NULL, "The backup cannot be read.");
        if (got == 0) return cut_short(r);
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static void forget(void *arg) {
    struct archive_reader *r = arg;
    ZSTD_freeDCtx(r->zstd);
    free(r->stored.at);
    free(r->packed.at);
    free(r->plain.at);
    sodium_memzero(r, sizeof *r);
}

/* ---- the header ------------------------------------------------------------------------------------------------------------ */

static bool get_hex(const struct json *object, struct str name, unsigned char *bytes, size_t n) {
    struct str hex = json_text(json_get(object, name));
    size_t got = 0;
    return hex.len == 2 * n && sodium_hex2bin(bytes, n, hex.ptr, hex.len, NULL, &got, NULL) == 0 && got == n;
}

static bool unlock(struct archive_reader *r, const struct json *how, const struct archive_secret *secret) {
    unsigned char check[sizeof r->keys.check], stream_header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
    struct str by = json_text(json_get(how, STR("by")));
    bool phrase = str_eqc(by, "passphrase");
    struct archive_cost cost = {.operations = json_int(json_get(how, STR("operations"))),
                                .memory = json_int(json_get(how, STR("memory")))};
    bool known = phrase ? get_hex(how, STR("salt"), cost.salt, sizeof cost.salt) : str_eqc(by, "key file");
    if (!known || !get_hex(how, STR("check"), check, sizeof check) ||
        !get_hex(how, STR("stream"), stream_header, sizeof stream_header))
        return damaged(r, "its header does not say how it is encrypted");
    if (secret->kind != (phrase ? ARCHIVE_PASSPHRASE : ARCHIVE_KEY_FILE))
        return errors_add(r->errors, 422, "key_needed", NULL, "The backup is encrypted: give its %s.",
                          phrase ? "passphrase by --passphrase-file" : "key file by --key-file");
    if (phrase && (cost.operations < 1 || cost.operations > OPERATIONS_MOST || cost.memory < 8192 || cost.memory > MEMORY_MOST))
        return damaged(r, "its header asks for too much to make the key");
    if (!archive_keys_make(&r->keys, secret, &cost, r->errors)) return false;
    if (sodium_memcmp(check, r->keys.check, sizeof check) != 0)
        return errors_add(r->errors, 422, "wrong_key", NULL, "This is not the %.*s that the backup was encrypted with.",
                          STR_ARG(by));
    if (crypto_secretstream_xchacha20poly1305_init_pull(&r->stream, stream_header, r->keys.stream) != 0)
        return damaged(r, "its header does not say how it is encrypted");
    return true;
}

static bool take_header(struct archive_reader *r, struct arena *arena, struct str text, const struct archive_secret *secret) {
    struct errors faults = {.arena = arena};
    const struct json *json = json_parse(arena, text, &faults);
    struct archive_header *h = &r->header;
    if (json_type(json) != JSON_T_OBJECT) return damaged(r, "its header is not readable");
    h->what = json_text(json_get(json, STR("what")));
    h->program = json_text(json_get(json, STR("program")));
    h->schema = json_int(json_get(json, STR("schema")));
    bool sound = time_parse(json_text(json_get(json, STR("made_at"))), &h->made_at) && h->schema > 0 && h->schema < 1000000;
    if (!sound || (!str_eqc(h->what, "backup") && !str_eqc(h->what, "tenant"))) return damaged(r, "its header is not readable");
    const struct json *how = json_get(json, STR("encryption"));
    h->encrypted = json_type(how) == JSON_T_OBJECT;
    if (!h->encrypted && json_type(how) != JSON_T_NULL) return damaged(r, "its header does not say how it is encrypted");
    return !h->encrypted || unlock(r, how, secret);
}

static bool get_header(struct archive_reader *r, struct arena *arena, const struct archive_secret *secret) {
    unsigned char start[sizeof ARCHIVE_MAGIC - 1 + 8];
    size_t magic = sizeof ARCHIVE_MAGIC - 1;
    if (!get(r, start, sizeof start) || memcmp(start, ARCHIVE_MAGIC, magic) != 0) {
        errors_clear(r->errors);
        return errors_add(r->errors, 422, "not_a_backup", NULL, "This is not a backup made by Tenon.");
    }
    uint32_t format = archive_get32(start + magic), length = archive_get32(start + magic + 4);
    if (format > ARCHIVE_FORMAT)
        return errors_add(r->errors, 422, "backup_newer", NULL,
                          "The backup was made by a newer version of Tenon (its format is %u, this one knows %d).", format,
                          ARCHIVE_FORMAT);
    if (format == 0 || length > ARCHIVE_HEADER_MOST) return damaged(r, "its header is not readable");
    char *text = arena_alloc(arena, sizeof start + length);
    memcpy(text, start, sizeof start);
    if (!get(r, text + sizeof start, length)) return false;
    archive_chain_add(&r->chain, NULL, (struct str){text, sizeof start + length});
    return take_header(r, arena, (struct str){text + sizeof start, length}, secret);
}

struct archive_reader *archive_open(struct arena *arena, archive_io *read, void *arg, const struct archive_secret *secret,
                                    struct errors *errors) {
    struct archive_reader *r = arena_alloc(arena, sizeof *r);
    r->read = read;
    r->arg = arg;
    r->errors = errors;
    r->zstd = ZSTD_createDCtx();
    arena_defer(arena, forget, r);
    if (!r->zstd) {
        errors_add(errors, 500, "out_of_memory", NULL, "There is not enough memory to read the backup.");
        return NULL;
    }
    return get_header(r, arena, secret) ? r : NULL;
}

const struct archive_header *archive_header(const struct archive_reader *r) {
    return &r->header;
}

void archive_tell(struct archive_reader *r, struct errors *errors) {
    r->errors = errors;
}

const unsigned char *archive_inner_key(const struct archive_reader *r) {
    return r->header.encrypted ? r->keys.inner : NULL;
}

/* ---- chunks ---------------------------------------------------------------------------------------------------------------- */

static bool no_memory(struct archive_reader *r) {
    return errors_add(r->errors, 500, "out_of_memory", NULL, "There is not enough memory to read the backup.");
}

static bool open_sealed(struct archive_reader *r, const struct archive_chain *before, const unsigned char head[ARCHIVE_HEAD],
                        struct str *stored) {
    unsigned char tied[ARCHIVE_HASH + ARCHIVE_HEAD], tag = 0;
    unsigned long long n = 0;
    if (stored->len < crypto_secretstream_xchacha20poly1305_ABYTES) return damaged(r, "a part of it is too short");
    unsigned char *out = archive_room(&r->packed, stored->len);
    if (!out) return no_memory(r);
    memcpy(tied, before->hash, ARCHIVE_HASH);
    memcpy(tied + ARCHIVE_HASH, head, ARCHIVE_HEAD);
    if (crypto_secretstream_xchacha20poly1305_pull(&r->stream, out, &n, &tag, (const unsigned char *)stored->ptr, stored->len,
                                                   tied, sizeof tied) != 0 ||
        (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != (head[0] == ARCHIVE_END))
        return damaged(r, "a part of it is not what was encrypted");
    *stored = (struct str){(const char *)out, (size_t)n};
    return true;
}

static bool unpack(struct archive_reader *r, struct str stored, uint32_t length, struct str *bytes) {
    unsigned char *plain = archive_room(&r->plain, length);
    if (!plain) return no_memory(r);
    size_t n = ZSTD_decompressDCtx(r->zstd, plain, length, stored.ptr, stored.len);
    if (ZSTD_isError(n) || n != length) return damaged(r, "a part of it cannot be unpacked");
    *bytes = (struct str){(const char *)plain, n};
    return true;
}

/* Nothing may follow the end. */
static bool check_end(struct archive_reader *r) {
    char more;
    int64_t got = r->read(r->arg, &more, 1);
    r->ended = true;
    return got == 0 || damaged(r, "something follows its end");
}

bool archive_read(struct archive_reader *r, enum archive_kind *kind, struct str *bytes) {
    unsigned char head[ARCHIVE_HEAD], hash[ARCHIVE_HASH];
    if (r->ended || r->errors->count || !get(r, head, sizeof head)) return false;
    uint32_t length = archive_get32(head + 1), n = archive_get32(head + 5);
    bool known = head[0] && strchr("ITRFDE", head[0]);
    if (!known || length > ARCHIVE_CHUNK_MOST || n > ZSTD_COMPRESSBOUND((size_t)ARCHIVE_CHUNK_MOST) + 64)
        return damaged(r, "a part of it has no sound beginning");
    // What is claimed to follow is only believed as it arrives.
    size_t room = 0;
    for (size_t have = 0; have < n; have = room) {
        room = have + ARCHIVE_CHUNK < n ? have + ARCHIVE_CHUNK : n;
        unsigned char *at = archive_room(&r->stored, room);
        if (!at) return no_memory(r);
        if (!get(r, at + have, room - have)) return false;
    }
    struct str stored = {(const char *)archive_room(&r->stored, n), n};
    if (!stored.ptr) return no_memory(r);
    struct archive_chain before = r->chain;
    if (!get(r, hash, sizeof hash)) return false;
    archive_chain_add(&r->chain, head, stored);
    if (sodium_memcmp(hash, r->chain.hash, sizeof hash) != 0) return damaged(r, "its checksum is not that of what it holds");
    if (r->header.encrypted && !open_sealed(r, &before, head, &stored)) return false;
    if (!unpack(r, stored, length, bytes)) return false;
    *kind = (enum archive_kind)head[0];
    return *kind != ARCHIVE_END || check_end(r);
}
