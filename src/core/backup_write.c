/* backup_write.c - all tenants, or one, into an archive (backup.h). */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup_impl.h"
#include "core/file_store.h"
#include "core/registry.h"
#include "core/row_walk.h"
#include "core/vault.h"

#define BACKUP_MEMORY (256u << 20) /* for what is on its way */
#define FILES_CHUNK 5000

struct backup {
    struct ctx *ctx; /* the caller's, for errors and what lasts */
    struct ctx part; /* its arena ends with each chunk */
    struct archive_writer *archive;
    const struct backup_options *options;
    struct backup_counts *counts;
    struct backup_plan *plans;
    int plan_count;
    struct buf rows; /* in the caller's arena: one chunk that is filled again and again */
};

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

/* Processes that write to this database do not write to the next. A tenant's sessions stay where they were begun, and of what
 * belongs to no tenant only itself and its plan go with it. */
static bool left_out(const struct backup *b, const struct entity *entity) {
    if (!b->options->tenant_id) return str_eqc(entity->name, "nodes");
    if (entity->tenant_id >= 0) return str_eqc(entity->name, "sessions");
    return !str_eqc(entity->name, "tenants") && !str_eqc(entity->name, "plans");
}

static struct row_walk walk_of(const struct backup *b, const struct entity *entity) {
    return (struct row_walk){.entity = entity, .tenant_id = b->options->tenant_id};
}

/* Ends what a chunk needed; false where something failed. */
static bool chunk_end(struct backup *b) {
    if (b->part.errors.count) {
        const struct error *e = b->part.errors.first;
        errors_add(&b->ctx->errors, e->status, e->code, NULL, "%.*s", STR_ARG(e->message));
    }
    errors_clear(&b->part.errors);
    arena_reset(b->part.arena);
    return b->ctx->errors.count == 0;
}

static bool flush(struct backup *b, size_t most) {
    if (b->rows.len <= most) return true;
    bool ok = archive_write(b->archive, ARCHIVE_ROWS, buf_str(&b->rows));
    b->rows.len = 0;
    if (b->options->progress) b->options->progress(b->options->arg, "records", b->counts->rows);
    return ok;
}

/* A tenant's key leaves under the archive's own key instead of the master key. */
static bool rewrap(struct backup *b, struct db_stmt *s, const struct field *f, struct value *value) {
    if (str_eqc(f->name, "master_id")) *value = value_text(STR("archive"));
    if (!str_eqc(f->name, "wrapped_key")) return true;
    const unsigned char *inner = archive_writer_inner_key(b->archive);
    if (!inner)
        return errors_add(&b->part.errors, 422, "key_needed", NULL,
                          "This company has sealed secrets. Encrypt its export: --key-file or --passphrase-file.");
    *value = value_text(vault_rewrap(b->part.arena, db_int(s, 1), db_int(s, 0), value->text, NULL, inner));
    return value->text.len > 0 || errors_add(&b->part.errors, 422, "vault_locked", NULL,
                                             "The company's sealed secrets do not open with the server's key file.");
}

static bool put_row(struct backup *b, const struct row_walk *walk, const struct backup_plan *plan, struct db_stmt *s) {
    bool keys = b->options->tenant_id && str_eqc(walk->entity->name, "vault_keys");
    int column = 0;
    for (int i = 0; i < walk->entity->field_count; i++) {
        const struct field *f = &walk->entity->fields[i];
        if (!row_walk_has(walk, f)) continue;
        struct value value = db_value(s, column++);
        if (!walk->fields && field_set_has(&plan->late, i)) value = VALUE_NONE;
        if (keys && !rewrap(b, s, f, &value)) return false;
        archive_put_value(&b->rows, value);
    }
    return true;
}

static bool put_table(struct backup *b, const struct row_walk *walk) {
    struct buf json = buf_new(b->part.arena, 1024);
    buf_lit(&json, "{\"table\":");
    buf_json(&json, walk->entity->name);
    buf_cstr(&json, walk->fields ? ",\"late\":true,\"columns\":" : ",\"columns\":");
    char separator = '[';
    for (int i = 0; i < walk->entity->field_count; i++) {
        if (!row_walk_has(walk, &walk->entity->fields[i])) continue;
        buf_char(&json, separator);
        buf_json(&json, walk->entity->fields[i].name);
        separator = ',';
    }
    buf_lit(&json, "]}");
    return archive_write(b->archive, ARCHIVE_TABLE, buf_str(&json));
}

