/* backup_read.c - what an archive holds, told piece by piece and checked to its end (backup.h). It may be anything. */
#include <sodium.h>

#include "base/json.h"
#include "core/backup_impl.h"

#define READ_MEMORY (256u << 20)
#define TABLES_MOST 1000

struct reading {
    struct archive_reader *archive;
    const struct backup_sink *sink;
    struct errors *errors;
    struct backup_counts *counts;
    struct arena *arena;   /* all of the reading */
    struct arena *scratch; /* one chunk */
    struct backup_table table;
    struct str *expected_names;
    int64_t *expected, *seen; /* rows by table */
    int tables;
    int current;           /* index of the table whose rows come; -1 for late ones */
    bool in_table, in_file, informed, ended;
    crypto_hash_sha256_state sha;
    struct str file_key;
    int64_t file_left;
};

static bool damaged(struct reading *r, const char *how) {
    return errors_add(r->errors, 422, "backup_damaged", NULL, "The backup is damaged: %s.", how);
}

static const struct json *object(struct reading *r, struct arena *arena, struct str text) {
    struct errors faults = {.arena = arena};
    const struct json *json = json_parse(arena, text, &faults);
    if (json_type(json) == JSON_T_OBJECT) return json;
    damaged(r, "a description in it is not readable");
    return NULL;
}

/* A name of ours, which may stand in SQL as it is. */
static bool name_sound(struct str name) {
    bool sound = name.len > 0 && name.len < 64 && name.ptr[0] >= 'a' && name.ptr[0] <= 'z';
    for (size_t i = 1; sound && i < name.len; i++) {
        char c = name.ptr[i];
        sound = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    }
    return sound;
}

/* ---- what should be there -------------------------------------------------------------------------------------------------- */

static bool take_tenants(struct reading *r, const struct json *list) {
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *item = json_at(list, i);
        struct backup_tenant tenant = {.id = json_int(json_get(item, STR("id"))),
                                       .name = json_text(json_get(item, STR("name"))),
                                       .slug = json_text(json_get(item, STR("slug"))),
                                       .domain = json_text(json_get(item, STR("domain")))};
        r->counts->tenants++;
        if (r->sink->tenant && !r->sink->tenant(r->sink->arg, &tenant)) return false;
    }
    return true;
}

