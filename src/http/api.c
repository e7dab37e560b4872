/* api.c - the JSON API of every entity: lists, records, changes, actions, children. */
#include "http/api.h"

#include "core/access.h"
#include "core/bulk.h"
#include "core/change_set.h"
#include "core/registry.h"
#include "core/repo.h"
#include "core/search.h"
#include "http/export_api.h"
#include "http/file_route.h"
#include "http/import_api.h"
#include "http/merge_api.h"
#include "http/password_route.h"
#include "http/router.h"

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

/* Takes the parameters that are among `allowed` (words; NULL: all that lists know). */
static bool read_params(struct request *req, struct query *q, const char *allowed) {
    if (req->ctx.errors.count) return false;
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        bool known = !allowed || str_in_words(allowed, p->name);
        if (known) query_param(q, p->name, p->value, &known);
        if (!known)
            errors_add(&req->ctx.errors, 400, "unknown_parameter", str_cstr(req->ctx.arena, p->name),
                       "There is no parameter '%.*s'.", STR_ARG(p->name));
    }
    return req->ctx.errors.count == 0;
}

/* The fields that the client chose to be shown; NULL: all. What else is read for them is not answered. */
static const struct field_set *chosen(struct arena *arena, const struct query *q) {
    bool any = false;
    for (size_t i = 0; i < sizeof q->fields.bits / sizeof *q->fields.bits; i++) any = any || q->fields.bits[i];
    if (!any) return NULL;
    struct field_set *shown = arena_alloc(arena, sizeof *shown);
    *shown = q->fields;
    return shown;
}

static void read_included(struct query *q) {
    for (int i = 0; i < q->include_count; i++) field_set_add(&q->fields, q->includes[i]->index);
}

/* "client_id" is answered as "client", "photo_file_id" as "photo_file". */
static struct str include_name(const struct field *f) {
    return str_ends(f->name, STR("_id")) ? str_slice(f->name, 0, f->name.len - 3) : f->name;
}

static void write_included(struct buf *b, struct ctx *ctx, const struct query *q, const struct row *row) {
    for (int i = 0; i < q->include_count; i++) {
        const struct field *f = q->includes[i];
        struct value id = row->values[f->index];
        struct row *found = value_is_null(id) ? NULL : query_one(ctx, f->to, id.integer, MAY_READ, false);
        buf_char(b, ',');
        buf_json(b, include_name(f));
        buf_char(b, ':');
        if (found) row_json(b, &ctx->env, found, NULL);
        else buf_lit(b, "null");
    }
}

static void write_record(struct buf *b, struct ctx *ctx, const struct query *q, const struct row *row,
                         const struct field_set *shown) {
    row_json(b, &ctx->env, row, shown);
    if (!q->include_count) return;
    b->len--; /* into the object */
    write_included(b, ctx, q, row);
    buf_char(b, '}');
}

struct list_writer {
    struct ctx *ctx;
    struct buf *b;
    const struct field_set *shown;
    bool first;
};

static void write_row(void *arg, const struct row *row) {
    struct list_writer *w = arg;
    if (!w->first) buf_char(w->b, ',');
    w->first = false;
    row_json(w->b, &w->ctx->env, row, w->shown);
}

static void write_list(struct request *req, struct response *res, struct query *q) {
    struct buf *b = &res->body;
    struct rows rows;
    const struct field_set *shown = chosen(req->ctx.arena, q);
    struct list_writer w = {&req->ctx, b, shown, true};
    if (shown) read_included(q);
    buf_lit(b, "{\"data\":[");
    if (!q->include_count) {
        if (!query_each(q, &rows, write_row, &w)) {
            respond_errors(req, res);
            return;
        }
    } else {
        if (!query_rows(q, &rows)) {
            respond_errors(req, res);
            return;
        }
        for (int i = 0; i < rows.count; i++) {
            if (i) buf_char(b, ',');
            write_record(b, &req->ctx, q, rows.at[i], shown);
        }
    }
    buf_lit(b, "],\"next\":");
    if (rows.next.len) buf_json(b, rows.next);
    else buf_lit(b, "null");
    if (rows.total >= 0) {
        buf_lit(b, ",\"total\":");
        buf_int(b, rows.total);
    }
    buf_lit(b, "}\n");
    respond_json(res, 200);
}

static void api_list(struct request *req, struct response *res) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    if (!read_params(req, q, NULL)) {
        respond_errors(req, res);
        return;
    }
    write_list(req, res, q);
}

