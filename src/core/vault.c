/* vault.c - secrets of records in encrypted_values, under the tenant's key in vault_keys (vault.h). */
#include "core/vault.h"

#include <sodium.h>

#include "core/audit.h"
#include "core/query.h"

struct vault_key {
    int64_t id;
    unsigned char bytes[VAULT_KEY_SIZE];
};

static bool vault_locked(struct ctx *ctx) {
    return errors_add(&ctx->errors, 500, "vault_locked", NULL,
                      "This secret cannot be opened with the server's key file. Ask the administrator to check it.");
}

static struct str vault_key_aad(struct arena *arena, int64_t tenant_id, int64_t key_id) {
    return str_printf(arena, "tenant %lld key %lld", (long long)tenant_id, (long long)key_id);
}

/* What a ciphertext belongs to. Names are ours and ids are numbers, so no two places give the same text. */
static struct str vault_aad(struct ctx *ctx, struct str entity, int64_t record_id, struct str field, int64_t key_id) {
    return str_printf(ctx->arena, "tenant %lld %.*s %lld %.*s key %lld", (long long)ctx->tenant_id, STR_ARG(entity),
                      (long long)record_id, STR_ARG(field), (long long)key_id);
}

/* Reads id and wrapped_key of the one row that `stmt` finds; *key->id is 0 where it finds none. */
static bool vault_key_read(struct ctx *ctx, struct db_stmt *stmt, struct vault_key *key) {
    key->id = 0;
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    if (r == DB_ROW) {
        key->id = db_int(stmt, 0);
        struct str wrapped = str_dup(ctx->arena, db_text(stmt, 1));
        bool opened = vault_crypt_unwrap(ctx->arena, vault_key_aad(ctx->arena, ctx->tenant_id, key->id), wrapped, key->bytes);
        db_reset(stmt);
        return opened || vault_locked(ctx);
    }
    bool ok = r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return ok;
}

static bool vault_key_make(struct ctx *ctx, struct vault_key *key) {
    key->id = id_new();
    vault_crypt_new_key(key->bytes);
    struct str wrapped = vault_crypt_wrap(ctx->arena, vault_key_aad(ctx->arena, ctx->tenant_id, key->id), key->bytes);
    if (wrapped.len == 0) return vault_locked(ctx);
    int64_t number = 1 + sql_int(ctx, "SELECT max(number) FROM vault_keys WHERE tenant_id = :tenant", NO_ARGS);
    return sql_exec(ctx,
                    "INSERT INTO vault_keys (id, tenant_id, number, wrapped_key, master_id, algorithm, created_at, updated_at, "
                    "version) VALUES (:id, :tenant, :number, :wrapped, :master, :algorithm, :now, :now, 1)",
                    ARGS({":id", value_int(key->id)}, {":number", value_int(number)}, {":wrapped", value_text(wrapped)},
                         {":master", value_text(vault_master_id(ctx->arena))}, {":algorithm", value_text(STR(VAULT_ALGORITHM))}));
}

/* The key under which the tenant seals today, made where there is none yet. */
static bool vault_key_current(struct ctx *ctx, struct vault_key *key) {
    struct db_stmt *stmt = sql_query(
        ctx,
        "SELECT id, wrapped_key FROM vault_keys WHERE tenant_id = :tenant AND retired_at IS NULL ORDER BY number DESC LIMIT 1",
        NO_ARGS);
    return vault_key_read(ctx, stmt, key) && (key->id || vault_key_make(ctx, key));
}

static bool vault_key_find(struct ctx *ctx, int64_t id, struct vault_key *key) {
    struct db_stmt *stmt = sql_query(ctx, "SELECT id, wrapped_key FROM vault_keys WHERE tenant_id = :tenant AND id = :id",
                                     ARGS({":id", value_int(id)}));
    return vault_key_read(ctx, stmt, key) && (key->id || vault_locked(ctx));
}

static bool vault_write(struct ctx *ctx, struct str entity, int64_t record_id, struct str field, int64_t id, int64_t key_id,
                        const struct vault_box *box) {
    const struct sql_arg args[] = {{":id", value_int(id)},
                                   {":entity", value_text(entity)},
                                   {":record", value_int(record_id)},
                                   {":field", value_text(field)},
                                   {":ciphertext", value_text(box->ciphertext)},
                                   {":iv", value_text(box->iv)},
                                   {":tag", value_text(box->tag)},
                                   {":algorithm", value_text(STR(VAULT_ALGORITHM))},
                                   {":key", value_int(key_id)},
                                   {NULL, VALUE_NONE}};
    if (sql_int(ctx, "SELECT id FROM encrypted_values WHERE tenant_id = :tenant AND id = :id", args)) {
        return sql_exec(ctx,
                        "UPDATE encrypted_values SET ciphertext = :ciphertext, iv = :iv, tag = :tag, algorithm = :algorithm, "
                        "key_id = :key, updated_at = :now, version = version + 1 WHERE tenant_id = :tenant AND id = :id",
                        args);
    }
    return ctx->errors.count == 0 &&
           sql_exec(ctx,
                    "INSERT INTO encrypted_values (id, tenant_id, entity_type, entity_id, field_name, ciphertext, iv, tag, "
                    "algorithm, key_id, created_at, updated_at, version) VALUES (:id, :tenant, :entity, :record, :field, "
                    ":ciphertext, :iv, :tag, :algorithm, :key, :now, :now, 1)",
                    args);
}