static bool put_rows(struct backup *b, const struct backup_plan *plan, bool late) {
    struct row_walk walk = walk_of(b, plan->entity);
    struct db_stmt *s;
    if (late) walk.fields = &plan->late;
    bool ok = put_table(b, &walk);
    while (ok && (s = row_walk_chunk(&walk, &b->part)) != NULL) {
        while (ok && row_walk_next(&walk, &b->part, s)) {
            ok = put_row(b, &walk, plan, s) && flush(b, ARCHIVE_CHUNK);
            b->counts->rows += !late;
        }
        db_reset(s);
        ok = chunk_end(b) && ok;
    }
    return chunk_end(b) && ok && flush(b, 0);
}

/* ---- what there is --------------------------------------------------------------------------------------------------------- */

static bool plan_tables(struct backup *b) {
    b->plans = arena_array(b->ctx->arena, struct backup_plan, (size_t)registry_count());
    for (int e = 0; e < registry_count(); e++) {
        struct row_walk walk = walk_of(b, registry_at(e));
        if (left_out(b, walk.entity)) continue;
        b->plans[b->plan_count++] =
            (struct backup_plan){.entity = walk.entity, .rows = row_walk_count(&walk, &b->part)};
    }
    if (!chunk_end(b)) return false;
    if (backup_order(b->plans, b->plan_count)) return true;
    return errors_add(&b->ctx->errors, 500, "declaration", NULL, "Required references of the entities run in a circle.");
}

static void put_tenants(struct backup *b, struct buf *json) {
    struct db_stmt *s = sql_query(&b->part,
                                  "SELECT id, name, slug, domain FROM tenants WHERE :only = 0 OR id = :only ORDER BY id",
                                  ARGS({":only", value_int(b->options->tenant_id)}));
    enum db_result r = DB_DONE;
    char separator = '[';
    while (s && (r = db_step(s)) == DB_ROW) {
        buf_printf(json, "%c{\"id\":%lld,\"name\":", separator, (long long)db_int(s, 0));
        buf_json(json, db_text(s, 1));
        buf_lit(json, ",\"slug\":");
        buf_json(json, db_text(s, 2));
        buf_lit(json, ",\"domain\":");
        buf_json(json, db_text(s, 3));
        buf_char(json, '}');
        separator = ',';
        b->counts->tenants++;
    }
    if (r != DB_DONE) db_fail(b->part.conn, r, &b->part.errors);
    db_reset(s);
    buf_cstr(json, separator == '[' ? "[]" : "]");
}

static bool put_info(struct backup *b) {
    struct buf json = buf_new(b->part.arena, 4096);
    buf_lit(&json, "{\"tenants\":");
    put_tenants(b, &json);
    char separator = '{';
    buf_lit(&json, ",\"tables\":");
    for (int i = 0; i < b->plan_count; i++) {
        buf_char(&json, separator);
        buf_json(&json, b->plans[i].entity->name);
        buf_printf(&json, ":%lld", (long long)b->plans[i].rows);
        separator = ',';
    }
    buf_lit(&json, "}}");
    bool ok = archive_write(b->archive, ARCHIVE_INFO, buf_str(&json));
    return chunk_end(b) && ok;
}

static bool put_end(struct backup *b) {
    struct str json = str_printf(b->part.arena, "{\"rows\":%lld,\"files\":%lld,\"bytes\":%lld}", (long long)b->counts->rows,
                                 (long long)b->counts->files, (long long)b->counts->bytes);
    return archive_write(b->archive, ARCHIVE_END, json);
}

/* ---- stored files ---------------------------------------------------------------------------------------------------------- */

static bool put_content(struct backup *b, int fd, int64_t size) {
    char *block = arena_raw(b->part.arena, ARCHIVE_CHUNK);
    int64_t done = 0;
    while (done < size) {
        ssize_t n = read(fd, block, ARCHIVE_CHUNK);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0 || done + n > size)
            return errors_add(&b->part.errors, 500, "files", NULL, "A stored file changed while it was read.");
        if (!archive_write(b->archive, ARCHIVE_DATA, (struct str){block, (size_t)n})) return false;
        done += n;
    }
    return true;
}

