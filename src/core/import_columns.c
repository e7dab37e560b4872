/* import_columns.c - what the columns of a file are: by the mapping, else by what their headings are called. */
#include "base/text.h"
#include "core/csv_guard.h"
#include "core/import_impl.h"

#define COLUMNS_MOST 2000
#define READ_ONLY_LESS 80 /* how much later a column is taken for a field that cannot be set */
#define IDS_LONG 8 /* characters from which on cells of one length look like keys of another program */

/* ---- what is compared -------------------------------------------------------------------------------------------------- */

struct str import_key(struct arena *arena, struct str text) {
    struct str folded = text_fold(arena, text);
    char *key = arena_raw(arena, folded.len + 1);
    size_t n = 0;
    int depth = 0; // "Amount (AUD)": what stands in parentheses says more about the column than its name does
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        depth += (c == '(') - (c == ')' && depth > 0);
        bool counts = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (counts && depth == 0) key[n++] = (char)c;
    }
    return (struct str){key, n};
}

bool import_may_set(const struct field *f) {
    const struct entity *entity = f->entity;
    if (f->index == entity->id || f->index == entity->created_at) return true;
    bool history = (f->flags & BROUGHT) == BROUGHT || import_course_takes(f);
    return !(f->flags & (HIDDEN | IMPLICIT)) && (history || !(f->flags & READ_ONLY));
}

/* How a field is called, ready to be compared. */
struct called {
    struct str name, bare, label; /* `bare`: "assigned_to_id" without "_id", "due_at" without "_at" */
    struct str said;              /* the label in the language of who imports */
};

static struct str without_suffix(const struct field *f) {
    if (f->to && str_ends(f->name, STR("_id"))) return str_slice(f->name, 0, f->name.len - 3);
    bool when = f->kind == &kind_time || f->kind == &kind_date;
    if (when && (str_ends(f->name, STR("_at")) || str_ends(f->name, STR("_on")))) return str_slice(f->name, 0, f->name.len - 3);
    return STR("");
}

static struct called *called_of(struct arena *arena, const struct entity *entity) {
    struct called *called = arena_array(arena, struct called, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        called[i] =
            (struct called){import_key(arena, f->name), import_key(arena, without_suffix(f)), import_key(arena, f->label),
                            import_key(arena, lang_str(arena, f->label))};
    }
    return called;
}

/* ---- claims ------------------------------------------------------------------------------------------------------------ */

/* A column that could be a field; the strongest claim on either is heard first. */
struct claim {
    int column, strength;
    const struct field *field;
    enum import_found found;
};
struct claims {
    struct claim *at;
    int count;
    struct arena *arena;
};

static void claim(struct claims *claims, int column, const struct field *f, int strength, enum import_found found) {
    claims->at = arena_room(claims->arena, claims->at, (size_t)claims->count, sizeof *claims->at);
    claims->at[claims->count++] = (struct claim){column, strength, f, found};
}

static void claim_synonyms(struct claims *claims, int column, const struct entity *entity, struct str key, int less) {
    size_t from = 0;
    const char *fields;
    for (int place = 0; (fields = import_words(key, &from)) != NULL; place++) {
        struct str rest = str_of(fields), word;
        for (; str_word(&rest, &word); place++) {
            const struct field *f = entity_field(entity, word);
            if (!f || !import_may_set(f) || (f->flags & TRANSIENT)) continue;
            bool needed = (f->flags & REQUIRED) && !f->decl->initial; // without it no row can be saved
            int far = place < 12 ? place : 12, strength = needed ? 84 - far : 80 - 4 * far;
            claim(claims, column, f, strength - less, FOUND_SYNONYM);
        }
    }
}

/* What this key may stand for; `less` weakens it where part of the heading was taken off. A field that cannot be set is heard
 * last: "Stage" is the stage, not its name that the record keeps. */
static void claim_key(struct claims *claims, int column, const struct entity *entity, const struct called *called, struct str key,
                      int less) {
    if (!key.len) return;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (f->flags & (HIDDEN | TRANSIENT)) continue;
        if (i == entity->id && (less || !str_eqc(key, "id"))) continue; // "Lead ID" is another program's
        bool settable = import_may_set(f);
        int strength = 0;
        if (str_eq(key, called[i].name)) strength = 97;
        else if (str_eq(key, called[i].bare)) strength = 94;
        else if (str_eq(key, called[i].label) || str_eq(key, called[i].said)) strength = 90;
        if (!strength) continue;
        enum import_found found = !settable ? FOUND_READ_ONLY : strength > 90 ? FOUND_NAME : FOUND_LABEL;
        claim(claims, column, f, (settable ? strength : strength - READ_ONLY_LESS) - less, found);
    }
    claim_synonyms(claims, column, entity, key, less);
}

