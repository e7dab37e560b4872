/* board_move.c - moving a card: the state it goes to, and what that state asks for. */
#include "core/change_set.h"
#include "core/repo.h"
#include "http/board_page.h"
#include "http/form_page.h"
#include "templates.h"

/* What was given, with the state under its own name: scripts and the path of a record page send it as "stage". The lane of
 * those without a value is called "-". */
static struct params given_params(struct request *req) {
    const struct params *from = req->form.count ? &req->form : &req->args;
    struct params given = {.at = arena_array(req->ctx.arena, struct param, (size_t)from->count)};
    for (int i = 0; i < from->count; i++) {
        given.at[given.count] = from->at[i];
        if (str_eqc(from->at[i].name, "stage")) {
            given.at[given.count].name = board_field(req)->name;
            if (str_eqc(from->at[i].value, "-")) given.at[given.count].value = STR("");
        }
        given.count++;
    }
    return given;
}

/* What a state may ask for in the same step: fields that the entity takes for a moment only, and what is DUE. */
static bool may_be_asked(const struct field *f) {
    return (f->flags & TRANSIENT && !str_eqc(f->name, "password")) || ((f->flags & DUE) && !(f->flags & READ_ONLY));
}

/* The state that the move leads to, where it has been chosen and is a record of its own. */
static const struct row *chosen_state(struct request *req, const struct params *given) {
    const struct field *board = board_field(req);
    int64_t id;
    if (!board->to || !str_to_int(params_get(given, board->name), &id)) return NULL;
    return query_one(&req->ctx, board->to, id, MAY_READ, false);
}

/* A state says what it asks for by fields of its own: requires_note, requires_followup_date. */
static bool state_requires(struct request *req, const struct row *state, const struct field *f) {
    struct str name = f->flags & DUE ? STR("requires_followup_date")
                                     : str_printf(req->ctx.arena, "requires_%.*s", STR_ARG(f->name));
    const struct field *flag = state ? entity_field(state->entity, name) : NULL;
    return flag && state->values[flag->index].integer != 0;
}

static struct input state_input(struct request *req, const struct row *row, const struct params *given,
                                const struct errors *errors) {
    struct input in = form_input(req, board_field(req), row, given, errors);
    in.hint = STR("");
    in.required = true;
    return in;
}

/* The state, then what it asks for; where no state has been chosen yet, all that any may ask for. */
static void ask(struct request *req, struct move_view *view, const struct row *row) {
    const struct entity *entity = req->route->entity;
    struct params given = given_params(req);
    const struct row *state = chosen_state(req, &given);
    view->inputs = arena_array(req->ctx.arena, struct input, (size_t)entity->field_count);
    view->inputs[view->input_count++] = state_input(req, row, &given, view->errors);
    for (int i = 0; board_field(req) == entity->board && i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        bool required = state_requires(req, state, f);
        if (!may_be_asked(f) || (state && !required && !errors_for(view->errors, f->decl->name))) continue;
        struct input in = form_input(req, f, row, &given, view->errors);
        in.required = required;
        in.autofocus = state && view->input_count == 1;
        view->inputs[view->input_count++] = in;
    }
}

static void show_move(struct request *req, struct response *res, const struct row *row, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct move_view view = {.entity = entity, .errors = frame_errors(req), .submit = STR("Move")};
    view.title = lang_printf(arena, "Move %.*s", STR_ARG(row_title(arena, row)));
    struct str record = frame_record_href(arena, entity, row_id(row));
    view.action = str_printf(arena, "%s/move", record.ptr);
    view.back = frame_back(req, record);
    if (str_starts(view.back, view.action)) view.back = record; /* sent from this very page */
    view.hidden = (struct param[]){{STR("back"), view.back}, {STR("by"), board_field(req)->name}};
    view.hidden_count = 2;
    ask(req, &view, row);
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb_record(req, page, row);
    tpl_move_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

static struct row *movable(struct request *req, struct response *res) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    q->action = MAY_UPDATE;
    struct row *row = query_one_of(q, req->id);
    if (!row) {
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not move it.");
        respond_errors(req, res);
    }
    return row;
}

void board_move_form(struct request *req, struct response *res) {
    struct row *row = movable(req, res);
    if (row) show_move(req, res, row, 200);
}

/* A move is a change-set, so that it can be undone. */
static bool move(struct request *req) {
    const struct entity *entity = req->route->entity;
    const struct field *board = board_field(req);
    struct params given = given_params(req);
    bool said = false;
    for (int i = 0; i < given.count; i++) said = said || str_eq(given.at[i].name, board->name);
    if (!said || (board->flags & (READ_ONLY | IMMUTABLE)) || (board == entity->board && !params_get(&given, board->name).len))
        return errors_add(&req->ctx.errors, 422, "required", board->decl->name, "Say where to move it.");
    int64_t set = change_set_begin(&req->ctx, "action", entity, STR("Move"));
    if (!set) return false;
    struct repo_input in = repo_input(&req->ctx, entity, req->id);
    for (int i = 0; i < given.count; i++) {
        const struct field *f = entity_field(entity, given.at[i].name);
        bool asked = f && (f == board || (may_be_asked(f) && given.at[i].value.len));
        if (asked) repo_input_text(&in, f->name, given.at[i].value);
    }
    return !req->ctx.errors.count && repo_update(&in, req->id) && change_set_end(&req->ctx, set, 1);
}

static bool wants_json(struct request *req) {
    return str_eqc(request_header(req, "Accept"), "application/json");
}

void board_move(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct row *row = movable(req, res);
    if (!row) return;
    if (!move(req)) {
        int status = errors_status(&req->ctx.errors);
        if (status == 422 && !wants_json(req)) show_move(req, res, row, status);
        else respond_errors(req, res);
    } else if (wants_json(req)) {
        buf_printf(&res->body, "{\"undo\":%lld}", (long long)req->ctx.ended_set_id);
        respond_json(res, 200);
    } else
        frame_done(req, res, frame_back(req, frame_record_href(req->ctx.arena, entity, req->id)), "moved", req->ctx.ended_set_id);
}
