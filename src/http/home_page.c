/* home_page.c - the first page: figures, won value over time, leads by status (home_page.h). */
#include "http/home_page.h"

#include "base/timefmt.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/when.h"
#include "templates.h"

/* It goes through all of a company's leads, which no other request may wait for where there are many. */
ROUTE("GET", "/", home_page, RUN_WORKER)

static const struct home_period home_periods[] = {
    {"week", N_("Week"), N_("this week"), N_("Last 12 weeks"), N_("week")},
    {"month", N_("Month"), N_("this month"), N_("Last 12 months"), N_("month")},
    {"quarter", N_("Quarter"), N_("this quarter"), N_("Last 12 quarters"), N_("quarter")}};
/* Instead of the last, where the company's year is not the calendar's. */
static const struct home_period fiscal_quarters = {"quarter", N_("Quarter"), N_("this fiscal quarter"),
                                                   N_("Last 12 fiscal quarters"), N_("fiscal quarter")};

/* ---- time ------------------------------------------------------------------------------------------------------------------ */

static int64_t midnight(const struct home *home, int64_t days) { return zone_to_utc(home->req->ctx.env.zone, days * DAY_MS); }

static int64_t local_day(const struct home *home, int64_t ms) {
    int64_t local = ms + zone_offset(home->req->ctx.env.zone, ms, NULL) * INT64_C(1000);
    return (local >= 0 ? local : local - DAY_MS + 1) / DAY_MS;
}

/* The first day of the span that is `back` before the one of today. */
static int64_t span_start(const struct home *home, int64_t today, int back) {
    struct civil c = civil_from_date(today);
    if (strcmp(home->by, "week") == 0) return when_week(&home->req->ctx.env, today) - 7 * back;
    if (strcmp(home->by, "quarter") == 0) return fiscal_quarter_begins(home->req->ctx.env.fiscal, today, -back);
    int month = c.year * 12 + c.month - 1 - back;
    return date_from_civil(month / 12, month % 12 + 1, 1);
}

static struct str span_label(struct home *home, int64_t day) {
    struct civil c = civil_from_date(day);
    struct fiscal fiscal = home->req->ctx.env.fiscal;
    if (strcmp(home->by, "week") == 0) return lang_printf(home->req->ctx.arena, "%d %s", c.day, when_month_short(c.month));
    if (strcmp(home->by, "quarter") == 0)
        return str_printf(home->req->ctx.arena, "Q%d %02d", fiscal_quarter(fiscal, day), fiscal_year(fiscal, day) % 100);
    return str_of(when_month_short(c.month));
}

static void fill_time(struct home *home) {
    int64_t now = home->req->ctx.now, today = local_day(home, now);
    struct civil c = civil_from_date(today);
    struct home_view *view = home->view;
    home->day_start = midnight(home, today);
    home->day_end = midnight(home, today + 1);
    home->quiet_since = now - QUIET_DAYS * DAY_MS;
    for (int i = 0; i <= CHART_BARS; i++) {
        int64_t day = span_start(home, today, CHART_BARS - 1 - i);
        home->bounds[i] = midnight(home, day);
        if (i < CHART_BARS) view->chart.bars[i].label = span_label(home, day);
    }
    struct arena *arena = home->req->ctx.arena;
    view->today_name = lang_printf(arena, "%s %d %s", when_weekday_short(c.weekday), c.day, when_month_short(c.month));
    struct civil wall = civil_from_time(now + zone_offset(home->req->ctx.env.zone, now, NULL) * INT64_C(1000));
    view->updated = str_printf(arena, "%02d:%02d", wall.hour, wall.minute);
    view->period_name = str_of(home->period->now);
    view->team_name = strcmp(home->by, "month") == 0 ? str_of(when_month(c.month)) : view->period_name;
}

/* ---- what is asked for ----------------------------------------------------------------------------------------------------- */

