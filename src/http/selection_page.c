/* selection_page.c - bulk edit, assign, delete, restore and export of ticked rows or of all that a list finds. */
#include "http/selection_page.h"

#include "core/access.h"
#include "core/merge.h"
#include "http/arrangement.h"
#include "http/form_page.h"
#include "http/list_page.h"
#include "http/view_page.h"
#include "templates.h"

#define FAILURES_SHOWN 20

/* ---- what was chosen -------------------------------------------------------------------------------------------------- */

struct chosen {
    int64_t *ids;
    int count;
    bool all;            /* all that `query` finds */
    struct params query; /* of the list's address: filters and search */
};

/* Of a list's address only what limits its rows. */
static bool limits_rows(struct str name) { return str_starts(name, STR("filter[")) || str_eqc(name, "q"); }

static bool take_query(struct request *req, struct chosen *chosen, const struct params *from) {
    chosen->query.at = arena_array(req->ctx.arena, struct param, (size_t)from->count + 1);
    for (int i = 0; i < from->count; i++)
        if (limits_rows(from->at[i].name)) chosen->query.at[chosen->query.count++] = from->at[i];
    return true;
}

static bool take_chosen(struct request *req, struct chosen *chosen) {
    struct params query = {.count = 0};
    chosen->ids = arena_array(req->ctx.arena, int64_t, (size_t)req->form.count + 1);
    chosen->all = request_form(req, "all").len > 0;
    for (int i = 0; i < req->form.count && !chosen->all; i++)
        if (str_eqc(req->form.at[i].name, "id") && str_to_int(req->form.at[i].value, &chosen->ids[chosen->count]))
            chosen->count++;
    if (!params_parse(req->ctx.arena, request_form(req, "query"), &query, &req->ctx.errors)) return false;
    take_query(req, chosen, &query);
    return chosen->all || chosen->count || errors_add(&req->ctx.errors, 422, "required", "id", "Select at least one.");
}

static struct query *query_of(struct request *req, const struct chosen *chosen) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    bool known;
    for (int i = 0; i < chosen->query.count; i++)
        if (!query_param(q, chosen->query.at[i].name, chosen->query.at[i].value, &known)) return NULL;
    return q;
}

static struct bulk bulk_of(struct request *req, const struct chosen *chosen) {
    struct bulk bulk = {.ctx = &req->ctx, .entity = req->route->entity, .ids = chosen->ids, .id_count = chosen->count};
    if (chosen->all) bulk.query = query_of(req, chosen);
    return bulk;
}

static struct str how_many(struct request *req, const struct chosen *chosen) {
    const struct entity_decl *decl = req->route->entity->decl;
    struct arena *arena = req->ctx.arena;
    if (chosen->all) return lang_printf(arena, "all %s that match", lang_inside(arena, str_of(decl->many)).ptr);
    return str_printf(arena, "%d %s", chosen->count, lang_inside(arena, str_of(chosen->count == 1 ? decl->one : decl->many)).ptr);
}

static void carry(struct request *req, struct selection_view *view, const struct chosen *chosen) {
    struct arena *arena = req->ctx.arena;
    view->hidden = arena_array(arena, struct param, (size_t)chosen->count + 3);
    for (int i = 0; i < chosen->count; i++)
        view->hidden[view->hidden_count++] = (struct param){STR("id"), str_printf(arena, "%lld", (long long)chosen->ids[i])};
    if (chosen->all) {
        view->hidden[view->hidden_count++] = (struct param){STR("all"), STR("1")};
        view->hidden[view->hidden_count++] = (struct param){STR("query"), request_form(req, "query")};
    }
    view->hidden[view->hidden_count++] = (struct param){STR("back"), view->back};
}

