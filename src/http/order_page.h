/* order_page.h - the order of records that have one (`position`), changed by a step up or down in their list, or at once. */
#ifndef HTTP_ORDER_PAGE_H
#define HTTP_ORDER_PAGE_H

#include "http/http.h"

/* The position that people may set, or NULL. */
const struct field *order_field(const struct entity *entity);
void order_up(struct request *req, struct response *res);   /* POST /{entity}/{id}/up */
void order_down(struct request *req, struct response *res); /* POST /{entity}/{id}/down */
void order_place(struct request *req, struct response *res); /* POST /{entity}/{id}/place: before=ID, or nothing for the end */

#endif