static struct str address(struct home *home, const char *by, int64_t owner) {
    struct buf b = buf_new(home->req->ctx.arena, 48);
    buf_char(&b, '/');
    if (strcmp(by, "month") != 0) buf_printf(&b, "?by=%s", by);
    if (owner) buf_printf(&b, "%cowner=%lld", b.len > 1 ? '&' : '?', (long long)owner);
    return buf_str(&b);
}

static void fill_choices(struct home *home) {
    struct request *req = home->req;
    home->period = &home_periods[1];
    for (size_t i = 0; i < 3; i++)
        if (str_eqc(request_arg(req, "by"), home_periods[i].by)) home->period = &home_periods[i];
    home->by = home->period->by;
    if (strcmp(home->by, "quarter") == 0 && !fiscal_is_calendar(req->ctx.env.fiscal)) home->period = &fiscal_quarters;
    if (home->view->shared && !str_to_int(request_arg(req, "owner"), &home->owner)) home->owner = 0;
    for (size_t i = 0; i < 3; i++)
        home->view->periods[i] =
            (struct home_choice){str_of(home_periods[i].label), address(home, home_periods[i].by, home->owner),
                                 strcmp(home->by, home_periods[i].by) == 0};
}

/* Everyone, oneself, and those who own the most. */
static void fill_owners(struct home *home) {
    struct home_view *view = home->view;
    int64_t me = home->req->ctx.actor->user_id;
    view->owner_name = STR("Everyone");
    view->owners[view->owner_count++] = (struct home_choice){STR("Everyone"), address(home, home->by, 0), home->owner == 0};
    view->owners[view->owner_count++] = (struct home_choice){STR("Only mine"), address(home, home->by, me), home->owner == me};
    for (size_t i = 0; i < view->team_count; i++)
        if (view->team[i].id != me && view->team[i].id)
            view->owners[view->owner_count++] = (struct home_choice){
                view->team[i].name, address(home, home->by, view->team[i].id), home->owner == view->team[i].id};
    for (size_t i = 0; i < view->owner_count; i++)
        if (view->owners[i].current) view->owner_name = view->owners[i].label;
    if (home->owner && str_eqc(view->owner_name, "Everyone")) {
        struct str name = query_title(&home->req->ctx, registry_get("users"), home->owner);
        view->owner_name = name.len ? name : STR("Somebody else");
    }
}

static bool fill_states(struct home *home) {
    struct query *q = query_new(&home->req->ctx, home->leads->board->to);
    q->limit = HOME_STATES;
    query_sort(q, "position");
    struct rows rows;
    if (!query_rows(q, &rows)) return false;
    struct home_states *s = &home->states;
    for (int i = 0; i < rows.count; i++) {
        struct value id = value_int(row_id(rows.at[i]));
        if (row_bool(rows.at[i], "is_won"))
            s->won[s->won_count++] = id;
        else if (row_bool(rows.at[i], "is_lost"))
            s->lost[s->lost_count++] = id;
        else if (!row_bool(rows.at[i], "is_closed"))
            s->open[s->open_count++] = id;
    }
    return true;
}

/* ---- figures --------------------------------------------------------------------------------------------------------------- */

static void fill_chart(struct home *home) {
    struct home_view *view = home->view;
    struct arena *arena = home->req->ctx.arena;
    const int64_t *values = home->figures.won_sum;
    int best = 0;
    for (int i = 0; i < CHART_BARS; i++) {
        if (values[i] > values[best]) best = i;
        view->chart.bars[i].text = chart_money(&home->req->ctx.env, values[i]);
        view->chart.bars[i].count = home->figures.won[i];
    }
    chart_bars(&view->chart, &home->req->ctx.env, values, CHART_BARS);
    const struct chart_bar *now = &view->chart.bars[CHART_BARS - 1], *top = &view->chart.bars[best];
    view->chart_sub = str_of(home->period->last);
    view->chart_name =
        values[best] > 0
            ? lang_printf(arena, "Won value by %s. %.*s was the best at %.*s; %.*s is at %.*s so far.", home->period->each,
                          STR_ARG(top->label), STR_ARG(top->text), STR_ARG(now->label), STR_ARG(now->text))
            : lang_printf(arena, "Won value by %s. Nothing was won in this time.", home->period->each);
}

