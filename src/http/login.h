/* login.h - signing in with e-mail and password. For handlers that run on a worker: a password takes its time.
 *
 * The same answer, in the same time, for a wrong password and for nobody. Ten tries an account and fifty an address in a quarter
 * of an hour. Where the address stands in several companies with the same password, the company's short name must be given.
 */
#ifndef HTTP_LOGIN_H
#define HTTP_LOGIN_H

#include "http/session.h"

struct login {
    struct str email, password;
    struct str tenant;          /* the company's short name, or empty */
    enum token_kind kind;       /* TOKEN_COOKIE or TOKEN_ACCESS */
    struct session_token token; /* the outcome */
    int64_t tenant_id, user_id;
    bool must_change_password;
};
/* False with an error: 422 a field is missing, 401 "wrong_credentials", 422 "tenant_needed" on the field "tenant", 429
 * (Retry-After is on res). True: the session stands in the database, and the ctx is the user's. */
bool login_run(struct request *req, struct response *res, struct login *login);

/* 429 with Retry-After; false. For what else is tried before anybody is signed in. */
bool login_too_many(struct request *req, struct response *res, int wait_s);
/* The token for a program, as POST /api/v1/auth/login answers it. */
void login_answer(struct request *req, struct response *res, const struct session_token *token);

/* Gives the browser its new session. The one that it came with, as `former`, ends: nobody can have planted it. */
void login_enter(struct request *req, struct response *res, const struct session_token *token, const struct actor *former);

/* Shows the sign-in page again with the errors of ctx; set once at start by the pages' room. NULL: an error page. */
extern void (*login_page)(struct request *req, struct response *res);

#endif
