/* restore.c - a backup's rows into tables, and its files into a file store (backup.h). */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup_impl.h"
#include "core/query_sql.h"
#include "core/registry.h"
#include "core/vault.h"

#define RESTORE_MEMORY (256u << 20)
#define PARAMS_MOST 2000 /* of one statement */
#define BATCH_MOST 100   /* rows of one statement */

/* Columns whose values this program decides, by index; -1 where the table has none. */
struct restore_columns {
    int id, tenant_id, name, slug, domain, plan_id, wrapped_key, master_id;
};

struct restore {
    struct ctx *ctx;
    struct ctx part; /* its arena ends with each chunk of rows */
    struct archive_reader *archive;
    const struct restore_options *options;
    int64_t tenant_id;
    struct arena *table_arena; /* statements of the table whose rows come */
    struct str insert_many, insert_one, update;
    int batch; /* rows of insert_many */
    struct restore_columns columns;
    bool skip; /* this table's rows */
    struct value *pending; /* of insert_many */
    int pending_rows;
    int fd; /* of the file that is written */
    const char *path;
};

/* Errors of the part are the caller's; returns false. */
static bool failed(struct restore *r) {
    for (const struct error *e = r->part.errors.first; e; e = e->next)
        errors_add(&r->ctx->errors, e->status, e->code, NULL, "%.*s", STR_ARG(e->message));
    errors_clear(&r->part.errors);
    return false;
}

/* ---- statements ------------------------------------------------------------------------------------------------------------ */

static struct str insert_sql(struct restore *r, const struct backup_table *table, int rows) {
    struct buf b = buf_new(r->table_arena, 1024);
    buf_lit(&b, "INSERT INTO ");
    buf_add(&b, table->name);
    for (int i = 0; i < table->count; i++) {
        buf_cstr(&b, i ? "," : " (");
        buf_add(&b, table->columns[i]);
    }
    buf_lit(&b, ") VALUES ");
    for (int row = 0; row < rows; row++) {
        for (int i = 0; i < table->count; i++) {
            buf_cstr(&b, i ? ",?" : row ? ",(?" : "(?");
            buf_int(&b, row * table->count + i + 1);
        }
        buf_char(&b, ')');
    }
    return buf_str(&b);
}

/* The key leads: its columns find the row, the others are set. */
static struct str update_sql(struct restore *r, const struct backup_table *table, int keys) {
    struct buf b = buf_new(r->table_arena, 512);
    buf_lit(&b, "UPDATE ");
    buf_add(&b, table->name);
    for (int i = keys; i < table->count; i++) {
        buf_cstr(&b, i > keys ? ", " : " SET ");
        buf_add(&b, table->columns[i]);
        buf_printf(&b, " = ?%d", i + 1);
    }
    for (int i = 0; i < keys; i++) {
        buf_cstr(&b, i ? " AND " : " WHERE ");
        buf_add(&b, table->columns[i]);
        buf_printf(&b, " = ?%d", i + 1);
    }
    return buf_str(&b);
}

static int column_of(const struct backup_table *table, const char *name) {
    for (int i = 0; i < table->count; i++)
        if (str_eqc(table->columns[i], name)) return i;
    return -1;
}

static void bind(struct db_stmt *s, int index, struct value value) {
    if (value.type == VALUE_INT) db_bind_int(s, index, value.integer);
    else if (value.type == VALUE_TEXT) db_bind_text(s, index, value.text);
    else db_bind_null(s, index);
}

/* What the database refused, in words that say where; returns false. */
static bool refused(struct restore *r, const struct backup_table *table, enum db_result result) {
    struct db_conn *conn = r->part.conn;
    if (result != DB_CONSTRAINT && result != DB_ERROR) return db_fail(conn, result, &r->ctx->errors);
    struct str why = db_error(conn);
    const char *hint = r->options->one_tenant && result == DB_CONSTRAINT && db_constraint(conn) == DB_CONSTRAINT_UNIQUE
                           ? " A record of another company has the same id here: import into a database of its own."
                           : "";
    return errors_add(&r->ctx->errors, 409, "cannot_restore", NULL, "A row of %.*s is refused by the database: %.*s.%s",
                      STR_ARG(table->name), STR_ARG(why), hint);
}

static bool run(struct restore *r, const struct backup_table *table, struct str sql, const struct value *values, int count) {
    struct db_stmt *s = db_prepare(r->part.conn, sql); // as whom the job that this runs in said
    for (int i = 0; i < count; i++) bind(s, i + 1, values[i]);
    enum db_result result = db_step(s);
    db_reset(s);
    return result == DB_DONE || refused(r, table, result);
}

static bool foreign(struct restore *r) {
    return errors_add(&r->ctx->errors, 422, "backup_damaged", NULL, "The export holds records of another company.");
}

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

