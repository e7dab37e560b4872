/* board_page.c - lanes, cards and moves of any entity with a state. */
#include "http/board_page.h"

#include "core/access.h"
#include "core/change_set.h"
#include "core/repo.h"
#include "http/form_page.h"
#include "http/view_page.h"
#include "templates.h"

/* ---- lanes ---------------------------------------------------------------------------------------------------------------- */

static void lanes_of_states(struct board_view *view, struct arena *arena, const struct field *board) {
    const struct value_states *states = values_states(&view->list.values, board->to);
    view->lanes = arena_array(arena, struct board_lane, states ? (size_t)states->count : 1);
    for (int i = 0; states && i < states->count; i++)
        view->lanes[view->lane_count++] =
            (struct board_lane){.key = str_printf(arena, "%lld", (long long)states->at[i].id),
                                .title = states->at[i].title,
                                .hue = states->at[i].hue,
                                .closed = states->at[i].closed};
}

static void lanes_of_choices(struct board_view *view, struct arena *arena, const struct field *board) {
    size_t n = 0;
    while (board->decl->choices[n]) n++;
    view->lanes = arena_array(arena, struct board_lane, n);
    for (size_t i = 0; i < n; i++) {
        struct buf label = buf_new(arena, 32);
        struct str choice = str_of(board->decl->choices[i]);
        kind_to_display(&label, board, &view->list.values.ctx->env, value_text(choice));
        view->lanes[view->lane_count++] =
            (struct board_lane){.key = choice, .title = buf_str(&label), .hue = value_choice_hue(board, choice)};
    }
}

static struct value lane_value(const struct field *board, struct str key) {
    int64_t id = 0;
    if (!board->to) return value_text(key);
    return str_to_int(key, &id) ? value_int(id) : VALUE_NONE;
}

/* ---- cards ---------------------------------------------------------------------------------------------------------------- */

static void add_to_card(struct board_view *view, struct board_card *card, struct buf *sub, const struct row *row,
                        const struct field *f) {
    struct value_view v = value_view(&view->list.values, row, f, VALUE_SHORT);
    if (v.look == LOOK_NONE) return;
    if (f->kind == &kind_money) card->amount = v.text;
    else if (v.look == LOOK_TIME) card->due = v;
    else if (v.look == LOOK_PERSON) card->owner = v.text;
    else if (v.look == LOOK_TEXT && !str_eq(v.text, card->title)) {
        if (sub->len) buf_lit(sub, " \u00b7 ");
        buf_add(sub, v.text);
    }
}

struct card_writer {
    struct board_view *view;
    struct board_lane *lane;
};

static void add_card(void *arg, const struct row *statement_row) {
    struct card_writer *w = arg;
    struct arena *arena = w->view->list.values.ctx->arena;
    const struct row *row = row_copy(arena, statement_row);
    const struct entity *entity = row->entity;
    struct board_card *card = &w->lane->cards[w->lane->card_count++];
    *card = (struct board_card){
        .id = row_id(row), .title = row_title(arena, row), .href = frame_record_href(arena, entity, row_id(row))};
    card->move_href = str_printf(arena, "%s/move", card->href.ptr);
    struct buf sub = buf_new(arena, 64);
    struct str rest = str_of(entity->decl->board_card), word;
    while (str_word(&rest, &word)) add_to_card(w->view, card, &sub, row, entity_field(entity, word));
    card->sub = buf_str(&sub);
}

static struct query *lane_query(struct request *req, const struct field *board, const struct board_lane *lane) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    list_query(req, q);
    query_where(q, board->decl->name, OP_EQ, lane_value(board, lane->key));
    return q;
}

static bool fill_cards(struct request *req, struct board_view *view, const struct field *board) {
    for (size_t i = 0; i < view->lane_count; i++) {
        struct board_lane *lane = &view->lanes[i];
        lane->cards = arena_array(req->ctx.arena, struct board_card, BOARD_CARDS);
        if (lane->closed || lane->count == 0) continue;
        struct query *q = lane_query(req, board, lane);
        q->titles = true;
        q->limit = BOARD_CARDS;
        struct str rest = str_of(q->entity->decl->board_card), word;
        if (q->entity->title) field_set_add(&q->fields, q->entity->title->index);
        while (str_word(&rest, &word)) {
            value_needs(entity_field(q->entity, word), &q->fields);
        }
        struct rows rows;
        struct card_writer w = {view, lane};
        if (!query_each(q, &rows, add_card, &w)) return false;
    }
    return true;
}

/* ---- counts and sums ------------------------------------------------------------------------------------------------------- */

static struct str money_text(struct board_view *view, const struct field *sum, int64_t amount) {
    struct buf b = buf_new(view->list.values.ctx->arena, 32);
    kind_to_display(&b, sum, &view->list.values.ctx->env, value_int(amount));
    struct str text = buf_str(&b);
    ptrdiff_t point = sum->kind == &kind_money ? str_index(text, '.') : -1;
    return point > 0 ? str_slice(text, 0, (size_t)point) : text;
}

