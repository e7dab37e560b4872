/* repo.c - create, update, act: the one way to save a row. Deleting and restoring: repo_delete.c. */
#include "core/repo.h"

#include "base/timefmt.h"
#include "core/access.h"
#include "core/apart.h"
#include "core/audit.h"
#include "core/change_set.h"
#include "core/custom.h"
#include "core/custom_index.h"
#include "core/event.h"
#include "core/kept.h"
#include "core/query_sql.h"
#include "core/registry.h"
#include "core/repo_check.h"
#include "core/repo_save.h"
#include "core/rest.h"
#include "core/search.h"
#include "core/vault.h"

struct after_commit {
    struct change change;
    struct after_commit *next;
};

void repo_after_commit(struct ctx *ctx) {
    for (struct after_commit *a = ctx->after_commit; a; a = a->next) a->change.entity->decl->after_commit(ctx, &a->change);
}

struct as_system repo_as_system(struct ctx *ctx) {
    struct as_system s = {ctx->actor};
    struct actor *all = arena_alloc(ctx->arena, sizeof *all);
    *all = *ctx->actor; /* keeps who they are, for the audit */
    all->system = true;
    ctx->actor = all;
    return s;
}

void repo_end_system(struct ctx *ctx, struct as_system s) { ctx->actor = s.before; }

/* ---- writing one row ------------------------------------------------------------------------------------------------------ */

/* Whether nothing keeps a new row out whose references were found: nobody needs to wait until it is in. */
static bool is_certain(const struct change *change) {
    const struct entity *entity = change->entity;
    if (change->old || field_set_has(&change->given, entity->id)) return false;
    for (int i = 0; i < entity->decl->index_count; i++)
        if (entity->decl->indexes[i].unique) return false;
    return true;
}

static bool finish(struct ctx *ctx, struct sqlb *b, const struct change *change) {
    struct db_stmt *stmt = sqlb_prepare(b);
    if (!stmt) return false;
    enum db_result r = is_certain(change) ? db_defer(stmt) : db_step(stmt);
    db_reset(stmt);
    if (r == DB_DONE) return true;
    if (r == DB_CONSTRAINT && db_constraint(ctx->conn) == DB_CONSTRAINT_UNIQUE) return repo_tell_duplicate(ctx, change);
    return db_fail(ctx->conn, r, &ctx->errors);
}

static bool insert_row(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "INSERT INTO ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " (");
    buf_add(&b.sql, entity->columns);
    sqlb_lit(&b, ") VALUES (");
    bool first = true;
    for (int i = 0; i < entity->field_count; i++) {
        if (!entity->fields[i].stored || entity->fields[i].custom) continue;
        if (!first) buf_char(&b.sql, ',');
        first = false;
        sqlb_param(&b, change->row->values[i]);
    }
    buf_char(&b.sql, ')');
    return finish(ctx, &b, change);
}

static bool update_row(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "UPDATE ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " SET ");
    bool first = true;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!f->stored || f->custom || value_eq(change->old->values[i], change->row->values[i])) continue;
        if (!first) buf_char(&b.sql, ',');
        first = false;
        sqlb_name(&b, f->name);
        sqlb_lit(&b, " = ");
        sqlb_param(&b, change->row->values[i]);
    }
    sqlb_lit(&b, " WHERE id = ");
    sqlb_param(&b, value_int(row_id(change->row)));
    if (entity->tenant_id >= 0) {
        sqlb_lit(&b, " AND tenant_id = ");
        sqlb_param(&b, change->old->values[entity->tenant_id]);
    }
    if (entity->version >= 0) { /* another server may have been faster */
        sqlb_lit(&b, " AND version = ");
        sqlb_param(&b, change->old->values[entity->version]);
    }
    if (!finish(ctx, &b, change)) return false;
    return db_changes(ctx->conn) == 1 ||
           errors_add(&ctx->errors, 409, "conflict", NULL, "Somebody else has just changed this record. Load it again.");
}

struct query *repo_flag_holders(struct ctx *ctx, const struct row *row, const char *flag) {
    const char *parent = row->entity->decl->exclusive_in;
    struct query *q = query_new(ctx, row->entity);
    query_where(q, flag, OP_EQ, value_int(1));
    if (!parent) return q;
    struct value within = row_get(row, parent);
    bool none = value_is_null(within);
    query_where(q, parent, none ? OP_NULL : OP_EQ, none ? value_int(1) : within);
    return q;
}

