/* list_page.h - the list of any entity: /leads?filter[score][gte]=80&sort=-created_at&q=word&cursor=... Everything that the page
 * shows stands in its address, so it can be kept, sent and opened again.
 */
#ifndef HTTP_LIST_PAGE_H
#define HTTP_LIST_PAGE_H

#include "core/query.h"
#include "http/list_filter.h"
#include "http/view_count.h"

struct list_column {
    const struct field *field;
    struct str label;
    struct str sort_href;     /* empty: cannot be sorted by */
    const char *aria_sort;    /* "ascending", "descending" or NULL */
    const char *phone;        /* data-m: "title", "meta", "end", "end2", "hide" */
    bool falling;             /* sorted by it from the top */
    int order;                /* its place among several that the list is sorted by, from 1; 0: not sorted by it */
    int width;                /* pixels; 0: as wide as what it shows */
    bool editable;            /* in its cells */
};
/* The same records in another shape, with the same filters; empty where they have none. */
struct list_shapes {
    struct str list, board, calendar;
};
/* Rows that stand together under a heading. */
struct list_group {
    struct str title, key, sum; /* sum: of the entity's number, or empty */
    const char *hue;            /* of a state, or NULL */
    int64_t count;
    int from;                   /* its first row */
    bool continued;             /* begins on an earlier page */
};
struct list_view {
    const struct entity *entity;
    struct values values;
    enum value_length length; /* of its cells */
    struct tab *tabs;
    size_t tab_count;
    struct list_filter filter;
    struct list_column *columns;
    size_t column_count;
    struct rows rows;
    const bool *rests;        /* which of them are not changed any more, or NULL (core/rest.h) */
    struct str rests_why;
    struct db_stmt *arranged;         /* asked ahead */
    struct view_counting counted;     /* this too, where it is not remembered */
    struct pager pager;
    struct list_group *groups;        /* none: the list is not grouped */
    int group_count;
    struct rows views;                /* saved ones that this person sees */
    const struct row *saved;          /* the one that is open, or NULL */
    bool changed;                     /* its filters are not those of the address any more */
    struct tab *more_tabs;            /* not pinned */
    size_t more_count;
    struct str all_href, query;       /* query: what a view would keep of this address */
    struct str keep_view_href;        /* where a POST saves the changed filters; empty: not there */
    struct str filter_href;           /* where the filter form leads */
    struct str sort_label, sort_href, columns_href, export_href;
    struct str assign, move;          /* fields that a selection is most often given: who has it, where it stands */
    struct str move_label, total;     /* total: "214", "more than 1,000" */
    struct str columns_action, view_id; /* where a column's width is kept, and of which view */
    bool may_delete, may_edit, save_columns;
    struct list_shapes shapes;
    const char *shape;                /* "list", "board", "calendar": which this is */
    struct str list_href, new_href, import_href, search; /* empty: not there */
    struct str clear_search_href, clear_filters_href; /* the address without just that; empty: there is none */
    struct str bulk_href;             /* where a selection is sent; empty: nobody may */
    struct params keep;               /* the address without what the filter form sets */
    struct str duplicates_href, trash_href, save_view_href, edit_view_href;
    struct str invite_href, invited_href; /* of users: where one is invited, and where those stand who were */
    int64_t invited;
    bool trash, filtered, faces;      /* faces: the records are people or companies, each with an initial */
    bool ordered;                     /* in the order that people set, and this one may change it */
};

/* For the template: one cell, a row's title and address. */
struct value_view list_cell(const struct list_view *view, const struct row *row, const struct list_column *column);
struct str list_one(const struct list_view *view);         /* "lead" */
struct str list_empty_title(const struct list_view *view); /* "No leads yet" */
/* There is nothing to search, sort or export yet. */
static inline bool list_first_use(const struct list_view *view) {
    return view->rows.count == 0 && !view->filtered && !view->filter.field && !view->saved && !view->trash;
}
struct str list_none_title(const struct list_view *view);  /* "No leads match" */
struct str list_none_words(const struct list_view *view);  /* "Searched for “solar”. Filtered by Rating is Hot." */
struct str list_title(const struct list_view *view, const struct row *row);
struct str list_row_href(const struct list_view *view, const struct row *row);

/* The request's parameters into a query; unknown ones are errors, those of the page itself (done, f, op, before, view, group ...)
 * are not. */
bool list_query(struct request *req, struct query *q);
/* The same address with `name` set to `value` (empty: without it) and without cursors. */
struct str list_href_with(struct request *req, struct str path, const char *name, struct str value);
/* The address without the parameter at `skip` (-1: with all), cursors and notices. */
struct str list_href_without(struct request *req, struct str path, int skip);
/* Whether a parameter belongs to the moment rather than to what is shown: cursors, notices, the filter form. */
bool list_is_transient(struct str name);
/* Appends &name=value (or ?name=value) to an address. */
void list_add_param(struct buf *b, struct str name, struct str value);
/* Where this list is shown in a shape of the same name as its path: "board". */
struct str list_shape_href(struct request *req, const struct entity *entity, const char *shape);
/* What all shapes' heads have in common, for a page at `path`: saved views, chips, the filter form, search, the switch. */
void list_toolbar(struct request *req, struct query *q, struct list_view *view, struct str path);
/* Of an entity that says which of its states are open (.open): only those, as a query has it, and added to an address. */
void list_only_open(struct query *q);
struct str list_open_href(struct arena *arena, const struct entity *entity, struct str href);
/* Where records of this entity are made, or empty where the actor may not. */
struct str list_new_href(struct request *req, const struct entity *entity);

/* Where records of this entity are imported; empty where they are not, or not by this actor. */
struct str list_import_href(struct request *req, const struct entity *entity);

/* Which columns this person sees here, in their order, with what the query must read for them. */
void list_columns(struct request *req, struct query *q, struct list_view *view);
/* Those of the entity, as nobody arranged them, without a field that is the same in all rows and the position that orders them.
 * Without view->list_href they do not sort. */
void list_columns_without(struct request *req, struct query *q, struct list_view *view, const struct field *without);
/* All that cells tell, read before the first of view->rows is written. */
void list_read_cells(struct list_view *view);
/* Whether a field can be shown in a list. */
bool list_shows(const struct field *field);
/* Rows under headings by the field of ?group=; false with errors. */
bool list_groups(struct request *req, struct query *q, struct list_view *view);
/* Whether a list can be grouped by the field. */
bool list_groupable(const struct field *field);

/* GET /{entity} */
void list_page(struct request *req, struct response *res);

#endif
