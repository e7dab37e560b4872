/* asset_route.c - serves what is embedded for the browser. The hash in the path lets it be kept for ever. */
#include "base/assets.h"
#include "http/http.h"

ROUTE("GET", "/assets/{name}", asset_get, RUN_READ | PUBLIC | NO_DATABASE)
void asset_get(struct request *req, struct response *res) {
    const struct asset *asset = asset_find(req->path);
    if (!asset) {
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is nothing at this address.");
        respond_errors(req, res);
        return;
    }
    res->immutable = true;
    if (respond_not_modified(req, res, str_of(asset->etag))) return;
    res->content_type = asset->type;
    res->body = (struct buf){.ptr = (char *)(uintptr_t)asset->body.ptr, .len = asset->body.len}; /* read only, never grown */
    res->precompressed_br = asset->br;
    res->precompressed_gz = asset->gz;
}
