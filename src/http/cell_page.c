/* cell_page.c - one field of one record is changed where it is shown (cell_page.h). */
#include "http/cell_page.h"

#include "core/access.h"
#include "core/repo.h"
#include "core/rest.h"
#include "http/form_page.h"
#include "templates.h"

static bool changeable(const struct field *f) {
    return f && f->stored && !(f->flags & (READ_ONLY | IMMUTABLE | HIDDEN | IMPLICIT)) && f->kind != &kind_file &&
           f->kind != &kind_secret && f->kind != &kind_subject_id && f->kind != &kind_subject_type;
}

static struct row *find(struct request *req, struct response *res, struct str name, const struct field **f) {
    struct row *row = query_one(&req->ctx, req->route->entity, req->id, MAY_UPDATE, false);
    *f = entity_field(req->route->entity, name);
    if (!row)
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not change it.");
    else if (!changeable(*f))
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such field to change.");
    else
        return row;
    respond_errors(req, res);
    return NULL;
}

static struct str input_text(struct request *req, const struct row *row, const struct field *f) {
    struct buf b = buf_new(req->ctx.arena, 64);
    struct kind_env env = row_env(&req->ctx.env, row, f);
    if (!value_is_null(row->values[f->index])) kind_to_input(&b, f, &env, row->values[f->index]);
    return buf_str(&b);
}

/* As a person reads it. */
static struct str shown_text(struct request *req, const struct row *row, const struct field *f) {
    struct value value = row->values[f->index];
    struct buf b = buf_new(req->ctx.arena, 64);
    if (value_is_null(value)) return STR("nothing");
    if (f->to) return query_title(&req->ctx, f->to, value.integer);
    struct kind_env env = row_env(&req->ctx.env, row, f);
    kind_to_display(&b, f, &env, value);
    return buf_str(&b);
}

static void add_inputs(struct request *req, struct cell_view *view, const struct row *row, const struct field *f,
                       const struct params *typed) {
    const struct entity *entity = f->entity;
    view->inputs = arena_array(req->ctx.arena, struct input, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *other = &entity->fields[i];
        bool wanted = other == f || (errors_for(view->errors, other->decl->name) && !(other->flags & (READ_ONLY | HIDDEN)));
        if (!wanted) continue;
        struct input in = form_input(req, other, row, typed, view->errors);
        if (other == f)
            in.autofocus = true;
        else
            in.required = true;
        view->inputs[view->input_count++] = in;
    }
}

/* `theirs`: where another has changed the field meanwhile. */
static void show(struct request *req, struct response *res, const struct row *row, const struct field *f, bool conflict,
                 int status) {
    const struct entity *entity = f->entity;
    struct arena *arena = req->ctx.arena;
    struct cell_view view = {.name = f->name, .conflict = conflict, .errors = frame_errors(req)};
    view.title = lang_printf(arena, "%.*s of %.*s", STR_ARG(f->label), STR_ARG(row_title(arena, row)));
    struct str record = frame_record_href(arena, entity, row_id(row));
    view.action = str_printf(arena, "%s/field", record.ptr);
    view.back = frame_back(req, record);
    view.old = input_text(req, row, f);
    view.version = entity->version >= 0 ? row->values[entity->version].integer : 0;
    if (conflict) view.theirs = shown_text(req, row, f);
    add_inputs(req, &view, row, f, status == 200 ? NULL : &req->form);
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb_record(req, page, row);
    tpl_cell_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void cell_page_form(struct request *req, struct response *res) {
    const struct field *f;
    struct row *row = find(req, res, request_arg(req, "name"), &f);
    if (row && !rest_may_change(&req->ctx, row, f)) respond_errors(req, res);
    else if (row) show(req, res, row, f, false, 200);
}

static bool save(struct request *req, const struct field *f) {
    struct repo_input in = repo_input(&req->ctx, f->entity, req->id);
    struct buf joined = buf_new(req->ctx.arena, 64);
    bool several = f->kind == &kind_choices, any = false;
    for (int i = 0; i < req->form.count; i++) {
        if (!str_eq(req->form.at[i].name, f->name)) continue;
        if (several && any && req->form.at[i].value.len) buf_lit(&joined, ", ");
        if (!several) joined.len = 0; /* the last counts */
        buf_add(&joined, f->to ? form_id_by_name(req, f, req->form.at[i].value) : req->form.at[i].value);
        any = true;
    }
    if (!any && f->kind == &kind_bool) buf_lit(&joined, "false");
    if (req->ctx.errors.count || !repo_input_text(&in, f->name, buf_str(&joined))) return false;
    for (int i = 0; i < f->entity->field_count; i++) { /* what the new value asked for */
        const struct field *other = &f->entity->fields[i];
        struct str text = other == f ? STR("") : request_form(req, other->decl->name);
        bool own = (other->flags & (READ_ONLY | HIDDEN | IMPLICIT)) || str_in_words("version old back field", other->name);
        if (text.len && !own && !repo_input_text(&in, other->name, text)) return false;
    }
    return repo_update(&in, req->id) != NULL;
}

void cell_page_save(struct request *req, struct response *res) {
    const struct field *f;
    /* The form names its field so that a field may be called "name". */
    struct row *row = find(req, res, request_form(req, "field"), &f);
    int64_t version = 0;
    if (!row) return;
    str_to_int(request_form(req, "version"), &version);
    bool changed = version && f->entity->version >= 0 && row->values[f->entity->version].integer != version;
    if (changed && !str_eq(input_text(req, row, f), request_form(req, "old"))) {
        errors_add(&req->ctx.errors, 409, "conflict", f->decl->name, "Somebody else has changed this meanwhile.");
        show(req, res, row, f, true, 409);
    } else if (!save(req, f)) {
        int status = errors_status(&req->ctx.errors);
        if (status == 422)
            show(req, res, row, f, false, 422);
        else
            respond_errors(req, res);
    } else if (str_eqc(request_header(req, "Accept"), "application/json")) {
        buf_lit(&res->body, "{}");
        respond_json(res, 200);
    } else
        frame_done(req, res, frame_back(req, frame_record_href(req->ctx.arena, f->entity, req->id)), "saved", 0);
}
