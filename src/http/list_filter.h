/* list_filter.h - filters of a list or board: chips for those in the address, and the form that adds one.
 *
 * The form works in two steps, without scripts: GET ?f=FIELD shows it again with the comparisons and the control that suit the
 * field; sent from there (of=FIELD says for which field they were made), the answer is a redirect to the address that carries the
 * filter. A value that the field cannot take comes back with what was typed and what is wrong with it (422).
 */
#ifndef HTTP_LIST_FILTER_H
#define HTTP_LIST_FILTER_H

#include "core/query.h"
#include "http/frame.h"
#include "http/value.h"

struct list_chip {
    struct str label, op, value, remove_href;
    const char *icon;
};
struct list_filter {
    struct list_chip *chips;
    size_t chip_count;
    const struct field *field;    /* chosen in the first step, or NULL */
    struct choice *fields, *ops, *spans; /* spans: of dates and times, "this week" */
    size_t field_count, op_count, span_count;
    struct input value;
    struct str wrong;             /* with what was sent, or empty */
    struct str cancel_href;
};

/* True where the request sent the form's second step and is answered: `path` with the filter. */
bool list_filter_sent(struct request *req, struct response *res, const struct entity *entity, struct str path,
                      struct list_filter *filter);
/* Chips of the query's filters and the form's choices; chips lead back to `path`. */
void list_filter_fill(struct request *req, struct query *q, struct values *values, struct str path, struct list_filter *filter);

#endif