/* Setting a flag that only one may have takes it from the one that has it. One that only moves to where another has it gives it
 * up. */
static bool unset_others(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    struct str rest = str_of(entity->decl->exclusive), word;
    while (str_word(&rest, &word)) {
        const char *flag = str_cstr(ctx->arena, word);
        bool moved = entity->decl->exclusive_in && change_touches(change, entity->decl->exclusive_in);
        bool set = change_touches(change, flag) || (moved && change_given(change, flag));
        if (!row_bool(change->row, flag) || !(set || moved)) continue;
        struct as_system s = repo_as_system(ctx);
        struct rows rows;
        bool ok = query_rows(repo_flag_holders(ctx, change->row, flag), &rows);
        for (int i = 0; ok && i < rows.count; i++) {
            if (row_id(rows.at[i]) == row_id(change->row)) continue;
            if (!set) row_set_int(change->row, flag, 0);
            else ok = repo_update_as_system(ctx, entity->decl->name, row_id(rows.at[i]), ARGS({flag, value_int(0)})) != NULL;
        }
        repo_end_system(ctx, s);
        if (!ok) return false;
    }
    return true;
}

bool repo_write(struct ctx *ctx, struct change *change, const char *verb) {
    const struct entity *entity = change->entity;
    if (change->old) {
        if (entity->updated_at >= 0) change->row->values[entity->updated_at] = value_int(ctx->now);
        if (entity->updated_by_id >= 0 && ctx->actor->user_id)
            change->row->values[entity->updated_by_id] = value_int(ctx->actor->user_id);
        if (entity->version >= 0) change->row->values[entity->version].integer = change->old->values[entity->version].integer + 1;
    }
    if (!vault_seal_change(ctx, change)) return false;
    if (entity->custom_count && !custom_write(ctx, change)) return false;
    if (!(change->old ? update_row(ctx, change) : insert_row(ctx, change)) || !apart_check(ctx, change) ||
        !search_update(ctx, change->old, change->row) || !audit_record(ctx, change, verb) || !event_record(ctx, change, verb))
        return false;
    if (entity_is(entity, ENTITY_ACCESS)) ctx->access_touched = true;
    if (!kept_update(ctx, change) || (entity->custom_count && !custom_index_update(ctx, change))) return false;
    if (entity->decl->after_save && !entity->decl->after_save(ctx, change)) return false;
    if (entity->decl->after_commit) {
        struct after_commit *a = arena_alloc(ctx->arena, sizeof *a);
        *a = (struct after_commit){*change, ctx->after_commit};
        ctx->after_commit = a;
    }
    return ctx->errors.count == 0;
}

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

static bool changes_something(const struct change *change) {
    for (int i = 0; i < change->entity->field_count; i++)
        if (change->entity->fields[i].stored && !value_eq(change->old->values[i], change->row->values[i])) return true;
    return false;
}

/* A rule that saved children of it may have changed what it keeps of them. */
static struct row *as_it_stands(struct ctx *ctx, struct row *row) {
    if (!row->entity->keeps) return row;
    struct as_system s = repo_as_system(ctx);
    struct row *now = query_one(ctx, row->entity, row_id(row), MAY_READ, false);
    repo_end_system(ctx, s);
    return now ? now : row;
}

/* Rules, checks, then the row. Everything that is wrong is told, as far as it can be known together. */
static struct row *save(struct repo_input *in, struct change *change, const char *verb) {
    struct ctx *ctx = in->ctx;
    bool sound = ctx->errors.count == 0;
    if (sound && !entity_is(change->entity, ENTITY_NO_AUDIT)) audit_ahead(ctx);
    if (sound && !rest_check(ctx, change)) return NULL;
    if (sound && change->entity->decl->before_save) change->entity->decl->before_save(ctx, change);
    repo_check_required(ctx, change);
    if (!in->trusted) repo_check_immutable(ctx, change);
    if (sound) repo_check_references(ctx, change);
    repo_check_money(ctx, change);
    if (ctx->errors.count) return NULL;
    if (change->old && !change->action && !changes_something(change)) return change->old;
    if (!unset_others(ctx, change) || !repo_write(ctx, change, verb)) return NULL;
    return as_it_stands(ctx, change->row);
}

