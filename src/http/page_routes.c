/* page_routes.c - which pages an entity has. */
#include "http/page_routes.h"

#include <stdlib.h>

#include "core/registry.h"
#include "http/board_page.h"
#include "http/calendar_page.h"
#include "http/cell_page.h"
#include "http/error_page.h"
#include "http/file_route.h"
#include "http/form_check.h"
#include "http/form_page.h"
#include "http/import_page.h"
#include "http/list_columns.h"
#include "http/list_page.h"
#include "http/login.h"
#include "http/login_page.h"
#include "http/merge_page.h"
#include "http/order_page.h"
#include "http/password_route.h"
#include "http/record_page.h"
#include "http/router.h"
#include "http/selection_page.h"
#include "http/view_count.h"
#include "http/view_page.h"

static void add(struct arena *arena, const char *method, const struct entity *entity, const char *rest, handler_fn *handler,
                unsigned flags, const struct action_decl *action) {
    struct route *route = arena_alloc(arena, sizeof *route);
    *route = (struct route){.method = method, .handler = handler, .flags = flags, .entity = entity, .action = action};
    route->pattern = str_printf(arena, "/%s%s", entity->decl->name, rest).ptr;
    password_route(route);
    router_add(route);
}

static void add_changes(struct arena *arena, const struct entity *entity) {
    add(arena, "GET", entity, "/new", form_new, RUN_READ, NULL);
    add(arena, "POST", entity, "/check", form_check, RUN_READ, NULL);
    if (entity_is(entity, ENTITY_UPLOAD)) add(arena, "POST", entity, "", file_route_page, RUN_WORKER | UPLOAD, NULL);
    else add(arena, "POST", entity, "", form_create, RUN_WRITE, NULL);
    if (entity_is(entity, ENTITY_APPEND_ONLY)) return;
    add(arena, "GET", entity, "/import", import_page_form, RUN_READ, NULL);
    add(arena, "POST", entity, "/import", import_page_run, RUN_WORKER | UPLOAD, NULL);
    add(arena, "GET", entity, "/{id}/field", cell_page_form, RUN_READ, NULL);
    add(arena, "POST", entity, "/{id}/field", cell_page_save, RUN_WRITE, NULL);
    add(arena, "GET", entity, "/{id}/edit", form_edit, RUN_READ, NULL);
    add(arena, "POST", entity, "/{id}", form_update, RUN_WRITE, NULL);
    add(arena, "POST", entity, "/{id}/delete", record_delete, RUN_WRITE, NULL);
    add(arena, "POST", entity, "/selection", selection_page, RUN_WORKER, NULL);
    if (entity->deleted_at >= 0) add(arena, "POST", entity, "/{id}/restore", record_restore, RUN_WRITE, NULL);
    if (merge_possible(entity)) {
        add(arena, "GET", entity, "/duplicates", merge_page_list, RUN_WORKER, NULL); /* it looks at every record */
        add(arena, "GET", entity, "/{id}/merge", merge_page_form, RUN_READ, NULL);
        add(arena, "POST", entity, "/{id}/merge", merge_page_run, RUN_WRITE, NULL);
    }
    if (order_field(entity)) {
        add(arena, "POST", entity, "/{id}/up", order_up, RUN_WRITE, NULL);
        add(arena, "POST", entity, "/{id}/down", order_down, RUN_WRITE, NULL);
        add(arena, "POST", entity, "/{id}/place", order_place, RUN_WRITE, NULL);
    }
    if (entity->board && !(entity->board->flags & READ_ONLY)) {
        add(arena, "GET", entity, "/{id}/move", board_move_form, RUN_READ, NULL);
        add(arena, "POST", entity, "/{id}/move", board_move, RUN_WRITE, NULL);
    }
    if (entity->decl->calendar && calendar_moves(entity)) {
        add(arena, "GET", entity, "/{id}/when", calendar_move_form, RUN_READ, NULL);
        add(arena, "POST", entity, "/{id}/when", calendar_move, RUN_WRITE, NULL);
    }
    for (int i = 0; i < entity->decl->action_count; i++) {
        const struct action_decl *action = &entity->decl->actions[i];
        const char *rest = str_printf(arena, "/{id}/%s", action->name).ptr;
        if (action->input) add(arena, "GET", entity, rest, record_action_form, RUN_READ, action);
        add(arena, "POST", entity, rest, record_action, RUN_WRITE, action);
    }
}

void page_routes(void) {
    server_error_page = error_page;
    login_page = login_page_again;
    view_count_begin();
    static struct arena *arena; /* routes live as long as the process */
    arena = arena_new(4u << 20);
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (entity_is(entity, ENTITY_INTERNAL)) continue;
        add(arena, "GET", entity, "", list_page, RUN_READ, NULL);
        add(arena, "GET", entity, "/{id}", record_page, RUN_READ, NULL);
        add(arena, "GET", entity, "/pick", form_pick, RUN_READ, NULL);
        add(arena, "GET", entity, "/export", selection_export, RUN_READ, NULL);
        add(arena, "GET", entity, "/columns", list_columns_form, RUN_READ, NULL);
        add(arena, "POST", entity, "/columns", list_columns_save, RUN_WRITE, NULL);
        add(arena, "GET", entity, "/sort", list_sort_form, RUN_READ, NULL);
        add(arena, "GET", entity, "/view", view_page_new, RUN_READ, NULL);
        add(arena, "POST", entity, "/view", view_page_save, RUN_WRITE, NULL);
        if (entity->board) {
            add(arena, "GET", entity, "/board", board_page, RUN_WORKER, NULL); /* it counts every card */
            add(arena, "GET", entity, "/board/cards", board_cards, RUN_READ, NULL);
            add(arena, "POST", entity, "/board", board_arrange, RUN_WRITE, NULL);
        }
        if (entity->decl->calendar) add(arena, "GET", entity, "/calendar", calendar_page, RUN_READ, NULL);
        if (entity_is(entity, ENTITY_READ_ONLY)) continue;
        add_changes(arena, entity);
        const struct entity *notes = registry_find(STR("notes"));
        const struct field *type = notes ? entity_field(notes, STR("subject_type")) : NULL;
        if (type && str_in_words(type->decl->subjects, entity->name))
            add(arena, "POST", entity, "/{id}/note", record_note, RUN_WRITE, NULL);
    }
}