static bool take_info(struct reading *r, struct str text) {
    const struct json *json = object(r, r->arena, text), *count;
    if (!json) return false;
    if (r->informed) return damaged(r, "it is described twice");
    r->informed = true;
    const struct json *tables = json_get(json, STR("tables"));
    r->expected_names = arena_array(r->arena, struct str, TABLES_MOST);
    r->expected = arena_array(r->arena, int64_t, TABLES_MOST);
    r->seen = arena_array(r->arena, int64_t, TABLES_MOST);
    void *it = NULL;
    struct str name;
    while (json_type(tables) == JSON_T_OBJECT && json_next(tables, &it, &name, &count)) {
        if (r->tables == TABLES_MOST || !name_sound(name)) return damaged(r, "its list of tables is not sound");
        r->expected_names[r->tables] = name;
        r->expected[r->tables++] = json_int(count);
    }
    return take_tenants(r, json_get(json, STR("tenants")));
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

static bool take_table(struct reading *r, struct str text) {
    const struct json *json = object(r, r->arena, text);
    if (!json) return false;
    const struct json *columns = json_get(json, STR("columns"));
    r->table = (struct backup_table){.name = json_text(json_get(json, STR("table"))),
                                     .late = json_bool(json_get(json, STR("late")))};
    bool sound = name_sound(r->table.name) && json_count(columns) > 0 && json_count(columns) <= ENTITY_MAX_FIELDS;
    for (size_t i = 0; sound && i < json_count(columns); i++) {
        r->table.columns[r->table.count] = json_text(json_at(columns, i));
        sound = name_sound(r->table.columns[r->table.count++]);
    }
    if (!sound) return damaged(r, "a table's description is not sound");
    r->current = -1;
    for (int i = 0; i < r->tables; i++)
        if (str_eq(r->expected_names[i], r->table.name)) r->current = i;
    if (r->current < 0) return damaged(r, "a table is not in its list");
    r->in_table = true;
    return !r->sink->table || r->sink->table(r->sink->arg, &r->table);
}

static bool take_rows(struct reading *r, struct str bytes) {
    struct value values[ENTITY_MAX_FIELDS];
    if (!r->in_table) return damaged(r, "rows are of no table");
    while (bytes.len) {
        for (int i = 0; i < r->table.count; i++)
            if (!archive_get_value(&bytes, &values[i])) return damaged(r, "a row in it is not whole");
        if (!r->table.late) {
            r->seen[r->current]++;
            r->counts->rows++;
        }
        if (r->sink->row && !r->sink->row(r->sink->arg, &r->table, values)) return false;
    }
    if (r->sink->progress) r->sink->progress(r->sink->arg, "records", r->counts->rows);
    return !r->sink->rows_end || r->sink->rows_end(r->sink->arg, &r->table);
}

/* ---- stored files ---------------------------------------------------------------------------------------------------------- */

static bool end_file(struct reading *r) {
    if (!r->in_file || r->file_left) return true;
    unsigned char hash[crypto_hash_sha256_BYTES];
    char hex[2 * sizeof hash + 1];
    crypto_hash_sha256_final(&r->sha, hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    r->in_file = false;
    if (!str_ends(r->file_key, str_of(hex))) return damaged(r, "a stored file is not what its name says");
    if (r->sink->progress) r->sink->progress(r->sink->arg, "stored files", r->counts->files);
    return !r->sink->file_end || r->sink->file_end(r->sink->arg);
}

static bool take_file(struct reading *r, struct str text) {
    const struct json *json = object(r, r->scratch, text);
    if (!json) return false;
    struct str key = json_text(json_get(json, STR("key")));
    int64_t size = json_int(json_get(json, STR("size")));
    if (!backup_key_sound(key) || size < 0) return damaged(r, "a stored file's description is not sound");
    r->file_key = str_dup(r->scratch, key);
    r->file_left = size;
    r->in_table = false;
    r->in_file = true;
    r->counts->files++;
    r->counts->bytes += size;
    crypto_hash_sha256_init(&r->sha);
    return (!r->sink->file || r->sink->file(r->sink->arg, key, size)) && end_file(r);
}

static bool take_data(struct reading *r, struct str bytes) {
    if (!r->in_file || (int64_t)bytes.len > r->file_left) return damaged(r, "content is of no stored file");
    crypto_hash_sha256_update(&r->sha, (const unsigned char *)bytes.ptr, bytes.len);
    r->file_left -= (int64_t)bytes.len;
    return (!r->sink->data || r->sink->data(r->sink->arg, bytes)) && end_file(r);
}

/* ---- all of it ------------------------------------------------------------------------------------------------------------- */

static bool take_end(struct reading *r, struct str text) {
    const struct json *json = object(r, r->scratch, text);
    if (!json) return false;
    for (int i = 0; i < r->tables; i++)
        if (r->seen[i] != r->expected[i])
            return errors_add(r->errors, 422, "backup_damaged", NULL,
                              "The backup is damaged: %.*s has %lld rows in it, not %lld.", STR_ARG(r->expected_names[i]),
                              (long long)r->seen[i], (long long)r->expected[i]);
    if (json_int(json_get(json, STR("rows"))) != r->counts->rows || json_int(json_get(json, STR("files"))) != r->counts->files)
        return damaged(r, "its counts are not those of what it holds");
    r->ended = true;
    return true;
}

static bool take(struct reading *r, enum archive_kind kind, struct str bytes) {
    if (r->in_file && kind != ARCHIVE_DATA) return damaged(r, "a stored file in it is not whole");
    if (!r->informed && kind != ARCHIVE_INFO) return damaged(r, "it does not begin with what it holds");
    switch (kind) {
    case ARCHIVE_INFO:
        return take_info(r, bytes);
    case ARCHIVE_TABLE:
        return take_table(r, bytes);
    case ARCHIVE_ROWS:
        return take_rows(r, bytes);
    case ARCHIVE_FILE:
        arena_reset(r->scratch);
        return take_file(r, bytes);
    case ARCHIVE_DATA:
        return take_data(r, bytes);
    case ARCHIVE_END:
        return take_end(r, bytes);
    }
    return false;
}

bool backup_read(struct archive_reader *archive, const struct backup_sink *sink, struct errors *errors,
                 struct backup_counts *counts) {
    *counts = (struct backup_counts){0};
    struct reading r = {.archive = archive, .sink = sink, .errors = errors, .counts = counts};
    r.arena = arena_new(READ_MEMORY);
    r.scratch = arena_new(READ_MEMORY);
    archive_tell(archive, errors);
    enum archive_kind kind;
    struct str bytes;
    volatile bool ok = true;
    jmp_buf edge;
    arena_catch(r.arena, &edge);
    arena_catch(r.scratch, &edge);
    if (setjmp(edge) == 0)
        while (ok && archive_read(archive, &kind, &bytes)) ok = take(&r, kind, bytes);
    else
        ok = damaged(&r, "a description in it is larger than any should be");
    if (ok && errors->count == 0 && !r.ended) ok = damaged(&r, "it has no end");
    arena_free(r.scratch);
    arena_free(r.arena);
    return ok && errors->count == 0;
}
