/* import_view.c - what an import is shown as: from its row in import_runs, its report and the file that is kept of a trial. */
#include "base/utf8.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/row.h"
#include "http/form_page.h"
#include "http/import_job.h"
#include "http/import_page.h"

#define ROWS_FIRST 5 /* rows of the preview that are shown whatever they are */
#define ROWS_BAD 20
#define SAMPLES 3
#define CELL_SHOWN 60 /* characters */

/* ---- options ----------------------------------------------------------------------------------------------------------------
 */

struct meaning {
    const char *word, *label;
};
static const struct meaning duplicates[] = {
    {"skip", N_("Leave it as it is")}, {"update", N_("Update it from the file")}, {"create", N_("Make another one")}};
static const struct meaning dates[] = {{"day_first", N_("The day first, as 31/12/2026")},
                                       {"month_first", N_("The month first, as 12/31/2026")}};

struct params import_view_chosen(struct request *req, const struct params *from) {
    static const char *const names[] = {"duplicates", "date_format", "create_missing", "empty_unknown", "clear_empty"};
    struct params chosen = {arena_array(req->ctx.arena, struct param, sizeof names / sizeof *names), 0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str value = params_get(from, str_of(names[i]));
        if (value.len) chosen.at[chosen.count++] = (struct param){str_of(names[i]), value};
    }
    return chosen;
}

static struct input select_of(struct arena *arena, const char *name, const char *label, const struct meaning *meanings,
                              size_t count, struct str chosen) {
    struct choice *choices = arena_array(arena, struct choice, count);
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice){str_of(meanings[i].word), str_of(meanings[i].label), str_eqc(chosen, meanings[i].word)};
    return (struct input){.kind = INPUT_SELECT,
                          .name = str_of(name),
                          .label = str_of(label),
                          .value = chosen,
                          .choices = choices,
                          .choice_count = count};
}

static struct input check_of(const char *name, const char *label, const char *hint, bool checked) {
    return (struct input){.kind = INPUT_CHECK,
                          .name = str_of(name),
                          .label = str_of(label),
                          .value = STR("true"),
                          .hint = str_of(hint),
                          .checked = checked};
}

void import_view_options(struct request *req, struct import_view *view, const struct params *chosen) {
    struct arena *arena = req->ctx.arena;
    struct str found = params_get(chosen, STR("duplicates"));
    bool fresh = chosen->count == 0;
    struct input *in = view->options;
    in[0] = select_of(arena, "duplicates", N_("Where a record is there already"), duplicates, 3, found.len ? found : STR("skip"));
    in[0].required = true;
    in[0].hint = STR("Recognised by e-mail, phone or id.");
    in[1] = select_of(arena, "date_format", N_("Dates"), dates, 2, params_get(chosen, STR("date_format")));
    in[1].placeholder = STR("As the file shows");
    in[1].error = page_error(view->errors, "date_format");
    in[2] = check_of("create_missing", N_("Add clients, sources and tags that are missing"), N_("How many is told before."),
                     fresh || params_get(chosen, STR("create_missing")).len > 0);
    in[3] = check_of("empty_unknown", N_("Leave fields empty whose cells cannot be read"),
                     N_("Names that are not known here, half a phone number. Otherwise such rows stay out."),
                     params_get(chosen, STR("empty_unknown")).len > 0);
    in[4] = check_of("clear_empty", N_("Empty cells empty the field"), N_("Only of records that are updated."),
                     params_get(chosen, STR("clear_empty")).len > 0);
    view->option_count = 5;
}

/* ---- columns ----------------------------------------------------------------------------------------------------------------
 */