static int64_t vault_place(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field) {
    return sql_int(
        ctx,
        "SELECT id FROM encrypted_values WHERE tenant_id = :tenant AND entity_type = :entity AND entity_id = :record "
        "AND field_name = :field",
        ARGS({":entity", value_text(entity->name)}, {":record", value_int(record_id)}, {":field", value_text(field->name)}));
}

bool vault_seal(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, struct str plain,
                int64_t *stored_id) {
    struct vault_key key;
    struct vault_box box;
    if (!vault_is_open()) return vault_locked(ctx);
    if (!vault_key_current(ctx, &key)) return false;
    struct str aad = vault_aad(ctx, entity->name, record_id, field->name, key.id);
    bool sealed = vault_crypt_seal(ctx->arena, key.bytes, aad, plain, &box);
    sodium_memzero(key.bytes, sizeof key.bytes);
    if (!sealed) return vault_locked(ctx);
    int64_t id = vault_place(ctx, entity, record_id, field);
    if (ctx->errors.count) return false;
    if (!id) id = id_new();
    if (!vault_write(ctx, entity->name, record_id, field->name, id, key.id, &box)) return false;
    *stored_id = id;
    return true;
}

bool vault_forget(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field) {
    return sql_exec(
        ctx,
        "DELETE FROM encrypted_values WHERE tenant_id = :tenant AND entity_type = :entity AND entity_id = :record AND "
        "field_name = :field",
        ARGS({":entity", value_text(entity->name)}, {":record", value_int(record_id)}, {":field", value_text(field->name)}));
}

bool vault_forget_row(struct ctx *ctx, const struct row *row) {
    for (int i = 0; i < row->entity->field_count; i++) {
        const struct field *field = &row->entity->fields[i];
        if (field->kind == &kind_secret && !value_is_null(row->values[i]) &&
            !vault_forget(ctx, row->entity, row_id(row), field)) {
            return false;
        }
    }
    return true;
}

bool vault_seal_change(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (field->kind != &kind_secret || !field->stored) continue;
        struct value *value = &change->row->values[i];
        bool had = change->old && !value_is_null(change->old->values[i]);
        if (value->type == VALUE_TEXT) {
            int64_t stored;
            if (!vault_seal(ctx, entity, row_id(change->row), field, value->text, &stored)) return false;
            *value = value_int(stored);
        } else if (had && value_is_null(*value) && !vault_forget(ctx, entity, row_id(change->row), field)) {
            return false;
        }
    }
    return true;
}

static bool vault_not_set(struct ctx *ctx, const struct field *field) {
    return errors_add(&ctx->errors, 404, "not_set", field->decl->name, "There is nothing to reveal.");
}

/* One row of encrypted_values. */
struct vault_sealed {
    int64_t id, record_id, key_id;
    struct str entity, field;
    struct vault_box box;
};

#define VAULT_COLUMNS "id, entity_type, entity_id, field_name, ciphertext, iv, tag, key_id"

static struct vault_sealed vault_sealed_read(struct arena *arena, struct db_stmt *stmt) {
    return (struct vault_sealed){
        .id = db_int(stmt, 0),
        .entity = str_dup(arena, db_text(stmt, 1)),
        .record_id = db_int(stmt, 2),
        .field = str_dup(arena, db_text(stmt, 3)),
        .box = {.ciphertext = str_dup(arena, db_text(stmt, 4)),
                .iv = str_dup(arena, db_text(stmt, 5)),
                .tag = str_dup(arena, db_text(stmt, 6))},
        .key_id = db_int(stmt, 7),
    };
}

static bool vault_sealed_open(struct ctx *ctx, const struct vault_sealed *sealed, struct str *plain) {
    struct vault_key key;
    if (!vault_key_find(ctx, sealed->key_id, &key)) return false;
    struct str aad = vault_aad(ctx, sealed->entity, sealed->record_id, sealed->field, key.id);
    bool opened = vault_crypt_open(ctx->arena, key.bytes, aad, &sealed->box, plain);
    sodium_memzero(key.bytes, sizeof key.bytes);
    return opened || vault_locked(ctx);
}

