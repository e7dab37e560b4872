/* file_route.c - files in and out (file_route.h). */
#include "http/file_route.h"

#include "base/utf8.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/file_store.h"
#include "http/file_thumb.h"
#include "http/form_page.h"
#include "http/server.h"

ROUTE("GET", "/files/{id}/content", file_route_content, RUN_READ)
ROUTE("GET", "/api/v1/files/{id}/content", file_route_content_api, RUN_READ | API)
ROUTE("GET", "/files/{id}/thumbnail", file_route_thumbnail, RUN_WORKER)
ROUTE("GET", "/api/v1/files/{id}/thumbnail", file_route_thumbnail_api, RUN_WORKER | API)

#define NAME_MOST 200

/* ---- in -------------------------------------------------------------------------------------------------------------------- */

struct upload {
    struct request *req;
    const struct entity *entity;
    struct file_stored stored;
    struct row *row;
};

static void take_fields(struct request *req, struct repo_input *in) {
    const struct route *route = req->route;
    for (int i = 0; i < req->form.count; i++) {
        struct str name = req->form.at[i].name;
        if (!str_in_words("_csrf complete version back", name)) repo_input_text(in, name, req->form.at[i].value);
    }
    if (!route->via) return;
    repo_input_value(in, route->via->decl->name, value_int(req->id));
    if (!route->via->to) repo_input_value(in, route->via->pair->decl->name, value_text(route->parent->name));
}

/* People's fields are taken as theirs; only what the server found out itself is trusted. */
static bool save(struct ctx *ctx, void *arg) {
    struct upload *u = arg;
    struct repo_input in = repo_input(ctx, u->entity, 0);
    take_fields(u->req, &in);
    if (ctx->errors.count) return false;
    struct str name = utf8_prefix(u->req->body_name, NAME_MOST);
    in.trusted = true;
    if (!request_form(u->req, "name").len) repo_input_value(&in, "name", value_text(name.len ? name : STR("file")));
    repo_input_value(&in, "mime_type", value_text(u->stored.type));
    repo_input_value(&in, "file_size", value_int(u->stored.size));
    repo_input_value(&in, "storage_key", value_text(u->stored.key));
    repo_input_value(&in, "sha256", value_text(u->stored.sha256));
    u->row = repo_create(&in);
    return u->row != NULL;
}

/* A foreign parent answers like one that is not there. */
static bool parent_there(struct request *req) {
    const struct route *route = req->route;
    if (!route->parent || query_one(&req->ctx, route->parent, req->id, MAY_READ, false)) return true;
    if (req->ctx.errors.count) return false;
    struct str one = lang_inside(req->ctx.arena, str_of(route->parent->decl->one));
    return errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such %.*s.", STR_ARG(one));
}

/* The content is in its place before the record names it: a crash in between leaves content without a record, never the other
 * way. */
static struct row *upload(struct request *req) {
    struct ctx *ctx = &req->ctx;
    struct upload u = {.req = req, .entity = req->route->entity};
    if (!access_may(ctx->actor, u.entity, MAY_CREATE)) {
        access_deny(ctx, u.entity, MAY_CREATE);
        return NULL;
    }
    if (!parent_there(req)) return NULL;
    if (!str_eqc(req->content_type, "multipart/form-data")) {
        errors_add(&ctx->errors, 415, "not_multipart", NULL, "Send the file and its fields as multipart/form-data.");
        return NULL;
    }
    if (!req->body_path) {
        errors_add(&ctx->errors, 422, "required", "file", "Choose a file.");
        return NULL;
    }
    const char *dir = server_options(req->server)->files_dir;
    if (!file_store(ctx->arena, dir, ctx->tenant_id, req->body_path, req->body_name, &u.stored, &ctx->errors)) return NULL;
    if (!ctx_write(ctx, save, &u)) return NULL;
    file_thumb_path(ctx->arena, dir, u.stored.key, u.stored.type); /* while the picture is still in memory */
    return u.row;
}

