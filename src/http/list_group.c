/* list_group.c - a list under headings: ?group=FIELD, each value with its count and sum, states in their own order.
 *
 * Groups follow each other within one page: what is left of the page goes to the next group. Where a page ends, the next one
 * goes on at ?at=VALUE with the cursor inside that group.
 */
#include "http/list_page.h"

#include <stdlib.h>

#include "core/access.h"

#define GROUPS_MOST 200

bool list_groupable(const struct field *f) {
    if (!list_shows(f)) return false;
    if (f->kind == &kind_choice || f->kind == &kind_bool) return true;
    if (f->kind != &kind_ref || !f->to || !f->to->title) return false;
    return str_eqc(f->to->name, "users") || value_is_state(f->to) ||
           str_in_words(f->entity->decl->filter, f->name);
}

struct one {
    struct query_group group;
    struct str title;
    const char *hue;
    int64_t rank;
};

static int by_rank(const void *a, const void *b) {
    const struct one *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return str_cmp(x->title, y->title);
}

static struct rows titles_of(struct request *req, const struct field *f, const struct query_group *groups, int count) {
    struct rows rows = {.count = 0};
    struct value *ids = arena_array(req->ctx.arena, struct value, (size_t)count);
    struct query_filter among = {.field = &f->to->fields[f->to->id], .op = OP_IN, .values = ids};
    for (int i = 0; i < count; i++)
        if (!value_is_null(groups[i].key)) ids[among.value_count++] = groups[i].key;
    struct query *q = query_new(&req->ctx, f->to);
    field_set_add(&q->fields, f->to->title->index);
    q->limit = QUERY_MAX_LIMIT;
    if (among.value_count && access_may(req->ctx.actor, f->to, MAY_READ) && query_filter_add(q, &among)) query_rows(q, &rows);
    return rows;
}

/* The word and the place of a group; those without a value come last. */
static void name_group(struct request *req, struct list_view *view, const struct field *f, const struct rows *titles,
                       struct one *one) {
    struct arena *arena = req->ctx.arena;
    struct value key = one->group.key;
    one->title = lang_printf(arena, "No %s", lang_inside(arena, f->label).ptr);
    one->rank = INT64_MAX;
    if (value_is_null(key)) return;
    if (f->to) {
        const struct value_state *state = values_state(&view->values, f->to, key.integer);
        for (int i = 0; i < titles->count; i++)
            if (row_id(titles->at[i]) == key.integer) one->title = row_title(arena, titles->at[i]);
        one->rank = state ? state->position : 0;
        if (state) one->title = state->title;
        if (state) one->hue = state->hue;
        return;
    }
    struct buf b = buf_new(arena, 32);
    kind_to_display(&b, f, &req->ctx.env, key);
    one->title = buf_str(&b);
    one->rank = f->kind == &kind_bool ? !key.integer : 0;
    for (int i = 0; f->kind == &kind_choice && f->decl->choices[i]; i++)
        if (str_eqc(key.text, f->decl->choices[i])) one->rank = i;
    if (f->kind == &kind_choice && f->decl->hues) one->hue = value_choice_hue(f, key.text);
}

static struct str key_text(struct request *req, struct value key) {
    if (value_is_null(key)) return STR("-");
    return key.type == VALUE_TEXT ? key.text : str_printf(req->ctx.arena, "%lld", (long long)key.integer);
}

static struct str sum_text(struct request *req, const struct entity *entity, int64_t amount) {
    const struct field *sum = entity->decl->board_sum ? entity_field(entity, str_of(entity->decl->board_sum)) : NULL;
    struct buf b = buf_new(req->ctx.arena, 32);
    if (!sum) return STR("");
    kind_to_display(&b, sum, &req->ctx.env, value_int(amount));
    return sum->kind == &kind_money ? value_short_money(&req->ctx.env, buf_str(&b)) : buf_str(&b);
}

