/* record_figures.c - what is open of a client's, kind by kind, and until when what was agreed runs (record_figures.h). */
#include "http/record_figures.h"

#include <stdlib.h>

#include "base/timefmt.h"
#include "core/registry.h"
#include "http/chart.h"
#include "http/late.h"
#include "http/record_related.h"

#define COUNT_MOST 1000

/* A kind of record, and its count on its way. */
struct asked {
    const struct record_related *of;
    struct query *late;
    struct db_stmt *late_counted;
    int place; /* in the order of the packs */
};

/* Work of a pack that belongs to the client itself. People's own days stand in their calendars. */
static bool counts(const struct record_related *r) {
    const struct entity *entity = r->entity;
    return r->count > 0 && r->via == entity->client && entity->decl->open && strcmp(entity->decl->pack, "core") != 0 &&
           !entity_is(entity, ENTITY_UNLISTED);
}

/* Where there are more than have room, those of which something is open. */
static int open_first(const void *a, const void *b) {
    const struct asked *x = a, *y = b;
    if ((x->of->open == 0) != (y->of->open == 0)) return x->of->open == 0 ? 1 : -1;
    return x->place - y->place;
}

static int by_place(const void *a, const void *b) {
    const struct asked *x = a, *y = b;
    return x->place - y->place;
}

static void ask_late(struct request *req, const struct record_view *view, struct asked *asked) {
    if (!asked->of->open || !late_field(asked->of->entity)) return;
    asked->late = record_related_query(req, view, asked->of->via);
    late_only(asked->late);
    asked->late_counted = query_count_ahead(asked->late, COUNT_MOST);
}

/* Of money, what all that is open comes to. */
static struct str sum_of(struct request *req, const struct record_view *view, const struct record_related *r) {
    const struct entity *entity = r->entity;
    const struct field *sum = entity_field(entity, str_of(entity->decl->board_sum));
    struct query_group *groups;
    int count = 0;
    int64_t total = 0;
    if (!r->open || !sum || sum->kind != &kind_money) return STR("");
    struct query *q = record_related_query(req, view, r->via);
    list_only_open(q);
    q->one_currency = true;
    if (!query_groups(q, entity->state->decl->name, entity->decl->board_sum, &groups, &count)) return STR("");
    for (int i = 0; i < count; i++) total += groups[i].sum;
    return total ? chart_money_short(&req->ctx.env, total) : STR("");
}

static void add_open(struct request *req, struct record_view *view, const struct asked *asked) {
    struct arena *arena = req->ctx.arena;
    const struct record_related *r = asked->of;
    int64_t late = asked->late ? query_count_of(asked->late, asked->late_counted) : 0;
    struct record_figure *f = &view->figures[view->figure_count++];
    *f = (struct record_figure){.label = lang_printf(arena, "Open %s", lang_inside(arena, r->label).ptr),
                                .href = r->open ? r->open_href : r->here_href,
                                .value = str_printf(arena, "%lld", (long long)r->open),
                                .unit = sum_of(req, view, r)};
    if (!late) return;
    f->note = late_expires(r->entity) ? lang_printf(arena, "%lld expired", (long long)late)
                                      : lang_printf(arena, "%lld overdue", (long long)late);
    f->note_href = late_href(&req->ctx, r->entity, r->open_href);
    f->bad = true;
}

/* "Contract ends", in 48 days. */
static void add_term(struct request *req, struct values *values, struct record_view *view, const struct field *f) {
    struct value value = view->row->values[f->index];
    if ((f->flags & EXPIRES) != EXPIRES || value_is_null(value)) return;
    int64_t days = value.integer - zone_day(req->ctx.env.zone, req->ctx.now);
    struct value_view v = value_view(values, view->row, f, VALUE_SHORT);
    struct record_figure *figure = &view->figures[view->figure_count++];
    *figure = (struct record_figure){.label = f->label, .bad = days < 0, .note = days < 0 ? v.text : v.full};
    if (days < 0) figure->value = STR("Expired");
    else figure->value = lang_count(req->ctx.arena, days, "%lld day", "%lld days");
}

void record_figures_fill(struct request *req, struct values *values, struct record_view *view) {
    struct arena *arena = req->ctx.arena;
    const struct entity *entity = view->entity;
    if (!entity->client || entity->client->index != entity->id) return;
    struct asked *asked = arena_array(arena, struct asked, view->related_count + 1);
    size_t count = 0;
    view->figures = arena_array(arena, struct record_figure, RECORD_FIGURES + (size_t)entity->field_count);
    for (size_t i = 0; i < view->related_count; i++)
        if (counts(&view->related[i])) asked[count++] = (struct asked){.of = &view->related[i], .place = (int)i};
    if (count > 1) qsort(asked, count, sizeof *asked, open_first);
    if (count > RECORD_FIGURES) count = RECORD_FIGURES;
    if (count > 1) qsort(asked, count, sizeof *asked, by_place);
    for (size_t i = 0; i < count; i++) ask_late(req, view, &asked[i]);
    for (size_t i = 0; i < count; i++) add_open(req, view, &asked[i]);
    for (int i = 0; i < entity->field_count; i++) add_term(req, values, view, &entity->fields[i]);
    bool some = false; /* a row of zeros says nothing */
    for (size_t i = 0; i < view->figure_count; i++) some = some || !str_eqc(view->figures[i].value, "0");
    if (!some) view->figure_count = 0;
    record_expiring_fill(req, values, view);
}
