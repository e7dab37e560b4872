/* form_page.c - forms of any entity. */
#include "http/form_page.h"

#include "base/decimal.h"
#include "core/access.h"
#include "core/kind_tools.h"
#include "core/registry.h"
#include "core/rest.h"
#include "http/custom_field_form.h"
#include "http/user_roles.h"
#include "http/value.h"
#include "templates.h"

#define LONG_LINE 500 /* characters: an address, a reason */

/* ---- inputs ---------------------------------------------------------------------------------------------------------------- */

static bool typed_value(const struct params *typed, const struct field *f, struct str *value) {
    bool found = false;
    for (int i = 0; typed && i < typed->count; i++)
        if (str_eq(typed->at[i].name, f->name)) {
            *value = typed->at[i].value; /* the last counts, as for the repository */
            found = true;
        }
    return found;
}

/* The one that the company marked, or the first of the one that it marked above: a deal's stage. */
static int64_t usual_record(struct request *req, const struct entity *entity) {
    const struct entity *above = entity->parent ? entity->parent->to : NULL;
    bool marked = entity_field(entity, STR("is_default")) != NULL;
    struct query *q = query_new(&req->ctx, entity);
    if (!access_may(req->ctx.actor, entity, MAY_READ) || (!marked && !above)) return 0;
    if (marked) query_where(q, "is_default", OP_EQ, value_int(1));
    else query_where(q, entity->parent->decl->name, OP_EQ, value_int(usual_record(req, above)));
    field_set_add(&q->fields, entity->id);
    if (entity_field(entity, STR("position"))) query_sort(q, "position");
    q->limit = 1;
    struct rows rows;
    return query_rows(q, &rows) && rows.count ? row_id(rows.at[0]) : 0;
}

static void now_text(struct request *req, const struct field *f, struct buf *b) {
    struct errors ignored = {.arena = req->ctx.arena};
    struct value now;
    if (!kind_parse(f, &req->ctx.env, str_of(f->decl->initial), &now, &ignored)) return;
    if (f->kind == &kind_time) now.integer -= now.integer % 60000; /* whole minutes: nobody means the millisecond */
    kind_to_input(b, f, &req->ctx.env, now);
}

static struct str current_text(struct request *req, const struct field *f, const struct row *row) {
    struct buf b = buf_new(req->ctx.arena, 32);
    if (row && !value_is_null(row->values[f->index])) {
        struct kind_env env = row_env(&req->ctx.env, row, f);
        kind_to_input(&b, f, &env, row->values[f->index]);
    } else if (!row && field_starts_usual(f)) {
        int64_t usual = usual_record(req, f->to);
        if (usual) buf_int(&b, usual);
    } else if (!row && f->decl->initial) {
        if (f->to && str_eqc(str_of(f->decl->initial), "me")) buf_int(&b, req->ctx.actor->user_id);
        else if (str_in_words("now today", str_of(f->decl->initial))) now_text(req, f, &b);
        else buf_cstr(&b, f->decl->initial);
    }
    return buf_str(&b);
}

static void add_choice(struct input *in, struct choice *all, struct str value, struct str label) {
    all[in->choice_count++] = (struct choice){value, label, str_eq(value, in->value)};
    in->choices = all;
}

static void choices_of_reference(struct request *req, struct input *in, const struct field *f) {
    struct arena *arena = req->ctx.arena;
    struct query *q = query_new(&req->ctx, f->to);
    if (!access_may(req->ctx.actor, f->to, MAY_READ)) return;
    if (f->to->title) {
        field_set_add(&q->fields, f->to->title->index);
        query_sort(q, entity_field(f->to, STR("position")) ? "position" : f->to->title->decl->name);
    }
    q->limit = FORM_CHOICES;
    struct rows rows;
    if (!query_rows(q, &rows)) return;
    if (rows.next.len) { /* too many to choose from: type the name */
        int64_t id;
        in->kind = INPUT_LINE;
        in->pick = frame_list_href(arena, f->to);
        in->hint = lang_printf(arena, "The %s's name.", lang_inside(arena, str_of(f->to->decl->one)).ptr);
        if (str_to_int(in->value, &id)) in->value = query_title(&req->ctx, f->to, id);
        return;
    }
    struct choice *all = arena_array(arena, struct choice, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++)
        add_choice(in, all, str_printf(arena, "%lld", (long long)row_id(rows.at[i])), row_title(arena, rows.at[i]));
}

