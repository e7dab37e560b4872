/* import_course.c - how far a record had come where it was kept before: a deal that was won, an invoice that was sent.
 *
 * It is brought there by the entity's own actions, the fewest that lead there, so that their rules and permissions hold and what
 * hangs on them follows. When that was, and by whom, is what the file says of it. What an action asks for beside (why something
 * was refused) is not asked of the past.
 */
#include "core/import_impl.h"

#define STATES_MOST 32

bool import_course_takes(const struct field *f) { return field_is_course(f) || field_is_stamp(f); }

void import_course_take(struct import_course *course, const struct field *f, struct value value) {
    if (field_is_course(f)) {
        course->state = value;
        return;
    }
    course->stamps.values[f->index] = value;
    field_set_add(&course->stamps.given, f->index);
}

bool import_course_word(struct import *import, const struct field *f, struct str text) {
    struct arena *arena = import->ctx->arena;
    const struct field *state = import->entity->state;
    if (f != import->entity->board || !state || !field_is_course(state)) return false;
    struct str key = import_key(arena, text);
    if (str_starts(key, STR("closed"))) key = str_slice(key, strlen("closed"), key.len);
    for (const char *const *choice = state->decl->choices; *choice; choice++) {
        if (!key.len || !str_eq(key, import_key(arena, str_of(*choice)))) continue;
        if (value_is_null(import->course.state)) import->course.state = value_text(str_of(*choice));
        return true;
    }
    return false;
}

void import_course_begin(struct import *import, struct arena *arena) {
    size_t fields = (size_t)import->entity->field_count;
    import->course = (struct import_course){.stamps.values = arena_array(arena, struct value, fields)};
}

static int place_of(const struct field *state, struct str name) {
    int place = 0;
    while (state->decl->choices[place] && !str_eqc(name, state->decl->choices[place])) place++;
    return place;
}

/* The first of the fewest actions that lead from one state to another; NULL: none do. */
static const struct action_decl *next_step(const struct entity *entity, struct str from, struct str to) {
    const struct action_decl *step[STATES_MOST] = {NULL};
    int away[STATES_MOST], states = 0, target = place_of(entity->state, to);
    for (; entity->state->decl->choices[states] && states < STATES_MOST; states++)
        away[states] = states == target ? 0 : STATES_MOST;
    for (int round = 0; round < states; round++) {
        for (int a = 0; a < entity->decl->action_count; a++) {
            const struct action_decl *action = &entity->decl->actions[a];
            int after = action->to ? away[place_of(entity->state, str_of(action->to))] : STATES_MOST;
            for (int s = 0; s < states; s++) {
                bool may = !action->from || str_in_words(action->from, str_of(entity->state->decl->choices[s]));
                if (!may || after + 1 >= away[s]) continue;
                away[s] = after + 1;
                step[s] = action;
            }
        }
    }
    int here = place_of(entity->state, from);
    return here < states ? step[here] : NULL;
}

static struct row *take_step(struct ctx *ctx, const struct import_course *course, const struct row *row,
                             const struct action_decl *action) {
    struct repo_input in = repo_input(ctx, row->entity, row_id(row));
    in.importing = true;
    struct str rest = str_of(action->stamp), word;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(row->entity, word);
        if (field_set_has(&course->stamps.given, f->index)) repo_input_value(&in, f->decl->name, course->stamps.values[f->index]);
    }
    return repo_action(&in, row_id(row), action);
}

struct row *import_course_follow(struct ctx *ctx, const struct import_course *course, struct row *row) {
    const struct field *state = row->entity->state;
    if (value_is_null(course->state)) return row;
    while (row && !value_eq(row->values[state->index], course->state)) {
        struct value now = row->values[state->index];
        const struct action_decl *action = next_step(row->entity, now.text, course->state.text);
        if (!action) {
            struct buf from = buf_new(ctx->arena, 32), to = buf_new(ctx->arena, 32);
            kind_to_display(&from, state, &ctx->env, now);
            kind_to_display(&to, state, &ctx->env, course->state);
            errors_add(&ctx->errors, 422, "not_allowed", state->decl->name,
                       "Nothing that can be done leads from '%.*s' to '%.*s': that follows from other records.",
                       STR_ARG(buf_str(&from)), STR_ARG(buf_str(&to)));
            return NULL;
        }
        row = take_step(ctx, course, row, action);
    }
    return row;
}
