/* verify_rows.c - every row by what its declaration says: its values, what they point to, and what it keeps (verify.h). */
#include "core/custom.h"
#include "core/custom_index.h"
#include "core/custom_prepare.h"
#include "core/kept.h"
#include "core/row_walk.h"
#include "core/search.h"
#include "core/vault.h"
#include "core/verify_impl.h"
#include "db/search_index.h"

/* Columns behind those of the row, by which field they tell of. */
enum probe_what { PROBE_RECORD, PROBE_SUBJECT, PROBE_HISTORY };
struct probe {
    const struct field *field;
    enum probe_what what;
};
struct walk {
    struct verify *v;
    const struct entity *entity;
    struct probe probes[ENTITY_MAX_FIELDS + 1];
    int probe_count;
    int64_t indexed; /* rows that a search should find */
    bool rewording;  /* by custom fields' words they are found or not when that is done (custom_prepare.h) */
};

/* ---- the question ---------------------------------------------------------------------------------------------------------- */

/* A number that names a record without being a reference, in what outlives its records: user_id, change_set_id. */
static const struct entity *loose_target(struct arena *arena, const struct field *f) {
    struct str id = STR("_id");
    if (f->kind != &kind_int || !str_ends(f->name, id)) return NULL;
    struct str one = str_slice(f->name, 0, f->name.len - id.len);
    return registry_find(str_printf(arena, "%.*ss", STR_ARG(one)));
}

/* entity_type and entity_id of events, audit entries and sealed values. */
static bool loose_subject(const struct field *f) {
    const struct field *type = entity_field(f->entity, STR("entity_type"));
    return str_eqc(f->name, "entity_id") && type && type->kind == &kind_text;
}

/* A scalar of one record: when it was deleted, 0 for a live one, NULL where there is none. */
static void probe_record(struct sqlb *b, const struct entity *entity, const struct entity *to, struct str column) {
    sqlb_lit(b, "(SELECT ");
    if (to->deleted_at >= 0) sqlb_lit(b, "coalesce(r.deleted_at, 0)");
    else sqlb_lit(b, "0");
    sqlb_lit(b, " FROM ");
    sqlb_name(b, to->name);
    sqlb_lit(b, " r WHERE ");
    if (entity->tenant_id >= 0 && to->tenant_id >= 0) sqlb_lit(b, "r.tenant_id = t.tenant_id AND ");
    sqlb_lit(b, "r.id = ");
    sqlb_column(b, "t", column);
    buf_char(&b->sql, ')');
}

static void probe_subject(struct sqlb *b, const struct field *type, struct str id_column, const char *subjects) {
    sqlb_lit(b, "CASE ");
    sqlb_column(b, "t", type->name);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *to = registry_at(e);
        if (subjects && !str_in_words(subjects, to->name)) continue;
        sqlb_lit(b, " WHEN ");
        sqlb_param(b, value_text(to->name));
        sqlb_lit(b, " THEN ");
        probe_record(b, type->entity, to, id_column);
    }
    sqlb_lit(b, " END");
}

static bool audited(const struct entity *entity) {
    return entity->tenant_id >= 0 && !entity_is(entity, ENTITY_NO_AUDIT);
}

static void add_probe(struct sqlb *b, struct walk *w, const struct field *f) {
    const struct entity *loose = loose_target(b->ctx->arena, f);
    enum probe_what what = PROBE_RECORD;
    buf_char(&b->sql, ',');
    if (f->kind == &kind_subject_type) {
        what = PROBE_SUBJECT;
        probe_subject(b, f, f->pair->name, f->decl->subjects);
    } else if (loose_subject(f)) {
        what = PROBE_SUBJECT;
        probe_subject(b, entity_field(f->entity, STR("entity_type")), f->name, NULL);
    } else if (f->to || loose) {
        probe_record(b, f->entity, f->to ? f->to : loose, f->name);
    } else {
        b->sql.len--;
        return;
    }
    w->probes[w->probe_count++] = (struct probe){f, what};
}

