/* event_feed.h - events of the other servers on the same database, handed to this process's listeners (event.h).
 *
 * Only tenants of whom somebody was active here lately are followed. Events do not appear in the order of their ids: what has a
 * smaller one may commit later, or come from a server whose clock is behind. So each look goes over the last 20 seconds again,
 * and leaves out what was handed on already and what this process wrote itself.
 */
#ifndef CORE_EVENT_FEED_H
#define CORE_EVENT_FEED_H

#include "db/db.h"

/* Before db_close, which ends it. False with an error. */
bool event_feed_start(struct db *db, struct errors *errors);
/* Somebody of this tenant is active here. */
void event_feed_follow(int64_t tenant_id, int64_t now);
/* After a commit with events: the other servers may look. */
void event_feed_tell(struct db *db, int64_t tenant_id);

#endif
