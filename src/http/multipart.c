/* multipart.c - a push parser for multipart/form-data; see multipart.h.
 *
 * Bytes wait in `pending` only as long as they may be part of a delimiter or of a part's headers, so memory stays below
 * MAX_HEADERS plus one piece. A delimiter is CR LF "--" boundary; the first one has its CR LF lent by multipart_new.
 */
#include "http/multipart.h"

#include "base/buf.h"
#include "base/utf8.h"

#define MAX_BOUNDARY 70
#define MAX_HEADERS 8192
#define MAX_PARTS 512

enum state { PREAMBLE, DATA, AFTER_DELIMITER, HEADERS, FINISHED };

struct multipart {
    struct arena *arena;
    struct multipart_sink sink;
    struct buf pending;
    struct str delimiter;
    enum state state;
    size_t preamble;
    int parts;
};

struct str multipart_boundary(struct arena *arena, struct str content_type) {
    struct str rest = content_type, part;
    while (str_split(&rest, ';', &part)) {
        struct str p = str_trim(part);
        if (p.len < 9 || !str_ieq(str_slice(p, 0, 9), STR("boundary="))) continue;
        struct str value = str_slice(p, 9, p.len);
        if (value.len >= 2 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"') value = str_slice(value, 1, value.len - 1);
        if (value.len == 0 || value.len > MAX_BOUNDARY) return STR("");
        for (size_t i = 0; i < value.len; i++) {
            if ((unsigned char)value.ptr[i] < 0x20 || (unsigned char)value.ptr[i] > 0x7e || value.ptr[i] == '"') return STR("");
        }
        return str_dup(arena, value);
    }
    return STR("");
}

struct multipart *multipart_new(struct arena *arena, struct str boundary, const struct multipart_sink *sink) {
    struct multipart *m = arena_alloc(arena, sizeof *m);
    m->arena = arena;
    m->sink = *sink;
    m->delimiter = str_printf(arena, "\r\n--%.*s", STR_ARG(boundary));
    m->pending = buf_new(arena, 2 * MAX_HEADERS);
    buf_lit(&m->pending, "\r\n");
    return m;
}

static bool multipart_malformed(struct errors *errors, const char *what) {
    return errors_add(errors, 400, "malformed_multipart", NULL, "The form data is malformed: %s.", what);
}

/* The next `; name=value` of a header's parameters; value unquoted. A backslash before a quote or a backslash escapes it. */
static bool header_parameter(struct arena *arena, struct str *rest, struct str *name, struct str *value) {
    ptrdiff_t semicolon = str_index(*rest, ';');
    if (semicolon < 0) return false;
    struct str s = str_trim(str_slice(*rest, (size_t)semicolon + 1, rest->len));
    ptrdiff_t equals = str_index(s, '=');
    if (equals <= 0) return false;
    *name = str_trim(str_slice(s, 0, (size_t)equals));
    s = str_trim(str_slice(s, (size_t)equals + 1, s.len));
    if (s.len == 0 || s.ptr[0] != '"') {
        ptrdiff_t end = str_index(s, ';');
        *value = str_trim(end < 0 ? s : str_slice(s, 0, (size_t)end));
        *rest = end < 0 ? STR("") : str_slice(s, (size_t)end, s.len);
        return true;
    }
    char *out = arena_raw(arena, s.len);
    size_t n = 0, i = 1;
    for (; i < s.len && s.ptr[i] != '"'; i++) {
        if (s.ptr[i] == '\\' && i + 1 < s.len && (s.ptr[i + 1] == '"' || s.ptr[i + 1] == '\\')) i++;
        out[n++] = s.ptr[i];
    }
    if (i == s.len) return false;
    *value = (struct str){out, n};
    *rest = str_slice(s, i + 1, s.len);
    return true;
}

/* Without what some clients send before the name, and without what no file system and no header should see. */
static struct str file_name_clean(struct arena *arena, struct str name) {
    for (size_t i = name.len; i > 0; i--) {
        if (name.ptr[i - 1] == '/' || name.ptr[i - 1] == '\\') {
            name = str_slice(name, i, name.len);
            break;
        }
    }
    char *out = arena_raw(arena, name.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        if ((unsigned char)name.ptr[i] >= 0x20 && name.ptr[i] != 0x7f) out[n++] = name.ptr[i];
    }
    return utf8_prefix((struct str){out, n}, 255);
}

static bool disposition_read(struct multipart *m, struct str value, struct multipart_part *part, struct errors *errors) {
    ptrdiff_t semicolon = str_index(value, ';');
    if (semicolon < 0 || !str_ieq(str_trim(str_slice(value, 0, (size_t)semicolon)), STR("form-data"))) {
        return multipart_malformed(errors, "a part is not form-data");
    }
    bool named = false;
    struct str rest = str_slice(value, (size_t)semicolon, value.len), name, text;
    while (header_parameter(m->arena, &rest, &name, &text)) {
        if (!utf8_valid(text) || memchr(text.len ? text.ptr : "", 0, text.len))
            return multipart_malformed(errors, "a name is not UTF-8");
        if (str_ieq(name, STR("name"))) {
            part->name = text;
            named = true;
        } else if (str_ieq(name, STR("filename"))) {
            part->file_name = file_name_clean(m->arena, text);
            part->is_file = true;
        }
    }
    return named || multipart_malformed(errors, "a part has no name");
}

static bool headers_read(struct multipart *m, struct str text, struct errors *errors) {
    struct multipart_part part = {0};
    struct str rest = str_dup(m->arena, text), line;
    bool disposed = false;
    while (str_split(&rest, '\n', &line)) {
        line = str_trim(line);
        ptrdiff_t colon = str_index(line, ':');
        if (line.len == 0) continue;
        if (colon <= 0) return multipart_malformed(errors, "a part's header has no colon");
        struct str name = str_slice(line, 0, (size_t)colon), value = str_trim(str_slice(line, (size_t)colon + 1, line.len));
        if (str_ieq(name, STR("content-disposition"))) {
            if (disposed) return multipart_malformed(errors, "a part has two dispositions");
            disposed = true;
            if (!disposition_read(m, value, &part, errors)) return false;
        } else if (str_ieq(name, STR("content-type"))) {
            part.content_type = value;
        }
    }
    if (!disposed) return multipart_malformed(errors, "a part has no disposition");
    if (++m->parts > MAX_PARTS)
        return errors_add(errors, 413, "too_many_parts", NULL, "The form has more than %d parts.", MAX_PARTS);
    m->state = DATA;
    return m->sink.begin(m->sink.arg, &part, errors);
}

static void pending_drop(struct multipart *m, size_t n) {
    memmove(m->pending.ptr, m->pending.ptr + n, m->pending.len - n);
    m->pending.len -= n;
}

/* Hands out all that cannot be part of a delimiter. *more: there may be another step to take. */
static bool step_data(struct multipart *m, struct errors *errors, bool *more) {
    struct str pending = buf_str(&m->pending);
    ptrdiff_t at = str_find(pending, m->delimiter);
    size_t n = at >= 0 ? (size_t)at : pending.len >= m->delimiter.len ? pending.len - (m->delimiter.len - 1) : 0;
    if (m->state == PREAMBLE) {
        m->preamble += n;
        if (m->preamble > MAX_HEADERS) return multipart_malformed(errors, "the boundary does not come");
    } else {
        if (n && !m->sink.data(m->sink.arg, str_slice(pending, 0, n), errors)) return false;
        if (at >= 0 && !m->sink.end(m->sink.arg, errors)) return false;
    }
    pending_drop(m, at >= 0 ? n + m->delimiter.len : n);
    if (at >= 0) m->state = AFTER_DELIMITER;
    *more = at >= 0;
    return true;
}

static bool step_after_delimiter(struct multipart *m, struct errors *errors, bool *more) {
    size_t padding = 0;
    while (padding < m->pending.len && (m->pending.ptr[padding] == ' ' || m->pending.ptr[padding] == '\t')) padding++;
    if (padding > MAX_BOUNDARY) return multipart_malformed(errors, "a boundary's line does not end");
    *more = m->pending.len - padding >= 2;
    if (!*more) return true;
    const char *p = m->pending.ptr + padding;
    if (p[0] == '-' && p[1] == '-' && padding == 0) {
        m->state = FINISHED;
        m->pending.len = 0;
        return true;
    }
    if (p[0] != '\r' || p[1] != '\n') return multipart_malformed(errors, "a boundary's line does not end");
    pending_drop(m, padding + 2);
    m->state = HEADERS;
    return true;
}

static bool step_headers(struct multipart *m, struct errors *errors, bool *more) {
    struct str pending = buf_str(&m->pending);
    if (str_starts(pending, STR("\r\n"))) return multipart_malformed(errors, "a part has no headers");
    ptrdiff_t end = str_find(pending, STR("\r\n\r\n"));
    if ((end < 0 && pending.len > MAX_HEADERS) || end > MAX_HEADERS) {
        return errors_add(errors, 413, "header_too_long", NULL, "A part of the form has headers of more than %d bytes.",
                          MAX_HEADERS);
    }
    *more = end >= 0;
    if (!*more) return true;
    if (!headers_read(m, str_slice(pending, 0, (size_t)end), errors)) return false;
    pending_drop(m, (size_t)end + 4);
    return true;
}

bool multipart_feed(struct multipart *m, struct str bytes, struct errors *errors) {
    while (bytes.len && m->state != FINISHED) {
        /* in slices, so that what waits stays small whatever the size of the piece */
        struct str slice = str_slice(bytes, 0, MAX_HEADERS);
        bytes = str_slice(bytes, slice.len, bytes.len);
        buf_add(&m->pending, slice);
        bool more = true;
        while (more && m->state != FINISHED) {
            bool ok = m->state == AFTER_DELIMITER ? step_after_delimiter(m, errors, &more)
                      : m->state == HEADERS       ? step_headers(m, errors, &more)
                                                  : step_data(m, errors, &more);
            if (!ok) return false;
        }
    }
    return true;
}

bool multipart_end(struct multipart *m, struct errors *errors) {
    return m->state == FINISHED || multipart_malformed(errors, "it ends before its last boundary");
}