static struct db_stmt *chunk_query(struct walk *w, int64_t after) {
    const struct entity *entity = w->entity;
    struct ctx *ctx = &w->v->part;
    struct sqlb b = sqlb_new(ctx);
    w->probe_count = 0;
    sqlb_lit(&b, "SELECT ");
    bool first = true;
    for (int i = 0; i < entity->field_count; i++) {
        if (!entity->fields[i].stored) continue;
        if (!first) buf_char(&b.sql, ',');
        first = false;
        sqlb_column(&b, "t", entity->fields[i].name);
    }
    for (int i = 0; i < entity->field_count; i++)
        if (entity->fields[i].stored) add_probe(&b, w, &entity->fields[i]);
    if (audited(entity)) {
        sqlb_lit(&b, ",CASE WHEN EXISTS (SELECT 1 FROM audit_logs a WHERE a.tenant_id = t.tenant_id AND a.entity_type = ");
        sqlb_param(&b, value_text(entity->name));
        sqlb_lit(&b, " AND a.entity_id = t.id) THEN 1 ELSE 0 END");
        w->probes[w->probe_count++] = (struct probe){NULL, PROBE_HISTORY};
    }
    sqlb_lit(&b, " FROM ");
    sqlb_name(&b, entity->name);
    sqlb_lit(&b, " t WHERE t.id > ");
    sqlb_param(&b, value_int(after));
    bool tenant_itself = str_eqc(entity->name, "tenants") && w->v->options->tenant_id;
    if (entity->tenant_id >= 0 || tenant_itself) {
        buf_cstr(&b.sql, tenant_itself ? " AND t.id = " : " AND t.tenant_id = ");
        sqlb_param(&b, value_int(tenant_itself ? w->v->options->tenant_id : ctx->tenant_id));
    }
    sqlb_lit(&b, " ORDER BY t.id LIMIT ");
    sqlb_param(&b, value_int(VERIFY_CHUNK));
    return sqlb_prepare(&b);
}

/* ---- one row --------------------------------------------------------------------------------------------------------------- */

static bool is_live(const struct row *row) {
    return row->entity->deleted_at < 0 || value_is_null(row->values[row->entity->deleted_at]);
}

static void check_value(struct walk *w, const struct row *row, const struct field *f) {
    struct verify *v = w->v;
    struct value value = row->values[f->index];
    bool blank = value.type == VALUE_TEXT && str_trim(value.text).len == 0;
    if (field_never_null(f) && (value_is_null(value) || blank)) {
        verify_say(v, row, f->decl->name, "It is required and has no value.");
        return;
    }
    if (value_is_null(value)) return;
    struct errors why = {.arena = v->part.arena};
    struct kind_env env = row_env(&v->part.env, row, f);
    if (!kind_holds(f, &env, value, &why))
        verify_say(v, row, f->decl->name, "It is not a value of the kind %s: %.*s", f->kind->name, STR_ARG(why.first->message));
    struct str plain;
    if (f->kind != &kind_secret || !v->sealed) return;
    if (vault_use(&v->part, row->entity, row_id(row), f, value.integer, &plain)) return;
    const struct error *e = v->part.errors.first;
    if (e && (e->status < 500 || !strcmp(e->code, "vault_locked"))) {
        verify_say(v, row, f->decl->name, "Its secret cannot be opened: %.*s", STR_ARG(e->message));
        errors_clear(&v->part.errors);
    }
}

static void check_order(struct walk *w, const struct row *row, int earlier, int later) {
    if (earlier < 0 || later < 0 || value_is_null(row->values[earlier]) || value_is_null(row->values[later])) return;
    if (row->values[earlier].integer <= row->values[later].integer) return;
    verify_say(w->v, row, row->entity->fields[later].decl->name, "It is before %s.", row->entity->fields[earlier].decl->name);
}

