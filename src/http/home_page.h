/* home_page.h - the first page: how sales stand, what to do today, what needs attention, and who has won what.
 *
 * Every figure is of the records that the actor may read, or of one owner's among them: /?by=week|month|quarter&owner=ID.
 * Somebody who may not read leads sees their day only.
 */
#ifndef HTTP_HOME_PAGE_H
#define HTTP_HOME_PAGE_H

#include "core/query.h"
#include "http/chart.h"
#include "http/frame.h"
#include "http/value.h"

#define HOME_ROWS 5 /* of a card */
#define HOME_TEAM 8
#define HOME_STATES 16
#define QUIET_DAYS 14
#define RATE_DAYS 90

struct home_kpi {
    struct str label, value, unit, sub, delta, spark, href;
    bool better, worse, late;
};
struct home_stage {
    struct str title, value, href;
    const char *hue;
    int64_t count;
    int share;
};
struct home_row {
    struct str title, href, sub, clock, machine, end, amount;
    const char *icon, *hue, *when; /* when: "late", "today", "none" */
    int64_t at;
};
struct home_person {
    struct str name, href, value;
    int64_t id, open, won, sum;
    int share;
};
/* Records of one kind that somebody still has something to do with, and how many of them are late. */
struct home_work {
    struct str label, href, late_href;
    const char *icon, *hue;
    int64_t open, late;
    bool expired; /* rather than overdue */
};
struct home_choice {
    struct str label, href;
    bool current;
};

/* Statuses by what they mean. */
struct home_states {
    struct value open[HOME_STATES], won[HOME_STATES], lost[HOME_STATES];
    int open_count, won_count, lost_count;
};

/* Leads of the most value. */
struct home_top {
    int64_t ids[HOME_ROWS], worth[HOME_ROWS];
    int count;
};
/* What is added up over the leads of the owner that was asked for; of the team over all. */
struct home_figures {
    int64_t count[HOME_STATES], sum[HOME_STATES]; /* of each open status */
    int64_t overdue, due_today, unplanned, quiet; /* open: follow-ups; without a next step; not contacted for two weeks */
    struct home_top unplanned_top, quiet_top;
    int64_t won[CHART_BARS], won_sum[CHART_BARS]; /* by span */
    int64_t decided[2], decided_won[2];           /* of the 90 days before the last 90, and of the last */
    int64_t *days;                                /* that each of the last 90 days' won leads took */
    int days_count;
    struct home_person *people;
    int people_count, last;
};

struct home_view {
    bool sales, shared; /* may read leads; may read others' */
    bool first;         /* there is no lead yet */
    struct str new_href, board_href;
    struct home_choice periods[3], owners[HOME_TEAM + 2];
    size_t owner_count;
    struct str owner_name, period_name, chart_name, chart_sub, updated;
    struct home_kpi kpis[5];
    struct chart chart;
    struct home_stage stages[HOME_STATES];
    size_t stage_count;
    struct str note; /* below the stages */
    struct home_row *today;
    size_t today_count;
    int64_t today_total;
    struct str today_name;
    struct home_work *work;
    size_t work_count;
    struct home_row attention[HOME_ROWS];
    size_t attention_count;
    int64_t unplanned, quiet; /* leads without a next step; not contacted for two weeks */
    struct str unplanned_href, quiet_href;
    struct home_person team[HOME_TEAM];
    size_t team_count;
    struct str team_name;
};

/* A span of time that one may look at, in the words that go with it. */
struct home_period {
    const char *by, *label, *now, *last, *each; /* "month", Month, this month, Last 12 months, month */
};

struct home {
    struct request *req;
    struct values values;
    const struct entity *leads;
    struct home_states states;
    const struct home_period *period;
    const char *by; /* of the period */
    int64_t owner;  /* 0: everybody */
    int64_t bounds[CHART_BARS + 1];
    int64_t day_start, day_end; /* today in the actor's zone */
    int64_t quiet_since;
    struct home_figures figures;
    struct home_view *view;
};

/* home_figures.c: fills `figures`. False with an error. */
bool home_figures(struct home *home);
/* home_lists.c: the cards at the bottom. False with an error. */
bool home_today(struct home *home);
bool home_attention(struct home *home);
void home_team(struct home *home);
/* home_work.c: what is open in each pack, of what the actor may read. */
bool home_work(struct home *home);

#endif
