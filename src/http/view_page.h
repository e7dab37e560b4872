/* view_page.h - saved views: the tabs over a list or board, and the form that gives the filters of an address a name. */
#ifndef HTTP_VIEW_PAGE_H
#define HTTP_VIEW_PAGE_H

#include "http/list_page.h"

/* "All leads", then one's own views and those for all. The one whose filters stand in the address is marked. */
void view_page_tabs(struct request *req, struct list_view *view, struct str path);

void view_page_new(struct request *req, struct response *res);    /* GET  /{entity}/view?filter... */
void view_page_create(struct request *req, struct response *res); /* POST /{entity}/view */

#endif
