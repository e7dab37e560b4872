/* calendar_read.c - what lies in a calendar's window, and how each of it is told. */
#include <stdlib.h>
#include <string.h>

#include "core/access.h"
#include "core/kind_tools.h"
#include "http/calendar_layout.h"
#include "http/calendar_page.h"
#include "http/frame.h"

#define SUB_PARTS 2 /* fields told beside the title */

/* ---- fields --------------------------------------------------------------------------------------------------------------- */

static const struct field *choice_with_hues(const struct entity *entity) {
    struct str rest = str_of(entity->decl->list), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(entity, word);
        if (f && f->kind == &kind_choice && f->decl->hues) return f;
    }
    return NULL;
}

struct calendar_fields calendar_fields(const struct entity *entity) {
    struct str rest = str_of(entity->decl->calendar), word;
    struct calendar_fields fields = {NULL, NULL, NULL};
    if (str_word(&rest, &word)) fields.from = entity_field(entity, word);
    if (str_word(&rest, &word)) fields.to = entity_field(entity, word);
    fields.hue = entity->state ? entity->state : choice_with_hues(entity);
    rest = str_of(entity->decl->owner);
    if (!fields.hue && str_word(&rest, &word)) fields.hue = entity_field(entity, word);
    return fields;
}

bool calendar_moves(const struct entity *entity) {
    struct calendar_fields fields = calendar_fields(entity);
    unsigned flags = fields.from->flags | (fields.to ? fields.to->flags : 0);
    return !entity_is(entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY) && !(flags & (READ_ONLY | IMMUTABLE));
}

bool calendar_may_move(struct request *req, const struct calendar_fields *fields) {
    const struct entity *entity = fields->from->entity;
    return calendar_moves(entity) && access_may(req->ctx.actor, entity, MAY_UPDATE);
}

/* Those beside the title: of a card where it has one, else of a list. */
static bool next_sub(const struct calendar_fields *fields, struct str *rest, const struct field **field) {
    const struct entity *entity = fields->from->entity;
    struct str word;
    while (str_word(rest, &word)) {
        const struct field *f = entity_field(entity, word);
        bool when = f && (f->kind == &kind_date || f->kind == &kind_time);
        if (!f || when || f == fields->hue || f == entity->title) continue;
        *field = f;
        return true;
    }
    return false;
}

static struct str sub_words(const struct entity *entity) {
    return str_of(entity->decl->board_card ? entity->decl->board_card : entity->decl->list);
}

/* ---- when it is ------------------------------------------------------------------------------------------------------------ */

static int64_t day_of_wall(int64_t wall) { return (wall >= 0 ? wall : wall - DAY_MS + 1) / DAY_MS; }

/* What has no end, or one before its beginning, is at its beginning only. */
static void place_in_time(const struct calendar_view *view, struct calendar_event *event, struct value from, struct value to) {
    const struct zone *zone = view->list.values.ctx->env.zone;
    bool ends = !value_is_null(to) && to.integer > from.integer;
    event->whole = view->fields.from->kind == &kind_date;
    if (event->whole) {
        event->first = from.integer;
        event->last = ends ? to.integer : from.integer;
        event->to = CALENDAR_DAY;
        event->bar = true;
        return;
    }
    int64_t begin = zone_wall(zone, from.integer), end = ends ? zone_wall(zone, to.integer) : begin;
    event->first = day_of_wall(begin);
    event->from = (int)((begin - event->first * DAY_MS) / 60000);
    event->last = end > begin ? day_of_wall(end - 1) : event->first;
    event->to = (int)((end - event->last * DAY_MS) / 60000);
    event->bar = ends && to.integer - from.integer >= DAY_MS;
}

