/* import.c - the second reading: rows in batches, each row by itself, all in one change-set (import.h). */
#include "core/import.h"

#include <time.h>

#include "base/timefmt.h"
#include "core/change_set.h"
#include "core/custom.h"
#include "core/import_impl.h"
#include "core/registry.h"
#include "core/savepoint.h"

#define BATCH_ROWS 200
#define BATCH_BYTES ((size_t)1 << 20) /* of cells */
#define BATCH_MEMORY ((size_t)256 << 20)
#define BATCH_US 40000   /* after which a write ends, so that others are served */
#define BUSY_TRIES 50    /* a queue that is full empties soon: */
#define BUSY_WAIT_MS 100 /* together five seconds */

/* Of one batch. Errors have their own, so that they can be told where the rows' is used up. */
struct memory {
    struct arena *rows, *errors;
};

/* Rows that wait to be written, and how far the writer came. */
struct batch {
    struct import *import;
    struct import_row rows[BATCH_ROWS];
    int count, next;
    int percent;
    bool careful; /* each row in a savepoint of its own: after one has failed */
    bool failed;  /* a row did, without one */
    int64_t change_set_id;
    struct import_counts counts; /* with what this write did */
    struct errors why[BATCH_ROWS];
};

/* ---- one row ------------------------------------------------------------------------------------------------------------ */

enum outcome { ROW_MADE, ROW_CHANGED, ROW_UNCHANGED, ROW_DUPLICATE, ROW_BAD };

struct one {
    struct import *import;
    const struct import_row *row;
    struct str country; /* of its phone numbers */
    enum outcome outcome;
};

static struct repo_input input_of(struct ctx *ctx, const struct one *one, int64_t id) {
    struct repo_input in = repo_input(ctx, one->import->entity, id);
    in.importing = true;
    in.env.country = one->country;
    return in;
}

static bool start_change_set(struct ctx *ctx, const struct import *import) {
    if (ctx->change_set_id) return true;
    struct str summary = lang_printf(ctx->arena, "Import: %s", import->entity->decl->many);
    return change_set_begin(ctx, "import", import->entity, summary) != 0;
}

static bool make_row(struct ctx *ctx, struct one *one) {
    struct import *import = one->import;
    struct repo_input in = input_of(ctx, one, 0);
    import_cells(import, &in, one->row, NULL);
    if (ctx->errors.count && !access_may(ctx->actor, import->entity, MAY_CREATE)) return false;
    struct row *row = repo_create(&in);
    if (row) row = import_course_follow(ctx, &import->course, row);
    one->outcome = ROW_MADE;
    return row && (!import->options->dry_run || import_match_keep(ctx, import, &in, one->row, row));
}

static bool any_given(const struct repo_input *in) {
    for (size_t i = 0; i < sizeof in->given.bits / sizeof *in->given.bits; i++)
        if (in->given.bits[i]) return true;
    return false;
}

static bool change_row(struct ctx *ctx, struct one *one, int64_t id) {
    struct import *import = one->import;
    const struct entity *entity = import->entity;
    struct row *old = query_one(ctx, entity, id, MAY_READ, false);
    if (!old) return errors_add(&ctx->errors, 404, "not_found", NULL, "The record is not there any more.");
    struct repo_input in = input_of(ctx, one, id);
    import_cells(import, &in, one->row, old);
    one->outcome = ROW_UNCHANGED;
    if ((!any_given(&in) && value_is_null(import->course.state)) || ctx->errors.count) return ctx->errors.count == 0;
    if (!start_change_set(ctx, import)) return false;
    struct row *row = any_given(&in) ? repo_update(&in, id) : old;
    if (row) row = import_course_follow(ctx, &import->course, row);
    if (!row) return false;
    bool same = entity->version >= 0 && row->values[entity->version].integer == old->values[entity->version].integer;
    one->outcome = same ? ROW_UNCHANGED : ROW_CHANGED;
    return true;
}

