/* view_page.c - saved views: a name for what stands in an address. */
#include "http/view_page.h"

#include <string.h>

#include "core/access.h"
#include "core/registry.h"
#include "core/repo.h"
#include "http/arrangement.h"
#include "http/form_page.h"
#include "http/view_count.h"
#include "templates.h"

#define TABS_MOST 12

/* ---- which there are ------------------------------------------------------------------------------------------------------ */

/* What counts of an address when two are compared, and what a view keeps of it. */
static bool is_of_view(struct str name) { return !list_is_transient(name) && !str_in_words("view as id show date", name); }

static bool same_filters(struct request *req, struct str query) {
    struct params saved = {.count = 0};
    struct errors ignored = {.arena = req->ctx.arena};
    if (!params_parse(req->ctx.arena, query, &saved, &ignored)) return false;
    int k = 0;
    for (int i = 0; i < req->args.count; i++) {
        const struct param *here = &req->args.at[i];
        if (!is_of_view(here->name)) continue;
        if (k == saved.count || !str_eq(saved.at[k].name, here->name) || !str_eq(saved.at[k].value, here->value)) return false;
        k++;
    }
    return k == saved.count;
}

/* A view opens in the shape that one is looking at. */
static struct str view_href(struct request *req, struct str path, const struct row *saved) {
    struct str query = row_text(saved, "query");
    return str_printf(req->ctx.arena, "%.*s?view=%lld%s%.*s", STR_ARG(path), (long long)row_id(saved), query.len ? "&" : "",
                      STR_ARG(query));
}

static bool mine(const struct request *req, const struct row *saved) {
    return row_int(saved, "user_id") == req->ctx.actor->user_id;
}

/* One's own and those for all, in their order. */
static struct rows saved_views(struct request *req, const struct entity *entity) {
    struct rows rows = {.count = 0};
    const struct entity *saved = registry_find(STR("saved_views"));
    if (!saved || !access_may(req->ctx.actor, saved, MAY_READ)) return rows;
    struct query *q = query_new(&req->ctx, saved);
    query_where(q, "entity", OP_EQ, value_text(entity->name));
    query_sort(q, "position");
    q->limit = QUERY_MAX_LIMIT;
    query_rows(q, &rows);
    int n = 0;
    for (int i = 0; i < rows.count; i++)
        if (mine(req, rows.at[i]) || row_bool(rows.at[i], "is_shared")) rows.at[n++] = rows.at[i];
    rows.count = n;
    return rows;
}

struct str view_page_key(struct request *req, const struct entity *entity) {
    int64_t id;
    bool saved = str_to_int(request_arg(req, "view"), &id);
    return saved ? str_printf(req->ctx.arena, "%s/%lld", entity->decl->name, (long long)id) : entity->name;
}

static const struct row *default_of(struct request *req, const struct rows *rows) {
    const struct row *found = NULL;
    for (int i = 0; i < rows->count; i++)
        if (row_bool(rows->at[i], "is_default") && (!found || (mine(req, rows->at[i]) && !mine(req, found)))) found = rows->at[i];
    return found;
}

bool view_page_open(struct request *req, struct response *res, struct list_view *view, struct str path) {
    view->views = saved_views(req, view->entity);
    struct str asked = request_arg(req, "view");
    bool plain = true;
    for (int i = 0; i < req->args.count; i++) plain = plain && str_in_words("done undo", req->args.at[i].name);
    int64_t id;
    for (int i = 0; i < view->views.count; i++) {
        const struct row *saved = view->views.at[i];
        bool named = str_to_int(asked, &id) && row_id(saved) == id;
        if (named || (!asked.len && !plain && !view->saved && same_filters(req, row_text(saved, "query")))) view->saved = saved;
    }
    const struct row *first = default_of(req, &view->views);
    view->all_href = first ? str_printf(req->ctx.arena, "%.*s?view=all", STR_ARG(path)) : path;
    if (!plain || !first) return false;
    struct buf to = buf_new(req->ctx.arena, 128);
    buf_add(&to, view_href(req, path, first));
    for (int i = 0; i < req->args.count; i++) list_add_param(&to, req->args.at[i].name, req->args.at[i].value);
    respond_redirect(req, res, buf_str(&to));
    return true;
}

/* ---- tabs ----------------------------------------------------------------------------------------------------------------- */

static bool pinned(const struct row *saved) { return row_null(saved, "is_pinned") || row_bool(saved, "is_pinned"); }

static void add_tab(struct request *req, struct list_view *view, const struct row *saved, struct str path, int64_t total) {
    bool current = saved == view->saved;
    struct tab tab = {row_text(saved, "name"), view_href(req, path, saved), total, current};
    if (!current || view->changed) tab.count = view_count(req, view->entity, row_text(saved, "query"));
    /* The one that is open stands as a tab, wherever it belongs. */
    if ((pinned(saved) || current) && view->tab_count <= TABS_MOST)
        view->tabs[view->tab_count++] = tab;
    else
        view->more_tabs[view->more_count++] = tab;
}

