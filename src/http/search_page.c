/* search_page.c - one search over all records, and what can be done (search_page.h). */
#include "http/palette.h"

#include "core/access.h"
#include "core/registry.h"
#include "core/search.h"
#include "templates.h"

#define SHOWN_MOST 8 /* of one kind; its list has the others */
#define WORDS_MOST 200

ROUTE("GET", "/search", search_page, RUN_READ)

struct str search_sub(struct values *values, const struct row *row) {
    struct buf b = buf_new(values->ctx->arena, 64);
    struct str rest = str_of(row->entity->decl->list), word, title = row_title(values->ctx->arena, row);
    int shown = 0;
    while (shown < 3 && str_word(&rest, &word)) {
        const struct field *f = entity_field(row->entity, word);
        if (f == row->entity->title || f->kind == &kind_time || f->kind == &kind_bool || f->kind == &kind_tags) continue;
        struct value_view v = value_view(values, row, f, VALUE_SHORT);
        if (v.look == LOOK_NONE || !v.text.len || str_eq(v.text, title)) continue;
        if (b.len) buf_lit(&b, " · ");
        buf_add(&b, v.text);
        shown++;
    }
    return buf_str(&b);
}

static struct search_section *section_of(struct search_view *view, struct values *values, const struct entity *entity) {
    struct str label = str_of(entity->decl->many);
    for (size_t i = 0; i < view->section_count; i++)
        if (str_eq(view->sections[i].label, label)) return &view->sections[i];
    struct search_section *s = &view->sections[view->section_count++];
    struct buf href = buf_new(values->ctx->arena, 64);
    buf_printf(&href, "/%s?q=", entity->decl->name);
    buf_url(&href, view->words);
    *s = (struct search_section){.label = label,
                                 .icon = str_of(entity->decl->icon ? entity->decl->icon : "table"),
                                 .hue = entity->decl->hue ? entity->decl->hue : "gray",
                                 .list_href = buf_str(&href)};
    s->at = arena_array(values->ctx->arena, struct search_result, SHOWN_MOST);
    return s;
}

static void add_hit(struct search_view *view, struct values *values, const struct search_hit *hit) {
    struct search_section *s = section_of(view, values, hit->entity);
    view->found++;
    if (s->count == SHOWN_MOST) {
        s->more = true;
        return;
    }
    struct search_result *r = &s->at[s->count++];
    *r = (struct search_result){.title = row_title(values->ctx->arena, hit->row),
                                .sub = search_sub(values, hit->row),
                                .href = frame_record_href(values->ctx->arena, hit->entity, row_id(hit->row))};
    if (hit->entity->created_at >= 0)
        r->when = value_view(values, hit->row, &hit->entity->fields[hit->entity->created_at], VALUE_SHORT);
}

static bool search(struct request *req, struct search_view *view) {
    struct values values = values_new(req);
    struct search_hit *hits;
    int count = 0;
    view->sections = arena_array(req->ctx.arena, struct search_section, (size_t)registry_count());
    if (!search_find(&req->ctx, view->words, NULL, SEARCH_ANYWHERE, SEARCH_SHOWN, &hits, &count)) return false;
    search_order(&req->ctx, view->words, hits, count);
    for (int i = 0; i < count; i++) add_hit(view, &values, &hits[i]);
    view->nothing = count == 0;
    return true;
}

static void places(struct request *req, struct search_view *view) {
    struct nav_item *items = arena_array(req->ctx.arena, struct nav_item, (size_t)registry_count());
    const struct entity *entity;
    for (int i = 0; (entity = frame_in_order(i)); i++) {
        if (!entity->decl->search || entity_is(entity, ENTITY_INTERNAL | ENTITY_SETTINGS | ENTITY_ACCESS) ||
            !access_may(req->ctx.actor, entity, MAY_READ))
            continue;
        items[view->place_count++] = (struct nav_item){.label = str_of(entity->decl->many),
                                                       .href = frame_list_href(req->ctx.arena, entity),
                                                       .go = entity->decl->help ? entity->decl->help : "",
                                                       .icon = entity->decl->icon ? entity->decl->icon : "table"};
    }
    view->places = items;
}

void search_page(struct request *req, struct response *res) {
    struct search_view view = {.words = str_trim(request_arg(req, "q"))};
    view.asked = view.words.len > 0;
    view.too_long = view.words.len > WORDS_MOST;
    if (view.asked && !view.too_long && !search(req, &view)) {
        respond_errors(req, res);
        return;
    }
    places(req, &view);
    struct palette_view commands = {0};
    if (view.asked && !view.too_long) palette_commands(req, view.words, &commands);
    view.commands = &commands;
    struct page *page = frame_open(req,
                                   view.asked ? lang_printf(req->ctx.arena, "Search for “%.*s”",
                                                            STR_ARG(str_slice(view.words, 0, view.too_long ? 0 : WORDS_MOST)))
                                              : STR("Search"),
                                   "search");
    tpl_search(&res->body, page, &view);
    frame_answer(req, res, 200);
}
