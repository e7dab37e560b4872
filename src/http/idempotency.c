/* idempotency.c - remembered answers; see idempotency.h. */
#include "http/idempotency.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "base/timefmt.h"

#define KEY_MOST 255

struct idempotency {
    struct str key, route_hash, request_hash;
    bool reserved;
};

/* ---- what was asked -------------------------------------------------------------------------------------------------------- */

static void hash_str(crypto_hash_sha256_state *state, struct str text) {
    uint64_t length = text.len;
    crypto_hash_sha256_update(state, (const unsigned char *)&length, sizeof length);
    crypto_hash_sha256_update(state, (const unsigned char *)text.ptr, text.len);
}

static struct str hash_end(crypto_hash_sha256_state *state, struct arena *arena) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct buf b = buf_new(arena, 2 * sizeof hash);
    crypto_hash_sha256_final(state, hash);
    buf_hex(&b, (struct str){(const char *)hash, sizeof hash});
    return buf_str(&b);
}

static bool hash_file(crypto_hash_sha256_state *state, const char *path) {
    unsigned char block[16384];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = -1;
    while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0) crypto_hash_sha256_update(state, block, (size_t)n);
    if (fd >= 0) close(fd);
    return n == 0;
}

static bool hash_request(struct exchange *ex, struct idempotency *it) {
    struct request *req = &ex->req;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    hash_str(&state, str_of(req->route->pattern));
    it->route_hash = hash_end(&state, ex->arena);
    crypto_hash_sha256_init(&state);
    hash_str(&state, req->path);
    hash_str(&state, req->query);
    hash_str(&state, req->body);
    for (int i = 0; i < req->form.count && ex->multipart; i++) {
        hash_str(&state, req->form.at[i].name);
        hash_str(&state, req->form.at[i].value);
    }
    if (req->body_path && !hash_file(&state, req->body_path)) {
        return errors_add(&req->ctx.errors, 500, "cannot_store", NULL, "The upload cannot be read back.");
    }
    it->request_hash = hash_end(&state, ex->arena);
    return true;
}

bool idempotency_prepare(struct exchange *ex) {
    struct request *req = &ex->req;
    unsigned flags = req->route->flags;
    if (!(flags & API) || !(flags & (RUN_WRITE | RUN_WORKER)) || !str_eqc(req->method, "POST") || !req->ctx.actor->user_id)
        return true;
    struct str key = server_header(ex, "Idempotency-Key");
    if (key.len == 0) return true;
    bool printable = key.len <= KEY_MOST;
    for (size_t i = 0; i < key.len && printable; i++) printable = key.ptr[i] >= 0x20 && key.ptr[i] < 0x7f;
    if (!printable) {
        return errors_add(&req->ctx.errors, 400, "malformed_key", NULL, "Idempotency-Key has 1 to %d printable ASCII characters.",
                          KEY_MOST);
    }
    struct idempotency *it = arena_alloc(ex->arena, sizeof *it);
    it->key = key;
    ex->idempotency = it;
    return hash_request(ex, it);
}

/* ---- the stored answer ----------------------------------------------------------------------------------------------------- */

#define KEY_ARGS(ex, it)                                                                                                         \
    {":user", value_int((ex)->req.ctx.actor->user_id)}, {":key", value_text((it)->key)}, {                                       \
        ":route", value_text((it)->route_hash)                                                                                   \
    }

static void replay_headers(struct exchange *ex, struct str text) {
    struct errors ignored = {.arena = ex->arena};
    const struct json *headers = text.len ? json_parse(ex->arena, text, &ignored) : NULL, *value;
    void *it = NULL;
    struct str name;
    while (headers && json_next(headers, &it, &name, &value)) {
        respond_header(&ex->res, ex->arena, str_cstr(ex->arena, name), json_text(value));
    }
}

static void replay(struct exchange *ex, struct db_stmt *s) {
    struct response *res = &ex->res;
    res->status = (int)db_int(s, 1);
    res->content_type = str_dup(ex->arena, db_text(s, 2));
    res->body.len = 0;
    buf_add(&res->body, db_text(s, 4));
    replay_headers(ex, str_dup(ex->arena, db_text(s, 3)));
    respond_header(res, ex->arena, "Idempotency-Replayed", STR("true"));
}