bool vault_use(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, int64_t stored_id,
               struct str *plain) {
    struct db_stmt *stmt = sql_query(ctx, "SELECT " VAULT_COLUMNS " FROM encrypted_values WHERE tenant_id = :tenant AND id = :id",
                                     ARGS({":id", value_int(stored_id)}));
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    struct vault_sealed sealed = {0};
    if (r == DB_ROW) sealed = vault_sealed_read(ctx->arena, stmt);
    bool failed = r != DB_ROW && r != DB_DONE && !db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    if (failed) return false;
    // The place is what the caller says it is, not what the row claims: a row moved elsewhere does not open.
    sealed.entity = entity->name;
    sealed.record_id = record_id;
    sealed.field = field->name;
    return sealed.id ? vault_sealed_open(ctx, &sealed, plain) : vault_not_set(ctx, field);
}

struct vault_reveal_work {
    const struct entity *entity;
    const struct field *field;
    int64_t record_id, stored_id;
    struct str *plain;
};

static bool vault_reveal_run(struct ctx *ctx, void *arg) {
    struct vault_reveal_work *w = arg;
    struct buf detail = buf_new(ctx->arena, 64);
    buf_lit(&detail, "{\"field\":");
    buf_json(&detail, w->field->name);
    buf_char(&detail, '}');
    return audit_note(ctx, "reveal", w->entity->decl->name, w->record_id, buf_str(&detail)) &&
           vault_use(ctx, w->entity, w->record_id, w->field, w->stored_id, w->plain);
}

bool vault_reveal(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, struct str *plain) {
    if (!access_may(ctx->actor, entity, MAY_REVEAL)) return access_deny(ctx, entity, MAY_REVEAL);
    const struct row *row = query_one(ctx, entity, record_id, MAY_REVEAL, false);
    if (ctx->errors.count) return false;
    if (!row) return errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such record.");
    struct value stored = row->values[field->index];
    if (value_is_null(stored)) return vault_not_set(ctx, field);
    struct vault_reveal_work work = {entity, field, record_id, stored.integer, plain};
    if (ctx_write(ctx, vault_reveal_run, &work)) return true;
    *plain = STR("");
    return false;
}

/* All of a tenant's secrets; a list, as rows cannot be rewritten while a statement walks them. */
static bool vault_all(struct ctx *ctx, struct vault_sealed **all, size_t *count) {
    struct db_stmt *stmt =
        sql_query(ctx, "SELECT " VAULT_COLUMNS " FROM encrypted_values WHERE tenant_id = :tenant ORDER BY id", NO_ARGS);
    enum db_result r;
    *all = NULL;
    *count = 0;
    if (!stmt) return false;
    while ((r = db_step(stmt)) == DB_ROW) {
        *all = arena_room(ctx->arena, *all, *count, sizeof **all);
        (*all)[(*count)++] = vault_sealed_read(ctx->arena, stmt);
    }
    bool ok = r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
    db_reset(stmt);
    return ok;
}

static bool vault_rotate_run(struct ctx *ctx, void *arg) {
    int64_t *done = arg;
    struct vault_sealed *all;
    struct vault_key key;
    size_t count;
    if (!vault_all(ctx, &all, &count) || !vault_key_make(ctx, &key)) return false;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        struct str plain, aad = vault_aad(ctx, all[i].entity, all[i].record_id, all[i].field, key.id);
        struct vault_box box;
        ok = vault_sealed_open(ctx, &all[i], &plain) &&
             (vault_crypt_seal(ctx->arena, key.bytes, aad, plain, &box) || vault_locked(ctx)) &&
             vault_write(ctx, all[i].entity, all[i].record_id, all[i].field, all[i].id, key.id, &box);
    }
    sodium_memzero(key.bytes, sizeof key.bytes);
    *done = (int64_t)count;
    return ok && sql_exec(ctx,
                          "UPDATE vault_keys SET retired_at = :now, updated_at = :now, version = version + 1 WHERE "
                          "tenant_id = :tenant AND retired_at IS NULL AND id <> :id",
                          ARGS({":id", value_int(key.id)}));
}

bool vault_rotate(struct ctx *ctx, int64_t *count) {
    if (!vault_is_open()) return vault_locked(ctx);
    return ctx_write(ctx, vault_rotate_run, count);
}

struct str vault_rewrap(struct arena *arena, int64_t tenant_id, int64_t key_id, struct str wrapped, const unsigned char *from,
                        const unsigned char *to) {
    unsigned char key[VAULT_KEY_SIZE];
    struct str aad = vault_key_aad(arena, tenant_id, key_id);
    if (!vault_crypt_unwrap_by(arena, from, aad, wrapped, key)) return STR("");
    struct str again = vault_crypt_wrap_by(arena, to, aad, key);
    sodium_memzero(key, sizeof key);
    return again;
}
