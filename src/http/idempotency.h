/* idempotency.h - POST with an Idempotency-Key: done once, answered the same however often it is sent.
 *
 * The answer is stored in the write that it tells of. As there is one writer, of two that come together the second finds the
 * first one's answer. What runs on a worker reserves its key first and settles it afterwards; meanwhile the same key gets 409.
 * Keys belong to a user and a route, and are kept for a day. A secret that an answer shows is not kept: who asks again
 * is told everything but that (response.repeated).
 */
#ifndef HTTP_IDEMPOTENCY_H
#define HTTP_IDEMPOTENCY_H

#include "http/server_impl.h"

/* Reads the header, before the handler; false with an error where it is malformed. */
bool idempotency_prepare(struct exchange *ex);
/* On the writer: false where the answer is ready (replayed, or an error). */
bool idempotency_before(struct exchange *ex);
void idempotency_after(struct exchange *ex);
/* On a worker: the same in writes of their own. */
bool idempotency_reserve(struct exchange *ex);
void idempotency_settle(struct exchange *ex);

#endif
