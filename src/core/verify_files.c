/* verify_files.c - every stored file is there as it was uploaded, and nothing lies beside them (verify.h). */
#include <stdlib.h>

#include "core/file_store.h"
#include "core/verify_impl.h"

#define SHA_HEX 64
#define YOUNG_MS INT64_C(3600000) /* an upload stores its content before its record */

/* ---- the keys of a tenant's records, 16 bytes each, sorted ----------------------------------------------------------------- */

struct key {
    uint8_t bytes[16];
};
struct key_list {
    struct key *at;
    size_t count, cap;
};

static int hex_digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

/* The first half of the digest that a key ends with tells contents apart as well as all of it. */
static bool key_of(struct str storage_key, struct key *key) {
    if (storage_key.len < SHA_HEX) return false;
    const char *hex = storage_key.ptr + storage_key.len - SHA_HEX;
    for (int i = 0; i < 16; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        key->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static int key_order(const void *a, const void *b) { return memcmp(a, b, sizeof(struct key)); }

static bool key_add(struct key_list *list, struct str storage_key) {
    struct key key;
    if (!key_of(storage_key, &key)) return true;
    if (list->count == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 1024;
        struct key *wider = realloc(list->at, cap * sizeof *wider);
        if (!wider) return false;
        list->at = wider;
        list->cap = cap;
    }
    list->at[list->count++] = key;
    return true;
}

static bool key_known(const struct key_list *list, struct str storage_key) {
    struct key key;
    return key_of(storage_key, &key) && list->count && bsearch(&key, list->at, list->count, sizeof key, key_order);
}

/* ---- records --------------------------------------------------------------------------------------------------------------- */

static void check_file(struct verify *v, int64_t id, struct str key, struct str sha256, int64_t size) {
    struct str files = STR("files");
    struct file_stored stored;
    struct str own = str_printf(v->part.arena, "%lld/", (long long)v->part.tenant_id);
    v->result->files++;
    if (!str_starts(key, own)) {
        verify_found(v, files, id, STR("storage_key"), "It does not lie in its company's folder.");
        return;
    }
    if (!file_stored_look(v->part.arena, v->options->files_dir, key, &stored)) {
        verify_found(v, files, id, STR("storage_key"), "Its content is not in the file store.");
        return;
    }
    if (stored.size != size)
        verify_found(v, files, id, STR("file_size"), "Its content has %lld bytes, not %lld.", (long long)stored.size,
                     (long long)size);
    if (!str_eq(stored.sha256, sha256) || !str_ends(key, stored.sha256))
        verify_found(v, files, id, STR("sha256"), "Its content is not what was uploaded.");
}

static bool check_records(struct verify *v, struct key_list *keys) {
    int64_t last = 0;
    int count;
    do {
        struct db_stmt *s = sql_query(&v->part,
                                      "SELECT id, storage_key, sha256, file_size FROM files WHERE tenant_id = :tenant AND "
                                      "id > :last AND storage_key IS NOT NULL ORDER BY id LIMIT :most",
                                      ARGS({":last", value_int(last)}, {":most", value_int(VERIFY_CHUNK)}));
        for (count = 0; s && verify_step(v, s); count++) {
            last = db_int(s, 0);
            check_file(v, last, db_text(s, 1), db_text(s, 2), db_int(s, 3));
            if (!key_add(keys, db_text(s, 1)))
                errors_add(&v->part.errors, 500, "out_of_memory", NULL, "There is no memory for the list of files.");
        }
        db_reset(s);
        if (count) verify_progress(v, "stored files", v->result->files);
        if (!verify_chunk_end(v)) return false;
    } while (count == VERIFY_CHUNK);
    return true;
}

/* ---- the store ------------------------------------------------------------------------------------------------------------- */

struct stray {
    struct verify *v;
    const struct key_list *keys;
};

static bool check_stray(void *arg, const struct file_found *found) {
    const struct stray *stray = arg;
    struct verify *v = stray->v;
    if (key_known(stray->keys, found->key) || found->changed > v->part.now - YOUNG_MS) return true;
    verify_found(v, STR("file store"), 0, STR(""), "No record speaks of %.*s.", STR_ARG(found->key));
    arena_reset(v->part.arena);
    v->part.custom = NULL;
    return true;
}

static bool unreadable(struct verify *v) {
    return errors_add(&v->ctx->errors, 500, "files", NULL, "The file store %s cannot be read.", v->options->files_dir);
}

bool verify_files(struct verify *v) {
    struct key_list keys = {0};
    bool ok = check_records(v, &keys);
    if (keys.count) qsort(keys.at, keys.count, sizeof *keys.at, key_order);
    struct stray stray = {v, &keys};
    if (ok) ok = file_store_each(v->options->files_dir, v->part.tenant_id, check_stray, &stray) || unreadable(v);
    free(keys.at);
    return ok;
}

static bool check_tenant_folder(void *arg, int64_t tenant_id) {
    struct verify *v = arg;
    bool known = sql_int(&v->part, "SELECT count(*) FROM tenants WHERE id = :id", ARGS({":id", value_int(tenant_id)})) > 0;
    if (!known && !v->part.errors.count)
        verify_found(v, STR("file store"), tenant_id, STR(""), "A folder of files is of no company account.");
    return verify_chunk_end(v);
}

bool verify_file_strays(struct verify *v) {
    if (v->options->tenant_id) return true;
    bool ok = file_store_tenants(v->options->files_dir, check_tenant_folder, v);
    return v->ctx->errors.count == 0 && (ok || unreadable(v));
}
