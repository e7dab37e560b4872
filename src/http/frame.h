/* frame.h - a page for this request: its frame filled from the actor and the registry, and how it is answered.
 *
 *     struct page *page = frame_open(req, STR("Leads"), "leads");
 *     tpl_list(&res->body, page, &view);
 *     frame_answer(req, res, 200);
 */
#ifndef HTTP_FRAME_H
#define HTTP_FRAME_H

#include "http/http.h"
#include "http/page.h"

/* `active`: name of the entity or nav item that it belongs to. Lives in the request's arena. */
struct page *frame_open(struct request *req, struct str title, const char *active);
/* Changes of what `words` name (page.h) are shown as they happen, from what this request has read on. */
void frame_live(struct request *req, struct page *page, struct str words);
/* At the beginning of such a page: what that has to ask goes with what the page asks first. */
void frame_live_ahead(struct request *req);
/* The frame of a page about an entity: those of the settings stand there. */
struct page *frame_of(struct request *req, const struct entity *entity, struct str title);
void frame_crumb(struct request *req, struct page *page, struct str label, struct str href);
/* Of a page about something of a record: its list and the record. */
void frame_crumb_record(struct request *req, struct page *page, const struct row *row);
/* For pages before sign-in. */
struct page *frame_bare(struct request *req, struct str title);
void frame_answer(struct request *req, struct response *res, int status);
/* Goes to `path` and tells there what was done: "created", "saved", "deleted", "restored", "undone", "moved", "merged",
 * "revoked", "done"; `undo`: a change-set, 0 none. */
void frame_done(struct request *req, struct response *res, struct str path, const char *what, int64_t undo);
/* After a form that made a record: to where the form says that one came from ("back"), else to the record. */
void frame_created(struct request *req, struct response *res, struct str record);
/* What is wrong, for a form to show. The request is then free of it, so that the queries of the form itself run; who took the
 * errors gives them back when the page stands: req->ctx.errors = *errors. */
const struct errors *frame_errors(struct request *req);
/* The page of ours that this request was sent from, without what it said was done; `otherwise` where it is not known. */
struct str frame_back(struct request *req, struct str otherwise);
/* "/leads", "/leads/12". */
/* All entities, those people work with most first, then in the order of the menu; NULL behind the last. */
const struct entity *frame_in_order(int i);
struct str frame_list_href(struct arena *arena, const struct entity *entity);
struct str frame_record_href(struct arena *arena, const struct entity *entity, int64_t id);

#endif