/* "Lead Owner" of leads is "Owner", "Primary Email" is "Email". */
static void claim_part(struct claims *claims, int column, const struct entity *entity, const struct called *called,
                       struct str key) {
    struct str prefixes[] = {import_key(claims->arena, str_of(entity->decl->one)),
                             import_key(claims->arena, str_of(entity->decl->many)),
                             STR("primary"),
                             STR("main"),
                             STR("person"),
                             STR("work"),
                             STR("business")};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        if (!prefixes[i].len || !str_starts(key, prefixes[i])) continue;
        claim_key(claims, column, entity, called, str_slice(key, prefixes[i].len, key.len), 12 + (int)i);
    }
}

static int by_strength(const void *a, const void *b) {
    const struct claim *x = a, *y = b;
    if (x->strength != y->strength) return y->strength - x->strength;
    return x->column != y->column ? x->column - y->column : x->field->index - y->field->index;
}

/* Cells that are all of one length, without spaces and with digits: keys, not names. */
static bool looks_like_ids(const struct import_row *preview, int count, int column) {
    int seen = 0, with_digits = 0;
    size_t length = 0;
    for (int r = 0; r < count; r++) {
        struct str cell = str_trim(import_cell(&preview[r], column));
        if (!cell.len) continue;
        if (length && cell.len != length) return false;
        length = cell.len;
        seen++;
        bool digit = false;
        for (size_t i = 0; i < cell.len; i++) {
            char c = cell.ptr[i];
            bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && c != '-' && (c < '0' || c > '9')) return false;
            digit = digit || (c >= '0' && c <= '9');
        }
        with_digits += digit;
    }
    return seen >= 3 && length >= IDS_LONG && with_digits * 10 >= seen * 8;
}

/* ---- taking fields ------------------------------------------------------------------------------------------------------ */

static struct import_column *owner_of(struct import *import, const struct field *f) {
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field == f && !import->columns[i].beside && !import->columns[i].joined) return &import->columns[i];
    return NULL;
}

/* The name of a record beside the column of its id, as exports have it. */
static bool goes_beside(const struct import_column *column, const struct import_column *owner, const struct claim *c) {
    return c->field->to && c->strength >= 90 && str_eq(str_trim(owner->heading), c->field->name) &&
           !str_eq(str_trim(column->heading), c->field->name);
}

static void settle_claims(struct import *import, struct claims *claims, const struct import_row *preview, int preview_count) {
    if (claims->count) qsort(claims->at, (size_t)claims->count, sizeof *claims->at, by_strength);
    for (int i = 0; i < claims->count; i++) {
        const struct claim *c = &claims->at[i];
        struct import_column *column = &import->columns[c->column];
        if (column->found == FOUND_IGNORED || column->found == FOUND_READ_ONLY || column->found == FOUND_IDS || column->field)
            continue;
        struct import_column *owner = owner_of(import, c->field);
        bool name = c->field->kind == &kind_text && c->found == FOUND_SYNONYM;
        if (c->found == FOUND_READ_ONLY) {
            column->found = FOUND_READ_ONLY;
            column->taken = c->field;
        } else if (owner && goes_beside(column, owner, c)) {
            column->found = FOUND_BESIDE;
            column->field = c->field;
            column->beside = true;
        } else if (owner) {
            column->found = FOUND_TAKEN;
            if (!column->taken) column->taken = c->field;
        } else if (name && looks_like_ids(preview, preview_count, c->column)) {
            column->found = FOUND_IDS;
        } else {
            column->found = c->found;
            column->field = c->field;
        }
    }
}

/* Where a record has one name, a first and a last name make it together. */
static void join_names(struct import *import) {
    const struct field *name = entity_field(import->entity, STR("name"));
    if (!name || !import_may_set(name) || owner_of(import, name) || entity_field(import->entity, STR("first_name"))) return;
    struct import_column *parts[2] = {NULL, NULL};
    for (int i = 0; i < import->column_count; i++) {
        struct import_column *column = &import->columns[i];
        size_t from = 0;
        const char *fields = import_words(column->key, &from);
        if (column->field || column->found == FOUND_IGNORED || !fields) continue;
        int part = !strcmp(fields, "first_name") ? 0 : !strcmp(fields, "last_name") ? 1 : -1;
        if (part >= 0 && !parts[part]) parts[part] = column;
    }
    for (int i = 0; i < 2; i++) {
        if (!parts[i]) continue;
        parts[i]->joined = owner_of(import, name) != NULL;
        parts[i]->field = name;
        parts[i]->found = parts[i]->joined ? FOUND_BESIDE : FOUND_SYNONYM;
    }
}

/* ---- the mapping -------------------------------------------------------------------------------------------------------- */

static const struct field *field_called(struct import *import, struct str text) {
    const struct entity *entity = import->entity;
    const struct field *f = entity_field(entity, str_trim(text));
    if (f) return f;
    struct arena *arena = import->ctx->arena;
    struct str key = import_key(arena, text);
    const struct called *called = called_of(arena, entity);
    for (int i = 0; i < entity->field_count; i++)
        if (key.len && (str_eq(key, called[i].bare) || str_eq(key, called[i].label))) return &entity->fields[i];
    return NULL;
}

