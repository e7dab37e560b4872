/* repo_check.c - required, immutable, references, money, duplicates. */
#include "core/repo_check.h"

#include "base/decimal.h"
#include "core/custom.h"
#include "core/query_sql.h"
#include "core/registry.h"

static bool empty(struct value v) { return value_is_null(v) || (v.type == VALUE_TEXT && str_trim(v.text).len == 0); }

static bool tell_any(struct ctx *ctx, const struct entity *entity, struct str first) {
    struct buf names = buf_new(ctx->arena, 64);
    struct str rest = str_of(entity->decl->any), word;
    while (str_word(&rest, &word)) {
        if (names.len) buf_lit(&names, ", ");
        buf_add(&names, lang_str(ctx->arena, entity_field(entity, word)->label));
    }
    return errors_add(&ctx->errors, 422, "required", str_cstr(ctx->arena, first), "Enter at least one of these: %s.",
                      str_cstr(ctx->arena, buf_str(&names)));
}

bool repo_check_required(struct ctx *ctx, const struct change *change) {
    bool ok = true;
    for (int i = 0; i < change->entity->field_count; i++) {
        const struct field *f = &change->entity->fields[i];
        if (!(f->flags & REQUIRED) || (f->flags & IMPLICIT) || !empty(change->row->values[i])) continue;
        if (f->custom && custom_may_lack(ctx, change, f)) continue;
        ok = false;
        if (!errors_for(&ctx->errors, f->decl->name))
            errors_add(&ctx->errors, 422, "required", f->decl->name, "%s is missing.", f->decl->label);
    }
    struct str rest = str_of(change->entity->decl->any), first = STR(""), word;
    bool any = !rest.len;
    while (!any && str_word(&rest, &word)) {
        const struct field *f = entity_field(change->entity, word);
        any = !empty(change->row->values[f->index]) || errors_for(&ctx->errors, f->decl->name);
        if (!first.len) first = f->name;
    }
    return any ? ok : tell_any(ctx, change->entity, first);
}

bool repo_check_immutable(struct ctx *ctx, const struct change *change) {
    bool ok = true;
    for (int i = 0; change->old && i < change->entity->field_count; i++) {
        const struct field *f = &change->entity->fields[i];
        if (!(f->flags & IMMUTABLE) || value_eq(change->old->values[i], change->row->values[i])) continue;
        ok = errors_add(&ctx->errors, 422, "immutable", f->decl->name, "%s cannot be changed once given.", f->decl->label);
    }
    return ok;
}

/* All references of a record are looked up together. */
struct lookup {
    const struct field *field;
    const struct entity *entity;
    struct db_stmt *stmt;
};
struct lookups {
    struct lookup at[ENTITY_MAX_FIELDS];
    int count;
};

static void look_up(struct ctx *ctx, struct lookups *all, const struct field *field, const struct entity *entity, int64_t id) {
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT 1 FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " t WHERE t.id = ");
    sqlb_param(&b, value_int(id));
    sqlb_lit(&b, " AND ");
    sqlb_inside(&b, entity, "t", MAY_READ, SQLB_LIVE);
    struct db_stmt *stmt = sqlb_prepare(&b);
    db_ahead(stmt);
    all->at[all->count++] = (struct lookup){field, entity, stmt};
}

static bool absent(struct ctx *ctx, const struct field *f, const struct entity *entity) {
    return errors_add(&ctx->errors, 422, "not_found", f->decl->name, "There is no such %s.",
                      str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(entity->decl->one))));
}

static bool found(struct ctx *ctx, const struct lookups *all) {
    bool ok = true;
    for (int i = 0; i < all->count; i++) {
        const struct lookup *look = &all->at[i];
        if (look->stmt && db_step(look->stmt) != DB_ROW) ok = absent(ctx, look->field, look->entity);
        db_reset(look->stmt);
    }
    return ok;
}

static bool check_subject(struct ctx *ctx, const struct change *change, const struct field *type, struct lookups *all) {
    struct value kind = change->row->values[type->index], id = change->row->values[type->pair->index];
    if (value_is_null(kind) && value_is_null(id)) return true;
    if (value_is_null(kind))
        return errors_add(&ctx->errors, 422, "required", type->decl->name, "Say what kind of record it belongs to.");
    if (value_is_null(id))
        return errors_add(&ctx->errors, 422, "required", type->pair->decl->name, "Say which record it belongs to.");
    look_up(ctx, all, type->pair, registry_find(kind.text), id.integer);
    return true;
}

