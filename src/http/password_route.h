/* password_route.h - routes that take a password: it is hashed on a worker, before the write begins, because a hash takes longer
 * than everything else that is written in that time (core/password.h).
 */
#ifndef HTTP_PASSWORD_ROUTE_H
#define HTTP_PASSWORD_ROUTE_H

#include "http/http.h"

/* A derived route that writes an entity with a password becomes one that hashes first; any other stays as it is. */
void password_route(struct route *route);

#endif
