/* list_page.c - the list of any entity. */
#include "http/list_page.h"

#include "base/decimal.h"
#include "core/access.h"
#include "core/registry.h"
#include "http/order_page.h"
#include "templates.h"

#define COUNT_MOST 1000 /* beyond, "more than 1,000" says enough and costs no walk over the whole index */

/* ---- addresses ------------------------------------------------------------------------------------------------------------ */

static bool of_the_page(struct str name) { return str_in_words("done undo f op v before", name); }
static bool transient_param(struct str name) { return of_the_page(name) || str_eqc(name, "cursor"); }

static void add_param(struct buf *b, struct str name, struct str value) {
    buf_char(b, str_index(buf_str(b), '?') >= 0 ? '&' : '?');
    buf_url(b, name);
    buf_char(b, '=');
    buf_url(b, value);
}

/* The address without the parameter at `skip`, and without cursors and notices. */
static struct str href_without(struct request *req, struct str path, int skip) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, path);
    for (int i = 0; i < req->args.count; i++)
        if (i != skip && !transient_param(req->args.at[i].name)) add_param(&b, req->args.at[i].name, req->args.at[i].value);
    return buf_str(&b);
}

struct str list_href_with(struct request *req, struct str path, const char *name, struct str value) {
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, path);
    for (int i = 0; i < req->args.count; i++)
        if (!transient_param(req->args.at[i].name) && !str_eqc(req->args.at[i].name, name))
            add_param(&b, req->args.at[i].name, req->args.at[i].value);
    if (value.len) add_param(&b, str_of(name), value);
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

/* ---- filters -------------------------------------------------------------------------------------------------------------- */

static const struct {
    enum op op;
    const char *words;
} op_words[] = {{OP_EQ, "is"},        {OP_NE, "is not"},         {OP_LT, "under"},
                {OP_LTE, "at most"},  {OP_GT, "over"},           {OP_GTE, "at least"},
                {OP_IN, "is any of"}, {OP_CONTAINS, "contains"}, {OP_STARTS, "begins with"},
                {OP_HAS, "has"},      {OP_NULL, "is empty"}};

static const char *words_of_op(enum op op) {
    for (size_t i = 0; i < sizeof op_words / sizeof *op_words; i++)
        if (op_words[i].op == op) return op_words[i].words;
    return "";
}

static void write_filter_value(struct buf *b, struct values *values, const struct query_filter *f, struct value value) {
    if (f->field->to) {
        const struct value_state *state = values_state(values, f->field->to, value.integer);
        struct str title = state ? state->title : query_title(values->ctx, f->field->to, value.integer);
        buf_add(b, title.len ? title : STR("(not there)"));
    } else if (f->op == OP_CONTAINS || f->op == OP_STARTS || f->op == OP_HAS) buf_add(b, value.text);
    else kind_to_display(b, f->field, &values->ctx->env, value);
}

static struct list_chip chip_of(struct values *values, const struct query_filter *f) {
    struct buf b = buf_new(values->ctx->arena, 64);
    struct list_chip chip = {.label = f->field->label, .op = str_of(words_of_op(f->op)), .icon = "filter"};
    if (f->op == OP_NULL) {
        if (!f->value.integer) chip.op = STR("is not empty");
        return chip;
    }
    if (f->op != OP_IN) write_filter_value(&b, values, f, f->value);
    for (int i = 0; f->op == OP_IN && i < f->value_count; i++) {
        if (i) buf_lit(&b, ", ");
        write_filter_value(&b, values, f, f->values[i]);
    }
    chip.value = buf_str(&b);
    return chip;
}

void list_chips(struct request *req, struct query *q, struct list_view *view) {
    view->chips = arena_array(req->ctx.arena, struct list_chip, (size_t)q->filter_count);
    int arg = 0;
    for (int i = 0; i < q->filter_count; i++) { /* filters stand in the order of their parameters */
        while (arg < req->args.count && !str_starts(req->args.at[arg].name, STR("filter["))) arg++;
        struct list_chip *chip = &view->chips[view->chip_count++];
        *chip = chip_of(&view->values, &q->filters[i]);
        chip->remove_href = href_without(req, view->list_href, arg++);
    }
}

static bool filterable(const struct field *f) { return f->stored && !(f->flags & HIDDEN) && f->kind->ops; }

