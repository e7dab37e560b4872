/* body.c - the request's body: kept in memory where it is small, in a temporary file on UPLOAD routes, and forms taken apart.
 *
 * Multipart forms are read as they come. Their text fields are bounded together; one file may come with them.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "http/multipart.h"
#include "http/server_impl.h"

#define FIRST_ROOM ((size_t)64 << 10)
#define FORM_TEXT_LIMIT ((size_t)1 << 20)

static struct str media_type(struct arena *arena, struct str header) {
    ptrdiff_t end = str_index(header, ';');
    return str_lower(arena, str_trim(end < 0 ? header : str_slice(header, 0, (size_t)end)));
}

static bool too_large(struct exchange *ex, size_t limit) {
    const char *unit = limit >= (size_t)1 << 20 ? "MB" : "KB";
    size_t shown = limit >= (size_t)1 << 20 ? limit >> 20 : limit >> 10;
    ex->close = ex->content_length > BODY_DRAINED || ex->chunked;
    return errors_add(&ex->req.ctx.errors, 413, "too_large", NULL, "The request is larger than %zu %s.", shown, unit);
}

static size_t body_limit(const struct exchange *ex) {
    const struct server_options *o = &ex->server->options;
    return ex->req.route->flags & UPLOAD ? o->max_upload : o->max_body;
}

/* ---- the temporary file ------------------------------------------------------------------------------------------------ */

static bool cannot_store(struct exchange *ex, int reason) {
    bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
    return errors_add(&ex->req.ctx.errors, full ? 507 : 500, "cannot_store", NULL, "The upload cannot be stored on the server.");
}

static bool file_open(struct exchange *ex) {
    const char *dir = ex->server->options.files_dir;
    if (!dir || !*dir) dir = P_tmpdir;
    struct str path = str_printf(ex->arena, "%s/upload-%s.part", dir, ex->request_id);
    ex->body_fd = open(path.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (ex->body_fd < 0) return cannot_store(ex, errno);
    ex->req.body_path = path.ptr;
    return true;
}

static bool file_add(struct exchange *ex, struct str bytes) {
    while (bytes.len) {
        ssize_t n = write(ex->body_fd, bytes.ptr, bytes.len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cannot_store(ex, errno);
        bytes = str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

static bool file_close(struct exchange *ex) {
    int fd = ex->body_fd;
    ex->body_fd = -1;
    return fd < 0 || close(fd) == 0 || cannot_store(ex, errno);
}

/* ---- multipart --------------------------------------------------------------------------------------------------------- */

static bool part_begin(void *arg, const struct multipart_part *part, struct errors *errors) {
    struct exchange *ex = arg;
    struct request *req = &ex->req;
    ex->skip_part = ex->part_is_file = false;
    if (part->is_file && part->file_name.len == 0) {
        ex->skip_part = true; /* a file input that was left empty */
        return true;
    }
    if (part->is_file) {
        if (!(req->route->flags & UPLOAD)) return errors_add(errors, 415, "no_file_here", NULL, "A file cannot be sent here.");
        if (req->body_path) return errors_add(errors, 422, "one_file", NULL, "Send one file at a time.");
        ex->part_is_file = true;
        req->body_name = part->file_name;
        req->body_type = media_type(ex->arena, part->content_type);
        return file_open(ex);
    }
    int n = req->form.count++;
    req->form.at = arena_grow(ex->arena, req->form.at, sizeof *req->form.at * (size_t)n, sizeof *req->form.at * (size_t)(n + 1));
    req->form.at[n].name = part->name;
    ex->body = (struct buf){.arena = ex->arena};
    return true;
}

static bool part_data(void *arg, struct str bytes, struct errors *errors) {
    struct exchange *ex = arg;
    if (ex->skip_part) return true;
    if (ex->part_is_file) return file_add(ex, bytes);
    ex->text_bytes += bytes.len;
    if (ex->text_bytes > FORM_TEXT_LIMIT) {
        return errors_add(errors, 413, "too_large", NULL, "The form's texts are larger than 1 MB together.");
    }
    buf_add(&ex->body, bytes);
    return true;
}

static bool part_end(void *arg, struct errors *errors) {
    struct exchange *ex = arg;
    if (ex->skip_part) return true;
    if (ex->part_is_file) return file_close(ex);
    struct str text = buf_str(&ex->body);
    if (memchr(text.ptr, '\0', text.len) || !utf8_valid(text)) {
        return errors_add(errors, 400, "malformed_parameter", NULL, "A field of the form is not UTF-8 text.");
    }
    ex->req.form.at[ex->req.form.count - 1].value = text;
    ex->body = (struct buf){.arena = ex->arena};
    return true;
}

static bool multipart_begin(struct exchange *ex) {
    struct str boundary = multipart_boundary(ex->arena, ex->content_type);
    if (boundary.len == 0) {
        return errors_add(&ex->req.ctx.errors, 400, "malformed_multipart", NULL, "The form data names no boundary.");
    }
    const struct multipart_sink sink = {part_begin, part_data, part_end, ex};
    ex->multipart = multipart_new(ex->arena, boundary, &sink);
    return true;
}

/* ---- from first to last ------------------------------------------------------------------------------------------------ */

bool body_is_json(const struct exchange *ex) {
    struct str type = ex->req.content_type;
    return str_eqc(type, "application/json") || (str_starts(type, STR("application/")) && str_ends(type, STR("+json")));
}

static bool body_is_form(const struct exchange *ex) {
    return str_eqc(ex->req.content_type, "application/x-www-form-urlencoded");
}

bool body_begin(struct exchange *ex) {
    struct request *req = &ex->req;
    req->content_type = media_type(ex->arena, ex->content_type);
    if (ex->content_length > body_limit(ex)) return too_large(ex, body_limit(ex));
    if (req->route->flags & UPLOAD) {
        uint64_t most = ex->chunked ? body_limit(ex) : ex->content_length;
        connection_expect(ex->peer, ex->server->options.request_deadline_s, most);
    }
    ex->body.arena = ex->arena;
    if (str_eqc(req->content_type, "multipart/form-data")) return multipart_begin(ex);
    if (!(req->route->flags & UPLOAD) || body_is_form(ex)) {
        size_t room = ex->content_length && ex->content_length < FIRST_ROOM ? (size_t)ex->content_length
                      : ex->chunked                                         ? 1024
                                                                            : FIRST_ROOM;
        ex->body = buf_new(ex->arena, room);
        return true;
    }
    req->body_type = req->content_type;
    return file_open(ex);
}

bool body_piece(struct exchange *ex, struct str bytes) {
    struct request *req = &ex->req;
    if (ex->body_bytes > body_limit(ex)) return too_large(ex, body_limit(ex));
    if (ex->multipart) return multipart_feed(ex->multipart, bytes, &req->ctx.errors);
    if (ex->body_fd >= 0) return file_add(ex, bytes);
    if (ex->body_bytes > ex->server->options.max_body) return too_large(ex, ex->server->options.max_body);
    buf_add(&ex->body, bytes);
    return true;
}

bool body_end(struct exchange *ex) {
    struct request *req = &ex->req;
    if (ex->multipart) return multipart_end(ex->multipart, &req->ctx.errors) && file_close(ex);
    if (ex->body_fd >= 0) return file_close(ex);
    req->body = buf_str(&ex->body);
    return !body_is_form(ex) || params_parse(ex->arena, req->body, &req->form, &req->ctx.errors);
}

void body_release(struct exchange *ex) {
    if (ex->body_fd >= 0) close(ex->body_fd);
    if (ex->req.body_path) unlink(ex->req.body_path);
}
