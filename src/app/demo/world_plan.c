/* world_plan.c - which rows there are, entity by entity in the order in which they lead to each other. */
#include "app/demo/world.h"
#include "base/timefmt.h"
#include "core/pack.h"
#include "core/registry.h"

#define CELLS_MOST 192
#define UNTABLED 8 /* rows of an entity that no table speaks of, for each size */
#define UNTABLED_SETTINGS 3

void world_set_add(struct world *w, struct world_set *set, struct world_row *row) {
    set->rows = arena_room(w->arena, set->rows, (size_t)set->count, sizeof *set->rows);
    set->rows[set->count++] = row;
}

/* ---- which entities -------------------------------------------------------------------------------------------------------- */

static bool is_of(const char *switched_on, const struct entity *entity) {
    struct str rest = str_of(switched_on), pack;
    if (strcmp(entity->decl->pack, "core") == 0) return true;
    while (str_split(&rest, ',', &pack))
        if (str_eqc(pack, entity->decl->pack)) return true;
    return false;
}

static bool comes_by_itself(const struct entity *entity) {
    return str_in_words(
        "audit_logs document_versions lead_activities payment_allocations sequences roles role_users role_permissions",
        entity->name);
}

const char *world_without(const char *switched_on, const struct entity *entity) {
    static const struct {
        const char *entity, *why;
    } without[] = {
        {"tenants", "the company itself is one"},
        {"plans", "of whoever runs the server"},
        {"api_keys", "a key is shown once, to whoever makes it"},
        {"import_runs", "come of reading in a file"},
        {"jobs", "the server's own work"},
        {"custom_fields", "a company's own, and the demo is about what all have"},
        {"sessions", "are of those who are signed in"},
        {"change_sets", "are written by what several records have in common"},
    };
    if (entity_is(entity, ENTITY_INTERNAL)) return "nobody sees it";
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (str_eqc(entity->name, without[i].entity)) return without[i].why;
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (f->to && f->flags & REQUIRED && !is_of(switched_on, f->to)) return "needs records of a pack that is off";
    }
    return NULL;
}

static const struct demo_table *table_in(const struct demo_table *tables, const struct entity *entity) {
    for (const struct demo_table *t = tables; t->entity; t++)
        if (str_eqc(entity->name, t->entity)) return t;
    return NULL;
}

/* From the table that the set has to the next one of the same entity. */
static bool next_table(struct world_set *set) {
    const struct demo_table *next = set->table && set->table->entity ? table_in(set->table + 1, set->entity) : NULL;
    if (next) set->table = next;
    return next != NULL;
}

static bool has_files(const struct world *w, const struct entity *entity) {
    return !entity_field(entity, STR("storage_key")) || w->options->files_dir;
}

static void open_sets(struct world *w) {
    for (int i = 0; i < registry_count(); i++) {
        struct world_set *set = &w->sets[i];
        const struct entity *entity = registry_at(i);
        set->entity = entity;
        if (!is_of(w->business->packs, entity) || comes_by_itself(entity) || world_without(w->business->packs, entity) ||
            !has_files(w, entity)) {
            set->planned = true;
            continue;
        }
        set->table = table_in(w->business->tables, entity);
        if (!set->table) set->table = table_in(demo_tables_of_all, entity);
        if (!set->table && set->count) set->planned = true; /* it has what the company started with */
        if (set->table && set->table->each) set->each = entity_field(entity, str_of(set->table->each)); /* NULL: "+crews" */
    }
}

/* ---- in which order -------------------------------------------------------------------------------------------------------- */

static bool still_to_come(const struct world *w, const struct entity *to, const struct entity *of) {
    return to && to != of && !world_set(w, to)->planned;
}

/* What the table says of a reference: "lead_id=" that it leads nowhere, "lead_id=pick" somewhere, "!lead_id=pick" that there is
 * no row without it. */
enum told { TOLD_NOTHING, TOLD_NOWHERE, TOLD_SOMEWHERE, TOLD_NEEDED };

static enum told table_tells(const struct demo_table *table, const struct field *field) {
    if (!table) return TOLD_NOTHING;
    struct str columns = str_of(table->deck ? table->deck[0] : ""), name;
    while (str_split(&columns, '|', &name))
        if (str_eq(str_trim(name), field->name)) return TOLD_SOMEWHERE;
    for (const char *const *line = table->fields; line && *line; line++) {
        size_t from = **line == '!', equals = (size_t)str_index(str_of(*line), '=');
        if (!str_eq(str_slice(str_of(*line), from, equals), field->name)) continue;
        return from ? TOLD_NEEDED : (*line)[equals + 1] ? TOLD_SOMEWHERE : TOLD_NOWHERE;
    }
    return TOLD_NOTHING;
}