static struct str etag_of(struct arena *arena, const struct row *row) {
    int version = row->entity->version;
    return version < 0 ? STR("") : str_printf(arena, "\"%lld\"", (long long)row->values[version].integer);
}

static void not_found(struct request *req, struct response *res, const struct entity *entity) {
    errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such %s.",
               str_cstr(req->ctx.arena, lang_inside(req->ctx.arena, str_of(entity->decl->one))));
    respond_errors(req, res);
}

static void api_get(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct query *q = query_new(&req->ctx, entity);
    if (!read_params(req, q, "fields include trash")) {
        respond_errors(req, res);
        return;
    }
    if (!access_may(req->ctx.actor, entity, MAY_READ)) {
        access_deny(&req->ctx, entity, MAY_READ);
        respond_errors(req, res);
        return;
    }
    const struct field_set *shown = chosen(req->ctx.arena, q);
    if (shown) read_included(q);
    struct row *row = query_one_of(q, req->id);
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    if (!row) {
        if (!merge_api_moved(req, res)) not_found(req, res, entity);
        return;
    }
    /* What is included or chosen may change while the version stands, so only the plain record has a validator. */
    if (!q->include_count && !shown && entity->version >= 0 && respond_not_modified(req, res, etag_of(req->ctx.arena, row)))
        return;
    write_record(&res->body, &req->ctx, q, row, shown);
    buf_char(&res->body, '\n');
    respond_json(res, 200);
}

/* ---- changing ------------------------------------------------------------------------------------------------------------- */

/* If-Match names the version that the client saw; 0 where it did not say, -1 where no version can match. Of several the newest
 * counts: versions only rise. */
static int64_t if_version(const struct request *req) {
    struct str list = request_header(req, "If-Match"), tag;
    int64_t newest = -1, version;
    if (!list.len || str_eqc(str_trim(list), "*")) return 0;
    while (str_split(&list, ',', &tag)) {
        tag = str_trim(tag);
        bool quoted = tag.len > 2 && tag.ptr[0] == '"' && tag.ptr[tag.len - 1] == '"';
        if (quoted && str_to_int(str_slice(tag, 1, tag.len - 1), &version) && version > newest && version > 0) newest = version;
    }
    return newest;
}