static void choices_of_words(struct request *req, struct input *in, const struct field *f) {
    size_t n = 0;
    struct str rest, word;
    if (f->decl->choices) {
        while (f->decl->choices[n]) n++;
    } else
        for (rest = str_of(f->decl->subjects); str_word(&rest, &word);) n++;
    struct choice *all = arena_array(req->ctx.arena, struct choice, n);
    rest = str_of(f->decl->subjects);
    for (size_t i = 0; i < n; i++) {
        struct buf label = buf_new(req->ctx.arena, 32);
        if (f->decl->choices) word = str_of(f->decl->choices[i]);
        else str_word(&rest, &word);
        const struct entity *subject = f->decl->choices ? NULL : registry_find(word);
        if (subject && !access_open(req->ctx.actor, subject)) continue;
        if (subject) buf_cstr(&label, lang_cstr(req->ctx.arena, subject->decl->one));
        else if (f->kind == &kind_choice) kind_to_display(&label, f, &req->ctx.env, value_text(word));
        else kind_write_choice(&label, f, word);
        add_choice(in, all, word, buf_str(&label));
        if (in->multiple) all[i].chosen = str_find(in->value, word) >= 0;
    }
}

static void limits(struct request *req, struct input *in, const struct field *f) {
    struct arena *arena = req->ctx.arena;
    if (kind_is_text(f->kind) && !f->decl->choices) in->max_length = f->decl->max;
    in->wide = f->kind == &kind_text && f->decl->max >= (f == f->entity->title ? 200 : LONG_LINE);
    if (strcmp(f->kind->input, "number") != 0) return;
    in->numeric = true;
    in->inputmode = "decimal";
    in->type = "text"; /* people write 1,234.50; a number input would refuse it without a word */
    if (f->kind == &kind_int && f->decl->max)
        in->hint =
            in->hint.len ? in->hint : lang_printf(arena, "%lld to %lld.", (long long)f->decl->min, (long long)f->decl->max);
    if (f->kind == &kind_percent) in->suffix = STR("%");
    if (f->decl->unit) in->suffix = lang_str(arena, str_of(f->decl->unit));
    if (f->kind == &kind_money) in->prefix = req->ctx.env.currency;
}

struct input form_input(struct request *req, const struct field *f, const struct row *row, const struct params *typed,
                        const struct errors *errors) {
    struct input in = {
        .kind = INPUT_LINE, .type = f->kind->input, .name = f->name, .label = f->label, .required = (f->flags & REQUIRED) != 0};
    struct str input = str_of(f->kind->input);
    in.hint = str_of(f->decl->help);
    if (!typed_value(typed, f, &in.value)) in.value = current_text(req, f, row);
    in.any = str_in_words(f->entity->decl->any, f->name);
    in.error = page_error(errors, f->decl->name);
    limits(req, &in, f);
    if (str_in_words("textarea json", input) || f->flags & MULTILINE) in.kind = INPUT_TEXT;
    else if (str_eqc(input, "checkbox")) {
        in.kind = INPUT_CHECK;
        in.checked = str_eqc(in.value, "true");
        in.value = STR("true");
    } else if (str_in_words("select checkboxes", input)) {
        in.kind = str_eqc(input, "checkboxes") ? INPUT_RADIO : INPUT_SELECT;
        in.multiple = str_eqc(input, "checkboxes");
        choices_of_words(req, &in, f);
    } else if (str_eqc(input, "ref") && f->to) {
        in.kind = INPUT_SELECT;
        choices_of_reference(req, &in, f);
    } else if (str_in_words("tags ref color", input)) in.type = "text";
    if (f->decl->listed) page_offer(req->ctx.arena, &in, f->decl->listed);
    if (in.kind == INPUT_SELECT && in.required) in.placeholder = STR("Choose");
    if (f->kind == &kind_email && entity_field(f->entity, STR("password"))) in.autocomplete = "username";
    if (str_eqc(f->name, "password")) {
        in.type = "password";
        in.autocomplete = "new-password";
        in.value = STR("");
    }
    return in;
}

/* ---- taking --------------------------------------------------------------------------------------------------------------- */

static bool is_input(const struct field *f) { return !(f->flags & (READ_ONLY | HIDDEN | IMPLICIT)) && f->kind != &kind_file; }

/* What refers to records that the company has switched off has nothing to offer. */
static bool on_form(const struct request *req, const struct field *f) {
    return is_input(f) && (!f->to || access_open(req->ctx.actor, f->to));
}

