/* rest.c - what is out and its lines, by the declarations (rest.h). */
#include "core/rest.h"

#include "core/access.h"
#include "core/ctx.h"

static bool is_draft(const struct entity *entity, const struct row *row) {
    struct value state = row->values[entity->state->index];
    return state.type != VALUE_TEXT || str_in_words(entity->decl->drafts, state.text);
}

bool rest_is(const struct row *row) { return row->entity->decl->drafts && !is_draft(row->entity, row); }

static const struct row *whole_of(struct ctx *ctx, const struct row *line) {
    const struct field *f = line->entity->line_of;
    if (!f || value_is_null(line->values[f->index])) return NULL;
    return query_one(ctx, f->to, line->values[f->index].integer, MAY_READ, false);
}

const struct row *rest_over(struct ctx *ctx, const struct row *line) {
    const struct row *whole = whole_of(ctx, line);
    return whole && rest_is(whole) ? whole : NULL;
}

const struct row *rest_whole(struct ctx *ctx, struct change *change) {
    if (!change->whole) change->whole = whole_of(ctx, change->row);
    return change->whole;
}

bool rest_allows(const struct row *row, const struct field *field) {
    return !rest_is(row) || str_in_words(row->entity->decl->still, field->name);
}

struct str rest_why(struct arena *arena, const struct entity *entity, bool lines) {
    if (entity->decl->frozen && !lines) return str_of(lang_cstr(arena, entity->decl->frozen));
    return lines ? lang_printf(arena, "%s is out: its lines are no longer changed.", entity->decl->one)
                 : lang_printf(arena, "%s is out: it is no longer changed.", entity->decl->one);
}

static bool refuse(struct ctx *ctx, const struct entity *entity, const char *field, bool lines) {
    struct str why = rest_why(ctx->arena, entity, lines);
    return errors_add(&ctx->errors, 409, "frozen", field, "%.*s", STR_ARG(why));
}

bool rest_may_change(struct ctx *ctx, const struct row *row, const struct field *field) {
    const struct row *whole = rest_over(ctx, row);
    if (whole) return refuse(ctx, whole->entity, NULL, true);
    if (!rest_is(row) || (field ? rest_allows(row, field) : row->entity->decl->still != NULL)) return ctx->errors.count == 0;
    return refuse(ctx, row->entity, NULL, false);
}

bool rest_may_draw(const struct row *row, const struct field *via) {
    const struct entity_decl *decl = via->entity->decl;
    for (int i = 0; i < decl->draw_count; i++) {
        const struct draw_decl *draw = &decl->draws[i];
        if (!str_eqc(via->name, draw->by)) continue;
        if (row_int(row, draw->left) <= 0) return false;
        if (draw->in && !str_in_words(draw->in, row->values[row->entity->state->index].text)) return false;
    }
    return true;
}

/* ---- of many --------------------------------------------------------------------------------------------------------------- */

/* Those of which the rows are lines, each once. */
static bool read_wholes(struct ctx *ctx, const struct rows *lines, const struct field *via, struct rows *wholes) {
    struct value *ids = arena_array(ctx->arena, struct value, (size_t)lines->count);
    struct query_filter among = {.field = &via->to->fields[via->to->id], .op = OP_IN, .values = ids};
    for (int i = 0; i < lines->count; i++) {
        struct value id = lines->at[i]->values[via->index];
        bool known = value_is_null(id);
        for (int k = 0; k < among.value_count && !known; k++) known = ids[k].integer == id.integer;
        if (!known) ids[among.value_count++] = id;
    }
    struct query *q = query_new(ctx, via->to);
    field_set_add(&q->fields, via->to->state->index);
    q->limit = QUERY_MAX_LIMIT;
    return among.value_count && query_filter_add(q, &among) && query_rows(q, wholes);
}

const bool *rest_marks(struct ctx *ctx, const struct rows *rows, const struct entity *entity) {
    const struct field *via = entity->line_of;
    bool lines = via && via->to->decl->drafts && access_may(ctx->actor, via->to, MAY_READ);
    if (!(entity->decl->drafts || lines) || !rows->count) return NULL;
    bool *marks = arena_array(ctx->arena, bool, (size_t)rows->count);
    struct rows wholes = {.count = 0};
    if (lines && !read_wholes(ctx, rows, via, &wholes)) return NULL;
    for (int i = 0; i < rows->count; i++) {
        marks[i] = rest_is(rows->at[i]);
        for (int k = 0; lines && k < wholes.count; k++)
            marks[i] = marks[i] || (row_id(wholes.at[k]) == rows->at[i]->values[via->index].integer && rest_is(wholes.at[k]));
    }
    return marks;
}

/* ---- what is saved --------------------------------------------------------------------------------------------------------- */

static bool check_line(struct ctx *ctx, struct change *change) {
    const struct field *via = change->entity->line_of;
    /* A record that comes back or goes takes its lines along, and rules write them; nobody deletes one or brings one back. */
    bool free = change->undoing || (ctx->actor->system && !change->deleting && !(change->restoring && !change->together));
    const struct row *whole = free ? NULL : rest_whole(ctx, change);
    if (!whole || !rest_is(whole)) return ctx->errors.count == 0;
    return change->deleting
               ? errors_add(&ctx->errors, 409, "frozen", via->decl->name, "%s is out: its lines stay.", whole->entity->decl->one)
               : refuse(ctx, whole->entity, via->decl->name, true);
}

static bool check_itself(struct ctx *ctx, const struct change *change) {
    const struct entity *entity = change->entity;
    if (!change->old || change->restoring || change->undoing || !rest_is(change->old)) return true;
    if (change->deleting)
        return entity->decl->frozen ? refuse(ctx, entity, NULL, false)
                                    : errors_add(&ctx->errors, 409, "frozen", NULL,
                                                 "%s is out: it is cancelled, not deleted.", entity->decl->one);
    if (ctx->actor->system || change->action) return true;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!f->stored || rest_allows(change->old, f) || value_eq(change->old->values[i], change->row->values[i])) continue;
        return refuse(ctx, entity, f->decl->name, false);
    }
    return true;
}

bool rest_check(struct ctx *ctx, struct change *change) {
    if (change->entity->decl->drafts && !check_itself(ctx, change)) return false;
    return !change->entity->line_of || check_line(ctx, change);
}
