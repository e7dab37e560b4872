/* record_page.c - the page of one record, and what is done on it. */
#include "http/record_page.h"

#include "core/access.h"
#include "core/change_set.h"
#include "core/registry.h"
#include "core/repo.h"
#include "core/rest.h"
#include "http/board_page.h"
#include "http/form_page.h"
#include "http/merge_page.h"
#include "http/record_figures.h"
#include "http/record_related.h"
#include "http/record_rows.h"
#include "http/url.h"
#include "templates.h"

static struct str path_of(struct request *req, const char *what) {
    struct str href = frame_record_href(req->ctx.arena, req->route->entity, req->id);
    return str_printf(req->ctx.arena, "%.*s/%s", STR_ARG(href), what);
}

/* ---- what the page shows --------------------------------------------------------------------------------------------------- */

static void fill_sections(struct request *req, struct record_view *view, struct values *values, const struct row *row) {
    const struct entity *entity = view->entity;
    struct arena *arena = req->ctx.arena;
    view->sections = arena_array(arena, struct record_section, (size_t)entity->field_count + 2);
    struct record_section *section = NULL;
    bool implicit = false;
    for (int n = 0; n < 2 * entity->field_count; n++) { /* what it says of itself, then what every record does */
        int i = n % entity->field_count;
        const struct field *f = &entity->fields[i];
        if (!(f->flags & IMPLICIT) != (n < entity->field_count)) continue;
        bool hidden = !f->stored || f->flags & HIDDEN || i == entity->id || i == entity->version || i == entity->deleted_at ||
                      f->kind == &kind_subject_type;
        bool about = (f->flags & IMPLICIT) && !implicit && !hidden;
        if (!section || f->decl->section || about) {
            if (!section || section->count) section = &view->sections[view->section_count++];
            section->heading = about ? STR("Record") : f->decl->section ? str_of(f->decl->section) : str_of(entity->decl->one);
            if (!section->fields) section->fields = arena_array(arena, struct record_field, (size_t)entity->field_count);
            implicit = implicit || about;
        }
        if (hidden || str_eqc(f->name, "currency")) continue;
        section->fields[section->count++] = (struct record_field){.field = f, .value = value_view(values, row, f, VALUE_FULL)};
    }
    if (section && !section->count) view->section_count--;
}

/* Its state by a word; where there is a path, that shows it. */
static const struct field *head_state(const struct entity *entity) {
    const struct field *state = entity->board ? entity->board : entity->state;
    if (!state) state = entity_field(entity, STR("status"));
    return state && state->kind == &kind_choice ? state : NULL;
}

/* Of a list's columns, those that say something without their heading; of times the one that it is about. */
static bool head_takes(const struct field *f) {
    struct str rest = str_of(f->entity->decl->calendar), begins = STR("");
    bool time = f->kind == &kind_date || f->kind == &kind_time, about = str_word(&rest, &begins) && str_eq(f->name, begins);
    return !(f->flags & IMPLICIT) && (!time || f->flags & DUE || about) && f->kind != &kind_tags && f->kind != &kind_choices &&
           f->kind != &kind_email && f->kind != &kind_phone && f->kind != &kind_url;
}

static void head_add(struct record_view *view, struct values *values, const struct row *row, const struct field *f) {
    struct value_view v = value_in_a_line(values, row, f);
    if (v.look == LOOK_NONE || (v.look != LOOK_PERSON && str_eq(v.text, view->title))) return;
    bool late = str_eqc(str_of(v.when), "late"), named = v.look == LOOK_TIME && !late; /* "2 days overdue" says it all */
    view->head[view->head_count++] = (struct record_head){named ? f->label : STR(""), v};
}

/* State, owner, amount and what is due stand beside the name: as on the board's card, or as in the list. */
static void fill_head(struct record_view *view, struct values *values, const struct row *row) {
    const struct entity_decl *decl = view->entity->decl;
    const struct field *state = head_state(view->entity);
    struct str rest = str_of(decl->board_card ? decl->board_card : decl->list), word;
    if (state) head_add(view, values, row, state);
    while (str_word(&rest, &word) && view->head_count < sizeof view->head / sizeof *view->head) {
        const struct field *f = entity_field(view->entity, word);
        if (f == view->entity->title || f == state || (!decl->board_card && !head_takes(f))) continue;
        head_add(view, values, row, f);
    }
}

static void fill_steps(struct request *req, struct record_view *view, struct values *values, const struct row *row) {
    const struct field *board = view->entity->board;
    const struct value_states *states = board && board->to ? values_states(values, board->to) : NULL;
    if (!states || !states->count) return;
    view->steps = arena_array(req->ctx.arena, struct record_step, (size_t)states->count);
    int at = 0, ends = 0; /* of the states before the current one, those that close */
    while (at < states->count && row->values[board->index].integer != states->at[at].id) ends += states->at[at++].closed;
    /* Behind another end nobody knows how far it came: what is lost was not won on the way. In no state, nothing is behind it. */
    bool passed = ends == 0 && at < states->count;
    for (int i = 0; i < states->count; i++)
        view->steps[view->step_count++] = (struct record_step){str_printf(req->ctx.arena, "%lld", (long long)states->at[i].id),
                                                               states->at[i].title, passed && i < at, i == at};
    view->move_href = path_of(req, "move");
}