void list_toolbar(struct request *req, struct query *q, struct list_view *view) {
    struct arena *arena = req->ctx.arena;
    list_chips(req, q, view);
    view->search = q->search;
    view->filtered = q->filter_count > 0 || q->search.len > 0;
    view->clear_href = view->list_href;
    view->filter_fields = arena_array(arena, struct choice, (size_t)view->entity->field_count);
    for (int pass = 0; pass < 2; pass++) /* those that the entity offers first, then the others */
        for (int i = 0; i < view->entity->field_count; i++) {
            const struct field *f = &view->entity->fields[i];
            bool first = str_in_words(view->entity->decl->filter, f->name);
            if (filterable(f) && first == (pass == 0))
                view->filter_fields[view->filter_field_count++] = (struct choice){f->name, f->label, false};
        }
    view->filter_ops = arena_array(arena, struct choice, sizeof op_words / sizeof *op_words);
    for (size_t i = 0; i < sizeof op_words / sizeof *op_words; i++)
        view->filter_ops[view->filter_op_count++] =
            (struct choice){str_of(query_op_name(op_words[i].op)), str_of(op_words[i].words), false};
    view->keep.at = arena_array(arena, struct param, (size_t)req->args.count);
    for (int i = 0; i < req->args.count; i++)
        if (!transient_param(req->args.at[i].name) && !str_eqc(req->args.at[i].name, "q"))
            view->keep.at[view->keep.count++] = req->args.at[i];
}

/* The filter form sends f, op and v; the address that is kept says filter[f][op]=v. */
static bool filter_form(struct request *req, struct response *res, struct str path) {
    struct str field = request_arg(req, "f"), op = request_arg(req, "op"), value = request_arg(req, "v");
    if (!field.len) return false;
    if (str_eqc(op, "null")) value = STR("true");
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, href_without(req, path, -1));
    if (value.len)
        add_param(
            &b,
            str_printf(req->ctx.arena, "filter[%.*s]%s%.*s%s", STR_ARG(field), op.len ? "[" : "", STR_ARG(op), op.len ? "]" : ""),
            value);
    respond_redirect(req, res, buf_str(&b));
    return true;
}

/* ---- columns -------------------------------------------------------------------------------------------------------------- */

static const char *phone_place(int index, const struct field *f, bool *end, bool *meta, bool *end2) {
    bool *place = f->kind == &kind_money                            ? end
                  : f->kind == &kind_ref || f->kind == &kind_choice ? meta
                  : f->kind == &kind_time || f->kind == &kind_date  ? end2
                                                                    : NULL;
    if (index == 0) return "title";
    if (!place || *place) return "hide";
    *place = true;
    return place == end ? "end" : place == meta ? "meta" : "end2";
}

static void columns(struct request *req, struct query *q, struct list_view *view) {
    struct str rest = str_of(view->entity->decl->list ? view->entity->decl->list : view->entity->decl->title), word;
    view->columns = arena_array(req->ctx.arena, struct list_column, (size_t)view->entity->field_count);
    bool end = false, meta = false, end2 = false;
    while (str_word(&rest, &word)) {
        const struct field *f = entity_field(view->entity, word);
        struct list_column *c = &view->columns[view->column_count];
        *c = (struct list_column){.field = f, .phone = phone_place((int)view->column_count, f, &end, &meta, &end2)};
        view->column_count++;
        field_set_add(&q->fields, f->index);
        if (f->pair) field_set_add(&q->fields, f->pair->index);
        if (!f->kind->sortable) continue;
        bool sorted = q->sort_count > 0 && q->sort[0].field == f, down = sorted && q->sort[0].descending;
        if (sorted) c->aria_sort = down ? "descending" : "ascending";
        /* Numbers and times are first wanted from the top. */
        bool from_top = sorted ? !down : f->kind->align || f->kind == &kind_time || f->kind == &kind_date;
        c->sort_href =
            list_href_with(req, view->list_href, "sort", str_printf(req->ctx.arena, "%s%s", from_top ? "-" : "", f->decl->name));
    }
    if (view->entity->title) field_set_add(&q->fields, view->entity->title->index);
}

struct value_view list_cell(const struct list_view *view, const struct row *row, const struct list_column *column) {
    struct values values = view->values;
    return value_view(&values, row, column->field, VALUE_SHORT);
}

struct str list_one(const struct list_view *view) { return str_lower(view->values.ctx->arena, str_of(view->entity->decl->one)); }
struct str list_empty_title(const struct list_view *view) {
    struct arena *arena = view->values.ctx->arena;
    return str_printf(arena, "No %s yet", str_lower(arena, str_of(view->entity->decl->many)).ptr);
}
struct str list_title(const struct list_view *view, const struct row *row) { return row_title(view->values.ctx->arena, row); }
struct str list_row_href(const struct list_view *view, const struct row *row) {
    return frame_record_href(view->values.ctx->arena, view->entity, row_id(row));
}