static bool may_change(struct ctx *ctx, const struct entity *entity, enum access_action action, bool trusted) {
    if (!access_may(ctx->actor, entity, action)) return access_deny(ctx, entity, action);
    if (trusted || ctx->actor->system) return true;
    if (entity_is(entity, ENTITY_READ_ONLY | ENTITY_INTERNAL))
        return errors_add(&ctx->errors, 403, "read_only", NULL, "%s are written by Tenon itself.", entity->decl->many);
    if (entity_is(entity, ENTITY_APPEND_ONLY) && action != MAY_CREATE)
        return errors_add(&ctx->errors, 409, "immutable", NULL, "%s cannot be changed or deleted.", entity->decl->many);
    return true;
}

static struct row *new_row(struct repo_input *in) {
    struct ctx *ctx = in->ctx;
    const struct entity *entity = in->entity;
    struct row *row = row_new(ctx->arena, entity);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (field_set_has(&in->given, i)) row->values[i] = in->values[i];
        if (f->decl->kept.how == KEPT_COUNT || f->decl->kept.how == KEPT_SUM) row->values[i] = value_int(0);
        bool nobody = f->to && !ctx->actor->user_id; /* "me" of a job is no one */
        if (f->decl->initial && !nobody && !field_starts_usual(f) && !field_set_has(&in->given, i))
            kind_parse(f, &in->env, str_of(f->decl->initial), &row->values[i], &ctx->errors);
        if (f->kind == &kind_money && f->pair && value_is_null(row->values[f->pair->index]) && in->env.currency.len)
            row->values[f->pair->index] = value_text(in->env.currency);
    }
    if (value_is_null(row->values[entity->id])) row->values[entity->id] = value_int(id_new());
    if (entity->tenant_id >= 0) row->values[entity->tenant_id] = value_int(ctx->tenant_id);
    if (entity->created_at >= 0 && value_is_null(row->values[entity->created_at]))
        row->values[entity->created_at] = value_int(ctx->now);
    if (entity->updated_at >= 0 && value_is_null(row->values[entity->updated_at]))
        row->values[entity->updated_at] = row->values[entity->created_at];
    if (entity->created_by_id >= 0 && value_is_null(row->values[entity->created_by_id]) && ctx->actor->user_id)
        row->values[entity->created_by_id] = value_int(ctx->actor->user_id);
    if (entity->version >= 0) row->values[entity->version] = value_int(1);
    return row;
}

/* Whether it may be done comes before what is wrong with it: the faults of the input are set aside, and told only if it may. */
static struct errors set_aside(struct ctx *ctx) {
    struct errors faults = ctx->errors;
    errors_clear(&ctx->errors);
    return faults;
}

struct row *repo_create(struct repo_input *in) {
    struct errors faults = set_aside(in->ctx);
    if (!may_change(in->ctx, in->entity, MAY_CREATE, in->trusted)) return NULL;
    in->ctx->errors = faults;
    struct change change = {
        .entity = in->entity, .row = new_row(in), .given = in->given, .importing = in->importing, .undoing = in->undoing};
    return save(in, &change, "created");
}

struct row *repo_for_change(struct ctx *ctx, const struct entity *entity, int64_t id, enum access_action action,
                            int64_t if_version) {
    struct row *row = query_one(ctx, entity, id, action, false);
    if (!row) {
        if (ctx->errors.count == 0 && query_one(ctx, entity, id, MAY_READ, false)) access_deny(ctx, entity, action);
        else if (ctx->errors.count == 0)
            errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such %s.",
                       str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(entity->decl->one))));
        return NULL;
    }
    if (if_version && entity->version >= 0 && row->values[entity->version].integer != if_version) {
        errors_add(&ctx->errors, 412, "stale", NULL, "Somebody else has changed this record since you loaded it. Load it again.");
        return NULL;
    }
    return row;
}

static void apply(const struct repo_input *in, struct row *row) {
    for (int i = 0; i < in->entity->field_count; i++)
        if (field_set_has(&in->given, i)) row->values[i] = in->values[i];
}

