/* import_match.c - is what a row tells of there already? By the record's id, else by the first of the fields that say so. */
#include "base/text.h"
#include "core/import_impl.h"
#include "core/query_sql.h"

struct import_seen_key {
    uint64_t key;     /* 0: free */
    uint64_t content; /* of the whole row, so that the same once more is told from a change */
};

/* ---- which fields ------------------------------------------------------------------------------------------------------- */

static const struct import_column *column_of(const struct import *import, const struct field *f) {
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field == f && !import->columns[i].beside && !import->columns[i].joined) return &import->columns[i];
    return NULL;
}

static void add_field(struct import *import, const struct field *f) {
    for (int i = 0; i < import->match_count; i++)
        if (import->match[i] == f) return;
    bool room = import->match_count < (int)(sizeof import->match / sizeof *import->match);
    if (!f || !f->stored || !column_of(import, f) || !room) return;
    const struct field *within = entity_match_within(f);
    // Where a file does not say of which stage its lots are, the lot itself has to tell.
    if (within && (within->flags & REQUIRED) && !column_of(import, within)) within = NULL;
    import->within[import->match_count] = within;
    import->match[import->match_count++] = f;
}

static bool add_asked(struct import *import, struct str word) {
    const struct field *f = entity_field(import->entity, word);
    struct errors *errors = &import->ctx->errors;
    if (!f || !f->stored || (f->flags & HIDDEN) || f->kind == &kind_secret)
        return errors_add(errors, 422, "unknown_field", "match", "%s have no field '%.*s' to match by.",
                          import->entity->decl->many, STR_ARG(word));
    if (!column_of(import, f))
        return errors_add(errors, 422, "no_column", "match", "No column of the file goes into %s, by which to match.",
                          f->decl->label);
    add_field(import, f);
    return true;
}

bool import_match_fields(struct import *import) {
    struct str asked = import->options->match, word;
    if (import->options->duplicates == IMPORT_CREATE && !asked.len) return true;
    while (str_word(&asked, &word))
        if (!add_asked(import, word)) return false;
    const struct field *id = &import->entity->fields[import->entity->id];
    import->id_only = import->match_count == 1 && import->match[0] == id;
    if (import->options->match.len) return true;
    add_field(import, id);
    struct str rest = str_of(import->entity->decl->match);
    while (str_word(&rest, &word)) add_field(import, entity_field(import->entity, word));
    return true;
}

/* ---- in the database ---------------------------------------------------------------------------------------------------- */

/* An address is the same however it is capitalised; it is found as it is written and in small letters. */
static struct query_filter filter_of(struct arena *arena, const struct field *f, struct value value) {
    struct query_filter filter = {.field = f, .op = OP_EQ, .value = value};
    if (f->kind != &kind_email) return filter;
    struct value *both = arena_array(arena, struct value, 2);
    both[0] = value;
    both[1] = value_text(str_lower(arena, value.text));
    filter.op = OP_IN;
    filter.values = both;
    filter.value_count = 2;
    return filter;
}

/* What tells a row's record apart: the value of a field, and the record within which it does. */
struct key {
    const struct field *field, *within; /* NULL: by itself */
    struct value value, place;
};

static void and_filter(struct sqlb *b, const struct query_filter *filter) {
    sqlb_lit(b, " AND ");
    sqlb_filter(b, "t", filter);
}

/* Not by query_rows: its order would take the index of ids, and walk all of the tenant's rows. */
static bool find(struct ctx *ctx, struct import *import, const struct key *key, struct import_match *match) {
    if (!access_may(ctx->actor, import->entity, MAY_READ)) return true;
    struct query_filter filter = filter_of(ctx->arena, key->field, key->value);
    bool nowhere = value_is_null(key->place);
    struct query_filter place = {
        .field = key->within, .op = nowhere ? OP_NULL : OP_EQ, .value = nowhere ? value_int(1) : key->place};
    struct sqlb b = sqlb_new(ctx);
    sqlb_lit(&b, "SELECT t.id FROM ");
    sqlb_name(&b, import->entity->name);
    sqlb_lit(&b, " t WHERE ");
    sqlb_inside(&b, import->entity, "t", MAY_READ, SQLB_LIVE);
    and_filter(&b, &filter);
    if (key->within) and_filter(&b, &place);
    sqlb_lit(&b, " LIMIT 2");
    struct db_stmt *stmt = sqlb_prepare(&b);
    if (!stmt) return false;
    enum db_result r = db_step(stmt);
    if (r == DB_ROW) {
        match->id = db_int(stmt, 0);
        r = db_step(stmt);
        match->several = r == DB_ROW;
    }
    db_reset(stmt);
    return r == DB_ROW || r == DB_DONE || db_fail(ctx->conn, r, &ctx->errors);
}

/* ---- in this file ------------------------------------------------------------------------------------------------------- */

static struct import_seen_key *slot_of(const struct import_seen *seen, uint64_t key) {
    size_t at = (size_t)key & (seen->cap - 1);
    while (seen->slots[at].key && seen->slots[at].key != key) at = (at + 1) & (seen->cap - 1);
    return &seen->slots[at];
}

static struct import_seen_key *seen_find(const struct import_seen *seen, uint64_t key) {
    if (!seen->cap) return NULL;
    struct import_seen_key *slot = slot_of(seen, key);
    return slot->key ? slot : NULL;
}

