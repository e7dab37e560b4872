/* import_cell.c - from a cell to a value: names become ids, labels choices, and what lists write is brought to what kinds read.
 */
#include "base/regions.h"
#include "base/text.h"
#include "core/csv_guard.h"
#include "core/import_impl.h"
#include "core/kind_tools.h"
#include "core/registry.h"

/* What the cells of a field are to be read as: options->values. */
struct import_values {
    struct {
        struct str from; /* folded */
        struct str to;
    } * at;
    int count;
    bool has_rest;
    struct str rest; /* for everything that is not known: "*" */
};

struct str import_cell(const struct import_row *row, int column) {
    return column < row->cell_count ? csv_unguard(row->cells[column]) : STR("");
}

/* ---- options->values ---------------------------------------------------------------------------------------------------- */

static const struct field *values_field(struct import *import, struct str name) {
    for (int i = 0; i < import->column_count; i++) {
        const struct import_column *c = &import->columns[i];
        if (c->field && (str_eq(c->field->name, name) || str_eq(c->name, name))) return c->field;
    }
    return NULL;
}

static bool read_values(struct import *import, const struct field *f, const struct json *json) {
    struct arena *arena = import->ctx->arena;
    struct import_values *values = arena_alloc(arena, sizeof *values);
    values->at = arena_alloc_array(arena, sizeof *values->at, json_count(json));
    void *it = NULL;
    struct str from;
    const struct json *to;
    while (json_next(json, &it, &from, &to)) {
        enum json_type type = json_type(to);
        bool number = type == JSON_T_INT || type == JSON_T_REAL;
        if (type != JSON_T_STRING && type != JSON_T_NULL && type != JSON_T_BOOL && !number)
            return errors_add(&import->ctx->errors, 422, "bad_value", "values", "'%.*s' is to become a text, a number or null.",
                              STR_ARG(from));
        struct str text = type == JSON_T_STRING ? json_text(to)
                          : type == JSON_T_BOOL ? (json_bool(to) ? STR("true") : STR("false"))
                          : number              ? json_number_text(arena, to)
                                                : STR("");
        if (str_eqc(from, "*")) {
            values->has_rest = true;
            values->rest = text;
        } else {
            values->at[values->count].from = import_fold(arena, from);
            values->at[values->count++].to = text;
        }
    }
    for (int i = 0; i < import->column_count; i++)
        if (import->columns[i].field == f) import->columns[i].values = values;
    return true;
}

bool import_values(struct import *import) {
    void *it = NULL;
    struct str name;
    const struct json *json;
    while (json_next(import->options->values, &it, &name, &json)) {
        const struct field *f = values_field(import, name);
        if (!f)
            errors_add(&import->ctx->errors, 422, "unknown_field", "values", "No column of the file goes into a field '%.*s'.",
                       STR_ARG(name));
        else if (json_type(json) != JSON_T_OBJECT)
            errors_add(&import->ctx->errors, 422, "bad_value", "values", "The values of '%.*s' are an object.", STR_ARG(name));
        else
            read_values(import, f, json);
    }
    return import->ctx->errors.count == 0;
}

/* ---- kinds -------------------------------------------------------------------------------------------------------------- */

struct cell {
    struct import *import;
    struct repo_input *in;
    const struct import_column *column;
    const struct field *field;
    struct str text;
};

static bool refuse(const struct cell *c, const char *code, const char *what) {
    return kind_refuse(&c->in->ctx->errors, c->field, code, "%s", what);
}

static bool names_nothing(const struct cell *c, const struct entity *to, bool several) {
    struct str one = lang_inside(c->in->ctx->arena, str_of(to->decl->one));
    struct str shown = str_slice(c->text, 0, 200);
    bool mailed = entity_field(to, STR("email")) != NULL;
    if (several)
        return kind_refuse(&c->in->ctx->errors, c->field, "several",
                           mailed ? "There is more than one %.*s called '%.*s'; give its id or e-mail address."
                                  : "There is more than one %.*s called '%.*s'; give its id.",
                           STR_ARG(one), STR_ARG(shown));
    bool addable = entity_is(to, ENTITY_ADDABLE) && !c->import->options->create_missing;
    return kind_refuse(&c->in->ctx->errors, c->field, "not_found",
                       addable ? "There is no %.*s called '%.*s'. Allow to create what is missing?"
                               : "There is no %.*s called '%.*s'.",
                       STR_ARG(one), STR_ARG(shown));
}

