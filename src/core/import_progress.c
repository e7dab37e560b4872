/* import_progress.c - the row in import_runs that shows how an import goes. */
#include "base/utf8.h"
#include "core/import.h"

#define MESSAGE_LONGEST 2000

static struct value id_or_none(int64_t id) { return id ? value_int(id) : VALUE_NONE; }

struct beginning {
    const struct import_options *options;
    const struct import_file *file;
    int64_t id;
};

static bool begin(struct ctx *ctx, void *arg) {
    struct beginning *b = arg;
    b->id = id_new();
    return sql_exec(ctx,
                    "INSERT INTO import_runs (id, tenant_id, entity, status, dry_run, file_name, file_size, progress, row_count, "
                    "new_count, changed_count, unchanged_count, duplicate_count, bad_count, has_bad_rows, user_id, created_at, "
                    "created_by_id, updated_at, version) VALUES (:id, :tenant, :entity, 'waiting', :dry, :name, :size, 0, 0, 0, "
                    "0, 0, 0, 0, 0, :user, :now, :user, :now, 1)",
                    ARGS({":id", value_int(b->id)}, {":entity", value_text(b->options->entity->name)},
                         {":dry", value_int(b->options->dry_run)}, {":name", value_text(utf8_prefix(b->file->name, 255))},
                         {":size", value_int(b->file->size)}, {":user", id_or_none(ctx->actor->user_id)}));
}

int64_t import_run_begin(struct ctx *ctx, const struct import_options *options, const struct import_file *file) {
    struct beginning b = {options, file, 0};
    return ctx_write(ctx, begin, &b) ? b.id : 0;
}

bool import_run_progress(struct ctx *ctx, int64_t run_id, const struct import_counts *counts, int64_t change_set_id,
                         int percent) {
    return sql_exec(ctx,
                    "UPDATE import_runs SET status = 'running', progress = :percent, row_count = :rows, new_count = :new, "
                    "changed_count = :changed, unchanged_count = :unchanged, duplicate_count = :duplicate, bad_count = :bad, "
                    "change_set_id = :set, updated_at = :now, version = version + 1 WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":id", value_int(run_id)}, {":percent", value_int(percent)}, {":rows", value_int(counts->rows)},
                         {":new", value_int(counts->made)}, {":changed", value_int(counts->changed)},
                         {":unchanged", value_int(counts->unchanged)}, {":duplicate", value_int(counts->duplicate)},
                         {":bad", value_int(counts->bad)}, {":set", id_or_none(change_set_id)}));
}

struct ending {
    const struct import_result *result;
    int64_t run_id;
    const char *status;
    struct str message, report;
    bool bad_file;
};

static bool end(struct ctx *ctx, void *arg) {
    const struct ending *e = arg;
    int percent = e->result->finished
                      ? 100
                      : (int)sql_int(ctx, "SELECT progress FROM import_runs WHERE tenant_id = :tenant AND id = :id",
                                     ARGS({":id", value_int(e->run_id)}));
    return import_run_progress(ctx, e->run_id, &e->result->counts, e->result->change_set_id, percent) &&
           sql_exec(ctx,
                    "UPDATE import_runs SET status = :status, message = :message, report = :report, has_bad_rows = :bad, "
                    "finished_at = :now WHERE tenant_id = :tenant AND id = :id",
                    ARGS({":id", value_int(e->run_id)}, {":status", value_text(str_of(e->status))},
                         {":message", e->message.len ? value_text(e->message) : VALUE_NONE},
                         {":report", e->report.len ? value_text(e->report) : VALUE_NONE}, {":bad", value_int(e->bad_file)}));
}

/* What went wrong so far is what is told; it is no error of this write. */
bool import_run_end(struct ctx *ctx, const struct import_result *result, int64_t run_id, bool bad_file) {
    struct errors told = ctx->errors;
    struct buf message = buf_new(ctx->arena, 128), report = buf_new(ctx->arena, 1024);
    bool stopped = false;
    for (const struct error *e = told.first; e && message.len < MESSAGE_LONGEST; e = e->next) {
        if (message.len) buf_char(&message, ' ');
        buf_add(&message, e->message);
        stopped = stopped || !strcmp(e->code, "stopped");
    }
    if (result->entity) import_json(&report, result);
    struct ending e = {.result = result,
                       .run_id = run_id,
                       .status = result->finished ? "done"
                                 : stopped        ? "stopped"
                                                  : "failed",
                       .message = utf8_prefix(buf_str(&message), MESSAGE_LONGEST),
                       .report = buf_str(&report),
                       .bad_file = bad_file};
    ctx->errors = (struct errors){.arena = told.arena};
    bool ok = ctx_write(ctx, end, &e);
    if (told.count) ctx->errors = told;
    return ok;
}

static bool sweep(struct ctx *ctx, void *arg) {
    (void)arg;
    return sql_exec(ctx,
                    "UPDATE import_runs SET status = 'stopped', message = 'The server ended before the import did.', "
                    "finished_at = :now, updated_at = :now, version = version + 1 "
                    "WHERE status IN ('waiting', 'running')" /* lint: no tenant: at start, for all tenants */,
                    NO_ARGS);
}

bool import_run_sweep(struct ctx *ctx) { return ctx_write(ctx, sweep, NULL); }
