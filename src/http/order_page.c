/* order_page.c - moving a record one place up or down (order_page.h). */
#include "http/order_page.h"

#include "core/repo.h"
#include "http/frame.h"

/* What has its place within another record, as a line has in its invoice, has none among all of its kind. */
const struct field *order_field(const struct entity *entity) {
    const struct field *position = entity_field(entity, STR("position"));
    if (entity->decl->parent && !entity_is(entity, ENTITY_SETTINGS)) return NULL;
    return position && !(position->flags & (READ_ONLY | HIDDEN)) && position->kind == &kind_int ? position : NULL;
}

/* Positions become 1, 2, 3 ... in the new order; only what changes is written. */
static bool renumber(struct request *req, struct rows *rows) {
    const struct entity *entity = req->route->entity;
    for (int i = 0; i < rows->count; i++) {
        if (row_int(rows->at[i], "position") == i + 1) continue;
        struct repo_input in = repo_input(&req->ctx, entity, row_id(rows->at[i]));
        repo_input_value(&in, "position", value_int(i + 1));
        if (!repo_update(&in, row_id(rows->at[i]))) return false;
    }
    return true;
}

static int index_of(const struct rows *rows, int64_t id) {
    for (int i = 0; i < rows->count; i++)
        if (row_id(rows->at[i]) == id) return i;
    return -1;
}

static bool read_all(struct request *req, struct rows *rows) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    query_sort(q, "position");
    q->limit = QUERY_MAX_LIMIT;
    if (!query_rows(q, rows)) return false;
    if (index_of(rows, req->id) >= 0) return true;
    return errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not move it.");
}

/* Takes the record to the place `to`; those between move up. */
static bool put(struct request *req, struct rows *rows, int to) {
    int at = index_of(rows, req->id);
    struct row *moved = rows->at[at];
    for (; at < to && at + 1 < rows->count; at++) rows->at[at] = rows->at[at + 1];
    for (; at > to && at > 0; at--) rows->at[at] = rows->at[at - 1];
    rows->at[at] = moved;
    return renumber(req, rows);
}

static void answer(struct request *req, struct response *res, bool done) {
    if (done)
        frame_done(req, res, frame_list_href(req->ctx.arena, req->route->entity), "moved", 0);
    else
        respond_errors(req, res);
}

static void step(struct request *req, struct response *res, int by) {
    struct rows rows;
    answer(req, res, read_all(req, &rows) && put(req, &rows, index_of(&rows, req->id) + by));
}

void order_place(struct request *req, struct response *res) {
    struct rows rows;
    int64_t before = 0;
    bool last = !request_form(req, "before").len;
    if (!read_all(req, &rows)) {
        answer(req, res, false);
        return;
    }
    int at = index_of(&rows, req->id);
    int to = last ? rows.count : str_to_int(request_form(req, "before"), &before) ? index_of(&rows, before) : -1;
    if (to < 0) errors_add(&req->ctx.errors, 422, "not_found", "before", "The record to stand before is not there.");
    answer(req, res, to >= 0 && put(req, &rows, to > at ? to - 1 : to));
}

void order_up(struct request *req, struct response *res) { step(req, res, -1); }
void order_down(struct request *req, struct response *res) { step(req, res, 1); }
