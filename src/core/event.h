/* event.h - what happened, told to whoever listens: a row in `events` in the transaction of the change, and after the commit a
 * message to the listeners of this process (server-sent events). Webhooks and jobs read the rows.
 */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include "core/ctx.h"
#include "core/row.h"

struct event {
    int64_t id, tenant_id, user_id, record_id, at;
    const struct entity *entity;
    const char *verb;     /* "created", "updated", "deleted", "restored", or an action's name */
    int64_t change_set_id;
    int64_t owner_ids[4]; /* users whose record it is, 0 at the end: lets a listener with scope OWN hear it */
    int64_t client_id, location_id;
    struct event *next;   /* of the same request */
};

/* Writes the row and queues the message on ctx; inside ctx_write. */
bool event_record(struct ctx *ctx, const struct change *change, const char *verb);
/* Before any thread starts. After each commit the listener is called with its events in the order they happened, by the thread
 * that wrote or the writer's; it must copy what it keeps and return at once. */
void event_listen(void (*listener)(const struct event *event, void *arg), void *arg);
/* Hands out ctx->events (and turns the list around in doing so). */
void event_publish(struct event *events);

#endif
