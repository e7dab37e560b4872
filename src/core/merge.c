/* merge.c - two records that are one (merge.h). */
#include "core/merge.h"

#include "core/access.h"
#include "core/audit.h"
#include "core/change_set.h"
#include "core/custom.h"
#include "core/kept.h"
#include "core/query_sql.h"
#include "core/registry.h"
#include "core/repo_save.h"

#define PAGE 200  /* rows that are read at once; those that moved are no longer found */
#define DEEPEST 4 /* what hangs on what hangs on it */
#define CHAIN 16  /* merged into one that was merged itself */

/* ---- fields ---------------------------------------------------------------------------------------------------------------- */

bool merge_possible(const struct entity *entity) {
    unsigned never = ENTITY_READ_ONLY | ENTITY_APPEND_ONLY | ENTITY_INTERNAL | ENTITY_ACCESS | ENTITY_GLOBAL;
    return entity->decl->match && entity->deleted_at >= 0 && entity->version >= 0 && !entity_is(entity, never);
}

bool merge_takes(const struct field *f) {
    return f->stored && !(f->flags & (READ_ONLY | COMPUTED | HIDDEN | IMMUTABLE | IMPLICIT | TRANSIENT)) && !f->decl->kept.how &&
           f->kind != &kind_secret && f->kind != &kind_subject_type && f->kind != &kind_subject_id;
}

static bool is_empty(const struct row *row, const struct field *f) {
    struct value v = row->values[f->index];
    return value_is_null(v) || (v.type == VALUE_TEXT && (!v.text.len || str_eqc(v.text, "[]") || str_eqc(v.text, "{}")));
}

static bool is_money(const struct field *f) { return f->kind == &kind_money && f->pair; }

static bool is_currency(const struct field *f) {
    for (int i = 0; i < f->entity->field_count; i++)
        if (is_money(&f->entity->fields[i]) && f->entity->fields[i].pair == f) return true;
    return false;
}

static bool has_money(const struct row *row, const struct field *currency) {
    for (int i = 0; i < row->entity->field_count; i++) {
        const struct field *f = &row->entity->fields[i];
        if (is_money(f) && f->pair == currency && !is_empty(row, f)) return true;
    }
    return false;
}

static bool leads_to(const struct row *row, const struct field *f, int64_t id) {
    return f->to && f->to->index == row->entity->index && row->values[f->index].type == VALUE_INT &&
           row->values[f->index].integer == id;
}

struct field_set merge_lacks(const struct row *survivor, const struct row *loser) {
    struct field_set lacks = {.bits = {0}};
    for (int i = 0; i < survivor->entity->field_count; i++) {
        const struct field *f = &survivor->entity->fields[i];
        if (!merge_takes(f) || is_currency(f) || !is_empty(survivor, f) || is_empty(loser, f)) continue;
        if (leads_to(loser, f, row_id(survivor))) continue;
        if (is_money(f) && !value_eq(survivor->values[f->pair->index], loser->values[f->pair->index])) {
            if (has_money(survivor, f->pair) || !merge_takes(f->pair)) continue;
            field_set_add(&lacks, f->pair->index);
        }
        field_set_add(&lacks, i);
    }
    return lacks;
}

/* Amounts of the two cannot stand in one record where their currencies differ. */
static void check_currency(struct ctx *ctx, const struct merge *merge, const struct row *survivor, const struct row *loser,
                           const struct field *f) {
    bool taken = field_set_has(&merge->take, f->index), currency_taken = field_set_has(&merge->take, f->pair->index);
    const struct row *from = taken ? loser : survivor;
    if (taken == currency_taken || is_empty(from, f)) return;
    if (value_eq(survivor->values[f->pair->index], loser->values[f->pair->index])) return;
    errors_add(&ctx->errors, 422, "other_currency", f->decl->name, "%s is in another currency than what is kept.",
               f->decl->label);
}

