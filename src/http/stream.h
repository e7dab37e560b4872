/* stream.h - an answer without end: server-sent events. For handlers of STREAM routes.
 *
 * The handler opens the stream and returns; from then on any thread may send. What the client does not take in time waits in
 * a bounded queue; where that is full, stream_send returns false and the sender decides what to do about it. A heartbeat
 * keeps proxies from closing a quiet stream and finds clients that are gone.
 *
 *     struct stream *s = stream_open(req, res, on_closed, mine);
 *     if (s) stream_send(s, STR("event: hello\ndata: {}\n\n"));
 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include "http/http.h"

#define STREAM_LIMIT 1000

struct stream;
/* NULL with 503 on ctx where there are STREAM_LIMIT streams. `closed(arg)` is called once, when the client is gone or the server
 * stops, before the stream is freed; no send may come after it returned. */
struct stream *stream_open(struct request *req, struct response *res, void (*closed)(void *arg), void *arg);
bool stream_send(struct stream *stream, struct str text);
/* Ends it once what waits is sent. */
void stream_end(struct stream *stream);

#endif
