/* record_page.h - one record of any entity: its fields by section, its state as a path, what happened, what hangs on it. */
#ifndef HTTP_RECORD_PAGE_H
#define HTTP_RECORD_PAGE_H

#include "http/record_files.h"
#include "http/record_nav.h"
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
    struct str label, href, new_href, open_href;
    const char *icon;
    int64_t count, open; /* of these, in a state in which somebody has something to do (.open of entity.h) */
};
/* Those of one pack, for an overview. */
struct record_group {
    struct str label;
    const char *icon;
    const struct record_related *at; /* `count` of them, what there is before what there is not */
    size_t count, filled;
};
struct record_view {
    const struct entity *entity;
    struct str title, href, edit_href, delete_href, restore_href, move_href, note_action, download_href, merge_href;
    struct record_section *sections;
    size_t section_count;
    struct value_view head[4]; /* beside the name: owner, amount, due */
    size_t head_count;
    struct record_step *steps;
    size_t step_count;
    struct record_button *buttons;
    size_t button_count;
    struct record_related *related;
    size_t related_count;
    struct record_group *groups; /* of a record with a lot of them: a client; none: they stand in one row */
    size_t group_count;
    struct timeline timeline;
    struct record_nav nav;
    struct record_files files;
    int64_t id;
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
