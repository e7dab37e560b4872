/* board_page.c - lanes and cards of any entity with a state. */
#include "http/board_page.h"

#include <stdlib.h>

#include "core/access.h"
#include "http/arrangement.h"
#include "http/form_page.h"
#include "http/view_page.h"
#include "templates.h"

#define NONE "-" /* the lane of those without a value */

/* ---- by which field -------------------------------------------------------------------------------------------------------- */

static bool makes_lanes(const struct field *f) {
    if (!f || !f->stored || (f->flags & HIDDEN)) return false;
    return f->kind == &kind_choice || (f->kind == &kind_ref && f->to && entity_field(f->to, STR("position")));
}

const struct field *board_field(struct request *req) {
    const struct entity *entity = req->route->entity;
    struct str by = request_arg(req, "by").len ? request_arg(req, "by") : request_form(req, "by");
    const struct field *f = entity_field(entity, by);
    return makes_lanes(f) ? f : entity->board;
}

static void offer_fields(struct request *req, struct board_view *view) {
    const struct entity *entity = view->list.entity;
    view->fields = arena_array(req->ctx.arena, struct choice, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (makes_lanes(f)) view->fields[view->field_count++] = (struct choice){f->name, f->label, f == view->field};
    }
}

/* ---- lanes ---------------------------------------------------------------------------------------------------------------- */

static void lanes_of_states(struct board_view *view, struct arena *arena, const struct field *board) {
    const struct value_states *states = values_states(&view->list.values, board->to);
    view->lanes = arena_array(arena, struct board_lane, states ? (size_t)states->count + 1 : 1);
    for (int i = 0; states && i < states->count; i++)
        view->lanes[view->lane_count++] = (struct board_lane){.key = str_printf(arena, "%lld", (long long)states->at[i].id),
                                                              .title = states->at[i].title,
                                                              .hue = states->at[i].hue,
                                                              .folded = states->at[i].closed};
}

static void lanes_of_choices(struct board_view *view, struct arena *arena, const struct field *board) {
    size_t n = 0;
    while (board->decl->choices[n]) n++;
    view->lanes = arena_array(arena, struct board_lane, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct buf label = buf_new(arena, 32);
        struct str choice = str_of(board->decl->choices[i]);
        kind_to_display(&label, board, &view->list.values.ctx->env, value_text(choice));
        view->lanes[view->lane_count++] =
            (struct board_lane){.key = choice, .title = buf_str(&label), .hue = value_choice_hue(board, choice)};
    }
}

static void all_lanes(struct board_view *view, struct arena *arena, const struct field *board) {
    if (board->to)
        lanes_of_states(view, arena, board);
    else
        lanes_of_choices(view, arena, board);
    if (board->flags & REQUIRED) return;
    view->lanes[view->lane_count++] = (struct board_lane){
        .key = STR(NONE), .title = lang_printf(arena, "No %s", lang_inside(arena, board->label).ptr), .hue = "gray"};
}

/* ---- as this person has them -------------------------------------------------------------------------------------------------
 *
 * Words: each lane's key in its order, with "+" where it is open and "-" where it is folded. What has come since is at the end.
 */

static struct str arrangement_key(struct request *req, const struct field *board) {
    return str_printf(req->ctx.arena, "%s/board/%s", board->entity->decl->name, board->decl->name);
}

