/* list_page.c - the list of any entity. */
#include "http/list_page.h"

#include <string.h>

#include "core/access.h"
#include "core/kind_tools.h"
#include "core/merge.h"
#include "core/registry.h"
#include "core/rest.h"
#include "http/arrangement.h"
#include "http/invite_page.h"
#include "http/order_page.h"
#include "http/view_page.h"
#include "templates.h"

/* ---- addresses ------------------------------------------------------------------------------------------------------------ */

/* Of the moment; and what says how the list is shown rather than what is in it. */
static bool of_the_moment(struct str name) { return str_in_words("done undo f op v w of before at lane", name); }
static bool of_the_page(struct str name) { return of_the_moment(name) || str_in_words("view group by show date", name); }
bool list_is_transient(struct str name) { return of_the_moment(name) || str_eqc(name, "cursor"); }

void list_add_param(struct buf *b, struct str name, struct str value) {
    buf_char(b, str_index(buf_str(b), '?') >= 0 ? '&' : '?');
    buf_url(b, name);
    buf_char(b, '=');
    buf_url(b, value);
}

struct str list_href_without(struct request *req, struct str path, int skip) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, path);
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        if (i != skip && !list_is_transient(p->name)) list_add_param(&b, p->name, p->value);
    }
    return buf_str(&b);
}

struct str list_href_with(struct request *req, struct str path, const char *name, struct str value) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, path);
    for (int i = 0; i < req->args.count; i++)
        if (!list_is_transient(req->args.at[i].name) && !str_eqc(req->args.at[i].name, name))
            list_add_param(&b, req->args.at[i].name, req->args.at[i].value);
    if (value.len) list_add_param(&b, str_of(name), value);
    return buf_str(&b);
}

bool list_query(struct request *req, struct query *q) {
    if (req->ctx.errors.count) return false;
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        bool known;
        if (str_eqc(p->name, "before")) {
            q->cursor = p->value;
            q->backwards = true;
        } else if (!of_the_page(p->name)) {
            query_param(q, p->name, p->value, &known);
            if (!known)
                errors_add(&req->ctx.errors, 400, "unknown_parameter", str_cstr(req->ctx.arena, p->name),
                           "The address has an unknown part '%.*s'.", STR_ARG(p->name));
        }
    }
    return req->ctx.errors.count == 0;
}

/* What says how one shape shows them means nothing in another. */
struct str list_shape_href(struct request *req, const struct entity *entity, const char *shape) {
    bool list = strcmp(shape, "list") == 0;
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_printf(&b, "/%s%s%s", entity->decl->name, list ? "" : "/", list ? "" : shape);
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        if (!list_is_transient(p->name) && !str_in_words("trash by show date", p->name)) list_add_param(&b, p->name, p->value);
    }
    return buf_str(&b);
}

/* ---- the toolbar ---------------------------------------------------------------------------------------------------------- */

static void keep_params(struct request *req, struct list_view *view) {
    view->keep.at = arena_array(req->ctx.arena, struct param, (size_t)req->args.count);
    for (int i = 0; i < req->args.count; i++)
        if (!list_is_transient(req->args.at[i].name) && !str_eqc(req->args.at[i].name, "q"))
            view->keep.at[view->keep.count++] = req->args.at[i];
}

/* What was searched for stays, and how the rows stand; a saved view is left with its filters. */
static struct str without_filters(struct request *req, struct str path) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, path);
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        bool filters = str_starts(p->name, STR("filter[")) || str_eqc(p->name, "view");
        if (!filters && !list_is_transient(p->name)) list_add_param(&b, p->name, p->value);
    }
    return buf_str(&b);
}

