/* list_page.h - the list of any entity: /leads?filter[score][gte]=80&sort=-created_at&q=word&cursor=... Everything that the page
 * shows stands in its address, so it can be kept, sent and opened again.
 */
#ifndef HTTP_LIST_PAGE_H
#define HTTP_LIST_PAGE_H

#include "core/query.h"
#include "http/frame.h"
#include "http/value.h"

struct list_column {
    const struct field *field;
    struct str sort_href;     /* empty: cannot be sorted by */
    const char *aria_sort;    /* "ascending", "descending" or NULL */
    const char *phone;        /* data-m: "title", "meta", "end", "end2", "hide" */
};
struct list_chip {
    struct str label, op, value, remove_href;
    const char *icon;
};
struct list_view {
    const struct entity *entity;
    struct values values;
    struct tab *tabs;
    size_t tab_count;
    struct list_chip *chips;
    size_t chip_count;
    struct list_column *columns;
    size_t column_count;
    struct rows rows;
    struct pager pager;
    struct str list_href, board_href, new_href, import_href, clear_href, search; /* empty: not there */
    struct str bulk_href;             /* where a selection is sent; empty: nobody may */
    struct params keep;               /* the address without what the filter form sets */
    struct choice *filter_fields, *filter_ops;
    size_t filter_field_count, filter_op_count;
    bool trash, filtered;
    bool ordered;                     /* in the order that people set, and this one may change it */
};

/* For the template: one cell, a row's title and address. */
struct value_view list_cell(const struct list_view *view, const struct row *row, const struct list_column *column);
struct str list_one(const struct list_view *view);         /* "lead" */
struct str list_empty_title(const struct list_view *view); /* "No leads yet" */
struct str list_title(const struct list_view *view, const struct row *row);
struct str list_row_href(const struct list_view *view, const struct row *row);

/* The request's parameters into a query; unknown ones are errors, those of the page itself (done, undo, f, op, v, before) are
 * not. */
bool list_query(struct request *req, struct query *q);
/* The same address with `name` set to `value` (empty: without it) and without cursors. */
struct str list_href_with(struct request *req, struct str path, const char *name, struct str value);
/* Chips for the filters in the address. */
void list_chips(struct request *req, struct query *q, struct list_view *view);
/* What the list's and the board's toolbar have in common: chips, the filter form, search. */
void list_toolbar(struct request *req, struct query *q, struct list_view *view);

/* GET /{entity} */
void list_page(struct request *req, struct response *res);

#endif
