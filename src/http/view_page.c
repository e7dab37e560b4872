/* view_page.c - saved views: a name for what stands in an address. */
#include "http/view_page.h"

#include "core/access.h"
#include "core/registry.h"
#include "core/repo.h"
#include "http/form_page.h"
#include "templates.h"

#define TABS_MOST 12

/* ---- tabs ----------------------------------------------------------------------------------------------------------------- */

/* What counts of an address when two are compared: cursors, notices and the filter form do not. */
static bool same_filters(struct request *req, struct str query) {
    struct params saved = {.count = 0};
    struct errors ignored = {.arena = req->ctx.arena};
    if (!params_parse(req->ctx.arena, query, &saved, &ignored)) return false;
    int k = 0;
    for (int i = 0; i < req->args.count; i++) {
        const struct param *here = &req->args.at[i];
        if (list_is_transient(here->name)) continue;
        if (k == saved.count || !str_eq(saved.at[k].name, here->name) || !str_eq(saved.at[k].value, here->value)) return false;
        k++;
    }
    return k == saved.count;
}

/* A view opens in the shape that one is looking at. */
static struct str view_href(struct request *req, struct str path, struct str query) {
    return str_printf(req->ctx.arena, "%.*s%s%.*s", STR_ARG(path), query.len ? "?" : "", STR_ARG(query));
}

static bool mine(const struct request *req, const struct row *saved) {
    return row_int(saved, "user_id") == req->ctx.actor->user_id;
}

static struct rows saved_views(struct request *req, const struct entity *entity) {
    struct rows rows = {.count = 0};
    const struct entity *saved = registry_find(STR("saved_views"));
    if (!saved || !access_may(req->ctx.actor, saved, MAY_READ)) return rows;
    struct query *q = query_new(&req->ctx, saved);
    query_where(q, "entity", OP_EQ, value_text(entity->name));
    query_sort(q, "position");
    q->limit = QUERY_MAX_LIMIT;
    query_rows(q, &rows);
    return rows;
}

void view_page_tabs(struct request *req, struct list_view *view, struct str path) {
    struct arena *arena = req->ctx.arena;
    struct rows rows = saved_views(req, view->entity);
    view->tabs = arena_array(arena, struct tab, TABS_MOST + 1);
    view->tabs[view->tab_count++] =
        (struct tab){str_printf(arena, "All %s", str_lower(arena, str_of(view->entity->decl->many)).ptr), path, PAGE_NO_COUNT,
                     !view->filtered && !view->trash};
    bool known = false, plain = same_filters(req, STR(""));
    for (int i = 0; i < rows.count && view->tab_count <= TABS_MOST; i++) {
        const struct row *saved = rows.at[i];
        if (!mine(req, saved) && !row_bool(saved, "is_shared")) continue;
        bool current = !plain && same_filters(req, row_text(saved, "query"));
        known = known || current;
        if (current && mine(req, saved)) view->edit_view_href = frame_record_href(arena, saved->entity, row_id(saved));
        view->tabs[view->tab_count++] =
            (struct tab){row_text(saved, "name"), view_href(req, path, row_text(saved, "query")), PAGE_NO_COUNT, current};
    }
    if (known) view->tabs[0].current = false;
    const struct entity *entity = registry_find(STR("saved_views"));
    if (!known && view->filtered && !view->trash && entity && access_may(req->ctx.actor, entity, MAY_CREATE)) {
        struct str href = list_href_without(req, str_printf(arena, "/%s/view", view->entity->decl->name), -1);
        bool board = !str_eq(path, frame_list_href(arena, view->entity));
        view->save_view_href = board ? str_printf(arena, "%.*s&as=board", STR_ARG(href)) : href;
    }
}

/* ---- saving one ------------------------------------------------------------------------------------------------------------ */

static bool may_share(const struct request *req) {
    return access_scope(req->ctx.actor, registry_get("saved_views"), MAY_UPDATE) == SCOPE_ALL;
}

/* The filters of this address as a view keeps them. */
static struct str filters_of(struct request *req) {
    struct buf b = buf_new(req->ctx.arena, 128);
    for (int i = 0; i < req->args.count; i++)
        if (!list_is_transient(req->args.at[i].name) && !str_eqc(req->args.at[i].name, "as"))
            list_add_param(&b, req->args.at[i].name, req->args.at[i].value);
    return str_slice(buf_str(&b), b.len > 0, b.len);
}

static void show(struct request *req, struct response *res, struct str query, struct str as, int status) {
    const struct entity *entity = req->route->entity, *saved = registry_get("saved_views");
    struct arena *arena = req->ctx.arena;
    struct move_view view = {.entity = entity, .errors = frame_errors(req)};
    view.title = STR("Save this view");
    view.submit = STR("Save view");
    struct str list = frame_list_href(arena, entity);
    view.back = frame_back(req, list);
    view.action = str_printf(arena, "%.*s/view", STR_ARG(list));
    view.inputs = arena_array(arena, struct input, 2);
    view.inputs[view.input_count++] = form_input(req, entity_field(saved, STR("name")), NULL, &req->form, view.errors);
    if (may_share(req))
        view.inputs[view.input_count++] = form_input(req, entity_field(saved, STR("is_shared")), NULL, &req->form, NULL);
    view.hidden = arena_array(arena, struct param, 3);
    view.hidden[view.hidden_count++] = (struct param){STR("query"), query};
    view.hidden[view.hidden_count++] = (struct param){STR("as"), as};
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), list);
    tpl_move_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void view_page_new(struct request *req, struct response *res) {
    if (access_may(req->ctx.actor, req->route->entity, MAY_READ)) {
        show(req, res, filters_of(req), request_arg(req, "as"), 200);
        return;
    }
    access_deny(&req->ctx, req->route->entity, MAY_READ);
    respond_errors(req, res);
}

void view_page_create(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct str query = request_form(req, "query"), as = request_form(req, "as");
    struct repo_input in = repo_input(&req->ctx, registry_get("saved_views"), 0);
    repo_input_text(&in, STR("name"), request_form(req, "name"));
    repo_input_value(&in, "entity", value_text(entity->name));
    repo_input_value(&in, "view", value_text(str_eqc(as, "board") ? STR("board") : STR("list")));
    repo_input_text(&in, STR("query"), query);
    if (may_share(req)) repo_input_value(&in, "is_shared", value_int(request_form(req, "is_shared").len > 0));
    bool board = str_eqc(as, "board") && entity->board;
    struct str path = str_printf(req->ctx.arena, "/%s%s", entity->decl->name, board ? "/board" : "");
    if (repo_create(&in)) frame_done(req, res, view_href(req, path, query), "saved", 0);
    else if (errors_status(&req->ctx.errors) == 422) show(req, res, query, as, 422);
    else respond_errors(req, res);
}
