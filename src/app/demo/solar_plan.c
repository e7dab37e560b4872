/* solar_plan.c - who the leads are and what happens with them, as steps in time. */
#include "app/demo/solar.h"
#include "base/timefmt.h"

#define HISTORY_DAYS 183

/* ---- time ---------------------------------------------------------------------------------------------------------------- */

/* A moment in working hours around `ms`, never in the future. */
static int64_t working_hours(struct solar *s, int64_t ms) {
    int64_t local = ms + zone_offset(s->zone, ms, NULL) * INT64_C(1000);
    int64_t day = local / DAY_MS;
    int weekday = civil_from_date(day).weekday;
    if (weekday == 6) day -= 1;
    if (weekday == 0) day -= 2;
    int64_t at = zone_to_utc(s->zone, day * DAY_MS + random_between(&s->random, 8 * 60, 17 * 60) * MINUTE_MS);
    return at < s->now ? at : s->now - random_between(&s->random, 2, 90) * MINUTE_MS;
}

static int64_t later(struct solar *s, int64_t at, int64_t from_hours, int64_t to_hours) {
    int64_t next = working_hours(s, at + random_between(&s->random, from_hours, to_hours) * 60 * MINUTE_MS);
    return next > at ? next : at + random_between(&s->random, 5, 60) * MINUTE_MS;
}

static void add(struct solar *s, enum solar_what what, int lead, int64_t at, int arg, int64_t then) {
    s->steps = arena_room(s->arena, s->steps, (size_t)s->step_count, sizeof *s->steps);
    s->steps[s->step_count] = (struct solar_step){at, then, lead, s->step_count, what, arg};
    s->step_count++;
}

/* ---- who ----------------------------------------------------------------------------------------------------------------- */

/* Letters and digits in lower case, what lies between them as hyphens. */
static struct str host_of(struct arena *arena, struct str name) {
    struct buf b = buf_new(arena, 64);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(&b, c);
        else if (c == ' ' && b.len && b.ptr[b.len - 1] != '-')
            buf_char(&b, '-');
    }
    return buf_str(&b);
}

static struct str mailbox(struct arena *arena, const struct solar_lead *lead, int i) {
    struct str first = host_of(arena, lead->first), last = host_of(arena, lead->last);
    if (!lead->company.len) return str_printf(arena, "%.*s.%.*s%d@post.example", STR_ARG(first), STR_ARG(last), i + 1);
    return str_printf(arena, "%.*s.%.*s@%.*s.example", STR_ARG(first), STR_ARG(last), STR_ARG(host_of(arena, lead->company)));
}

/* Somebody who sells, at the branch where there is one. */
static int owner_for(struct solar *s, int branch) {
    for (int i = 0; i < demo_person_count; i++)
        if (demo_people[i].sells && demo_people[i].branch == branch && random_chance(&s->random, 60)) return i;
    for (;;) {
        int i = (int)random_between(&s->random, 0, demo_person_count - 1);
        if (demo_people[i].sells) return i;
    }
}

static void size_of_roof(struct solar *s, struct solar_lead *lead) {
    struct random *r = &s->random;
    bool company = lead->company.len > 0;
    lead->kilowatts = (int)(company ? random_between(r, 15, random_chance(r, 25) ? 450 : 120) : random_between(r, 5, 14));
    if (random_chance(r, company ? 35 : 50))
        lead->kilowatt_hours = (int)(company ? random_between(r, 3, 20) * 10 : random_between(r, 1, 3) * 5);
    lead->value = (lead->kilowatts * random_between(r, 108, 134) + lead->kilowatt_hours * random_between(r, 55, 75)) * 1000;
    lead->tag = lead->kilowatt_hours ? "Battery" : company ? "Commercial" : "Residential";
}

static void invent(struct solar *s, struct solar_lead *lead, int i) {
    struct random *r = &s->random;
    struct arena *a = s->arena;
    lead->town = &demo_towns[random_between(r, 0, demo_town_count - 1)];
    lead->first = str_of(demo_first_names[random_between(r, 0, demo_first_name_count - 1)]);
    lead->last = str_of(demo_last_names[random_between(r, 0, demo_last_name_count - 1)]);
    lead->title = demo_titles[random_between(r, 0, demo_title_count - 1)];
    if (i < demo_company_count) {
        const struct demo_company *known = &demo_companies[i];
        struct str person = str_of(known->person);
        ptrdiff_t space = str_index(person, ' ');
        lead->first = str_slice(person, 0, (size_t)space);
        lead->last = str_slice(person, (size_t)space + 1, person.len);
        lead->company = str_of(known->name);
        lead->title = known->title;
        lead->tag = known->tag;
        lead->kilowatts = known->kilowatts;
        lead->kilowatt_hours = known->kilowatt_hours;
        lead->value = known->value * INT64_C(100);
    } else {
        if (i >= s->lead_count || random_chance(r, 70)) {
            const char *trade = demo_trades[(i * 11 + i / demo_town_count) % demo_trade_count];
            lead->company = str_printf(a, "%s %s", lead->town->name, trade);
        }
        size_of_roof(s, lead);
    }
    lead->owner = owner_for(s, lead->town->branch);
    lead->source = (int)random_between(r, 0, s->source_count - 1);
    bool whole = i < demo_company_count || i >= s->lead_count; // of the others, some left only one way to reach them
    if (whole || random_chance(r, 82)) lead->email = mailbox(a, lead, i);
    if (whole || !lead->email.len || random_chance(r, 75))
        lead->phone = str_printf(a, "+61%d%s%04d", lead->town->area_code, i / 10000 % 2 ? "7010" : "5550", i % 10000);
    lead->address =
        str_printf(a, "%d %s", (int)random_between(r, 1, 240), demo_streets[random_between(r, 0, demo_street_count - 1)]);
}

