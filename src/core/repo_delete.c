/* repo_delete.c - deleting and restoring with everything that hangs on a record, by the references' own rules. */
#include "core/audit.h"
#include "core/change_set.h"
#include "core/custom.h"
#include "core/event.h"
#include "core/kept.h"
#include "core/merge.h"
#include "core/query_sql.h"
#include "core/registry.h"
#include "core/repo_save.h"
#include "core/rest.h"
#include "core/search.h"
#include "core/vault.h"

#define CASCADE_LIMIT 10000 /* rows of one kind that go with a record in one transaction */

static bool delete_row(struct ctx *ctx, struct row *old, bool together);
static bool restore_row(struct ctx *ctx, struct row *old, bool together);

/* Calls fn for each row of `q`, page by page. */
static bool for_all(struct query *q, bool (*fn)(struct ctx *, struct row *, void *), void *arg) {
    q->limit = CASCADE_LIMIT;
    struct rows rows;
    if (!query_rows(q, &rows)) return false;
    if (rows.next.len)
        return errors_add(&q->ctx->errors, 409, "too_many", NULL, "More than %d %s hang on it. Move them first.", CASCADE_LIMIT,
                          q->entity->decl->many);
    for (int i = 0; i < rows.count; i++)
        if (!fn(q->ctx, rows.at[i], arg)) return false;
    return true;
}

static bool delete_child(struct ctx *ctx, struct row *row, void *arg) {
    (void)arg;
    return delete_row(ctx, row, true);
}

static bool clear_child(struct ctx *ctx, struct row *row, void *arg) {
    const struct field *f = arg;
    return repo_update_as_system(ctx, f->entity->decl->name, row_id(row), ARGS({f->decl->name, VALUE_NONE})) != NULL;
}

static bool restore_child(struct ctx *ctx, struct row *row, void *arg) {
    (void)arg;
    return restore_row(ctx, row, true);
}

static bool in_use(struct ctx *ctx, const struct entity *entity, const struct entity *user, int64_t count) {
    const char *who = user->decl->many, *one = user->decl->one;
    return errors_add(
        &ctx->errors, 409, "in_use", NULL,
        lang_plural(ctx->arena, count, "%lld %s uses this %s. Move them first.", "%lld %s use this %s. Move them first."),
        (long long)count, str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(count == 1 ? one : who))),
        str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(entity->decl->one))));
}

static struct query *children(struct ctx *ctx, const struct field *f, int64_t id) {
    struct query *q = query_new(ctx, f->entity);
    query_where(q, f->decl->name, OP_EQ, value_int(id));
    return q;
}

static bool follow_reference(struct ctx *ctx, const struct entity *entity, const struct field *f, int64_t id) {
    if (entity_is(f->entity, ENTITY_APPEND_ONLY)) return true; /* history stays */
    struct query *q = children(ctx, f, id);
    switch (f->decl->on_delete) {
    case RESTRICT: {
        int64_t count = query_count(q);
        return count == 0 || in_use(ctx, entity, f->entity, count);
    }
    case CASCADE: return for_all(q, delete_child, NULL);
    case SET_NULL: return for_all(q, clear_child, (void *)(uintptr_t)f);
    }
    return true;
}

/* The same by the references that the company added. */
static bool follow_custom(struct ctx *ctx, const struct entity *entity, int64_t id) {
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *child = custom_entity(ctx, registry_at(e));
        for (int i = child->field_count - child->custom_count; i < child->field_count; i++) {
            const struct field *f = &child->fields[i];
            if (f->to && f->to->index == entity->index && !follow_reference(ctx, entity, f, id)) return false;
        }
    }
    return ctx->errors.count == 0;
}

/* The subject field by which rows of `child` may hang on `entity`; NULL where they may not. */
static const struct field *subject_of(const struct entity *child, const struct entity *entity) {
    if (entity_is(child, ENTITY_APPEND_ONLY | ENTITY_INTERNAL | ENTITY_OWN_DELETE)) return NULL;
    for (int i = 0; i < child->field_count; i++) {
        const struct field *f = &child->fields[i];
        if (f->kind == &kind_subject_type && str_in_words(f->decl->subjects, entity->name)) return f;
    }
    return NULL;
}