static struct selection_view view_of(struct request *req, const struct chosen *chosen) {
    const struct entity *entity = req->route->entity;
    struct selection_view view = {.entity = entity, .errors = frame_errors(req)};
    view.back = frame_back(req, frame_list_href(req->ctx.arena, entity));
    view.action = str_printf(req->ctx.arena, "/%s/selection", entity->decl->name);
    carry(req, &view, chosen);
    return view;
}

static void show(struct request *req, struct response *res, struct selection_view *view,
                 void (*template)(struct buf *, const struct page *, const struct selection_view *), int status) {
    struct page *page = frame_open(req, view->title, view->entity->decl->name);
    frame_crumb(req, page, str_of(view->entity->decl->many), frame_list_href(req->ctx.arena, view->entity));
    template(&res->body, page, view);
    req->ctx.errors = *view->errors;
    frame_answer(req, res, status);
}

/* ---- what came of it -------------------------------------------------------------------------------------------------- */

/* All went well: back to the list, with Undo. Else what could not be done is told, record by record. */
static void tell(struct request *req, struct response *res, const struct chosen *chosen, const struct bulk_result *result,
                 const char *what) {
    struct selection_view view = view_of(req, chosen);
    struct arena *arena = req->ctx.arena;
    if (!result->failure_count) {
        frame_done(req, res, view.back, what, result->change_set_id);
        return;
    }
    view.title =
        lang_printf(arena, "%lld of %lld changed", (long long)result->done, (long long)result->done + result->failure_count);
    view.undo = result->change_set_id;
    view.failures = arena_array(arena, struct selection_failure, FAILURES_SHOWN);
    for (int i = 0; i < result->failure_count && view.failure_count < FAILURES_SHOWN; i++) {
        const struct bulk_failure *f = &result->failures[i];
        struct str title = query_title(&req->ctx, view.entity, f->id);
        view.failures[view.failure_count++] = (struct selection_failure){
            title.len ? title : str_printf(arena, "%lld", (long long)f->id), frame_record_href(arena, view.entity, f->id),
            f->errors.first ? f->errors.first->message : STR("It could not be changed.")};
    }
    view.done = result->done;
    show(req, res, &view, tpl_selection_result, 200);
}

struct restoring {
    struct request *req;
    const struct chosen *chosen;
};
static bool restore_all(struct ctx *ctx, void *arg) {
    const struct restoring *r = arg;
    for (int i = 0; i < r->chosen->count; i++)
        if (!repo_restore(ctx, r->req->route->entity, r->chosen->ids[i])) return false;
    return true;
}

static void restore(struct request *req, struct response *res, const struct chosen *chosen) {
    if (ctx_write(&req->ctx, restore_all, &(struct restoring){req, chosen}))
        frame_done(req, res, frame_back(req, frame_list_href(req->ctx.arena, req->route->entity)), "restored", 0);
    else
        respond_errors(req, res);
}

/* To the two side by side; the older of them is the one that stays. */
static void merge_two(struct request *req, struct response *res, const struct chosen *chosen) {
    const struct entity *entity = req->route->entity;
    if (chosen->all || chosen->count != 2 || chosen->ids[0] == chosen->ids[1] || !merge_possible(entity)) {
        errors_add(&req->ctx.errors, 422, "bad_value", "id", "Select the two records that are the same.");
        respond_errors(req, res);
        return;
    }
    bool ordered = chosen->ids[0] < chosen->ids[1];
    respond_redirect(req, res,
                     str_printf(req->ctx.arena, "/%s/%lld/merge?with=%lld", entity->decl->name,
                                (long long)chosen->ids[ordered ? 0 : 1], (long long)chosen->ids[ordered ? 1 : 0]));
}

static void delete_all(struct request *req, struct response *res, const struct chosen *chosen) {
    struct bulk bulk = bulk_of(req, chosen);
    struct bulk_result result;
    if (req->ctx.errors.count || !bulk_delete(&bulk, &result))
        respond_errors(req, res);
    else
        tell(req, res, chosen, &result, "deleted");
}

/* ---- giving a field a value --------------------------------------------------------------------------------------------- */

