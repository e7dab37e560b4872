/* list_columns.h - the forms that say which columns a list shows and how it is sorted and grouped. */
#ifndef HTTP_LIST_COLUMNS_H
#define HTTP_LIST_COLUMNS_H

#include "core/query.h"
#include "http/frame.h"

struct column_choice {
    const struct field *field;
    int width;  /* pixels; 0: as wide as what it shows */
    bool shown;
};
struct columns_view {
    const struct entity *entity;
    struct column_choice *columns;
    size_t count;
    struct str action, back, here, view, density;
    bool own; /* arranged by this person: can be put back */
};
struct sort_view {
    const struct entity *entity;
    const struct query *q;
    const struct field **fields, **groups;
    size_t count, group_count;
    struct params keep;
    struct str action, back, group;
};

void list_columns_form(struct request *req, struct response *res); /* GET  /{entity}/columns?view=... */
void list_columns_save(struct request *req, struct response *res); /* POST /{entity}/columns */
void list_sort_form(struct request *req, struct response *res);    /* GET  /{entity}/sort?...; sent: leads to the list */

#endif
