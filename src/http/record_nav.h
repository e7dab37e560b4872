/* record_nav.h - from one record to the next in the list that one came from.
 *
 * The list is known from ?list=FILTERS in the address, else from the page that the request came from (Referer); the links to the
 * neighbours carry it on. Its filters, search and sort find them, by the same index as the list.
 */
#ifndef HTTP_RECORD_NAV_H
#define HTTP_RECORD_NAV_H

#include "http/http.h"

struct record_nav {
    struct str previous, next; /* addresses; empty at an end */
    struct str list_href;      /* the list itself; empty where none is known */
    struct str here;           /* this record's address with its list */
};

struct record_nav record_nav(struct request *req, const struct row *row);

#endif
