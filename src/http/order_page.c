/* order_page.c - moving a record one place up or down (order_page.h). */
#include "http/order_page.h"

#include "core/repo.h"
#include "http/frame.h"

const struct field *order_field(const struct entity *entity) {
    const struct field *position = entity_field(entity, STR("position"));
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

static bool step(struct request *req, int by) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    query_sort(q, "position");
    q->limit = QUERY_MAX_LIMIT;
    struct rows rows;
    if (!query_rows(q, &rows)) return false;
    for (int i = 0; i < rows.count; i++) {
        if (row_id(rows.at[i]) != req->id) continue;
        int to = i + by;
        if (to >= 0 && to < rows.count) {
            struct row *other = rows.at[to];
            rows.at[to] = rows.at[i];
            rows.at[i] = other;
        }
        return renumber(req, &rows);
    }
    return errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not move it.");
}

static void move(struct request *req, struct response *res, int by) {
    if (step(req, by))
        frame_done(req, res, frame_list_href(req->ctx.arena, req->route->entity), "moved", 0);
    else
        respond_errors(req, res);
}

void order_up(struct request *req, struct response *res) { move(req, res, -1); }
void order_down(struct request *req, struct response *res) { move(req, res, 1); }