static bool read_ref(const struct cell *c, const struct entity *to, struct value *value) {
    int64_t id, named;
    bool number = str_to_int(c->text, &id) && id > 0 && id <= KIND_EXACT_MAX && c->text.ptr[0] != '+';
    bool of_ids = str_eq(str_trim(c->column->heading), c->field->name);
    if (!number || !of_ids) {
        struct import_refs *refs = import_refs_of(c->import, to);
        enum import_ref r = import_refs_find(c->in->ctx, c->import, refs, c->text, &named);
        if (r == REF_NONE && import_course_word(c->import, c->field, c->text)) {
            *value = VALUE_NONE;
            return true;
        }
        if (r == REF_FOUND)
            id = named;
        else if (r == REF_SEVERAL || !number)
            return names_nothing(c, to, r == REF_SEVERAL);
    }
    *value = value_int(id);
    return true;
}

static bool read_subject(const struct cell *c, struct value *value) {
    struct value type = c->in->values[c->field->pair->index];
    const struct entity *to = type.type == VALUE_TEXT ? registry_find(type.text) : NULL;
    int64_t id;
    if (to && !str_to_int(c->text, &id)) return read_ref(c, to, value);
    return kind_parse(c->field, &c->in->env, c->text, value, &c->in->ctx->errors);
}

static bool read_subject_type(const struct cell *c, struct value *value) {
    struct arena *arena = c->in->ctx->arena;
    struct str key = import_key(arena, c->text), rest = str_of(c->field->decl->subjects), word;
    while (str_word(&rest, &word)) {
        const struct entity *e = registry_find(word);
        if (!str_eq(key, import_key(arena, word)) && !(e && str_eq(key, import_key(arena, str_of(e->decl->one))))) continue;
        *value = value_text(word);
        return true;
    }
    return kind_parse(c->field, &c->in->env, c->text, value, &c->in->ctx->errors);
}

/* The declared word that a label or a word in another case means; the text as it is where none. */
static struct str choice_of(const struct cell *c, struct str text) {
    struct arena *arena = c->in->ctx->arena;
    struct str key = import_key(arena, text);
    for (const char *const *choice = c->field->decl->choices; choice && *choice; choice++)
        if (key.len && str_eq(key, import_key(arena, str_of(*choice)))) return str_of(*choice);
    return str_trim(text);
}

static struct str comma_list(const struct cell *c) {
    if (str_index(c->text, ',') >= 0 || str_index(c->text, '"') >= 0) return c->text;
    char *copy = arena_raw(c->in->ctx->arena, c->text.len + 1);
    for (size_t i = 0; i < c->text.len; i++) copy[i] = c->text.ptr[i] == ';' || c->text.ptr[i] == '|' ? ',' : c->text.ptr[i];
    return (struct str){copy, c->text.len};
}

static bool read_choices(const struct cell *c, struct value *value) {
    struct kind_list list = {.arena = c->in->ctx->arena, .most = 1000}, known = list;
    if (!kind_list_split(&list, comma_list(c))) return refuse(c, "open_quote", "Close the quotation mark.");
    for (size_t i = 0; i < list.count; i++) kind_list_add(&known, choice_of(c, list.at[i]));
    struct buf b = buf_new(c->in->ctx->arena, c->text.len + 16);
    kind_list_write(&b, &known);
    return kind_parse(c->field, &c->in->env, buf_str(&b), value, &c->in->ctx->errors);
}

/* A tag that is new to the company is offered from now on, where that is allowed. */
static bool read_tags(const struct cell *c, struct value *value) {
    if (!kind_parse(c->field, &c->in->env, comma_list(c), value, &c->in->ctx->errors)) return false;
    const struct entity *tags = registry_find(STR("tags"));
    if (!tags || !c->import->options->create_missing || !c->in->ctx->writing) return true;
    struct kind_list list = {.arena = c->in->ctx->arena, .most = 1000};
    kind_list_read(&list, *value);
    for (size_t i = 0; i < list.count; i++) {
        int64_t id;
        import_refs_find(c->in->ctx, c->import, import_refs_of(c->import, tags), list.at[i], &id);
    }
    return c->in->ctx->errors.count == 0;
}

static bool read_bool(const struct cell *c, struct value *value) {
    static const char yes[] = "y t x ja oui si wahr vrai checked active enabled \xE2\x9C\x93";
    static const char no[] = "n f nein non falsch faux unchecked inactive disabled";
    struct str word = import_fold(c->in->ctx->arena, c->text);
    if (str_in_words(yes, word))
        *value = value_int(1);
    else if (str_in_words(no, word))
        *value = value_int(0);
    else
        return kind_parse(c->field, &c->in->env, c->text, value, &c->in->ctx->errors);
    return true;
}