static bool save_row(struct ctx *ctx, struct import *import, struct one *one) {
    struct import_match match;
    one->country = import_country(import, one->row, ctx->env.country);
    struct repo_input in = input_of(ctx, one, 0);
    if (!import_match(ctx, import, &in, one->row, &match)) return false;
    bool known = match.id || match.in_file;
    if (!known) return start_change_set(ctx, import) && make_row(ctx, one);
    one->outcome = ROW_DUPLICATE;
    if (import->options->duplicates != IMPORT_UPDATE) return true;
    if (match.several)
        return errors_add(&ctx->errors, 409, "several", NULL, "More than one record is there that it could be; give its id.");
    if (match.in_file) {
        one->outcome = import_match_same(import, &in, one->row) ? ROW_UNCHANGED : ROW_CHANGED;
        return true;
    }
    return change_row(ctx, one, match.id);
}

/* In savepoint_try. A dry run answers that it failed, without an error: what it wrote is undone. */
static bool try_row(struct ctx *ctx, void *arg) {
    struct one *one = arg;
    one->outcome = ROW_BAD;
    bool ok = save_row(ctx, one->import, one) && ctx->errors.count == 0;
    if (!ok) one->outcome = ROW_BAD;
    return ok && !one->import->options->dry_run;
}

static void count_row(struct import_counts *counts, enum outcome outcome) {
    counts->rows++;
    counts->made += outcome == ROW_MADE;
    counts->changed += outcome == ROW_CHANGED;
    counts->unchanged += outcome == ROW_UNCHANGED;
    counts->duplicate += outcome == ROW_DUPLICATE;
    counts->bad += outcome == ROW_BAD;
}

/* ---- one write ---------------------------------------------------------------------------------------------------------- */

/* Most rows of most files are sound, and a savepoint for each costs as much as the rest of the row: so a batch is written without
 * them, and once more with them where a row fails. */
static bool write_row(struct ctx *ctx, struct batch *batch, struct one *one, struct errors *why) {
    if (batch->careful) {
        bool kept = savepoint_try(ctx, try_row, one, why);
        import_refs_settle(batch->import, kept);
        if (ctx->errors.count) return false;
        if (!kept && one->outcome == ROW_BAD && why->count == 0)
            errors_add(why, 422, "not_saved", NULL, "The row cannot be saved.");
        return true;
    }
    batch->failed = !try_row(ctx, one) && errors_status(&ctx->errors) < 500;
    return !batch->failed && ctx->errors.count == 0;
}

static bool write_rows(struct ctx *ctx, void *arg) {
    struct batch *batch = arg;
    struct import *import = batch->import;
    int64_t start = time_monotonic();
    ctx->change_set_id = batch->change_set_id;
    for (bool late = false; batch->next < batch->count && !late; late = time_monotonic() - start > BATCH_US) {
        struct one one = {.import = import, .row = &batch->rows[batch->next]};
        if (!write_row(ctx, batch, &one, &batch->why[batch->next])) return false;
        count_row(&batch->counts, one.outcome);
        batch->next++;
    }
    batch->change_set_id = ctx->change_set_id;
    int64_t written = batch->counts.made + batch->counts.changed;
    int64_t set = ctx->change_set_id;
    if (set && !change_set_end(ctx, set, written)) return false;
    return !import->options->run_id || import_run_progress(ctx, import->options->run_id, &batch->counts, set, batch->percent);
}

static void wait_a_moment(void) {
    struct timespec moment = {0, BUSY_WAIT_MS * 1000000L};
    nanosleep(&moment, NULL);
}

