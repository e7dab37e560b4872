/* import_page.c - importing a CSV file in the browser, step by step (import_page.h). */
#include "http/import_page.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "http/import_api.h"
#include "http/import_job.h"
#include "templates.h"

static void show(struct request *req, struct response *res, const struct row *run, const struct params *chosen, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct import_view view = {
        .entity = entity, .errors = &req->ctx.errors, .list_href = frame_list_href(arena, entity), .by_script = req->htmx};
    view.many = lang_inside(arena, str_of(entity->decl->many));
    view.action = str_printf(arena, "/%s/import", entity->decl->name);
    view.back = view.list_href;
    view.self = str_printf(arena, "%.*s?%.*s", STR_ARG(req->path), STR_ARG(req->query));
    import_view_options(req, &view, chosen);
    if (run && !import_view_run(req, &view, run)) {
        respond_errors(req, res);
        return;
    }
    struct page *page = frame_open(req, lang_printf(arena, "Import %s", view.many.ptr), entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), view.list_href);
    tpl_import_page(&res->body, page, &view);
    frame_answer(req, res, status);
}

/* One's own, of these records; NULL with 404. */
static const struct row *run_of(struct request *req, struct str given) {
    struct ctx *ctx = &req->ctx;
    int64_t id;
    const struct row *run = str_to_int(given, &id) ? query_one(ctx, registry_get("import_runs"), id, MAY_READ, false) : NULL;
    bool own = run && row_int(run, "user_id") == ctx->actor->user_id && str_eq(row_text(run, "entity"), req->route->entity->name);
    if (own) return run;
    if (!ctx->errors.count) errors_add(&ctx->errors, 404, "not_found", NULL, "There is no such import.");
    return NULL;
}

void import_page_form(struct request *req, struct response *res) {
    struct str given = request_arg(req, "run");
    const struct row *run = NULL;
    bool may =
        access_may(req->ctx.actor, req->route->entity, MAY_CREATE) || access_deny(&req->ctx, req->route->entity, MAY_CREATE);
    if (may && given.len) run = run_of(req, given);
    if (req->ctx.errors.count)
        respond_errors(req, res);
    else
        show(req, res, run, &req->args, 200);
}

/* ---- a step forward ------------------------------------------------------------------------------------------------------- */

static void add(struct params *to, const char *name, struct str value) {
    to->at[to->count++] = (struct param){str_of(name), value};
}

/* "column.3=email" of the form as a mapping of the file's columns, in the order of the trial's report. */
static struct str mapping_of(struct request *req, const struct json *report) {
    struct buf b = buf_new(req->ctx.arena, 256);
    const struct json *columns = json_get(report, STR("columns"));
    for (size_t i = 0; i < json_count(columns); i++) {
        char name[32];
        snprintf(name, sizeof name, "column.%zu", i);
        struct str field = request_form(req, name);
        buf_char(&b, i ? ',' : '{');
        buf_json(&b, json_text_at(json_at(columns, i), STR("column")));
        buf_char(&b, ':');
        if (field.len)
            buf_json(&b, field);
        else
            buf_lit(&b, "null");
    }
    buf_cstr(&b, b.len ? "}" : "{}");
    return buf_str(&b);
}

/* What words mean, one of which is said by "said.N" or "value.N" of the form; grouped by field, as import_option takes them. */
struct meanings {
    struct import_meaning *at;
    size_t count;
};

static void add_meaning(struct request *req, struct meanings *to, struct import_meaning m, const char *prefix, size_t number) {
    char name[32];
    snprintf(name, sizeof name, "%s.%zu", prefix, number);
    m.means = request_form(req, name);
    if (m.means.len) to->at[to->count++] = m;
}

