/* site.c - what stands at well-known addresses: the manifest, the icon, the word to robots. */
#include "base/assets.h"
#include "http/http.h"

ROUTE("GET", "/manifest.webmanifest", site_manifest, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/favicon.ico", site_icon, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/robots.txt", site_robots, RUN_READ | PUBLIC | NO_DATABASE)

/* Under a name that does not change with the content, so it is kept for a day only. */
static void serve(struct request *req, struct response *res, const char *name) {
    const struct asset *asset = asset_find(asset_path(name));
    respond_header(res, req->ctx.arena, "Cache-Control", STR("public, max-age=86400"));
    res->content_type = asset->type;
    if (respond_not_modified(req, res, str_of(asset->etag))) return;
    res->body = (struct buf){.ptr = (char *)(uintptr_t)asset->body.ptr, .len = asset->body.len}; /* read only, never grown */
    res->precompressed_br = asset->br;
    res->precompressed_gz = asset->gz;
}

void site_manifest(struct request *req, struct response *res) { serve(req, res, "manifest.webmanifest"); }
void site_icon(struct request *req, struct response *res) { serve(req, res, "icon-180.png"); }

/* A company's records are nobody else's to index. */
void site_robots(struct request *req, struct response *res) {
    (void)req;
    respond_text(res, 200, STR("User-agent: *\nDisallow: /\n"));
}