static bool restore_tenant(void *arg, const struct backup_tenant *tenant) {
    struct restore *r = arg;
    struct str slug = r->options->slug.len ? r->options->slug : tenant->slug;
    struct str domain = r->options->domain.len ? r->options->domain : tenant->domain;
    r->tenant_id = tenant->id;
    if (!r->options->one_tenant) return true;
    if (sql_int(&r->part, "SELECT count(*) FROM tenants WHERE id = :id", ARGS({":id", value_int(tenant->id)})))
        errors_add(&r->part.errors, 409, "already_there", NULL, "This company is in the database already (its id is %lld).",
                   (long long)tenant->id);
    else if (slug.len && sql_int(&r->part, "SELECT count(*) FROM tenants WHERE slug = :slug AND deleted_at IS NULL",
                                 ARGS({":slug", value_text(slug)})))
        errors_add(&r->part.errors, 409, "slug_taken", NULL,
                   "Another company has the short name %.*s. Give this one another: --slug NAME.", STR_ARG(slug));
    else if (domain.len && sql_int(&r->part, "SELECT count(*) FROM tenants WHERE domain = :domain AND deleted_at IS NULL",
                                   ARGS({":domain", value_text(domain)})))
        errors_add(&r->part.errors, 409, "domain_taken", NULL,
                   "Another company has the domain %.*s. Give this one another: --domain NAME, or none.", STR_ARG(domain));
    return r->part.errors.count == 0 || failed(r);
}

/* An export may only bring what is of its company: tables that have a tenant, the company itself, and its plan. */
static bool own_table(const struct backup_table *table) {
    const struct entity *entity = registry_find(table->name);
    if (!entity) return false;
    if (entity->tenant_id >= 0) return column_of(table, "tenant_id") >= 0;
    return str_eqc(table->name, "tenants") || (str_eqc(table->name, "plans") && !table->late);
}

static bool restore_table(void *arg, const struct backup_table *table) {
    struct restore *r = arg;
    arena_reset(r->table_arena);
    if (r->options->one_tenant && !own_table(table)) return foreign(r);
    r->columns = (struct restore_columns){
        .id = column_of(table, "id"),
        .tenant_id = column_of(table, "tenant_id"),
        .name = column_of(table, "name"),
        .slug = column_of(table, "slug"),
        .domain = column_of(table, "domain"),
        .plan_id = column_of(table, "plan_id"),
        .wrapped_key = column_of(table, "wrapped_key"),
        .master_id = column_of(table, "master_id"),
    };
    if (r->columns.id < 0 || r->columns.id > 1)
        return errors_add(&r->ctx->errors, 422, "backup_damaged", NULL, "The backup is damaged: a table in it has no ids.");
    if (table->late) {
        r->update = update_sql(r, table, r->columns.tenant_id >= 0 ? 2 : 1);
        return true;
    }
    r->batch = PARAMS_MOST / table->count > BATCH_MOST ? BATCH_MOST : PARAMS_MOST / table->count;
    r->insert_many = insert_sql(r, table, r->batch);
    r->insert_one = insert_sql(r, table, 1);
    r->pending = arena_array(r->table_arena, struct value, (size_t)(r->batch * table->count));
    r->pending_rows = 0;
    return true;
}

static void rename_to(struct value *value, struct str name) {
    if (name.len) *value = str_eqc(name, "none") ? VALUE_NONE : value_text(name);
}

/* The plan that the company had: the same, or the one of its name that there is here. */
static bool has_plan(struct restore *r, int64_t id) {
    return sql_int(&r->part, "SELECT count(*) FROM plans WHERE id = :id", ARGS({":id", value_int(id)})) > 0;
}

/* Of one tenant among others; *skip: the row is not to be written. False with an error. */
static bool adapt(struct restore *r, const struct backup_table *table, struct value *values, bool *skip) {
    const struct restore_columns *at = &r->columns;
    int owner = at->tenant_id >= 0 ? at->tenant_id : str_eqc(table->name, "tenants") ? at->id : -1;
    if (owner >= 0 && values[owner].integer != r->tenant_id) return foreign(r);
    if (str_eqc(table->name, "plans")) *skip = has_plan(r, values[at->id].integer);
    if (str_eqc(table->name, "tenants") && !table->late) {
        rename_to(&values[at->name], r->options->name);
        rename_to(&values[at->slug], r->options->slug);
        rename_to(&values[at->domain], r->options->domain);
    }
    if (!str_eqc(table->name, "vault_keys") || table->late || at->wrapped_key < 0 || at->master_id < 0) return true;
    struct str wrapped = vault_rewrap(r->part.arena, r->tenant_id, values[at->id].integer, values[at->wrapped_key].text,
                                      archive_inner_key(r->archive), NULL);
    if (!wrapped.len || !archive_inner_key(r->archive))
        return errors_add(&r->ctx->errors, 422, "vault_locked", NULL, "The company's sealed secrets cannot be taken over.");
    values[at->wrapped_key] = value_text(wrapped);
    values[at->master_id] = value_text(vault_master_id(r->part.arena));
    return true;
}

