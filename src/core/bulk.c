/* bulk.c - one change to many records: batches, each record by itself. */
#include "core/bulk.h"

#include "core/change_set.h"
#include "core/savepoint.h"

#define BULK_BATCH 100          /* records of one write */
#define BULK_MEMORY (64u << 20) /* for one batch */

enum bulk_verb { BULK_UPDATE, BULK_DELETE, BULK_ACTION };

/* A bulk change on its way. */
struct run {
    struct bulk *bulk;
    enum bulk_verb verb;
    const struct action_decl *action;
    const int64_t *ids;
    int count, next; /* `next`: the first that is not done */
    struct bulk_result *result;
};

static enum access_action needed(const struct run *run) {
    if (run->verb == BULK_DELETE) return MAY_DELETE;
    return run->verb == BULK_ACTION ? access_for_action(run->bulk->entity, run->action) : MAY_UPDATE;
}

/* ---- which records --------------------------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool too_many(struct ctx *ctx) {
    return errors_add(&ctx->errors, 413, "too_many", NULL, "At most %d records at once.", BULK_MAX);
}

/* Each id once, in ascending order. */
static bool take_ids(struct run *run) {
    const struct bulk *bulk = run->bulk;
    if (bulk->id_count > BULK_MAX) return too_many(bulk->ctx);
    int64_t *ids = arena_array(bulk->ctx->arena, int64_t, (size_t)bulk->id_count);
    memcpy(ids, bulk->ids, (size_t)bulk->id_count * sizeof *ids);
    qsort(ids, (size_t)bulk->id_count, sizeof *ids, by_number);
    int count = 0;
    for (int i = 0; i < bulk->id_count; i++)
        if (count == 0 || ids[count - 1] != ids[i]) ids[count++] = ids[i];
    run->ids = ids;
    run->count = count;
    return true;
}

struct found {
    int64_t *ids;
    int count;
};

static void take_found(void *arg, const struct row *row) {
    struct found *found = arg;
    if (found->count <= BULK_MAX) found->ids[found->count++] = row_id(row);
}

/* All that the query finds and the actor may change, before anything is changed: a change must not alter what is found. */
static bool take_query(struct run *run) {
    struct query *q = run->bulk->query;
    struct found found = {.ids = arena_array(q->ctx->arena, int64_t, BULK_MAX + 1)};
    q->action = needed(run);
    q->fields = (struct field_set){.bits = {0}};
    field_set_add(&q->fields, q->entity->id);
    q->limit = QUERY_MAX_LIMIT;
    q->titles = q->count = false;
    query_sort(q, "id");
    struct rows rows;
    do {
        if (!query_each(q, &rows, take_found, &found)) return false;
        if (found.count > BULK_MAX) return too_many(q->ctx);
        q->cursor = rows.next;
    } while (rows.next.len);
    run->ids = found.ids;
    run->count = found.count;
    return true;
}

/* ---- one record ------------------------------------------------------------------------------------------------------ */

struct one {
    const struct run *run;
    int64_t id;
};

static struct str summary_of(struct ctx *ctx, const struct run *run) {
    const struct entity_decl *decl = run->bulk->entity->decl;
    const char *verb = run->verb == BULK_ACTION ? run->action->label : run->verb == BULK_DELETE ? N_("Delete") : N_("Change");
    return lang_printf(ctx->arena, "%s: %d %s", verb, run->count, run->count == 1 ? decl->one : decl->many);
}

/* The first record that can be changed brings the change-set with it. */
static bool change_one(struct ctx *ctx, void *arg) {
    const struct one *one = arg;
    const struct run *run = one->run;
    const struct entity *entity = run->bulk->entity;
    const char *kind = run->verb == BULK_DELETE ? "delete" : "bulk";
    if (!ctx->change_set_id && !change_set_begin(ctx, kind, entity, summary_of(ctx, run))) return false;
    if (run->verb == BULK_DELETE) return repo_delete(ctx, entity, one->id, 0);
    struct repo_input in = repo_input(ctx, entity, one->id);
    if (run->bulk->fill && !run->bulk->fill(&in, run->bulk->arg)) return false;
    return run->verb == BULK_ACTION ? repo_action(&in, one->id, run->action) != NULL : repo_update(&in, one->id) != NULL;
}

/* What is wrong with the request whatever the record: no right, fields that do not exist, texts that cannot be read. */
static bool check_request(const struct run *run) {
    struct ctx *ctx = run->bulk->ctx;
    if (!access_may(ctx->actor, run->bulk->entity, needed(run))) return access_deny(ctx, run->bulk->entity, needed(run));
    if (run->verb == BULK_DELETE || !run->bulk->fill) return true;
    struct repo_input in = repo_input(ctx, run->bulk->entity, 0);
    return run->bulk->fill(&in, run->bulk->arg) && ctx->errors.count == 0;
}

