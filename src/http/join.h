/* join.h - coming by an invitation's link: from its token to a user who is signed in. For handlers that run on a worker, as a
 * password takes its time; join_find also where it is read.
 *
 * A token that is unknown, used, revoked, renewed or past its time, or of somebody who is no user any more, is answered alike:
 * 404. Fifty of these an address in a quarter of an hour.
 */
#ifndef HTTP_JOIN_H
#define HTTP_JOIN_H

#include "http/session.h"

struct join {
    struct str token;
    struct str name, password;       /* what they chose; for join_run */
    enum token_kind kind;            /* TOKEN_COOKIE or TOKEN_ACCESS */
    int64_t tenant_id, invitation_id; /* join_find */
    int64_t role_id, location_id;
    struct str company, email, known_as; /* known_as: what the invitation calls them, or empty */
    struct session_token session;    /* join_run */
};
/* False with 404 "invitation_over", or 429 (Retry-After is on res). */
bool join_find(struct request *req, struct response *res, struct join *join);
/* Finds it, makes the user with the role and branch of the invitation and signs them in, all in one write: the ctx is theirs
 * then. False with errors on "name" and "password" too. */
bool join_run(struct request *req, struct response *res, struct join *join);

#endif