/* Why it was cancelled or lost is asked by the action that does so, not of a record that begins. */
static bool tells_an_end(const struct field *f) {
    const struct entity_decl *decl = f->entity->decl;
    for (int i = 0; i < decl->action_count && !(f->flags & REQUIRED); i++) {
        const struct action_decl *action = &decl->actions[i];
        if (action->danger && action->to && str_in_words(action->input, f->name)) return true;
    }
    return false;
}

/* A record by its name, where the form let people type it. */
struct str form_id_by_name(struct request *req, const struct field *f, struct str name) {
    int64_t id;
    if (!name.len || str_to_int(name, &id) || !f->to->title) return name;
    struct query *q = query_new(&req->ctx, f->to);
    query_where(q, f->to->title->decl->name, OP_EQ, value_text(str_trim(name)));
    q->limit = 2;
    struct rows rows;
    if (!query_rows(q, &rows)) return name;
    if (rows.count == 1) return str_printf(req->ctx.arena, "%lld", (long long)row_id(rows.at[0]));
    errors_add(&req->ctx.errors, 422, rows.count ? "ambiguous" : "not_found", f->decl->name,
               rows.count ? "Several are called '%.*s'." : "None is called '%.*s'.", STR_ARG(name));
    return STR("");
}

static struct str joined(struct request *req, const struct field *f) {
    struct buf b = buf_new(req->ctx.arena, 64);
    for (int i = 0; i < req->form.count; i++) {
        if (!str_eq(req->form.at[i].name, f->name) || !req->form.at[i].value.len) continue;
        if (b.len) buf_lit(&b, ", ");
        buf_add(&b, req->form.at[i].value);
    }
    return buf_str(&b);
}

void form_take(struct request *req, struct repo_input *in) {
    bool complete = request_form(req, "complete").len > 0;
    const struct field *currency = entity_field(in->entity, STR("currency"));
    struct str text;
    if (currency && typed_value(&req->form, currency, &text) && text.len) repo_input_text(in, currency->name, text);
    for (int i = 0; i < in->entity->field_count; i++) {
        const struct field *f = &in->entity->fields[i];
        bool given = typed_value(&req->form, f, &text);
        if (!on_form(req, f) || f == currency) continue;
        if (f->kind == &kind_choices && (given || complete)) repo_input_text(in, f->name, joined(req, f));
        else if (f->kind == &kind_bool && (given || complete)) repo_input_text(in, f->name, given ? text : STR("false"));
        else if (given && f->to) repo_input_text(in, f->name, form_id_by_name(req, f, text));
        else if (given) repo_input_text(in, f->name, text);
    }
}

/* ---- pages ---------------------------------------------------------------------------------------------------------------- */

/* What the form of an entity asks beyond its own fields. */
static const struct form_extra {
    const char *entity;
    void (*fill)(struct request *req, struct form_view *view, const struct row *row, const struct params *typed);
    bool (*save)(struct request *req, const struct row *row); /* inside the write, after the record; or NULL */
} extras[] = {{"users", user_roles_fill, user_roles_save}, {"custom_fields", custom_field_form, NULL}};

static const struct form_extra *extra_of(const struct entity *entity) {
    for (size_t i = 0; i < sizeof extras / sizeof *extras; i++)
        if (str_eqc(entity->name, extras[i].entity)) return &extras[i];
    return NULL;
}

static bool save_extra(struct request *req, const struct row *row) {
    const struct form_extra *extra = extra_of(req->route->entity);
    return !extra || !extra->save || extra->save(req, row);
}

/* The file comes first, and brings its name along. */
static void fill_upload(struct form_view *view) {
    struct form_section *first = &view->sections[0];
    for (size_t i = first->count++; i > 0; i--) first->inputs[i] = first->inputs[i - 1];
    first->inputs[0] = (struct input){.kind = INPUT_LINE,
                                      .type = "file",
                                      .name = STR("file"),
                                      .label = STR("File"),
                                      .required = true,
                                      .error = page_error(view->errors, "file")};
    for (size_t i = 1; i < first->count; i++) {
        if (!str_eqc(first->inputs[i].name, "name")) continue;
        first->inputs[i].required = false;
        first->inputs[i].hint = STR("Empty: as the file is called.");
    }
}

/* After somebody else saved: what a field holds now, where that is not what was typed. */
static struct str told_by_others(struct request *req, const struct field *f, const struct row *row, const struct params *typed) {
    struct str mine, theirs = current_text(req, f, row);
    if (!typed_value(typed, f, &mine) || str_eq(mine, theirs)) return STR("");
    struct values values = values_new(req);
    struct value_view now = value_view(&values, row, f, VALUE_SHORT);
    struct str shown = now.text.len ? now.text : theirs;
    return lang_printf(req->ctx.arena, "Now saved: %.*s. Saving again keeps yours.", STR_ARG(shown));
}

