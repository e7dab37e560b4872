/* setup.h - the first company of an empty installation: made on a page that only who started the server can open.
 *
 * Where there is no tenant, every page leads to /setup, which asks for a code that `tenon serve` prints. Once a tenant exists
 * the way is closed for good, whatever made it.
 */
#ifndef HTTP_SETUP_H
#define HTTP_SETUP_H

#include "http/http.h"

struct setup_company {
    struct str name, country, currency, timezone; /* all but the name may be empty */
    struct str admin_name, admin_email, admin_hash;
};
/* Makes it inside ctx_write, by the system; the administrator's id, or 0 with errors on the fields of the page (business,
 * country, currency, timezone, name, email). The context is in the company afterwards. Set once at start: companies belong to the
 * application. */
typedef int64_t setup_company_fn(struct ctx *ctx, const struct setup_company *company);
extern setup_company_fn *setup_company;

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