/* How many of those that it leads to are not there yet: what it needs counts more than what it may have. */
static int waits_for(const struct world *w, const struct world_set *set) {
    int waits = 0;
    for (int i = 0; i < set->entity->field_count; i++) {
        const struct field *f = &set->entity->fields[i];
        enum told told = table_tells(set->table, f);
        if (f->flags & (IMPLICIT | HIDDEN) || told == TOLD_NOWHERE) continue;
        if (still_to_come(w, f->to, set->entity))
            waits += f == set->each || f->flags & REQUIRED || told == TOLD_NEEDED ? 10000
                     : f->flags & READ_ONLY                                       ? 1
                     : told == TOLD_SOMEWHERE                                     ? 100
                                                                                  : 10;
        if (f->kind != &kind_subject_type) continue;
        struct str rest = str_of(f->decl->subjects), word;
        while (str_word(&rest, &word))
            if (still_to_come(w, registry_find(word), set->entity)) waits += 300;
    }
    if (set->table && set->table->each && set->table->each[0] == '+' &&
        still_to_come(w, registry_get(set->table->each + 1), set->entity))
        waits += 10000;
    struct str copy = set->table ? str_of(set->table->copy) : STR(""), from;
    if (str_word(&copy, &from) && still_to_come(w, registry_find(from), set->entity)) waits += 10000;
    return waits;
}

static struct world_set *next_set(struct world *w) {
    struct world_set *next = NULL;
    int least = 0;
    for (int i = 0; i < registry_count(); i++) {
        struct world_set *set = &w->sets[i];
        if (set->planned) continue;
        int waits = waits_for(w, set);
        if (next && waits >= least) continue;
        next = set;
        least = waits;
    }
    return next;
}

/* ---- one entity's rows ----------------------------------------------------------------------------------------------------- */

static const char *next_story(struct world *w, struct world_set *set, int among) {
    const char *const *deck = set->table ? set->table->deck : NULL;
    int count = 0;
    if (!deck) return NULL;
    while (deck[1 + count]) count++;
    if (!set->table->in_order) return deck[1 + random_between(&w->random, 0, count - 1)];
    int i = set->table->each ? among - 1 : set->next_story++;
    return i < count ? deck[1 + i] : NULL;
}

static bool same_value(const struct world_row *a, const struct world_row *b, struct str name) {
    const struct world_cell *x = world_cell(a, name), *y = world_cell(b, name);
    if (!x || !y || x->ref != y->ref) return false;
    return x->ref || (x->text.len && str_ieq(x->text, y->text));
}

/* Rows that one of its unique keys would refuse; keys that hold only for some rows are left to the rules. */
static bool is_taken(const struct world_set *set, const struct world_row *row) {
    for (int i = 0; i < set->entity->decl->index_count; i++) {
        const struct index_decl *index = &set->entity->decl->indexes[i];
        if (!index->unique || (index->where && set->each)) continue;
        struct str first = str_of(index->fields), word;
        const struct world_cell *lead = str_word(&first, &word) ? world_cell(row, word) : NULL;
        bool by_kids = lead && lead->ref;
        if (!lead || (!lead->ref && !lead->text.len)) continue;
        struct world_link *kid = by_kids ? lead->ref->kids : NULL;
        for (int r = set->count - 1; by_kids ? kid != NULL : r >= 0; r--) {
            const struct world_row *other = by_kids ? kid->row : set->rows[r];
            if (by_kids) kid = kid->next;
            if (other == row || other->set != set) continue;
            struct str rest = str_of(index->fields);
            bool same = true;
            while (same && str_word(&rest, &word)) same = same_value(row, other, word);
            if (same) return true;
        }
    }
    return false;
}

static void link_refs(struct world *w, struct world_row *row) {
    for (int i = 0; i < row->cell_count; i++) {
        struct world_row *to = row->cells[i].ref;
        if (!to || !row->cells[i].field) continue;
        struct world_link *link = arena_alloc(w->arena, sizeof *link);
        *link = (struct world_link){row, to->kids};
        to->kids = link;
        if (row->at <= to->at) row->at = to->at + INT64_C(60000);
    }
}

static struct str when_of(const struct world_set *set) {
    if (set->table && set->table->when) return str_of(set->table->when);
    return set->table && set->table->each ? STR("") : STR("now-180..-2d");
}

/* Who is likely to have made it: whose it is, else whose client it is, else somebody. */
static struct world_row *maker(struct world *w, struct world_row *row) {
    struct str owners = str_of(row->set->entity->decl->owner), word;
    while (str_word(&owners, &word)) {
        const struct world_cell *c = world_cell(row, word);
        if (c && c->ref && c->ref->set == world_set(w, registry_get("users"))) return c->ref;
    }
    return world_pick(w, row, NULL, registry_get("users"),
                      STR("role=tenant_admin,supervisor,sales_agent,support_agent,dispatcher,accountant"));
}

