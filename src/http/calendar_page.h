/* calendar_page.h - the calendar of any entity that says when its records are: /journeys/calendar?show=week&date=2026-11-12,
 * with the filters, saved views and search of its list.
 *
 * A month shows the days of its weeks, a week and a day also their hours, an agenda what comes in 30 days. Days and hours are
 * those of the person's time zone, weeks begin where they want. What has dates, or takes a day and longer, stands along its
 * days; the rest at its hours, also where it goes on past midnight. One statement reads a window, CALENDAR_MOST records at
 * most; the page says so where there are more.
 *
 * A record is moved by POST /journeys/{id}/when: day=2026-11-14 puts its beginning on that day, time=09:30 at that hour, and
 * its end goes with it; until=11:00 moves the end alone. Or the two fields themselves are sent, as the form of
 * GET /journeys/{id}/when does. version=7 refuses with 409 where somebody has changed it since.
 */
#ifndef HTTP_CALENDAR_PAGE_H
#define HTTP_CALENDAR_PAGE_H

#include "http/list_page.h"

#define CALENDAR_MOST 1000
#define CALENDAR_LINES 3   /* shown of a month's day; a link leads to the rest */
#define CALENDAR_AGENDA 30 /* days */
#define CALENDAR_HUES 12   /* in the legend */

enum calendar_show { SHOW_MONTH, SHOW_WEEK, SHOW_DAY, SHOW_AGENDA, SHOW_COUNT };

/* The fields that say when a record is, and what tells one from another by colour. */
struct calendar_fields {
    const struct field *from, *to; /* to: NULL where there is none */
    const struct field *hue;       /* a state, a choice or a person; NULL: all look alike */
};

struct calendar_event {
    const struct row *row;
    int64_t first, last; /* days */
    int from, to;        /* minutes of the first and of the last day; 0 and CALENDAR_DAY of what has no time */
    bool whole;          /* has no time */
    bool bar;            /* stands along its days */
    bool told;           /* the texts below are filled in */
    int64_t version;
    struct str title, sub, state, href;
    struct str time, begins, when; /* "09:30", "2026-11-12", all of it in words */
    struct str move_href;          /* empty: not by this actor */
    const char *hue;
    bool off; /* cancelled */
};
/* An event where it stands; without one, a gap that keeps a line free for what goes on above it. */
struct calendar_piece {
    const struct calendar_event *event;
    int days;                      /* of a bar: how many from here on, in this week */
    bool before, after;            /* it began earlier, it goes on later */
    int from, to, column, columns; /* in a day's hours */
};
struct calendar_day {
    int64_t day;
    struct str number, name, label, machine, href, new_href; /* label: "Thursday 12 November 2026" */
    bool today, outside, weekend;
    struct calendar_piece *lines; /* along the days */
    size_t line_count;
    int more;                     /* that have no line */
    struct calendar_piece *hours; /* at their hours */
    size_t hour_count;
};
struct calendar_week {
    struct calendar_day *days;
    size_t count;
};
struct calendar_hue {
    const char *hue;
    struct str label;
};
struct calendar_view {
    struct list_view list;
    struct calendar_fields fields;
    enum calendar_show show;
    int64_t date, today, begin, end; /* days: the one in the address, and the window [begin, end) that is shown */
    struct str title, previous, next, now_href, shows[SHOW_COUNT];
    struct calendar_week *weeks;
    size_t week_count;
    struct calendar_event *events; /* in the order of their beginnings */
    size_t event_count;
    struct calendar_hue hues[CALENDAR_HUES];
    size_t hue_count;
    int hour_from, hour_to; /* of a week or day: what is shown, in minutes */
    int now;                /* minutes of today, -1 where today is not shown */
    bool more;              /* than CALENDAR_MOST */
    bool may_move;
    struct str new_template;        /* for scripts: where a record is made, a day still to be put behind it */
    struct str beside_href, beside; /* of an empty window: where there is something */
};

struct calendar_fields calendar_fields(const struct entity *entity);
/* Where records may be moved at all: they may be changed, and so may their time. */
bool calendar_moves(const struct entity *entity);
/* And this actor may. */
bool calendar_may_move(struct request *req, const struct calendar_fields *fields);
/* Reads what lies in the window; false with errors. */
bool calendar_read(struct request *req, struct calendar_view *view);
/* The event with its texts, which are made for those only that are shown. */
const struct calendar_event *calendar_tell(struct calendar_view *view, struct calendar_event *event);
/* Weeks, days and what stands in them. */
void calendar_fill(struct request *req, struct calendar_view *view);

/* The address that shows this day so, with the filters of this one. */
struct str calendar_href(struct request *req, const struct calendar_view *view, enum calendar_show show, int64_t date);

/* For the template. */
struct str calendar_hour(struct arena *arena, int minutes); /* "09:00" */
bool calendar_has_hours(const struct calendar_view *view);
const char *calendar_show_label(int show);

void calendar_page(struct request *req, struct response *res);      /* GET  /{entity}/calendar */
void calendar_move_form(struct request *req, struct response *res); /* GET  /{entity}/{id}/when */
void calendar_move(struct request *req, struct response *res);      /* POST /{entity}/{id}/when */

#endif
