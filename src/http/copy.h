/* copy.h - reading from a copy of the database (--read-database) without missing what one has just written.
 *
 * A copy follows a moment behind. After a write its user is noted with how far the database then was (db_mark), here and, for
 * other servers, in what the client sends along: a cookie of the browser, or the header Tenon-Mark, which programs that talk to
 * several servers may repeat. What that user reads comes from the copy only once it is so far; until then, and where it is away,
 * from the database itself.
 */
#ifndef HTTP_COPY_H
#define HTTP_COPY_H

#include "http/server_impl.h"

#define COPY_HEADER "Tenon-Mark"
#define COPY_COOKIE "tenon_mark"

/* Before the handler of a request that only reads: from the copy, where it may. */
void copy_choose(struct exchange *ex);
/* After a write of this request. */
void copy_note(struct exchange *ex);

#endif