static void kpi_won(struct home *home, struct home_kpi *kpi) {
    struct arena *arena = home->req->ctx.arena;
    const struct home_figures *f = &home->figures;
    fill_chart(home);
    int64_t day = local_day(home, home->req->ctx.now);
    struct str won = lang_count(arena, f->won[CHART_BARS - 1], "%lld lead", "%lld leads");
    *kpi = (struct home_kpi){.label = lang_printf(arena, "Won %s", home->period->now),
                             .value = chart_money(&home->req->ctx.env, f->won_sum[CHART_BARS - 1]),
                             .spark = chart_spark(arena, f->won_sum, CHART_BARS)};
    kpi->sub = lang_printf(arena, "%.*s, day %lld of %lld", STR_ARG(won), (long long)(day - span_start(home, day, 0) + 1),
                          (long long)(span_start(home, day, -1) - span_start(home, day, 0)));
}

static bool kpi_new(struct home *home, struct home_kpi *kpi) {
    int64_t made[CHART_BARS];
    struct query *q = query_new(&home->req->ctx, home->leads);
    if (home->owner) query_where(q, "assigned_to_id", OP_EQ, value_int(home->owner));
    if (!query_spans(q, "created_at", home->bounds, CHART_BARS, made)) return false;
    kpi->sub = lang_printf(home->req->ctx.arena, "%lld new %s", (long long)made[CHART_BARS - 1], home->period->now);
    kpi->spark = chart_spark(home->req->ctx.arena, made, CHART_BARS);
    return true;
}

/* Of those that were decided, how many were won: of the last 90 days, and of the 90 before. */
static void kpi_rate(struct home *home, struct home_kpi *kpi) {
    const struct home_figures *f = &home->figures;
    struct arena *arena = home->req->ctx.arena;
    int64_t before = f->decided[0], decided = f->decided[1];
    *kpi = (struct home_kpi){.label = STR("Conversion, 90 days"), .value = STR("Not known"), .sub = STR("Nothing was decided")};
    if (!decided) return;
    int64_t rate = f->decided_won[1] * 1000 / decided, former = before ? f->decided_won[0] * 1000 / before : 0;
    int64_t change = rate - former;
    kpi->value = str_printf(arena, "%lld", (long long)((rate + 5) / 10));
    kpi->unit = STR("%");
    kpi->sub = lang_printf(arena, "%lld won of %lld decided", (long long)f->decided_won[1], (long long)decided);
    if (before && change) {
        kpi->delta = lang_printf(arena, "%lld.%lld pts", (long long)((change < 0 ? -change : change) / 10),
                                 (long long)((change < 0 ? -change : change) % 10));
        kpi->better = change > 0;
        kpi->worse = change < 0;
        kpi->sub = STR(N_("on the 90 before"));
    }
}

static void kpi_due(struct home *home, struct home_kpi *kpi) {
    const struct home_figures *f = &home->figures;
    struct arena *arena = home->req->ctx.arena;
    *kpi = (struct home_kpi){.label = STR("Follow-ups due"),
                             .value = str_printf(arena, "%lld", (long long)(f->overdue + f->due_today))};
    kpi->sub = f->overdue ? lang_printf(arena, "%lld overdue", (long long)f->overdue) : STR("None is overdue");
    kpi->late = f->overdue > 0;
    struct buf until = buf_new(arena, 32);
    buf_time(&until, home->day_end);
    kpi->href = str_printf(arena, "/leads?filter[next_followup_at][lt]=%.*s&sort=next_followup_at", STR_ARG(buf_str(&until)));
}