static void fill_buttons(struct request *req, struct record_view *view, const struct row *row) {
    const struct entity_decl *decl = view->entity->decl;
    view->buttons = arena_array(req->ctx.arena, struct record_button, (size_t)decl->action_count + 1);
    for (int i = 0; i < decl->action_count; i++) {
        const struct action_decl *action = &decl->actions[i];
        if (action->pick || !repo_action_possible(&req->ctx, row, action)) continue;
        view->buttons[view->button_count++] = (struct record_button){str_of(action->label), path_of(req, action->name),
                                                                     action->icon, action->input != NULL, action->danger};
    }
}

/* Where each field is changed by itself. */
static void fill_places(struct request *req, struct record_view *view, const struct row *row) {
    for (size_t s = 0; s < view->section_count; s++)
        for (size_t i = 0; i < view->sections[s].count; i++) {
            struct record_field *shown = &view->sections[s].fields[i];
            if (!rest_allows(row, shown->field)) continue;
            if (form_in_place(shown->field))
                shown->edit_href =
                    str_printf(req->ctx.arena, "%.*s?field=%s", STR_ARG(view->edit_href), shown->field->decl->name);
            else if (shown->field == view->entity->board && view->move_href.len) {
                shown->edit_href = view->move_href;
                shown->dialog = true;
            }
        }
}

/* What would be refused is not offered. True where nothing of it can be changed. */
static bool fill_rest(struct request *req, struct record_view *view, const struct row *row) {
    struct arena *arena = req->ctx.arena;
    const struct row *whole = rest_over(&req->ctx, row);
    view->out = rest_is(row);
    if (whole) view->rests = rest_why(arena, whole->entity, true);
    else if (view->out) view->rests = rest_why(arena, view->entity, false);
    return whole || (view->out && !view->entity->decl->still);
}

static void fill_links(struct request *req, struct record_view *view, const struct row *row) {
    const struct entity *entity = view->entity;
    const struct actor *actor = req->ctx.actor;
    bool deleted = entity->deleted_at >= 0 && !value_is_null(row->values[entity->deleted_at]);
    bool fixed = entity_is(entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY);
    if (deleted) {
        if (access_may(actor, entity, MAY_DELETE)) view->restore_href = path_of(req, "restore");
        return;
    }
    if (entity_is(entity, ENTITY_UPLOAD)) view->download_href = path_of(req, "content");
    fixed = fixed || fill_rest(req, view, row);
    if (!fixed && query_one(&req->ctx, entity, req->id, MAY_UPDATE, false)) view->edit_href = path_of(req, "edit");
    if (!fixed && !view->out && query_one(&req->ctx, entity, req->id, MAY_DELETE, false) && !repo_why_stays(&req->ctx, row))
        view->delete_href = path_of(req, "delete");
    if (view->edit_href.len && view->delete_href.len && merge_possible(entity)) view->merge_href = path_of(req, "merge");
    if (!view->edit_href.len) view->move_href = STR("");
    else fill_places(req, view, row);
    const struct entity *notes = registry_find(STR("notes"));
    const struct field *type = notes ? entity_field(notes, STR("subject_type")) : NULL;
    if (type && str_in_words(type->decl->subjects, entity->name) && access_may(actor, notes, MAY_CREATE))
        view->note_action = path_of(req, "note");
    fill_buttons(req, view, row);
}

/* The record itself, and what may tell of it in the timeline. */
static struct str live_words(struct request *req, const struct record_view *view) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_printf(&b, "%s/%lld", view->entity->decl->name, (long long)view->id);
    for (size_t i = 0; i < view->related_count; i++) buf_printf(&b, " %s", view->related[i].entity->decl->name);
    return buf_str(&b);
}

static void missing(struct request *req, struct response *res) {
    if (!req->ctx.errors.count)
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such %s, or you may not see it.",
                   str_cstr(req->ctx.arena, lang_inside(req->ctx.arena, str_of(req->route->entity->decl->one))));
    respond_errors(req, res);
}

