/* record_page.h - one record of any entity: its fields by section, its state as a path, what happened, what hangs on it. */
#ifndef HTTP_RECORD_PAGE_H
#define HTTP_RECORD_PAGE_H

#include "http/list_page.h"
#include "http/record_files.h"
#include "http/record_nav.h"
#include "http/record_picks.h"
#include "http/role_matrix.h"
#include "http/timeline.h"

struct record_field {
    const struct field *field;
    struct value_view value;
    struct str edit_href; /* where it is changed by itself; empty where it is not */
    bool dialog;          /* by a form of its own: the state */
};
struct record_section {
    struct str heading;
    struct record_field *fields;
    size_t count;
};
struct record_step {
    struct str key, title;
    bool done, current;
};
struct record_button {
    struct str label, href; /* POSTed to */
    const char *icon;
    bool form;              /* asks something first: a page, opened as a dialog */
    bool danger;
};
struct record_related {
    const struct entity *entity;
    const struct field *via; /* leads here */
    struct str key;       /* "payments.invoice_id" */
    struct str label, href, here_href, new_href, open_href; /* here: in the record's own page */
    struct str rests;     /* why none is added or changed any more */
    const char *icon;
    int64_t count, open; /* of these, in a state in which somebody has something to do (.open of entity.h) */
};
/* The first of them, in the record's page. */
struct record_rows {
    const struct record_related *of;
    struct list_view list;
};
/* Those of one pack, for an overview. */
struct record_group {
    struct str label;
    const char *icon;
    const struct record_related *at; /* `count` of them, what there is before what there is not */
    size_t count, filled;
};
/* One of the figures of a client's page. */
#define RECORD_FIGURES 6
struct record_figure {
    struct str label, value, unit, href, note, note_href;
    bool bad; /* the note tells of something late */
};
/* What runs out soon. */
struct record_expiring {
    struct str title, href, kind, what; /* "Certificate", "Renews itself"; "Asset", "Warranty until" */
    struct value_view date;
    int64_t days; /* until then; below 0: since */
    int share;    /* of the time that is looked ahead, in percent */
    const char *icon, *hue;
    struct record_button renew; /* href empty: none */
};
struct record_head {
    struct str label; /* of a time that does not say by itself what it is for; else empty */
    struct value_view value;
};
struct record_view {
    const struct entity *entity;
    const struct row *row;
    struct str title, href, edit_href, delete_href, restore_href, move_href, note_action, download_href, merge_href;
    struct str rests; /* why it, or it as a line, is no longer changed; else empty */
    struct record_section *sections;
    size_t section_count;
    struct record_head head[5]; /* beside the name: its state, whose it is, amount, due */
    size_t head_count;
    struct role_matrix matrix; /* of a role */
    struct record_step *steps;
    size_t step_count;
    struct record_button *buttons;
    size_t button_count;
    struct record_related *related;
    size_t related_count, unused_count; /* unused: of those, what has no records yet */
    struct record_figure *figures; /* of a client; record_figures.h */
    size_t figure_count;
    struct record_expiring *expiring;
    size_t expiring_count;
    struct record_group *groups; /* of a record with a lot of them: a client; none: they stand in one row */
    size_t group_count;
    const struct record_rows *shown; /* instead of what happened */
    struct record_rows *parts;       /* above what happened */
    size_t part_count;
    struct timeline timeline;
    struct record_nav nav;
    struct record_files files;
    struct record_picks picks;
    int64_t id;
    bool out;   /* at rest by its own state: nothing of it is changed but what may be then */
    bool faces; /* it is a person or company, with an initial */
};

void record_page(struct request *req, struct response *res);        /* GET  /{entity}/{id} */
void record_note(struct request *req, struct response *res);        /* POST /{entity}/{id}/note */
void record_delete(struct request *req, struct response *res);      /* POST /{entity}/{id}/delete */
void record_restore(struct request *req, struct response *res);     /* POST /{entity}/{id}/restore */
void record_undo(struct request *req, struct response *res);        /* POST /change_sets/{id}/undo */
void record_action_form(struct request *req, struct response *res); /* GET  /{entity}/{id}/{action} */
void record_action(struct request *req, struct response *res);      /* POST /{entity}/{id}/{action} */

#endif
