/* home_figures.c - what the first page adds up over the leads (home_page.h).
 *
 * Each lead is looked at once, in the board's index, which holds all that counts here: the open ones, then those that were won or
 * lost within the time that is shown. Asking the database for each figure by itself would go through the same leads a dozen
 * times.
 */
#include "base/timefmt.h"
#include "http/home_page.h"

/* ---- the team -------------------------------------------------------------------------------------------------------------- */

static struct home_person *member(struct home *home, int64_t id) {
    struct home_figures *f = &home->figures;
    if (f->last < f->people_count && f->people[f->last].id == id) return &f->people[f->last];
    for (f->last = 0; f->last < f->people_count; f->last++)
        if (f->people[f->last].id == id) return &f->people[f->last];
    f->people = arena_room(home->req->ctx.arena, f->people, (size_t)f->people_count, sizeof *f->people);
    f->people[f->people_count++] = (struct home_person){.id = id};
    return &f->people[f->last];
}

/* The team is everybody, whoever's figures stand above. */
static bool counts(const struct home *home, const struct value *owner) {
    return !home->owner || (!value_is_null(*owner) && owner->integer == home->owner);
}

/* In another currency than the company's it is counted and not summed. */
static int64_t amount(const struct home *home, const struct value *value, const struct value *currency) {
    return value_is_null(*value) || !str_eq(currency->text, home->req->ctx.env.currency) ? 0 : value->integer;
}

/* ---- open leads ------------------------------------------------------------------------------------------------------------ */

enum { OPEN_STATUS, OPEN_OWNER, OPEN_VALUE, OPEN_CURRENCY, OPEN_ID, OPEN_FOLLOWUP, OPEN_CONTACT };
static const char open_fields[] = "lead_status_id assigned_to_id estimated_value currency id next_followup_at last_contacted_at";

/* Those of the most value, the first first; what has none stands last, and of equals the newest first. */
static void rank(struct home_top *top, int64_t id, const struct value *value) {
    int64_t worth = value_is_null(*value) ? INT64_MIN : value->integer;
    int at = top->count;
    while (at > 0 && (top->worth[at - 1] < worth || (top->worth[at - 1] == worth && top->ids[at - 1] < id))) at--;
    if (at == HOME_ROWS) return;
    if (top->count < HOME_ROWS) top->count++;
    for (int i = top->count - 1; i > at; i--) {
        top->worth[i] = top->worth[i - 1];
        top->ids[i] = top->ids[i - 1];
    }
    top->worth[at] = worth;
    top->ids[at] = id;
}

static void open_lead(void *arg, const struct value *v) {
    struct home *home = arg;
    struct home_figures *f = &home->figures;
    if (home->view->shared) member(home, value_is_null(v[OPEN_OWNER]) ? 0 : v[OPEN_OWNER].integer)->open++;
    if (!counts(home, &v[OPEN_OWNER])) return;
    for (int i = 0; i < home->states.open_count; i++) {
        if (home->states.open[i].integer != v[OPEN_STATUS].integer) continue;
        f->count[i]++;
        f->sum[i] += amount(home, &v[OPEN_VALUE], &v[OPEN_CURRENCY]);
        break;
    }
    if (value_is_null(v[OPEN_FOLLOWUP])) {
        f->unplanned++;
        rank(&f->unplanned_top, v[OPEN_ID].integer, &v[OPEN_VALUE]);
    } else if (v[OPEN_FOLLOWUP].integer < home->req->ctx.now)
        f->overdue++;
    else if (v[OPEN_FOLLOWUP].integer < home->day_end)
        f->due_today++;
    if (!value_is_null(v[OPEN_CONTACT]) && v[OPEN_CONTACT].integer < home->quiet_since) {
        f->quiet++;
        rank(&f->quiet_top, v[OPEN_ID].integer, &v[OPEN_VALUE]);
    }
}

/* ---- decided leads --------------------------------------------------------------------------------------------------------- */

enum { DECIDED_STATUS, DECIDED_OWNER, DECIDED_VALUE, DECIDED_CURRENCY, DECIDED_AT, DECIDED_MADE };
static const char decided_fields[] = "lead_status_id assigned_to_id estimated_value currency status_changed_at created_at";

static bool is_won(const struct home *home, int64_t status) {
    for (int i = 0; i < home->states.won_count; i++)
        if (home->states.won[i].integer == status) return true;
    return false;
}

static void took(struct home *home, int64_t days) {
    struct home_figures *f = &home->figures;
    f->days = arena_room(home->req->ctx.arena, f->days, (size_t)f->days_count, sizeof *f->days);
    f->days[f->days_count++] = days;
}

static void decided_lead(void *arg, const struct value *v) {
    struct home *home = arg;
    struct home_figures *f = &home->figures;
    bool won = is_won(home, v[DECIDED_STATUS].integer);
    int64_t at = v[DECIDED_AT].integer, now = home->req->ctx.now, sum = amount(home, &v[DECIDED_VALUE], &v[DECIDED_CURRENCY]);
    if (won && home->view->shared && at >= home->bounds[CHART_BARS - 1]) {
        struct home_person *person = member(home, value_is_null(v[DECIDED_OWNER]) ? 0 : v[DECIDED_OWNER].integer);
        person->won++;
        person->sum += sum;
    }
    if (!counts(home, &v[DECIDED_OWNER])) return;
    for (int i = CHART_BARS - 1; won && i >= 0; i--) {
        if (at < home->bounds[i] || at >= home->bounds[i + 1]) continue;
        f->won[i]++;
        f->won_sum[i] += sum;
        break;
    }
    if (at < now - 2 * RATE_DAYS * DAY_MS || at > now) return;
    bool lately = at >= now - RATE_DAYS * DAY_MS;
    f->decided[lately]++;
    f->decided_won[lately] += won;
    if (won && lately) took(home, (at - v[DECIDED_MADE].integer) / DAY_MS);
}

/* ---- both ------------------------------------------------------------------------------------------------------------------ */

static bool walk(struct home *home, const struct value *states, int count, int64_t since, const char *fields,
                 query_walk_fn *each) {
    struct query *q = query_new(&home->req->ctx, home->leads);
    struct query_filter among = {.field = home->leads->board, .op = OP_IN, .values = states, .value_count = count};
    query_filter_add(q, &among);
    if (since) query_where(q, "status_changed_at", OP_GTE, value_int(since));
    return count == 0 || query_walk(q, fields, each, home);
}

bool home_figures(struct home *home) {
    const struct home_states *s = &home->states;
    struct value decided[2 * HOME_STATES];
    int64_t lately = home->req->ctx.now - 2 * RATE_DAYS * DAY_MS;
    memcpy(decided, s->won, (size_t)s->won_count * sizeof *decided);
    memcpy(decided + s->won_count, s->lost, (size_t)s->lost_count * sizeof *decided);
    return walk(home, s->open, s->open_count, 0, open_fields, open_lead) &&
           walk(home, decided, s->won_count + s->lost_count, home->bounds[0] < lately ? home->bounds[0] : lately, decided_fields,
                decided_lead);
}