static void fill_sections(struct request *req, struct form_view *view, const struct row *row, const struct params *typed) {
    const struct entity *entity = view->entity;
    struct arena *arena = req->ctx.arena;
    view->sections = arena_array(arena, struct form_section, (size_t)entity->field_count + 2);
    view->hidden = arena_array(arena, struct param, 4);
    struct form_section *section = NULL;
    int shown = 0;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!section || f->decl->section) {
            if (!section || section->count) section = &view->sections[view->section_count++];
            section->heading = str_of(f->decl->section);
            if (!section->inputs) section->inputs = arena_array(arena, struct input, (size_t)entity->field_count + 1);
        }
        bool kept = row ? f->flags & IMMUTABLE || !rest_allows(row, f) : tells_an_end(f);
        if (!on_form(req, f) || kept) continue;
        struct str given;
        if ((f->kind == &kind_subject_type || f->kind == &kind_subject_id) && (row || typed_value(typed, f, &given))) {
            if (!row) view->hidden[view->hidden_count++] = (struct param){f->name, given};
            continue; /* what it belongs to is known */
        }
        struct input *input = &section->inputs[section->count++];
        *input = form_input(req, f, row, typed, view->errors);
        if (view->stale && !input->error.len) input->error = told_by_others(req, f, row, typed);
        shown++;
    }
    if (section && !section->count) view->section_count--;
    if (view->upload) fill_upload(view);
    const struct form_extra *extra = extra_of(entity);
    if (extra) extra->fill(req, view, row, typed);
    view->in_dialog = shown <= 7 ? "dialog" : "sheet";
}

static void show(struct request *req, struct response *res, const struct row *row, const struct params *typed, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct str one = lang_inside(arena, str_of(entity->decl->one));
    struct form_view view = {.entity = entity, .errors = frame_errors(req), .upload = !row && entity_is(entity, ENTITY_UPLOAD)};
    view.stale = row && typed && status == 409;
    fill_sections(req, &view, row, typed);
    view.action = row ? frame_record_href(arena, entity, row_id(row)) : frame_list_href(arena, entity);
    /* Made for something (a lead's task, a card of a lane): one returns to that. */
    if (!row && (req->args.count || request_form(req, "back").len)) view.return_to = frame_back(req, view.action);
    view.back = view.return_to.len ? view.return_to : view.action;
    view.submit = row           ? STR("Save")
                  : view.upload ? lang_printf(arena, "Upload %s", one.ptr)
                                : lang_printf(arena, "Create %s", one.ptr);
    view.version = row && entity->version >= 0 ? row->values[entity->version].integer : 0;
    struct page *page = frame_open(
        req, row ? lang_printf(arena, "Edit %.*s", STR_ARG(row_title(arena, row))) : lang_printf(arena, "New %s", one.ptr),
        entity->decl->name);
    if (entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS)) {
        page->active = "settings";
        frame_crumb(req, page, STR("Settings"), STR("/settings"));
    }
    frame_crumb(req, page, str_of(entity->decl->many), frame_list_href(arena, entity));
    tpl_form_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

/* ---- one field of a record -------------------------------------------------------------------------------------------------
 *
 * What the field held when it was opened comes along as "was": who changes one field does not mind that others changed, and where
 * this one did, both values are shown and one chooses. */

static const struct field *only_field(const struct entity *entity, struct str name) {
    const struct field *f = name.len ? entity_field(entity, name) : NULL;
    return f && form_in_place(f) ? f : NULL;
}

bool form_in_place(const struct field *f) {
    return is_input(f) && !(f->flags & IMMUTABLE) && f->stored && f != f->entity->board && f->kind != &kind_subject_type &&
           f->kind != &kind_subject_id;
}

