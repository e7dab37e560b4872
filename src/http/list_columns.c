/* list_columns.c - which columns a list shows, how wide and in what order, and the two forms that say so.
 *
 * Columns are words, "name:240 email": what this person arranged here (arrangement.h), else what the view says, else the entity.
 * The form of columns sends c=FIELD for each in its order, show=FIELD for those that are shown and w_FIELD=PIXELS; a button
 * up=FIELD or down=FIELD moves one without scripts. The form of the sort leads to the address that carries it.
 */
#include "http/list_columns.h"

#include <string.h>

#include "core/access.h"
#include "core/repo.h"
#include "http/arrangement.h"
#include "http/list_page.h"
#include "http/url.h"
#include "http/view_page.h"
#include "templates.h"

#define WIDTH_LEAST 60
#define WIDTH_MOST 800

bool list_shows(const struct field *f) {
    return f && f->stored && !(f->flags & HIDDEN) && f->kind != &kind_secret && f->index != f->entity->tenant_id &&
           f->index != f->entity->deleted_at;
}

/* ---- showing ---------------------------------------------------------------------------------------------------------- */

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

/* A card without its state says little: where that is not what stands under the title, it takes the place of an amount or, where
 * there is one, of a time. */
static void phone_state(struct list_view *view) {
    const struct entity *entity = view->entity;
    const struct field *state = entity->board ? entity->board : entity->state;
    struct list_column *of_state = NULL, *end = NULL, *end2 = NULL;
    for (size_t i = 0; i < view->column_count; i++) {
        struct list_column *c = &view->columns[i];
        if (c->field == state) of_state = c;
        if (strcmp(c->phone, "end") == 0) end = c;
        if (strcmp(c->phone, "end2") == 0) end2 = c;
    }
    /* Without its heading a bare yes says nothing. */
    if (!of_state || of_state->field->kind == &kind_bool || strcmp(of_state->phone, "hide") != 0) return;
    if (end && end2) end2->phone = "hide";
    of_state->phone = end ? "end2" : "end";
}

/* Numbers and times are first wanted from the top. */
static bool from_top(const struct field *f) { return f->kind->align || f->kind == &kind_time || f->kind == &kind_date; }

static bool editable(struct request *req, const struct field *f) {
    unsigned never = READ_ONLY | IMMUTABLE | HIDDEN | IMPLICIT;
    bool simple = f->kind != &kind_file && f->kind != &kind_subject_id && f->kind != &kind_subject_type &&
                  f->kind != &kind_json && f->kind != &kind_markdown;
    return simple && !(f->flags & never) && !entity_is(f->entity, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY) &&
           access_may(req->ctx.actor, f->entity, MAY_UPDATE);
}

static void add_column(struct request *req, struct query *q, struct list_view *view, const struct field *f, int64_t width) {
    struct list_column *c = &view->columns[view->column_count++];
    *c = (struct list_column){.field = f, .label = f->label, .width = (int)width, .editable = !view->trash && editable(req, f)};
    value_needs(f, &q->fields);
    if (!f->kind->sortable || !view->list_href.len) return;
    bool down = false;
    for (int i = 0; i < q->sort_count; i++) {
        if (q->sort[i].field != f) continue;
        c->order = i + 1;
        c->falling = down = q->sort[i].descending;
        if (i == 0) c->aria_sort = down ? "descending" : "ascending";
    }
    bool falling = c->order == 1 ? !down : from_top(f);
    c->sort_href =
        list_href_with(req, view->list_href, "sort", str_printf(req->ctx.arena, "%s%s", falling ? "-" : "", f->decl->name));
}

/* "name:240" -> the field and 240; NULL where it is none that can be shown. */
static const struct field *column_of(const struct entity *entity, struct str word, int64_t *width) {
    ptrdiff_t colon = str_index(word, ':');
    *width = 0;
    if (colon >= 0 &&
        (!str_to_int(str_slice(word, (size_t)colon + 1, word.len), width) || *width < WIDTH_LEAST || *width > WIDTH_MOST))
        *width = 0;
    const struct field *f = entity_field(entity, colon < 0 ? word : str_slice(word, 0, (size_t)colon));
    return list_shows(f) ? f : NULL;
}