/* ---- batches --------------------------------------------------------------------------------------------------------- */

static bool run_batch(struct ctx *ctx, void *arg) {
    struct run *run = arg;
    struct bulk_result *result = run->result;
    ctx->change_set_id = result->change_set_id;
    for (int end = run->next + BULK_BATCH; run->next < run->count && run->next < end; run->next++) {
        struct one one = {run, run->ids[run->next]};
        struct errors why;
        if (savepoint_try(ctx, change_one, &one, &why))
            result->done++;
        else if (ctx->errors.count)
            return false;
        else
            result->failures[result->failure_count++] = (struct bulk_failure){one.id, why};
    }
    result->change_set_id = ctx->change_set_id;
    return !result->change_set_id || change_set_end(ctx, result->change_set_id, result->done);
}

static bool write_batch(struct run *run) {
    struct ctx *ctx = run->bulk->ctx, part = *ctx;
    struct bulk_result before = *run->result;
    part.arena = part.env.arena = arena_new(BULK_MEMORY);
    arena_speak(part.arena, arena_lang(ctx->arena));
    bool ok = ctx_write(&part, run_batch, run);
    ctx->errors = part.errors; // these live in the caller's arena
    arena_free(part.arena);
    if (!ok) *run->result = before; // nothing of this batch stands
    return ok;
}

static bool run_all(struct run *run) {
    struct bulk *bulk = run->bulk;
    *run->result = (struct bulk_result){0};
    if (!check_request(run) || !(bulk->query ? take_query(run) : take_ids(run))) return false;
    run->result->failures = arena_array(bulk->ctx->arena, struct bulk_failure, (size_t)run->count);
    while (run->next < run->count)
        if (!write_batch(run)) return false;
    return true;
}

bool bulk_update(struct bulk *bulk, struct bulk_result *result) {
    return run_all(&(struct run){.bulk = bulk, .verb = BULK_UPDATE, .result = result});
}

bool bulk_delete(struct bulk *bulk, struct bulk_result *result) {
    return run_all(&(struct run){.bulk = bulk, .verb = BULK_DELETE, .result = result});
}

bool bulk_action(struct bulk *bulk, const struct action_decl *action, struct bulk_result *result) {
    return run_all(&(struct run){.bulk = bulk, .verb = BULK_ACTION, .action = action, .result = result});
}

/* ---- the request ----------------------------------------------------------------------------------------------------- */

bool bulk_fill_json(struct repo_input *in, void *json) {
    return repo_input_json(in, json);
}

static bool read_ids(struct bulk *bulk, const struct json *list) {
    size_t count = json_count(list);
    if (json_type(list) != JSON_T_ARRAY || count == 0)
        return errors_add(&bulk->ctx->errors, 400, "bad_value", "ids", "Send the ids as a list of numbers.");
    if (count > BULK_MAX) return too_many(bulk->ctx);
    int64_t *ids = arena_array(bulk->ctx->arena, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        if (json_type(json_at(list, i)) != JSON_T_INT)
            return errors_add(&bulk->ctx->errors, 400, "bad_value", "ids", "Send the ids as a list of numbers.");
        ids[i] = json_int(json_at(list, i));
    }
    bulk->ids = ids;
    bulk->id_count = (int)count;
    return true;
}

/* A value of a filter as the text that a URL would carry. */
static bool filter_text(struct buf *b, const struct json *value) {
    switch (json_type(value)) {
    case JSON_T_STRING:
        buf_add(b, json_text(value));
        return true;
    case JSON_T_INT:
    case JSON_T_REAL:
        buf_add(b, json_number_text(b->arena, value));
        return true;
    case JSON_T_BOOL:
        buf_cstr(b, json_bool(value) ? "true" : "false");
        return true;
    case JSON_T_NULL:
        return true; // an empty value: has none
    case JSON_T_ARRAY:
        break;
    default:
        return false;
    }
    for (size_t i = 0; i < json_count(value); i++) {
        if (i) buf_char(b, ',');
        if (json_type(json_at(value, i)) == JSON_T_ARRAY || !filter_text(b, json_at(value, i))) return false;
    }
    return true;
}

static bool add_filter(struct query *q, struct str name, const struct json *value) {
    struct buf text = buf_new(q->ctx->arena, 64);
    if (!filter_text(&text, value))
        return errors_add(&q->ctx->errors, 400, "bad_filter", "filter",
                          "A filter's value is a text, a number, true, false or a list of them.");
    bool known;
    return query_param(q, name, buf_str(&text), &known);
}

