/* palette.c - what the command palette offers (palette.h). */
#include "http/palette.h"

#include <stdlib.h>

#include "base/text.h"
#include "core/access.h"
#include "core/registry.h"
#include "core/search.h"
#include "http/invite.h"
#include "templates.h"

#define RECORDS_MOST 8
#define OPTIONS_MOST 12 /* of one kind, where nothing was asked for */
#define VIEWS_MOST 50
#define WORDS_MOST 200

ROUTE("GET", "/palette", palette_results, RUN_READ)

/* ---- what fits ------------------------------------------------------------------------------------------------------------- */

static bool begins_a_word(struct str text, struct str word) {
    for (size_t i = 0; i + word.len <= text.len; i++)
        if ((i == 0 || text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '-') && str_starts(str_slice(text, i, text.len), word))
            return true;
    return false;
}

static bool fits(struct arena *arena, struct str label, struct str folded) {
    struct str text = text_fold(arena, label), word;
    while (str_word(&folded, &word))
        if (!begins_a_word(text, word)) return false;
    return true;
}

struct fill {
    struct request *req;
    struct str words; /* folded */
    struct palette_view *view;
};

static void add(struct fill *f, enum palette_kind kind, struct palette_option option) {
    struct palette_group *group = &f->view->groups[kind];
    option.title = lang_str(f->req->ctx.arena, option.title); // what is read is what is found
    if (!fits(f->req->ctx.arena, option.title, f->words) || (!f->words.len && group->count == OPTIONS_MOST)) return;
    group->at[group->count++] = option;
}

/* ---- commands -------------------------------------------------------------------------------------------------------------- */

static const char *icon_of(const struct entity *entity) { return entity->decl->icon ? entity->decl->icon : "table"; }

static void add_entity(struct fill *f, const struct entity *entity) {
    struct arena *arena = f->req->ctx.arena;
    const struct actor *actor = f->req->ctx.actor;
    const struct entity_decl *decl = entity->decl;
    bool setting = entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS);
    if (entity_is(entity, ENTITY_INTERNAL | ENTITY_GLOBAL | ENTITY_UNLISTED) || !access_may(actor, entity, MAY_READ)) return;
    if (setting && !f->words.len) return;
    struct str href = frame_list_href(arena, entity), many = str_of(decl->many);
    add(f, PALETTE_PLACES,
        (struct palette_option){.title = many,
                                .sub = setting ? STR("Settings") : STR(""),
                                .href = href,
                                .icon = icon_of(entity),
                                .keys = str_eqc(entity->name, "leads")   ? "G L"
                                        : str_eqc(entity->name, "tasks") ? "G T"
                                                                         : NULL});
    if (entity->board)
        add(f, PALETTE_PLACES,
            (struct palette_option){.title = lang_printf(arena, "%s board", decl->many),
                                    .href = str_printf(arena, "/%s/board", decl->name),
                                    .icon = "kanban"});
    if (entity_is(entity, ENTITY_READ_ONLY) || !access_may(actor, entity, MAY_CREATE)) return;
    add(f, PALETTE_ACTIONS,
        (struct palette_option){.title = lang_printf(arena, "New %s", lang_inside(arena, str_of(decl->one)).ptr),
                                .href = str_printf(arena, "/%s/new", decl->name),
                                .icon = "plus",
                                .dialog = true});
    if (f->words.len && !setting && !entity_is(entity, ENTITY_UPLOAD | ENTITY_APPEND_ONLY))
        add(f, PALETTE_ACTIONS,
            (struct palette_option){.title = lang_printf(arena, "Import %s", lang_inside(arena, many).ptr),
                                    .href = str_printf(arena, "/%s/import", decl->name),
                                    .icon = "upload"});
}

static void add_views(struct fill *f) {
    const struct entity *views = registry_find(STR("saved_views"));
    struct ctx *ctx = &f->req->ctx;
    if (!views || !access_may(ctx->actor, views, MAY_READ)) return;
    struct query *q = query_new(ctx, views);
    query_sort(q, "position");
    q->limit = VIEWS_MOST;
    struct rows rows;
    if (!query_rows(q, &rows)) return;
    for (int i = 0; i < rows.count; i++) {
        const struct entity *entity = registry_find(row_text(rows.at[i], "entity"));
        if (!entity) continue;
        bool board = str_eqc(row_text(rows.at[i], "view"), "board") && entity->board;
        struct str query = row_text(rows.at[i], "query");
        struct str href = str_printf(ctx->arena, "/%s%s%s%.*s", entity->decl->name, board ? "/board" : "", query.len ? "?" : "",
                                     STR_ARG(query));
        add(f, PALETTE_PLACES,
            (struct palette_option){
                .title = row_text(rows.at[i], "name"),
                .href = href,
                .icon = "filter",
                .sub = lang_printf(ctx->arena, "Saved view, %s", lang_inside(ctx->arena, str_of(entity->decl->many)).ptr)});
    }
}