static void seen_put(struct import_seen *seen, struct arena *arena, uint64_t key, uint64_t content) {
    if (2 * (seen->count + 1) > seen->cap) {
        struct import_seen old = *seen;
        seen->cap = old.cap ? old.cap * 2 : 1024;
        seen->slots = arena_alloc_array(arena, sizeof *seen->slots, seen->cap);
        for (size_t i = 0; i < old.cap; i++)
            if (old.slots[i].key) *slot_of(seen, old.slots[i].key) = old.slots[i];
    }
    struct import_seen_key *slot = slot_of(seen, key);
    seen->count += slot->key == 0;
    *slot = (struct import_seen_key){key, content};
}

static uint64_t value_hash(struct arena *arena, uint64_t seed, struct value value) {
    if (value.type == VALUE_TEXT) return import_hash(seed, str_lower(arena, value.text));
    return import_hash(seed, (struct str){(const char *)&value.integer, sizeof value.integer});
}

/* Of the m-th field that is matched by. */
static uint64_t key_hash(struct arena *arena, int m, const struct key *key) {
    uint64_t seed = (uint64_t)m + 1;
    return value_hash(arena, value_is_null(key->place) ? seed : value_hash(arena, seed, key->place), key->value);
}

static uint64_t content_of(const struct import *import, const struct import_row *row) {
    uint64_t h = 1;
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field) h = import_hash(h, str_trim(import_cell(row, i)));
    return h;
}

static bool cell_value(struct import *import, struct repo_input *in, const struct import_row *row,
                       const struct import_column *column, struct value *value) {
    *value = VALUE_NONE;
    if (!column) return true;
    struct str text = import_cell(row, (int)(column - import->columns));
    struct errors before = in->ctx->errors; // what is wrong with the cell is told when the row is read
    in->ctx->errors = (struct errors){.arena = before.arena};
    bool ok = !str_trim(text).len || import_cell_value(import, in, column, text, value);
    in->ctx->errors = before;
    return ok;
}

/* False where the row has no value there, or one that cannot be read. */
static bool match_key(struct import *import, struct repo_input *in, const struct import_row *row, int m, struct key *key) {
    *key = (struct key){.field = import->match[m], .within = import->within[m]};
    const struct import_column *place = key->within ? column_of(import, key->within) : NULL;
    return cell_value(import, in, row, column_of(import, key->field), &key->value) && !value_is_null(key->value) &&
           cell_value(import, in, row, place, &key->place);
}

/* ---- both --------------------------------------------------------------------------------------------------------------- */

bool import_match(struct ctx *ctx, struct import *import, struct repo_input *in, const struct import_row *row,
                  struct import_match *match) {
    *match = (struct import_match){0};
    for (int m = 0; m < import->match_count; m++) {
        struct key key;
        if (!match_key(import, in, row, m, &key)) continue;
        if (!find(ctx, import, &key, match)) return false;
        if (match->id) return true;
        bool id = key.field->index == import->entity->id;
        match->in_file = !id && seen_find(&import->seen, key_hash(ctx->arena, m, &key)) != NULL;
        if (match->in_file) return true;
        if (id && import->id_only)
            return errors_add(&ctx->errors, 422, "not_found", "id", "There is no %s with this id.",
                              str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(import->entity->decl->one))));
    }
    return true;
}

/* A unique key of a record that was made, as the rules left it. */
static bool keep_unique(struct ctx *ctx, struct import *import, const struct row *saved) {
    const struct entity_decl *decl = saved->entity->decl;
    for (int i = 0; i < decl->index_count; i++) {
        if (!decl->indexes[i].unique || decl->indexes[i].where) continue;
        struct str rest = str_of(decl->indexes[i].fields), word;
        uint64_t key = UINT64_C(1000) + (uint64_t)i;
        const struct field *first = NULL;
        bool whole = true;
        while (str_word(&rest, &word)) {
            const struct field *f = entity_field(saved->entity, word);
            if (!first) first = f;
            struct value v = saved->values[f->index];
            whole = whole && !value_is_null(v);
            key = v.type == VALUE_TEXT ? import_hash(key, v.text)
                                       : import_hash(key, (struct str){(const char *)&v.integer, sizeof v.integer});
        }
        if (!whole) continue;
        if (seen_find(&import->seen, key))
            return errors_add(&ctx->errors, 409, "duplicate", first->decl->name, "Another %s has this %s already.",
                              str_cstr(ctx->arena, lang_inside(ctx->arena, str_of(decl->one))),
                              str_cstr(ctx->arena, lang_inside(ctx->arena, first->label)));
        seen_put(&import->seen, import->ctx->arena, key, 0);
    }
    return true;
}

bool import_match_keep(struct ctx *ctx, struct import *import, struct repo_input *in, const struct import_row *row,
                       const struct row *saved) {
    if (!keep_unique(ctx, import, saved)) return false;
    for (int m = 0; m < import->match_count; m++) {
        struct key key;
        if (import->match[m]->index == import->entity->id || !match_key(import, in, row, m, &key)) continue;
        uint64_t hash = key_hash(ctx->arena, m, &key);
        if (!seen_find(&import->seen, hash)) seen_put(&import->seen, import->ctx->arena, hash, content_of(import, row));
    }
    return true;
}

bool import_match_same(struct import *import, struct repo_input *in, const struct import_row *row) {
    uint64_t content = content_of(import, row);
    for (int m = 0; m < import->match_count; m++) {
        struct key key;
        if (!match_key(import, in, row, m, &key)) continue;
        struct import_seen_key *slot = seen_find(&import->seen, key_hash(in->ctx->arena, m, &key));
        if (!slot) continue;
        bool same = slot->content == content;
        slot->content = content;
        return same;
    }
    return false;
}