static bool fill_counts(struct request *req, struct board_view *view, const struct field *board) {
    const struct entity *entity = req->route->entity;
    const struct field *sum = entity->decl->board_sum ? entity_field(entity, str_of(entity->decl->board_sum)) : NULL;
    struct query *q = query_new(&req->ctx, entity);
    if (!list_query(req, q)) return false;
    struct query_group *groups;
    int count;
    if (!query_groups(q, board->decl->name, entity->decl->board_sum, &groups, &count)) return false;
    int64_t most = 1;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < view->lane_count; i++)
            for (int g = 0; g < count; g++) {
                struct board_lane *lane = &view->lanes[i];
                if (!value_eq(groups[g].key, lane_value(board, lane->key))) continue;
                int64_t weight = sum ? groups[g].sum : groups[g].count;
                if (!lane->closed && weight > most) most = weight;
                lane->count = groups[g].count;
                lane->share = (int)(weight / (most / 100 + 1));
                if (sum) lane->total = money_text(view, sum, groups[g].sum);
            }
    return true;
}

/* The form of the toolbar leads to the board again; only the switch leads to the list, with the same filters. */
static void fill_links(struct request *req, struct board_view *view, const struct field *board) {
    const struct entity *entity = view->list.entity;
    struct arena *arena = req->ctx.arena;
    struct str list = frame_list_href(arena, entity);
    view->list.board_href = view->list.list_href;
    view->switch_href = list_href_without(req, list, -1);
    view->list.new_href = list_new_href(req, entity);
    view->list.import_href = list_import_href(req, entity);
    view->may_move = access_may(req->ctx.actor, entity, MAY_UPDATE) && !(board->flags & READ_ONLY);
    for (size_t i = 0; i < view->lane_count; i++) {
        struct board_lane *lane = &view->lanes[i];
        view->closed_count += lane->closed;
        lane->list_href = list_href_with(req, list, str_printf(arena, "filter[%s]", board->decl->name).ptr, lane->key);
        if (view->list.new_href.len && !(board->flags & READ_ONLY))
            lane->new_href =
                str_printf(arena, "%s?%s=%s", view->list.new_href.ptr, board->decl->name, str_cstr(arena, lane->key));
    }
}

void board_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    const struct field *board = entity->board;
    struct arena *arena = req->ctx.arena;
    struct board_view view = {.list = {.entity = entity, .values = values_new(req)}};
    view.list.list_href = str_printf(arena, "/%s/board", entity->decl->name);
    if (list_filter_sent(req, res, entity, view.list.list_href, &view.list.filter)) return;
    if (!access_may(req->ctx.actor, entity, MAY_READ)) access_deny(&req->ctx, entity, MAY_READ);
    if (!req->ctx.errors.count && view_page_open(req, res, &view.list, view.list.list_href)) return;
    struct query *q = query_new(&req->ctx, entity);
    if (board->to) lanes_of_states(&view, arena, board);
    else lanes_of_choices(&view, arena, board);
    if (!list_query(req, q) || !fill_counts(req, &view, board) || !fill_cards(req, &view, board)) {
        respond_errors(req, res);
        return;
    }
    list_toolbar(req, q, &view.list, view.list.list_href);
    int64_t total = 0;
    for (size_t i = 0; i < view.lane_count; i++) total += view.lanes[i].count;
    view_page_tabs(req, &view.list, view.list.list_href, total);
    fill_links(req, &view, board);
    struct page *page = frame_of(req, entity, str_of(entity->decl->many));
    tpl_board_page(&res->body, page, &view);
    frame_answer(req, res, view.list.filter.wrong.len ? 422 : 200);
}

/* ---- moving ---------------------------------------------------------------------------------------------------------------- */

/* What was given, with the state under its own name: scripts and the path of a record page send it as "stage". */
static struct params given_params(struct request *req) {
    const struct params *from = req->form.count ? &req->form : &req->args;
    struct params given = {.at = arena_array(req->ctx.arena, struct param, (size_t)from->count)};
    for (int i = 0; i < from->count; i++) {
        given.at[given.count] = from->at[i];
        if (str_eqc(from->at[i].name, "stage")) given.at[given.count].name = req->route->entity->board->name;
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
    const struct field *board = req->route->entity->board;
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
    struct input in = form_input(req, req->route->entity->board, row, given, errors);
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
    for (int i = 0; i < entity->field_count; i++) {
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
    view.title = str_printf(arena, "Move %.*s", STR_ARG(row_title(arena, row)));
    struct str record = frame_record_href(arena, entity, row_id(row));
    view.action = str_printf(arena, "%s/move", record.ptr);
    view.back = frame_back(req, record);
    if (str_starts(view.back, view.action)) view.back = record; /* sent from this very page */
    view.hidden = &(struct param){STR("back"), view.back};
    view.hidden_count = 1;
    ask(req, &view, row);
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), frame_list_href(arena, entity));
    frame_crumb(req, page, row_title(arena, row), record);
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
    struct params given = given_params(req);
    if (!params_get(&given, entity->board->name).len)
        return errors_add(&req->ctx.errors, 422, "required", entity->board->decl->name, "Say where to move it.");
    int64_t set = change_set_begin(&req->ctx, "action", entity, STR("Move"));
    if (!set) return false;
    struct repo_input in = repo_input(&req->ctx, entity, req->id);
    for (int i = 0; i < given.count; i++) {
        const struct field *f = entity_field(entity, given.at[i].name);
        bool asked = f && (f == entity->board || (may_be_asked(f) && given.at[i].value.len));
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