static struct import_column *column_called(struct import *import, struct str text) {
    struct str trimmed = str_trim(text), key = import_key(import->ctx->arena, text);
    for (int i = 0; i < import->column_count; i++)
        if (str_eq(import->columns[i].name, trimmed)) return &import->columns[i];
    for (int i = 0; i < import->column_count; i++)
        if (key.len && str_eq(import->columns[i].key, key)) return &import->columns[i];
    return NULL;
}

static struct str column_names(struct import *import) {
    struct buf b = buf_new(import->ctx->arena, 256);
    for (int i = 0; i < import->column_count && b.len < 1000; i++) {
        if (i) buf_lit(&b, ", ");
        buf_add(&b, str_slice(import->columns[i].name, 0, 100));
    }
    return buf_str(&b);
}

static bool map_column(struct import *import, struct str name, struct str to) {
    struct errors *errors = &import->ctx->errors;
    struct import_column *column = column_called(import, name);
    if (!column && import->options->mapping_remembered) return true;
    if (!column)
        return errors_add(errors, 422, "unknown_column", "mapping", "The file has no column '%.*s'. Its columns are: %.*s.",
                          STR_ARG(name), STR_ARG(column_names(import)));
    column->found = FOUND_IGNORED;
    if (!str_trim(to).len) return true;
    const struct field *f = field_called(import, to);
    if (!f || (f->flags & HIDDEN))
        return errors_add(errors, 422, "unknown_field", "mapping", "%s have no field '%.*s'.", import->entity->decl->many,
                          STR_ARG(to));
    if (!import_may_set(f))
        return errors_add(errors, 422, "read_only", "mapping", "%s cannot be set; it changes by itself.", f->decl->label);
    struct import_column *owner = owner_of(import, f);
    if (owner && owner != column)
        return errors_add(errors, 422, "mapped_twice", "mapping", "Two columns are mapped to %s: '%.*s' and '%.*s'.",
                          f->decl->label, STR_ARG(owner->name), STR_ARG(column->name));
    column->found = FOUND_MAPPING;
    column->field = f;
    return true;
}

static bool take_mapping(struct import *import) {
    void *it = NULL;
    struct str name;
    const struct json *to;
    while (json_next(import->options->mapping, &it, &name, &to)) {
        enum json_type type = json_type(to);
        if (type != JSON_T_STRING && type != JSON_T_NULL)
            errors_add(&import->ctx->errors, 422, "bad_value", "mapping",
                       "The field of '%.*s' is a text, or null to leave it out.", STR_ARG(name));
        else
            map_column(import, name, type == JSON_T_NULL ? STR("") : json_text(to));
    }
    return import->ctx->errors.count == 0;
}

/* ---- the heading -------------------------------------------------------------------------------------------------------- */

static void name_column(struct import *import, int i, struct str heading) {
    struct arena *arena = import->ctx->arena;
    struct import_column *column = &import->columns[i];
    column->heading = str_dup(arena, heading);
    struct str base = str_trim(csv_unguard(column->heading));
    column->key = import_key(arena, base);
    column->name = base.len ? base : lang_printf(arena, "Column %d", i + 1);
    if (!base.len) column->found = FOUND_EMPTY;
    int same = 1;
    for (int k = 0; k < i; k++) same += str_eq(str_trim(import->columns[k].heading), base) && base.len;
    if (same > 1) column->name = str_printf(arena, "%.*s (%d)", STR_ARG(base), same);
}

bool import_columns(struct import *import, const struct csv_record *heading, const struct import_row *preview,
                    int preview_count) {
    struct ctx *ctx = import->ctx;
    if (heading->count > COLUMNS_MOST)
        return errors_add(&ctx->errors, 422, "too_many_columns", NULL, "The file has %zu columns; at most %d can be read.",
                          heading->count, COLUMNS_MOST);
    import->column_count = (int)heading->count;
    import->columns = arena_array(ctx->arena, struct import_column, heading->count);
    for (int i = 0; i < import->column_count; i++) name_column(import, i, heading->fields[i]);
    import->result->columns = import->columns;
    import->result->column_count = import->column_count;
    if (!take_mapping(import)) return false;
    struct claims claims = {.arena = ctx->arena};
    const struct called *called = called_of(ctx->arena, import->entity);
    for (int i = 0; i < import->column_count; i++) {
        struct str key = import->columns[i].key;
        // What the file of bad rows has behind the columns of the file itself.
        if (str_eqc(import->columns[i].name, "import_line") || str_eqc(import->columns[i].name, "import_reason"))
            import->columns[i].found = FOUND_IGNORED;
        claim_key(&claims, i, import->entity, called, key, 0);
        claim_part(&claims, i, import->entity, called, key);
    }
    settle_claims(import, &claims, preview, preview_count);
    join_names(import);
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field) return true;
    return errors_add(&ctx->errors, 422, "no_columns", "mapping",
                      "No column of the file is known: %.*s. Say by mapping which fields they are.",
                      STR_ARG(column_names(import)));
}