/* What every record has without its declaration saying so. */
static void check_frame(struct walk *w, const struct row *row) {
    const struct entity *entity = row->entity;
    int64_t id = row_id(row);
    int64_t least = entity->tenant_id < 0 ? 0 : 1; // nodes are counted from 0
    if (id < least || id >= INT64_C(1) << 53)
        verify_say(w->v, row, "id", "It is not an id that every JSON reader holds exactly.");
    if (entity->version >= 0 && row->values[entity->version].integer < 1) verify_say(w->v, row, "version", "It is below 1.");
    check_order(w, row, entity->created_at, entity->updated_at);
    check_order(w, row, entity->created_at, entity->deleted_at);
    if (entity->created_at >= 0 && row->values[entity->created_at].integer > w->v->part.now + VERIFY_CLOCK_MS)
        verify_say(w->v, row, "created_at", "It lies in the future.");
}

/* What is gone for good left an entry that says so. */
static bool was_deleted(struct verify *v, struct str entity, int64_t id) {
    return sql_int(&v->part,
                   "SELECT count(*) FROM audit_logs WHERE tenant_id = :tenant AND entity_type = :entity AND entity_id = :id "
                   "AND action = 'deleted'",
                   ARGS({":entity", value_text(entity)}, {":id", value_int(id)})) > 0;
}

static void check_subject(struct walk *w, const struct row *row, const struct probe *probe, struct db_stmt *s, int column) {
    bool loose = probe->field->kind != &kind_subject_type;
    const struct field *type = loose ? entity_field(row->entity, STR("entity_type")) : probe->field;
    const struct field *id = loose ? probe->field : probe->field->pair;
    struct value kind = row->values[type->index], number = row->values[id->index];
    if (value_is_null(number) && (loose || value_is_null(kind))) return;
    if (value_is_null(kind) || value_is_null(number)) {
        verify_say(w->v, row, value_is_null(kind) ? type->decl->name : id->decl->name, "Only half of the pair is there.");
        return;
    }
    const struct entity *to = registry_find(kind.text);
    if (!to) {
        verify_say(w->v, row, type->decl->name, "There are no records called '%.*s'.", STR_ARG(kind.text));
        return;
    }
    bool gone = db_is_null(s, column);
    if (gone && loose && was_deleted(w->v, kind.text, number.integer)) return;
    if (gone)
        verify_say(w->v, row, id->decl->name, "There is no %.*s %lld in this company.", STR_ARG(kind.text),
                   (long long)number.integer);
    bool follows = !loose && !entity_is(row->entity, ENTITY_APPEND_ONLY | ENTITY_INTERNAL | ENTITY_OWN_DELETE);
    if (follows && is_live(row) && db_int(s, column) != 0)
        verify_say(w->v, row, id->decl->name, "It lives, and %.*s %lld, which it belongs to, is deleted.", STR_ARG(kind.text),
                   (long long)number.integer);
}

static void check_reference(struct walk *w, const struct row *row, const struct field *f, struct db_stmt *s, int column) {
    struct value id = row->values[f->index];
    if (value_is_null(id)) return;
    const char *to = f->to ? f->to->decl->name : "record";
    if (db_is_null(s, column)) {
        verify_say(w->v, row, f->decl->name, "There is no %s %lld in this company.", to, (long long)id.integer);
        return;
    }
    bool follows = f->to && !(f->flags & IMPLICIT) && !entity_is(row->entity, ENTITY_APPEND_ONLY);
    if (follows && is_live(row) && db_int(s, column) != 0)
        verify_say(w->v, row, f->decl->name, "It lives, and %s %lld, which it refers to, is deleted.", to, (long long)id.integer);
}