static int by_place(const void *a, const void *b) {
    const struct board_lane *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

static void arrange(struct request *req, struct board_view *view, const struct field *board) {
    struct str words = arrangement_read(&req->ctx, arrangement_key(req, board)), word;
    for (size_t i = 0; i < view->lane_count; i++) view->lanes[i].place = (int)(1000 + i);
    for (int place = 0; str_word(&words, &word); place++)
        for (size_t i = 0; i < view->lane_count; i++)
            if (word.len > 1 && str_eq(view->lanes[i].key, str_slice(word, 1, word.len))) {
                view->lanes[i].place = place;
                view->lanes[i].folded = word.ptr[0] == '-';
            }
    qsort(view->lanes, view->lane_count, sizeof *view->lanes, by_place);
}

static void swap_lanes(struct board_view *view, size_t a, size_t b) {
    struct board_lane lane = view->lanes[a];
    view->lanes[a] = view->lanes[b];
    view->lanes[b] = lane;
}

/* The neighbour that stands beside it in the same state; itself where there is none. */
static size_t neighbour(const struct board_view *view, size_t i, int by) {
    for (size_t k = i + (size_t)by; k < view->lane_count; k += (size_t)by)
        if (view->lanes[k].folded == view->lanes[i].folded) return k;
    return i;
}

void board_arrange(struct request *req, struct response *res) {
    const struct field *board = board_field(req);
    struct board_view view = {.list = {.entity = req->route->entity, .values = values_new(req)}};
    struct str key = request_form(req, "lane"), what = request_form(req, "do");
    struct str page = str_printf(req->ctx.arena, "/%s/board", req->route->entity->decl->name);
    if (!access_may(req->ctx.actor, req->route->entity, MAY_READ)) access_deny(&req->ctx, req->route->entity, MAY_READ);
    all_lanes(&view, req->ctx.arena, board);
    arrange(req, &view, board);
    for (size_t i = 0; i < view.lane_count; i++) {
        if (!str_eq(view.lanes[i].key, key)) continue;
        if (str_in_words("fold open", what))
            view.lanes[i].folded = str_eqc(what, "fold");
        else if (str_in_words("left right", what))
            swap_lanes(&view, i, neighbour(&view, i, str_eqc(what, "left") ? -1 : 1));
        break;
    }
    struct buf words = buf_new(req->ctx.arena, 128);
    for (size_t i = 0; i < view.lane_count; i++)
        buf_printf(&words, "%s%c%.*s", i ? " " : "", view.lanes[i].folded ? '-' : '+', STR_ARG(view.lanes[i].key));
    if (!req->ctx.errors.count && arrangement_write(&req->ctx, arrangement_key(req, board), buf_str(&words)))
        respond_redirect(req, res, frame_back(req, page));
    else
        respond_errors(req, res);
}

static struct value lane_value(const struct field *board, struct str key) {
    int64_t id = 0;
    if (str_eqc(key, NONE)) return VALUE_NONE;
    if (!board->to) return value_text(key);
    return str_to_int(key, &id) ? value_int(id) : VALUE_NONE;
}

/* ---- cards ---------------------------------------------------------------------------------------------------------------- */

static void add_to_card(struct board_view *view, struct board_card *card, struct buf *sub, const struct row *row,
                        const struct field *f) {
    struct value_view v = value_in_a_line(&view->list.values, row, f);
    if (v.look == LOOK_NONE) return;
    if (f->kind == &kind_money)
        card->amount = v.text;
    else if (v.look == LOOK_TIME)
        card->due = v;
    else if (v.look == LOOK_PERSON)
        card->owner = v.text;
    else if (v.look == LOOK_STATUS)
        card->mark = v;
    else if ((v.look == LOOK_TEXT || v.look == LOOK_LINK) && !str_eq(v.text, card->title)) {
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
    bool own = w->view->field == entity->board;
    card->move_href = str_printf(arena, "%s/move%s%s", card->href.ptr, own ? "" : "?by=", own ? "" : w->view->field->decl->name);
    struct buf sub = buf_new(arena, 64);
    struct str rest = str_of(entity->decl->board_card), word;
    while (str_word(&rest, &word)) add_to_card(w->view, card, &sub, row, entity_field(entity, word));
    card->sub = buf_str(&sub);
}

static bool read_cards(struct request *req, struct board_view *view, struct board_lane *lane, struct query *q) {
    struct value value = lane_value(view->field, lane->key);
    struct query_filter is = {.field = view->field, .op = OP_EQ, .value = value};
    if (value_is_null(value)) is = (struct query_filter){.field = view->field, .op = OP_NULL, .value = value_int(1)};
    if (!query_filter_add(q, &is)) return false;
    q->titles = true;
    lane->cards = arena_array(req->ctx.arena, struct board_card, (size_t)q->limit);
    struct str rest = str_of(q->entity->decl->board_card), word;
    if (q->entity->title) field_set_add(&q->fields, q->entity->title->index);
    while (str_word(&rest, &word)) {
        value_needs(entity_field(q->entity, word), &q->fields);
    }
    struct rows rows;
    struct card_writer w = {view, lane};
    if (!query_each(q, &rows, add_card, &w)) return false;
    if (!rows.next.len) return true;
    struct str more = str_printf(req->ctx.arena, "/%s/board/cards", q->entity->decl->name);
    struct buf href = buf_new(req->ctx.arena, 128);
    buf_add(&href, list_href_with(req, more, "lane", lane->key));
    list_add_param(&href, STR("cursor"), rows.next);
    lane->more_href = buf_str(&href);
    return true;
}

static bool fill_cards(struct request *req, struct board_view *view) {
    for (size_t i = 0; i < view->lane_count; i++) {
        struct board_lane *lane = &view->lanes[i];
        if (lane->folded || lane->count == 0) continue;
        struct query *q = query_new(&req->ctx, req->route->entity);
        if (!list_query(req, q)) return false;
        q->limit = BOARD_CARDS;
        if (!read_cards(req, view, lane, q)) return false;
    }
    return true;
}

static bool may_move(struct request *req, const struct field *board) {
    return access_may(req->ctx.actor, board->entity, MAY_UPDATE) && !(board->flags & (READ_ONLY | IMMUTABLE));
}

void board_cards(struct request *req, struct response *res) {
    const struct field *board = board_field(req);
    struct board_view view = {.list = {.entity = req->route->entity, .values = values_new(req)}, .field = board};
    struct board_lane lane = {.key = request_arg(req, "lane")};
    struct query *q = query_new(&req->ctx, req->route->entity);
    if (!access_may(req->ctx.actor, req->route->entity, MAY_READ)) access_deny(&req->ctx, req->route->entity, MAY_READ);
    if (board->to) values_states(&view.list.values, board->to);
    if (!list_query(req, q) || !read_cards(req, &view, &lane, q)) {
        respond_errors(req, res);
        return;
    }
    view.may_move = may_move(req, board);
    tpl_board_more(&res->body, frame_bare(req, STR("")), &view, &lane);
    frame_answer(req, res, 200);
}

/* ---- counts and sums ------------------------------------------------------------------------------------------------------- */

static struct str money_text(struct board_view *view, const struct field *sum, int64_t amount) {
    struct buf b = buf_new(view->list.values.ctx->arena, 32);
    kind_to_display(&b, sum, &view->list.values.ctx->env, value_int(amount));
    return sum->kind == &kind_money ? value_short_money(&view->list.values.ctx->env, buf_str(&b)) : buf_str(&b);
}

static bool fill_counts(struct request *req, struct board_view *view, const struct field *board) {
    const struct entity *entity = req->route->entity;
    const struct field *sum = entity->decl->board_sum ? entity_field(entity, str_of(entity->decl->board_sum)) : NULL;
    struct query *q = query_new(&req->ctx, entity);
    if (!list_query(req, q)) return false;
    q->one_currency = true;
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
                if (!lane->folded && weight > most) most = weight;
                lane->count = groups[g].count;
                lane->share = (int)(weight / (most / 100 + 1));
                if (sum) lane->total = money_text(view, sum, groups[g].sum);
            }
    return true;
}

/* The lane of those without a value is there only where there are some. */
static void drop_empty_lane(struct board_view *view) {
    size_t n = 0;
    for (size_t i = 0; i < view->lane_count; i++)
        if (view->lanes[i].count || !str_eqc(view->lanes[i].key, NONE)) view->lanes[n++] = view->lanes[i];
    view->lane_count = n;
}

static struct str lane_list(struct request *req, const struct field *board, const struct board_lane *lane, struct str list) {
    bool none = str_eqc(lane->key, NONE);
    const char *name = str_printf(req->ctx.arena, "filter[%s]%s", board->decl->name, none ? "[null]" : "").ptr;
    return list_href_with(req, list, name, none ? STR("true") : lane->key);
}

static void fill_links(struct request *req, struct board_view *view, const struct field *board) {
    const struct entity *entity = view->list.entity;
    struct arena *arena = req->ctx.arena;
    struct str list = frame_list_href(arena, entity);
    view->list.new_href = list_new_href(req, entity);
    view->list.import_href = list_import_href(req, entity);
    view->may_move = may_move(req, board);
    for (size_t i = 0; i < view->lane_count; i++) {
        struct board_lane *lane = &view->lanes[i];
        view->folded_count += lane->folded;
        lane->list_href = lane_list(req, board, lane, list);
        if (view->list.new_href.len && !(board->flags & READ_ONLY) && !str_eqc(lane->key, NONE))
            lane->new_href =
                str_printf(arena, "%s?%s=%s", view->list.new_href.ptr, board->decl->name, str_cstr(arena, lane->key));
    }
}

void board_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    const struct field *board = board_field(req);
    struct arena *arena = req->ctx.arena;
    struct board_view view = {.list = {.entity = entity, .shape = "board", .values = values_new(req)}, .field = board};
    view.list.list_href = str_printf(arena, "/%s/board", entity->decl->name);
    if (list_filter_sent(req, res, entity, view.list.list_href, &view.list.filter)) return;
    if (!access_may(req->ctx.actor, entity, MAY_READ)) access_deny(&req->ctx, entity, MAY_READ);
    frame_live_ahead(req);
    if (!req->ctx.errors.count && view_page_open(req, res, &view.list, view.list.list_href)) return;
    struct query *q = query_new(&req->ctx, entity);
    all_lanes(&view, arena, board);
    arrange(req, &view, board);
    if (!list_query(req, q) || !fill_counts(req, &view, board) || !fill_cards(req, &view)) {
        respond_errors(req, res);
        return;
    }
    drop_empty_lane(&view);
    list_toolbar(req, q, &view.list, view.list.list_href);
    int64_t total = 0;
    for (size_t i = 0; i < view.lane_count; i++) total += view.lanes[i].count;
    view.none = view.list.filtered && !total;
    view_page_tabs(req, &view.list, view.list.list_href, total);
    offer_fields(req, &view);
    fill_links(req, &view, board);
    struct page *page = frame_of(req, entity, str_of(entity->decl->many));
    tpl_board_page(&res->body, page, &view);
    frame_answer(req, res, view.list.filter.wrong.len ? 422 : 200);
}
