/* site.c - what stands at well-known addresses: the manifest, the icon, the service worker and its page, robots.txt. */
#include "base/assets.h"
#include "http/frame.h"
#include "http/http.h"
#include "templates.h"

ROUTE("GET", "/manifest.webmanifest", site_manifest, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/favicon.ico", site_icon, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/worker.js", site_worker, RUN_READ | PUBLIC | NO_DATABASE)
ROUTE("GET", "/offline", site_offline, RUN_READ | PUBLIC)
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
/* What it may fetch is said by its own policy, not by that of the page that starts it. */
void site_worker(struct request *req, struct response *res) {
    serve(req, res, "worker.js");
    respond_header(res, req->ctx.arena, "Content-Security-Policy", STR("default-src 'none'; connect-src 'self'"));
}

void site_offline(struct request *req, struct response *res) {
    struct page *page = frame_bare(req, STR("You are offline"));
    page->csrf = STR(""); /* it is kept */
    tpl_offline_page(&res->body, page);
    frame_answer(req, res, 200);
}

void site_icon(struct request *req, struct response *res) { serve(req, res, "icon-180.png"); }

/* A company's records are nobody else's to index. */
void site_robots(struct request *req, struct response *res) {
    (void)req;
    respond_text(res, 200, STR("User-agent: *\nDisallow: /\n"));
}
