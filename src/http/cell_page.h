/* cell_page.h - one field of one record: GET /{entity}/{id}/field?name=FIELD is a form with the field's own control, which
 * scripts put into the cell of a list or beside a label; POST saves it.
 *
 * The form carries the record's version and the value as it was. Where somebody else changed the same field meanwhile, the
 * answer is 409: the form again with both values, to save one's own over it or to leave theirs. Where they changed another
 * field, both changes stand.
 */
#ifndef HTTP_CELL_PAGE_H
#define HTTP_CELL_PAGE_H

#include "http/frame.h"

struct cell_view {
    struct str title, action, back, name, old, theirs; /* theirs: what another has put there meanwhile, or empty */
    bool conflict;
    int64_t version;
    struct input *inputs; /* the field, and what its new value asks for */
    size_t input_count;
    const struct errors *errors;
};

void cell_page_form(struct request *req, struct response *res);
void cell_page_save(struct request *req, struct response *res);

#endif
