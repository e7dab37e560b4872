/* record_files.c - the files of a record where it is shown (record_files.h). */
#include "http/record_files.h"

#include "core/access.h"
#include "core/registry.h"
#include "http/file_thumb.h"
#include "http/server.h"

struct str record_files_size(struct arena *arena, int64_t bytes) {
    if (bytes < 1024) return lang_printf(arena, "%lld bytes", (long long)bytes);
    double kb = (double)bytes / 1024;
    return kb < 1024 ? str_printf(arena, "%.0f KB", kb) : str_printf(arena, "%.1f MB", kb / 1024);
}

struct str record_files_thumb(struct request *req, const struct row *file) {
    struct arena *arena = req->ctx.arena;
    const char *dir = server_options(req->server)->files_dir;
    if (!file_thumb_may(arena, dir, row_text(file, "storage_key"), row_text(file, "mime_type"))) return STR("");
    struct str href = frame_record_href(arena, file->entity, row_id(file));
    return str_printf(arena, "%.*s/thumbnail", STR_ARG(href));
}

static struct record_file file_of(struct request *req, struct values *values, const struct row *row) {
    struct arena *arena = req->ctx.arena;
    struct str who = row->titles && row->entity->created_by_id >= 0 ? row->titles[row->entity->created_by_id] : STR("");
    struct str size = record_files_size(arena, row_int(row, "file_size"));
    struct record_file file = {.name = row_title(arena, row),
                               .href = frame_record_href(arena, row->entity, row_id(row)),
                               .thumb = record_files_thumb(req, row),
                               .detail = who.len ? str_printf(arena, "%.*s, %.*s", STR_ARG(size), STR_ARG(who)) : size,
                               .when = value_view(values, row, &row->entity->fields[row->entity->created_at], VALUE_SHORT)};
    file.download = str_printf(arena, "%.*s/content", STR_ARG(file.href));
    return file;
}

struct record_files record_files_of(struct request *req, struct values *values, const struct row *row, bool deleted) {
    struct record_files files = {.shown = false};
    const struct entity *entity = registry_find(STR("files"));
    const struct field *type = entity ? entity_field(entity, STR("subject_type")) : NULL;
    if (!type || !str_in_words(type->decl->subjects, row->entity->name) || !access_may(req->ctx.actor, entity, MAY_READ))
        return files;
    struct query *q = query_new(&req->ctx, entity);
    struct rows rows;
    q->titles = true;
    q->limit = RECORD_FILES_SHOWN;
    query_sort(q, "-created_at");
    query_where(q, type->decl->name, OP_EQ, value_text(row->entity->name));
    query_where(q, type->pair->decl->name, OP_EQ, value_int(row_id(row)));
    if (!query_rows(q, &rows)) return files;
    files.shown = true;
    files.more = rows.next.len > 0;
    files.at = arena_array(req->ctx.arena, struct record_file, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) files.at[files.count++] = file_of(req, values, rows.at[i]);
    files.all_href = str_printf(req->ctx.arena, "/files?filter[subject_id]=%lld&filter[subject_type]=%s", (long long)row_id(row),
                                row->entity->decl->name);
    if (!deleted && access_may(req->ctx.actor, entity, MAY_CREATE)) files.upload = row->entity->name;
    return files;
}