/* Read once to see that it is what its name says, then copied. */
static bool put_file(struct backup *b, struct str key) {
    struct file_stored stored;
    bool sound = backup_key_sound(key) && file_stored_look(b->part.arena, b->options->files_dir, key, &stored) &&
                 str_ends(key, stored.sha256);
    const char *path = sound ? file_stored_path(b->part.arena, b->options->files_dir, key) : NULL;
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0) {
        if (b->options->missing) b->options->missing(b->options->arg, key);
        return true;
    }
    struct buf json = buf_new(b->part.arena, 256);
    buf_lit(&json, "{\"key\":");
    buf_json(&json, key);
    buf_printf(&json, ",\"size\":%lld}", (long long)stored.size);
    bool ok = archive_write(b->archive, ARCHIVE_FILE, buf_str(&json)) && put_content(b, fd, stored.size);
    close(fd);
    b->counts->files++;
    b->counts->bytes += stored.size;
    return ok;
}

/* The same content twice is one key. */
static struct db_stmt *keys_after(struct backup *b, struct str last) {
    /* lint: no tenant: a backup holds all of them */
    return sql_query(&b->part,
                     "SELECT storage_key FROM files WHERE (:only = 0 OR tenant_id = :only) AND "
                     "storage_key > :last GROUP BY storage_key ORDER BY storage_key LIMIT :most",
                     ARGS({":only", value_int(b->options->tenant_id)}, {":last", value_text(last)},
                          {":most", value_int(FILES_CHUNK)}));
}

static bool put_files(struct backup *b) {
    char last[512] = "";
    int count;
    bool ok = true;
    do {
        struct arena *arena = arena_new(BACKUP_MEMORY);
        struct str *keys = arena_array(arena, struct str, FILES_CHUNK);
        struct db_stmt *s = keys_after(b, str_of(last));
        enum db_result r = DB_DONE;
        for (count = 0; s && (r = db_step(s)) == DB_ROW; count++) keys[count] = str_dup(arena, db_text(s, 0));
        if (r != DB_DONE) db_fail(b->part.conn, r, &b->part.errors);
        db_reset(s);
        for (int i = 0; ok && i < count; i++) {
            ok = put_file(b, keys[i]);
            ok = chunk_end(b) && ok;
            if (b->options->progress) b->options->progress(b->options->arg, "stored files", b->counts->files);
        }
        if (count) snprintf(last, sizeof last, "%.*s", STR_ARG(keys[count - 1]));
        arena_free(arena);
        ok = chunk_end(b) && ok;
    } while (ok && count == FILES_CHUNK);
    return ok;
}

/* ---- all of it ------------------------------------------------------------------------------------------------------------- */

static bool write_all(struct backup *b) {
    if (!plan_tables(b) || !put_info(b)) return false;
    for (int i = 0; i < b->plan_count; i++)
        if (!put_rows(b, &b->plans[i], false)) return false;
    for (int i = 0; i < b->plan_count; i++)
        if (b->plans[i].has_late && !put_rows(b, &b->plans[i], true)) return false;
    return (!b->options->files_dir || put_files(b)) && put_end(b);
}

bool backup_write(struct ctx *ctx, struct archive_writer *archive, const struct backup_options *options,
                  struct backup_counts *counts) {
    *counts = (struct backup_counts){0};
    struct backup b = {.ctx = ctx, .part = *ctx, .archive = archive, .options = options, .counts = counts};
    b.rows = buf_new(ctx->arena, 2 * ARCHIVE_CHUNK);
    b.part.arena = arena_new(BACKUP_MEMORY);
    b.part.errors = (struct errors){.arena = b.part.arena};
    volatile bool ok = false;
    jmp_buf edge;
    arena_catch(b.part.arena, &edge);
    if (setjmp(edge) == 0) {
        bool snapshot = db_read_begin(ctx->conn);
        ok = snapshot ? write_all(&b) : db_fail(ctx->conn, DB_BUSY, &ctx->errors);
        if (snapshot) db_read_end(ctx->conn);
    } else {
        db_reset_all(ctx->conn);
        errors_add(&ctx->errors, 500, "out_of_memory", NULL, "There is not enough memory for a part of the backup.");
    }
    arena_catch(b.part.arena, NULL);
    arena_free(b.part.arena);
    return ok && ctx->errors.count == 0;
}