void list_toolbar(struct request *req, struct query *q, struct list_view *view, struct str path) {
    list_filter_fill(req, q, &view->values, path, &view->filter);
    view->search = q->search;
    view->filtered = q->filter_count > 0 || q->search.len > 0;
    if (q->search.len) view->clear_search_href = list_href_with(req, path, "q", STR(""));
    if (q->filter_count > 0) view->clear_filters_href = without_filters(req, view->all_href.len ? view->all_href : path);
    view->filter_href = path;
    view->trash = q->only_deleted;
    keep_params(req, view);
    const struct entity *entity = view->entity;
    view->shapes.list = list_shape_href(req, entity, "list");
    if (entity->board) view->shapes.board = list_shape_href(req, entity, "board");
    if (entity->decl->calendar) view->shapes.calendar = list_shape_href(req, entity, "calendar");
}

/* "filter[status]" and "new,open" */
static struct param open_param(struct arena *arena, const struct entity *entity) {
    struct buf words = buf_new(arena, 64);
    struct str rest = str_of(entity->decl->open), word;
    while (str_word(&rest, &word)) {
        if (words.len) buf_char(&words, ',');
        buf_add(&words, word);
    }
    return (struct param){str_printf(arena, "filter[%s]", entity->state->decl->name), buf_str(&words)};
}

void list_only_open(struct query *q) {
    struct param open = open_param(q->ctx->arena, q->entity);
    bool known;
    query_param(q, open.name, open.value, &known);
}

struct str list_open_href(struct arena *arena, const struct entity *entity, struct str href) {
    struct param open = open_param(arena, entity);
    struct buf b = buf_new(arena, 128);
    buf_add(&b, href);
    list_add_param(&b, open.name, open.value);
    return buf_str(&b);
}

struct str list_new_href(struct request *req, const struct entity *entity) {
    bool may = !entity_is(entity, ENTITY_READ_ONLY) && access_may(req->ctx.actor, entity, MAY_CREATE);
    return may ? str_printf(req->ctx.arena, "/%s/new", entity->decl->name) : STR("");
}

/* ---- cells ---------------------------------------------------------------------------------------------------------------- */

struct value_view list_cell(const struct list_view *view, const struct row *row, const struct list_column *column) {
    struct values values = view->values;
    return value_view(&values, row, column->field, view->length);
}

struct str list_one(const struct list_view *view) {
    return lang_inside(view->values.ctx->arena, str_of(view->entity->decl->one));
}
struct str list_empty_title(const struct list_view *view) {
    struct arena *arena = view->values.ctx->arena;
    return lang_printf(arena, "No %s yet", lang_inside(arena, str_of(view->entity->decl->many)).ptr);
}
struct str list_none_title(const struct list_view *view) {
    struct arena *arena = view->values.ctx->arena;
    return lang_printf(arena, "No %s match", lang_inside(arena, str_of(view->entity->decl->many)).ptr);
}
struct str list_none_words(const struct list_view *view) {
    struct arena *arena = view->values.ctx->arena;
    struct buf chips = buf_new(arena, 128), b = buf_new(arena, 128);
    for (size_t i = 0; i < view->filter.chip_count; i++) {
        const struct list_chip *chip = &view->filter.chips[i];
        const struct str parts[] = {lang_str(arena, chip->label), lang_str(arena, chip->op), chip->value};
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            if (!parts[p].len) continue;
            if (chips.len) buf_cstr(&chips, p ? " " : ", ");
            buf_add(&chips, parts[p]);
        }
    }
    if (view->search.len) lang_put(&b, "Searched for “%.*s”.", STR_ARG(view->search));
    if (view->search.len && chips.len) buf_char(&b, ' ');
    if (chips.len) lang_put(&b, "Filtered by %.*s.", STR_ARG(buf_str(&chips)));
    return buf_str(&b);
}
struct str list_title(const struct list_view *view, const struct row *row) {
    const struct field *title = view->entity->title;
    size_t next = title != NULL; /* the column that says most where there is no title */
    if ((title && row->values[title->index].text.len) || row->untitled.len || view->column_count <= next)
        return row_title(view->values.ctx->arena, row);
    struct value_view v = list_cell(view, row, &view->columns[next]);
    return v.look == LOOK_NONE || !v.text.len ? row_title(view->values.ctx->arena, row) : v.text;
}
struct str list_row_href(const struct list_view *view, const struct row *row) {
    struct str href = frame_record_href(view->values.ctx->arena, view->entity, row_id(row));
    return view->trash ? str_printf(view->values.ctx->arena, "%s?trash=true", href.ptr) : href;
}

