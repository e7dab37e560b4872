/* home_lists.c - the cards of the first page that list records: today, what needs attention, the team (home_page.h). */
#include "base/timefmt.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/when.h"
#include "http/home_page.h"

#define TODAY_MOST 5
#define COUNT_MOST 1000

/* ---- today ----------------------------------------------------------------------------------------------------------------- */

/* What is one's own, still to do, and due by the end of today. Of one status at a time an index has them in order. */
struct due {
    const char *entity, *time, *owner, *icon, *hue, *status;
};

static void clock_of(struct home *home, struct home_row *row) {
    struct arena *arena = home->req->ctx.arena;
    struct civil wall = civil_from_time(row->at + zone_offset(home->req->ctx.env.zone, row->at, NULL) * INT64_C(1000));
    struct buf machine = buf_new(arena, 32);
    buf_time(&machine, row->at);
    row->machine = buf_str(&machine);
    row->clock = str_printf(arena, "%02d:%02d", wall.hour, wall.minute);
    if (row->at >= home->day_start) {
        if (row->at < home->req->ctx.now) row->when = "today";
        return;
    }
    int64_t days = (home->day_start - row->at + DAY_MS - 1) / DAY_MS;
    row->end = lang_count(arena, days, "%lld day overdue", "%lld days overdue");
    row->when = "late";
    row->clock = lang_printf(arena, "%d %s", wall.day, when_month_short(wall.month));
}

/* A follow-up is what to do next; its lead stands below. A task stands for itself. */
static void words_of(struct home *home, struct home_row *row, const struct row *record) {
    struct arena *arena = home->req->ctx.arena;
    const struct entity *entity = record->entity;
    row->href = frame_record_href(arena, entity, row_id(record));
    row->title = row_title(arena, record);
    if (entity == home->leads) {
        struct str step = row_text(record, "next_step"), company = row_text(record, "company_name");
        row->sub = company.len ? str_printf(arena, "%.*s, %.*s", STR_ARG(row->title), STR_ARG(company)) : row->title;
        row->title = step.len ? step : STR("Follow up");
        return;
    }
    const struct field *about = entity_field(entity, STR("lead_id"));
    if (!about || value_is_null(record->values[about->index])) about = entity_field(entity, STR("client_id"));
    if (!about) about = entity_field(entity, STR("subject_id"));
    if (about && !value_is_null(record->values[about->index]))
        row->sub = value_view(&home->values, record, about, VALUE_SHORT).text;
    if (!row->sub.len) row->sub = str_of(entity->decl->one);
}

static struct query *due_query(struct home *home, const struct entity *entity, const struct due *due) {
    struct query *q = query_new(&home->req->ctx, entity);
    q->titles = true;
    query_where(q, due->owner, OP_EQ, value_int(home->req->ctx.actor->user_id));
    query_where(q, due->time, OP_LT, value_int(home->day_end));
    query_where(q, due->time, OP_NULL, value_int(0));
    if (entity == home->leads) {
        struct query_filter open = {
            .field = entity->board, .op = OP_IN, .values = home->states.open, .value_count = home->states.open_count};
        query_filter_add(q, &open);
    } else if (due->status)
        query_where(q, "status", OP_EQ, value_text(str_of(due->status)));
    else
        query_where(q, "completed_at", OP_NULL, value_int(1));
    query_sort(q, due->time);
    q->limit = TODAY_MOST;
    return q;
}

