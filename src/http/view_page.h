/* view_page.h - saved views: the tabs over a list or board, and the form that gives the filters of an address a name.
 *
 * ?view=12 says which view one is in, with its filters beside it in the address, so that they can be changed there before they
 * are saved; ?view=all is everything, also where another view opens first. A view is private or for all, stands as a tab where
 * it is pinned (else under More), and opens first where it is the default: a person's own before one that is for all.
 */
#ifndef HTTP_VIEW_PAGE_H
#define HTTP_VIEW_PAGE_H

#include "http/list_page.h"

/* Finds the view that the address is about. True where the request is answered: the default view opens. */
bool view_page_open(struct request *req, struct response *res, struct list_view *view, struct str path);
/* "All leads", then one's own views and those for all, each with the number of its records. `total`: of what is shown. */
void view_page_tabs(struct request *req, struct list_view *view, struct str path, int64_t total);
/* "leads" or "leads/12": under which name the arrangement of this list is kept. */
struct str view_page_key(struct request *req, const struct entity *entity);

void view_page_new(struct request *req, struct response *res);  /* GET  /{entity}/view?filter..., with id=12 to change one */
void view_page_save(struct request *req, struct response *res); /* POST /{entity}/view: a new one, id=12, do=filters, do=delete */

#endif