/* How a column came to what it is taken for, by the words of import_json. */
static struct str why_of(struct request *req, const struct json *column) {
    static const struct meaning reasons[] = {{"unknown", N_("No field is called like this.")},
                                             {"no_heading", N_("It has no heading.")},
                                             {"left_out", N_("You left it out.")},
                                             {"read_only", N_("It changes by itself.")},
                                             {"field_taken", N_("Another column has the field.")},
                                             {"looks_like_ids", N_("These look like keys of another program.")},
                                             {"synonym", N_("Other programs call it so.")},
                                             {"beside", N_("Taken where the field's own column is empty.")}};
    struct str word = json_text_at(column, STR("why"));
    if (!word.len) word = json_text_at(column, STR("found_by"));
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (str_eqc(word, reasons[i].word)) return lang_str(req->ctx.arena, str_of(reasons[i].label));
    return STR("");
}

static bool offered(const struct request *req, const struct field *f) {
    return import_may_set(f) && !(f->flags & TRANSIENT) && f->kind != &kind_file &&
           (!f->to || access_open(req->ctx.actor, f->to));
}

static struct input column_input(struct request *req, const struct entity *entity, size_t number, struct str name,
                                 struct str chosen) {
    struct arena *arena = req->ctx.arena;
    struct choice *choices = arena_array(arena, struct choice, (size_t)entity->field_count);
    size_t count = 0;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!offered(req, f) && !str_eq(f->name, chosen)) continue;
        choices[count++] = (struct choice){f->name, f->label, str_eq(f->name, chosen)};
    }
    return (struct input){.kind = INPUT_SELECT,
                          .name = str_printf(arena, "column.%zu", number),
                          .label = lang_printf(arena, "%s goes into", str_cstr(arena, name)),
                          .placeholder = STR("Nothing, leave it out"),
                          .choices = choices,
                          .choice_count = count};
}

static void fill_columns(struct request *req, struct import_view *view, const struct json *report) {
    const struct json *columns = json_get(report, STR("columns"));
    view->columns = arena_array(req->ctx.arena, struct import_column_view, json_count(columns) + 1);
    for (size_t i = 0; i < json_count(columns); i++) {
        const struct json *column = json_at(columns, i);
        struct str field = json_text_at(column, STR("field")), name = json_text_at(column, STR("column"));
        view->columns[view->column_count++] =
            (struct import_column_view){.name = name,
                                        .why = why_of(req, column),
                                        .left_out = field.len == 0,
                                        .field = column_input(req, view->entity, i, name, field)};
    }
}

size_t import_view_said(struct request *req, struct str values, struct import_meaning **said) {
    struct arena *arena = req->ctx.arena;
    struct errors errors = {.arena = arena};
    const struct json *fields = values.len ? json_parse(arena, values, &errors) : NULL, *words, *means;
    size_t count = 0;
    struct str field, word;
    *said = NULL;
    if (json_type(fields) != JSON_T_OBJECT) return 0;
    for (void *f = NULL; json_next(fields, &f, &field, &words);) count += json_count(words);
    *said = arena_array(arena, struct import_meaning, count + 1);
    count = 0;
    for (void *f = NULL; json_next(fields, &f, &field, &words);) {
        if (json_type(words) != JSON_T_OBJECT) continue;
        for (void *w = NULL; json_next(words, &w, &word, &means);)
            (*said)[count++] = (struct import_meaning){field, word, json_text(means)};
    }
    return count;
}

/* What the field's own input offers; where it asks for a name, the name is typed. */
static void add_word(struct request *req, struct import_view *view, struct import_meaning m, struct str name, int64_t rows) {
    struct arena *arena = req->ctx.arena;
    const struct field *f = entity_field(view->entity, m.field);
    if (!f) return;
    struct input in = form_input(req, f, NULL, NULL, NULL);
    struct choice *choices = arena_array(arena, struct choice, in.choice_count + 1);
    for (size_t c = 0; c < in.choice_count; c++)
        choices[c] = (struct choice){in.choices[c].value, in.choices[c].label, str_eq(in.choices[c].value, m.means)};
    struct input means = {.kind = in.kind == INPUT_SELECT ? INPUT_SELECT : INPUT_LINE,
                          .name = name,
                          .value = m.means,
                          .label = lang_printf(arena, "%s means", str_cstr(arena, m.word)),
                          .placeholder = STR("Not said"),
                          .choices = choices,
                          .choice_count = in.choice_count};
    view->words[view->word_count++] = (struct import_word_view){.field = f->label, .word = m.word, .rows = rows, .means = means};
}

