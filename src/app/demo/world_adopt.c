/* world_adopt.c - what the company has already, as rows that others may refer to. */
#include "app/demo/world.h"
#include "core/query.h"
#include "core/registry.h"

struct known {
    int64_t id;
    struct world_row *row;
};
struct adoption {
    struct ctx *ctx;
    struct world *w;
    struct known *known;
    int count;
};

static struct str text_of(struct ctx *ctx, struct world *w, const struct row *row, const struct field *f) {
    struct buf b = buf_new(w->arena, 32);
    struct kind_env env = row_env(&ctx->env, row, f);
    kind_to_text(&b, f, &env, row->values[f->index]);
    return buf_str(&b);
}

static void add_row(struct adoption *a, struct world_set *set, const struct row *row) {
    struct world *w = a->w;
    struct world_row *r = arena_alloc(w->arena, sizeof *r);
    *r = (struct world_row){.set = set, .id = row_id(row), .number = set->count + 1, .among = 1, .town = -1};
    r->at = set->entity->created_at >= 0 ? row->values[set->entity->created_at].integer : 0;
    r->cells = arena_array(w->arena, struct world_cell, (size_t)set->entity->field_count + 1);
    for (int i = 0; i < set->entity->field_count; i++) {
        const struct field *f = &set->entity->fields[i];
        if (!f->stored || f->flags & (IMPLICIT | HIDDEN) || value_is_null(row->values[i]) || f->kind == &kind_secret) continue;
        bool leads = f->to || f->kind == &kind_subject_id;
        r->cells[r->cell_count++] = (struct world_cell){
            .name = f->name,
            .field = f,
            .text = leads ? str_printf(w->arena, "%lld", (long long)row->values[i].integer) : text_of(a->ctx, w, row, f)};
    }
    world_set_add(w, set, r);
    a->known = arena_room(w->arena, a->known, (size_t)a->count, sizeof *a->known);
    a->known[a->count++] = (struct known){r->id, r};
}

static bool adopt_set(struct adoption *a, struct world_set *set) {
    struct query *q = query_new(a->ctx, set->entity);
    q->limit = QUERY_MAX_LIMIT;
    if (set->entity->created_at >= 0) query_sort(q, "created_at");
    struct rows rows;
    do {
        if (!query_rows(q, &rows)) return false;
        for (int i = 0; i < rows.count; i++) add_row(a, set, rows.at[i]);
        q->cursor = rows.next;
    } while (rows.next.len);
    return true;
}

static int by_id(const void *x, const void *y) {
    const struct known *a = x, *b = y;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* Ids become the rows that they stand for. */
static void tie(struct adoption *a, struct world_row *row) {
    for (int i = 0; i < row->cell_count; i++) {
        struct world_cell *c = &row->cells[i];
        struct known key = {0};
        if (!(c->field->to || c->field->kind == &kind_subject_id) || !str_to_int(c->text, &key.id)) continue;
        const struct known *found = bsearch(&key, a->known, (size_t)a->count, sizeof key, by_id);
        c->text = STR("");
        if (!found) continue;
        c->ref = found->row;
        struct world_link *link = arena_alloc(a->w->arena, sizeof *link);
        *link = (struct world_link){row, found->row->kids};
        found->row->kids = link;
    }
}

bool world_adopt(struct ctx *ctx, struct world *w) {
    struct adoption a = {.ctx = ctx, .w = w};
    w->sets = arena_array(w->arena, struct world_set, (size_t)registry_count());
    for (int i = 0; i < registry_count(); i++) {
        struct world_set *set = &w->sets[i];
        set->entity = registry_at(i);
        if (entity_is(set->entity, ENTITY_INTERNAL | ENTITY_GLOBAL | ENTITY_APPEND_ONLY | ENTITY_NO_AUDIT)) continue;
        if (!adopt_set(&a, set)) return false;
    }
    if (a.count) qsort(a.known, (size_t)a.count, sizeof *a.known, by_id);
    for (int i = 0; i < a.count; i++) tie(&a, a.known[i].row);
    return true;
}