/* Made up, and kept unless it is of the future or one like it is there. */
static void add_row(struct world *w, struct world_set *set, struct world_row *parent, struct world_row *from, int among) {
    int story = set->next_story;
    for (int tries = 0; tries < 4; tries++, set->next_story = story) {
        struct world_row *row = arena_alloc(w->arena, sizeof *row);
        *row =
            (struct world_row){.set = set, .number = set->count + 1, .among = among, .town = -1, .parent = parent, .from = from};
        row->at = parent ? parent->at : w->now;
        row->cells = w->draft;
        row->story = next_story(w, set, among);
        world_open(row);
        struct str when = when_of(set);
        if (!when.len)
            row->at = parent->at + random_between(&w->random, 1, 20) * INT64_C(60000);
        else if (!world_moment(w, row, when, among, &row->at))
            return;
        if (parent && row->at <= parent->at) row->at = parent->at + INT64_C(60000);
        if (row->at >= w->now - INT64_C(120000)) return;
        if (!world_fill(w, row) || is_taken(set, row)) continue;
        row->cells = arena_array(w->arena, struct world_cell, (size_t)row->cell_count + 1);
        memcpy(row->cells, w->draft, (size_t)row->cell_count * sizeof *row->cells);
        link_refs(w, row);
        if (row->at >= w->now - INT64_C(60000)) return;
        row->by = maker(w, row);
        world_set_add(w, set, row);
        world_add_step(w, (struct world_step){.at = row->at, .row = row, .said_by = row});
        world_live(w, row);
        return;
    }
}

static int deck_lines(const struct demo_table *table) {
    int n = 0;
    while (table->deck && table->deck[1 + n]) n++;
    return n ? n : 1;
}

/* One for each row of `copy` that its parent's reference leads to: the lines of the quote that an invoice is made of. */
static void copy_rows(struct world *w, struct world_set *set, struct world_row *parent) {
    struct str rest = str_of(set->table->copy), entity, via;
    str_word(&rest, &entity);
    str_word(&rest, &via);
    const struct world_cell *source = world_cell(parent, via);
    int among = 0;
    struct world_row *found[64];
    for (struct world_link *kid = source && source->ref ? source->ref->kids : NULL; kid && among < 64; kid = kid->next)
        if (str_eq(kid->row->set->entity->name, entity)) found[among++] = kid->row;
    for (int i = 0; i < among; i++) add_row(w, set, parent, found[among - 1 - i], i + 1); /* kids are newest first */
}

static const struct entity *parents_of(const struct demo_table *table, const struct field *each) {
    return each ? each->to : registry_get(table->each + 1);
}

static void plan_each(struct world *w, struct world_set *set) {
    const struct demo_table *t = set->table;
    const struct world_set *parents = world_set(w, parents_of(t, set->each));
    for (int i = 0; i < parents->count; i++) {
        struct world_row *parent = parents->rows[i];
        if (t->only && !world_meets(parent, str_of(t->only))) continue;
        if (t->copy) {
            copy_rows(w, set, parent);
            continue;
        }
        int count = t->most ? (int)random_between(&w->random, t->least, t->most) : deck_lines(t);
        for (int k = 1; k <= count; k++) add_row(w, set, parent, NULL, k);
    }
}

static void plan_table(struct world *w, struct world_set *set) {
    const struct demo_table *t = set->table;
    set->each = t && t->each ? entity_field(set->entity, str_of(t->each)) : NULL;
    set->next_story = 0;
    if (t && t->each) {
        plan_each(w, set);
        return;
    }
    bool settings = entity_is(set->entity, ENTITY_SETTINGS);
    int count = t ? t->least : settings ? UNTABLED_SETTINGS : UNTABLED;
    if (t && !t->least && t->deck) count = deck_lines(t);
    if (t ? !t->fixed : !settings) count *= w->size;
    for (int i = 1; i <= count; i++) add_row(w, set, NULL, NULL, i);
}

static void plan_set(struct world *w, struct world_set *set) {
    set->planned = true;
    do plan_table(w, set);
    while (next_table(set));
}

static int by_time(const void *a, const void *b) {
    const struct world_step *x = a, *y = b;
    if (x->at != y->at) return x->at < y->at ? -1 : 1;
    return x->order - y->order;
}

void world_plan(struct world *w) {
    w->draft = arena_array(w->arena, struct world_cell, CELLS_MOST);
    open_sets(w);
    for (struct world_set *set; (set = next_set(w));) plan_set(w, set);
    if (w->step_count) qsort(w->steps, (size_t)w->step_count, sizeof *w->steps, by_time);
}