static void answer_row(struct request *req, struct response *res, int status, const struct row *row) {
    if (!row || req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct str etag = etag_of(req->ctx.arena, row);
    if (etag.len) respond_header(res, req->ctx.arena, "ETag", etag);
    if (req->ctx.ended_set_id)
        respond_header(res, req->ctx.arena, "Change-Set-Id",
                       str_printf(req->ctx.arena, "%lld", (long long)req->ctx.ended_set_id));
    row_json(&res->body, &req->ctx.env, row, NULL);
    buf_char(&res->body, '\n');
    respond_json(res, status);
}

static void create(struct request *req, struct response *res, struct repo_input *in) {
    struct row *row = repo_create(in);
    if (row)
        respond_header(res, req->ctx.arena, "Location",
                       str_printf(req->ctx.arena, "/api/v1/%.*s/%lld", STR_ARG(in->entity->name), (long long)row_id(row)));
    answer_row(req, res, 201, row);
}

static void api_create(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    if (!body) {
        respond_errors(req, res);
        return;
    }
    struct repo_input in = repo_input(&req->ctx, req->route->entity, 0);
    repo_input_json(&in, body);
    create(req, res, &in);
}

static void api_update(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    if (!body) {
        respond_errors(req, res);
        return;
    }
    struct repo_input in = repo_input(&req->ctx, req->route->entity, req->id);
    in.if_version = if_version(req);
    repo_input_json(&in, body);
    answer_row(req, res, 200, repo_update(&in, req->id));
}

static void api_delete(struct request *req, struct response *res) {
    if (!repo_delete(&req->ctx, req->route->entity, req->id, if_version(req))) {
        respond_errors(req, res);
        return;
    }
    respond_header(res, req->ctx.arena, "Change-Set-Id", str_printf(req->ctx.arena, "%lld", (long long)req->ctx.ended_set_id));
    res->status = 204;
}

static void api_restore(struct request *req, struct response *res) {
    answer_row(req, res, 200, repo_restore(&req->ctx, req->route->entity, req->id));
}

static void api_merge(struct request *req, struct response *res) {
    answer_row(req, res, 200, merge_api_run(req, if_version(req)));
}

static void api_action(struct request *req, struct response *res) {
    struct repo_input in = repo_input(&req->ctx, req->route->entity, req->id);
    in.if_version = if_version(req);
    if (req->body.len) {
        const struct json *body = request_json(req);
        if (!body) {
            respond_errors(req, res);
            return;
        }
        repo_input_json(&in, body);
    }
    answer_row(req, res, 200, repo_action(&in, req->id, req->route->action));
}

/* ---- children ------------------------------------------------------------------------------------------------------------- */

static bool parent_there(struct request *req, struct response *res) {
    if (query_one(&req->ctx, req->route->parent, req->id, MAY_READ, false)) return true;
    if (!req->ctx.errors.count) not_found(req, res, req->route->parent);
    else respond_errors(req, res);
    return false;
}

static void api_children(struct request *req, struct response *res) {
    const struct route *route = req->route;
    struct query *q = query_new(&req->ctx, route->entity);
    if (!read_params(req, q, NULL)) {
        respond_errors(req, res);
        return;
    }
    if (!parent_there(req, res)) return;
    query_where(q, route->via->decl->name, OP_EQ, value_int(req->id));
    if (!route->via->to) query_where(q, route->via->pair->decl->name, OP_EQ, value_text(route->parent->name));
    write_list(req, res, q);
}

/* The address says whose child it is; a body that says otherwise is a mistake somewhere. */
static void belongs(struct repo_input *in, const struct field *f, struct value owner) {
    if (field_set_has(&in->given, f->index) && !value_eq(in->values[f->index], owner))
        errors_add(&in->ctx->errors, 422, "other_parent", f->decl->name, "%s is another one than the address names.",
                   f->decl->label);
    repo_input_value(in, f->decl->name, owner);
}

static void api_create_child(struct request *req, struct response *res) {
    const struct route *route = req->route;
    if (!parent_there(req, res)) return;
    const struct json *body = request_json(req);
    if (!body) {
        respond_errors(req, res);
        return;
    }
    struct repo_input in = repo_input(&req->ctx, route->entity, 0);
    repo_input_json(&in, body);
    belongs(&in, route->via, value_int(req->id));
    if (!route->via->to) belongs(&in, route->via->pair, value_text(route->parent->name));
    create(req, res, &in);
}

/* ---- many at once --------------------------------------------------------------------------------------------------------- */

static void api_bulk(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    if (!body) {
        respond_errors(req, res);
        return;
    }
    struct bulk_result result;
    if (!bulk_request(&req->ctx, req->route->entity, body, &result)) {
        respond_errors(req, res);
        return;
    }
    bulk_json(&res->body, &result);
    respond_json(res, 200);
}

ROUTE("POST", "/api/v1/change_sets/{id}/undo", api_undo, RUN_WORKER | API)
void api_undo(struct request *req, struct response *res) {
    struct undo_result result;
    if (!change_set_undo(&req->ctx, req->id, &result)) {
        respond_errors(req, res);
        return;
    }
    buf_printf(&res->body, "{\"undone\":%lld,\"conflicts\":%lld}\n", (long long)result.undone, (long long)result.conflicts);
    respond_json(res, 200);
}

ROUTE("GET", "/api/v1/search", api_search, RUN_READ | API)
void api_search(struct request *req, struct response *res) {
    struct search_hit *hits;
    int count;
    const struct entity *only = NULL;
    struct str entity_name = request_arg(req, "entity"), words = request_arg(req, "q");
    if (entity_name.len) {
        only = registry_find(entity_name);
        if (!only)
            errors_add(&req->ctx.errors, 400, "unknown_entity", "entity", "There is no entity '%.*s'.", STR_ARG(entity_name));
    }
    if (words.len > 200) errors_add(&req->ctx.errors, 400, "too_long", "q", "Search for at most 200 characters.");
    if (req->ctx.errors.count || !search_find(&req->ctx, words, only, SEARCH_ANYWHERE, 50, &hits, &count)) {
        respond_errors(req, res);
        return;
    }
    buf_lit(&res->body, "{\"data\":[");
    for (int i = 0; i < count; i++) {
        if (i) buf_char(&res->body, ',');
        buf_lit(&res->body, "{\"entity\":");
        buf_json(&res->body, hits[i].entity->name);
        buf_lit(&res->body, ",\"id\":");
        buf_int(&res->body, row_id(hits[i].row));
        buf_lit(&res->body, ",\"title\":");
        buf_json(&res->body, row_title(req->ctx.arena, hits[i].row));
        buf_char(&res->body, '}');
    }
    buf_lit(&res->body, "]}\n");
    respond_json(res, 200);
}

/* ---- routes --------------------------------------------------------------------------------------------------------------- */

static void add(const char *method, struct str pattern, handler_fn *handler, unsigned flags, struct route more) {
    struct route *route = malloc(sizeof *route); /* for the life of the process, like the router that keeps it */
    if (!route) abort();
    *route = more;
    route->method = method;
    route->pattern = pattern.ptr;
    route->handler = handler;
    route->flags = flags | API;
    password_route(route);
    router_add(route);
}

static void add_create(struct str pattern, handler_fn *handler, struct route more) {
    if (entity_is(more.entity, ENTITY_UPLOAD)) add("POST", pattern, file_route_create, RUN_WORKER | UPLOAD, more);
    else add("POST", pattern, handler, RUN_WRITE, more);
}

static bool refers(const struct entity *child, const struct entity *parent) {
    const struct field *f;
    for (int i = 0; (f = registry_referrer(parent, i)); i++)
        if (f->entity == child) return true;
    return false;
}

static void add_children(struct arena *arena, const struct entity *parent) {
    const struct field *f;
    for (int i = 0; (f = registry_referrer(parent, i)); i++) {
        const struct entity *child = f->entity;
        if (entity_is(child, ENTITY_INTERNAL) || child == parent) continue;
        bool first = true; /* of two references to the same parent, the one that makes it its parent, else the first */
        const struct field *other;
        for (int k = 0; (other = registry_referrer(parent, k)); k++)
            if (other->entity == child && other != f && (child->parent == other || (child->parent != f && k < i))) first = false;
        if (!first) continue;
        struct route more = {.entity = child, .parent = parent, .via = f};
        struct str path = str_printf(arena, "/api/v1/%s/{id}/%s", parent->decl->name, child->decl->name);
        add("GET", path, api_children, RUN_READ, more);
        if (!(entity_is(child, ENTITY_READ_ONLY) || f->flags & READ_ONLY)) add_create(path, api_create_child, more);
    }
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *child = registry_at(e);
        const struct field *type = entity_field(child, STR("subject_type"));
        if (entity_is(child, ENTITY_INTERNAL) || !type || !str_in_words(type->decl->subjects, parent->name)) continue;
        if (refers(child, parent)) continue; /* a reference of its own says it better */
        struct route more = {.entity = child, .parent = parent, .via = type->pair};
        struct str path = str_printf(arena, "/api/v1/%s/{id}/%s", parent->decl->name, child->decl->name);
        add("GET", path, api_children, RUN_READ, more);
        if (!entity_is(child, ENTITY_READ_ONLY)) add_create(path, api_create_child, more);
    }
}

