/* merge_page.c - duplicates in a list, and two records made one (merge_page.h). */
#include "http/merge_page.h"

#include "core/access.h"
#include "core/duplicates.h"
#include "http/search_page.h"
#include "templates.h"

#define PICKS_MOST 8
#define TAKE "take."

static struct str merge_href(struct request *req, int64_t kept, int64_t other) {
    struct buf b = buf_new(req->ctx.arena, 64);
    buf_printf(&b, "/%s/%lld/merge", req->route->entity->decl->name, (long long)kept);
    if (other) buf_printf(&b, "?with=%lld", (long long)other);
    return buf_str(&b);
}

static bool may_merge(const struct request *req) {
    const struct entity *entity = req->route->entity;
    return access_may(req->ctx.actor, entity, MAY_UPDATE) && access_may(req->ctx.actor, entity, MAY_DELETE);
}

/* `kept`: the record that it may be merged into; 0 none. */
static struct merge_record record_of(struct request *req, struct values *values, const struct row *row, int64_t kept) {
    struct merge_record r = {.title = row_title(req->ctx.arena, row),
                             .sub = search_sub(values, row),
                             .href = frame_record_href(req->ctx.arena, row->entity, row_id(row)),
                             .when = value_view(values, row, &row->entity->fields[row->entity->created_at], VALUE_SHORT)};
    if (kept && kept != row_id(row)) r.merge_href = merge_href(req, kept, row_id(row));
    return r;
}

/* ---- the list -------------------------------------------------------------------------------------------------------------- */

static void fill_group(struct request *req, struct values *values, const struct duplicate_group *g,
                       struct duplicates_group_view *view) {
    struct arena *arena = req->ctx.arena;
    size_t same = 0;
    while (g->same[same]) same++;
    struct str *reasons = arena_array(arena, struct str, same + 1);
    for (size_t i = 0; i < same; i++)
        reasons[view->reason_count++] = lang_printf(arena, "Same %s", lang_inside(arena, g->same[i]->label).ptr);
    if (g->alike) reasons[view->reason_count++] = STR("Similar name");
    view->reasons = reasons;
    view->records = arena_array(arena, struct merge_record, (size_t)g->row_count);
    int64_t kept = may_merge(req) ? row_id(g->rows[0]) : 0;
    for (int i = 0; i < g->row_count; i++) view->records[view->record_count++] = record_of(req, values, g->rows[i], kept);
    view->more = g->count - g->row_count;
}

void merge_page_list(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct duplicates found;
    struct str cursor = request_arg(req, "cursor");
    if (!duplicates_find(&req->ctx, entity, cursor, DUPLICATES_MOST, &found)) {
        respond_errors(req, res);
        return;
    }
    struct values values = values_new(req);
    struct duplicates_view view = {.entity = entity, .list_href = frame_list_href(arena, entity), .later = cursor.len > 0};
    view.groups = arena_array(arena, struct duplicates_group_view, (size_t)found.count);
    for (int i = 0; i < found.count; i++) fill_group(req, &values, &found.groups[i], &view.groups[view.group_count++]);
    struct str here = str_printf(arena, "/%s/duplicates", entity->decl->name);
    if (found.next.len) view.pager.next = str_printf(arena, "%s?cursor=%s", here.ptr, found.next.ptr);
    if (view.later) view.pager.previous = here;
    view.pager.range = lang_count(arena, found.count, "%lld group", "%lld groups");
    struct page *page = frame_of(req, entity, STR("Duplicates"));
    frame_crumb(req, page, str_of(entity->decl->many), view.list_href);
    tpl_duplicates_page(&res->body, page, &view);
    frame_answer(req, res, 200);
}

/* ---- which other one ------------------------------------------------------------------------------------------------------- */

static void missing(struct request *req, struct response *res) {
    if (!req->ctx.errors.count)
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such %s, or you may not change it.",
                   str_cstr(req->ctx.arena, lang_inside(req->ctx.arena, str_of(req->route->entity->decl->one))));
    respond_errors(req, res);
}

static struct row *read_one(struct request *req, int64_t id) {
    struct query *q = query_new(&req->ctx, req->route->entity);
    q->titles = true;
    q->action = MAY_UPDATE;
    return query_one_of(q, id);
}

/* What has the words; without any, what is called like the record. */
static void pick(struct request *req, struct response *res, const struct row *kept) {
    const struct entity *entity = req->route->entity;
    struct merge_pick_view view = {.entity = entity, .action = merge_href(req, req->id, 0), .words = request_arg(req, "q")};
    struct query *q = query_new(&req->ctx, entity);
    struct rows rows = {.count = 0};
    struct values values = values_new(req);
    if (!view.words.len) view.words = row_title(req->ctx.arena, kept);
    view.back = frame_record_href(req->ctx.arena, entity, req->id);
    q->titles = true;
    q->limit = PICKS_MOST + 1;
    q->search = str_slice(str_trim(view.words), 0, 200);
    if (!query_rows(q, &rows)) {
        respond_errors(req, res);
        return;
    }
    view.records = arena_array(req->ctx.arena, struct merge_record, PICKS_MOST + 1);
    for (int i = 0; i < rows.count && view.record_count < PICKS_MOST; i++)
        if (row_id(rows.at[i]) != req->id) view.records[view.record_count++] = record_of(req, &values, rows.at[i], req->id);
    struct page *page = frame_of(req, entity, STR("Merge"));
    frame_crumb_record(req, page, kept);
    tpl_merge_pick_page(&res->body, page, &view);
    frame_answer(req, res, 200);
}