static bool restore_row(void *arg, const struct backup_table *table, struct value *values) {
    struct restore *r = arg;
    bool skip = false;
    if (r->options->one_tenant && !adapt(r, table, values, &skip)) return false;
    if (r->part.errors.count) return failed(r);
    if (skip) return true;
    if (table->late) return run(r, table, r->update, values, table->count);
    memcpy(r->pending + r->pending_rows * table->count, values, (size_t)table->count * sizeof *values);
    if (++r->pending_rows < r->batch) return true;
    r->pending_rows = 0;
    return run(r, table, r->insert_many, r->pending, r->batch * table->count);
}

/* What waits is written: its texts end here. */
static bool restore_rows_end(void *arg, const struct backup_table *table) {
    struct restore *r = arg;
    bool ok = true;
    for (int i = 0; ok && i < r->pending_rows; i++)
        ok = run(r, table, r->insert_one, r->pending + i * table->count, table->count);
    r->pending_rows = 0;
    arena_reset(r->part.arena);
    return ok;
}

/* ---- stored files ---------------------------------------------------------------------------------------------------------- */

static bool cannot_store(struct restore *r, const char *path) {
    bool full = errno == ENOSPC || errno == EDQUOT;
    return errors_add(&r->ctx->errors, full ? 507 : 500, full ? "disk_full" : "cannot_store", NULL, "%s cannot be written: %s.",
                      path, strerror(errno));
}

static bool make_dir(struct restore *r, const char *path) {
    return mkdir(path, 0700) == 0 || errno == EEXIST || cannot_store(r, path);
}

static bool restore_file(void *arg, struct str key, int64_t size) {
    struct restore *r = arg;
    (void)size;
    if (!r->options->files_dir) return true;
    struct arena *arena = r->part.arena;
    const char *dir = r->options->files_dir;
    struct str tenant = str_slice(key, 0, (size_t)str_index(key, '/'));
    arena_reset(arena);
    if (r->options->one_tenant && !str_eq(tenant, str_printf(arena, "%lld", (long long)r->tenant_id)))
        return errors_add(&r->ctx->errors, 422, "backup_damaged", NULL, "The export holds a file of another company.");
    if (!make_dir(r, dir) || !make_dir(r, str_printf(arena, "%s/%.*s", dir, STR_ARG(tenant)).ptr) ||
        !make_dir(r, str_printf(arena, "%s/%.*s", dir, STR_ARG(str_slice(key, 0, tenant.len + 3))).ptr))
        return false;
    r->path = str_printf(arena, "%s/%.*s", dir, STR_ARG(key)).ptr;
    r->fd = open(r->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    return r->fd >= 0 || cannot_store(r, r->path);
}

static bool restore_data(void *arg, struct str bytes) {
    struct restore *r = arg;
    while (r->options->files_dir && bytes.len) {
        ssize_t n = write(r->fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return cannot_store(r, r->path);
        bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

static bool restore_file_end(void *arg) {
    struct restore *r = arg;
    if (r->fd < 0) return true;
    bool ok = close(r->fd) == 0;
    r->fd = -1;
    return ok || cannot_store(r, r->path);
}

/* One call for all files: each by itself would wait for the disk as often as there are files. */
static bool sync_files(struct restore *r) {
    if (!r->options->files_dir) return true;
    int fd = open(r->options->files_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return true; // there were none
    bool ok = fd >= 0 && syncfs(fd) == 0;
    if (!ok) cannot_store(r, r->options->files_dir);
    if (fd >= 0) close(fd);
    return ok;
}

/* ---- all of it ------------------------------------------------------------------------------------------------------------- */

bool restore_load(struct ctx *ctx, struct archive_reader *archive, const struct restore_options *options,
                  struct backup_counts *counts, int64_t *tenant_id) {
    struct restore r = {.ctx = ctx, .part = *ctx, .archive = archive, .options = options, .fd = -1};
    struct backup_sink sink = {.tenant = restore_tenant,
                               .table = restore_table,
                               .row = restore_row,
                               .rows_end = restore_rows_end,
                               .file = restore_file,
                               .data = restore_data,
                               .file_end = restore_file_end,
                               .progress = options->progress,
                               .arg = &r};
    r.part.arena = arena_new(RESTORE_MEMORY);
    r.part.errors = (struct errors){.arena = r.part.arena};
    r.table_arena = arena_new(RESTORE_MEMORY);
    bool ok = backup_read(archive, &sink, &ctx->errors, counts) && sync_files(&r);
    if (r.fd >= 0) close(r.fd);
    if (tenant_id) *tenant_id = r.tenant_id;
    arena_free(r.table_arena);
    arena_free(r.part.arena);
    return ok;
}
