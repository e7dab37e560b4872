/* response.c - the last step of an answer: which encoding, and the headers that every answer has. */
#include <brotli/encode.h>
#include <pthread.h>
#include <zlib.h>

#include "http/server_impl.h"

#define COMPRESS_FROM 1024
#define BROTLI_QUALITY 1
#define GZIP_LEVEL 1
#define YEAR_S "31536000"

enum encoding { IDENTITY, GZIP, BROTLI };

/* "br;q=0" and "gzip; q=0.0" are refusals. */
static bool refused(struct str parameters) {
    ptrdiff_t q = str_find(parameters, STR("q="));
    if (q < 0) return false;
    struct str value = str_trim(str_slice(parameters, (size_t)q + 2, parameters.len));
    for (size_t i = 0; i < value.len && value.ptr[i] != ';'; i++) {
        if (value.ptr[i] >= '1' && value.ptr[i] <= '9') return false;
    }
    return true;
}

static enum encoding encoding_wanted(struct str accept) {
    enum encoding best = IDENTITY;
    struct str one;
    while (str_split(&accept, ',', &one)) {
        ptrdiff_t end = str_index(one, ';');
        struct str name = str_trim(end < 0 ? one : str_slice(one, 0, (size_t)end));
        if (end >= 0 && refused(str_slice(one, (size_t)end, one.len))) continue;
        if (str_ieq(name, STR("br"))) return BROTLI;
        if (str_ieq(name, STR("gzip"))) best = GZIP;
    }
    return best;
}

static bool compressible(struct str type) {
    return str_starts(type, STR("text/")) || str_starts(type, STR("application/json")) ||
           str_starts(type, STR("application/problem+json")) || str_starts(type, STR("application/javascript")) ||
           str_starts(type, STR("image/svg+xml"));
}

static bool brotli(struct arena *arena, struct str in, struct str *out) {
    size_t size = BrotliEncoderMaxCompressedSize(in.len);
    uint8_t *to = size ? arena_raw(arena, size) : NULL;
    bool ok = to && BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, in.len,
                                          (const uint8_t *)in.ptr, &size, to);
    *out = (struct str){(const char *)to, size};
    return ok;
}

/* One deflater a thread, ended with it: making one costs more than most answers. */
static pthread_key_t deflaters;
static pthread_once_t deflaters_once = PTHREAD_ONCE_INIT;

static void deflater_end(void *z) {
    deflateEnd(z);
    free(z);
}

static void deflaters_init(void) {
    pthread_key_create(&deflaters, deflater_end);
}

static z_stream *deflater(void) {
    pthread_once(&deflaters_once, deflaters_init);
    z_stream *z = pthread_getspecific(deflaters);
    if (z) return deflateReset(z) == Z_OK ? z : NULL;
    z = calloc(1, sizeof *z);
    bool made = z && deflateInit2(z, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK;
    if (made && pthread_setspecific(deflaters, z) == 0) return z;
    if (z) deflater_end(z);
    return NULL;
}

static bool gzip(struct arena *arena, struct str in, struct str *out) {
    z_stream *z = deflater();
    if (!z) return false;
    size_t size = deflateBound(z, (uLong)in.len);
    z->next_out = arena_raw(arena, size);
    out->ptr = (const char *)z->next_out;
    z->avail_out = (uInt)size;
    z->next_in = (Bytef *)(uintptr_t)in.ptr;
    z->avail_in = (uInt)in.len;
    if (deflate(z, Z_FINISH) != Z_STREAM_END) return false;
    out->len = z->total_out;
    return true;
}

static void use_body(struct response *res, struct str body) {
    res->body.ptr = (char *)(uintptr_t)body.ptr;
    res->body.len = res->body.cap = body.len;
}

static void encode(struct exchange *ex) {
    struct response *res = &ex->res;
    struct str body = buf_str(&res->body), out;
    bool ready = res->precompressed_br.len || res->precompressed_gz.len;
    if (!ready && (body.len < COMPRESS_FROM || !compressible(res->content_type))) return;
    respond_header(res, ex->arena, "Vary", STR("Accept-Encoding"));
    enum encoding wanted = encoding_wanted(ex->accept_encoding);
    if (wanted == BROTLI && (res->precompressed_br.len ? (out = res->precompressed_br).len > 0 : brotli(ex->arena, body, &out))) {
        respond_header(res, ex->arena, "Content-Encoding", STR("br"));
        use_body(res, out);
    } else if (wanted != IDENTITY &&
               (res->precompressed_gz.len ? (out = res->precompressed_gz).len > 0 : gzip(ex->arena, body, &out))) {
        respond_header(res, ex->arena, "Content-Encoding", STR("gzip"));
        use_body(res, out);
    }
}

static bool has_header(const struct response *res, const char *name) {
    for (int i = 0; i < res->headers.count; i++) {
        if (str_eqc(res->headers.at[i].name, name)) return true;
    }
    return false;
}

static void finish(struct exchange *ex) {
    struct response *res = &ex->res;
    struct arena *arena = ex->arena;
    if (!res->status) res->status = 200;
    if (!ex->stream && !res->file_path && res->status != 304 && res->status != 204) encode(ex);
    if (res->content_type.len && res->status != 304) respond_header(res, arena, "Content-Type", res->content_type);
    if (res->immutable)
        respond_header_literal(res, arena, "Cache-Control", STR("public, max-age=" YEAR_S ", immutable"));
    else if (!has_header(res, "Cache-Control"))
        respond_header_literal(res, arena, "Cache-Control", STR("no-store"));
    respond_header_literal(res, arena, "X-Request-Id", (struct str){ex->request_id, 16});
    security_headers(ex);
}

void response_finish(struct exchange *ex) {
    jmp_buf edge, *outer = arena_catch(ex->arena, &edge);
    if (setjmp(edge) == 0) {
        finish(ex);
    } else {
        ex->close = true; /* what headers there are must do */
    }
    arena_catch(ex->arena, outer);
}
