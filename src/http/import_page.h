/* import_page.h - a CSV file into any entity from the browser: choose it, check it first, import it, undo it in one go. */
#ifndef HTTP_IMPORT_PAGE_H
#define HTTP_IMPORT_PAGE_H

#include "core/import.h"
#include "http/frame.h"

struct import_count {
    const char *label;
    int64_t count;
};
struct import_view {
    const struct entity *entity;
    struct str many, action, back, list_href, errors_href, undo_href;
    struct input inputs[3];
    const struct errors *errors;
    const struct import_result *result; /* NULL: nothing was read yet */
    struct import_count counts[6];
    struct str *columns; /* "Lead Owner -> assigned_to_id" */
    size_t column_count;
};

void import_page_form(struct request *req, struct response *res); /* GET  /{entity}/import */
void import_page_run(struct request *req, struct response *res);  /* POST /{entity}/import */

#endif