static bool check_taken(struct ctx *ctx, const struct merge *merge, const struct row *survivor, const struct row *loser) {
    for (int i = 0; i < merge->entity->field_count; i++) {
        const struct field *f = &merge->entity->fields[i];
        if (is_money(f)) check_currency(ctx, merge, survivor, loser, f);
        if (!field_set_has(&merge->take, i)) continue;
        if (!merge_takes(f))
            errors_add(&ctx->errors, 422, "read_only", f->decl->name, "%s cannot be taken over.", f->decl->label);
        else if (leads_to(loser, f, merge->survivor))
            errors_add(&ctx->errors, 422, "itself", f->decl->name, "%s would lead to the record itself.", f->decl->label);
    }
    return ctx->errors.count == 0;
}

/* ---- what hangs on it ------------------------------------------------------------------------------------------------------ */

struct merging {
    struct ctx *ctx; /* as the system: whoever may merge two records may bring along what hangs on them */
    int depth;
    int64_t moved;
};

static bool absorb(struct merging *m, const struct entity *entity, int64_t to, int64_t from);

/* Adds " AND (condition)" of a unique key, for the row that is looked for and for the one that would come. */
static void twin_where(struct sqlb *b, const struct row *row, const char *where) {
    if (!where) return;
    buf_printf(&b->sql, " AND (%s) AND EXISTS (SELECT 1 FROM %s me WHERE me.tenant_id = ", where, row->entity->decl->name);
    sqlb_param(b, value_int(b->ctx->tenant_id));
    sqlb_lit(b, " AND me.id = ");
    sqlb_param(b, value_int(row_id(row)));
    buf_printf(&b->sql, " AND (%s))", where);
}

/* The live row that holds the key which `row` would have with `to` in field `f`; 0 where there is none. */
static int64_t twin_by(struct ctx *ctx, const struct row *row, const struct field *f, int64_t to,
                       const struct index_decl *index) {
    const struct entity *entity = row->entity;
    struct sqlb b = sqlb_new(ctx);
    struct str rest = str_of(index->fields), word;
    bool concerns = false;
    sqlb_lit(&b, "SELECT t.id FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " t WHERE ");
    sqlb_inside(&b, entity, "t", MAY_READ, SQLB_LIVE);
    while (str_word(&rest, &word)) {
        const struct field *part = entity_field(entity, word);
        struct value v = part == f ? value_int(to) : row->values[part->index];
        if (value_is_null(v)) return 0; /* what has no value is never the same */
        concerns = concerns || part == f;
        sqlb_lit(&b, " AND ");
        sqlb_column(&b, "t", word);
        sqlb_lit(&b, " = ");
        sqlb_param(&b, v);
    }
    twin_where(&b, row, index->where);
    struct db_stmt *stmt = concerns ? sqlb_prepare(&b) : NULL;
    return stmt ? sql_int_of(ctx, stmt) : 0;
}

static int64_t twin_of(struct ctx *ctx, const struct row *row, const struct field *f, int64_t to) {
    const struct entity_decl *decl = row->entity->decl;
    int64_t twin = 0;
    for (int i = 0; i < decl->index_count && !twin && !ctx->errors.count; i++)
        if (decl->indexes[i].unique) twin = twin_by(ctx, row, f, to, &decl->indexes[i]);
    return twin == row_id(row) ? 0 : twin;
}

/* A record that led to its own double leads nowhere: the two are one. */
static bool move_row(struct merging *m, const struct row *row, const struct field *f, int64_t to) {
    if (++m->moved > MERGE_MOST)
        return errors_add(&m->ctx->errors, 409, "too_many", NULL, "More than %d records hang on it. Move some of them first.",
                          MERGE_MOST);
    int64_t id = row_id(row), twin = twin_of(m->ctx, row, f, to);
    if (m->ctx->errors.count) return false;
    if (twin && entity_is(row->entity, ENTITY_APPEND_ONLY)) return true;
    if (twin) return absorb(m, row->entity, twin, id);
    struct repo_input in = repo_input(m->ctx, row->entity, id);
    in.trusted = in.undoing = true;
    bool itself = f->to && f->to->index == row->entity->index && id == to && !(f->flags & REQUIRED);
    return repo_input_value(&in, f->decl->name, itself ? VALUE_NONE : value_int(to)) && repo_update(&in, id) != NULL;
}

/* All live rows that lead to `from` by `f`, and by its pair where that is a subject. */
static bool move_all(struct merging *m, const struct entity *entity, const struct field *f, int64_t to, int64_t from) {
    struct rows rows = {.next = STR("")};
    do {
        struct query *q = query_new(m->ctx, f->entity);
        query_where(q, f->decl->name, OP_EQ, value_int(from));
        if (!f->to) query_where(q, f->pair->decl->name, OP_EQ, value_text(entity->name));
        query_sort(q, "id");
        q->limit = PAGE;
        q->cursor = rows.next;
        if (!query_rows(q, &rows)) return false;
        for (int i = 0; i < rows.count; i++)
            if (!(f->entity->index == entity->index && row_id(rows.at[i]) == from) && !move_row(m, rows.at[i], f, to))
                return false;
    } while (rows.next.len);
    return true;
}

static bool follows(const struct entity *child) { return !entity_is(child, ENTITY_NO_AUDIT); }

static bool move_followers(struct merging *m, const struct entity *entity, int64_t to, int64_t from) {
    const struct field *f;
    for (int i = 0; (f = registry_referrer(entity, i)); i++)
        if (f->stored && !(f->flags & IMPLICIT) && follows(f->entity) && !move_all(m, entity, f, to, from)) return false;
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *child = custom_entity(m->ctx, registry_at(e));
        for (int i = 0; follows(child) && i < child->field_count; i++) {
            const struct field *at = &child->fields[i];
            bool subject = at->kind == &kind_subject_type && str_in_words(at->decl->subjects, entity->name);
            bool custom = at->custom && at->to && at->to->index == entity->index;
            if ((subject || custom) && !move_all(m, entity, subject ? at->pair : at, to, from)) return false;
        }
    }
    return true;
}

