/* error_page.h - what went wrong, as a page: in the frame for whoever is signed in, on its own for everybody else. */
#ifndef HTTP_ERROR_PAGE_H
#define HTTP_ERROR_PAGE_H

#include "http/http.h"

/* For server_error_page (http.h). */
void error_page(struct request *req, struct response *res);

#endif
