/* record_rows.c - the first of what hangs on a record, as tables in its page (record_rows.h). */
#include "http/record_rows.h"

#include "http/record_related.h"

#define ROWS_MOST 20

static void read_rows(struct request *req, const struct record_view *view, const struct record_related *of,
                      struct record_rows *rows) {
    const struct entity *entity = of->entity;
    struct query *q = record_related_query(req, view, of->via);
    *rows = (struct record_rows){.of = of, .list = {.entity = entity, .values = values_new(req), .length = VALUE_LINE}};
    rows->list.faces = entity_field(entity, STR("email")) != NULL;
    q->titles = true;
    q->limit = ROWS_MOST;
    query_sort(q, entity->decl->sort ? entity->decl->sort : "-created_at");
    list_columns_without(req, q, &rows->list, of->via);
    if (query_rows(q, &rows->list.rows)) list_read_cells(&rows->list);
}

/* Parts of which the record keeps something, how many they are or what they cost together: it is read with them. */
static bool is_kept(const struct record_view *view, const struct record_related *r) {
    if (!entity_is_part(r->entity) || r->entity->parent != r->via) return false;
    for (int i = 0; i < view->entity->field_count; i++) {
        const struct kept_decl *kept = &view->entity->fields[i].decl->kept;
        if (kept->how && str_eqc(r->entity->name, kept->from) && str_eqc(r->via->name, kept->by)) return true;
    }
    return false;
}

void record_rows_fill(struct request *req, struct record_view *view) {
    struct str asked = request_arg(req, "list");
    view->parts = arena_array(req->ctx.arena, struct record_rows, view->related_count + 1);
    for (size_t i = 0; i < view->related_count && !view->shown; i++)
        if (asked.len && str_eq(asked, view->related[i].key)) {
            view->shown = &view->parts[view->related_count];
            read_rows(req, view, &view->related[i], &view->parts[view->related_count]);
        }
    for (size_t i = 0; i < view->related_count && !view->shown; i++)
        if (is_kept(view, &view->related[i])) read_rows(req, view, &view->related[i], &view->parts[view->part_count++]);
}
