/* login_page.h - the pages before sign-in: signing in, what to do without a password, and the first set-up. */
#ifndef HTTP_LOGIN_PAGE_H
#define HTTP_LOGIN_PAGE_H

#include "http/http.h"

/* For login_page (login.h): the form again, with what was wrong. */
void login_page_again(struct request *req, struct response *res);

#endif
