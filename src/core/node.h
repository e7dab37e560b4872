/* node.h - ids, unique over all tables and over all processes that write to one database.
 *
 * An id is the time since 2024 in 128ths of a millisecond, and in its lowest six bits the number, 0 to 63, of the node that
 * made it: 34 years below 2^53, so that every JSON reader holds it exactly. Each process leases a number for as long as it
 * writes: a row of `nodes`, renewed every 10 seconds and free for others after 60 seconds, or at once where its process is seen
 * to have ended. A process that could not renew for 45 seconds writes no more until it can. The servers' clocks must agree
 * within 10 seconds.
 */
#ifndef CORE_NODE_H
#define CORE_NODE_H

#include "db/db.h"

/* Rising with time. A burst of more than 128 in a millisecond borrows from the future; time that jumps back is ignored. */
int64_t id_new(void);
/* Smaller than every id made from this moment on, ms UTC, by any node. */
int64_t id_of_time(int64_t time);
/* True where this process made it. */
bool id_is_own(int64_t id);

/* From now on this process writes to `db`: a number is leased before the first write (node_ready) and kept by a thread. Without
 * it, ids have the number 0: for tests, each alone with its database. */
void node_start(struct db *db);
/* Gives the number back. Before db_close. */
void node_stop(void);
/* Before a write, on a thread that may wait: true where this process has a number that nobody else has; else an error, 503. */
bool node_ready(struct errors *errors);

#endif
