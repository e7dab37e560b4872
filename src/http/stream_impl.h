/* stream_impl.h - what the server does with streams; handlers see stream.h. */
#ifndef HTTP_STREAM_IMPL_H
#define HTTP_STREAM_IMPL_H

#include "http/server_impl.h"
#include "http/stream.h"

/* On the HTTP thread: what to send now. 0 where there is nothing: the connection is suspended then; -1 at the end. */
ssize_t stream_take(struct stream *stream, char *to, size_t max);
/* The exchange has ended. */
void stream_free(struct stream *stream);
/* A comment to every stream. */
void streams_beat(struct server *server);
/* Ends all. */
void streams_close(struct server *server);

#endif
