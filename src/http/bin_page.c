/* bin_page.c - what can be taken back (bin_page.h). */
#include "http/bin_page.h"

#include "base/decimal.h"
#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "templates.h"

ROUTE("GET", "/bin", bin_page, RUN_READ)

#define CHANGES_MOST 50
#define COUNT_MOST 1000 /* of a kind; more is "999+" */

static struct str records_of(struct arena *arena, struct str name, int64_t count) {
    const struct entity *entity = registry_find(name);
    struct buf b = buf_new(arena, 64);
    buf_decimal_grouped(&b, count, 0, 0);
    buf_printf(&b, " %s",
               !entity ? lang_cstr(arena, count == 1 ? "record" : "records")
                       : lang_inside(arena, str_of(count == 1 ? entity->decl->one : entity->decl->many)).ptr);
    return buf_str(&b);
}

static struct bin_change change_of(struct request *req, struct values *values, struct db_stmt *s) {
    static const struct {
        const char *kind, *label, *icon;
    } kinds[] = {{"delete", N_("Deleted"), "trash"},
                 {"bulk", N_("Changed"), "edit"},
                 {"import", N_("Imported"), "upload"},
                 {"action", N_("Did"), "bolt"},
                 {"merge", N_("Merged"), "transfer"}};
    struct arena *arena = req->ctx.arena;
    struct str kind = str_dup(arena, db_text(s, 1)), entity = str_dup(arena, db_text(s, 2));
    struct bin_change c = {.summary = str_dup(arena, db_text(s, 3)), .icon = "undo", .what = kind};
    int64_t count = db_int(s, 4);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eqc(kind, kinds[i].kind)) {
            c.icon = kinds[i].icon;
            c.what = lang_printf(arena, "%s %.*s", kinds[i].label, STR_ARG(records_of(arena, entity, count)));
        }
    if (str_eqc(kind, "action") && c.summary.len) { /* the act and its record say it all; how many of what stands below */
        const struct entity *of = registry_find(entity);
        struct str counted = c.what;
        c.what = c.summary;
        c.summary = count == 1 && of ? str_of(of->decl->one) : counted;
    }
    const struct entity *any = registry_get("tasks");
    struct row row = {.entity = any, .values = arena_array(arena, struct value, (size_t)any->field_count)};
    row.values[any->created_at] = value_int(db_int(s, 5));
    c.when = value_view(values, &row, &any->fields[any->created_at], VALUE_SHORT);
    if (db_is_null(s, 6)) c.undo = str_printf(arena, "/change_sets/%lld/undo", (long long)db_int(s, 0));
    return c;
}

static void changes(struct request *req, struct bin_view *view) {
    struct values values = values_new(req);
    struct db_stmt *s = sql_query(&req->ctx,
                                  "SELECT id, kind, entity_type, summary, record_count, created_at, undone_at FROM change_sets "
                                  "WHERE tenant_id = :tenant AND user_id = :me AND kind <> 'undo' "
                                  "ORDER BY created_at DESC, id DESC LIMIT 50",
                                  ARGS({":me", value_int(req->ctx.actor->user_id)}));
    view->changes = arena_array(req->ctx.arena, struct bin_change, CHANGES_MOST);
    while (s && view->change_count < CHANGES_MOST && db_step(s) == DB_ROW)
        view->changes[view->change_count++] = change_of(req, &values, s);
    if (s) db_reset(s);
}

static int by_label(const void *a, const void *b) {
    return str_cmp(((const struct bin_kind *)a)->label, ((const struct bin_kind *)b)->label);
}

static struct str count_of(struct arena *arena, int64_t count) {
    struct buf b = buf_new(arena, 16);
    buf_decimal_grouped(&b, count < COUNT_MOST ? count : COUNT_MOST - 1, 0, 0);
    if (count == COUNT_MOST) buf_char(&b, '+');
    return buf_str(&b);
}

/* All kinds are asked for together; each is counted in an index that holds the deleted rows only. */
static void kinds(struct request *req, struct bin_view *view) {
    struct arena *arena = req->ctx.arena;
    struct query **asked = arena_array(arena, struct query *, (size_t)registry_count());
    struct db_stmt **counted = arena_array(arena, struct db_stmt *, (size_t)registry_count());
    for (int e = 0; e < registry_count(); e++) {
        const struct entity *entity = registry_at(e);
        if (!entity_has_bin(entity) || !access_may(req->ctx.actor, entity, MAY_DELETE)) continue;
        view->sees_bins = true;
        asked[e] = query_new(&req->ctx, entity);
        asked[e]->only_deleted = true;
        counted[e] = query_count_ahead(asked[e], COUNT_MOST);
    }
    view->kinds = arena_array(arena, struct bin_kind, (size_t)registry_count());
    for (int e = 0; e < registry_count(); e++) {
        int64_t count = asked[e] ? query_count_of(asked[e], counted[e]) : 0;
        if (!count) continue;
        const struct entity *entity = registry_at(e);
        view->kinds[view->kind_count++] = (struct bin_kind){
            entity, lang_str(arena, str_of(entity->decl->many)),
            str_printf(arena, "%.*s?trash=true", STR_ARG(frame_list_href(arena, entity))), count_of(arena, count)};
    }
    if (view->kind_count) qsort(view->kinds, view->kind_count, sizeof *view->kinds, by_label);
}

void bin_page(struct request *req, struct response *res) {
    struct bin_view view = {0};
    changes(req, &view);
    kinds(req, &view);
    if (req->ctx.errors.count) {
        respond_errors(req, res);
        return;
    }
    struct page *page = frame_open(req, STR("Bin"), "");
    tpl_bin_page(&res->body, page, &view);
    frame_answer(req, res, 200);
}