static bool note_pointer(struct ctx *ctx, const struct entity *entity, int64_t to, int64_t from) {
    struct buf into = buf_new(ctx->arena, 48), of = buf_new(ctx->arena, 48);
    buf_printf(&into, "{\"into\":[null,%lld]}", (long long)to);
    buf_printf(&of, "{\"merged\":[null,%lld]}", (long long)from);
    return audit_note(ctx, "merged", entity->decl->name, to, buf_str(&of)) &&
           audit_note(ctx, "merged", entity->decl->name, from, buf_str(&into));
}

/* What they keep of others is computed once all of it has moved; what the loser kept is right again when it comes back. */
static bool move_at_once(struct merging *m, const struct entity *entity, int64_t to, int64_t from) {
    struct ctx *ctx = m->ctx;
    const struct row *ends[] = {query_one(ctx, entity, to, MAY_READ, false), query_one(ctx, entity, from, MAY_READ, false)};
    if (!ends[0] || !ends[1]) return false;
    for (int i = 0; i < 2; i++) kept_leave(ctx, ends[i]);
    bool ok = move_followers(m, entity, to, from);
    for (int i = 0; i < 2; i++) kept_left(ctx);
    return ok && kept_refresh(ctx, entity, to);
}

/* What hangs on `from` moves to `to`, then it goes. */
static bool absorb(struct merging *m, const struct entity *entity, int64_t to, int64_t from) {
    if (++m->depth > DEEPEST)
        return errors_add(&m->ctx->errors, 409, "too_deep", NULL, "Too much hangs on what hangs on it. Merge that first.");
    bool ok = move_at_once(m, entity, to, from) && repo_delete(m->ctx, entity, from, 0) && note_pointer(m->ctx, entity, to, from);
    m->depth--;
    return ok;
}

/* ---- the merge ------------------------------------------------------------------------------------------------------------- */

static bool is_stale(struct ctx *ctx, const struct row *row, int64_t version) {
    if (!version || row->values[row->entity->version].integer == version) return false;
    errors_add(&ctx->errors, 409, "stale", NULL, "Somebody else has changed %.*s since you loaded it. Look at both again.",
               STR_ARG(row_title(ctx->arena, row)));
    return true;
}