/* What somebody still has to do, where the records say so; true where one is there. */
static bool add_open_tab(struct request *req, struct list_view *view, struct str path, int64_t total) {
    if (!view->entity->decl->open || view->trash) return false;
    struct str query = list_open_href(req->ctx.arena, view->entity, STR(""));
    query = str_slice(query, 1, query.len);
    bool here = !view->saved && same_filters(req, query);
    view->tabs[view->tab_count++] = (struct tab){STR("Open"), list_open_href(req->ctx.arena, view->entity, path),
                                                 here ? total : view_count(req, view->entity, query), here};
    return here;
}

/* Where the filters of this address get a name, and the view that one is in another. */
static void add_saving(struct request *req, struct list_view *view) {
    const struct entity *saved = registry_find(STR("saved_views"));
    struct arena *arena = req->ctx.arena;
    if (!saved || view->trash) return;
    struct str form = str_printf(arena, "/%s/view", view->entity->decl->name);
    struct str href = list_href_with(req, form, "as", str_of(view->shape));
    bool may_change = view->saved && (mine(req, view->saved) || access_scope(req->ctx.actor, saved, MAY_UPDATE) == SCOPE_ALL);
    if (may_change && access_may(req->ctx.actor, saved, MAY_UPDATE)) {
        view->edit_view_href = str_printf(arena, "%s?id=%lld", form.ptr, (long long)row_id(view->saved));
        if (view->changed) view->keep_view_href = form;
    }
    bool unnamed = view->saved ? view->changed : !same_filters(req, STR(""));
    if (unnamed && access_may(req->ctx.actor, saved, MAY_CREATE)) view->save_view_href = href;
}

void view_page_tabs(struct request *req, struct list_view *view, struct str path, int64_t total) {
    struct arena *arena = req->ctx.arena;
    view->tabs = arena_array(arena, struct tab, TABS_MOST + 3);
    view->more_tabs = arena_array(arena, struct tab, (size_t)view->views.count);
    view->changed = view->saved && !same_filters(req, row_text(view->saved, "query"));
    bool all = !view->saved && !view->trash, whole = all && !view->filtered;
    struct tab *every = &view->tabs[view->tab_count++];
    if (add_open_tab(req, view, path, total)) all = false;
    *every =
        (struct tab){lang_printf(arena, "All %s", lang_inside(arena, str_of(view->entity->decl->many)).ptr), view->all_href,
                     whole ? total : view_count(req, view->entity, STR("")), all};
    for (int i = 0; i < view->views.count; i++) add_tab(req, view, view->views.at[i], path, total);
    add_saving(req, view);
    struct str query = list_href_without(req, STR(""), -1);
    view->query = str_slice(query, query.len > 0, query.len);
}

/* ---- saving one ------------------------------------------------------------------------------------------------------------ */

static bool may_share(const struct request *req) {
    return access_scope(req->ctx.actor, registry_get("saved_views"), MAY_UPDATE) == SCOPE_ALL;
}

/* The filters of this address as a view keeps them. */
static struct str filters_of(struct request *req, const struct params *params) {
    struct buf b = buf_new(req->ctx.arena, 128);
    for (int i = 0; i < params->count; i++)
        if (is_of_view(params->at[i].name)) list_add_param(&b, params->at[i].name, params->at[i].value);
    return str_slice(buf_str(&b), b.len > 0, b.len);
}

static void add_input(struct request *req, struct move_view *view, const char *name, const struct row *row) {
    const struct field *f = entity_field(registry_get("saved_views"), str_of(name));
    bool typed = req->form.count > 0;
    struct input in = form_input(req, f, row, typed ? &req->form : NULL, view->errors);
    if (typed && f->kind == &kind_bool) in.checked = request_form(req, name).len > 0; /* what is off is not sent */
    view->inputs[view->input_count++] = in;
}

struct sent {
    int64_t id; /* of the view that is changed; 0: a new one */
    struct str query, as, view;
};