/* {"score":{"gte":80},"rating":["hot","warm"]}: the filters of the list, at least one. */
static bool read_filter(struct bulk *bulk, const struct json *filter) {
    struct ctx *ctx = bulk->ctx;
    struct query *q = query_new(ctx, bulk->entity);
    void *it = NULL;
    struct str field;
    const struct json *value;
    while (json_type(filter) == JSON_T_OBJECT && json_next(filter, &it, &field, &value)) {
        if (json_type(value) != JSON_T_OBJECT) {
            if (!add_filter(q, str_printf(ctx->arena, "filter[%.*s]", STR_ARG(field)), value)) return false;
            continue;
        }
        void *inner = NULL;
        struct str op;
        const struct json *operand;
        while (json_next(value, &inner, &op, &operand))
            if (!add_filter(q, str_printf(ctx->arena, "filter[%.*s][%.*s]", STR_ARG(field), STR_ARG(op)), operand)) return false;
    }
    if (q->filter_count == 0)
        return errors_add(&ctx->errors, 400, "empty_filter", "filter", "Send an object with at least one filter.");
    bulk->query = q;
    return true;
}

static bool only_known(struct ctx *ctx, const struct json *body) {
    void *it = NULL;
    struct str key;
    const struct json *value;
    while (json_next(body, &it, &key, &value))
        if (!str_in_words("ids filter set delete action input", key))
            errors_add(&ctx->errors, 400, "unknown_field", str_cstr(ctx->arena, key), "A bulk request has no '%.*s'.",
                       STR_ARG(key));
    return ctx->errors.count == 0;
}

static bool request_action(struct bulk *bulk, struct str name, const struct json *input, struct bulk_result *result) {
    const struct action_decl *action = entity_action(bulk->entity, name);
    if (!action)
        return errors_add(&bulk->ctx->errors, 400, "unknown_action", "action", "%s have no action '%.*s'.",
                          bulk->entity->decl->many, STR_ARG(name));
    bulk->fill = input ? bulk_fill_json : NULL;
    bulk->arg = (void *)(uintptr_t)input;
    return bulk_action(bulk, action, result);
}

bool bulk_request(struct ctx *ctx, const struct entity *entity, const struct json *body, struct bulk_result *result) {
    *result = (struct bulk_result){0};
    if (json_type(body) != JSON_T_OBJECT)
        return errors_add(&ctx->errors, 400, "not_an_object", NULL,
                          "Send a JSON object with ids or filter, and set, delete or action.");
    if (!only_known(ctx, body)) return false;
    const struct json *ids = json_get(body, STR("ids")), *filter = json_get(body, STR("filter"));
    const struct json *set = json_get(body, STR("set")), *remove = json_get(body, STR("delete"));
    const struct json *action = json_get(body, STR("action"));
    if (!ids == !filter) return errors_add(&ctx->errors, 400, "bad_value", "ids", "Send either ids or filter.");
    bool removes = json_type(remove) == JSON_T_BOOL && json_bool(remove);
    if ((set != NULL) + (remove != NULL) + (action != NULL) != 1 || (remove && !removes))
        return errors_add(&ctx->errors, 400, "bad_value", "set",
                          "Send one of set (an object), delete (true) or action (its name).");
    struct bulk bulk = {.ctx = ctx, .entity = entity, .fill = bulk_fill_json, .arg = (void *)(uintptr_t)set};
    if (!(ids ? read_ids(&bulk, ids) : read_filter(&bulk, filter))) return false;
    if (removes) return bulk_delete(&bulk, result);
    if (action) return request_action(&bulk, json_text(action), json_get(body, STR("input")), result);
    return bulk_update(&bulk, result);
}

static void error_json(struct buf *b, const struct error *error) {
    buf_lit(b, "{\"code\":");
    buf_json(b, str_of(error->code));
    if (error->field.len) {
        buf_lit(b, ",\"field\":");
        buf_json(b, error->field);
    }
    buf_lit(b, ",\"message\":");
    buf_json(b, error->message);
    buf_char(b, '}');
}

void bulk_json(struct buf *b, const struct bulk_result *result) {
    buf_lit(b, "{\"change_set_id\":");
    if (result->change_set_id)
        buf_int(b, result->change_set_id);
    else
        buf_lit(b, "null");
    buf_lit(b, ",\"done\":");
    buf_int(b, result->done);
    buf_lit(b, ",\"failed\":[");
    for (int i = 0; i < result->failure_count; i++) {
        if (i) buf_char(b, ',');
        buf_lit(b, "{\"id\":");
        buf_int(b, result->failures[i].id);
        buf_lit(b, ",\"errors\":[");
        for (const struct error *e = result->failures[i].errors.first; e; e = e->next) {
            if (e != result->failures[i].errors.first) buf_char(b, ',');
            error_json(b, e);
        }
        buf_lit(b, "]}");
    }
    buf_lit(b, "]}");
}
