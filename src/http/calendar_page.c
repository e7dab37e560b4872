/* calendar_page.c - the calendar of any entity: which days it shows, and the ways to others. */
#include "http/calendar_page.h"

#include "core/access.h"
#include "core/kind_tools.h"
#include "core/when.h"
#include "http/calendar_layout.h"
#include "http/frame.h"
#include "http/view_page.h"
#include "templates.h"

#define YEAR_MIN 1900
#define YEAR_MAX 2199

static const struct {
    const char *name, *label;
} shows[SHOW_COUNT] = {{"month", N_("Month")}, {"week", N_("Week")}, {"day", N_("Day")}, {"agenda", N_("Agenda")}};

/* What has dates only has no hours to stand at. */
bool calendar_has_hours(const struct calendar_view *view) {
    return view->show != SHOW_MONTH && view->fields.from->kind == &kind_time;
}
const char *calendar_show_label(int show) { return shows[show].label; }

/* ---- the window -------------------------------------------------------------------------------------------------------------
 */

static bool take_address(struct request *req, struct calendar_view *view) {
    struct str show = request_arg(req, "show"), date = request_arg(req, "date");
    struct errors *errors = &req->ctx.errors;
    view->date = view->today = zone_day(req->ctx.env.zone, req->ctx.now);
    for (int i = 0; i < SHOW_COUNT; i++)
        if (str_eqc(show, shows[i].name)) view->show = (enum calendar_show)i;
    if (show.len && !str_eqc(show, shows[view->show].name))
        return errors_add(errors, 400, "bad_value", "show", "A calendar shows a month, week, day or agenda.");
    if (!date.len) return true;
    if (!date_parse(date, &view->date))
        return errors_add(errors, 400, "bad_value", "date", "The date is written as in 2026-11-12.");
    int year = civil_from_date(view->date).year;
    if (year < YEAR_MIN || year > YEAR_MAX)
        return errors_add(errors, 400, "out_of_range", "date", "The calendar goes from %d to %d.", YEAR_MIN, YEAR_MAX);
    return true;
}

static void choose_window(const struct kind_env *env, struct calendar_view *view) {
    int64_t first = view->date - civil_from_date(view->date).day + 1;
    switch (view->show) {
    case SHOW_MONTH:
        view->begin = when_week(env, first);
        view->end = when_week(env, calendar_month(first, 1) - 1) + 7;
        break;
    case SHOW_WEEK:
        view->begin = when_week(env, view->date);
        view->end = view->begin + 7;
        break;
    case SHOW_DAY:
        view->begin = view->date;
        view->end = view->begin + 1;
        break;
    case SHOW_AGENDA:
    case SHOW_COUNT:
        view->begin = view->date;
        view->end = view->begin + CALENDAR_AGENDA;
        break;
    }
}

/* A date in the window that comes `by` windows from this one. */
static int64_t other_date(const struct calendar_view *view, int by) {
    if (view->show != SHOW_MONTH) return view->date + by * (view->end - view->begin);
    return calendar_month(view->date - civil_from_date(view->date).day + 1, by);
}

/* ---- ways and words ----------------------------------------------------------------------------------------------------------
 */

struct str calendar_href(struct request *req, const struct calendar_view *view, enum calendar_show show, int64_t date) {
    int year = civil_from_date(date).year;
    struct buf b = buf_new(req->ctx.arena, 128), day = buf_new(req->ctx.arena, 12);
    if (year < YEAR_MIN || year > YEAR_MAX) return STR("");
    buf_add(&b, view->list.list_href);
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        if (!list_is_transient(p->name) && !str_in_words("show date", p->name)) list_add_param(&b, p->name, p->value);
    }
    if (show != SHOW_MONTH) list_add_param(&b, STR("show"), str_of(shows[show].name));
    buf_date(&day, date);
    if (date != view->today) list_add_param(&b, STR("date"), buf_str(&day));
    return buf_str(&b);
}

/* "16 to 22 November 2026", "30 November to 6 December 2026", "28 December 2026 to 3 January 2027" */
static struct str span_title(struct arena *arena, int64_t first, int64_t last) {
    struct civil a = civil_from_date(first), b = civil_from_date(last);
    if (a.year != b.year)
        return lang_printf(arena, "%d %s %d to %d %s %d", a.day, when_month(a.month), a.year, b.day, when_month(b.month), b.year);
    if (a.month != b.month)
        return lang_printf(arena, "%d %s to %d %s %d", a.day, when_month(a.month), b.day, when_month(b.month), b.year);
    return lang_printf(arena, "%d to %d %s %d", a.day, b.day, when_month(b.month), b.year);
}

static struct str title_of(struct arena *arena, const struct calendar_view *view) {
    struct civil c = civil_from_date(view->date);
    if (view->show == SHOW_MONTH) return lang_printf(arena, "%s %d", when_month(c.month), c.year);
    if (view->show == SHOW_DAY)
        return lang_printf(arena, "%s %d %s %d", when_weekday(c.weekday), c.day, when_month(c.month), c.year);
    return span_title(arena, view->begin, view->end - 1);
}

