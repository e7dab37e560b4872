/* calendar_fill.c - the weeks of a calendar, their days, and what stands where in them. */
#include "base/timefmt.h"
#include "core/when.h"
#include "http/calendar_layout.h"
#include "http/calendar_page.h"

#define WEEK_LINES 20 /* along the days of a week, where they may take more room; of a day all */
#define LEAST 30      /* minutes that anything takes in the hours */
#define MORNING 480   /* what is shown of a day at least */
#define EVENING 1080

/* ---- days ------------------------------------------------------------------------------------------------------------------ */

static struct str new_href(struct arena *arena, const struct calendar_view *view, int64_t day) {
    struct buf b = buf_new(arena, 64);
    if (!view->new_template.len) return STR("");
    buf_add(&b, view->new_template);
    buf_date(&b, day);
    if (view->fields.from->kind == &kind_time) buf_lit(&b, "T09:00");
    return buf_str(&b);
}

static void fill_day(struct request *req, const struct calendar_view *view, struct calendar_day *d, int64_t day) {
    struct arena *arena = req->ctx.arena;
    struct civil c = civil_from_date(day), shown = civil_from_date(view->date);
    struct buf machine = buf_new(arena, 12);
    buf_date(&machine, day);
    *d = (struct calendar_day){.day = day, .machine = buf_str(&machine), .today = day == view->today};
    d->weekend = c.weekday == 0 || c.weekday == 6;
    d->outside = view->show == SHOW_MONTH && c.month != shown.month;
    d->number =
        d->outside && c.day == 1 ? lang_printf(arena, "%d %s", c.day, when_month_short(c.month)) : str_printf(arena, "%d", c.day);
    d->name = lang_str(arena, str_of(when_weekday_short(c.weekday)));
    d->label = lang_printf(arena, "%s %d %s %d", when_weekday(c.weekday), c.day, when_month(c.month), c.year);
    d->href = calendar_href(req, view, SHOW_DAY, day);
    d->new_href = new_href(arena, view, day);
}

/* ---- along the days -------------------------------------------------------------------------------------------------------- */

/* In a month everything stands in lines; in a week only what is not at hours. */
static bool stands_in_line(const struct calendar_view *view, const struct calendar_event *e) {
    return e->bar || view->show == SHOW_MONTH;
}

/* At hours past midnight it stands in a month's line of the day on which it begins. */
static int64_t last_line(const struct calendar_event *e) { return e->bar ? e->last : e->first; }

static void put_in_line(struct calendar_view *view, struct calendar_week *week, struct calendar_event *e,
                        const struct calendar_slot *slot, int lines) {
    int64_t first = week->days[0].day;
    for (int i = slot->from; i < slot->to; i++) {
        struct calendar_day *d = &week->days[i];
        if (slot->place >= lines) {
            d->more++;
            continue;
        }
        if ((size_t)slot->place >= d->line_count) d->line_count = (size_t)slot->place + 1;
        if (i > slot->from) continue; /* it stands there already */
        d->lines[slot->place] = (struct calendar_piece){.event = calendar_tell(view, e),
                                                        .days = slot->to - slot->from,
                                                        .before = e->first < first,
                                                        .after = last_line(e) >= first + (int64_t)week->count};
    }
}

static void fill_lines(struct calendar_view *view, struct calendar_week *week) {
    struct arena *arena = view->list.values.ctx->arena;
    int lines = view->show == SHOW_MONTH ? CALENDAR_LINES : view->show == SHOW_WEEK ? WEEK_LINES : CALENDAR_MOST;
    int64_t first = week->days[0].day, end = first + (int64_t)week->count;
    struct calendar_slot *slots = arena_array(arena, struct calendar_slot, view->event_count + 1);
    struct calendar_event **of = arena_array(arena, struct calendar_event *, view->event_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < view->event_count; i++) {
        struct calendar_event *e = &view->events[i];
        int64_t last = last_line(e);
        if (!stands_in_line(view, e) || e->first >= end || last < first) continue;
        slots[n] = (struct calendar_slot){.from = e->first < first ? 0 : (int)(e->first - first),
                                          .to = last >= end ? (int)week->count : (int)(last - first) + 1};
        of[n++] = e;
    }
    calendar_rows(arena, slots, n);
    for (size_t i = 0; i < week->count; i++) week->days[i].lines = arena_array(arena, struct calendar_piece, (size_t)lines);
    for (size_t i = 0; i < n; i++) put_in_line(view, week, of[i], &slots[i], lines);
}

