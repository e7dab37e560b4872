/* world_run.c - carries the plan out, step by step, through the same door as everybody else. */
#include "app/demo/world.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/decimal.h"
#include "base/text.h"
#include "core/file_store.h"
#include "core/registry.h"
#include "core/repo.h"

/* "live:invoice_id.amount_due/2": what the record says now, or a part of it. */
static bool live_value(struct ctx *ctx, const struct world_row *row, struct str path, struct value *value) {
    struct str name;
    int64_t part = 1;
    ptrdiff_t slash = str_index(path, '/');
    if (slash >= 0 && str_to_int(str_slice(path, (size_t)slash + 1, path.len), &part)) path = str_slice(path, 0, (size_t)slash);
    str_split(&path, '.', &name);
    const struct world_cell *c = world_cell(row, name);
    if (!c || !c->ref || !c->ref->id) return false;
    const struct row *now = query_one(ctx, c->ref->set->entity, c->ref->id, MAY_READ, false);
    const struct field *f = now ? entity_field(now->entity, path) : NULL;
    if (!f) return false;
    *value = now->values[f->index];
    if (value->type == VALUE_INT) value->integer /= part;
    return true;
}

static void put(struct ctx *ctx, struct repo_input *in, const struct world_row *row, const struct world_cell *c) {
    struct value value;
    if (c->ref) {
        if (c->ref->id) repo_input_value(in, c->field->decl->name, value_int(c->ref->id));
    } else if (str_starts(c->text, STR("live:"))) {
        if (live_value(ctx, row, str_slice(c->text, 5, c->text.len), &value)) repo_input_value(in, c->field->decl->name, value);
    } else if (c->text.len) {
        repo_input_text(in, c->field->name, c->text);
    }
}

/* ---- uploaded content ------------------------------------------------------------------------------------------------------ */

static bool write_file(const char *path, struct str content) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return false;
    bool ok = write(fd, content.ptr, content.len) == (ssize_t)content.len;
    return close(fd) == 0 && ok;
}

/* What the record says of its content is what lies in the store. */
static bool put_content(struct ctx *ctx, struct world *w, struct repo_input *in, const struct world_row *row) {
    const struct world_cell *text = world_cell(row, STR("content")), *name = world_cell(row, STR("name"));
    if (!name) name = world_cell(row, STR("file_name"));
    struct str called = name ? name->text : STR("file.txt");
    uint64_t seed = row->from ? (uint64_t)row->from->number : (uint64_t)row->number;
    struct str content = world_content(ctx->arena, called, text ? text->text : called, seed);
    struct str path = str_printf(ctx->arena, "%s/demo-upload", w->options->files_dir);
    struct file_stored stored;
    if (!write_file(path.ptr, content))
        return errors_add(&ctx->errors, 500, "cannot_store", NULL, "%s cannot be written.", path.ptr);
    if (!file_store(ctx->arena, w->options->files_dir, ctx->tenant_id, path.ptr, called, &stored, &ctx->errors)) return false;
    repo_input_value(in, "storage_key", value_text(stored.key));
    repo_input_value(in, "sha256", value_text(stored.sha256));
    repo_input_value(in, "mime_type", value_text(stored.type));
    repo_input_value(in, "file_size", value_int(stored.size));
    return true;
}

/* ---- steps ----------------------------------------------------------------------------------------------------------------- */

static bool run_create(struct ctx *ctx, struct world *w, struct world_row *row) {
    struct repo_input in = repo_input(ctx, row->set->entity, 0);
    in.trusted = true;
    for (int i = 0; i < row->cell_count; i++)
        if (row->cells[i].field && !row->cells[i].given) put(ctx, &in, row, &row->cells[i]);
    if (entity_field(row->set->entity, STR("storage_key")) && !put_content(ctx, w, &in, row)) return false;
    if (ctx->errors.count) return false;
    const struct row *made = repo_create(&in);
    row->id = made ? row_id(made) : 0;
    return made != NULL;
}

static bool run_action(struct ctx *ctx, const struct world_step *step) {
    struct repo_input in = repo_input(ctx, step->row->set->entity, step->row->id);
    in.trusted = true;
    for (int i = 0; i < step->row->cell_count; i++) {
        const struct world_cell *c = &step->row->cells[i];
        if (c->given && str_in_words(step->action->input, c->name)) put(ctx, &in, step->row, c);
    }
    return repo_action(&in, step->row->id, step->action) != NULL;
}

/* The state of that name, "proposal_sent" for Proposal Sent; 0 with an error. */
static int64_t state_called(struct ctx *ctx, const struct entity *states, struct str word) {
    struct rows rows = {.count = 0};
    struct query *q = query_new(ctx, states);
    q->limit = QUERY_MAX_LIMIT;
    if (!query_rows(q, &rows)) return 0;
    for (int i = 0; i < rows.count; i++)
        if (str_ieq(row_title(ctx->arena, rows.at[i]), text_humanize(ctx->arena, word))) return row_id(rows.at[i]);
    errors_add(&ctx->errors, 422, "unknown", NULL, "%s has no %.*s.", states->decl->many, STR_ARG(word));
    return 0;
}

/* What no action does yet, as the job or rule that will do it. */
static bool run_state(struct ctx *ctx, const struct world_step *step) {
    struct repo_input in = repo_input(ctx, step->row->set->entity, step->row->id);
    const struct field *state = in.entity->state;
    in.trusted = true;
    if (state->to)
        repo_input_value(&in, state->decl->name, value_int(state_called(ctx, state->to, step->state)));
    else
        repo_input_text(&in, state->name, step->state);
    const struct world_cell *note = world_cell(step->row, str_printf(ctx->arena, "%.*s_note", STR_ARG(step->state)));
    if (note) repo_input_text(&in, STR("note"), note->text);
    if (ctx->errors.count) return false;
    if (step->stamp.len) repo_input_value(&in, str_cstr(ctx->arena, step->stamp), value_int(ctx->now));
    return repo_update(&in, step->row->id) != NULL;
}

static bool asks_for_approval(const struct world_step *step) {
    return step->action && (step->action->needs == MAY_APPROVE || strcmp(step->action->name, "approve") == 0);
}

/* What only some may do: who decides over access gives no more than they have themselves. */
static struct str role_for(const struct world_step *step) {
    if (asks_for_approval(step)) return STR("role=supervisor");
    return entity_is(step->row->set->entity, ENTITY_ACCESS) ? STR("role=tenant_admin") : STR("");
}

static const struct world_row *who_does(const struct world *w, const struct world_step *step) {
    const struct world_set *users = world_set(w, registry_get("users"));
    struct str role = role_for(step);
    for (int i = 0; role.len && i < users->count; i++)
        if (world_meets(users->rows[i], role)) return users->rows[i];
    return step->said_by->by;
}

bool world_run(struct ctx *ctx, struct world *w, const struct world_step *step) {
    const struct world_row *who = who_does(w, step);
    struct actor *person = arena_alloc(ctx->arena, sizeof *person);
    *person = *ctx->actor;
    person->user_id = who ? who->id : 0;
    const struct actor *before = ctx->actor;
    ctx->actor = person;
    ctx->now = ctx->env.now = step->at;
    ctx->env.me = person->user_id;
    bool creates = !step->action && !step->state.len, ok = true;
    if (creates)
        ok = run_create(ctx, w, step->row);
    else if (step->row->id)
        ok = step->action ? run_action(ctx, step) : run_state(ctx, step); /* 0: it was left out */
    ctx->actor = before;
    return ok && ctx->errors.count == 0;
}