static bool follow_subjects(struct ctx *ctx, const struct entity *entity, int64_t id, int64_t deleted_at,
                            bool (*fn)(struct ctx *, struct row *, void *)) {
    for (int e = 0; e < registry_count(); e++) {
        const struct field *type = subject_of(registry_at(e), entity);
        if (!type) continue;
        struct query *q = children(ctx, type->pair, id);
        query_where(q, type->decl->name, OP_EQ, value_text(entity->name));
        if (deleted_at) {
            q->only_deleted = true;
            query_where(q, "deleted_at", OP_EQ, value_int(deleted_at));
        }
        if (!for_all(q, fn, NULL)) return false;
    }
    return true;
}

static bool remove_for_good(struct ctx *ctx, const struct change *change) {
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "DELETE FROM ");
    sqlb_name(&b, change->entity->name);
    sqlb_lit(&b, " WHERE id = ");
    sqlb_param(&b, value_int(row_id(change->old)));
    if (change->entity->tenant_id >= 0) {
        sqlb_lit(&b, " AND tenant_id = ");
        sqlb_param(&b, value_int(ctx->tenant_id));
    }
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    db_reset(stmt);
    if (r != DB_DONE) return db_fail(ctx->conn, r, &ctx->errors);
    if (entity_is(change->entity, ENTITY_ACCESS)) ctx->access_touched = true;
    if (!vault_forget_row(ctx, change->old) || !search_update(ctx, change->old, NULL)) return false;
    return audit_record(ctx, change, "deleted") && event_record(ctx, change, "deleted");
}

/* What hangs on it, while it stands: what it keeps of them stays as it was, and is right again when they come back together. */
static bool delete_followers(struct ctx *ctx, const struct row *old) {
    kept_leave(ctx, old);
    const struct field *f;
    bool ok = true;
    for (int i = 0; ok && (f = registry_referrer(old->entity, i)); i++) ok = follow_reference(ctx, old->entity, f, row_id(old));
    ok = ok && follow_custom(ctx, old->entity, row_id(old)) &&
         follow_subjects(ctx, old->entity, row_id(old), 0, delete_child);
    kept_left(ctx);
    return ok;
}

/* As the system: whoever may delete a record may let go what hangs on it. */
static bool delete_row(struct ctx *ctx, struct row *old, bool together) {
    const struct entity *entity = old->entity;
    struct change change = {
        .entity = entity, .old = old, .row = row_copy(ctx->arena, old), .deleting = true, .together = together};
    if (!rest_check(ctx, &change) || !repo_may_go(ctx, old)) return false;
    if (entity->decl->before_delete && !entity->decl->before_delete(ctx, &change)) return false;
    if (ctx->errors.count) return false;
    if (!delete_followers(ctx, old)) return false;
    if (entity->deleted_at < 0) return remove_for_good(ctx, &change);
    change.row->values[entity->deleted_at] = value_int(ctx->now);
    return repo_write(ctx, &change, "deleted");
}

bool repo_delete(struct ctx *ctx, const struct entity *entity, int64_t id, int64_t if_version) {
    if (!access_may(ctx->actor, entity, MAY_DELETE)) return access_deny(ctx, entity, MAY_DELETE);
    if (entity_is(entity, ENTITY_READ_ONLY | ENTITY_INTERNAL) && !ctx->actor->system)
        return errors_add(&ctx->errors, 403, "read_only", NULL, "%s are written by Tenon itself.", entity->decl->many);
    if (entity_is(entity, ENTITY_APPEND_ONLY))
        return errors_add(&ctx->errors, 409, "immutable", NULL, "%s cannot be changed or deleted.", entity->decl->many);
    struct row *old = repo_for_change(ctx, entity, id, MAY_DELETE, if_version);
    if (!old) return false;
    bool own_set = ctx->change_set_id == 0;
    if (own_set && !change_set_begin(ctx, "delete", entity, row_title(ctx->arena, old))) return false;
    struct as_system s = repo_as_system(ctx);
    bool ok = delete_row(ctx, old, false);
    repo_end_system(ctx, s);
    return ok && (!own_set || change_set_end(ctx, ctx->change_set_id, 1));
}

/* A flag that only one may have and that another has by now: the restored one comes back without it. */
static bool yield_flags(struct ctx *ctx, struct row *row) {
    const struct entity_decl *decl = row->entity->decl;
    struct str rest = str_of(decl->exclusive), word;
    while (str_word(&rest, &word)) {
        const char *flag = str_cstr(ctx->arena, word);
        if (row_bool(row, flag) && query_count(repo_flag_holders(ctx, row, flag)) > 0) row_set_int(row, flag, 0);
    }
    return ctx->errors.count == 0;
}