static void fill_words(struct request *req, struct import_view *view, const struct row *run, const struct json *report) {
    const struct json *unknown = json_get(report, STR("unknown_values"));
    struct arena *arena = req->ctx.arena;
    struct import_meaning *said;
    size_t said_count = import_view_said(req, import_job_kept_values(arena, row_id(run)), &said);
    view->words = arena_array(arena, struct import_word_view, said_count + json_count(unknown) + 1);
    for (size_t i = 0; i < json_count(unknown); i++) {
        const struct json *one = json_at(unknown, i);
        struct import_meaning m = {.field = json_text_at(one, STR("field")), .word = json_text_at(one, STR("value"))};
        add_word(req, view, m, str_printf(arena, "value.%zu", i), json_int(json_get(one, STR("rows"))));
    }
    for (size_t i = 0; i < said_count; i++) add_word(req, view, said[i], str_printf(arena, "said.%zu", i), 0);
}

/* ---- rows -------------------------------------------------------------------------------------------------------------------
 */

static void add_sample(struct import_view *view, struct arena *arena, size_t column, struct str cell) {
    struct import_column_view *c = &view->columns[column];
    if (!cell.len || str_find(c->sample, cell) >= 0) return;
    c->sample = c->sample.len ? str_printf(arena, "%.*s, %.*s", STR_ARG(c->sample), STR_ARG(cell)) : cell;
}

static struct import_row_view *new_row(struct import_view *view, struct arena *arena, int64_t line) {
    struct import_row_view *row = &view->rows[view->row_count++];
    *row = (struct import_row_view){.line = line, .cells = arena_array(arena, struct str, view->column_count + 1)};
    return row;
}

/* The first rows of the file as it was tried; the file may be gone. */
static void fill_first_rows(struct request *req, struct import_view *view, const struct row *run) {
    struct arena *arena = req->ctx.arena;
    FILE *file = fopen(import_job_kept_path(arena, row_id(run)).ptr, "rbe");
    struct errors errors = {.arena = arena};
    struct csv_record record;
    struct csv_reader *csv = file ? csv_open(arena, csv_from_file(file), (struct csv_options){0}, &errors) : NULL;
    bool heading = csv && csv_next(csv, &record);
    while (heading && view->row_count < ROWS_FIRST && csv_next(csv, &record)) {
        struct import_row_view *row = new_row(view, arena, (int64_t)record.line);
        for (size_t i = 0; i < record.count && i < view->column_count; i++) {
            row->cells[i] = str_dup(arena, utf8_prefix(str_trim(record.fields[i]), CELL_SHOWN));
            if (view->row_count <= SAMPLES) add_sample(view, arena, i, row->cells[i]);
        }
    }
    if (file) fclose(file);
}

static struct str reasons_of(struct arena *arena, const struct json *bad) {
    const struct json *errors = json_get(bad, STR("errors"));
    struct buf b = buf_new(arena, 128);
    for (size_t i = 0; i < json_count(errors); i++) {
        if (i) buf_char(&b, ' ');
        buf_add(&b, json_text_at(json_at(errors, i), STR("message")));
    }
    return buf_str(&b);
}