void file_route_create(struct request *req, struct response *res) {
    struct row *row = upload(req);
    if (!row) {
        respond_errors(req, res);
        return;
    }
    respond_header(res, req->ctx.arena, "ETag", str_printf(req->ctx.arena, "\"%lld\"", (long long)row_int(row, "version")));
    respond_header(res, req->ctx.arena, "Location",
                   str_printf(req->ctx.arena, "/api/v1/%s/%lld", req->route->entity->decl->name, (long long)row_id(row)));
    row_json(&res->body, &req->ctx.env, row, NULL);
    buf_char(&res->body, '\n');
    respond_json(res, 201);
}

/* To the record that it was added to, where it was. */
void file_route_page(struct request *req, struct response *res) {
    struct row *row = upload(req);
    int status = errors_status(&req->ctx.errors);
    if (!row && (status == 422 || status == 409)) {
        form_again(req, res, status);
        return;
    }
    if (!row) {
        respond_errors(req, res);
        return;
    }
    const struct entity *subject = row_null(row, "subject_id") ? NULL : registry_find(row_text(row, "subject_type"));
    struct arena *arena = req->ctx.arena;
    struct str record = subject ? frame_record_href(arena, subject, row_int(row, "subject_id"))
                                : frame_record_href(arena, row->entity, row_id(row));
    frame_created(req, res, record);
}

/* ---- out ------------------------------------------------------------------------------------------------------------------- */

/* Nothing of it is ever run, whatever it is. */
static void send(struct request *req, struct response *res, const char *path, struct str type, const char *caching) {
    res->status = 200;
    res->content_type = type;
    res->file_path = path;
    respond_header(res, req->ctx.arena, "Content-Security-Policy",
                   STR("sandbox; default-src 'none'; frame-ancestors 'none'"));
    respond_header(res, req->ctx.arena, "Cache-Control", str_of(caching));
}

static struct row *find(struct request *req) {
    return query_one(&req->ctx, registry_get("files"), req->id, MAY_READ, false);
}

static void content(struct request *req, struct response *res) {
    struct row *row = find(req);
    const char *path =
        row ? file_stored_path(req->ctx.arena, server_options(req->server)->files_dir, row_text(row, "storage_key")) : NULL;
    if (!path) {
        if (!req->ctx.errors.count)
            errors_add(&req->ctx.errors, 404, "not_found", NULL,
                       row ? "The content of this file is not on this server." : "There is no such file.");
        respond_errors(req, res);
        return;
    }
    send(req, res, path, row_text(row, "mime_type"), "private, no-store");
    respond_attachment(req, res, row_text(row, "name"));
}

void file_route_content(struct request *req, struct response *res) { content(req, res); }
void file_route_content_api(struct request *req, struct response *res) { content(req, res); }

/* Shown in pages; asked for anew each time, so that who may no longer see it does not, and sent again only where it changed. */
static void thumbnail(struct request *req, struct response *res) {
    struct row *row = find(req);
    const char *dir = server_options(req->server)->files_dir;
    const char *path =
        row ? file_thumb_path(req->ctx.arena, dir, row_text(row, "storage_key"), row_text(row, "mime_type")) : NULL;
    if (!path) {
        if (!req->ctx.errors.count)
            errors_add(&req->ctx.errors, 404, "not_found", NULL, row ? "This file has no thumbnail." : "There is no such file.");
        respond_errors(req, res);
        return;
    }
    struct str etag = str_printf(req->ctx.arena, "\"%.*s\"", STR_ARG(row_text(row, "sha256")));
    if (!respond_not_modified(req, res, etag)) send(req, res, path, STR("image/jpeg"), "private, no-cache");
}

void file_route_thumbnail(struct request *req, struct response *res) { thumbnail(req, res); }
void file_route_thumbnail_api(struct request *req, struct response *res) { thumbnail(req, res); }