static bool settable(const struct field *f) {
    unsigned never = READ_ONLY | IMMUTABLE | HIDDEN | IMPLICIT | TRANSIENT;
    return f && f->stored && !(f->flags & never) && f->kind != &kind_file && f->kind != &kind_secret &&
           f->kind != &kind_subject_id && f->kind != &kind_subject_type && f->kind != &kind_json;
}

/* What moving a record into a state may ask for in the same step. */
static bool comes_along(const struct field *state, const struct field *f) {
    if (state != state->entity->board) return false;
    return (f->flags & TRANSIENT && !str_eqc(f->name, "password")) || ((f->flags & DUE) && !(f->flags & READ_ONLY));
}

static void ask_value(struct request *req, struct selection_view *view) {
    const struct entity *entity = view->entity;
    view->inputs = arena_array(req->ctx.arena, struct input, (size_t)entity->field_count);
    struct params typed = req->form;
    struct input in = form_input(req, view->field, NULL, str_eqc(request_form(req, "do"), "set") ? &typed : NULL, view->errors);
    in.required = false;
    in.autofocus = true;
    in.hint = in.kind == INPUT_LINE && !in.hint.len ? STR("Leave it empty to clear it.") : in.hint;
    if (in.kind == INPUT_CHECK) {
        static const struct choice yes_no[] = {{STR_INIT("true"), STR_INIT("Yes"), false},
                                               {STR_INIT("false"), STR_INIT("No"), false}};
        in.kind = INPUT_SELECT;
        in.choices = yes_no;
        in.choice_count = 2;
        in.required = true;
    }
    view->inputs[view->input_count++] = in;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!comes_along(view->field, f)) continue;
        in = form_input(req, f, NULL, &typed, view->errors);
        in.required = false;
        in.hint = STR("Where the new state asks for it.");
        view->inputs[view->input_count++] = in;
    }
}

static void edit(struct request *req, struct response *res, const struct chosen *chosen, struct str name, int status) {
    struct selection_view view = view_of(req, chosen);
    const struct entity *entity = view.entity;
    struct arena *arena = req->ctx.arena;
    const struct field *f = entity_field(entity, name);
    if (settable(f)) view.field = f;
    view.title = view.field
                     ? lang_printf(arena, "Set %s of %s", lang_inside(arena, view.field->label).ptr, how_many(req, chosen).ptr)
                     : lang_printf(arena, "Change %s", how_many(req, chosen).ptr);
    view.submit = lang_printf(arena, "Change %s", how_many(req, chosen).ptr);
    view.fields = arena_array(arena, struct choice, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++)
        if (settable(&entity->fields[i]))
            view.fields[view.field_count++] =
                (struct choice){entity->fields[i].name, entity->fields[i].label, &entity->fields[i] == view.field};
    if (view.field) ask_value(req, &view);
    show(req, res, &view, tpl_selection_edit, status);
}

struct setting {
    struct request *req;
    const struct field *field;
};

static bool fill_one(struct repo_input *in, void *arg) {
    const struct setting *s = arg;
    struct request *req = s->req;
    struct buf joined = buf_new(in->ctx->arena, 64);
    for (int i = 0; i < req->form.count; i++) {
        if (!str_eq(req->form.at[i].name, s->field->name) || !req->form.at[i].value.len) continue;
        if (joined.len) buf_lit(&joined, ", ");
        buf_add(&joined, req->form.at[i].value);
    }
    bool ok = repo_input_text(in, s->field->name, buf_str(&joined));
    for (int i = 0; ok && i < s->field->entity->field_count; i++) {
        const struct field *f = &s->field->entity->fields[i];
        struct str text = comes_along(s->field, f) ? request_form(req, f->decl->name) : STR("");
        if (text.len) ok = repo_input_text(in, f->name, text);
    }
    return ok;
}