/* ---- by status ------------------------------------------------------------------------------------------------------------- */

static void fill_stages(struct home *home, struct home_kpi *open, struct home_kpi *value) {
    const struct home_states *s = &home->states;
    const struct home_figures *f = &home->figures;
    struct home_view *view = home->view;
    struct arena *arena = home->req->ctx.arena;
    int64_t total = 0, leads = 0, most = 1;
    for (int i = 0; i < s->open_count; i++) {
        total += f->sum[i];
        leads += f->count[i];
        if (f->sum[i] > most) most = f->sum[i];
    }
    for (int i = 0; i < s->open_count; i++) {
        const struct value_state *state = values_state(&home->values, home->leads->board->to, s->open[i].integer);
        view->stages[view->stage_count++] = (struct home_stage){
            .title = state ? state->title : STR(""),
            .hue = state ? state->hue : "gray",
            .count = f->count[i],
            .value = chart_money_short(&home->req->ctx.env, f->sum[i]),
            .share = (int)((double)f->sum[i] / (double)most * 100),
            .href = str_printf(arena, "/leads?filter[%s]=%lld", home->leads->board->decl->name, (long long)s->open[i].integer)};
    }
    *open = (struct home_kpi){.label = STR("Open leads"), .value = str_printf(arena, "%lld", (long long)leads)};
    *value = (struct home_kpi){.label = STR("Open value"), .value = chart_money_short(&home->req->ctx.env, total)};
    value->sub = leads ? lang_printf(arena, "%.*s a lead", STR_ARG(chart_money_short(&home->req->ctx.env, total / leads)))
                       : STR("No open lead");
}

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* How long it took to win those that were won lately. */
static void fill_note(struct home *home) {
    struct home_figures *f = &home->figures;
    if (!f->days_count) return;
    qsort(f->days, (size_t)f->days_count, sizeof *f->days, by_size);
    home->view->note = lang_count(home->req->ctx.arena, f->days[f->days_count / 2], "%lld day", "%lld days");
}

/* ---- the page -------------------------------------------------------------------------------------------------------------- */

static bool fill_sales(struct home *home) {
    struct home_kpi *k = home->view->kpis;
    if (!fill_states(home) || !home_figures(home)) return false;
    kpi_won(home, &k[0]);
    fill_stages(home, &k[2], &k[1]);
    kpi_rate(home, &k[3]);
    kpi_due(home, &k[4]);
    fill_note(home);
    if (home->view->shared) home_team(home);
    return kpi_new(home, &k[2]) && home_attention(home);
}

static bool fill(struct home *home) {
    struct home_view *view = home->view;
    const struct actor *actor = home->req->ctx.actor;
    home->leads = registry_find(STR("leads"));
    view->sales = home->leads && home->leads->board && access_may(actor, home->leads, MAY_READ);
    view->shared = view->sales && access_scope(actor, home->leads, MAY_READ) > SCOPE_OWN;
    fill_choices(home);
    fill_time(home);
    if (view->sales && access_may(actor, home->leads, MAY_CREATE)) view->new_href = STR("/leads/new");
    view->board_href = STR("/leads/board");
    view->first = view->sales && query_count_up_to(query_new(&home->req->ctx, home->leads), 1) == 0;
    if (view->sales && !fill_sales(home)) return false;
    if (view->shared) fill_owners(home);
    return home_today(home) && home_work(home);
}

void home_page(struct request *req, struct response *res) {
    struct home_view *view = arena_alloc(req->ctx.arena, sizeof *view);
    struct home home = {.req = req, .values = values_new(req), .view = view};
    if (!fill(&home) || req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct page *page = frame_open(req, view->sales ? STR("Sales overview") : STR("Home"), "home");
    frame_live(req, page, view->sales ? STR("leads tasks sales_activities") : STR("tasks"));
    tpl_home(&res->body, page, view);
    frame_answer(req, res, 200);
}
