/* setup.h - the first company of an empty installation: made on a page that only who started the server can open.
 *
 * Where there is no tenant, every page leads to /setup, which asks for a code that `tenon serve` prints. Once a tenant exists
 * the way is closed for good, whatever made it.
 */
#ifndef HTTP_SETUP_H
#define HTTP_SETUP_H

#include "http/http.h"

/* Looks whether there is a tenant; where not, makes the code. False with an error. */
bool setup_start(struct server *server, struct errors *errors);
/* True while no tenant exists. */
bool setup_open(struct server *server);
/* The code to print; empty where setup is closed. */
struct str setup_code(const struct server *server);
/* True for the right code while setup is open; else an error on the field "code". After ten wrong codes none is taken until the
 * server starts anew. */
bool setup_check(struct request *req, struct str code);

#endif