static struct str default_words(const struct list_view *view) {
    const struct entity_decl *decl = view->entity->decl;
    struct str of_view = view->saved ? row_text(view->saved, "columns") : STR("");
    return of_view.len ? of_view : str_of(decl->list ? decl->list : decl->title);
}

static struct str words_of(struct request *req, const struct list_view *view) {
    struct str own = sql_text_of(&req->ctx, view->arranged);
    return own.len ? own : default_words(view);
}

static bool has_column(const struct list_view *view, const struct field *f) {
    for (size_t i = 0; i < view->column_count; i++)
        if (view->columns[i].field == f) return true;
    return false;
}

/* What names a record comes first: its title, else the first column. */
static void fill_columns(struct request *req, struct query *q, struct list_view *view, struct str words,
                         const struct field *without) {
    const struct field *title = view->entity->title;
    struct str rest = words, word;
    int64_t width, title_width = 0;
    view->columns = arena_array(req->ctx.arena, struct list_column, (size_t)view->entity->field_count + 1);
    while (str_word(&rest, &word))
        if (title && column_of(view->entity, word, &width) == title) title_width = width;
    if (title) add_column(req, q, view, title, title_width);
    for (rest = words; str_word(&rest, &word);) {
        const struct field *f = column_of(view->entity, word, &width);
        bool order = f && str_eqc(word, "position") && f->decl->initial; /* not a place that people choose: the unit of a rack */
        bool told = without && (f == without || order);             /* by where the rows stand, and how */
        if (f && !told && !has_column(view, f)) add_column(req, q, view, f, width);
    }
    /* Of a record's own lines a phone shows what each comes to, which stands last. */
    const struct field *sum = NULL;
    for (size_t i = 1; without && i < view->column_count; i++)
        if (view->columns[i].field->kind == &kind_money) sum = view->columns[i].field;
    bool end = false, meta = false, end2 = false;
    for (size_t i = 0; i < view->column_count; i++) {
        const struct field *f = view->columns[i].field;
        bool other = sum && f->kind == &kind_money && f != sum;
        view->columns[i].phone = other ? "hide" : phone_place((int)i, f, &end, &meta, &end2);
    }
    phone_state(view);
}

void list_columns(struct request *req, struct query *q, struct list_view *view) {
    fill_columns(req, q, view, words_of(req, view), NULL);
}

void list_columns_without(struct request *req, struct query *q, struct list_view *view, const struct field *without) {
    fill_columns(req, q, view, default_words(view), without);
}

/* ---- the form of columns ------------------------------------------------------------------------------------------------ */

static void add_choice(struct columns_view *form, const struct field *f, int64_t width, bool shown) {
    for (size_t i = 0; i < form->count; i++)
        if (form->columns[i].field == f) return;
    form->columns[form->count++] = (struct column_choice){f, (int)width, shown};
}

/* Those that are shown in their order, then the others as the entity has them. */
static void fill_choices(struct request *req, struct columns_view *form, struct str words) {
    const struct entity *entity = form->entity;
    form->columns = arena_array(req->ctx.arena, struct column_choice, (size_t)entity->field_count);
    struct str rest = words, word;
    int64_t width;
    while (str_word(&rest, &word)) {
        const struct field *f = column_of(entity, word, &width);
        if (f && f != entity->title) add_choice(form, f, width, true);
    }
    for (int i = 0; i < entity->field_count; i++)
        if (list_shows(&entity->fields[i]) && &entity->fields[i] != entity->title && i != entity->id && i != entity->version)
            add_choice(form, &entity->fields[i], 0, false);
}

static bool readable(struct request *req, struct response *res) {
    if (access_may(req->ctx.actor, req->route->entity, MAY_READ)) return true;
    access_deny(&req->ctx, req->route->entity, MAY_READ);
    respond_errors(req, res);
    return false;
}

/* The list of this address, with its view: everything where none is named, whatever opens first. */
static struct list_view list_of(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct list_view view = {.entity = entity, .list_href = frame_list_href(req->ctx.arena, entity)};
    if (!req->args.count) {
        static struct param everything[] = {{STR_INIT("view"), STR_INIT("all")}};
        req->args = (struct params){everything, 1};
    }
    view_page_open(req, res, &view, view.list_href);
    return view;
}