/* Those along days before those at hours, the longer before the shorter: so a week's rows are filled best. */
static int by_beginning(const void *a, const void *b) {
    const struct calendar_event *x = a, *y = b;
    if (x->first != y->first) return x->first < y->first ? -1 : 1;
    if (x->bar != y->bar) return x->bar ? -1 : 1;
    if (x->bar && x->last != y->last) return x->last > y->last ? -1 : 1;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    int64_t first = row_id(x->row), second = row_id(y->row);
    return (first > second) - (first < second);
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

static void choose_columns(const struct calendar_view *view, struct query *q) {
    const struct calendar_fields *fields = &view->fields;
    const struct field *needed[] = {fields->from, fields->to, fields->hue, q->entity->title};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (needed[i]) value_needs(needed[i], &q->fields);
    if (q->entity->version >= 0) field_set_add(&q->fields, q->entity->version);
    struct str rest = sub_words(q->entity);
    const struct field *f;
    for (int i = 0; i < SUB_PARTS && next_sub(fields, &rest, &f); i++) value_needs(f, &q->fields);
    q->titles = true;
}

static bool read_window(struct request *req, struct calendar_view *view, struct rows *rows) {
    const struct calendar_fields *fields = &view->fields;
    const struct kind_env *env = &req->ctx.env;
    struct query *q = query_new(&req->ctx, req->route->entity);
    if (!list_query(req, q)) return false;
    bool days = fields->from->kind == &kind_date;
    q->overlap = (struct query_overlap){fields->from, fields->to, days ? view->begin : kind_from_wall(env, view->begin * DAY_MS),
                                        days ? view->end : kind_from_wall(env, view->end * DAY_MS)};
    q->cursor = STR("");
    q->backwards = false;
    q->limit = CALENDAR_MOST;
    query_sort(q, fields->from->decl->name);
    choose_columns(view, q);
    return query_rows(q, rows);
}

bool calendar_read(struct request *req, struct calendar_view *view) {
    struct rows rows;
    if (!read_window(req, view, &rows)) return false;
    view->more = rows.next.len > 0;
    view->events = arena_array(req->ctx.arena, struct calendar_event, (size_t)rows.count + 1);
    for (int i = 0; i < rows.count; i++) {
        const struct row *row = rows.at[i];
        struct calendar_event *event = &view->events[view->event_count];
        *event = (struct calendar_event){.row = row};
        place_in_time(view, event, row->values[view->fields.from->index],
                      view->fields.to ? row->values[view->fields.to->index] : VALUE_NONE);
        if (event->first < view->end && event->last >= view->begin) view->event_count++;
    }
    qsort(view->events, view->event_count, sizeof *view->events, by_beginning);
    if (view->fields.hue && view->fields.hue->to) values_states(&view->list.values, view->fields.hue->to);
    return true;
}

/* ---- telling --------------------------------------------------------------------------------------------------------------- */

struct str calendar_hour(struct arena *arena, int minutes) {
    return str_printf(arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static struct str day_text(const struct calendar_view *view, int64_t day) {
    const struct kind_env *env = &view->list.values.ctx->env;
    struct buf b = buf_new(env->arena, 24);
    kind_write_day(&b, env, civil_from_date(day));
    return buf_str(&b);
}

/* "12 Nov", "12 Nov to 14 Nov", "12 Nov 09:30", "12 Nov 09:30 to 10:00", "12 Nov 22:00 to 13 Nov 02:00" */
static struct str when_text(const struct calendar_view *view, const struct calendar_event *e) {
    struct arena *arena = view->list.values.ctx->arena;
    struct str first = day_text(view, e->first), last = e->last == e->first ? STR("") : day_text(view, e->last);
    if (e->whole) return last.len ? lang_printf(arena, "%.*s to %.*s", STR_ARG(first), STR_ARG(last)) : first;
    struct str from = str_printf(arena, "%.*s %s", STR_ARG(first), calendar_hour(arena, e->from).ptr);
    struct str to = calendar_hour(arena, e->to);
    if (last.len) to = str_printf(arena, "%.*s %s", STR_ARG(last), to.ptr);
    return last.len || e->to != e->from ? lang_printf(arena, "%.*s to %.*s", STR_ARG(from), STR_ARG(to)) : from;
}

static void tell_hue(struct calendar_view *view, struct calendar_event *e) {
    const struct field *f = view->fields.hue;
    const struct entity *entity = view->list.entity;
    e->hue = entity->decl->hue ? entity->decl->hue : "blue";
    if (!f) return;
    struct value_view v = value_view(&view->list.values, e->row, f, VALUE_SHORT);
    if (v.look == LOOK_NONE) {
        e->hue = "gray";
        return;
    }
    e->state = v.text;
    e->hue = v.hue ? v.hue : page_hue(v.text);
    if (f->kind == &kind_choice) {
        if (!f->decl->hues) e->hue = page_hue(v.text);
        e->off = str_in_words("cancelled", e->row->values[f->index].text);
    }
}

static void tell_sub(struct calendar_view *view, struct calendar_event *e) {
    struct arena *arena = view->list.values.ctx->arena;
    const struct field *title = view->list.entity->title;
    struct str rest = sub_words(view->list.entity);
    const struct field *f;
    struct buf sub = buf_new(arena, 48);
    bool named = title && e->row->values[title->index].text.len > 0;
    struct str number = STR(""); /* what we have called it ourselves says less than for whom it is */
    if (named && title->flags & READ_ONLY) {
        number = e->title;
        named = false;
    }
    for (int i = 0; i < SUB_PARTS && next_sub(&view->fields, &rest, &f); i++) {
        struct value_view v = value_in_a_line(&view->list.values, e->row, f);
        if (v.look == LOOK_NONE || v.look == LOOK_TAGS || !v.text.len || str_eq(v.text, e->title)) continue;
        if (!named) { /* what says most where there is no title */
            e->title = v.text;
            named = true;
            continue;
        }
        if (sub.len) buf_lit(&sub, " \u00b7 ");
        buf_add(&sub, v.text);
    }
    if (number.len && named) {
        if (sub.len) buf_lit(&sub, " \u00b7 ");
        buf_add(&sub, number);
    }
    e->sub = buf_str(&sub);
}

const struct calendar_event *calendar_tell(struct calendar_view *view, struct calendar_event *e) {
    struct arena *arena = view->list.values.ctx->arena;
    if (e->told) return e;
    e->told = true;
    e->title = row_title(arena, e->row);
    e->href = frame_record_href(arena, view->list.entity, row_id(e->row));
    if (view->may_move) e->move_href = str_printf(arena, "%.*s/when", STR_ARG(e->href));
    if (!e->whole) e->time = calendar_hour(arena, e->from);
    e->when = when_text(view, e);
    struct buf begins = buf_new(arena, 12);
    buf_date(&begins, e->first);
    e->begins = buf_str(&begins);
    int version = view->list.entity->version;
    e->version = version >= 0 ? e->row->values[version].integer : 0;
    tell_hue(view, e);
    tell_sub(view, e);
    if (!e->state.len) return e;
    for (size_t i = 0; i < view->hue_count; i++)
        if (str_eq(view->hues[i].label, e->state)) return e;
    if (view->hue_count < CALENDAR_HUES) view->hues[view->hue_count++] = (struct calendar_hue){e->hue, e->state};
    return e;
}
