/* respond.c - how handlers answer: texts, JSON, redirects, errors, cookies; see http.h. */
#include "http/server_impl.h"

void (*server_error_page)(struct request *req, struct response *res);

/* Control characters would let a value become another header. */
static struct str header_clean(struct arena *arena, struct str value) {
    char *copy = arena_raw(arena, value.len + 1);
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        copy[i] = c < 0x20 || c == 0x7f ? ' ' : value.ptr[i];
    }
    copy[value.len] = '\0';
    return (struct str){copy, value.len};
}

/* Name and value end in NUL, which the library asks for; the value has nothing to clean. */
void respond_header_literal(struct response *res, struct arena *arena, const char *name, struct str value) {
    struct params *h = &res->headers;
    if (h->count % 16 == 0) {
        h->at = arena_grow(arena, h->at, sizeof *h->at * (size_t)h->count, sizeof *h->at * (size_t)(h->count + 16));
    }
    h->at[h->count++] = (struct param){str_of(name), value};
}

void respond_header(struct response *res, struct arena *arena, const char *name, struct str value) {
    respond_header_literal(res, arena, name, header_clean(arena, value));
}

void respond_text(struct response *res, int status, struct str text) {
    res->status = status;
    res->content_type = STR("text/plain; charset=utf-8");
    res->body.len = 0;
    buf_add(&res->body, text);
}

void respond_json(struct response *res, int status) {
    res->status = status;
    res->content_type = STR("application/json");
}

void respond_redirect(struct request *req, struct response *res, struct str location) {
    res->status = 303;
    res->body.len = 0;
    respond_header(res, req->ctx.arena, "Location", location);
}

static const char *title_of(int status) {
    switch (status) {
    case 400:
        return "Bad request";
    case 401:
        return "Not signed in";
    case 403:
        return "Forbidden";
    case 404:
        return "Not found";
    case 405:
        return "Method not allowed";
    case 409:
        return "Conflict";
    case 412:
        return "Changed by somebody else";
    case 413:
        return "Too large";
    case 415:
        return "Unsupported content type";
    case 422:
        return "Not valid";
    case 428:
        return "Version needed";
    case 429:
        return "Too many requests";
    case 431:
        return "Headers too large";
    case 503:
        return "Not available";
    case 507:
        return "No room";
    default:
        return status >= 500 ? "Server error" : "Error";
    }
}

static void write_problem(struct request *req, struct response *res) {
    const struct error *first = req->ctx.errors.first;
    struct buf *b = &res->body;
    buf_printf(b, "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":", title_of(res->status), res->status);
    buf_json(b, first ? first->message : STR(""));
    buf_lit(b, ",\"instance\":");
    buf_json(b, str_printf(req->ctx.arena, "urn:tenon:request:%.*s", STR_ARG(req->ctx.request_id)));
    buf_lit(b, ",\"errors\":[");
    for (const struct error *e = first; e; e = e->next) {
        buf_lit(b, "{\"field\":");
        if (e->field.len)
            buf_json(b, e->field);
        else
            buf_lit(b, "null");
        buf_lit(b, ",\"code\":");
        buf_json(b, str_of(e->code));
        buf_lit(b, ",\"message\":");
        buf_json(b, e->message);
        buf_cstr(b, e->next ? "}," : "}");
    }
    buf_lit(b, "]}");
    res->content_type = STR("application/problem+json");
}

static void write_plain_page(struct request *req, struct response *res) {
    struct buf *b = &res->body;
    buf_printf(b, "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>%s</title>\n<h1>%s</h1>\n",
               title_of(res->status), title_of(res->status));
    for (const struct error *e = req->ctx.errors.first; e; e = e->next) {
        buf_lit(b, "<p>");
        buf_html(b, e->message);
        buf_lit(b, "</p>\n");
    }
    res->content_type = STR("text/html; charset=utf-8");
}

void respond_errors(struct request *req, struct response *res) {
    int status = errors_status(&req->ctx.errors);
    res->status = status ? status : 500;
    res->body.len = 0;
    res->file_path = NULL;
    res->precompressed_br = res->precompressed_gz = STR("");
    if (res->status == 503 || res->status == 429) {
        bool told = false;
        for (int i = 0; i < res->headers.count; i++) told = told || str_eqc(res->headers.at[i].name, "Retry-After");
        if (!told) respond_header(res, req->ctx.arena, "Retry-After", STR("2"));
    }
    bool api = req->route ? (req->route->flags & API) != 0 : str_starts(req->path, STR("/api/"));
    if (api) {
        write_problem(req, res);
    } else if (server_error_page && !(req->route && req->route->flags & NO_DATABASE)) {
        if (!req->csp_nonce.len) security_page(req->impl); /* refused before there was one */
        res->content_type = STR("text/html; charset=utf-8");
        server_error_page(req, res);
    } else {
        write_plain_page(req, res);
    }
}

bool respond_not_modified(struct request *req, struct response *res, struct str etag) {
    respond_header(res, req->ctx.arena, "ETag", etag);
    struct str rest = request_header(req, "If-None-Match"), one;
    while (str_split(&rest, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, STR("W/"))) one = str_slice(one, 2, one.len);
        if (!str_eq(one, etag) && !str_eqc(one, "*")) continue;
        res->status = 304;
        res->body.len = 0;
        return true;
    }
    return false;
}

/* RFC 6266: an ASCII name for old clients, the true one beside it. */
void respond_attachment(struct request *req, struct response *res, struct str file_name) {
    struct buf b = buf_new(req->ctx.arena, 64 + 4 * file_name.len);
    buf_lit(&b, "attachment; filename=\"");
    for (size_t i = 0; i < file_name.len; i++) {
        unsigned char c = (unsigned char)file_name.ptr[i];
        if (c < 0x80)
            buf_char(&b, c < 0x20 || c == '"' || c == '\\' || c == '/' || c == 0x7f ? '_' : (char)c);
        else if (c >= 0xc0)
            buf_char(&b, '_');
    }
    buf_lit(&b, "\"; filename*=UTF-8''");
    buf_url(&b, file_name);
    respond_header(res, req->ctx.arena, "Content-Disposition", buf_str(&b));
}

/* max_age_s: negative until the browser is closed, 0 to delete. Values are tokens of ours, so nothing needs quoting. */
void respond_cookie(struct request *req, struct response *res, const char *name, struct str value, int64_t max_age_s) {
    struct buf b = buf_new(req->ctx.arena, 128 + value.len);
    buf_printf(&b, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax", name, STR_ARG(value));
    if (max_age_s >= 0) buf_printf(&b, "; Max-Age=%lld", (long long)max_age_s);
    if (server_options(req->server)->secure_cookies) buf_lit(&b, "; Secure");
    respond_header(res, req->ctx.arena, "Set-Cookie", buf_str(&b));
}
