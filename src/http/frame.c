/* frame.c - the frame around a page: who is signed in, where they can go, what was just done. */
#include "http/frame.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/access.h"
#include "core/pack.h"
#include "core/registry.h"
#include "core/row.h"
#include "http/url.h"

struct str frame_list_href(struct arena *arena, const struct entity *entity) {
    struct buf b = buf_new(arena, entity->name.len + 2); /* eighty on each page: no printf */
    buf_char(&b, '/');
    buf_add(&b, entity->name);
    buf_char(&b, '\0');
    return (struct str){b.ptr, b.len - 1};
}

struct str frame_record_href(struct arena *arena, const struct entity *entity, int64_t id) {
    struct buf b = buf_new(arena, entity->name.len + 24); /* once a row: no printf */
    buf_char(&b, '/');
    buf_add(&b, entity->name);
    buf_char(&b, '/');
    buf_int(&b, id);
    buf_char(&b, '\0');
    return (struct str){b.ptr, b.len - 1};
}

/* ---- navigation ----------------------------------------------------------------------------------------------------------- */

struct nav {
    struct request *req;
    struct nav_section *sections;
    size_t count;
    struct nav_item *items;
    size_t used;
};

static struct nav_section *section(struct nav *nav, const char *id, struct str label, const char *icon) {
    struct nav_section *s = &nav->sections[nav->count++];
    *s = (struct nav_section){.id = id, .label = label, .icon = icon, .items = &nav->items[nav->used]};
    return s;
}

static void item(struct nav *nav, struct nav_section *s, struct nav_item i) {
    nav->items[nav->used++] = i;
    s->count++;
}

static void entity_item(struct nav *nav, struct nav_section *s, const struct entity *entity, const char *go) {
    if (!entity || !access_may(nav->req->ctx.actor, entity, MAY_READ)) return;
    item(nav, s,
         (struct nav_item){.id = entity->decl->name,
                           .label = str_of(entity->decl->many),
                           .href = frame_list_href(nav->req->ctx.arena, entity),
                           .icon = entity->decl->icon ? entity->decl->icon : "table",
                           .go = go,
                           .count = PAGE_NO_COUNT});
}

static void named_item(struct nav *nav, struct nav_section *s, struct str name, const char *go) {
    entity_item(nav, s, registry_find(name), go);
}

/* Everything but the main records, which stand on top, that has a page of its own stands in its pack's section. */
static bool elsewhere(const struct entity *entity) {
    static const char *const placed = "clients contacts";
    return entity_is(entity, ENTITY_INTERNAL | ENTITY_SETTINGS | ENTITY_ACCESS | ENTITY_READ_ONLY | ENTITY_APPEND_ONLY |
                                 ENTITY_GLOBAL) ||
           str_in_words(placed, entity->name) || entity_is_part(entity);
}

/* What stands in the packs' sections, one pack after the other: the same for everybody who may see it. */
static struct placed {
    const struct pack *pack;
    const struct entity *entity;
    const char *go;
} *placed;
static int placed_count;
static pthread_once_t placed_once = PTHREAD_ONCE_INIT;

static void place(const struct pack *pack, const struct entity *entity) {
    if (entity)
        placed[placed_count++] = (struct placed){pack, entity, str_eqc(entity->name, "leads") ? "L" : NULL};
}

/* What the pack names first, in its order; then what moves along a board before what is only kept. */
static void place_pack(const struct pack *pack) {
    struct str first = str_of(pack->first), name;
    while (str_word(&first, &name)) place(pack, registry_find(name));
    for (int pass = 0; pass < 2; pass++)
        for (int e = 0; e < registry_count(); e++) {
            const struct entity *entity = registry_at(e);
            bool later = !entity->board || entity->parent;
            if (later == (pass == 1) && strcmp(entity->decl->pack, pack->name) == 0 && !elsewhere(entity) &&
                !str_in_words(pack->first, entity->name))
                place(pack, entity);
        }
}

static void place_all(void) {
    placed = calloc((size_t)registry_count() * 2, sizeof *placed); /* a pack may name another's */
    for (const struct pack *pack = packs; placed && pack->name; pack++) place_pack(pack);
}

static const struct entity **in_order;
static int in_order_count;
static pthread_once_t in_order_once = PTHREAD_ONCE_INIT;

static void order(const struct entity *entity) {
    for (int i = 0; i < in_order_count; i++)
        if (in_order[i] == entity) return;
    if (entity) in_order[in_order_count++] = entity;
}

static void order_all(void) {
    struct str first = STR("leads clients contacts tasks deals"), name;
    in_order = calloc((size_t)registry_count(), sizeof *in_order);
    if (!in_order) return;
    while (str_word(&first, &name)) order(registry_find(name));
    for (int i = 0; i < placed_count; i++) order(placed[i].entity);
    for (int e = 0; e < registry_count(); e++) order(registry_at(e));
}