static struct str values_of(struct request *req, const struct json *report, struct str tried) {
    struct arena *arena = req->ctx.arena;
    const struct json *unknown = json_get(report, STR("unknown_values"));
    struct import_meaning *said;
    size_t said_count = import_view_said(req, tried, &said);
    struct meanings all = {arena_array(arena, struct import_meaning, said_count + json_count(unknown) + 1), 0};
    for (size_t i = 0; i < said_count; i++) add_meaning(req, &all, said[i], "said", i);
    for (size_t i = 0; i < json_count(unknown); i++) {
        const struct json *one = json_at(unknown, i);
        struct import_meaning m = {.field = json_text_at(one, STR("field")), .word = json_text_at(one, STR("value"))};
        add_meaning(req, &all, m, "value", i);
    }
    struct buf b = buf_new(arena, 256);
    for (size_t first = 0; first < all.count; first++) {
        struct str field = all.at[first].field;
        bool told = false;
        for (size_t i = 0; i < first; i++) told = told || str_eq(all.at[i].field, field);
        if (told) continue;
        buf_char(&b, b.len ? ',' : '{');
        buf_json(&b, field);
        for (size_t i = first; i < all.count; i++) {
            if (!str_eq(all.at[i].field, field)) continue;
            buf_cstr(&b, i == first ? ":{" : ",");
            buf_json(&b, all.at[i].word);
            buf_char(&b, ':');
            buf_json(&b, all.at[i].means);
        }
        buf_char(&b, '}');
    }
    if (b.len) buf_char(&b, '}');
    return buf_str(&b);
}

/* The file of a trial that is to be tried otherwise or imported. */
static bool take_trial(struct request *req, const struct row *run, struct import_job *job, struct import_file *file,
                       struct str *values) {
    struct ctx *ctx = &req->ctx;
    struct str path = import_job_kept_path(ctx->arena, row_id(run));
    struct stat info;
    if (!row_bool(run, "dry_run") || !str_eqc(row_text(run, "status"), "done") || stat(path.ptr, &info) != 0)
        return errors_add(&ctx->errors, 422, "no_file", "file", "The file is not kept any more. Choose it again.");
    const struct json *report = json_parse(ctx->arena, row_text(run, "report"), &ctx->errors);
    if (!report) return false;
    *values = values_of(req, report, import_job_kept_values(ctx->arena, row_id(run)));
    add(&job->given, "mapping", mapping_of(req, report));
    if (values->len) add(&job->given, "values", *values);
    job->path = path.ptr;
    *file = (struct import_file){row_text(run, "file_name"), info.st_size};
    return true;
}

static struct str step_href(struct request *req, int64_t run_id, const struct params *chosen) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_printf(&b, "/%s/import?run=%lld", req->route->entity->decl->name, (long long)run_id);
    for (int i = 0; i < chosen->count; i++) {
        buf_char(&b, '&');
        buf_add(&b, chosen->at[i].name);
        buf_char(&b, '=');
        buf_url(&b, chosen->at[i].value);
    }
    return buf_str(&b);
}

void import_page_run(struct request *req, struct response *res) {
    struct ctx *ctx = &req->ctx;
    struct str given = request_form(req, "run");
    const struct row *run = given.len ? run_of(req, given) : NULL;
    struct params chosen = import_view_chosen(req, &req->form);
    bool trial = !run || request_form(req, "dry_run").len > 0, waited;
    struct import_job job = {.ctx = ctx, .entity = req->route->entity, .path = req->body_path};
    struct import_file file;
    struct str values = STR("");
    struct import_result *result = arena_alloc(ctx->arena, sizeof *result);
    *result = (struct import_result){.entity = job.entity};
    job.given = (struct params){arena_array(ctx->arena, struct param, (size_t)chosen.count + 3), chosen.count};
    if (chosen.count) memcpy(job.given.at, chosen.at, (size_t)chosen.count * sizeof *chosen.at);
    if (trial) add(&job.given, "dry_run", STR("true"));
    bool ok = ctx->errors.count == 0 && (run ? take_trial(req, run, &job, &file, &values) : import_request_file(req, &file));
    const char *tried = run ? job.path : NULL;
    ok = ok && import_start(&job, &file, true, trial, result, &waited);
    ok = ok && (!trial || !values.len || import_job_keep_values(ctx, job.run_id, values));
    if (ok) {
        if (tried && (trial || waited)) unlink(tried);
        respond_redirect(req, res, step_href(req, job.run_id, &chosen));
        return;
    }
    if (trial && job.run_id) unlink(import_job_kept_path(ctx->arena, job.run_id).ptr);
    int status = errors_status(&ctx->errors);
    bool again = status == 400 || status == 409 || status == 415 || status == 422;
    if (!again)
        respond_errors(req, res);
    else
        show(req, res, tried && access(tried, R_OK) == 0 ? run : NULL, &req->form, 422);
}
