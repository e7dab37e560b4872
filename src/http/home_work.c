/* home_work.c - what is open in each pack, and what of it is late. */
#include <stdlib.h>

#include "core/access.h"
#include "core/registry.h"
#include "http/home_page.h"
#include "http/late.h"
#include "http/list_page.h"

#define COUNT_MOST 1000

/* Counts on their way. */
struct asked {
    struct query *open, *late;
    struct db_stmt *open_counted, *late_counted;
};

static void ask(const struct home *home, const struct entity *entity, struct asked *asked) {
    struct ctx *ctx = &home->req->ctx;
    asked->open = query_new(ctx, entity);
    list_only_open(asked->open);
    asked->open_counted = query_count_ahead(asked->open, COUNT_MOST);
    if (!late_field(entity)) return;
    asked->late = query_new(ctx, entity);
    late_only(asked->late);
    asked->late_counted = query_count_ahead(asked->late, COUNT_MOST);
}

/* People's own days stand in another card. */
static bool is_work(const struct home *home, const struct entity *entity) {
    return entity->decl->open && strcmp(entity->decl->pack, "core") != 0 && !entity_is(entity, ENTITY_UNLISTED) &&
           access_may(home->req->ctx.actor, entity, MAY_READ);
}

static int late_first(const void *a, const void *b) {
    const struct home_work *x = a, *y = b;
    if (x->late != y->late) return x->late > y->late ? -1 : 1;
    return (x->open < y->open) - (x->open > y->open);
}

bool home_work(struct home *home) {
    struct arena *arena = home->req->ctx.arena;
    struct home_view *view = home->view;
    struct asked *asked = arena_array(arena, struct asked, (size_t)registry_count());
    view->work = arena_array(arena, struct home_work, (size_t)registry_count());
    for (int i = 0; i < registry_count(); i++)
        if (is_work(home, registry_at(i))) ask(home, registry_at(i), &asked[i]);
    for (int i = 0; i < registry_count(); i++) {
        const struct entity *entity = registry_at(i);
        if (!asked[i].open) continue;
        int64_t open = query_count_of(asked[i].open, asked[i].open_counted);
        int64_t late = asked[i].late ? query_count_of(asked[i].late, asked[i].late_counted) : 0;
        if (!open) continue;
        struct str href = list_open_href(arena, entity, frame_list_href(arena, entity));
        struct home_work *work = &view->work[view->work_count++];
        *work = (struct home_work){.label = str_of(entity->decl->many),
                                   .icon = entity->decl->icon ? entity->decl->icon : "table",
                                   .hue = entity->decl->hue ? entity->decl->hue : "gray",
                                   .href = href,
                                   .open = open,
                                   .late = late,
                                   .expired = late_expires(entity)};
        if (late) work->late_href = late_href(&home->req->ctx, entity, href);
    }
    if (view->work_count) qsort(view->work, view->work_count, sizeof *view->work, late_first);
    return home->req->ctx.errors.count == 0;
}