const struct entity *frame_in_order(int i) {
    pthread_once(&placed_once, place_all);
    pthread_once(&in_order_once, order_all);
    return i < in_order_count ? in_order[i] : NULL;
}

/* A section a pack, of what this person may see. The one of the page stands open, and the first, where most of the work is. */
static void pack_sections(struct nav *nav, const char *active) {
    bool first = true;
    int next = 0;
    pthread_once(&placed_once, place_all);
    for (const struct pack *pack = packs; pack->name; pack++) {
        struct nav_section *s = section(nav, pack->name, str_of(pack->label), pack->icon);
        for (; next < placed_count && placed[next].pack == pack; next++)
            entity_item(nav, s, placed[next].entity, placed[next].go);
        if (!s->count) {
            nav->count--;
            continue;
        }
        s->open = first;
        for (size_t i = 0; active && i < s->count; i++) s->open = s->open || strcmp(s->items[i].id, active) == 0;
        first = false;
    }
}

static void fill_nav(struct request *req, struct page *page) {
    struct arena *arena = req->ctx.arena;
    struct nav nav = {.req = req};
    nav.sections = arena_array(arena, struct nav_section, (size_t)pack_count() + 3);
    nav.items = arena_array(arena, struct nav_item, (size_t)registry_count() + 8);
    struct nav_section *s = section(&nav, "top", STR(""), NULL);
    item(&nav, s,
         (struct nav_item){
             .id = "home", .label = STR("Home"), .href = STR("/"), .icon = "home", .go = "H", .count = PAGE_NO_COUNT});
    named_item(&nav, s, STR("tasks"), "T");
    named_item(&nav, s, STR("calendar_events"), NULL);
    named_item(&nav, s, STR("schedules"), NULL);
    s = section(&nav, "records", STR("Records"), "building");
    s->open = true;
    named_item(&nav, s, STR("clients"), NULL);
    named_item(&nav, s, STR("contacts"), NULL);
    if (!s->count) nav.count--;
    pack_sections(&nav, page->active);
    s = section(&nav, "foot", STR(""), NULL);
    s->foot = true;
    item(&nav, s,
         (struct nav_item){
             .id = "settings", .label = STR("Settings"), .href = STR("/settings"), .icon = "settings", .count = PAGE_NO_COUNT});
    page->nav = nav.sections;
    page->nav_count = nav.count;
    struct nav_item *quick = arena_array(arena, struct nav_item, 4);
    size_t n = 0;
    for (size_t i = 0; i < nav.used && n < 4; i++)
        if (str_in_words("home leads tasks clients", str_of(nav.items[i].id))) quick[n++] = nav.items[i];
    page->quick = quick;
    page->quick_count = n;
}

static void fill_menu(struct page *page) {
    static const struct nav_item menu[] = {
        {.id = "me", .label = STR_INIT("Profile and password"), .href = STR_INIT("/me"), .icon = "user", .count = PAGE_NO_COUNT},
        {.id = "bin", .label = STR_INIT("Bin"), .href = STR_INIT("/bin"), .icon = "trash", .count = PAGE_NO_COUNT},
        {.id = "keys",
         .label = STR_INIT("Keyboard shortcuts"),
         .href = STR_INIT("/help/keys"),
         .icon = "keypad",
         .go = "?",
         .over = true,
         .count = PAGE_NO_COUNT},
        {.id = "api", .label = STR_INIT(N_("API")), .href = STR_INIT("/docs/api"), .icon = "bolt", .count = PAGE_NO_COUNT},
    };
    page->menu = menu;
    page->menu_count = sizeof menu / sizeof *menu;
}

/* ---- what was done -------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *what, *text;
} done_texts[] = {{"created", N_("Created.")},
                  {"saved", N_("Saved.")},
                  {"deleted", N_("Deleted.")},
                  {"restored", N_("Restored.")},
                  {"undone", N_("Undone.")},
                  {"undone_partly", N_("Undone, except for what was changed since.")},
                  {"moved", N_("Moved.")},
                  {"merged", N_("Merged.")},
                  {"revoked", N_("Revoked.")},
                  {"done", N_("Done.")},
                  {"imported", N_("Imported.")}};

static void fill_flash(struct request *req, struct page *page) {
    struct str what = request_arg(req, "done"), undo = request_arg(req, "undo");
    int64_t id;
    for (size_t i = 0; i < sizeof done_texts / sizeof *done_texts; i++) {
        if (!str_eqc(what, done_texts[i].what)) continue;
        struct flash *flash = arena_alloc(req->ctx.arena, sizeof *flash);
        flash->text = str_of(done_texts[i].text);
        if (str_to_int(undo, &id) && id > 0) flash->undo = str_printf(req->ctx.arena, "/change_sets/%lld/undo", (long long)id);
        page->flashes = flash;
        page->flash_count = 1;
    }
}

void frame_done(struct request *req, struct response *res, struct str path, const char *what, int64_t undo) {
    struct buf to = buf_new(req->ctx.arena, 128);
    buf_add(&to, path);
    buf_printf(&to, "%cdone=%s", str_index(path, '?') >= 0 ? '&' : '?', what);
    if (undo) buf_printf(&to, "&undo=%lld", (long long)undo);
    respond_redirect(req, res, buf_str(&to));
}

/* Without "done" and "undo": what was said once is not said again. */
static struct str without_notice(struct request *req, struct str path) {
    struct buf b = buf_new(req->ctx.arena, 128);
    ptrdiff_t mark = str_index(path, '?');
    if (mark < 0) return path;
    buf_add(&b, str_slice(path, 0, (size_t)mark));
    struct str rest = str_slice(path, (size_t)mark + 1, path.len), part;
    char join = '?';
    while (str_split(&rest, '&', &part)) {
        if (!part.len || str_starts(part, STR("done=")) || str_starts(part, STR("undo="))) continue;
        buf_char(&b, join);
        buf_add(&b, part);
        join = '&';
    }
    return buf_str(&b);
}

