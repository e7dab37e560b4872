/* change_set.c - change-sets: begun, ended, and undone entry by entry from the audit log. */
#include "core/change_set.h"

#include "base/json.h"
#include "base/utf8.h"
#include "core/registry.h"
#include "core/savepoint.h"

#define UNDO_BATCH 200               /* audit entries of one write */
#define UNDO_MEMORY (64u << 20)      /* for one batch */
#define UNDO_FROM (INT64_C(1) << 53) /* above every id */

static struct value id_or_none(int64_t id) {
    return id ? value_int(id) : VALUE_NONE;
}

static int64_t insert(struct ctx *ctx, const char *kind, struct str entity_type, struct str summary, int64_t undo_of) {
    int64_t id = id_new();
    bool ok = sql_exec(ctx,
                       "INSERT INTO change_sets (id, tenant_id, kind, entity_type, summary, record_count, user_id, undo_of_id, "
                       "undone_to, conflict_count, created_at, created_by_id, updated_at, version) VALUES (:id, :tenant, :kind, "
                       ":entity, :summary, 0, :user, :undo_of, :undone_to, 0, :now, :user, :now, 1)",
                       ARGS({":id", value_int(id)}, {":kind", value_text(str_of(kind))},
                            {":entity", entity_type.len ? value_text(entity_type) : VALUE_NONE},
                            {":summary", value_text(utf8_prefix(summary, 500))}, {":user", id_or_none(ctx->actor->user_id)},
                            {":undo_of", id_or_none(undo_of)}, {":undone_to", undo_of ? value_int(UNDO_FROM) : VALUE_NONE}));
    return ok ? id : 0;
}

int64_t change_set_begin(struct ctx *ctx, const char *kind, const struct entity *entity, struct str summary) {
    int64_t id = insert(ctx, kind, entity ? entity->name : STR(""), summary, 0);
    if (id) ctx->change_set_id = id;
    return id;
}

