/* record_related.c - what hangs on a record (record_related.h). */
#include "http/record_related.h"

#include "core/access.h"
#include "core/pack.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/rest.h"

#define COUNT_MOST 1000

/* Two counts on their way. */
struct asked {
    struct query *all, *open;
    struct db_stmt *counted, *open_counted;
};

struct query *record_related_query(struct request *req, const struct record_view *view, const struct field *via) {
    struct query *q = query_new(&req->ctx, via->entity);
    query_where(q, via->decl->name, OP_EQ, value_int(req->id));
    if (!via->to) query_where(q, via->pair->decl->name, OP_EQ, value_text(view->entity->name));
    return q;
}

static void ask(struct request *req, const struct record_view *view, const struct field *via, struct asked *asked) {
    asked->all = record_related_query(req, view, via);
    asked->counted = query_count_ahead(asked->all, COUNT_MOST);
    if (!via->entity->decl->open) return;
    asked->open = record_related_query(req, view, via);
    list_only_open(asked->open);
    asked->open_counted = query_count_ahead(asked->open, COUNT_MOST);
}

static void add_related(struct request *req, struct record_view *view, const struct field *via, struct asked *asked) {
    const struct entity *child = via->entity;
    if (entity_is(child, ENTITY_INTERNAL | ENTITY_ACCESS) || !access_may(req->ctx.actor, child, MAY_READ)) return;
    struct arena *arena = req->ctx.arena;
    ask(req, view, via, &asked[view->related_count]);
    struct record_related *r = &view->related[view->related_count++];
    *r = (struct record_related){
        .entity = child, .via = via, .label = str_of(child->decl->many), .icon = child->decl->icon ? child->decl->icon : "table"};
    struct buf href = buf_new(arena, 128), add = buf_new(arena, 128);
    buf_printf(&href, "/%s?filter[%s]=%lld", child->decl->name, via->decl->name, (long long)req->id);
    buf_printf(&add, "/%s/new?%s=%lld", child->decl->name, via->decl->name, (long long)req->id);
    if (!via->to) {
        buf_printf(&href, "&filter[%s]=%s", via->pair->decl->name, view->entity->decl->name);
        buf_printf(&add, "&%s=%s", via->pair->decl->name, view->entity->decl->name);
    }
    r->href = buf_str(&href);
    r->key = str_printf(arena, "%s.%s", child->decl->name, via->decl->name);
    r->here_href = str_printf(arena, "%.*s?list=%.*s", STR_ARG(view->href), STR_ARG(r->key));
    if (child->decl->open) r->open_href = list_open_href(arena, child, r->href);
    if (view->out && child->line_of == via) r->rests = rest_why(arena, view->entity, true);
    else if (rest_may_draw(view->row, via) && access_may(req->ctx.actor, child, MAY_CREATE) &&
             !entity_is(child, ENTITY_READ_ONLY | ENTITY_APPEND_ONLY))
        r->new_href = buf_str(&add);
}

const struct record_related *record_related_of(const struct record_view *view, const char *entity) {
    for (size_t i = 0; i < view->related_count; i++)
        if (str_eqc(view->related[i].entity->name, entity) && view->related[i].new_href.len) return &view->related[i];
    return NULL;
}

/* ---- by pack --------------------------------------------------------------------------------------------------------------- */

static int place_of(const struct record_related *r) {
    const struct pack *pack = pack_find(str_of(r->entity->decl->pack));
    return pack ? (int)(pack - packs) : -1;
}

static int by_pack(const void *a, const void *b) {
    const struct record_related *x = a, *y = b;
    int px = place_of(x), py = place_of(y);
    if (px != py) return px - py;
    if ((x->count == 0) != (y->count == 0)) return x->count == 0 ? 1 : -1;
    return x->entity->index - y->entity->index;
}

/* A client has so many that they stand by pack. */
static void fill_groups(struct request *req, struct record_view *view) {
    if (view->related_count == 0 || !view->entity->client || view->entity->client->index != view->entity->id) return;
    qsort(view->related, view->related_count, sizeof *view->related, by_pack);
    view->groups = arena_array(req->ctx.arena, struct record_group, (size_t)pack_count() + 1);
    struct record_group *group = NULL;
    for (size_t i = 0; i < view->related_count; i++) {
        const struct record_related *r = &view->related[i];
        if (!group || place_of(r) != place_of(group->at)) {
            int place = place_of(r);
            group = &view->groups[view->group_count++];
            *group = (struct record_group){str_of(place < 0 ? N_("General") : packs[place].label),
                                           place < 0 ? "layers" : packs[place].icon, r, 0, 0};
        }
        group->count++;
        group->filled += r->count > 0;
    }
}

void record_related_fill(struct request *req, struct record_view *view) {
    size_t most = (size_t)registry_count() * 2;
    view->related = arena_array(req->ctx.arena, struct record_related, most);
    struct asked *asked = arena_array(req->ctx.arena, struct asked, most);
    const struct field *f;
    for (int i = 0; (f = registry_referrer(view->entity, i)); i++) {
        const struct field *type = entity_field(f->entity, STR("subject_type"));
        bool by_subject = type && str_in_words(type->decl->subjects, view->entity->name);
        if (!by_subject && (!(f->flags & READ_ONLY) || f->entity->parent == f)) add_related(req, view, f, asked);
    }
    for (int e = 0; e < registry_count(); e++) {
        const struct field *type = entity_field(registry_at(e), STR("subject_type"));
        if (type && str_in_words(type->decl->subjects, view->entity->name)) add_related(req, view, type->pair, asked);
    }
    for (size_t i = 0; i < view->related_count; i++) {
        view->related[i].count = query_count_of(asked[i].all, asked[i].counted);
        if (asked[i].open) view->related[i].open = query_count_of(asked[i].open, asked[i].open_counted);
        view->unused_count += view->related[i].count == 0;
    }
    fill_groups(req, view);
}