/* Writes what it can of the batch in one go. */
static bool write_part(struct batch *batch, const struct memory *memory) {
    struct import *import = batch->import;
    struct ctx *ctx = import->ctx;
    struct batch before = *batch;
    for (int tries = 0;; tries++) {
        struct ctx part = *ctx;
        part.arena = part.env.arena = memory->rows;
        part.errors.arena = memory->errors;
        part.now = part.env.now = time_now();
        part.change_set_id = 0;
        bool ok = ctx_write(&part, write_rows, batch), failed = batch->failed;
        import_refs_settle(import, ok);
        if (ok) return true;
        const struct error *e = part.errors.first;
        *batch = before;
        batch->careful = failed;
        if (failed) continue;
        bool busy = e && e->status == 503 && !strcmp(e->code, "busy");
        if (busy && tries < BUSY_TRIES) {
            wait_a_moment();
            continue;
        }
        return e ? errors_add(&ctx->errors, e->status, e->code, e->field.len ? str_cstr(ctx->arena, e->field) : NULL, "%.*s",
                              STR_ARG(e->message))
                 : errors_add(&ctx->errors, 500, "not_saved", NULL, "The rows could not be saved.");
    }
}

/* ---- batch after batch -------------------------------------------------------------------------------------------------- */

static void fill_batch(struct batch *batch, struct csv_reader *csv, const struct memory *memory) {
    struct csv_record record;
    size_t bytes = 0;
    batch->count = batch->next = 0;
    while (batch->count < BATCH_ROWS && bytes < BATCH_BYTES && csv_next(csv, &record)) {
        struct import_row *row = &batch->rows[batch->count];
        batch->why[batch->count++] = (struct errors){.arena = memory->errors};
        *row = (struct import_row){.line = (int64_t)record.line, .cell_count = (int)record.count};
        row->cells = arena_array(memory->rows, struct str, record.count);
        for (size_t i = 0; i < record.count; i++) {
            row->cells[i] = str_dup(memory->rows, record.fields[i]);
            bytes += record.fields[i].len + sizeof(struct str);
        }
    }
    int64_t size = batch->import->size;
    batch->percent = size ? (int)((int64_t)csv_position(csv) * 100 / size) : 100;
    if (batch->percent > 99) batch->percent = 99; // the last one is the end's
}

static bool report_rows(struct batch *batch, int from) {
    for (int i = from; i < batch->next; i++)
        if (batch->why[i].count && !import_report_bad(batch->import, &batch->rows[i], &batch->why[i])) return false;
    return true;
}

static bool write_batch(struct batch *batch, const struct memory *memory) {
    struct import_result *result = batch->import->result;
    while (batch->next < batch->count) {
        int from = batch->next;
        int64_t bad = batch->counts.bad;
        batch->failed = false;
        if (!write_part(batch, memory)) return false;
        // Where rows are bad, others like them follow.
        batch->careful = batch->import->options->dry_run || batch->counts.bad > bad;
        result->counts = batch->counts;
        result->change_set_id = batch->change_set_id;
        if (!report_rows(batch, from)) return false;
    }
    return true;
}

static bool is_stopped(const struct import *import) {
    if (!import->options->stop || !atomic_load(import->options->stop)) return false;
    errors_add(&import->ctx->errors, 503, "stopped", NULL, "The import was stopped; what is written so far can be undone.");
    return true;
}

/* Memory that runs out while a batch is read unwinds to here. */
static bool next_batch(struct batch *batch, struct csv_reader *csv, const struct memory *memory) {
    volatile bool ok = false;
    jmp_buf edge, *outer = arena_catch(memory->rows, &edge), *outer_errors = arena_catch(memory->errors, &edge);
    if (setjmp(edge) == 0) {
        fill_batch(batch, csv, memory);
        ok = batch->count > 0 && write_batch(batch, memory);
    } else {
        errors_add(&batch->import->ctx->errors, 503, "out_of_memory", NULL, "The import needs more memory than it may have.");
    }
    arena_catch(memory->rows, outer);
    arena_catch(memory->errors, outer_errors);
    return ok;
}

static void free_arena(void *arena) { arena_free(arena); }

