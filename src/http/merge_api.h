/* merge_api.h - records that may be the same, and two of them made one, by the API.
 *
 * GET  /{entity}/duplicates?limit=20&cursor=...  {"data":[{"reasons":["email","name"],"count":2,"records":[{...}]}],"next":null}
 * POST /{entity}/{id}/merge  {"with":12,"with_version":3,"version":1,"take":["phone"]}  the survivor, with Change-Set-Id
 *
 * "take" names the fields whose value is that of the other; without it, what the survivor lacks. Versions are told to be sure
 * that nobody changed either since: 409. GET of the other then answers 307 to the survivor, until undo brings it back.
 */
#ifndef HTTP_MERGE_API_H
#define HTTP_MERGE_API_H

#include "core/merge.h"
#include "http/http.h"

void merge_api_duplicates(struct request *req, struct response *res); /* GET  /api/v1/{entity}/duplicates */
/* POST /api/v1/{entity}/{id}/merge: the survivor, or NULL with errors; `version` that of If-Match. */
struct row *merge_api_run(struct request *req, int64_t version);
/* A record that was merged into another: the answer leads there. False where it was not. */
bool merge_api_moved(struct request *req, struct response *res);

#endif