/* ---- paging ---------------------------------------------------------------------------------------------------------------- */

static int64_t paging(struct request *req, struct query *q, struct list_view *view) {
    struct arena *arena = req->ctx.arena;
    int64_t total = view_count_of(&view->counted);
    bool start = !q->cursor.len && !request_arg(req, "at").len && view->rows.count;
    if (start && !view->group_count && !view->rows.next.len) total = view->rows.count; /* all of them are here */
    bool more = total > VIEW_COUNT_MOST;
    struct buf all = buf_new(arena, 32);
    kind_write_number(&all, &req->ctx.env, more ? VIEW_COUNT_MOST : total, 0, 0);
    view->total = more ? lang_printf(arena, "more than %.*s", STR_ARG(buf_str(&all))) : buf_str(&all);
    view->pager.range = lang_printf(arena, start ? "1 to %d of %.*s" : "%d of %.*s", view->rows.count, STR_ARG(view->total));
    if (view->group_count) return total;
    if (view->rows.next.len) view->pager.next = list_href_with(req, view->list_href, "cursor", view->rows.next);
    if (view->rows.previous.len) view->pager.previous = list_href_with(req, view->list_href, "before", view->rows.previous);
    return total;
}

/* "Value, Name" */
static struct str sort_label(struct request *req, const struct query *q, int given) {
    struct buf b = buf_new(req->ctx.arena, 64);
    for (int i = 0; i < given; i++) {
        if (i) buf_lit(&b, ", ");
        buf_add(&b, lang_str(req->ctx.arena, q->sort[i].field->label));
    }
    return buf_str(&b);
}

struct str list_import_href(struct request *req, const struct entity *entity) {
    bool worked_on = !entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS | ENTITY_UPLOAD | ENTITY_APPEND_ONLY | ENTITY_READ_ONLY);
    if (!worked_on || !access_may(req->ctx.actor, entity, MAY_CREATE)) return STR("");
    return str_printf(req->ctx.arena, "/%s/import", entity->decl->name);
}

/* What a selection is most often given: who has it, and where it stands. */
static void fill_gifts(struct request *req, struct list_view *view) {
    const struct entity *entity = view->entity;
    struct str rest = str_of(entity->decl->owner), word;
    if (!access_may(req->ctx.actor, entity, MAY_UPDATE)) return;
    view->may_edit = true;
    if (str_word(&rest, &word)) {
        const struct field *owner = entity_field(entity, word);
        if (owner && !(owner->flags & (READ_ONLY | IMMUTABLE))) view->assign = owner->name;
    }
    if (entity->board && !(entity->board->flags & (READ_ONLY | IMMUTABLE))) {
        view->move = entity->board->name;
        view->move_label = entity->board->label;
    }
}

static void fill_actions(struct request *req, struct list_view *view) {
    const struct entity *entity = view->entity;
    struct arena *arena = req->ctx.arena;
    bool changes = !entity_is(entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY);
    view->faces = entity_field(entity, STR("email")) != NULL;
    view->new_href = list_new_href(req, entity);
    view->import_href = list_import_href(req, entity);
    view->sort_href = list_href_without(req, str_printf(arena, "/%s/sort", entity->decl->name), -1);
    view->save_columns = true;
    view->columns_action = str_printf(arena, "/%s/columns", entity->decl->name);
    view->view_id = request_arg(req, "view");
    view->columns_href = list_href_without(req, str_printf(arena, "/%s/columns", entity->decl->name), -1);
    bool export = access_may(req->ctx.actor, entity, MAY_EXPORT) && !view->trash;
    if (export) view->export_href = list_href_without(req, str_printf(arena, "/%s/export", entity->decl->name), -1);
    if (changes) fill_gifts(req, view);
    view->may_delete = changes && access_may(req->ctx.actor, entity, MAY_DELETE);
    if (str_eqc(entity->name, "users")) invite_page_of_users(req, view);
    if (merge_possible(entity)) view->duplicates_href = str_printf(arena, "/%s/duplicates", entity->decl->name);
    if (changes && (view->may_delete || view->may_edit || export))
        view->bulk_href = str_printf(arena, "/%s/selection", entity->decl->name);
    if (view->may_delete && entity->deleted_at >= 0) view->trash_href = str_printf(arena, "/%s?trash=true", entity->decl->name);
}

