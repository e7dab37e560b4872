/* page.h - what a page shows around and beside its own content: the frame, and the parts that all pages are made of.
 *
 * A handler fills a `struct page`, its own view struct, and calls the compiled template; the template puts itself into the
 * frame with {% wrap layout(page) %} (web/templates/layout.html) and uses the parts of web/templates/parts.html. Empty texts
 * and NULL pointers mean "not there": the frame leaves the thing out. Texts live in the request.s
 * arena.
 *
 *     struct page page = page_new(STR("Leads"));     // theme, token and the rest come from the session
 *     page.active = "leads";
 *     tpl_lead_list(&b, &page, &view);
 */
#ifndef HTTP_PAGE_H
#define HTTP_PAGE_H

#include "base/assets.h"
#include "base/errors.h"
#include "base/html.h"

#define PAGE_NO_COUNT (-1)

/* ---- The frame ------------------------------------------------------------------------------------------------------- */

/* Where the page stands; the last crumb is the page's title, which is its h1. */
struct crumb {
    struct str label, href;
};

struct nav_item {
    const char *id; /* compared with page.active */
    struct str label, href;
    const char *icon; /* web/icons/NAME.svg */
    const char *go;   /* "L": the key behind G that leads here, or NULL */
    int64_t count;    /* PAGE_NO_COUNT: none shown */
    bool over;        /* opens over the work, where scripts run */
    bool fresh;       /* the count is of things not seen yet */
};

struct nav_section {
    const char *id;   /* remembers whether it is open */
    struct str label; /* empty: always open, without a heading */
    const char *icon; /* stands for the heading where there is no room for it */
    bool open;        /* unless somebody has said otherwise */
    const struct nav_item *items;
    size_t count;
    bool foot; /* at the bottom of the sidebar */
};

/* A message about what has just been done. */
struct flash {
    struct str text;
    bool bad;
    struct str undo; /* where a POST takes it back, or empty */
};

struct workspace {
    struct str name, href;
    bool current;
};

struct page {
    struct str title; /* the h1, the last crumb and the window's title */
    const struct crumb *crumbs;
    size_t crumb_count;
    const char *active; /* nav_item.id */
    struct str live;    /* "leads", "leads/12 notes": changes of these are shown as they happen; empty: none are */
    int64_t since;      /* the last event that this page knows of; what follows it is news */

    struct str lang;           /* "de": of the texts; the reader's own, as the arena says (lang.h) */
    struct str theme, density; /* "light", "dark"; "compact", "roomy"; empty: the system's, the standard */
    bool keys_off;             /* single-key shortcuts */
    struct str csrf, nonce;

    struct str tenant_name;
    const struct workspace *workspaces; /* those that this person may switch to, the current one too */
    size_t workspace_count;
    struct str user_name, user_role;
    int64_t user_id; /* whose drafts and recent records a browser keeps apart */

    const struct nav_section *nav;
    size_t nav_count;
    const struct nav_item *quick; /* up to four: the bottom tabs of a phone */
    size_t quick_count;
    const struct nav_item *menu; /* of the person: profile, notifications, keys */
    size_t menu_count;
    struct str search_href, create_href, inbox_href;
    int64_t unread;

    const struct flash *flashes;
    size_t flash_count;
};

/* A page with what has a sensible default: language, no counts. */
struct page page_new(struct str title);
/* True where the item is the one that the page belongs to. */
bool page_is_active(const struct page *page, const struct nav_item *item);

/* ---- Parts --------------------------------------------------------------------------------------------------------------- */

struct tab {
    struct str label, href;
    int64_t count; /* PAGE_NO_COUNT: none shown */
    bool current;
};

/* Keyset paging: an empty address switches its button off. */
struct pager {
    struct str range; /* "1 to 22 of about 210" */
    struct str previous, next;
};

struct choice {
    struct str value, label;
    bool chosen;
};

enum input_kind { INPUT_LINE, INPUT_TEXT, INPUT_SELECT, INPUT_RADIO, INPUT_CHECK };

/* One field of a form with its label, hint and error. */
struct input {
    enum input_kind kind;
    const char *type; /* of INPUT_LINE: "text" (also NULL), "email", "password", "tel", "url", "number", "date", "time",
                         "datetime-local", "search", "file" */
    struct str name;  /* the id is "f-" and the name */
    struct str label;
    struct str value; /* INPUT_CHECK sends this (or "true") where checked */
    struct str hint, error;
    bool any; /* one of those so marked is needed */
    bool required, read_only, large, wide, autofocus, checked, numeric; /* wide: as wide as the form, for a long line */
    const char *autocomplete, *inputmode, *pattern, *accept;
    struct str placeholder, min, max, step;
    int64_t max_length;    /* 0: none */
    struct str prefix, suffix; /* "$", "kW" */
    struct str pick;           /* "/clients": a record of these, by its name; scripts let one search */
    const struct choice *choices;
    size_t choice_count;
    bool multiple;
};

/* The error of a field as a text, empty where there is none. */
struct str page_error(const struct errors *errors, const char *field);
/* Up to two letters that stand for a name: "Priya Raman" is PR. */
struct str page_initials(struct arena *arena, struct str name);
/* Lets one choose from countries, currencies or time zones by name (base/regions.h); what it holds already stays a choice. */
void page_offer(struct arena *arena, struct input *input, const char *list);
/* One of the hue classes (badge.css), always the same for the same text. */
const char *page_hue(struct str key);
/* The same as an angle, for a mark that is no status. */
int page_hue_angle(struct str key);

#endif
