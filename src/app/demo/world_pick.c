/* world_pick.c - which row another one may refer to, so that what belongs together stays together. */
#include "app/demo/world.h"
#include "core/registry.h"

#define PROBES 24

/* People and places are shared by all; whatever else two rows both refer to must be the same. */
static bool binds(const struct world_cell *cell) {
    if (!cell->ref || !cell->field || !cell->field->to) return false;
    const struct entity *to = cell->field->to;
    return !str_eqc(to->name, "users") && !str_eqc(to->name, "locations") && !entity_is(to, ENTITY_SETTINGS);
}

static bool own_branch(const struct world_row *location) {
    const struct world_cell *client = world_cell(location, STR("client_id"));
    return !client || !client->ref;
}

/* A branch is the company's own, a site is the client's. */
static bool right_place(const struct world_row *row, const struct field *field, const struct world_row *place) {
    const struct world_cell *client = world_cell(row, STR("client_id"));
    bool branch = !client || !client->ref || strcmp(field->decl->label, "Branch") == 0;
    if (branch) return own_branch(place);
    const struct world_cell *its = world_cell(place, STR("client_id"));
    return its && its->ref == client->ref;
}

static bool fits(const struct world_row *row, const struct field *field, const struct world_row *c, struct str conditions) {
    if (c->at >= row->at || c == row || !world_meets(c, conditions)) return false;
    bool fresh = str_find(conditions, STR("fresh")) >= 0;
    for (const struct world_link *kid = c->kids; fresh && kid; kid = kid->next)
        if (kid->row->set == row->set) return false;
    if (field && str_eqc(c->set->entity->name, "locations") && !right_place(row, field, c)) return false;
    for (int i = 0; i < row->cell_count; i++) {
        const struct world_cell *mine = &row->cells[i];
        if (!binds(mine) || mine->field == field) continue;
        const struct world_cell *theirs = world_cell(c, mine->name);
        if (theirs && theirs->ref && theirs->ref != mine->ref) return false;
        if (!(theirs && theirs->ref) && entity_field(c->set->entity, mine->name) && str_eqc(mine->name, "client_id") && field &&
            (field->flags & REQUIRED) == 0 && !str_eqc(c->set->entity->name, "vendors"))
            return false;
    }
    return true;
}

/* What another reference of the row says already: the client of its contact, the place of its machine. */
static struct world_row *said_already(const struct world_row *row, const struct field *field) {
    for (int i = 0; field && field->to && i < row->cell_count; i++) {
        const struct world_cell *mine = &row->cells[i];
        if (!binds(mine) || mine->field == field) continue;
        const struct world_cell *theirs = world_cell(mine->ref, field->name);
        if (!theirs || !theirs->ref || !theirs->field || theirs->field->to != field->to) continue;
        bool place = str_eqc(field->to->name, "locations") && theirs->ref->at < row->at && right_place(row, field, theirs->ref);
        if (place || binds(theirs)) return theirs->ref;
    }
    return NULL;
}

/* Among what belongs to the same client, where there is one: few rows, so all are looked at. */
static struct world_row *among_kids(struct world *w, struct world_row *row, const struct field *field,
                                    const struct world_set *set, struct str conditions, bool *tried) {
    for (int i = 0; i < row->cell_count; i++) {
        const struct world_cell *mine = &row->cells[i];
        if (!binds(mine) || mine->field == field || !entity_field(set->entity, mine->name)) continue;
        *tried = true;
        struct world_row *found = NULL;
        int seen = 0;
        for (struct world_link *kid = mine->ref->kids; kid; kid = kid->next)
            if (kid->row->set == set && fits(row, field, kid->row, conditions) && random_between(&w->random, 0, seen++) == 0)
                found = kid->row;
        return found;
    }
    return NULL;
}

struct world_row *world_pick(struct world *w, struct world_row *row, const struct field *field, const struct entity *to,
                             struct str conditions) {
    const struct world_set *set = world_set(w, to);
    const struct world_cell *client =
        str_eqc(to->name, "clients") && field && !field->to ? world_cell(row, STR("client_id")) : NULL;
    struct world_row *said = client && client->ref ? client->ref : said_already(row, field);
    if (said) return world_meets(said, conditions) ? said : NULL;
    if (set->count == 0) return NULL;
    bool tried = false;
    struct world_row *found = field ? among_kids(w, row, field, set, conditions, &tried) : NULL;
    if (found || (tried && !str_eqc(to->name, "vendors"))) return found;
    for (int i = 0; i < PROBES; i++) {
        struct world_row *c = set->rows[random_between(&w->random, 0, set->count - 1)];
        if (fits(row, field, c, conditions)) return c;
    }
    int from = (int)random_between(&w->random, 0, set->count - 1);
    for (int i = 0; i < set->count; i++) {
        struct world_row *c = set->rows[(from + i) % set->count];
        if (fits(row, field, c, conditions)) return c;
    }
    return NULL;
}