/* ---- what happens -------------------------------------------------------------------------------------------------------- */

/* Between two stages people talk and write things down. */
static void talk(struct solar *s, int lead, int64_t *at, int64_t until) {
    if (random_chance(&s->random, 55)) {
        int64_t call = later(s, *at, 1, 20);
        if (call < until) add(s, STEP_CALL, lead, *at = call, (int)random_between(&s->random, 0, demo_call_count - 1), 0);
    }
    if (random_chance(&s->random, 40)) {
        int64_t note = *at + random_between(&s->random, 3, 40) * MINUTE_MS;
        if (note < until) add(s, STEP_NOTE, lead, *at = note, (int)random_between(&s->random, 0, demo_note_count - 1), 0);
    }
}

/* From stage to stage, until it is won, lost, stalled, or now. Returns the stage; *at is when it got there. */
static int progress(struct solar *s, int lead, int64_t *at, int furthest) {
    static const struct {
        int64_t from, to; /* hours until the next stage */
        int stall, lose;  /* percent */
    } stages[] = {{3, 72, 8, 0}, {24, 190, 16, 9}, {72, 290, 14, 9}, {96, 430, 18, 14}, {72, 480, 4, 30}};
    bool open_end = furthest < STATUS_WON; // one of the well-known: neither stalls nor gets lost
    for (int stage = STATUS_NEW; stage < furthest; stage++) {
        if (!open_end && random_chance(&s->random, stages[stage].stall)) return stage;
        int64_t next = later(s, *at, stages[stage].from, stages[stage].to);
        if (next >= s->now - 60 * MINUTE_MS) return stage;
        talk(s, lead, at, next);
        *at = next;
        if (!open_end && random_chance(&s->random, stages[stage].lose)) {
            add(s, STEP_MOVE, lead, next, STATUS_LOST, 0);
            return STATUS_LOST;
        }
        if (stage + 1 == STATUS_WON)
            add(s, STEP_CONVERT, lead, next, 0, 0);
        else
            add(s, STEP_MOVE, lead, next, stage + 1, 0);
    }
    return furthest;
}

/* Some follow-ups are overdue, some are for today, most for the coming two weeks, and some nobody has set. */
static void plan_followup(struct solar *s, int lead, int64_t at) {
    struct random *r = &s->random;
    int64_t dice = random_between(r, 1, 100);
    int64_t local = s->now + zone_offset(s->zone, s->now, NULL) * INT64_C(1000), today = local - local % DAY_MS;
    if (dice > 75) return;
    int64_t days = dice <= 12 ? -random_between(r, 1, 8) : dice <= 24 ? 0 : random_between(r, 1, 14);
    int64_t then = zone_to_utc(s->zone, today + days * DAY_MS + random_between(r, 16, 34) * 30 * MINUTE_MS); // 8:00 to 17:00
    int64_t set = working_hours(s, (then < s->now ? then : s->now) - random_between(r, 1, 4) * DAY_MS);
    if (set <= at) set = at + MINUTE_MS;
    add(s, STEP_FOLLOWUP, lead, set, (int)random_between(r, 0, demo_next_step_count - 1), then);
}

static void plan_task(struct solar *s, int lead, int64_t at) {
    int64_t made = later(s, at, 1, 12), due = made + random_between(&s->random, 1, 12) * DAY_MS;
    due -= due % (30 * MINUTE_MS);
    if (made >= s->now) return;
    add(s, STEP_TASK, lead, made, (int)random_between(&s->random, 0, demo_task_count - 1), due);
    int64_t done = working_hours(s, due - random_between(&s->random, 0, 2) * DAY_MS);
    bool long_ago = s->now - due > 8 * DAY_MS; /* nobody lets a task lie for months */
    if (due < s->now && done > made && (random_chance(&s->random, 80) || long_ago)) add(s, STEP_TASK_DONE, lead, done, 0, 0);
}

static void plan_lead(struct solar *s, int i) {
    struct random *r = &s->random;
    bool known = i < demo_company_count;
    // The more recent the more: the company grows.
    int64_t u = random_between(r, 0, 1000), age = known ? random_between(r, 9, 45) : HISTORY_DAYS * u * u / 1000000;
    int64_t at = working_hours(s, s->now - age * DAY_MS - random_between(r, 0, 20) * 60 * MINUTE_MS);
    add(s, STEP_LEAD, i, at, 0, 0);
    int stage = progress(s, i, &at, known ? i % STATUS_WON : STATUS_WON);
    if (stage < STATUS_WON) {
        bool forgotten = s->now - at > 75 * DAY_MS;
        if (forgotten && random_chance(r, 60)) {
            add(s, STEP_MOVE, i, later(s, at, 30 * 24, 60 * 24), STATUS_ARCHIVED, 0);
            return;
        }
        plan_followup(s, i, at);
    }
    if (random_chance(r, stage < STATUS_LOST ? 45 : 10)) plan_task(s, i, at);
}

static int by_time(const void *a, const void *b) {
    const struct solar_step *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return x->order - y->order;
}

void solar_plan(struct solar *s) {
    int all = s->lead_count + s->client_count;
    s->leads = arena_array(s->arena, struct solar_lead, (size_t)all);
    for (int i = 0; i < all; i++) invent(s, &s->leads[i], i);
    for (int i = 0; i < s->lead_count; i++) plan_lead(s, i);
    // Whom the company served before it began to use Tenon.
    for (int i = s->lead_count; i < all; i++)
        add(s, STEP_CLIENT, i, s->now - HISTORY_DAYS * DAY_MS - (all - i) * 7 * MINUTE_MS, 0, 0);
    qsort(s->steps, (size_t)s->step_count, sizeof *s->steps, by_time);
}
