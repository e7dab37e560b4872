/* world_life.c - what becomes of a row: actions, one after the other, each at its time. */
#include "app/demo/world.h"
#include "core/registry.h"

#define NO_LIFE "-"

void world_add_step(struct world *w, struct world_step step) {
    w->steps = arena_room(w->arena, w->steps, (size_t)w->step_count, sizeof *w->steps);
    step.order = w->step_count;
    w->steps[w->step_count++] = step;
}

static void add_mark(struct world *w, struct world_row *row, struct str name, int64_t at) {
    struct world_mark *m = arena_alloc(w->arena, sizeof *m);
    *m = (struct world_mark){name, at, row->marks};
    row->marks = m;
}

/* Off the beginning of the declaration's actions: the shortest way from the first state to a chosen one. */
static struct str usual_life(struct world *w, const struct entity *entity) {
    const struct field *state = entity->state;
    if (!state || state->kind != &kind_choice || !state->decl->initial || !entity->decl->action_count) return STR("");
    struct buf b = buf_new(w->arena, 64);
    struct str at = str_of(state->decl->initial);
    for (int step = 0; step < 4 && random_chance(&w->random, 70); step++) {
        const struct action_decl *next = NULL;
        for (int i = 0; i < entity->decl->action_count && !next; i++) {
            const struct action_decl *a = &entity->decl->actions[i];
            if (a->from && a->to && !a->run && !a->danger && !a->require && str_in_words(a->from, at) && !str_eqc(at, a->to))
                next = a;
        }
        if (!next) break;
        buf_printf(&b, "%s+1..4d ", next->name);
        at = str_of(next->to);
    }
    return buf_str(&b);
}

/* "lot_id.contract+3..9d", "=viewed!viewed_at+1..3d": false where it is about nothing. */
static bool step_of(struct world *w, struct world_row *row, struct str word, struct world_step *step, struct str *delay) {
    size_t plus = 0;
    while (plus < word.len && word.ptr[plus] != '+') plus++;
    *delay = str_slice(word, plus, word.len);
    struct str name = str_slice(word, 0, plus);
    *step = (struct world_step){.row = row, .said_by = row};
    ptrdiff_t dot = str_index(name, '.');
    if (dot >= 0) {
        const struct world_cell *c = world_cell(row, str_slice(name, 0, (size_t)dot));
        if (!c || !c->ref) return false;
        step->row = c->ref;
        name = str_slice(name, (size_t)dot + 1, name.len);
    }
    if (str_starts(name, STR("="))) {
        ptrdiff_t mark = str_index(name, '!');
        step->state = str_slice(name, 1, mark < 0 ? name.len : (size_t)mark);
        if (mark >= 0) step->stamp = str_slice(name, (size_t)mark + 1, name.len);
        add_mark(w, step->row, step->state, 0);
        return true;
    }
    step->action = entity_action(step->row->set->entity, name);
    if (step->action) add_mark(w, step->row, name, 0);
    return step->action != NULL;
}

void world_live(struct world *w, struct world_row *row) {
    const struct demo_table *t = row->set->table;
    const struct world_cell *own = world_cell(row, STR("life"));
    struct str life = own ? own->text : t ? world_choose(w, str_of(t->lives)) : usual_life(w, row->set->entity), word, delay;
    int64_t at = row->at;
    if (!life.len || str_eqc(life, NO_LIFE)) return;
    if (t && t->begin && !world_moment(w, row, str_of(t->begin), row->among, &at)) return;
    if (at < row->at) at = row->at;
    while (str_word(&life, &word)) {
        struct world_step step;
        if (!step_of(w, row, word, &step, &delay)) return;
        int64_t from = row->at;
        row->at = at; /* the delay counts from the step before */
        int64_t then = at + INT64_C(60000);
        bool told = !delay.len || world_moment(w, row, delay, 1, &then);
        row->at = from;
        if (then <= at) then = at + INT64_C(600000);
        if (!told || then >= w->now) {
            step.row->marks = step.row->marks->next; /* it is still to come */
            return;
        }
        step.at = step.row->marks->at = at = then;
        world_add_step(w, step);
    }
}