void list_columns_form(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    if (!readable(req, res)) return;
    struct list_view view = list_of(req, res);
    struct columns_view form = {.entity = entity, .density = req->ctx.actor->density};
    struct str own = arrangement_read(&req->ctx, view_page_key(req, entity));
    form.own = own.len > 0;
    fill_choices(req, &form, own.len ? own : default_words(&view));
    form.action = str_printf(arena, "/%s/columns", entity->decl->name);
    form.back = list_href_without(req, view.list_href, -1);
    form.view = request_arg(req, "view");
    form.here = list_href_without(req, form.action, -1);
    struct page *page = frame_open(req, STR("Columns"), entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), view.list_href);
    tpl_columns_page(&res->body, page, &form);
    frame_answer(req, res, 200);
}

/* The fields in the order in which the form has them, with one moved where a button asked for it. */
static int sent_order(struct request *req, const struct field **order) {
    const struct entity *entity = req->route->entity;
    int n = 0;
    for (int i = 0; i < req->form.count && n < entity->field_count; i++)
        if (str_eqc(req->form.at[i].name, "c") && list_shows(entity_field(entity, req->form.at[i].value)))
            order[n++] = entity_field(entity, req->form.at[i].value);
    struct str up = request_form(req, "up"), down = request_form(req, "down"), moved = up.len ? up : down;
    for (int i = 0; moved.len && i < n; i++) {
        int to = up.len ? i - 1 : i + 1;
        if (!str_eq(order[i]->name, moved) || to < 0 || to >= n) continue;
        const struct field *other = order[to];
        order[to] = order[i];
        order[i] = other;
        break;
    }
    return n;
}

static bool is_shown(struct request *req, const struct field *f) {
    for (int i = 0; i < req->form.count; i++)
        if (str_eqc(req->form.at[i].name, "show") && str_eq(req->form.at[i].value, f->name)) return true;
    return false;
}

static void add_word(struct request *req, struct buf *words, const struct field *f) {
    int64_t width;
    if (words->len) buf_char(words, ' ');
    buf_add(words, f->name);
    if (str_to_int(request_form(req, str_printf(req->ctx.arena, "w_%s", f->decl->name).ptr), &width) && width >= WIDTH_LEAST &&
        width <= WIDTH_MOST)
        buf_printf(words, ":%lld", (long long)width);
}

static struct str sent_words(struct request *req) {
    const struct entity *entity = req->route->entity;
    const struct field **order = arena_array(req->ctx.arena, const struct field *, (size_t)entity->field_count);
    int n = sent_order(req, order);
    struct buf words = buf_new(req->ctx.arena, 256);
    if (entity->title) add_word(req, &words, entity->title);
    for (int i = 0; i < n; i++)
        if (order[i] != entity->title && is_shown(req, order[i])) add_word(req, &words, order[i]);
    return buf_str(&words);
}

/* One column pulled wider or narrower in the list itself: the others stay as they are. */
static struct str with_width(struct request *req, const struct list_view *view) {
    struct str name = request_form(req, "width_of"), rest = words_of(req, view), word;
    struct str width = request_form(req, "width");
    struct buf words = buf_new(req->ctx.arena, 256);
    int64_t old, wanted = 0;
    if (!str_to_int(width, &wanted) || wanted < WIDTH_LEAST) wanted = WIDTH_LEAST;
    if (wanted > WIDTH_MOST) wanted = WIDTH_MOST;
    bool found = false;
    while (str_word(&rest, &word)) {
        const struct field *f = column_of(view->entity, word, &old);
        if (!f) continue;
        bool this = str_eq(f->name, name);
        found = found || this;
        if (this) old = wanted;
        buf_printf(&words, "%s%s", words.len ? " " : "", f->decl->name);
        if (old) buf_printf(&words, ":%lld", (long long)old);
    }
    const struct field *title = view->entity->title;
    if (!found && title && str_eq(title->name, name)) buf_printf(&words, " %s:%lld", title->decl->name, (long long)wanted);
    return buf_str(&words);
}

static bool save_density(struct request *req) {
    struct str density = request_form(req, "density");
    if (!str_in_words("compact normal roomy", density)) return true;
    struct str value = str_eqc(density, "normal") ? STR("") : density;
    if (str_eq(value, req->ctx.actor->density)) return true;
    return repo_update_as_system(&req->ctx, "users", req->ctx.actor->user_id,
                                 ARGS({"density", value.len ? value_text(value) : VALUE_NONE})) != NULL;
}

