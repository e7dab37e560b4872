/* user_roles.h - the roles of a user, asked for in the user's own form and saved with it. */
#ifndef HTTP_USER_ROLES_H
#define HTTP_USER_ROLES_H

#include "http/form_page.h"

/* For form_extra (form_page.c). */
void user_roles_fill(struct request *req, struct form_view *view, const struct row *row, const struct params *typed);
bool user_roles_save(struct request *req, const struct row *row);

#endif
