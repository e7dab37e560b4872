/* event.c - events: their rows, and their way to the listeners of this process. */
#include "core/event.h"

#include "core/registry.h"

#define MAX_LISTENERS 8

static struct {
    void (*call)(const struct event *event, void *arg);
    void *arg;
} listeners[MAX_LISTENERS];
static int listener_count;

void event_listen(void (*listener)(const struct event *event, void *arg), void *arg) {
    if (listener_count == MAX_LISTENERS) {
        fprintf(stderr, "more than %d listeners for events\n", MAX_LISTENERS);
        abort();
    }
    listeners[listener_count].call = listener;
    listeners[listener_count++].arg = arg;
}

static int64_t id_at(const struct row *row, const struct field *field) {
    return field && field->stored && row->values[field->index].type == VALUE_INT ? row->values[field->index].integer : 0;
}

static void add_owner(struct event *event, int64_t user_id) {
    if (!user_id) return;
    for (size_t i = 0; i < sizeof event->owner_ids / sizeof *event->owner_ids; i++) {
        if (event->owner_ids[i] == user_id) return;
        if (event->owner_ids[i]) continue;
        event->owner_ids[i] = user_id;
        return;
    }
}

static void add_owners(struct event *event, const struct row *row) {
    struct str rest = str_of(row->entity->decl->owner), word;
    while (str_word(&rest, &word)) add_owner(event, id_at(row, entity_field(row->entity, word)));
    if (row->entity->created_by_id >= 0) add_owner(event, id_at(row, &row->entity->fields[row->entity->created_by_id]));
}

static struct value id_or_none(int64_t id) {
    return id ? value_int(id) : VALUE_NONE;
}

static bool insert(struct ctx *ctx, const struct event *event) {
    return sql_defer(ctx,
                    "INSERT INTO events (id, tenant_id, entity_type, entity_id, verb, user_id, change_set_id, request_id, "
                    "created_at) VALUES (:id, :tenant, :entity, :record, :verb, :user, :set, :request, :now)",
                    ARGS({":id", value_int(event->id)}, {":entity", value_text(event->entity->name)},
                         {":record", value_int(event->record_id)}, {":verb", value_text(str_of(event->verb))},
                         {":user", id_or_none(event->user_id)}, {":set", id_or_none(event->change_set_id)},
                         {":request", ctx->request_id.len ? value_text(ctx->request_id) : VALUE_NONE}));
}

bool event_record(struct ctx *ctx, const struct change *change, const char *verb) {
    const struct entity *entity = change->entity;
    if (entity_is(entity, ENTITY_NO_AUDIT | ENTITY_INTERNAL) || !ctx->tenant_id) return true;
    const struct row *row = change->row ? change->row : change->old;
    struct event *event = arena_alloc(ctx->arena, sizeof *event);
    *event = (struct event){.id = id_new(),
                            .tenant_id = ctx->tenant_id,
                            .user_id = ctx->actor->user_id,
                            .record_id = row_id(row),
                            .at = ctx->now,
                            .entity = registry_at(entity->index), /* a company's own form of it ends with the request */
                            .verb = verb,
                            .change_set_id = ctx->change_set_id,
                            .client_id = id_at(row, entity->client),
                            .location_id = id_at(row, entity->location),
                            .next = ctx->events};
    add_owners(event, row);
    // Whose it was until now shall hear that it is theirs no longer.
    if (change->old && change->old != row) add_owners(event, change->old);
    if (!insert(ctx, event)) return false;
    ctx->events = event;
    return true;
}

static struct event *reversed(struct event *list) {
    struct event *result = NULL;
    while (list) {
        struct event *next = list->next;
        list->next = result;
        result = list;
        list = next;
    }
    return result;
}

void event_publish(struct event *events) {
    for (const struct event *event = reversed(events); event; event = event->next)
        for (int i = 0; i < listener_count; i++) listeners[i].call(event, listeners[i].arg);
}
