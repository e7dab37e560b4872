/* import_page.c - importing a CSV file in the browser. */
#include "http/import_page.h"

#include "core/access.h"
#include "core/registry.h"
#include "http/import_api.h"
#include "templates.h"

static void fill_inputs(struct request *req, struct import_view *view) {
    static const char *const meanings[][2] = {
        {"skip", N_("Leave it as it is")}, {"update", N_("Update it from the file")}, {"create", N_("Make another one")}};
    struct choice *choices = arena_array(req->ctx.arena, struct choice, 3);
    struct str chosen = request_form(req, "duplicates");
    for (int i = 0; i < 3; i++) {
        struct str value = str_of(meanings[i][0]);
        choices[i] = (struct choice){value, str_of(meanings[i][1]), chosen.len ? str_eq(chosen, value) : i == 0};
    }
    view->inputs[0] = (struct input){.kind = INPUT_SELECT,
                                     .name = STR("duplicates"),
                                     .label = STR("Where a record is there already"),
                                     .value = chosen.len ? chosen : STR("skip"),
                                     .required = true,
                                     .choices = choices,
                                     .choice_count = 3,
                                     .hint = STR("Recognised by e-mail, phone or id.")};
    view->inputs[1] = (struct input){.kind = INPUT_CHECK,
                                     .name = STR("create_missing"),
                                     .label = STR("Add sources and tags that are missing"),
                                     .value = STR("true"),
                                     .checked = request_form(req, "create_missing").len > 0 || !req->form.count};
    view->inputs[2] = (struct input){.kind = INPUT_CHECK, .name = STR("empty_unknown"), .value = STR("true"),
                                     .label = STR("Leave people and statuses empty that are not known here"),
                                     .hint = STR("Otherwise such rows stay out, and you are told which."),
                                     .checked = request_form(req, "empty_unknown").len > 0};
}

static void fill_result(struct request *req, struct import_view *view, const struct import_result *result) {
    const struct import_counts *n = &result->counts;
    struct arena *arena = req->ctx.arena;
    view->result = result;
    const struct import_count counts[] = {{N_("Rows"), n->rows},
                                          {N_("New"), n->made},
                                          {N_("Changed"), n->changed},
                                          {N_("Unchanged"), n->unchanged},
                                          {N_("There already"), n->duplicate},
                                          {N_("Not readable"), n->bad}};
    memcpy(view->counts, counts, sizeof counts);
    if (n->bad && result->run_id)
        view->errors_href = str_printf(arena, "/api/v1/import_runs/%lld/errors", (long long)result->run_id);
    if (result->change_set_id) view->undo_href = str_printf(arena, "/change_sets/%lld/undo", (long long)result->change_set_id);
    struct buf text = buf_new(arena, 1024);
    import_columns_text(&text, result);
    struct str rest = buf_str(&text), line;
    view->columns = arena_array(arena, struct str, (size_t)result->column_count + 1);
    while (str_split(&rest, '\n', &line) && view->column_count < (size_t)result->column_count)
        if (line.len) view->columns[view->column_count++] = line;
}

static void show(struct request *req, struct response *res, const struct import_result *result, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct import_view view = {.entity = entity, .errors = &req->ctx.errors, .list_href = frame_list_href(arena, entity)};
    view.many = lang_inside(arena, str_of(entity->decl->many));
    view.action = str_printf(arena, "/%s/import", entity->decl->name);
    view.back = view.list_href;
    fill_inputs(req, &view);
    if (result) fill_result(req, &view, result);
    struct page *page = frame_open(req, lang_printf(arena, "Import %s", view.many.ptr), entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), view.list_href);
    tpl_import_page(&res->body, page, &view);
    frame_answer(req, res, status);
}

void import_page_form(struct request *req, struct response *res) {
    if (access_may(req->ctx.actor, req->route->entity, MAY_CREATE)) {
        show(req, res, NULL, 200);
        return;
    }
    access_deny(&req->ctx, req->route->entity, MAY_CREATE);
    respond_errors(req, res);
}

void import_page_run(struct request *req, struct response *res) {
    struct import_result *result = arena_alloc(req->ctx.arena, sizeof *result);
    int64_t run_id;
    bool waited;
    if (!import_request(req, result, &run_id, &waited)) {
        int status = errors_status(&req->ctx.errors);
        if (status == 400 || status == 409 || status == 415 || status == 422) show(req, res, NULL, 422);
        else respond_errors(req, res);
    } else if (waited) show(req, res, result, 200);
    else respond_redirect(req, res, str_printf(req->ctx.arena, "/import_runs/%lld", (long long)run_id));
}
