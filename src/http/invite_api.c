/* invite_api.c - invitations by the API: made and renewed with the link in the answer, once; listed like any other record. */
#include "core/registry.h"
#include "http/invite.h"

ROUTE("POST", "/api/v1/invitations", invite_api_make, RUN_WRITE | API)
ROUTE("POST", "/api/v1/invitations/{id}/renew", invite_api_renew, RUN_WRITE | API)
ROUTE("POST", "/api/v1/invitations/{id}/revoke", invite_api_revoke, RUN_WRITE | API)

static void write(struct request *req, struct buf *b, const struct row *row, struct str token) {
    row_json(b, &req->ctx.env, row, NULL);
    b->len--; /* into the object */
    buf_lit(b, ",\"token\":");
    if (token.len) buf_json(b, token);
    else buf_lit(b, "null");
    buf_lit(b, ",\"link\":");
    if (token.len) buf_json(b, invite_link(req, token));
    else buf_lit(b, "null");
    buf_lit(b, "}\n");
}

static void answer(struct request *req, struct response *res, int status, const struct row *row, struct str token) {
    if (!row || req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct buf again = buf_new(req->ctx.arena, 512);
    write(req, &res->body, row, token);
    write(req, &again, row, STR(""));
    res->repeated = buf_str(&again);
    respond_header(res, req->ctx.arena, "ETag", str_printf(req->ctx.arena, "\"%lld\"", (long long)row_int(row, "version")));
    respond_json(res, status);
}

static bool only_known(struct ctx *ctx, const struct json *body) {
    void *it = NULL;
    struct str key;
    const struct json *value;
    while (json_next(body, &it, &key, &value))
        if (!str_in_words("email name role_id location_id", key))
            errors_add(&ctx->errors, 422, "unknown_field", str_cstr(ctx->arena, key), "An invitation takes no '%.*s'.",
                       STR_ARG(key));
    return ctx->errors.count == 0;
}

void invite_api_make(struct request *req, struct response *res) {
    const struct json *body = request_json(req);
    struct repo_input in = repo_input(&req->ctx, registry_get("invitations"), 0);
    struct str token = STR("");
    if (!body || !invite_check(&req->ctx) || !only_known(&req->ctx, body)) {
        respond_errors(req, res);
        return;
    }
    repo_input_json(&in, body);
    const struct row *row = invite_make(&in, &token);
    if (row)
        respond_header(res, req->ctx.arena, "Location",
                       str_printf(req->ctx.arena, "/api/v1/invitations/%lld", (long long)row_id(row)));
    answer(req, res, 201, row, token);
}

void invite_api_renew(struct request *req, struct response *res) {
    struct str token = STR("");
    const struct row *row = invite_renew(&req->ctx, req->id, &token);
    answer(req, res, 200, row, token);
}

void invite_api_revoke(struct request *req, struct response *res) {
    answer(req, res, 200, invite_revoke(&req->ctx, req->id), STR(""));
}