static void set(struct request *req, struct response *res, const struct chosen *chosen) {
    const struct field *f = entity_field(req->route->entity, request_form(req, "field"));
    if (!settable(f)) {
        edit(req, res, chosen, STR(""), 200);
        return;
    }
    for (int i = 0; f->to && i < req->form.count; i++) /* a record by its name, where the form let people type it */
        if (str_eq(req->form.at[i].name, f->name)) req->form.at[i].value = form_id_by_name(req, f, req->form.at[i].value);
    struct bulk bulk = bulk_of(req, chosen);
    struct setting setting = {req, f};
    bulk.fill = fill_one;
    bulk.arg = &setting;
    struct bulk_result result;
    if (!req->ctx.errors.count && bulk_update(&bulk, &result))
        tell(req, res, chosen, &result, "saved");
    else if (errors_status(&req->ctx.errors) == 422)
        edit(req, res, chosen, f->name, 422);
    else
        respond_errors(req, res);
}

/* ---- export ------------------------------------------------------------------------------------------------------------- */

static struct str ids_text(struct request *req, const struct chosen *chosen) {
    struct buf b = buf_new(req->ctx.arena, 256);
    for (int i = 0; i < chosen->count; i++) buf_printf(&b, "%s%lld", i ? "," : "", (long long)chosen->ids[i]);
    return buf_str(&b);
}

/* The export's own form: sent by GET, so that the browser saves what comes. */
static void ask_export(struct request *req, struct response *res, const struct chosen *chosen) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    if (!access_may(req->ctx.actor, entity, MAY_EXPORT)) access_deny(&req->ctx, entity, MAY_EXPORT);
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct selection_view view = view_of(req, chosen);
    view.title = lang_printf(arena, "Export %s", how_many(req, chosen).ptr);
    view.export_action = str_printf(arena, "/api/v1/%s/export", entity->decl->name);
    view.hidden = arena_array(arena, struct param, (size_t)chosen->query.count + 1);
    view.hidden_count = 0;
    for (int i = 0; chosen->all && i < chosen->query.count; i++) view.hidden[view.hidden_count++] = chosen->query.at[i];
    if (!chosen->all) view.hidden[view.hidden_count++] = (struct param){STR("filter[id][in]"), ids_text(req, chosen)};
    struct query *q = query_new(&req->ctx, entity);
    struct list_view list = {.entity = entity, .arranged = arrangement_ahead(&req->ctx, view_page_key(req, entity))};
    list_columns(req, q, &list);
    struct buf fields = buf_new(arena, 128);
    for (size_t i = 0; i < list.column_count; i++) buf_printf(&fields, "%s%s", i ? "," : "", list.columns[i].field->decl->name);
    view.export_fields = buf_str(&fields);
    show(req, res, &view, tpl_selection_export, 200);
}

void selection_export(struct request *req, struct response *res) {
    struct chosen chosen = {.all = true};
    take_query(req, &chosen, &req->args);
    ask_export(req, res, &chosen);
}

void selection_page(struct request *req, struct response *res) {
    struct str what = request_form(req, "do");
    struct chosen chosen = {.count = 0};
    if (!take_chosen(req, &chosen))
        respond_errors(req, res);
    else if (str_eqc(what, "delete"))
        delete_all(req, res, &chosen);
    else if (str_eqc(what, "restore"))
        restore(req, res, &chosen);
    else if (str_eqc(what, "merge"))
        merge_two(req, res, &chosen);
    else if (str_eqc(what, "edit"))
        edit(req, res, &chosen, request_form(req, "field"), 200);
    else if (str_starts(what, STR("edit:")))
        edit(req, res, &chosen, str_slice(what, 5, what.len), 200);
    else if (str_eqc(what, "set"))
        set(req, res, &chosen);
    else if (str_eqc(what, "export"))
        ask_export(req, res, &chosen);
    else {
        errors_add(&req->ctx.errors, 422, "bad_value", "do", "Choose what to do.");
        respond_errors(req, res);
    }
}