bool change_set_end(struct ctx *ctx, int64_t id, int64_t count) {
    if (ctx->change_set_id == id) ctx->change_set_id = 0;
    ctx->ended_set_id = id;
    return sql_exec(ctx,
                    "UPDATE change_sets SET record_count = :count, updated_at = :now, version = version + 1 "
                    "WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":id", value_int(id)}, {":count", value_int(count)}));
}

/* ---- one entry ------------------------------------------------------------------------------------------------------- */

struct entry {
    int64_t id, record_id;
    struct str action, entity_type, changes;
};

/* What became of an entry. Of an update, some fields may be put back while others are in conflict. */
struct step {
    const struct entry *entry;
    bool undone, conflict;
};

static bool is_deleted(const struct row *row) {
    return row->entity->deleted_at >= 0 && !value_is_null(row->values[row->entity->deleted_at]);
}

/* One side of a change as a value; money is read in the currency that the record had on that side. */
static bool side_value(struct ctx *ctx, const struct row *row, const struct field *f, const struct json *changes, size_t side,
                       struct value *out) {
    const struct json *pair = json_get(changes, f->name);
    if (json_type(pair) != JSON_T_ARRAY || json_count(pair) != 2) return false;
    struct kind_env env = row_env(&ctx->env, row, f);
    const struct json *currency = f->kind == &kind_money && f->pair ? json_at(json_get(changes, f->pair->name), side) : NULL;
    if (json_type(currency) == JSON_T_STRING) env.currency = json_text(currency);
    struct errors ignored = {.arena = ctx->arena};
    const struct json *json = json_at(pair, side);
    *out = VALUE_NONE;
    return json_type(json) == JSON_T_NULL || kind_from_json(f, &env, json, out, &ignored);
}

/* Puts into `in` what may go back to where it was; notes what may not. */
static bool collect_values(struct repo_input *in, const struct row *row, const struct json *changes, struct step *step) {
    void *it = NULL;
    struct str name;
    const struct json *ignored;
    bool any = false;
    while (json_next(changes, &it, &name, &ignored)) {
        const struct field *f = entity_field(row->entity, name);
        if (f && f->decl->kept.how) continue; // it follows from what is put back, or may not be
        struct value from, to, now = f ? row->values[f->index] : VALUE_NONE;
        if (!f || !side_value(in->ctx, row, f, changes, 0, &from) || !side_value(in->ctx, row, f, changes, 1, &to)) {
            step->conflict = true;
            continue;
        }
        if (value_eq(now, from)) continue;
        if (!value_eq(now, to)) {
            // What is computed follows from the other fields; that it moved on is nobody's work to protect.
            step->conflict = step->conflict || !(f->flags & COMPUTED);
            continue;
        }
        if (!repo_input_value(in, f->decl->name, from)) return false;
        any = true;
    }
    step->undone = any;
    return true;
}

static bool put_back(struct ctx *ctx, const struct entity *entity, struct step *step) {
    const struct entry *entry = step->entry;
    struct errors ignored = {.arena = ctx->arena};
    const struct json *changes = entry->changes.len ? json_parse(ctx->arena, entry->changes, &ignored) : NULL;
    if (json_type(changes) != JSON_T_OBJECT) return true;
    struct row *row = query_one(ctx, entity, entry->record_id, MAY_READ, true);
    if (!row || is_deleted(row)) {
        step->conflict = true;
        return true;
    }
    struct repo_input in = repo_input(ctx, entity, entry->record_id);
    in.trusted = in.undoing = true;
    return collect_values(&in, row, changes, step) && (!step->undone || repo_update(&in, entry->record_id));
}

/* Gone is what was created, back is what was deleted; nothing where it is so already. */
static bool set_alive(struct ctx *ctx, const struct entity *entity, struct step *step, bool alive) {
    int64_t id = step->entry->record_id;
    struct row *row = query_one(ctx, entity, id, MAY_READ, true);
    if (alive && !row) {
        step->conflict = true; // gone for good
        return true;
    }
    if (!row || is_deleted(row) != alive) return true;
    step->undone = true;
    return alive ? repo_restore(ctx, entity, id) != NULL : repo_delete(ctx, entity, id, 0);
}

static bool undo_entry(struct ctx *ctx, void *arg) {
    struct step *step = arg;
    const struct entity *entity = registry_find(step->entry->entity_type);
    if (!entity) {
        step->conflict = true;
        return true;
    }
    struct str action = step->entry->action;
    if (str_eqc(action, "merged")) return true; // it only tells where a record went
    if (entity_is(entity, ENTITY_APPEND_ONLY) && !str_eqc(action, "updated")) return true;
    if (str_eqc(action, "created") || str_eqc(action, "restored")) return set_alive(ctx, entity, step, false);
    if (str_eqc(action, "deleted")) return set_alive(ctx, entity, step, true);
    return put_back(ctx, entity, step);
}

/* ---- the undo -------------------------------------------------------------------------------------------------------- */

struct undo {
    int64_t set_id;    /* what is undone */
    int64_t undo_id;   /* the change-set of the undo itself; 0 until the first batch */
    int64_t undo_of;   /* where the set is itself an undo: of which */
    int64_t undone_to; /* all entries from here up are done */
    struct undo_result result;
    bool finished;
};

static bool not_found(struct ctx *ctx) {
    return errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such change to undo.");
}

static bool may_undo(struct ctx *ctx, int64_t user_id, struct str entity_type) {
    const struct actor *actor = ctx->actor;
    const struct entity *entity = registry_find(entity_type);
    if (actor->system || (entity ? access_scope(actor, entity, MAY_UPDATE) == SCOPE_ALL : actor->admin)) return true;
    if (user_id == 0 || user_id != actor->user_id) return not_found(ctx);
    if (!entity || access_may(actor, entity, MAY_UPDATE) || access_may(actor, entity, MAY_DELETE)) return true;
    return access_deny(ctx, entity, MAY_UPDATE);
}

/* Finds the undo of this set that is under way, from an earlier attempt or a parallel one. */
static bool resume(struct ctx *ctx, struct undo *undo) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT id, undone_to, record_count, conflict_count FROM change_sets WHERE tenant_id = :tenant "
                                  "AND undo_of_id = :set AND (id = :undo OR :undo = 0 AND undone_to IS NOT NULL)",
                                  ARGS({":set", value_int(undo->set_id)}, {":undo", value_int(undo->undo_id)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r == DB_ROW) {
        undo->undo_id = db_int(s, 0);
        undo->finished = db_is_null(s, 1);
        undo->undone_to = db_int(s, 1);
        undo->result = (struct undo_result){db_int(s, 2), db_int(s, 3)};
    }
    db_reset(s);
    return r == DB_ROW || r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

/* The set as it is, whether it may be undone, and the undo's own change-set, made where there is none. */
static bool open_undo(struct ctx *ctx, struct undo *undo) {
    struct db_stmt *s = sql_query(ctx,
                                  "SELECT user_id, entity_type, summary, undone_at, undo_of_id, undone_to FROM change_sets "
                                  "WHERE tenant_id = :tenant AND id = :set",
                                  ARGS({":set", value_int(undo->set_id)}));
    if (!s) return false;
    enum db_result r = db_step(s);
    if (r != DB_ROW) {
        db_reset(s);
        return r == DB_DONE ? not_found(ctx) : db_fail(ctx->conn, r, &ctx->errors);
    }
    int64_t user_id = db_int(s, 0);
    struct str entity_type = str_dup(ctx->arena, db_text(s, 1)), summary = str_dup(ctx->arena, db_text(s, 2));
    bool undone = !db_is_null(s, 3), under_way = !db_is_null(s, 5);
    undo->undo_of = db_int(s, 4);
    db_reset(s);
    bool first = undo->undo_id == 0;
    if (first && !may_undo(ctx, user_id, entity_type)) return false;
    if (first && undone) return errors_add(&ctx->errors, 409, "already_undone", NULL, "This was undone already.");
    if (under_way)
        return errors_add(&ctx->errors, 409, "conflict", NULL, "This undo is not finished yet. Try again in a moment.");
    if (!resume(ctx, undo)) return false;
    if (undo->undo_id == 0) {
        undo->undo_id = insert(ctx, "undo", entity_type, lang_printf(ctx->arena, "Undo: %.*s", STR_ARG(summary)), undo->set_id);
        undo->undone_to = UNDO_FROM;
    }
    return undo->undo_id != 0;
}

static bool read_entries(struct ctx *ctx, const struct undo *undo, struct entry *entries, int *count) {
    struct db_stmt *s = sql_query(
        ctx,
        "SELECT id, action, entity_type, entity_id, changes FROM audit_logs WHERE tenant_id = :tenant "
        "AND change_set_id = :set AND id < :below ORDER BY id DESC LIMIT :most",
        ARGS({":set", value_int(undo->set_id)}, {":below", value_int(undo->undone_to)}, {":most", value_int(UNDO_BATCH)}));
    if (!s) return false;
    enum db_result r;
    *count = 0;
    while ((r = db_step(s)) == DB_ROW)
        entries[(*count)++] = (struct entry){.id = db_int(s, 0),
                                             .action = str_dup(ctx->arena, db_text(s, 1)),
                                             .entity_type = str_dup(ctx->arena, db_text(s, 2)),
                                             .record_id = db_int(s, 3),
                                             .changes = str_dup(ctx->arena, db_text(s, 4))};
    db_reset(s);
    return r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

/* Where the undo stands, so that it can go on from there. At its end the set is undone, and what it had itself undone is not. */
static bool keep_progress(struct ctx *ctx, const struct undo *undo) {
    const struct sql_arg *args = ARGS(
        {":undo", value_int(undo->undo_id)}, {":set", value_int(undo->set_id)}, {":undo_of", value_int(undo->undo_of)},
        {":user", id_or_none(ctx->actor->user_id)}, {":count", value_int(undo->result.undone)},
        {":conflicts", value_int(undo->result.conflicts)}, {":to", undo->finished ? VALUE_NONE : value_int(undo->undone_to)});
    return sql_exec(ctx,
                    "UPDATE change_sets SET undone_to = :to, record_count = :count, conflict_count = :conflicts, "
                    "updated_at = :now, version = version + 1 WHERE tenant_id = :tenant AND id = :undo",
                    args) &&
           (!undo->finished ||
            (sql_exec(ctx,
                      "UPDATE change_sets SET undone_at = :now, undone_by_id = :user, updated_at = :now, version = version + 1 "
                      "WHERE tenant_id = :tenant AND id = :set",
                      args) &&
             sql_exec(ctx,
                      "UPDATE change_sets SET undone_at = NULL, undone_by_id = NULL, updated_at = :now, version = version + 1 "
                      "WHERE tenant_id = :tenant AND id = :undo_of",
                      args)));
}

static bool undo_batch(struct ctx *ctx, void *arg) {
    struct undo *undo = arg;
    if (!open_undo(ctx, undo) || undo->finished) return ctx->errors.count == 0;
    // Rules worked as the system within the set, so its undo does; who may undo the set was decided when it was opened.
    struct actor *as_system = arena_alloc(ctx->arena, sizeof *as_system);
    *as_system = *ctx->actor;
    as_system->system = true;
    ctx->actor = as_system;
    ctx->change_set_id = undo->undo_id;
    struct entry *entries = arena_array(ctx->arena, struct entry, UNDO_BATCH);
    int count = 0;
    bool ok = read_entries(ctx, undo, entries, &count);
    for (int i = 0; i < count && ok; i++) {
        struct step step = {.entry = &entries[i]};
        if (!savepoint_try(ctx, undo_entry, &step, NULL)) step = (struct step){.conflict = true};
        ok = ctx->errors.count == 0;
        undo->result.undone += step.undone;
        undo->result.conflicts += step.conflict;
        undo->undone_to = entries[i].id;
    }
    undo->finished = ok && count < UNDO_BATCH;
    return ok && keep_progress(ctx, undo);
}

bool change_set_undo(struct ctx *ctx, int64_t id, struct undo_result *result) {
    struct undo undo = {.set_id = id};
    *result = (struct undo_result){0};
    bool ok = true;
    while (ok && !undo.finished) {
        struct undo batch = undo; // a batch whose commit fails did not happen
        struct ctx part = *ctx;
        part.arena = part.env.arena = arena_new(UNDO_MEMORY);
        arena_speak(part.arena, arena_lang(ctx->arena));
        ok = ctx_write(&part, undo_batch, &batch);
        ctx->errors = part.errors; // these live in the caller's arena
        arena_free(part.arena);
        if (ok) undo = batch;
    }
    *result = undo.result;
    return ok;
}