static bool is_live(struct ctx *ctx, const struct entity *entity, int64_t id) {
    return query_one(ctx, entity, id, MAY_READ, false) != NULL;
}

static bool parent_gone(struct ctx *ctx, const struct field *f, const struct entity *parent) {
    return errors_add(&ctx->errors, 409, "parent_deleted", f->decl->name, "Its %s is deleted. Restore that first.",
                      str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(parent->decl->one))));
}

/* What a restored record points to may have been deleted since: what it cannot be without must come back first, the rest it lets
 * go. What was merged into another is found there. */
static bool drop_dead_references(struct ctx *ctx, struct row *row) {
    for (int i = 0; i < row->entity->field_count; i++) {
        const struct field *f = &row->entity->fields[i];
        if (f->flags & IMPLICIT || !f->stored || value_is_null(row->values[i])) continue;
        if (f->kind == &kind_subject_type) {
            const struct entity *subject = registry_find(row->values[i].text);
            struct value id = row->values[f->pair->index];
            if (!subject || value_is_null(id) || is_live(ctx, subject, id.integer)) continue;
            int64_t into = merge_into(ctx, subject, id.integer);
            if (!into) return parent_gone(ctx, f->pair, subject);
            row->values[f->pair->index] = value_int(into);
        } else if (f->to && f->to->deleted_at >= 0 && !is_live(ctx, f->to, row->values[i].integer)) {
            int64_t into = merge_into(ctx, f->to, row->values[i].integer);
            if (into) {
                row->values[i] = value_int(into);
                continue;
            }
            if (f->decl->on_delete != SET_NULL) return parent_gone(ctx, f, f->to);
            row->values[i] = VALUE_NONE;
        }
    }
    return ctx->errors.count == 0;
}

/* What went with it carries the same moment. */
static bool restore_followers(struct ctx *ctx, const struct row *old, int64_t deleted_at) {
    kept_leave(ctx, old);
    const struct field *f;
    bool ok = true;
    for (int i = 0; ok && (f = registry_referrer(old->entity, i)); i++) {
        if (f->decl->on_delete != CASCADE || f->entity->deleted_at < 0) continue;
        struct query *q = children(ctx, f, row_id(old));
        q->only_deleted = true;
        query_where(q, "deleted_at", OP_EQ, value_int(deleted_at));
        ok = for_all(q, restore_child, NULL);
    }
    ok = ok && follow_subjects(ctx, old->entity, row_id(old), deleted_at, restore_child);
    kept_left(ctx);
    return ok;
}

/* `together`: with its parent, and with what else went with that. */
static bool restore_row(struct ctx *ctx, struct row *old, bool together) {
    const struct entity *entity = old->entity;
    int64_t deleted_at = old->values[entity->deleted_at].integer;
    struct change change = {
        .entity = entity, .old = old, .row = row_copy(ctx->arena, old), .restoring = true, .together = together};
    change.row->values[entity->deleted_at] = VALUE_NONE;
    if (!together && !drop_dead_references(ctx, change.row)) return false;
    if (!rest_check(ctx, &change) || !yield_flags(ctx, change.row)) return false;
    if (entity->decl->before_save && !entity->decl->before_save(ctx, &change)) return false;
    return repo_write(ctx, &change, "restored") && restore_followers(ctx, old, deleted_at) &&
           kept_refresh(ctx, entity, row_id(old));
}

struct row *repo_restore(struct ctx *ctx, const struct entity *entity, int64_t id) {
    if (entity->deleted_at < 0) {
        errors_add(&ctx->errors, 409, "not_restorable", NULL, "%s are deleted for good.", entity->decl->many);
        return NULL;
    }
    if (!access_may(ctx->actor, entity, MAY_DELETE)) {
        access_deny(ctx, entity, MAY_DELETE);
        return NULL;
    }
    struct row *old = query_one(ctx, entity, id, MAY_DELETE, true);
    if (!old && ctx->errors.count == 0 && query_one(ctx, entity, id, MAY_READ, true)) {
        access_deny(ctx, entity, MAY_DELETE);
        return NULL;
    }
    if (!old) {
        errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such %s.",
                   str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(entity->decl->one))));
        return NULL;
    }
    if (value_is_null(old->values[entity->deleted_at])) return old;
    struct as_system s = repo_as_system(ctx);
    bool ok = restore_row(ctx, old, false);
    repo_end_system(ctx, s);
    return ok ? query_one(ctx, entity, id, MAY_READ, false) : NULL;
}
