/* sse.h - GET /api/v1/events: what happens, told to browsers as it happens (server-sent events).
 *
 *     id: 746964531781632
 *     event: change
 *     data: {"entity":"leads","id":123,"verb":"updated","user_id":9,"change_set_id":null,"at":"2026-11-12T09:30:00Z"}
 *
 * A client hears only of records that it may read at that moment: one thread of its own asks the core for each client and event,
 * as the client's user. Last-Event-ID, or ?after=, resumes from the table of events. Where a client was too slow, or missed more
 * than is kept, it gets "event: resync" and should load its page anew.
 */
#ifndef HTTP_SSE_H
#define HTTP_SSE_H

#include "http/server_impl.h"

#define SSE_BACKLOG 1000 /* events that are resumed; beyond that: resync */
#define SSE_PER_USER 20  /* streams; one more ends the oldest */

bool sse_start(struct server *server, struct errors *errors);
void sse_stop(struct server *server);

#endif
