/* record_expiring.c - what of a client's runs out in the next weeks, or did lately, soonest first (record_figures.h). */
#include <stdlib.h>

#include "base/timefmt.h"
#include "core/repo.h"
#include "http/record_figures.h"
#include "http/record_related.h"

#define AHEAD_DAYS 90
#define BEHIND_DAYS 30 /* what ran out longer ago was let go */
#define KIND_MOST 20   /* of one kind */

/* One kind of record by one of its dates, on its way. */
struct asked {
    const struct record_related *of;
    const struct field *field;
    struct query *query;
};

static void ask(struct request *req, const struct record_view *view, struct asked *asked) {
    int64_t today = zone_day(req->ctx.env.zone, req->ctx.now);
    struct query *q = asked->query = record_related_query(req, view, asked->of->via);
    query_where(q, asked->field->decl->name, OP_GTE, value_int(today - BEHIND_DAYS));
    query_where(q, asked->field->decl->name, OP_LTE, value_int(today + AHEAD_DAYS));
    query_sort(q, asked->field->decl->name);
    q->limit = KIND_MOST;
    query_ahead(q);
}

static size_t ask_all(struct request *req, const struct record_view *view, struct asked *asked, size_t most) {
    size_t count = 0;
    for (size_t i = 0; i < view->related_count; i++) {
        const struct record_related *r = &view->related[i];
        for (int k = 0; r->count && r->via == r->entity->client && k < r->entity->field_count && count < most; k++) {
            const struct field *f = &r->entity->fields[k];
            if ((f->flags & EXPIRES) != EXPIRES || f->kind != &kind_date) continue;
            asked[count] = (struct asked){.of = r, .field = f};
            ask(req, view, &asked[count++]);
        }
    }
    return count;
}

/* What can be done about it in one step, where the record has such a step; then one is back here. */
static void offer(struct request *req, const struct record_view *view, const struct row *row, struct record_expiring *e) {
    const struct action_decl *action = entity_action(row->entity, STR("renew"));
    if (!action || !repo_action_possible(&req->ctx, row, action)) return;
    struct str href = str_printf(req->ctx.arena, "%.*s/renew?back=%.*s", STR_ARG(e->href), STR_ARG(view->href));
    e->renew = (struct record_button){str_of(action->label), href, action->icon, action->input != NULL, false};
}

static void add(struct request *req, struct values *values, struct record_view *view, const struct asked *asked,
                const struct row *row) {
    struct arena *arena = req->ctx.arena;
    const struct entity *entity = row->entity;
    if (value_over(values, row)) return;
    struct record_expiring *e = &view->expiring[view->expiring_count++];
    *e = (struct record_expiring){.title = row_title(arena, row),
                                  .href = frame_record_href(arena, entity, row_id(row)),
                                  .kind = str_of(entity->decl->one),
                                  .date = value_view(values, row, asked->field, VALUE_SHORT),
                                  .days = row->values[asked->field->index].integer - zone_day(req->ctx.env.zone, req->ctx.now),
                                  .icon = asked->of->icon};
    e->what = asked->field->label;
    e->share = e->days > 0 ? (int)(e->days * 100 / AHEAD_DAYS) : 0;
    e->hue = !*e->date.when ? "green" : str_eqc(STR("late"), e->date.when) ? "red" : "amber";
    const struct field *itself = entity_field(entity, STR("auto_renews"));
    if (itself) e->what = row->values[itself->index].integer ? itself->label : STR("By hand");
    offer(req, view, row, e);
}

static int soonest(const void *a, const void *b) {
    const struct record_expiring *x = a, *y = b;
    return (x->days > y->days) - (x->days < y->days);
}

void record_expiring_fill(struct request *req, struct values *values, struct record_view *view) {
    size_t most = view->related_count * 2;
    struct asked *asked = arena_array(req->ctx.arena, struct asked, most + 1);
    size_t count = ask_all(req, view, asked, most);
    view->expiring = arena_array(req->ctx.arena, struct record_expiring, count * KIND_MOST + 1);
    for (size_t i = 0; i < count; i++) {
        struct rows rows;
        if (!query_rows(asked[i].query, &rows)) return;
        for (int k = 0; k < rows.count; k++) add(req, values, view, &asked[i], rows.at[k]);
    }
    if (view->expiring_count) qsort(view->expiring, view->expiring_count, sizeof *view->expiring, soonest);
}