static bool changed(const struct change *change, const struct field *f) {
    return !change->old || !value_eq(change->old->values[f->index], change->row->values[f->index]);
}

bool repo_check_references(struct ctx *ctx, const struct change *change) {
    bool ok = true;
    struct lookups all = {.count = 0};
    for (int i = 0; i < change->entity->field_count; i++) {
        const struct field *f = &change->entity->fields[i];
        if (f->flags & IMPLICIT || !f->stored || field_set_has(&change->known, i)) continue;
        if (f->kind == &kind_subject_type) {
            if (changed(change, f) || changed(change, f->pair)) ok = check_subject(ctx, change, f, &all) && ok;
        } else if (f->to && !value_is_null(change->row->values[i]) && changed(change, f)) {
            int64_t id = change->row->values[i].integer;
            bool myself = id == ctx->actor->user_id && str_eqc(f->to->name, "users"); /* known even to who may not read users */
            if (!myself) look_up(ctx, &all, f, f->to, id);
        }
    }
    return found(ctx, &all) && ok;
}

/* Digits after the point of the amounts in a record; what has no currency is in the tenant's. */
static int money_digits(const struct ctx *ctx, const struct row *row, const struct field *money) {
    return currency_digits(row_env(&ctx->env, row, money).currency);
}

bool repo_check_money(struct ctx *ctx, const struct change *change) {
    bool ok = true;
    for (int i = 0; i < change->entity->field_count; i++) {
        const struct field *f = &change->entity->fields[i], *currency = f->pair;
        if (f->kind != &kind_money || !f->stored || !currency || !changed(change, currency)) continue;
        struct value code = change->row->values[currency->index];
        if (!value_is_null(code) && currency_digits(code.text) < 0) {
            ok = false;
            if (!errors_for(&ctx->errors, currency->decl->name))
                errors_add(&ctx->errors, 422, "unknown", currency->decl->name,
                           "'%.*s' is no currency. Use three letters such as AUD.", STR_ARG(code.text));
        } else if (change->old && !change->undoing && !value_is_null(change->row->values[i]) &&
                   value_eq(change->old->values[i], change->row->values[i]) && !field_set_has(&change->given, i) &&
                   money_digits(ctx, change->old, f) != money_digits(ctx, change->row, f)) {
            ok = errors_add(&ctx->errors, 422, "other_currency", f->decl->name, "Give the %s in the new currency too.",
                            str_cstr(ctx->arena, lang_inside(ctx->arena, f->label)));
        }
    }
    return ok;
}

/* True where another live row has the same values in this unique key. */
static bool taken(struct ctx *ctx, const struct change *change, const struct index_decl *index) {
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT 1 FROM ");
    sqlb_name(&b, change->entity->name);
    sqlb_lit(&b, " WHERE id <> ");
    sqlb_param(&b, change->row->values[change->entity->id]);
    if (change->entity->tenant_id >= 0) {
        sqlb_lit(&b, " AND tenant_id = ");
        sqlb_param(&b, value_int(ctx->tenant_id));
    }
    if (change->entity->deleted_at >= 0) sqlb_lit(&b, " AND deleted_at IS NULL");
    if (index->where) buf_printf(&b.sql, " AND (%s)", index->where);
    struct str rest = str_of(index->fields), word;
    while (str_word(&rest, &word)) {
        struct value v = change->row->values[entity_field(change->entity, word)->index];
        if (value_is_null(v)) return false;
        buf_printf(&b.sql, " AND %.*s = ", STR_ARG(word));
        sqlb_param(&b, v);
    }
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    bool found = db_step(stmt) == DB_ROW;
    db_reset(stmt);
    return found;
}

bool repo_tell_duplicate(struct ctx *ctx, const struct change *change) {
    const struct entity_decl *decl = change->entity->decl;
    for (int i = 0; i < decl->index_count; i++) {
        if (!decl->indexes[i].unique || !taken(ctx, change, &decl->indexes[i])) continue;
        struct str rest = str_of(decl->indexes[i].fields), word;
        str_word(&rest, &word);
        const struct field *f = entity_field(change->entity, word);
        return errors_add(&ctx->errors, 409, "duplicate", f->decl->name, "Another %s has this %s already.",
                          str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(decl->one))),
                          str_cstr(ctx->arena, lang_inside(ctx->arena, f->label)));
    }
    return errors_add(&ctx->errors, 409, "conflict", NULL, "It conflicts with a record that exists.");
}