struct row *repo_update(struct repo_input *in, int64_t id) {
    struct ctx *ctx = in->ctx;
    struct errors faults = set_aside(ctx);
    if (!may_change(ctx, in->entity, MAY_UPDATE, in->trusted)) return NULL;
    struct row *old = repo_for_change(ctx, in->entity, id, MAY_UPDATE, in->if_version);
    if (!old) return NULL;
    ctx->errors = faults;
    struct change change = {.entity = in->entity,
                            .old = old,
                            .row = row_copy(ctx->arena, old),
                            .given = in->given,
                            .importing = in->importing,
                            .undoing = in->undoing};
    apply(in, change.row);
    return save(in, &change, "updated");
}

/* ---- actions -------------------------------------------------------------------------------------------------------------- */

static bool in_state(const struct row *row, const struct action_decl *action) {
    const struct field *state = row->entity->state;
    if (!action->from || !state) return true;
    struct value v = row->values[state->index];
    if (state->kind == &kind_bool) v = value_text(v.integer ? STR("true") : STR("false"));
    return v.type == VALUE_TEXT && str_in_words(action->from, v.text);
}

static bool has_value(const struct row *row, const struct field *f) {
    struct value v = row->values[f->index];
    return !value_is_null(v) && !(v.type == VALUE_INT && v.integer == 0);
}

/* The first of the fields for which it is too early: it has no value yet, or its moment is still to come. */
static const struct field *too_early(struct ctx *ctx, const struct row *row, const struct action_decl *action) {
    struct str rest = str_of(action->after), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(row->entity, word);
        int64_t now = f->kind == &kind_time ? ctx->now : f->kind == &kind_date ? zone_day(ctx->env.zone, ctx->now) : INT64_MAX;
        if (!has_value(row, f) || row->values[f->index].integer > now) return f;
    }
    return NULL;
}

static bool too_late(const struct row *row, const struct action_decl *action) {
    struct str rest = str_of(action->unless), word;
    while (str_word(&rest, &word))
        if (!has_value(row, entity_field(row->entity, word))) return false;
    return action->unless != NULL;
}

/* Where its own rule had nothing to say against it. */
static bool in_time(struct ctx *ctx, const struct row *row, const struct action_decl *action) {
    const struct field *f = too_early(ctx, row, action);
    if (f)
        return errors_add(&ctx->errors, 409, "too_early", f->decl->name, "'%s' is not possible before '%s'.", action->label,
                          f->decl->label);
    return !too_late(row, action) ||
           errors_add(&ctx->errors, 409, "too_late", NULL, "'%s' is not possible any more.", action->label);
}

const char *repo_why_stays(struct ctx *ctx, const struct row *row) {
    return row->entity->decl->stays ? row->entity->decl->stays(ctx, row) : NULL;
}

bool repo_may_go(struct ctx *ctx, const struct row *row) {
    const char *why = repo_why_stays(ctx, row);
    return why ? errors_add(&ctx->errors, 409, "conflict", NULL, "%s", lang_cstr(ctx->arena, why)) : ctx->errors.count == 0;
}

bool repo_action_possible(struct ctx *ctx, const struct row *row, const struct action_decl *action) {
    return in_state(row, action) && !too_early(ctx, row, action) && !too_late(row, action) &&
           !(action->danger && repo_why_stays(ctx, row)) &&
           query_one(ctx, row->entity, row_id(row), access_for_action(row->entity, action), false) != NULL;
}

static bool check_inputs(struct repo_input *in, const struct action_decl *action) {
    for (int i = 0; i < in->entity->field_count; i++) {
        const struct field *f = &in->entity->fields[i];
        bool told = in->importing && str_in_words(action->stamp, f->name);
        if (field_set_has(&in->given, i) && !told && !str_in_words(action->input, f->name))
            errors_add(&in->ctx->errors, 422, "unknown_field", f->decl->name, "'%s' takes no %s.", action->label, f->decl->label);
    }
    return in->ctx->errors.count == 0;
}

/* Who did it and when; an import tells that of what happened elsewhere. */
static void action_stamp(struct ctx *ctx, const struct change *change) {
    const struct action_decl *action = change->action;
    struct row *row = change->row;
    struct str rest = str_of(action->stamp), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(row->entity, word);
        bool own = !(f->flags & READ_ONLY) && !value_is_null(row->values[f->index]);
        if (change->importing && (own || field_set_has(&change->given, f->index))) continue;
        struct value v = f->kind == &kind_time ? value_int(ctx->now) : value_int(zone_day(ctx->env.zone, ctx->now));
        if (f->to) v = ctx->actor->user_id ? value_int(ctx->actor->user_id) : VALUE_NONE;
        row->values[f->index] = v;
    }
    rest = str_of(action->clear);
    while (str_word(&rest, &word)) row->values[entity_field(row->entity, word)->index] = VALUE_NONE;
}