static void show(struct request *req, struct response *res, const struct sent *sent, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct move_view view = {.entity = entity, .errors = frame_errors(req), .submit = STR("Save view")};
    const struct row *row = sent->id ? query_one(&req->ctx, registry_get("saved_views"), sent->id, MAY_UPDATE, false) : NULL;
    if (sent->id && !row) {
        errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such view, or you may not change it.");
        respond_errors(req, res);
        return;
    }
    view.title = row ? STR("Change this view") : STR("Save this view");
    struct str list = frame_list_href(arena, entity);
    view.back = frame_back(req, list);
    view.action = str_printf(arena, "%.*s/view", STR_ARG(list));
    view.inputs = arena_array(arena, struct input, 4);
    add_input(req, &view, "name", row);
    if (may_share(req)) add_input(req, &view, "is_shared", row);
    add_input(req, &view, "is_pinned", row);
    add_input(req, &view, "is_default", row);
    view.hidden = arena_array(arena, struct param, 5);
    view.hidden[view.hidden_count++] = (struct param){STR("query"), sent->query};
    view.hidden[view.hidden_count++] = (struct param){STR("as"), sent->as};
    view.hidden[view.hidden_count++] = (struct param){STR("view"), sent->view};
    if (row) view.hidden[view.hidden_count++] = (struct param){STR("id"), str_printf(arena, "%lld", (long long)sent->id)};
    if (row) view.danger = STR("Delete view");
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), list);
    tpl_move_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void view_page_new(struct request *req, struct response *res) {
    struct sent sent = {.query = filters_of(req, &req->args), .as = request_arg(req, "as"), .view = request_arg(req, "view")};
    str_to_int(request_arg(req, "id"), &sent.id);
    if (access_may(req->ctx.actor, req->route->entity, MAY_READ)) {
        show(req, res, &sent, 200);
        return;
    }
    access_deny(&req->ctx, req->route->entity, MAY_READ);
    respond_errors(req, res);
}

/* What was arranged where the view was saved belongs to it from now on, and is nobody's own any more. */
static void take_columns(struct request *req, struct repo_input *in, struct str page) {
    struct str words = arrangement_read(&req->ctx, page);
    if (!words.len) return;
    repo_input_text(in, STR("columns"), words);
    arrangement_write(&req->ctx, page, STR(""));
}

static struct str page_of(struct request *req, struct str view) {
    struct str entity = req->route->entity->name;
    int64_t id;
    return str_to_int(view, &id) ? str_printf(req->ctx.arena, "%.*s/%lld", STR_ARG(entity), (long long)id) : entity;
}

static void take_flags(struct request *req, struct repo_input *in) {
    repo_input_text(in, STR("name"), request_form(req, "name"));
    if (may_share(req)) repo_input_value(in, "is_shared", value_int(request_form(req, "is_shared").len > 0));
    repo_input_value(in, "is_pinned", value_int(request_form(req, "is_pinned").len > 0));
    repo_input_value(in, "is_default", value_int(request_form(req, "is_default").len > 0));
}

/* The shape that one was looking at, where the entity has it. */
static const char *shape_of(const struct entity *entity, struct str as) {
    if (str_eqc(as, "board") && entity->board) return "board";
    return str_eqc(as, "calendar") && entity->decl->calendar ? "calendar" : "list";
}

static const struct row *save(struct request *req, const struct sent *sent) {
    struct repo_input in = repo_input(&req->ctx, registry_get("saved_views"), sent->id);
    if (str_eqc(request_form(req, "do"), "filters")) {
        repo_input_text(&in, STR("query"), sent->query);
        take_columns(req, &in, page_of(req, sent->view));
        return repo_update(&in, sent->id);
    }
    take_flags(req, &in);
    if (sent->id) return repo_update(&in, sent->id);
    repo_input_value(&in, "entity", value_text(req->route->entity->name));
    repo_input_value(&in, "view", value_text(str_of(shape_of(req->route->entity, sent->as))));
    repo_input_text(&in, STR("query"), sent->query);
    take_columns(req, &in, page_of(req, sent->view));
    return repo_create(&in);
}

void view_page_save(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity, *saved = registry_get("saved_views");
    struct arena *arena = req->ctx.arena;
    struct params query = {.count = 0};
    struct sent sent = {.as = request_form(req, "as"), .view = request_form(req, "view")};
    str_to_int(request_form(req, "id"), &sent.id);
    if (params_parse(arena, request_form(req, "query"), &query, &req->ctx.errors)) sent.query = filters_of(req, &query);
    const char *shape = shape_of(entity, sent.as);
    bool list = strcmp(shape, "list") == 0;
    struct str path = str_printf(arena, "/%s%s%s", entity->decl->name, list ? "" : "/", list ? "" : shape);
    if (str_eqc(request_form(req, "do"), "delete") && sent.id) {
        if (repo_delete(&req->ctx, saved, sent.id, 0))
            frame_done(req, res, str_printf(arena, "%s?view=all", path.ptr), "deleted", req->ctx.ended_set_id);
        else
            respond_errors(req, res);
        return;
    }
    const struct row *row = req->ctx.errors.count ? NULL : save(req, &sent);
    if (row)
        frame_done(req, res, view_href(req, path, row), "saved", 0);
    else if (errors_status(&req->ctx.errors) == 422)
        show(req, res, &sent, 422);
    else
        respond_errors(req, res);
}