static bool read_number(const struct cell *c, struct value *value) {
    struct str plain;
    if (!import_number_plain(c->in->ctx->arena, c->import, c->column, c->text, &plain))
        return refuse(c, "ambiguous_number",
                      "The column has decimals with a point and with a comma, and this number could be "
                      "either. Say by decimal which it is.");
    return kind_parse(c->field, &c->in->env, plain, value, &c->in->ctx->errors);
}

static bool read_when(const struct cell *c, struct value *value) {
    bool time = c->field->kind == &kind_time;
    struct errors ignored = {.arena = c->in->ctx->arena};
    bool ours = c->text.len >= 10 && c->text.ptr[4] == '-';
    if (ours && kind_parse(c->field, &c->in->env, c->text, value, &ignored)) return true;
    enum date_guess dates = c->column->dates;
    if (date_guess_parse(dates, c->text, time, c->in->env.zone, value)) return true;
    return refuse(c, "not_a_date",
                  dates == DATE_GUESS_PLAIN || dates == DATE_GUESS_NONE
                      ? "This is no date; write it as 2026-11-30."
                      : "This is no date in the order of its column; write it as 2026-11-30.");
}

static bool is_number(const struct kind *kind) {
    return kind == &kind_int || kind == &kind_decimal || kind == &kind_percent || kind == &kind_money;
}

static bool read_kind(const struct cell *c, struct value *value) {
    const struct field *f = c->field;
    const struct kind *kind = f->kind;
    if (f->index == f->entity->id) return kind_parse(f, &c->in->env, c->text, value, &c->in->ctx->errors);
    if (f->to) return read_ref(c, f->to, value);
    if (kind == &kind_subject_id) return read_subject(c, value);
    if (kind == &kind_subject_type) return read_subject_type(c, value);
    if (kind == &kind_choices) return read_choices(c, value);
    if (kind == &kind_tags) return read_tags(c, value);
    if (kind == &kind_bool) return read_bool(c, value);
    if (kind == &kind_date || kind == &kind_time) return read_when(c, value);
    if (is_number(kind)) return read_number(c, value);
    struct str text = kind == &kind_choice ? choice_of(c, c->text) : c->text;
    return kind_parse(f, &c->in->env, text, value, &c->in->ctx->errors);
}

/* The text after options->values; false where the cell is to count as empty. Where "*" is given, what cannot be read otherwise
 * takes its place. */
static bool mapped(struct cell *c) {
    const struct import_values *values = c->column->values;
    if (!values) return true;
    struct str key = import_fold(c->in->ctx->arena, c->text);
    for (int i = 0; i < values->count; i++) {
        if (!str_eq(values->at[i].from, key)) continue;
        c->text = values->at[i].to;
        return c->text.len > 0;
    }
    return true;
}

static bool read_cell(struct cell *c, struct value *value) {
    *value = VALUE_NONE;
    const struct import_values *values = c->column->values;
    if (!mapped(c)) return true;
    if (!values || !values->has_rest) return read_kind(c, value);
    struct errors before = c->in->ctx->errors;
    c->in->ctx->errors = (struct errors){.arena = before.arena};
    bool ok = read_kind(c, value);
    c->in->ctx->errors = before;
    if (ok) return true;
    *value = VALUE_NONE;
    c->text = values->rest;
    return !c->text.len || read_kind(c, value);
}

bool import_cell_value(struct import *import, struct repo_input *in, const struct import_column *column, struct str text,
                       struct value *value) {
    struct cell c = {import, in, column, column->field, str_trim(text)};
    if (column->field->kind == &kind_markdown || column->field->kind == &kind_secret) c.text = text;
    return read_cell(&c, value);
}

/* ---- the row ------------------------------------------------------------------------------------------------------------ */

/* True where the cell is what an export writes for the value that is there: then nothing is to be changed, whatever the way back
 * from the text would make of it. */
static bool says_the_same(struct repo_input *in, const struct field *f, const struct row *old, struct str text) {
    struct value value = old->values[f->index];
    if (!f->stored || value_is_null(value)) return false;
    struct kind_env env = row_env(&in->env, old, f);
    struct buf b = buf_new(in->ctx->arena, text.len + 32);
    kind_to_text(&b, f, &env, value);
    return str_eq(str_trim(buf_str(&b)), str_trim(text));
}