struct str frame_back(struct request *req, struct str otherwise) {
    struct str back = request_form(req, "back"), from = request_header(req, "Referer"), host = request_header(req, "Host");
    if (!back.len) {
        ptrdiff_t scheme = str_find(from, STR("://"));
        from = scheme < 0 ? STR("") : str_slice(from, (size_t)scheme + 3, from.len);
        if (host.len && str_starts(from, host)) back = str_slice(from, host.len, from.len);
    }
    return url_is_local(back) ? without_notice(req, back) : otherwise;
}

void frame_created(struct request *req, struct response *res, struct str record) {
    frame_done(req, res, request_form(req, "back").len ? frame_back(req, record) : record, "created", 0);
}

/* ---- pages ---------------------------------------------------------------------------------------------------------------- */

struct page *frame_bare(struct request *req, struct str title) {
    struct page *page = arena_alloc(req->ctx.arena, sizeof *page);
    *page = page_new(title);
    page->lang = str_of(lang_tag(arena_lang(req->ctx.arena)));
    page->csrf = req->csrf_token;
    page->nonce = req->csp_nonce;
    return page;
}

struct page *frame_open(struct request *req, struct str title, const char *active) {
    struct page *page = frame_bare(req, title);
    const struct actor *actor = req->ctx.actor;
    page->active = active;
    page->theme = actor->theme;
    page->keys_off = actor->keys_off;
    page->density = actor->density;
    page->tenant_name = actor->tenant_name;
    page->user_name = actor->name;
    page->user_id = actor->user_id;
    page->user_role = actor->roles && actor->roles[0] ? access_role_label(str_of(actor->roles[0]), actor->role) : STR("");
    page->search_href = STR("/search");
    const struct entity *leads = registry_find(STR("leads"));
    if (leads && access_may(actor, leads, MAY_CREATE)) page->create_href = STR("/leads/new");
    fill_nav(req, page);
    fill_menu(page);
    fill_flash(req, page);
    return page;
}

void frame_live_ahead(struct request *req) {
    req->live = sql_ahead(&req->ctx, "SELECT coalesce(max(id), 0) FROM events WHERE tenant_id = :tenant", NO_ARGS);
}

void frame_live(struct request *req, struct page *page, struct str words) {
    page->live = words;
    if (page->since) return;
    if (!req->live) frame_live_ahead(req);
    page->since = sql_int_of(&req->ctx, req->live);
    req->live = NULL;
}

struct page *frame_of(struct request *req, const struct entity *entity, struct str title) {
    struct page *page = frame_open(req, title, entity->decl->name);
    frame_live(req, page, entity->name);
    if (entity_is(entity, ENTITY_SETTINGS | ENTITY_ACCESS)) {
        page->active = "settings";
        frame_crumb(req, page, STR("Settings"), STR("/settings"));
    }
    return page;
}

void frame_crumb(struct request *req, struct page *page, struct str label, struct str href) {
    struct crumb *crumbs = arena_array(req->ctx.arena, struct crumb, page->crumb_count + 1);
    if (page->crumb_count) memcpy(crumbs, page->crumbs, page->crumb_count * sizeof *crumbs);
    crumbs[page->crumb_count++] = (struct crumb){label, href};
    page->crumbs = crumbs;
}

void frame_crumb_record(struct request *req, struct page *page, const struct row *row) {
    struct arena *arena = req->ctx.arena;
    frame_crumb(req, page, str_of(row->entity->decl->many), frame_list_href(arena, row->entity));
    frame_crumb(req, page, row_title(arena, row), frame_record_href(arena, row->entity, row_id(row)));
}

const struct errors *frame_errors(struct request *req) {
    struct errors *errors = arena_alloc(req->ctx.arena, sizeof *errors);
    *errors = req->ctx.errors;
    errors_clear(&req->ctx.errors);
    return errors;
}

void frame_answer(struct request *req, struct response *res, int status) {
    (void)req;
    res->status = status;
    res->content_type = STR("text/html; charset=utf-8");
}