static void add_changes(struct arena *arena, const struct entity *entity, struct str list, struct str one) {
    struct route more = {.entity = entity};
    add_create(list, api_create, more);
    if (!entity_is(entity, ENTITY_UPLOAD))
        add("POST", str_printf(arena, "%s/import", list.ptr), api_import, RUN_WORKER | UPLOAD, more);
    if (entity_is(entity, ENTITY_APPEND_ONLY)) return;
    add("PATCH", one, api_update, RUN_WRITE, more);
    add("DELETE", one, api_delete, RUN_WRITE, more);
    add("POST", str_printf(arena, "%s/bulk", list.ptr), api_bulk, RUN_WORKER, more);
    if (entity->deleted_at >= 0) add("POST", str_printf(arena, "%s/restore", one.ptr), api_restore, RUN_WRITE, more);
    if (merge_possible(entity)) {
        add("GET", str_printf(arena, "%s/duplicates", list.ptr), merge_api_duplicates, RUN_WORKER, more);
        add("POST", str_printf(arena, "%s/merge", one.ptr), api_merge, RUN_WRITE, more);
    }
    for (int i = 0; i < entity->decl->action_count; i++) {
        more.action = &entity->decl->actions[i];
        add("POST", str_printf(arena, "%s/%s", one.ptr, more.action->name), api_action, RUN_WRITE, more);
    }
}

void api_routes(void) {
    static struct arena *arena; /* patterns, for the life of the process */
    if (arena) return;
    arena = arena_new(4u << 20);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (entity_is(entity, ENTITY_INTERNAL)) continue;
        struct str list = str_printf(arena, "/api/v1/%s", entity->decl->name), one = str_printf(arena, "%s/{id}", list.ptr);
        struct route more = {.entity = entity};
        add("GET", list, api_list, RUN_READ, more);
        add("GET", one, api_get, RUN_READ, more);
        add("GET", str_printf(arena, "%s/export", list.ptr), api_export, RUN_WORKER, more);
        if (!entity_is(entity, ENTITY_READ_ONLY)) add_changes(arena, entity, list, one);
        add_children(arena, entity);
    }
}
