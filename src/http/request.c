/* request.c - what handlers ask of a request; see http.h. */
#include "http/server_impl.h"

struct str request_arg(const struct request *req, const char *name) {
    return params_get(&req->args, str_of(name));
}

struct str request_form(const struct request *req, const char *name) {
    return params_get(&req->form, str_of(name));
}

struct str request_capture(const struct request *req, const char *name) {
    return params_get(&req->captures, str_of(name));
}

struct str request_header(const struct request *req, const char *name) {
    return server_header(req->impl, name);
}

struct str request_cookie(const struct request *req, const char *name) {
    return server_cookie(req->impl, name);
}

const struct json *request_json(struct request *req) {
    struct exchange *ex = req->impl;
    struct errors *errors = &req->ctx.errors;
    if (ex->json_parsed) return ex->json;
    ex->json_parsed = true;
    if (req->body.len == 0) {
        errors_add(errors, 400, "malformed_json", NULL, "The request needs a JSON object as its body.");
        return NULL;
    }
    if (!body_is_json(ex)) {
        errors_add(errors, 415, "not_json", NULL, "Send the body as application/json.");
        return NULL;
    }
    const struct json *json = json_parse(ex->arena, req->body, errors);
    if (json && json_type(json) != JSON_T_OBJECT) {
        errors_add(errors, 400, "malformed_json", NULL, "The body is JSON, but not an object.");
        json = NULL;
    }
    ex->json = json;
    return json;
}
