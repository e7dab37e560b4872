/* form_check.h - what a form asks while it is filled in: is this value right, is there such a record, which one is meant.
 *
 * POST /{entity}/check with of=FIELD and the field's value (id= the record's, where it has one) answers {"error": TEXT or null,
 * "similar": [{"title", "sub", "href"}]}; GET /{entity}/pick?q=WORDS answers {"options": [{"id", "title", "sub"}], "create":
 * BOOL}. Nothing is saved; forms work without.
 */
#ifndef HTTP_FORM_CHECK_H
#define HTTP_FORM_CHECK_H

#include "http/http.h"

void form_check(struct request *req, struct response *res); /* POST /{entity}/check */
void form_pick(struct request *req, struct response *res);  /* GET  /{entity}/pick */

#endif