/* All that is missing is told at once. */
static bool action_has_all(struct ctx *ctx, const struct row *row, const struct action_decl *action) {
    struct str rest = str_of(action->require), word;
    bool ok = true;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(row->entity, word);
        if (!value_is_null(row->values[f->index])) continue;
        ok = errors_add(&ctx->errors, 422, "required", f->decl->name, "'%s' needs %s.", action->label,
                        str_cstr(ctx->arena, lang_inside(ctx->arena, f->label)));
    }
    return ok;
}

static struct str action_summary(struct ctx *ctx, const struct row *row, const struct action_decl *action) {
    struct str title = row_title(ctx->arena, row);
    return str_printf(ctx->arena, "%s: %.*s", lang_cstr(ctx->arena, action->label), STR_ARG(title));
}

struct row *repo_action(struct repo_input *in, int64_t id, const struct action_decl *action) {
    struct ctx *ctx = in->ctx;
    struct errors faults = set_aside(ctx);
    enum access_action needs = access_for_action(in->entity, action);
    if (!access_may(ctx->actor, in->entity, needs)) {
        access_deny(ctx, in->entity, needs);
        return NULL;
    }
    struct row *old = repo_for_change(ctx, in->entity, id, needs, in->if_version);
    if (!old) return NULL;
    ctx->errors = faults;
    if (!check_inputs(in, action)) return NULL;
    const struct field *state = in->entity->state;
    if (!in_state(old, action)) {
        struct buf now = buf_new(ctx->arena, 32);
        kind_to_display(&now, state, &in->env, old->values[state->index]);
        errors_add(&ctx->errors, 409, "wrong_state", state->decl->name, "'%s' is not possible while '%s' is '%.*s'.",
                   action->label, state->decl->label, STR_ARG(buf_str(&now)));
        return NULL;
    }
    if (action->danger && !repo_may_go(ctx, old)) return NULL;
    struct change change = {
        .entity = in->entity, .old = old, .row = row_copy(ctx->arena, old), .given = in->given, .action = action,
        .importing = in->importing};
    apply(in, change.row);
    action_stamp(ctx, &change);
    if (!in->importing && !action_has_all(ctx, change.row, action)) return NULL;
    if (action->to && !kind_parse(state, &in->env, str_of(action->to), &change.row->values[state->index], &ctx->errors))
        return NULL;
    bool own_set = ctx->change_set_id == 0; /* what it does to other records belongs to it, and is undone with it */
    if (own_set && !change_set_begin(ctx, "action", in->entity, action_summary(ctx, old, action))) return NULL;
    if (action->run && !action->run(ctx, &change)) return NULL;
    if (!in_time(ctx, old, action)) return NULL;
    struct row *saved = save(in, &change, action->name);
    return saved && (!own_set || change_set_end(ctx, ctx->change_set_id, 1)) ? saved : NULL;
}

/* ---- for rules ------------------------------------------------------------------------------------------------------------- */

static struct repo_input input_of(struct ctx *ctx, const struct entity *entity, int64_t id, const struct sql_arg *values) {
    struct repo_input in = repo_input(ctx, entity, id);
    in.trusted = true;
    for (; values->name; values++) repo_input_value(&in, values->name, values->value);
    return in;
}

struct row *repo_create_as_system(struct ctx *ctx, const char *entity, const struct sql_arg *values) {
    struct as_system s = repo_as_system(ctx);
    struct repo_input in = input_of(ctx, registry_get(entity), 0, values);
    struct row *row = repo_create(&in);
    repo_end_system(ctx, s);
    return row;
}

struct row *repo_update_as_system(struct ctx *ctx, const char *entity, int64_t id, const struct sql_arg *values) {
    struct as_system s = repo_as_system(ctx);
    struct repo_input in = input_of(ctx, registry_get(entity), id, values);
    struct row *row = repo_update(&in, id);
    repo_end_system(ctx, s);
    return row;
}