static void show_field(struct request *req, struct response *res, const struct row *row, const struct field *f,
                       const struct params *typed, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct field_view view = {.errors = frame_errors(req), .was = current_text(req, f, row)};
    view.input = form_input(req, f, row, typed, view.errors);
    view.input.required = (f->flags & REQUIRED) != 0;
    view.action = frame_record_href(arena, entity, row_id(row));
    if (status == 409) {
        struct values values = values_new(req);
        view.theirs = value_view(&values, row, f, VALUE_FULL);
        view.conflict = true;
        view.input.error = STR(""); /* the box with their value says it */
    }
    struct page *page = frame_open(req, f->label, entity->decl->name);
    frame_crumb_record(req, page, row);
    tpl_field_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

/* True where somebody changed the field since it was opened; who then saves again has seen theirs, which is the new "was". */
static bool is_stale(struct request *req, const struct row *row, const struct field *f) {
    struct str was;
    const struct field marker = {.name = STR("was")};
    if (!typed_value(&req->form, &marker, &was) || str_eq(was, current_text(req, f, row))) return false;
    errors_add(&req->ctx.errors, 409, "conflict", f->decl->name, "Somebody changed this meanwhile.");
    return true;
}

static void update_field(struct request *req, struct response *res, struct row *row, const struct field *f) {
    struct repo_input in = repo_input(&req->ctx, req->route->entity, req->id);
    if (!is_stale(req, row, f)) {
        form_take(req, &in);
        if (f->kind == &kind_bool && !field_set_has(&in.given, f->index)) repo_input_text(&in, f->name, STR("false"));
        if (f->kind == &kind_choices && !field_set_has(&in.given, f->index)) repo_input_text(&in, f->name, STR(""));
        if (repo_update(&in, req->id)) {
            frame_done(req, res, frame_record_href(req->ctx.arena, in.entity, req->id), "saved", 0);
            return;
        }
    }
    int status = errors_status(&req->ctx.errors);
    if (status == 422 || status == 409) show_field(req, res, row, f, &req->form, status);
    else respond_errors(req, res);
}

/* ---- all of them ---------------------------------------------------------------------------------------------------------- */

static bool may(struct request *req, struct response *res, enum access_action action) {
    if (access_may(req->ctx.actor, req->route->entity, action)) return true;
    access_deny(&req->ctx, req->route->entity, action);
    respond_errors(req, res);
    return false;
}

/* What is a line of a record that is out is not begun. */
static bool may_begin(struct request *req, struct response *res) {
    const struct field *whole = req->route->entity->line_of;
    struct row *line = row_new(req->ctx.arena, req->route->entity);
    int64_t id;
    if (!whole || !str_to_int(request_arg(req, whole->decl->name), &id)) return true;
    line->values[whole->index] = value_int(id);
    if (rest_may_change(&req->ctx, line, NULL)) return true;
    respond_errors(req, res);
    return false;
}

void form_new(struct request *req, struct response *res) {
    if (may(req, res, MAY_CREATE) && may_begin(req, res)) show(req, res, NULL, &req->args, 200);
}

static struct row *editable(struct request *req, struct response *res) {
    if (!may(req, res, MAY_UPDATE)) return NULL;
    struct row *row = query_one(&req->ctx, req->route->entity, req->id, MAY_UPDATE, false);
    if (!row) {
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not change it.");
        respond_errors(req, res);
    }
    return row;
}

void form_edit(struct request *req, struct response *res) {
    struct row *row = editable(req, res);
    const struct field *only = only_field(req->route->entity, request_arg(req, "field"));
    if (row && !rest_may_change(&req->ctx, row, only)) respond_errors(req, res);
    else if (row && only) show_field(req, res, row, only, NULL, 200);
    else if (row) show(req, res, row, NULL, 200);
}

/* What is wrong with the fields is shown beside them; everything else is a page of its own. */
static void refuse(struct request *req, struct response *res, const struct row *row) {
    int status = errors_status(&req->ctx.errors);
    if (status == 422 || status == 409 || status == 412) show(req, res, row, &req->form, status == 412 ? 409 : status);
    else respond_errors(req, res);
}

void form_create(struct request *req, struct response *res) {
    struct repo_input in = repo_input(&req->ctx, req->route->entity, 0);
    form_take(req, &in);
    struct row *row = repo_create(&in);
    if (!row || !save_extra(req, row)) {
        refuse(req, res, NULL);
        return;
    }
    struct str record = frame_record_href(req->ctx.arena, in.entity, row_id(row));
    frame_created(req, res, record);
}

void form_update(struct request *req, struct response *res) {
    struct row *row = editable(req, res);
    if (!row) return;
    const struct field *only = only_field(req->route->entity, request_form(req, "only"));
    if (only) {
        update_field(req, res, row, only);
        return;
    }
    struct repo_input in = repo_input(&req->ctx, req->route->entity, req->id);
    str_to_int(request_form(req, "version"), &in.if_version);
    form_take(req, &in);
    if (repo_update(&in, req->id) && save_extra(req, row))
        frame_done(req, res, frame_record_href(req->ctx.arena, in.entity, req->id), "saved", 0);
    else refuse(req, res, row);
}

void form_again(struct request *req, struct response *res, int status) { show(req, res, NULL, &req->form, status); }