/* ---- side by side ---------------------------------------------------------------------------------------------------------- */

static struct str take_name(struct request *req, const struct field *f) {
    return str_printf(req->ctx.arena, TAKE "%s", f->decl->name);
}

/* What was chosen in the form. */
static struct field_set chosen_of(struct request *req) {
    const struct entity *entity = req->route->entity;
    struct field_set take = {.bits = {0}};
    for (int i = 0; i < entity->field_count; i++)
        if (str_eqc(request_form(req, take_name(req, &entity->fields[i]).ptr), "other")) field_set_add(&take, i);
    return take;
}

/* What stands in a label is chosen by a click, not followed. */
static struct value_view plain_view(struct values *values, const struct row *row, const struct field *f) {
    struct value_view v = value_view(values, row, f, VALUE_SHORT);
    if (v.look == LOOK_LINK) v.look = LOOK_TEXT;
    return v;
}

static void fill_pairs(struct request *req, struct merge_view *view, const struct row *kept, const struct row *other) {
    struct values values = values_new(req);
    struct field_set take = request_form(req, "with").len ? chosen_of(req) : merge_lacks(kept, other);
    view->pairs = arena_array(req->ctx.arena, struct merge_pair, (size_t)view->entity->field_count);
    for (int i = 0; i < view->entity->field_count; i++) {
        const struct field *f = &view->entity->fields[i];
        struct str error = page_error(view->errors, f->decl->name);
        if (!merge_takes(f) || (value_eq(kept->values[i], other->values[i]) && !error.len)) continue;
        view->pairs[view->pair_count++] = (struct merge_pair){.field = f,
                                                              .kept = plain_view(&values, kept, f),
                                                              .other = plain_view(&values, other, f),
                                                              .error = error,
                                                              .taken = field_set_has(&take, i)};
    }
    const struct field *created = &view->entity->fields[view->entity->created_at];
    view->kept_when = value_view(&values, kept, created, VALUE_SHORT);
    view->other_when = value_view(&values, other, created, VALUE_SHORT);
}

static void show(struct request *req, struct response *res, int64_t with, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct merge_view view = {.entity = entity, .other = with, .errors = frame_errors(req)};
    struct row *kept = read_one(req, req->id), *other = kept ? read_one(req, with) : NULL;
    if (!kept || !other) {
        missing(req, res);
        return;
    }
    view.kept_title = row_title(arena, kept);
    view.other_title = row_title(arena, other);
    view.kept_href = view.back = frame_record_href(arena, entity, req->id);
    view.other_href = frame_record_href(arena, entity, with);
    view.action = merge_href(req, req->id, 0);
    view.swap_href = merge_href(req, with, req->id);
    view.kept_version = kept->values[entity->version].integer;
    view.other_version = other->values[entity->version].integer;
    fill_pairs(req, &view, kept, other);
    struct page *page = frame_of(req, entity, STR("Merge"));
    frame_crumb(req, page, str_of(entity->decl->many), frame_list_href(arena, entity));
    frame_crumb(req, page, view.kept_title, view.back);
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    tpl_merge_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void merge_page_form(struct request *req, struct response *res) {
    int64_t with = 0;
    if (!may_merge(req)) {
        access_deny(&req->ctx, req->route->entity,
                    access_may(req->ctx.actor, req->route->entity, MAY_UPDATE) ? MAY_DELETE : MAY_UPDATE);
        respond_errors(req, res);
        return;
    }
    struct row *kept = read_one(req, req->id);
    if (!kept)
        missing(req, res);
    else if (str_to_int(request_arg(req, "with"), &with) && with > 0 && with != req->id)
        show(req, res, with, 200);
    else
        pick(req, res, kept);
}

void merge_page_run(struct request *req, struct response *res) {
    struct merge merge = {.entity = req->route->entity, .survivor = req->id, .chosen = true, .take = chosen_of(req)};
    str_to_int(request_form(req, "with"), &merge.loser);
    str_to_int(request_form(req, "version"), &merge.version);
    str_to_int(request_form(req, "with_version"), &merge.loser_version);
    if (merge_run(&req->ctx, &merge)) {
        struct str to = frame_record_href(req->ctx.arena, merge.entity, req->id);
        frame_done(req, res, to, "merged", req->ctx.ended_set_id);
        return;
    }
    int status = errors_status(&req->ctx.errors);
    bool stands = merge.loser && merge.loser != req->id; /* else there are not two to be shown again */
    if (stands && (status == 422 || status == 409))
        show(req, res, merge.loser, status);
    else
        respond_errors(req, res);
}

bool merge_page_moved(struct request *req, struct response *res) {
    int64_t into = request_arg(req, "trash").len ? 0 : merge_into(&req->ctx, req->route->entity, req->id);
    if (!into || req->ctx.errors.count) return false;
    respond_redirect(req, res, frame_record_href(req->ctx.arena, req->route->entity, into));
    return true;
}