static struct one *find_groups(struct request *req, struct query *q, struct list_view *view, const struct field *f, int *count) {
    struct query_group *groups;
    q->one_currency = true;
    if (!query_groups(q, f->decl->name, view->entity->decl->board_sum, &groups, count)) return NULL;
    if (*count > GROUPS_MOST) {
        errors_add(&req->ctx.errors, 400, "too_many", "group", "There are more than %d groups. Filter first.", GROUPS_MOST);
        return NULL;
    }
    struct one *all = arena_array(req->ctx.arena, struct one, (size_t)*count + 1);
    struct rows titles = f->to ? titles_of(req, f, groups, *count) : (struct rows){.count = 0};
    for (int i = 0; i < *count; i++) {
        all[i].group = groups[i];
        name_group(req, view, f, &titles, &all[i]);
    }
    qsort(all, (size_t)*count, sizeof *all, by_rank);
    return all;
}

static bool add_rows(struct request *req, struct query *q, struct list_view *view, const struct field *f, const struct one *one,
                     struct str cursor, struct str *next) {
    struct query *of = query_new(&req->ctx, q->entity);
    *of = *q;
    of->limit = q->limit - view->rows.count;
    of->cursor = cursor;
    struct query_filter is = {.field = f, .op = OP_EQ, .value = one->group.key};
    if (value_is_null(one->group.key)) is = (struct query_filter){.field = f, .op = OP_NULL, .value = value_int(1)};
    struct rows rows;
    if (!query_filter_add(of, &is) || !query_rows(of, &rows)) return false;
    memcpy(view->rows.at + view->rows.count, rows.at, (size_t)rows.count * sizeof *rows.at);
    view->rows.count += rows.count;
    *next = rows.next;
    return true;
}

static void go_on_at(struct request *req, struct list_view *view, const struct one *one, struct str cursor) {
    struct buf next = buf_new(req->ctx.arena, 128);
    buf_add(&next, list_href_without(req, view->list_href, -1));
    list_add_param(&next, STR("at"), key_text(req, one->group.key));
    if (cursor.len) list_add_param(&next, STR("cursor"), cursor);
    view->pager.next = buf_str(&next);
}

bool list_groups(struct request *req, struct query *q, struct list_view *view) {
    const struct field *f = entity_field(view->entity, request_arg(req, "group"));
    int count = 0;
    if (!list_groupable(f))
        return errors_add(&req->ctx.errors, 400, "unknown_field", "group", "%s cannot be grouped by '%.*s'.",
                          view->entity->decl->many, STR_ARG(request_arg(req, "group")));
    struct one *all = find_groups(req, q, view, f, &count);
    if (!all) return false;
    field_set_add(&q->fields, f->index);
    struct str at = request_arg(req, "at"), cursor = q->cursor, next = STR("");
    int i = 0;
    while (at.len && i < count && !str_eq(key_text(req, all[i].group.key), at)) i++;
    view->groups = arena_array(req->ctx.arena, struct list_group, (size_t)count + 1);
    view->rows = (struct rows){.at = arena_array(req->ctx.arena, struct row *, (size_t)q->limit), .total = -1};
    if (at.len) view->pager.previous = list_href_without(req, view->list_href, -1); /* the first page */
    for (; i < count; i++, cursor = STR("")) {
        if (view->rows.count == q->limit) {
            go_on_at(req, view, &all[i], STR(""));
            return true;
        }
        view->groups[view->group_count++] = (struct list_group){.title = all[i].title,
                                                                .key = key_text(req, all[i].group.key),
                                                                .sum = sum_text(req, view->entity, all[i].group.sum),
                                                                .hue = all[i].hue,
                                                                .count = all[i].group.count,
                                                                .from = view->rows.count,
                                                                .continued = cursor.len > 0};
        if (!add_rows(req, q, view, f, &all[i], cursor, &next)) return false;
        if (next.len) {
            go_on_at(req, view, &all[i], next);
            return true;
        }
    }
    return true;
}
