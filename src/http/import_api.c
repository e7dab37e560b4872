/* import_api.c - imports by request (import_api.h). */
#include "http/import_api.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "http/import_job.h"

#define WAITS_BYTES (2 << 20) /* files up to this size are waited for */

bool import_request_file(struct request *req, struct import_file *file) {
    static const char types[] = "text/csv text/plain text/tab-separated-values application/csv application/vnd.ms-excel "
                                "application/octet-stream multipart/form-data";
    struct errors *errors = &req->ctx.errors;
    struct stat info;
    if (req->content_type.len && !str_in_words(types, req->content_type))
        return errors_add(errors, 415, "unsupported_type", NULL,
                          "Send CSV as text/csv, or a form (multipart/form-data) with a file.");
    if (!req->body_path) return errors_add(errors, 422, "empty_file", NULL, "There is no file in the request.");
    if (stat(req->body_path, &info) != 0) return errors_add(errors, 500, "cannot_read", NULL, "The upload cannot be read.");
    *file = (struct import_file){req->body_name, info.st_size};
    return true;
}

/* Parameters of the address and fields of the form, without those that are for the route itself. */
static struct params options_of(struct request *req, bool *wait) {
    struct params all = {arena_array(req->ctx.arena, struct param, (size_t)(req->args.count + req->form.count)), 0};
    const struct params *both[] = {&req->args, &req->form};
    for (int b = 0; b < 2; b++) {
        for (int i = 0; i < both[b]->count; i++) {
            const struct param *p = &both[b]->at[i];
            if (str_eqc(p->name, "wait"))
                *wait = !str_eqc(p->value, "false");
            else if (!str_eqc(p->name, "_csrf"))
                all.at[all.count++] = *p;
        }
    }
    return all;
}

static struct str run_path(struct request *req, int64_t run_id) {
    return str_printf(req->ctx.arena, "/api/v1/import_runs/%lld", (long long)run_id);
}

static void answer_done(struct request *req, struct response *res, const struct import_result *result) {
    struct buf *b = &res->body;
    import_json(b, result);
    b->len--; /* into the object */
    buf_lit(b, ",\"error_file\":");
    if (result->counts.bad)
        buf_printf(b, "\"%.*s/errors\"", STR_ARG(run_path(req, result->run_id)));
    else
        buf_lit(b, "null");
    buf_lit(b, "}\n");
    respond_json(res, 200);
}

static void answer_later(struct request *req, struct response *res, int64_t run_id) {
    buf_printf(&res->body, "{\"run_id\":%lld,\"status\":\"waiting\",\"progress\":\"%.*s\"}\n", (long long)run_id,
               STR_ARG(run_path(req, run_id)));
    respond_json(res, 202);
}

/* The options are taken once to tell at once what is wrong with them; the job takes them again in its own memory. */
static bool may_start(struct import_job *job, struct import_options *options) {
    return import_job_options(job->ctx, options, &job->given) && import_allowed(job->ctx, options);
}

bool import_start(struct import_job *job, const struct import_file *file, bool wait, bool keeps, struct import_result *result,
                  bool *waited) {
    struct import_options options = {.entity = job->entity};
    *waited = wait && file->size <= WAITS_BYTES;
    if (!may_start(job, &options)) return false;
    job->run_id = import_run_begin(job->ctx, &options, file);
    if (!job->run_id) return false;
    bool kept = !keeps || import_job_keep(job);
    if (kept && *waited) return import_job_run(job, result);
    return (kept && import_job_later(job)) || (import_run_end(job->ctx, result, job->run_id, false), false);
}

bool import_request(struct request *req, struct import_result *result, int64_t *run_id, bool *waited) {
    bool wait = true;
    struct import_job job = {
        .ctx = &req->ctx, .entity = req->route->entity, .given = options_of(req, &wait), .path = req->body_path};
    struct import_options options = {.entity = job.entity};
    struct import_file file;
    *run_id = 0;
    bool ok = may_start(&job, &options) && import_request_file(req, &file);
    ok = ok && import_start(&job, &file, wait, false, result, waited);
    *run_id = job.run_id;
    return ok;
}

void api_import(struct request *req, struct response *res) {
    struct import_result *result = arena_alloc(req->ctx.arena, sizeof *result);
    int64_t run_id;
    bool waited, ok = import_request(req, result, &run_id, &waited);
    if (run_id) respond_header(res, req->ctx.arena, "Location", run_path(req, run_id));
    if (result->change_set_id)
        respond_header(res, req->ctx.arena, "Change-Set-Id",
                       str_printf(req->ctx.arena, "%lld", (long long)result->change_set_id));
    if (!ok)
        respond_errors(req, res);
    else if (waited)
        answer_done(req, res, result);
    else
        answer_later(req, res, run_id);
}

ROUTE("GET", "/api/v1/import_runs/{id}/errors", api_import_errors, RUN_READ | API)
void api_import_errors(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    struct row *run = query_one(ctx, registry_get("import_runs"), req->id, MAY_READ, false);
    struct str path = import_job_bad_path(ctx->arena, req->id);
    if (!run && !ctx->errors.count)
        errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such import.");
    else if (run && (!row_bool(run, "has_bad_rows") || access(path.ptr, R_OK) != 0))
        errors_add(&ctx->errors, 404, "not_found", NULL, "There is no file of bad rows; it is kept for a week.");
    if (ctx->errors.count) {
        respond_errors(req, res);
        return;
    }
    res->file_path = path.ptr;
    res->content_type = STR("text/csv; charset=utf-8");
    respond_attachment(req, res, str_printf(ctx->arena, "%.*s-bad-rows.csv", STR_ARG(row_text(run, "entity"))));
}