static void fill_bad_rows(struct request *req, struct import_view *view, const struct json *report) {
    struct arena *arena = req->ctx.arena;
    const struct json *bad = json_get(report, STR("bad_rows"));
    size_t shown = 0;
    for (size_t i = 0; i < json_count(bad) && shown < ROWS_BAD; i++) {
        const struct json *one = json_at(bad, i);
        int64_t line = json_int(json_get(one, STR("line")));
        struct import_row_view *row = NULL;
        for (size_t r = 0; r < view->row_count && !row; r++)
            if (view->rows[r].line == line) row = &view->rows[r];
        if (!row) row = new_row(view, arena, line);
        row->reason = reasons_of(arena, one);
        shown++;
        const struct json *values = json_get(one, STR("values"));
        for (size_t c = 0; c < view->column_count; c++)
            if (!row->cells[c].len) row->cells[c] = utf8_prefix(json_text_at(values, view->columns[c].name), CELL_SHOWN);
    }
}

/* ---- a run ------------------------------------------------------------------------------------------------------------------
 */

static void fill_counts(struct import_view *view, const struct row *run) {
    const struct import_count counts[] = {{N_("Rows"), row_int(run, "row_count"), false},
                                          {N_("New"), row_int(run, "new_count"), false},
                                          {N_("Changed"), row_int(run, "changed_count"), false},
                                          {N_("Unchanged"), row_int(run, "unchanged_count"), false},
                                          {N_("There already"), row_int(run, "duplicate_count"), false},
                                          {N_("Not readable"), row_int(run, "bad_count"), row_int(run, "bad_count") > 0}};
    memcpy(view->counts, counts, sizeof counts);
    view->takes = row_int(run, "new_count") + row_int(run, "changed_count");
}

/* "85 Clients, 3 Tags" */
static struct str added_words(struct arena *arena, const struct json *report) {
    struct buf b = buf_new(arena, 64);
    void *it = NULL;
    struct str name;
    const struct json *count;
    while (json_next(json_get(report, STR("added")), &it, &name, &count)) {
        const struct entity *to = registry_find(name);
        if (!to) continue;
        if (b.len) buf_lit(&b, ", ");
        buf_add(&b, json_number_text(arena, count));
        buf_char(&b, ' ');
        buf_add(&b, lang_str(arena, str_of(to->decl->many)));
    }
    return buf_str(&b);
}

bool import_view_run(struct request *req, struct import_view *view, const struct row *run) {
    struct ctx *ctx = &req->ctx;
    struct str status = row_text(run, "status");
    view->file_name = row_text(run, "file_name");
    view->run = str_printf(ctx->arena, "%lld", (long long)row_id(run));
    view->progress = (int)row_int(run, "progress");
    fill_counts(view, run);
    if (str_in_words("waiting running", status)) {
        view->step = IMPORT_UNDER_WAY;
        return true;
    }
    if (!str_eqc(status, "done")) { /* it begins again, and says why */
        struct str why = row_text(run, "message");
        if (!why.len) why = STR("The import was stopped. What it had saved until then can be undone.");
        errors_add(&ctx->errors, 422, "failed", NULL, "%.*s", STR_ARG(why));
        return true;
    }
    const struct json *report = json_parse(ctx->arena, row_text(run, "report"), &ctx->errors);
    if (!report) return false;
    view->step = row_bool(run, "dry_run") ? IMPORT_COLUMNS : IMPORT_DONE;
    view->rows = arena_array(ctx->arena, struct import_row_view, ROWS_FIRST + ROWS_BAD);
    fill_columns(req, view, report);
    if (view->step == IMPORT_COLUMNS) {
        fill_words(req, view, run, report);
        fill_first_rows(req, view, run);
    }
    fill_bad_rows(req, view, report);
    view->added = added_words(ctx->arena, report);
    if (row_bool(run, "has_bad_rows"))
        view->errors_href = str_printf(ctx->arena, "/api/v1/import_runs/%.*s/errors", STR_ARG(view->run));
    int64_t set = row_int(run, "change_set_id");
    if (set) view->undo_href = str_printf(ctx->arena, "/change_sets/%lld/undo", (long long)set);
    return true;
}