/* The states that cells will name, together with the rows. */
static void states_ahead(struct list_view *view) {
    const struct entity *entity = view->entity;
    for (size_t i = 0; i < view->column_count; i++)
        if (view->columns[i].field->to) values_states_ahead(&view->values, view->columns[i].field->to);
    if (entity->board && entity->board->to) values_states_ahead(&view->values, entity->board->to);
}

void list_read_cells(struct list_view *view) {
    const struct entity *entity = view->entity;
    for (size_t i = 0; i < view->column_count; i++) {
        const struct field *f = view->columns[i].field;
        if (f->to) values_states(&view->values, f->to);
        if (value_is_subject(f)) values_subjects(&view->values, &view->rows, f);
    }
    if (entity->board && entity->board->to) values_states(&view->values, entity->board->to);
}

static bool read_rows(struct request *req, struct query *q, struct list_view *view) {
    view->trash = q->only_deleted;
    int given = q->sort_count;
    if (!given) query_sort(q, view->entity->decl->sort ? view->entity->decl->sort : "-created_at");
    view->sort_label = sort_label(req, q, q->sort_count);
    list_columns(req, q, view);
    if (view->entity->decl->drafts) field_set_add(&q->fields, view->entity->state->index);
    if (view->entity->line_of) field_set_add(&q->fields, view->entity->line_of->index);
    states_ahead(view);
    return request_arg(req, "group").len ? list_groups(req, q, view) : query_rows(q, &view->rows);
}

/* Their cells are not offered for editing. */
static void fill_rests(struct request *req, struct list_view *view) {
    const struct entity *entity = view->entity;
    if (view->trash) return;
    view->rests = rest_marks(&req->ctx, &view->rows, entity);
    if (view->rests) view->rests_why = rest_why(req->ctx.arena, entity->line_of ? entity->line_of->to : entity, entity->line_of);
}

void list_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct list_view view = {.entity = entity, .shape = "list", .values = values_new(req)};
    view.list_href = frame_list_href(req->ctx.arena, entity);
    if (list_filter_sent(req, res, entity, view.list_href, &view.filter)) return;
    if (!access_may(req->ctx.actor, entity, MAY_READ)) access_deny(&req->ctx, entity, MAY_READ);
    frame_live_ahead(req);
    view.arranged = arrangement_ahead(&req->ctx, view_page_key(req, entity));
    if (!req->ctx.errors.count && view_page_open(req, res, &view, view.list_href)) return;
    struct query *q = query_new(&req->ctx, entity);
    q->titles = true;
    bool sound = list_query(req, q);
    if (sound) view.counted = view_count_ahead(req, q, &req->args);
    if (!sound || !read_rows(req, q, &view)) {
        respond_errors(req, res);
        return;
    }
    list_read_cells(&view);
    fill_rests(req, &view);
    list_toolbar(req, q, &view, view.list_href);
    view_page_tabs(req, &view, view.list_href, paging(req, q, &view));
    view.ordered = order_field(entity) && !view.trash && !view.filtered && !q->cursor.len && !view.group_count &&
                   str_eqc(q->sort[0].field->name, "position") && !q->sort[0].descending &&
                   access_may(req->ctx.actor, entity, MAY_UPDATE);
    fill_actions(req, &view);
    struct page *page = frame_of(req, entity, str_of(entity->decl->many));
    tpl_list_page(&res->body, page, &view);
    frame_answer(req, res, view.filter.wrong.len ? 422 : 200);
}