/* ---- saved views and paging ----------------------------------------------------------------------------------------------- */

static void saved_tabs(struct request *req, struct list_view *view) {
    struct arena *arena = req->ctx.arena;
    const struct entity *saved = registry_find(STR("saved_views"));
    struct rows rows = {.count = 0};
    if (saved && access_may(req->ctx.actor, saved, MAY_READ)) {
        struct query *q = query_new(&req->ctx, saved);
        query_where(q, "entity", OP_EQ, value_text(view->entity->name));
        query_sort(q, "position");
        q->limit = 12;
        query_rows(q, &rows);
    }
    view->tabs = arena_array(arena, struct tab, (size_t)rows.count + 1);
    struct str here = req->query;
    view->tabs[view->tab_count++] =
        (struct tab){str_printf(arena, "All %s", str_lower(arena, str_of(view->entity->decl->many)).ptr), view->list_href,
                     PAGE_NO_COUNT, !view->filtered};
    for (int i = 0; i < rows.count; i++) {
        struct str query = row_text(rows.at[i], "query");
        view->tabs[view->tab_count++] =
            (struct tab){row_text(rows.at[i], "name"), str_printf(arena, "%.*s?%.*s", STR_ARG(view->list_href), STR_ARG(query)),
                         PAGE_NO_COUNT, str_eq(here, query)};
        if (str_eq(here, query)) view->tabs[0].current = false;
    }
}

static void paging(struct request *req, struct query *q, struct list_view *view) {
    struct arena *arena = req->ctx.arena;
    int64_t total = query_count_up_to(q, COUNT_MOST + 1);
    bool more = total > COUNT_MOST;
    struct buf range = buf_new(arena, 64);
    if (!q->cursor.len && view->rows.count) buf_printf(&range, "1 to %d of ", view->rows.count);
    else buf_printf(&range, "%d of ", view->rows.count);
    if (more) buf_lit(&range, "more than ");
    buf_decimal_grouped(&range, more ? COUNT_MOST : total, 0, 0);
    view->pager.range = buf_str(&range);
    if (view->rows.next.len) view->pager.next = list_href_with(req, view->list_href, "cursor", view->rows.next);
    if (view->rows.previous.len) view->pager.previous = list_href_with(req, view->list_href, "before", view->rows.previous);
}

void list_page(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct list_view view = {.entity = entity, .values = values_new(req), .list_href = frame_list_href(req->ctx.arena, entity)};
    if (filter_form(req, res, view.list_href)) return;
    struct query *q = query_new(&req->ctx, entity);
    q->titles = true;
    if (!access_may(req->ctx.actor, entity, MAY_READ)) access_deny(&req->ctx, entity, MAY_READ);
    if (!list_query(req, q)) {
        respond_errors(req, res);
        return;
    }
    if (!q->sort_count) query_sort(q, entity->decl->sort ? entity->decl->sort : "-created_at");
    columns(req, q, &view);
    if (!query_rows(q, &view.rows)) {
        respond_errors(req, res);
        return;
    }
    for (size_t i = 0; i < view.column_count; i++)
        if (view.columns[i].field->to) values_states(&view.values, view.columns[i].field->to);
    list_toolbar(req, q, &view);
    saved_tabs(req, &view);
    paging(req, q, &view);
    view.trash = q->only_deleted;
    const struct actor *actor = req->ctx.actor;
    bool fixed = entity_is(entity, ENTITY_READ_ONLY);
    if (entity->board) view.board_href = str_printf(req->ctx.arena, "/%s/board", entity->decl->name);
    if (!fixed && access_may(actor, entity, MAY_CREATE))
        view.new_href = str_printf(req->ctx.arena, "/%s/new", entity->decl->name);
    if (!fixed && !entity_is(entity, ENTITY_APPEND_ONLY) && access_may(actor, entity, MAY_DELETE))
        view.bulk_href = str_printf(req->ctx.arena, "/%s/selection", entity->decl->name);
    view.ordered = order_field(entity) && !view.trash && !view.filtered && !q->cursor.len && str_eqc(q->sort[0].field->name, "position") &&
                   !q->sort[0].descending && access_may(actor, entity, MAY_UPDATE);
    struct page *page = frame_open(req, str_of(entity->decl->many), entity->decl->name);
    if (entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS)) {
        page->active = "settings";
        frame_crumb(req, page, STR("Settings"), STR("/settings"));
    }
    tpl_list_page(&res->body, page, &view);
    frame_answer(req, res, 200);
}