/* What was asked for to the letter is shorter than what only begins so. */
static int shorter_first(const void *a, const void *b) {
    const struct palette_option *x = a, *y = b;
    if (x->title.len != y->title.len) return x->title.len < y->title.len ? -1 : 1;
    return str_cmp(x->title, y->title);
}

void palette_commands(struct request *req, struct str words, struct palette_view *view) {
    static const char *const labels[][2] = {
        {N_("Records"), "records"}, {N_("Actions"), "actions"}, {N_("Go to"), "places"}, {N_("Help"), "help"}};
    struct arena *arena = req->ctx.arena;
    struct fill f = {.req = req, .words = text_fold(arena, words), .view = view};
    for (int k = 0; k < PALETTE_KINDS; k++) {
        view->groups[k] = (struct palette_group){.label = labels[k][0], .name = labels[k][1]};
        view->groups[k].at = arena_array(arena, struct palette_option, (size_t)registry_count() * 2 + VIEWS_MOST + 8);
    }
    add(&f, PALETTE_PLACES, (struct palette_option){.title = STR("Home"), .href = STR("/"), .icon = "home", .keys = "G H"});
    const struct entity *entity;
    for (int i = 0; (entity = frame_in_order(i)); i++) add_entity(&f, entity);
    add_views(&f);
    if (f.words.len && invite_may(req->ctx.actor))
        add(&f, PALETTE_ACTIONS,
            (struct palette_option){
                .title = STR("Invite people"), .href = STR("/settings/invitations/new"), .icon = "mail"});
    static const struct palette_option places[] = {
        {.title = STR_INIT("Settings"), .href = STR_INIT("/settings"), .icon = "settings"},
        {.title = STR_INIT("Profile and password"), .href = STR_INIT("/me"), .icon = "user"},
        {.title = STR_INIT("Bin"), .sub = STR_INIT("What was deleted"), .href = STR_INIT("/bin"), .icon = "trash"}};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) add(&f, PALETTE_PLACES, places[i]);
    static const struct palette_option help[] = {
        {.title = STR_INIT("Keyboard shortcuts"), .href = STR_INIT("/help/keys"), .icon = "keypad", .keys = "?", .dialog = true},
        {.title = STR_INIT(N_("API in words")), .href = STR_INIT("/docs/api"), .icon = "bolt"}};
    for (size_t i = 0; i < sizeof help / sizeof *help; i++) add(&f, PALETTE_HELP, help[i]);
    for (int k = 0; k < PALETTE_KINDS && f.words.len; k++)
        qsort(view->groups[k].at, view->groups[k].count, sizeof *view->groups[k].at, shorter_first);
}

/* ---- records --------------------------------------------------------------------------------------------------------------- */

static bool add_records(struct request *req, struct str words, struct palette_group *group) {
    struct values values = values_new(req);
    struct arena *arena = req->ctx.arena;
    struct search_hit *hits;
    int count = 0;
    if (!search_find(&req->ctx, words, NULL, SEARCH_ANYWHERE, SEARCH_SHOWN, &hits, &count)) return false;
    search_order(&req->ctx, words, hits, count);
    for (int i = 0; i < count && group->count < RECORDS_MOST; i++) {
        const struct entity *entity = hits[i].entity;
        struct str sub = search_sub(&values, hits[i].row);
        group->at[group->count++] = (struct palette_option){
            .title = row_title(arena, hits[i].row),
            .href = frame_record_href(arena, entity, row_id(hits[i].row)),
            .icon = icon_of(entity),
            .face = entity_field(entity, STR("email")) != NULL,
            .hue = entity->decl->hue ? entity->decl->hue : "gray",
            .sub = str_printf(arena, "%s%s%.*s", lang_cstr(arena, entity->decl->one), sub.len ? " · " : "", STR_ARG(sub))};
    }
    return true;
}

void palette_results(struct request *req, struct response *res) {
    struct str words = str_trim(request_arg(req, "q"));
    words = str_slice(words, 0, words.len > WORDS_MOST ? 0 : words.len);
    struct palette_view view;
    palette_commands(req, words, &view);
    if (req->ctx.errors.count || (words.len && !add_records(req, words, &view.groups[PALETTE_RECORDS]))) {
        respond_errors(req, res);
        return;
    }
    tpl_palette_options(&res->body, &view);
    frame_answer(req, res, 200);
}
