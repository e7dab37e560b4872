/* verify.c - the run of a verification: its tenants, its findings, its progress (verify.h). */
#include "core/verify_impl.h"

#include "base/timefmt.h"
#include "core/vault.h"

void verify_found(struct verify *v, struct str entity, int64_t id, struct str field, const char *format, ...) {
    v->result->findings++;
    if (!v->options->found) return;
    va_list args;
    va_start(args, format);
    struct verify_finding finding = {
        .tenant_id = v->part.tenant_id,
        .entity = entity,
        .id = id,
        .field = field,
        .message = str_vprintf(v->part.arena, format, args),
    };
    va_end(args);
    v->options->found(v->options->arg, &finding);
}

void verify_say(struct verify *v, const struct row *row, const char *field, const char *format, ...) {
    va_list args;
    va_start(args, format);
    struct str message = str_vprintf(v->part.arena, format, args);
    va_end(args);
    verify_found(v, row->entity->name, row_id(row), str_of(field), "%.*s", STR_ARG(message));
}

void verify_progress(struct verify *v, const char *what, int64_t done) {
    if (v->options->progress) v->options->progress(v->options->arg, what, done);
}

bool verify_step(struct verify *v, struct db_stmt *stmt) {
    enum db_result r = db_step(stmt);
    if (r != DB_ROW && r != DB_DONE) db_fail(v->part.conn, r, &v->part.errors);
    return r == DB_ROW;
}

bool verify_chunk_end(struct verify *v) {
    for (const struct error *e = v->part.errors.first; e; e = e->next) {
        const char *field = e->field.len ? str_cstr(v->ctx->arena, e->field) : NULL;
        errors_add(&v->ctx->errors, e->status, e->code, field, "%.*s", STR_ARG(e->message));
    }
    errors_clear(&v->part.errors);
    arena_reset(v->part.arena);
    v->part.custom = NULL; /* it was in there */
    return v->ctx->errors.count == 0;
}

/* From now on the tenant's country, currency and zone decide how its values read; they live in the caller's arena. */
static void verify_enter(struct verify *v, struct db_stmt *tenant) {
    struct arena *arena = v->ctx->arena;
    v->part.tenant_id = tenant ? db_int(tenant, 0) : 0;
    v->part.actor = actor_system(arena, v->part.tenant_id);
    v->part.env = v->ctx->env;
    v->part.env.arena = v->part.arena;
    v->part.env.country = tenant ? str_dup(arena, db_text(tenant, 1)) : STR("");
    v->part.env.currency = tenant ? str_dup(arena, db_text(tenant, 2)) : STR("");
    v->part.env.zone = tenant ? zone_find(db_text(tenant, 3)) : NULL;
}

static bool verify_entity(struct verify *v, const struct entity *entity) {
    return verify_rows(v, entity) && verify_sets(v, entity);
}

static bool verify_tenant(struct verify *v) {
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (entity->tenant_id >= 0 && !verify_entity(v, entity)) return false;
    }
    return verify_history(v) && (!v->options->files_dir || verify_files(v));
}

/* The next tenant by its id, entered; false where there is none, or with an error. */
static bool verify_next_tenant(struct verify *v, int64_t after) {
    struct ctx *ctx = v->ctx;
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, country, currency, timezone FROM tenants WHERE id > :after AND "
                                  "(:only = 0 OR id = :only) ORDER BY id LIMIT 1",
                                  ARGS({":after", value_int(after)}, {":only", value_int(v->options->tenant_id)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) verify_enter(v, s);
    else if (r != DB_DONE) db_fail(ctx->conn, r, &ctx->errors);
    db_reset(s);
    return r == DB_ROW;
}

/* What belongs to no tenant, and what should belong to one. */
static bool verify_platform(struct verify *v) {
    verify_enter(v, NULL);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        bool asked = entity->tenant_id < 0 && (!v->options->tenant_id || str_eqc(entity->name, "tenants"));
        if (asked && !verify_entity(v, entity)) return false;
        if (!verify_strays(v, entity)) return false;
    }
    return !v->options->files_dir || verify_file_strays(v);
}

static bool verify_all(struct verify *v) {
    if (!verify_platform(v)) return false;
    int64_t last = 0;
    while (verify_next_tenant(v, last)) {
        last = v->part.tenant_id;
        if (!verify_tenant(v)) return false;
    }
    return v->ctx->errors.count == 0;
}

bool verify_run(struct ctx *ctx, const struct verify_options *options, struct verify_result *result) {
    *result = (struct verify_result){0};
    struct verify v = {.ctx = ctx, .part = *ctx, .options = options, .result = result, .sealed = vault_is_open()};
    v.part.arena = arena_new(VERIFY_MEMORY);
    v.part.errors = (struct errors){.arena = v.part.arena};
    volatile bool ok = false;
    jmp_buf edge;
    arena_catch(v.part.arena, &edge);
    if (setjmp(edge) == 0) {
        bool snapshot = db_read_begin(ctx->conn);
        ok = snapshot ? verify_all(&v) : db_fail(ctx->conn, DB_BUSY, &ctx->errors);
        if (snapshot) db_read_end(ctx->conn);
    } else {
        db_reset_all(ctx->conn);
        errors_add(&ctx->errors, 500, "out_of_memory", NULL, "There is not enough memory to check a part of the data.");
    }
    arena_catch(v.part.arena, NULL);
    arena_free(v.part.arena);
    return ok && ctx->errors.count == 0;
}