/* ---- at hours ----------------------------------------------------------------------------------------------------------------
 */

static void widen(struct calendar_view *view, int from, int to) {
    if (from < view->hour_from) view->hour_from = from / 60 * 60;
    if (to > view->hour_to) view->hour_to = (to + 59) / 60 * 60;
}

static void fill_hours(struct calendar_view *view, struct calendar_day *d) {
    struct arena *arena = view->list.values.ctx->arena;
    struct calendar_slot *slots = arena_array(arena, struct calendar_slot, view->event_count + 1);
    d->hours = arena_array(arena, struct calendar_piece, view->event_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < view->event_count; i++) {
        struct calendar_event *e = &view->events[i];
        if (e->bar || e->first > d->day || e->last < d->day) continue;
        int from = e->first < d->day ? 0 : e->from, to = e->last > d->day ? CALENDAR_DAY : e->to;
        int shown = to < from + LEAST ? from + LEAST : to;
        if (shown > CALENDAR_DAY) shown = CALENDAR_DAY;
        d->hours[n] = (struct calendar_piece){
            .event = calendar_tell(view, e), .from = from, .to = shown, .before = e->first<d->day, .after = e->last> d->day};
        slots[n++] = (struct calendar_slot){.from = from, .to = shown};
        widen(view, from, shown);
    }
    calendar_columns(arena, slots, n);
    for (size_t i = 0; i < n; i++) {
        d->hours[i].column = slots[i].place;
        d->hours[i].columns = slots[i].places;
    }
    d->hour_count = n;
}

/* ---- one after another ------------------------------------------------------------------------------------------------------
 */

/* Each stands once, on the day on which it begins or on which the window does. */
static void fill_agenda(struct request *req, struct calendar_view *view) {
    struct arena *arena = req->ctx.arena;
    struct calendar_week *all = view->weeks = arena_array(arena, struct calendar_week, 1);
    view->week_count = 1;
    all->days = arena_array(arena, struct calendar_day, CALENDAR_AGENDA);
    for (size_t i = 0; i < view->event_count;) {
        int64_t day = view->events[i].first < view->begin ? view->begin : view->events[i].first;
        struct calendar_day *d = &all->days[all->count++];
        fill_day(req, view, d, day);
        d->lines = arena_array(arena, struct calendar_piece, view->event_count - i);
        for (; i < view->event_count && (view->events[i].first == day || view->events[i].first < view->begin); i++) {
            struct calendar_event *e = &view->events[i];
            d->lines[d->line_count++] =
                (struct calendar_piece){.event = calendar_tell(view, e), .days = 1, .before = e->first < day};
        }
    }
}

void calendar_fill(struct request *req, struct calendar_view *view) {
    struct arena *arena = req->ctx.arena;
    if (view->show == SHOW_AGENDA) {
        fill_agenda(req, view);
        return;
    }
    size_t length = view->show == SHOW_DAY ? 1 : 7;
    view->week_count = (size_t)(view->end - view->begin) / length;
    view->weeks = arena_array(arena, struct calendar_week, view->week_count);
    view->hour_from = MORNING;
    view->hour_to = EVENING;
    for (size_t w = 0; w < view->week_count; w++) {
        struct calendar_week *week = &view->weeks[w];
        week->count = length;
        week->days = arena_array(arena, struct calendar_day, length);
        for (size_t i = 0; i < length; i++) fill_day(req, view, &week->days[i], view->begin + (int64_t)(w * length + i));
        fill_lines(view, week);
        for (size_t i = 0; i < length && view->show != SHOW_MONTH; i++) fill_hours(view, &week->days[i]);
    }
}
