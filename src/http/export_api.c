/* export_api.c - exports by request (export_api.h). */
#include "http/export_api.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/timefmt.h"
#include "core/export.h"
#include "http/export_xlsx.h"
#include "http/server.h"

enum format { FORMAT_CSV, FORMAT_XLSX, FORMAT_JSON };
static const struct {
    const char *name, *type;
} formats[] = {
    [FORMAT_CSV] = {"csv", "text/csv; charset=utf-8"},
    [FORMAT_XLSX] = {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    [FORMAT_JSON] = {"json", "application/json"},
};

struct asked {
    enum format format;
    bool bom;
};

static bool take_own(struct request *req, const struct param *p, struct asked *asked) {
    struct errors *errors = &req->ctx.errors;
    if (str_eqc(p->name, "bom")) {
        asked->bom = str_eqc(p->value, "true") || str_eqc(p->value, "1");
        return asked->bom || str_eqc(p->value, "false") || str_eqc(p->value, "0") ||
               errors_add(errors, 400, "bad_value", "bom", "Send true or false.");
    }
    for (int i = 0; i < 3; i++) {
        if (!str_eqc(p->value, formats[i].name)) continue;
        asked->format = (enum format)i;
        return true;
    }
    return errors_add(errors, 400, "bad_value", "format", "Send csv, xlsx or json.");
}

/* The list's parameters, but for those of a page. */
static bool take_params(struct request *req, struct query *q, struct asked *asked) {
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        bool known = true;
        if (str_eqc(p->name, "format") || str_eqc(p->name, "bom"))
            take_own(req, p, asked);
        else if (str_in_words("limit cursor include count trash", p->name))
            known = false;
        else
            query_param(q, p->name, p->value, &known);
        if (!known)
            errors_add(&req->ctx.errors, 400, "unknown_parameter", str_cstr(req->ctx.arena, p->name),
                       "There is no parameter '%.*s' of an export.", STR_ARG(p->name));
    }
    return req->ctx.errors.count == 0;
}

static void close_file(void *file) { fclose(file); }

/* A file of its own, which is removed after it was sent. */
static bool run(struct request *req, struct query *q, const struct asked *asked, const char *path) {
    struct ctx *ctx = &req->ctx;
    int64_t count;
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
    if (fd >= 0 && !file) close(fd);
    if (!file) return errors_add(&ctx->errors, 507, "cannot_store", NULL, "The export cannot be stored.");
    arena_defer(ctx->arena, close_file, file);
    struct export_file out = {.file = file, .bom = asked->bom};
    struct export_sink sink = asked->format == FORMAT_CSV    ? export_csv(&out)
                              : asked->format == FORMAT_JSON ? export_json(&out)
                                                             : export_xlsx(ctx->arena, path);
    return export_run(q, &sink, formats[asked->format].name, &count);
}

static struct str file_name(struct ctx *ctx, const struct entity *entity, const char *format) {
    struct buf b = buf_new(ctx->arena, 64);
    buf_add(&b, entity->name);
    buf_char(&b, '-');
    buf_date(&b, (ctx->now + zone_offset(ctx->env.zone, ctx->now, NULL) * INT64_C(1000)) / DAY_MS);
    buf_char(&b, '.');
    buf_cstr(&b, format);
    return buf_str(&b);
}

void api_export(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    const struct entity *entity = req->route->entity;
    struct query *q = query_new(ctx, entity);
    struct asked asked = {FORMAT_CSV, false};
    const char *dir = server_options(req->server)->files_dir;
    struct str path = str_printf(ctx->arena, "%s/export-%.*s.part", dir && *dir ? dir : P_tmpdir, STR_ARG(ctx->request_id));
    if (!take_params(req, q, &asked) || !run(req, q, &asked, path.ptr)) {
        unlink(path.ptr);
        respond_errors(req, res);
        return;
    }
    res->file_path = path.ptr;
    res->file_temporary = true;
    res->content_type = str_of(formats[asked.format].type);
    respond_attachment(req, res, file_name(ctx, entity, formats[asked.format].name));
}