static int by_time(const void *a, const void *b) {
    const struct home_row *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

bool home_today(struct home *home) {
    static const struct due dues[] = {
        {"leads", "next_followup_at", "assigned_to_id", "phone", "violet", NULL},
        {"tasks", "due_at", "assigned_to_id", "task", "blue", "open"},
        {"tasks", "due_at", "assigned_to_id", "task", "blue", "in_progress"},
        {"sales_activities", "scheduled_at", "user_id", "calendar", "green", NULL},
    };
    struct home_view *view = home->view;
    size_t kinds = sizeof dues / sizeof *dues;
    view->today = arena_array(home->req->ctx.arena, struct home_row, kinds * TODAY_MOST);
    for (size_t k = 0; k < kinds; k++) {
        const struct entity *entity = registry_find(str_of(dues[k].entity));
        if (!entity || !access_may(home->req->ctx.actor, entity, MAY_READ)) continue;
        struct rows rows;
        struct query *q = due_query(home, entity, &dues[k]);
        if (!query_rows(q, &rows)) return false;
        view->today_total += rows.next.len ? query_count_up_to(q, COUNT_MOST) : rows.count;
        for (int i = 0; i < rows.count; i++) {
            struct home_row *row = &view->today[view->today_count++];
            *row =
                (struct home_row){.icon = dues[k].icon, .hue = dues[k].hue, .when = "", .at = row_int(rows.at[i], dues[k].time)};
            words_of(home, row, rows.at[i]);
            clock_of(home, row);
        }
    }
    qsort(view->today, view->today_count, sizeof *view->today, by_time);
    if (view->today_count > TODAY_MOST) view->today_count = TODAY_MOST;
    return true;
}

/* ---- what needs attention -------------------------------------------------------------------------------------------------- */

/* The leads themselves, in their order. */
static bool read_top(struct home *home, const struct home_top *top, const struct row **leads) {
    struct query *q = query_new(&home->req->ctx, home->leads);
    struct value ids[HOME_ROWS];
    struct rows rows;
    for (int i = 0; i < top->count; i++) ids[i] = value_int(top->ids[i]);
    struct query_filter among = {
        .field = &home->leads->fields[home->leads->id], .op = OP_IN, .values = ids, .value_count = top->count};
    query_filter_add(q, &among);
    query_sort(q, "id");
    if (top->count && !query_rows(q, &rows)) return false;
    for (int i = 0; i < top->count; i++)
        for (int r = 0; r < rows.count; r++)
            if (row_id(rows.at[r]) == top->ids[i]) leads[i] = rows.at[r];
    return true;
}

static void add_attention(struct home *home, const struct row *lead) {
    struct home_view *view = home->view;
    struct arena *arena = home->req->ctx.arena;
    struct str href = frame_record_href(arena, home->leads, row_id(lead));
    for (size_t i = 0; i < view->attention_count; i++)
        if (str_eq(view->attention[i].href, href)) return;
    const struct value_state *state = values_state(&home->values, home->leads->board->to, row_int(lead, "lead_status_id"));
    bool unplanned = row_null(lead, "next_followup_at");
    int64_t since = row_null(lead, "last_contacted_at") ? row_int(lead, "created_at") : row_int(lead, "last_contacted_at");
    long long days = (long long)((home->req->ctx.now - since) / DAY_MS);
    struct home_row *row = &view->attention[view->attention_count++];
    *row = (struct home_row){.title = row_title(arena, lead),
                             .href = href,
                             .when = unplanned ? "none" : "today",
                             .at = row_int(lead, "estimated_value")};
    struct str stage = state ? state->title : STR("Open");
    if (row_null(lead, "last_contacted_at"))
        row->sub = lang_printf(arena, "%.*s, never contacted", STR_ARG(stage));
    else if (days == 0)
        row->sub = lang_printf(arena, "%.*s, contacted today", STR_ARG(stage));
    else
        row->sub =
            lang_printf(arena, lang_plural(arena, days, "%.*s, last contact %lld day ago", "%.*s, last contact %lld days ago"),
                        STR_ARG(stage), days);
    row->end = unplanned ? STR("No next step") : lang_count(arena, days, "%lld day quiet", "%lld days quiet");
    if (!row_null(lead, "estimated_value")) {
        struct kind_env env = row_env(&home->req->ctx.env, lead, entity_field(home->leads, STR("estimated_value")));
        row->amount = chart_money(&env, row->at);
    }
}

static int by_value(const void *a, const void *b) {
    const struct home_row *x = a, *y = b;
    return (x->at < y->at) - (x->at > y->at);
}

bool home_attention(struct home *home) {
    struct home_view *view = home->view;
    struct arena *arena = home->req->ctx.arena;
    const struct home_figures *f = &home->figures;
    const struct row *unplanned[HOME_ROWS] = {NULL}, *quiet[HOME_ROWS] = {NULL};
    if (!home->states.open_count) return true;
    if (!read_top(home, &f->unplanned_top, unplanned) || !read_top(home, &f->quiet_top, quiet)) return false;
    for (int i = 0; i < HOME_ROWS && view->attention_count < HOME_ROWS; i++) { /* in turn, so that both kinds are seen */
        if (unplanned[i]) add_attention(home, unplanned[i]);
        if (quiet[i] && view->attention_count < HOME_ROWS) add_attention(home, quiet[i]);
    }
    qsort(view->attention, view->attention_count, sizeof *view->attention, by_value);
    view->unplanned = f->unplanned;
    view->quiet = f->quiet;
    struct buf open = buf_new(arena, 128), since = buf_new(arena, 32);
    buf_printf(&open, "/leads?filter[%s][in]=", home->leads->board->decl->name);
    for (int i = 0; i < home->states.open_count; i++)
        buf_printf(&open, "%s%lld", i ? "," : "", (long long)home->states.open[i].integer);
    if (home->owner) buf_printf(&open, "&filter[assigned_to_id]=%lld", (long long)home->owner);
    buf_time(&since, home->quiet_since);
    view->unplanned_href = str_printf(arena, "%.*s&filter[next_followup_at][null]=true", STR_ARG(buf_str(&open)));
    view->quiet_href =
        str_printf(arena, "%.*s&filter[last_contacted_at][lt]=%.*s", STR_ARG(buf_str(&open)), STR_ARG(buf_str(&since)));
    return home->req->ctx.errors.count == 0;
}

/* ---- the team -------------------------------------------------------------------------------------------------------------- */

static int by_success(const void *a, const void *b) {
    const struct home_person *x = a, *y = b;
    if (x->sum != y->sum) return x->sum < y->sum ? 1 : -1;
    if (x->open != y->open) return x->open < y->open ? 1 : -1;
    return (x->id > y->id) - (x->id < y->id);
}

void home_team(struct home *home) {
    struct home_figures *all = &home->figures;
    struct home_view *view = home->view;
    struct arena *arena = home->req->ctx.arena;
    const struct entity *users = registry_get("users");
    if (!all->people_count) return;
    qsort(all->people, (size_t)all->people_count, sizeof *all->people, by_success);
    int64_t most = all->people[0].sum > 0 ? all->people[0].sum : 1;
    for (int i = 0; i < all->people_count && view->team_count < HOME_TEAM; i++) {
        struct home_person *person = &view->team[view->team_count];
        *person = all->people[i];
        person->name = person->id ? query_title(&home->req->ctx, users, person->id) : STR("Nobody");
        if (!person->name.len) continue;
        if (person->id) person->href = str_printf(arena, "/leads?filter[assigned_to_id]=%lld", (long long)person->id);
        person->value = person->sum ? chart_money_short(&home->req->ctx.env, person->sum) : STR("None");
        person->share = (int)((double)person->sum / (double)most * 100);
        view->team_count++;
    }
}
