/* selection_page.h - what is done to several records at once: the rows that were ticked, or all that a list finds.
 *
 * POST /{entity}/selection with id=... for each (or all=1 and query=, the list's address) and do=: "delete", "restore", "edit"
 * (asks which field and its value; "edit:FIELD" knows the field), "set" (sent by that form), "export" (asks in which form).
 * Each is one change-set, so that one Undo takes it back; what could not be changed is told record by record.
 */
#ifndef HTTP_SELECTION_PAGE_H
#define HTTP_SELECTION_PAGE_H

#include "core/bulk.h"
#include "http/frame.h"

struct selection_failure {
    struct str title, href, message;
};
struct selection_view {
    const struct entity *entity;
    struct str title, action, back;
    struct param *hidden;            /* what was chosen, carried on */
    size_t hidden_count;
    const struct errors *errors;
    struct choice *fields;           /* that can be given a value */
    size_t field_count;
    const struct field *field;       /* the one that is, or NULL */
    struct input *inputs;
    size_t input_count;
    struct str submit;
    struct selection_failure *failures; /* of a result */
    size_t failure_count;
    int64_t done, undo;
    struct str export_fields, export_action;
};

void selection_page(struct request *req, struct response *res);   /* POST /{entity}/selection */
void selection_export(struct request *req, struct response *res); /* GET  /{entity}/export?...: all that the list finds */

#endif