/* Both as they stand, where the actor may merge them. */
static bool read_both(struct ctx *ctx, const struct merge *merge, struct row **survivor, struct row **loser) {
    const struct entity *entity = merge->entity;
    if (!access_may(ctx->actor, entity, MAY_UPDATE)) return access_deny(ctx, entity, MAY_UPDATE);
    if (!access_may(ctx->actor, entity, MAY_DELETE)) return access_deny(ctx, entity, MAY_DELETE);
    if (merge->survivor == merge->loser)
        return errors_add(&ctx->errors, 422, "itself", "with", "A record cannot be merged with itself.");
    *survivor = repo_for_change(ctx, entity, merge->survivor, MAY_UPDATE, 0);
    *loser = *survivor ? repo_for_change(ctx, entity, merge->loser, MAY_UPDATE, 0) : NULL;
    return *loser && repo_for_change(ctx, entity, merge->loser, MAY_DELETE, 0) && !is_stale(ctx, *survivor, merge->version) &&
           !is_stale(ctx, *loser, merge->loser_version);
}

/* By the loser's values, as they stood; whose name is free again by then. */
static struct row *take_values(struct ctx *ctx, const struct merge *merge, const struct row *loser) {
    struct repo_input in = repo_input(ctx, merge->entity, merge->survivor);
    for (int i = 0; i < merge->entity->field_count; i++)
        if (field_set_has(&merge->take, i) && !repo_input_value(&in, merge->entity->fields[i].decl->name, loser->values[i]))
            return NULL;
    return repo_update(&in, merge->survivor);
}

struct row *merge_run(struct ctx *ctx, const struct merge *asked) {
    struct merge merge = *asked;
    struct row *survivor, *loser;
    if (!read_both(ctx, &merge, &survivor, &loser)) return NULL;
    if (!merge.chosen) merge.take = merge_lacks(survivor, loser);
    if (!check_taken(ctx, &merge, survivor, loser)) return NULL;
    struct str into = row_title(ctx->arena, survivor), title = row_title(ctx->arena, loser);
    struct str summary = lang_printf(ctx->arena, "%.*s into %.*s", STR_ARG(title), STR_ARG(into));
    int64_t set = change_set_begin(ctx, "merge", merge.entity, summary);
    if (!set) return NULL;
    struct as_system s = repo_as_system(ctx);
    bool ok = absorb(&(struct merging){.ctx = ctx}, merge.entity, merge.survivor, merge.loser);
    repo_end_system(ctx, s);
    struct row *row = ok ? take_values(ctx, &merge, loser) : NULL;
    return row && change_set_end(ctx, set, 2) ? row : NULL;
}

/* ---- the pointer ----------------------------------------------------------------------------------------------------------- */

/* The last that was said of the record: where it went, or 0. */
static int64_t pointer_of(struct ctx *ctx, const struct entity *entity, int64_t id) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT action, changes FROM audit_logs WHERE tenant_id = :tenant AND entity_type = :entity "
                                  "AND entity_id = :id ORDER BY created_at DESC, id DESC LIMIT 1",
                                  ARGS({":entity", value_text(entity->name)}, {":id", value_int(id)}));
    int64_t into = 0;
    if (s && db_step(s) == DB_ROW && str_eqc(db_text(s, 0), "merged")) {
        struct errors ignored = {.arena = ctx->arena};
        const struct json *pair = json_get(json_parse(ctx->arena, str_dup(ctx->arena, db_text(s, 1)), &ignored), STR("into"));
        if (json_type(pair) == JSON_T_ARRAY && json_count(pair) == 2) into = json_int(json_at(pair, 1));
    }
    if (s) db_reset(s);
    return into;
}

int64_t merge_into(struct ctx *ctx, const struct entity *entity, int64_t id) {
    if (!merge_possible(entity)) return 0;
    for (int i = 0; i < CHAIN; i++) {
        const struct row *row = query_one(ctx, entity, id, MAY_READ, true);
        if (!row || ctx->errors.count) return 0;
        if (value_is_null(row->values[entity->deleted_at])) return i ? id : 0;
        if (!(id = pointer_of(ctx, entity, id))) return 0;
    }
    return 0;
}
