/* record_picks.c - an action that takes one of the records that hang on this one (record_picks.h). */
#include "http/record_picks.h"

#include "core/access.h"
#include "core/registry.h"
#include "core/repo.h"
#include "http/frame.h"

/* What its list tells of it beyond what stands beside it anyway, and who made it. */
static struct str detail_of(struct values *values, const struct record_picks *picks, const struct row *row) {
    struct buf b = buf_new(values->ctx->arena, 64);
    struct str rest = str_of(picks->from->decl->list), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(picks->from, word);
        if (f == picks->from->parent || f == picks->field || f->index == picks->from->created_at) continue;
        struct value_view v = value_in_a_line(values, row, f);
        if (v.look != LOOK_NONE && v.text.len) buf_printf(&b, "%s%.*s", b.len ? ", " : "", STR_ARG(v.text));
    }
    return buf_str(&b);
}

static struct record_pick pick_of(struct values *values, const struct record_picks *picks, const struct row *row) {
    struct arena *arena = values->ctx->arena;
    struct buf key = buf_new(arena, 16);
    kind_to_text(&key, picks->field, &values->ctx->env, row->values[picks->field->index]);
    return (struct record_pick){.key = buf_str(&key),
                                .href = frame_record_href(arena, picks->from, row_id(row)),
                                .detail = detail_of(values, picks, row),
                                .when = value_view(values, row, &picks->from->fields[picks->from->created_at], VALUE_SHORT)};
}

static const struct action_decl *picking(const struct entity *entity) {
    for (int i = 0; i < entity->decl->action_count; i++)
        if (entity->decl->actions[i].pick) return &entity->decl->actions[i];
    return NULL;
}

struct record_picks record_picks_of(struct request *req, struct values *values, const struct row *row, bool deleted) {
    struct arena *arena = req->ctx.arena;
    const struct action_decl *action = picking(row->entity);
    struct record_picks picks = {.action = NULL}, none = picks;
    struct str rest = str_of(action ? action->pick : ""), name, field;
    if (!action || !str_word(&rest, &name) || !str_word(&rest, &field)) return none;
    picks.from = registry_find(name);
    if (!access_may(req->ctx.actor, picks.from, MAY_READ)) return none;
    picks.field = entity_field(picks.from, field);
    struct query *q = query_new(&req->ctx, picks.from);
    struct rows rows;
    q->titles = true;
    q->limit = RECORD_PICKS_SHOWN;
    query_where(q, picks.from->parent->decl->name, OP_EQ, value_int(row_id(row)));
    query_sort(q, picks.from->decl->sort);
    if (!query_rows(q, &rows) || !rows.count) return none;
    picks.action = action;
    picks.may = !deleted && repo_action_possible(&req->ctx, row, action);
    picks.more = rows.next.len > 0;
    picks.at = arena_array(arena, struct record_pick, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) picks.at[picks.count++] = pick_of(values, &picks, rows.at[i]);
    picks.at[0].now = true;
    picks.href = str_printf(arena, "%.*s/%s", STR_ARG(frame_record_href(arena, row->entity, row_id(row))), action->name);
    picks.all_href = str_printf(arena, "/%s?filter[%s]=%lld", picks.from->decl->name, picks.from->parent->decl->name,
                                (long long)row_id(row));
    return picks;
}