static void set_empty(struct import *import, struct repo_input *in, const struct field *f, const struct row *old) {
    // Nobody's is not mine: an owner that the list leaves empty is no default of ours.
    bool mine = !old && f->to && f->decl->initial && !(f->flags & REQUIRED);
    if (mine || (old && import->options->clear_empty)) repo_input_value(in, f->decl->name, VALUE_NONE);
}

/* The cells of one field: its own column, the name beside an id where that is empty, and the parts of a name together. */
static struct str cell_of(struct import *import, const struct import_row *row, const struct import_column **column,
                          struct arena *arena) {
    const struct field *f = (*column)->field;
    struct str text = import_cell(row, (int)(*column - import->columns));
    for (int i = 0; i < import->column_count; i++) {
        const struct import_column *other = &import->columns[i];
        if (other->field != f || !(other->beside || other->joined)) continue;
        struct str more = import_cell(row, i);
        if (!str_trim(more).len) continue;
        if (other->joined && str_trim(text).len) {
            struct str first = str_trim(text), last = str_trim(more);
            text = str_printf(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(last));
        } else if (!str_trim(text).len) {
            text = more;
            *column = other;
        }
    }
    return text;
}

/* False with an error where the cell cannot be read; where it is asked to be left out then, it is as if it were empty. */
static bool read_or_leave(struct import *import, struct repo_input *in, const struct import_column *column, struct str text,
                          struct value *value) {
    bool leave = import->options->empty_unknown && !(column->field->flags & REQUIRED);
    struct errors before = in->ctx->errors;
    if (leave) in->ctx->errors = (struct errors){.arena = before.arena};
    bool ok = import_cell_value(import, in, column, text, value);
    if (!leave || errors_status(&in->ctx->errors) >= 500) return ok;
    in->ctx->errors = before;
    if (!ok) *value = VALUE_NONE;
    return true;
}

static void set_cell(struct import *import, struct repo_input *in, const struct import_column *column,
                     const struct import_row *row, const struct row *old) {
    const struct field *f = column->field;
    bool course = import_course_takes(f), begun = f->index == f->entity->created_at || (f->flags & BROUGHT) == BROUGHT;
    if (f->index == f->entity->id || (begun && old)) return;
    struct str text = cell_of(import, row, &column, in->ctx->arena);
    if (!str_trim(text).len) {
        if (!course) set_empty(import, in, f, old);
        return;
    }
    if (old && says_the_same(in, f, old, text)) {
        // Known to what is read after it: amounts in this currency, the record of this kind.
        in->values[f->index] = old->values[f->index];
        return;
    }
    struct value value;
    if (!read_or_leave(import, in, column, text, &value)) return;
    if (value.type == VALUE_TEXT && !value.text.len) value = VALUE_NONE;
    if (course)
        import_course_take(&import->course, f, value);
    else if (value_is_null(value))
        set_empty(import, in, f, old);
    else if (!old || !f->stored || !value_eq(old->values[f->index], value))
        repo_input_value(in, f->decl->name, value);
}

struct str import_country(const struct import *import, const struct import_row *row, struct str usual) {
    if (import->options->country.len) return import->options->country;
    for (int i = 0; i < import->column_count; i++) {
        const struct field *f = import->columns[i].field;
        if (!f || !str_eqc(f->name, "country")) continue;
        struct str told = regions_country(import_cell(row, i));
        if (told.len) return told;
    }
    return usual;
}

/* The currency before the amounts, and whose record it is before which. */
static bool is_first(const struct field *f) { return f->kind == &kind_subject_type || str_eqc(f->name, "currency"); }

void import_cells(struct import *import, struct repo_input *in, const struct import_row *row, const struct row *old) {
    struct ctx *ctx = in->ctx;
    import_course_begin(import, ctx->arena);
    for (int i = import->column_count; i < row->cell_count; i++) {
        if (!str_trim(row->cells[i]).len) continue;
        errors_add(&ctx->errors, 422, "ragged", NULL,
                   "The row has %d cells, the heading %d: is a comma within a cell not quoted?", row->cell_count,
                   import->column_count);
        return;
    }
    for (int first = 1; first >= 0; first--) {
        for (int i = 0; i < import->column_count; i++) {
            const struct import_column *column = &import->columns[i];
            if (!column->field || column->beside || column->joined || is_first(column->field) != first) continue;
            set_cell(import, in, column, row, old);
        }
    }
}