bool idempotency_before(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    const struct idempotency *it = ex->idempotency;
    if (!sql_exec(ctx, "DELETE FROM idempotency_keys WHERE tenant_id = :tenant AND created_at < :old",
                  ARGS({":old", value_int(ctx->now - DAY_MS)}))) {
        respond_errors(&ex->req, &ex->res);
        return false;
    }
    struct db_stmt *s =
        sql_query(ctx,
                  "SELECT request_hash, status, content_type, headers, body FROM idempotency_keys WHERE tenant_id = :tenant "
                  "AND user_id = :user AND key = :key AND route_hash = :route",
                  ARGS(KEY_ARGS(ex, it)));
    enum db_result r = s ? db_step(s) : DB_ERROR;
    if (s && r == DB_ROW && !str_eq(db_text(s, 0), it->request_hash)) {
        errors_add(&ctx->errors, 422, "key_reused", NULL, "This Idempotency-Key came with another request before.");
    } else if (s && r == DB_ROW && db_int(s, 1) == 0) {
        errors_add(&ctx->errors, 409, "in_progress", NULL, "The first request with this Idempotency-Key still runs.");
    } else if (s && r == DB_ROW) {
        replay(ex, s);
    } else if (s && r != DB_DONE) {
        db_fail(ctx->conn, r, &ctx->errors);
    }
    if (s) db_reset(s);
    if (ctx->errors.count) respond_errors(&ex->req, &ex->res);
    return r == DB_DONE && ctx->errors.count == 0;
}

/* What a repeated answer must say again. */
static struct str kept_headers(struct exchange *ex) {
    static const char *const kept[] = {"Location", "ETag", "Change-Set-Id"};
    struct buf b = buf_new(ex->arena, 128);
    buf_char(&b, '{');
    for (int i = 0; i < ex->res.headers.count; i++) {
        for (size_t k = 0; k < sizeof kept / sizeof *kept; k++) {
            if (!str_eqc(ex->res.headers.at[i].name, kept[k])) continue;
            if (b.len > 1) buf_char(&b, ',');
            buf_json(&b, ex->res.headers.at[i].name);
            buf_char(&b, ':');
            buf_json(&b, ex->res.headers.at[i].value);
        }
    }
    buf_char(&b, '}');
    return buf_str(&b);
}

static int status_of(const struct exchange *ex) {
    return ex->res.status ? ex->res.status : 200;
}

/* What a repeated request gets. */
static struct str kept_body(const struct exchange *ex) {
    return ex->res.repeated.len ? ex->res.repeated : buf_str(&ex->res.body);
}

static bool insert(struct exchange *ex, int status) {
    const struct idempotency *it = ex->idempotency;
    struct str body = status ? kept_body(ex) : STR("");
    return sql_exec(
        &ex->req.ctx,
        "INSERT INTO idempotency_keys (id, tenant_id, user_id, key, route_hash, request_hash, status, content_type, headers, "
        "body, created_at, updated_at, version) VALUES (:id, :tenant, :user, :key, :route, :request, :status, :type, "
        ":headers, :body, :now, :now, 1)",
        ARGS({":id", value_int(id_new())}, KEY_ARGS(ex, it), {":request", value_text(it->request_hash)},
             {":status", value_int(status)}, {":type", value_text(ex->res.content_type)},
             {":headers", value_text(kept_headers(ex))}, {":body", value_text(body)}));
}

void idempotency_after(struct exchange *ex) {
    if (!insert(ex, status_of(ex))) respond_errors(&ex->req, &ex->res);
}

/* ---- on a worker ----------------------------------------------------------------------------------------------------------- */

static bool reserve_run(struct ctx *ctx, void *arg) {
    struct exchange *ex = arg;
    (void)ctx;
    if (!idempotency_before(ex)) return ex->res.status < 400;
    ex->idempotency->reserved = insert(ex, 0);
    return ex->idempotency->reserved;
}

bool idempotency_reserve(struct exchange *ex) {
    bool ok = ctx_write(&ex->req.ctx, reserve_run, ex);
    if (!ok && ex->res.status < 400) respond_errors(&ex->req, &ex->res);
    return ok && ex->idempotency->reserved;
}

static bool settle_run(struct ctx *ctx, void *arg) {
    struct exchange *ex = arg;
    const struct idempotency *it = ex->idempotency;
    bool keep = ex->res.status < 400 && !ex->res.file_path;
    if (!keep) {
        return sql_exec(
            ctx,
            "DELETE FROM idempotency_keys WHERE tenant_id = :tenant AND user_id = :user AND key = :key AND route_hash = :route",
            ARGS(KEY_ARGS(ex, it)));
    }
    return sql_exec(
        ctx,
        "UPDATE idempotency_keys SET status = :status, content_type = :type, headers = :headers, body = :body, updated_at = :now "
        "WHERE tenant_id = :tenant AND user_id = :user AND key = :key AND route_hash = :route",
        ARGS({":status", value_int(status_of(ex))}, {":type", value_text(ex->res.content_type)},
             {":headers", value_text(kept_headers(ex))}, {":body", value_text(kept_body(ex))}, KEY_ARGS(ex, it)));
}

/* The work is done and answered whatever becomes of the note about it; errors of the handler must not stop the note. */
void idempotency_settle(struct exchange *ex) {
    struct ctx *ctx = &ex->req.ctx;
    struct errors answered = ctx->errors;
    ctx->errors = (struct errors){.arena = ex->arena};
    ctx_write(ctx, settle_run, ex);
    ctx->errors = answered;
}
