/* site.c - what belongs to the site and to no page: styles, scripts and pictures, the manifest, the icon, the word to robots. */
#include "base/assets.h"
#include "http/http.h"

ROUTE("GET", "/assets/{name}", site_asset, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/manifest.webmanifest", site_manifest, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/favicon.ico", site_icon, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/robots.txt", site_robots, RUN_READ | PUBLIC | NO_DATABASE)

/* The bytes are the program's own and are only read. */
static void serve(struct request *req, struct response *res, const struct asset *asset) {
    res->content_type = asset->type;
    if (respond_not_modified(req, res, str_of(asset->etag))) return;
    res->body.ptr = (char *)(uintptr_t)asset->body.ptr;
    res->body.len = res->body.cap = asset->body.len;
    res->precompressed_br = asset->br;
    res->precompressed_gz = asset->gz;
}

void site_asset(struct request *req, struct response *res) {
    const struct asset *asset = asset_find(req->path);
    if (!asset) {
        respond_text(res, 404, STR("There is no such file.\n"));
        return;
    }
    res->immutable = true; /* its path changes with its content */
    serve(req, res, asset);
}

/* Under a name that does not change, so it is kept for a day only. */
static void serve_by_name(struct request *req, struct response *res, const char *name) {
    respond_header(res, req->ctx.arena, "Cache-Control", STR("public, max-age=86400"));
    serve(req, res, asset_find(asset_path(name)));
}

void site_manifest(struct request *req, struct response *res) { serve_by_name(req, res, "manifest.webmanifest"); }
void site_icon(struct request *req, struct response *res) { serve_by_name(req, res, "icon-180.png"); }

/* A company's records are nobody else's to index. */
void site_robots(struct request *req, struct response *res) {
    (void)req;
    respond_text(res, 200, STR("User-agent: *\nDisallow: /\n"));
}