static bool write_all(struct import *import) {
    const struct import_options *options = import->options;
    struct arena *arena = import->ctx->arena;
    struct csv_record heading;
    struct csv_reader *csv = import_open(import, &heading);
    if (!csv) return false;
    struct batch *batch = arena_alloc(arena, sizeof *batch);
    batch->import = import;
    batch->careful = options->dry_run;
    struct memory memory = {arena_new(BATCH_MEMORY), arena_new(BATCH_MEMORY)};
    arena_defer(arena, free_arena, memory.rows);
    arena_defer(arena, free_arena, memory.errors);
    const struct lang *lang = arena_lang(arena);
    for (arena_speak(memory.errors, lang); !is_stopped(import) && next_batch(batch, csv, &memory);) {
        if (options->progress) options->progress(options->arg, batch->percent);
        arena_reset(memory.rows);
        arena_reset(memory.errors);
        arena_speak(memory.errors, lang);
    }
    return !csv_failed(csv) && import->ctx->errors.count == 0;
}

bool import_allowed(struct ctx *ctx, const struct import_options *options) {
    const struct entity *entity = options->entity;
    if (entity_is(entity, ENTITY_READ_ONLY | ENTITY_INTERNAL))
        return errors_add(&ctx->errors, 403, "read_only", NULL, "%s are written by Tenon itself.", entity->decl->many);
    if (entity_is(entity, ENTITY_UPLOAD))
        return errors_add(&ctx->errors, 422, "upload", NULL, "%s are uploaded one by one.", entity->decl->many);
    if (!access_may(ctx->actor, entity, MAY_CREATE)) return access_deny(ctx, entity, MAY_CREATE);
    if (options->duplicates == IMPORT_UPDATE && !access_may(ctx->actor, entity, MAY_UPDATE))
        return access_deny(ctx, entity, MAY_UPDATE);
    return true;
}

/* ---- remembering the columns -------------------------------------------------------------------------------------------- */

static struct str mapping_text(struct import *import) {
    struct buf b = buf_new(import->ctx->arena, 512);
    buf_char(&b, '{');
    for (int i = 0; i < import->column_count; i++) {
        const struct import_column *column = &import->columns[i];
        if (column->beside || column->joined) continue;
        if (b.len > 1) buf_char(&b, ',');
        buf_json(&b, column->name);
        buf_char(&b, ':');
        if (column->field)
            buf_json(&b, column->field->name);
        else
            buf_lit(&b, "null");
    }
    buf_char(&b, '}');
    return buf_str(&b);
}

static bool save_mapping(struct ctx *ctx, void *arg) {
    struct import *import = arg;
    const struct entity *mappings = registry_get("import_mappings");
    struct query *q = query_new(ctx, mappings);
    query_where(q, "name", OP_EQ, value_text(import->options->save_mapping));
    query_where(q, "entity", OP_EQ, value_text(import->entity->name));
    query_where(q, "user_id", OP_EQ, value_int(ctx->actor->user_id));
    struct rows rows;
    if (!query_rows(q, &rows)) return false;
    int64_t id = rows.count ? row_id(rows.at[0]) : 0;
    struct repo_input in = repo_input(ctx, mappings, id);
    if (!id) repo_input_text(&in, STR("name"), import->options->save_mapping);
    if (!id) repo_input_text(&in, STR("entity"), import->entity->name);
    repo_input_text(&in, STR("mapping"), mapping_text(import));
    return (id ? repo_update(&in, id) : repo_create(&in)) != NULL;
}

static bool remember_mapping(struct import *import) { return ctx_write(import->ctx, save_mapping, import); }

/* ---- the import --------------------------------------------------------------------------------------------------------- */

bool import_run(struct ctx *ctx, const struct import_options *options, struct import_result *result) {
    *result = (struct import_result){.entity = options->entity, .dry_run = options->dry_run, .run_id = options->run_id};
    struct import *import = arena_alloc(ctx->arena, sizeof *import);
    *import = (struct import){.ctx = ctx, .options = options, .result = result, .entity = custom_entity(ctx, options->entity)};
    if (!import_allowed(ctx, options) || !import_look(import) || !import_match_fields(import)) return false;
    if (!import_report_heading(import) || !write_all(import)) return false;
    if (options->save_mapping.len && !options->dry_run && !remember_mapping(import)) return false;
    if (options->progress) options->progress(options->arg, 100);
    result->finished = true;
    return true;
}
