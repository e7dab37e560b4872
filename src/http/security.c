/* security.c - headers that every answer has, and where unsafe requests may come from.
 *
 * A request that changes something and is authenticated by a cookie must show two things: that the browser says it comes from
 * our own pages (Sec-Fetch-Site, Origin), and a token that only our pages know. A bearer token is not sent by browsers on
 * their own, so it needs neither.
 */
#include <sodium.h>

#include "http/server_impl.h"

#define MASKED_BYTES 32 /* a token is 16 bytes; masked, 16 random ones stand before it */

/* Drawn in bulk: the kernel is asked once for many pages. What was handed out is wiped from the store. */
void security_random(void *to, size_t size) {
    static _Thread_local unsigned char store[1024];
    static _Thread_local size_t left;
    if (size > left) {
        randombytes_buf(store, sizeof store);
        left = sizeof store;
    }
    left -= size;
    memcpy(to, store + left, size);
    sodium_memzero(store + left, size);
}

/* ---- headers ----------------------------------------------------------------------------------------------------------- */

#define API_POLICY "default-src 'none'; frame-ancestors 'none'"
#define SCRIPTS "default-src 'none'; script-src 'self' 'nonce-"
#define OTHERS                                                                                                                   \
    "'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "           \
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

static struct str page_policy(struct exchange *ex) {
    struct buf b = buf_new(ex->arena, sizeof SCRIPTS + sizeof OTHERS + ex->req.csp_nonce.len);
    buf_lit(&b, SCRIPTS);
    buf_add(&b, ex->req.csp_nonce);
    buf_add(&b, (struct str){OTHERS, sizeof OTHERS}); /* with its NUL */
    return buf_str(&b);
}

static void add(struct exchange *ex, const char *name, struct str value) {
    respond_header_literal(&ex->res, ex->arena, name, value);
}

/* Foreign content brings a stricter one, and so does a page whose address is a secret. */
static bool has_own(const struct response *res, const char *name) {
    for (int i = 0; i < res->headers.count; i++)
        if (str_eqc(res->headers.at[i].name, name)) return true;
    return false;
}

void security_headers(struct exchange *ex) {
    add(ex, "X-Content-Type-Options", STR("nosniff"));
    if (!has_own(&ex->res, "Content-Security-Policy"))
        add(ex, "Content-Security-Policy", ex->req.csp_nonce.len ? page_policy(ex) : STR(API_POLICY));
    if (!has_own(&ex->res, "Referrer-Policy")) add(ex, "Referrer-Policy", STR("same-origin"));
    add(ex, "Cross-Origin-Opener-Policy", STR("same-origin"));
    add(ex, "Cross-Origin-Resource-Policy", STR("same-origin"));
    add(ex, "Permissions-Policy", STR("camera=(), geolocation=(), microphone=(self), payment=(), usb=()"));
    if (ex->server->options.secure_cookies) add(ex, "Strict-Transport-Security", STR("max-age=31536000; includeSubDomains"));
}

/* ---- tokens in pages ----------------------------------------------------------------------------------------------------- */

static struct str base64url(struct arena *arena, const void *bytes, size_t size) {
    struct buf b = buf_new(arena, 2 * size);
    buf_base64url(&b, (struct str){bytes, size});
    return buf_str(&b);
}

struct str security_mask(struct arena *arena, struct str token) {
    unsigned char bytes[MASKED_BYTES];
    security_random(bytes, MASKED_BYTES / 2);
    for (size_t i = 0; i < MASKED_BYTES / 2; i++) bytes[MASKED_BYTES / 2 + i] = bytes[i] ^ (unsigned char)token.ptr[i];
    return base64url(arena, bytes, sizeof bytes);
}

bool security_unmask_equals(struct arena *arena, struct str masked, struct str token) {
    struct buf b = buf_new(arena, 64);
    if (masked.len > 64 || !buf_unbase64url(&b, masked) || b.len != MASKED_BYTES || token.len != MASKED_BYTES / 2) return false;
    unsigned char bytes[MASKED_BYTES / 2];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (unsigned char)(b.ptr[i] ^ b.ptr[sizeof bytes + i]);
    return sodium_memcmp(bytes, token.ptr, sizeof bytes) == 0;
}

void security_page(struct exchange *ex) {
    unsigned char nonce[16];
    security_random(nonce, sizeof nonce);
    ex->req.csp_nonce = base64url(ex->arena, nonce, sizeof nonce);
    if (ex->csrf.len) ex->req.csrf_token = security_mask(ex->arena, ex->csrf);
}

/* ---- where a request comes from ------------------------------------------------------------------------------------------ */

static bool is_unsafe(struct str method) {
    return !str_eqc(method, "GET") && !str_eqc(method, "HEAD") && !str_eqc(method, "OPTIONS");
}

/* Without a public address of our own, the origin's host must be the one that was asked: a browser sets both. */
static bool origin_is_ours(const struct exchange *ex) {
    if (ex->server->has_public_url && str_ieq(ex->origin, ex->server->public_origin)) return true;
    ptrdiff_t scheme = str_find(ex->origin, STR("://"));
    if (scheme < 0 || ex->host.len == 0 || ex->server->has_public_url) return false;
    return str_ieq(str_slice(ex->origin, (size_t)scheme + 3, ex->origin.len), ex->host);
}

bool security_check_origin(struct exchange *ex) {
    if (!is_unsafe(ex->req.method) || ex->by_bearer) return true;
    bool foreign_site = ex->fetch_site.len && !str_eqc(ex->fetch_site, "same-origin") && !str_eqc(ex->fetch_site, "none");
    if (!foreign_site && (ex->origin.len == 0 || origin_is_ours(ex))) return true;
    return errors_add(&ex->req.ctx.errors, 403, "foreign_origin", NULL, "The request comes from another site.");
}

/* Only a session by cookie has a token to show; without one nobody is signed in, and the route was PUBLIC. */
bool security_check_csrf(struct exchange *ex) {
    if (!is_unsafe(ex->req.method) || ex->by_bearer || ex->csrf.len == 0 || (ex->req.route->flags & NO_CSRF)) return true;
    struct str given = server_header(ex, "X-CSRF-Token");
    if (given.len == 0) given = request_form(&ex->req, "_csrf");
    if (security_unmask_equals(ex->arena, given, ex->csrf)) return true;
    return errors_add(&ex->req.ctx.errors, 403, "csrf", NULL, "The form has expired. Reload the page and try again.");
}