void list_columns_save(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    if (!readable(req, res)) return;
    if (request_form(req, "view").len) { /* as the address of the list has it */
        req->args = (struct params){arena_array(arena, struct param, 1), 1};
        req->args.at[0] = (struct param){STR("view"), request_form(req, "view")};
    }
    struct list_view view = list_of(req, res);
    bool pulled = request_form(req, "width_of").len > 0;
    struct str words = pulled ? with_width(req, &view) : str_eqc(request_form(req, "do"), "reset") ? STR("") : sent_words(req);
    if (!arrangement_write(&req->ctx, view_page_key(req, entity), words) || !save_density(req)) {
        respond_errors(req, res);
        return;
    }
    bool moving = request_form(req, "up").len || request_form(req, "down").len;
    struct str list = frame_list_href(arena, entity);
    if (pulled)
        respond_json(res, 200), buf_lit(&res->body, "{}");
    else
        respond_redirect(req, res,
                         moving && url_is_local(request_form(req, "here")) ? request_form(req, "here") : frame_back(req, list));
}

/* ---- the form of the sort ----------------------------------------------------------------------------------------------- */

static void fill_sort_choices(struct request *req, struct sort_view *form) {
    const struct entity *entity = form->entity;
    form->fields = arena_array(req->ctx.arena, const struct field *, (size_t)entity->field_count);
    form->groups = arena_array(req->ctx.arena, const struct field *, (size_t)entity->field_count);
    for (int i = 0; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (list_shows(f) && f->kind->sortable && i != entity->id && i != entity->version) form->fields[form->count++] = f;
        if (list_groupable(f)) form->groups[form->group_count++] = f;
    }
}

/* Sent: the address of the list with what was chosen. */
static bool sort_sent(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    if (!request_arg(req, "s1").len) return false;
    struct buf sort = buf_new(arena, 64);
    for (int i = 1; i <= QUERY_MAX_SORT; i++) {
        struct str name = request_arg(req, str_printf(arena, "s%d", i).ptr);
        if (!entity_field(entity, name)) continue;
        bool down = str_eqc(request_arg(req, str_printf(arena, "d%d", i).ptr), "down");
        buf_printf(&sort, "%s%s%.*s", sort.len ? "," : "", down ? "-" : "", STR_ARG(name));
    }
    struct buf to = buf_new(arena, 128);
    buf_add(&to, frame_list_href(arena, entity));
    for (int i = 0; i < req->args.count; i++) {
        const struct param *p = &req->args.at[i];
        if (!list_is_transient(p->name) && !str_in_words("s1 s2 s3 d1 d2 d3 sort group by_group", p->name))
            list_add_param(&to, p->name, p->value);
    }
    if (sort.len) list_add_param(&to, STR("sort"), buf_str(&sort));
    if (request_arg(req, "by_group").len) list_add_param(&to, STR("group"), request_arg(req, "by_group"));
    respond_redirect(req, res, buf_str(&to));
    return true;
}

void list_sort_form(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    if (!readable(req, res) || sort_sent(req, res)) return;
    struct query *q = query_new(&req->ctx, entity);
    if (!list_query(req, q)) {
        respond_errors(req, res);
        return;
    }
    if (!q->sort_count) query_sort(q, entity->decl->sort ? entity->decl->sort : "-created_at");
    struct sort_view form = {.entity = entity, .q = q, .group = request_arg(req, "group")};
    form.action = str_printf(arena, "/%s/sort", entity->decl->name);
    form.back = list_href_without(req, frame_list_href(arena, entity), -1);
    form.keep.at = arena_array(arena, struct param, (size_t)req->args.count);
    for (int i = 0; i < req->args.count; i++)
        if (!list_is_transient(req->args.at[i].name) && !str_in_words("sort group", req->args.at[i].name))
            form.keep.at[form.keep.count++] = req->args.at[i];
    fill_sort_choices(req, &form);
    struct page *page = frame_open(req, STR("Sort and group"), entity->decl->name);
    frame_crumb(req, page, str_of(entity->decl->many), frame_list_href(arena, entity));
    tpl_sort_page(&res->body, page, &form);
    frame_answer(req, res, 200);
}