static void fill_ways(struct request *req, struct calendar_view *view) {
    struct arena *arena = req->ctx.arena;
    view->title = title_of(arena, view);
    view->previous = calendar_href(req, view, view->show, other_date(view, -1));
    view->next = calendar_href(req, view, view->show, other_date(view, 1));
    view->now_href = calendar_href(req, view, view->show, view->today);
    for (int i = 0; i < SHOW_COUNT; i++) view->shows[i] = calendar_href(req, view, (enum calendar_show)i, view->date);
}

/* Where records are made, on the day that is shown; scripts put the day that was clicked behind the template. */
static void fill_making(struct request *req, struct calendar_view *view) {
    const struct entity *entity = view->list.entity;
    struct arena *arena = req->ctx.arena;
    view->list.new_href = list_new_href(req, entity);
    view->list.import_href = list_import_href(req, entity);
    bool given = !(view->fields.from->flags & READ_ONLY);
    if (view->list.new_href.len && given)
        view->new_template = str_printf(arena, "%s?%s=", view->list.new_href.ptr, view->fields.from->decl->name);
    view->may_move = calendar_may_move(req, &view->fields);
}

/* ---- an empty window ---------------------------------------------------------------------------------------------------------
 */

/* The nearest record after the window, else before it, so that nobody looks through empty months. */
static bool find_beside(struct request *req, struct calendar_view *view) {
    const struct field *from = view->fields.from;
    bool days = from->kind == &kind_date;
    for (int pass = 0; pass < 2 && !view->beside_href.len; pass++) {
        struct query *q = query_new(&req->ctx, req->route->entity);
        struct rows rows;
        if (!list_query(req, q)) return false;
        int64_t edge = pass ? view->begin : view->end;
        struct value at = value_int(days ? edge : kind_from_wall(&req->ctx.env, edge * DAY_MS));
        if (!query_filter_add(q, &(struct query_filter){.field = from, .op = pass ? OP_LT : OP_GTE, .value = at})) return false;
        q->cursor = STR("");
        q->backwards = false;
        q->limit = 1;
        field_set_add(&q->fields, from->index);
        query_sort(q, pass ? str_printf(req->ctx.arena, "-%s", from->decl->name).ptr : from->decl->name);
        if (!query_rows(q, &rows)) return false;
        if (!rows.count) continue;
        int64_t value = rows.at[0]->values[from->index].integer;
        int64_t day = days ? value : zone_day(req->ctx.env.zone, value);
        view->beside_href = calendar_href(req, view, view->show, day);
        struct buf text = buf_new(req->ctx.arena, 24);
        kind_write_day(&text, &req->ctx.env, civil_from_date(day));
        view->beside = lang_printf(req->ctx.arena, pass ? "The last is on %.*s" : "The next is on %.*s", STR_ARG(buf_str(&text)));
    }
    return true;
}

/* ---- the page ----------------------------------------------------------------------------------------------------------------
 */

static bool fill(struct request *req, struct calendar_view *view) {
    choose_window(&req->ctx.env, view);
    fill_making(req, view);
    if (!calendar_read(req, view) || (!view->event_count && !find_beside(req, view))) return false;
    calendar_fill(req, view);
    fill_ways(req, view);
    struct civil now = civil_from_time(zone_wall(req->ctx.env.zone, req->ctx.now));
    bool shown = view->begin <= view->today && view->today < view->end;
    view->now = shown ? now.hour * 60 + now.minute : -1;
    return true;
}

void calendar_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct calendar_view view = {.list = {.entity = entity, .shape = "calendar", .values = values_new(req)}};
    view.fields = calendar_fields(entity);
    view.list.list_href = str_printf(req->ctx.arena, "/%s/calendar", entity->decl->name);
    if (list_filter_sent(req, res, entity, view.list.list_href, &view.list.filter)) return;
    if (!access_may(req->ctx.actor, entity, MAY_READ)) access_deny(&req->ctx, entity, MAY_READ);
    frame_live_ahead(req);
    if (!req->ctx.errors.count && view_page_open(req, res, &view.list, view.list.list_href)) return;
    struct query *q = query_new(&req->ctx, entity);
    if (take_address(req, &view) && list_query(req, q)) view.list.counted = view_count_ahead(req, q, &req->args);
    if (req->ctx.errors.count || !fill(req, &view)) {
        respond_errors(req, res);
        return;
    }
    list_toolbar(req, q, &view.list, view.list.list_href);
    view_page_tabs(req, &view.list, view.list.list_href, view_count_of(&view.list.counted));
    struct page *page = frame_of(req, entity, str_of(entity->decl->many));
    tpl_calendar_page(&res->body, page, &view);
    frame_answer(req, res, view.list.filter.wrong.len ? 422 : 200);
}