void record_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct query *q = query_new(&req->ctx, entity);
    q->titles = true;
    q->with_deleted = true;
    frame_live_ahead(req);
    struct row *row = query_one_of(q, req->id);
    if (!row) {
        missing(req, res);
        return;
    }
    bool deleted = entity->deleted_at >= 0 && !value_is_null(row->values[entity->deleted_at]);
    if (deleted && merge_page_moved(req, res)) return;
    struct values values = values_new(req);
    struct record_view view = {.entity = entity, .row = row, .id = req->id, .title = value_title(&values, row)};
    view.href = frame_record_href(req->ctx.arena, entity, req->id);
    fill_sections(req, &view, &values, row);
    fill_head(&view, &values, row);
    fill_steps(req, &view, &values, row);
    fill_links(req, &view, row);
    record_related_fill(req, &view);
    record_rows_fill(req, &view);
    if (!view.shown && !deleted) record_figures_fill(req, &values, &view);
    view.files = record_files_of(req, &values, row, deleted);
    view.picks = record_picks_of(req, &values, row, deleted);
    if (!view.shown) view.matrix = role_matrix_of(req, row);
    if (!view.shown) view.timeline = timeline_of(req, &values, row);
    view.nav = record_nav(req, row);
    view.faces = entity_field(entity, STR("email")) != NULL;
    struct page *page = frame_of(req, entity, view.title);
    frame_live(req, page, live_words(req, &view));
    frame_crumb(req, page, str_of(entity->decl->many), frame_list_href(req->ctx.arena, entity));
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    tpl_record_page(&res->body, page, &view);
    frame_answer(req, res, 200);
}

/* ---- what is done on it ---------------------------------------------------------------------------------------------------- */

void record_note(struct request *req, struct response *res) {
    struct repo_input in = repo_input(&req->ctx, registry_get("notes"), 0);
    repo_input_text(&in, STR("content"), request_form(req, "content"));
    repo_input_value(&in, "subject_type", value_text(req->route->entity->name));
    repo_input_value(&in, "subject_id", value_int(req->id));
    if (repo_create(&in)) frame_done(req, res, frame_record_href(req->ctx.arena, req->route->entity, req->id), "saved", 0);
    else respond_errors(req, res);
}

void record_delete(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    if (repo_delete(&req->ctx, entity, req->id, 0))
        frame_done(req, res, frame_list_href(req->ctx.arena, entity), "deleted", req->ctx.ended_set_id);
    else respond_errors(req, res);
}

void record_restore(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    if (repo_restore(&req->ctx, entity, req->id))
        frame_done(req, res, frame_record_href(req->ctx.arena, entity, req->id), "restored", 0);
    else respond_errors(req, res);
}

ROUTE("POST", "/change_sets/{id}/undo", record_undo, RUN_WORKER)
void record_undo(struct request *req, struct response *res) {
    struct undo_result result;
    if (!change_set_undo(&req->ctx, req->id, &result)) respond_errors(req, res);
    else frame_done(req, res, frame_back(req, STR("/")), result.conflicts ? "undone_partly" : "undone", 0);
}

/* ---- actions that ask something first -------------------------------------------------------------------------------------- */

/* Where one came from, if that was said; else the record. */
static struct str action_back(struct request *req) {
    struct str back = request_form(req, "back");
    if (!back.len) back = request_arg(req, "back");
    return url_is_local(back) ? back : frame_record_href(req->ctx.arena, req->route->entity, req->id);
}

static void show_action(struct request *req, struct response *res, int status) {
    const struct entity *entity = req->route->entity;
    const struct action_decl *action = req->route->action;
    const struct errors *errors = frame_errors(req);
    struct row *row = query_one(&req->ctx, entity, req->id, access_for_action(entity, action), false);
    if (!row) {
        missing(req, res);
        return;
    }
    struct move_view view = {.entity = entity, .errors = errors, .title = str_of(action->label)};
    view.back = action_back(req);
    struct param back = {STR("back"), view.back};
    view.hidden = &back;
    view.hidden_count = 1;
    view.action = path_of(req, action->name);
    view.submit = str_of(action->label);
    view.inputs = arena_array(req->ctx.arena, struct input, (size_t)entity->field_count);
    struct str rest = str_of(action->input), word;
    while (str_word(&rest, &word))
        view.inputs[view.input_count++] = form_input(req, entity_field(entity, word), row, &req->form, errors);
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb_record(req, page, row);
    tpl_move_page(&res->body, page, &view);
    req->ctx.errors = *errors;
    frame_answer(req, res, status);
}

void record_action_form(struct request *req, struct response *res) { show_action(req, res, 200); }

void record_action(struct request *req, struct response *res) {
    const struct action_decl *action = req->route->action;
    struct repo_input in = repo_input(&req->ctx, req->route->entity, req->id);
    for (int i = 0; i < req->form.count; i++)
        if (str_in_words(action->input, req->form.at[i].name) && req->form.at[i].value.len)
            repo_input_text(&in, req->form.at[i].name, req->form.at[i].value);
    if (!req->ctx.errors.count && repo_action(&in, req->id, action))
        frame_done(req, res, action_back(req), "done", req->ctx.ended_set_id);
    else if (errors_status(&req->ctx.errors) == 422) show_action(req, res, 422);
    else respond_errors(req, res);
}
