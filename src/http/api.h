/* api.h - the JSON API of every entity, derived from the registry: /api/v1/leads and what hangs on it.
 *
 *     GET    /leads              filter[f][op]=v q sort limit cursor include fields count trash -> {"data":[...],"next":...}
 *     POST   /leads              201, Location, ETag, the record
 *     GET    /leads/{id}         ETag is the version; include, fields
 *     PATCH  /leads/{id}         If-Match: 412 where somebody was faster
 *     DELETE /leads/{id}         204, Change-Set-Id: what POST /change_sets/{id}/undo takes back
 *     POST   /leads/{id}/restore, /leads/{id}/{action}, /leads/bulk
 *     GET, POST /clients/{id}/contacts   children by their reference; /leads/{id}/notes by their subject
 */
#ifndef HTTP_API_H
#define HTTP_API_H

#include "http/http.h"

/* Adds the routes of all entities to the main router; once, after registry_init. */
void api_routes(void);

#endif