/* What a live record keeps of those that refer to it is what they are. */
static void check_kept(struct walk *w, const struct row *row) {
    for (int i = 0; w->entity->keeps && is_live(row) && i < w->entity->field_count; i++) {
        const struct field *f = &w->entity->fields[i];
        struct value is;
        if (!f->decl->kept.how || !kept_value(&w->v->part, f, row_id(row), &is) || value_eq(is, row->values[i])) continue;
        verify_say(w->v, row, f->decl->name, "It is not what it keeps of %s.", f->decl->kept.from);
    }
}

static void check_search(struct walk *w, const struct row *row) {
    struct verify *v = w->v;
    if (!search_indexed(row->entity)) return;
    if (w->rewording && !value_is_null(row->values[row->entity->custom])) return;
    struct str words = is_live(row) ? search_words(&v->part, row) : STR("");
    w->indexed += words.len > 0;
    bool holds = false;
    enum db_result r =
        db_search_holds(ctx_conn(&v->part), v->part.arena, row_id(row), v->part.tenant_id, row->entity->name, words, &holds);
    if (r != DB_OK) db_fail(v->part.conn, r, &v->part.errors);
    else if (!holds) verify_say(v, row, NULL, "The search index does not say what the record says.");
}

static void check_row(struct walk *w, struct db_stmt *s, const struct row *row, int column) {
    const struct entity *entity = w->entity;
    for (int i = 0; i < entity->field_count; i++)
        if (entity->fields[i].stored) check_value(w, row, &entity->fields[i]);
    for (int i = row->entity->field_count - row->entity->custom_count; i < row->entity->field_count; i++)
        check_value(w, row, &row->entity->fields[i]);
    const struct field *missed = row->entity->custom_count ? custom_index_wrong(&w->v->part, row) : NULL;
    if (missed) verify_say(w->v, row, missed->decl->name, "The index of this field does not say what the record says.");
    check_frame(w, row);
    for (int i = 0; i < w->probe_count; i++, column++) {
        const struct probe *probe = &w->probes[i];
        if (probe->what == PROBE_RECORD) check_reference(w, row, probe->field, s, column);
        else if (probe->what == PROBE_SUBJECT) check_subject(w, row, probe, s, column);
        else if (!db_int(s, column)) verify_say(w->v, row, NULL, "The audit log does not know how it came to be.");
    }
    check_kept(w, row);
    check_search(w, row);
    if (entity->decl->verify) entity->decl->verify(&w->v->part, row, w->v);
}

/* Entries may be as they must be while the index over them is not. */
static void check_index(struct walk *w) {
    struct verify *v = w->v;
    int64_t count = 0;
    if (!search_indexed(w->entity) || w->rewording) return;
    enum db_result r = db_search_count(ctx_conn(&v->part), v->part.arena, v->part.tenant_id, w->entity->name, &count);
    if (r != DB_OK) db_fail(v->part.conn, r, &v->part.errors);
    else if (count != w->indexed)
        verify_found(v, w->entity->name, 0, STR(""), "The search index leads to %lld of them, not to %lld.", (long long)count,
                     (long long)w->indexed);
}

bool verify_rows(struct verify *v, const struct entity *entity) {
    struct walk walk = {.v = v, .entity = entity};
    walk.rewording = entity->custom >= 0 && custom_prepare_words(&v->part, entity);
    int64_t last = INT64_MIN;
    int count;
    do {
        struct db_stmt *s = chunk_query(&walk, last);
        count = 0;
        while (s && verify_step(v, s)) {
            struct row *row = row_new(v->part.arena, entity);
            int column = 0;
            for (int i = 0; i < entity->field_count; i++)
                if (entity->fields[i].stored) row->values[i] = db_value(s, column++);
            last = row_id(row);
            row = custom_row(&v->part, v->part.tenant_id, row);
            check_row(&walk, s, row, column);
            count++;
        }
        db_reset(s);
        v->result->rows += count;
        if (count) verify_progress(v, entity->decl->name, v->result->rows);
        if (!verify_chunk_end(v)) return false;
    } while (count == VERIFY_CHUNK);
    check_index(&walk);
    return verify_chunk_end(v);
}
