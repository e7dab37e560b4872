/* export.c - walks all that a query finds, page by page (export.h). */
#include "core/export.h"

#include "core/audit.h"

#define PAGE 500
#define PAGE_MEMORY ((size_t)64 << 20)

/* ---- columns ------------------------------------------------------------------------------------------------------------ */

static bool is_exported(const struct query *q, int i) {
    const struct entity *entity = q->entity;
    const struct field *f = &entity->fields[i];
    if (!f->stored || (f->flags & HIDDEN) || f->kind == &kind_secret) return false;
    if (i == entity->version || i == entity->deleted_at) return false;
    bool all = true;
    for (size_t b = 0; b < sizeof q->fields.bits / sizeof *q->fields.bits; b++) all = all && q->fields.bits[b] == 0;
    return all || i == entity->id || field_set_has(&q->fields, i);
}

/* "assigned_to_id" -> "assigned_to"; empty where another field is called so. */
static struct str title_name(const struct field *f) {
    if (!str_ends(f->name, STR("_id"))) return STR("");
    struct str name = str_slice(f->name, 0, f->name.len - 3);
    return entity_field(f->entity, name) ? STR("") : name;
}

static struct export_table table_of(struct query *q) {
    const struct entity *entity = q->entity;
    struct export_column *columns = arena_array(q->ctx->arena, struct export_column, (size_t)entity->field_count * 2);
    struct export_table table = {.entity = entity, .columns = columns};
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!is_exported(q, i)) continue;
        columns[table.count++] = (struct export_column){f, false, f->name};
        bool named = f->to && f->to->title && f->to->title->stored && access_may(q->ctx->actor, f->to, MAY_READ);
        if (named && title_name(f).len) columns[table.count++] = (struct export_column){f, true, title_name(f)};
    }
    return table;
}

/* ---- pages -------------------------------------------------------------------------------------------------------------- */

struct walk {
    struct query *q;
    const struct export_sink *sink;
    const struct export_table *table;
    struct ctx *part; /* of this page */
    struct buf cursor;
    int64_t count;
    bool ok;
};

static void write_row(void *arg, const struct row *row) {
    struct walk *w = arg;
    if (!w->ok) return;
    w->ok = w->sink->row(w->part, w->sink->arg, w->table, row);
    w->count += w->ok;
}

static bool write_page(struct walk *w, struct arena *memory) {
    struct ctx *ctx = w->q->ctx, part = *ctx;
    struct query page = *w->q;
    struct rows rows;
    part.arena = part.env.arena = memory;
    page.ctx = w->part = &part;
    page.cursor = buf_str(&w->cursor);
    bool ok = query_each(&page, &rows, write_row, w) && w->ok;
    ctx->errors = part.errors; // these live in the caller's arena
    w->cursor.len = 0;
    if (ok) buf_add(&w->cursor, rows.next);
    return ok;
}

/* Memory that runs out unwinds to here. */
static bool next_page(struct walk *w, struct arena *memory) {
    volatile bool ok = false;
    jmp_buf edge, *outer = arena_catch(memory, &edge);
    if (setjmp(edge) == 0)
        ok = write_page(w, memory);
    else
        errors_add(&w->q->ctx->errors, 503, "out_of_memory", NULL, "The export needs more memory than it may have.");
    arena_catch(memory, outer);
    return ok;
}

static void free_arena(void *arena) { arena_free(arena); }

static bool walk_all(struct walk *w) {
    struct arena *memory = arena_new(PAGE_MEMORY);
    arena_defer(w->q->ctx->arena, free_arena, memory);
    bool ok = true;
    do {
        ok = next_page(w, memory);
        arena_reset(memory);
    } while (ok && w->cursor.len);
    return ok;
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------- */

/* Both scopes limit what is written; of two, the narrower is asked for. */
static bool may_export(struct query *q) {
    struct ctx *ctx = q->ctx;
    if (!access_may(ctx->actor, q->entity, MAY_READ)) return access_deny(ctx, q->entity, MAY_READ);
    if (!access_may(ctx->actor, q->entity, MAY_EXPORT)) return access_deny(ctx, q->entity, MAY_EXPORT);
    bool reads_less = access_scope(ctx->actor, q->entity, MAY_READ) < access_scope(ctx->actor, q->entity, MAY_EXPORT);
    q->action = reads_less ? MAY_READ : MAY_EXPORT;
    return true;
}

struct noting {
    const struct query *q;
    const char *format;
    int64_t count;
};

static bool note(struct ctx *ctx, void *arg) {
    const struct noting *n = arg;
    struct buf b = buf_new(ctx->arena, 256);
    buf_printf(&b, "{\"format\":\"%s\",\"rows\":%lld,\"filters\":[", n->format, (long long)n->count);
    for (int i = 0; i < n->q->filter_count; i++) {
        if (i) buf_char(&b, ',');
        buf_json(&b, n->q->filters[i].field->name);
    }
    buf_lit(&b, "]}");
    return audit_note(ctx, "export", n->q->entity->decl->name, 0, buf_str(&b));
}

bool export_run(struct query *q, const struct export_sink *sink, const char *format, int64_t *count) {
    struct ctx *ctx = q->ctx;
    *count = 0;
    if (!may_export(q)) return false;
    const struct export_table table = table_of(q);
    struct walk w = {.q = q, .sink = sink, .table = &table, .cursor = buf_new(ctx->arena, 256), .ok = true};
    q->limit = PAGE;
    q->titles = true;
    q->count = false;
    q->cursor = STR("");
    if (!sink->begin(ctx, sink->arg, &table) || !db_read_begin(ctx->conn)) return false;
    bool ok = walk_all(&w);
    db_read_end(ctx->conn);
    *count = w.count;
    struct noting noting = {q, format, w.count};
    return ok && sink->end(ctx, sink->arg) && ctx_write(ctx, note, &noting);
}
