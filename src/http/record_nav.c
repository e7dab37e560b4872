/* record_nav.c - a record's neighbours (record_nav.h). */
#include "http/record_nav.h"

#include "core/query.h"
#include "http/frame.h"

/* The filters of the list that led here; false where none did. */
static bool list_of(struct request *req, struct str *filters) {
    static const struct str shapes[] = {STR_INIT("/board"), STR_INIT("/calendar")};
    for (int i = 0; i < req->args.count; i++)
        if (str_eqc(req->args.at[i].name, "list")) {
            *filters = req->args.at[i].value;
            return true;
        }
    struct str from = frame_back(req, STR("")), list = frame_list_href(req->ctx.arena, req->route->entity);
    if (!str_starts(from, list)) return false;
    struct str rest = str_slice(from, list.len, from.len);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (str_starts(rest, shapes[i])) rest = str_slice(rest, shapes[i].len, rest.len);
    if (rest.len && rest.ptr[0] != '?') return false;
    *filters = str_slice(rest, rest.len ? 1 : 0, rest.len);
    return true;
}

static bool narrows(struct str name) {
    return str_starts(name, STR("filter[")) || str_eqc(name, "q") || str_eqc(name, "sort") || str_eqc(name, "trash");
}

/* Only what chooses and orders records: pages, columns and messages are the list's own. */
static struct str take_filters(struct request *req, struct query *q, struct str filters) {
    struct buf kept = buf_new(req->ctx.arena, 64);
    struct params params = {.count = 0};
    struct errors faults = {.arena = req->ctx.arena};
    if (!params_parse(req->ctx.arena, filters, &params, &faults)) return STR("");
    for (int i = 0; i < params.count; i++) {
        const struct param *p = &params.at[i];
        bool known;
        if (!narrows(p->name) || !query_param(q, p->name, p->value, &known)) continue;
        if (kept.len) buf_char(&kept, '&');
        buf_url(&kept, p->name);
        buf_char(&kept, '=');
        buf_url(&kept, p->value);
    }
    return buf_str(&kept);
}

static struct str href(struct request *req, int64_t id, struct str filters) {
    if (!id) return STR("");
    struct buf b = buf_new(req->ctx.arena, 128);
    buf_add(&b, frame_record_href(req->ctx.arena, req->route->entity, id));
    buf_lit(&b, "?list=");
    buf_url(&b, filters);
    return buf_str(&b);
}

struct record_nav record_nav(struct request *req, const struct row *row) {
    struct record_nav nav = {.list_href = STR("")};
    struct str filters;
    if (req->ctx.errors.count || !list_of(req, &filters)) return nav;
    struct query *q = query_new(&req->ctx, row->entity);
    filters = take_filters(req, q, filters);
    int64_t before = 0, after = 0;
    /* What a list of long ago asks may no longer make sense: then there are no neighbours. */
    if (req->ctx.errors.count || !query_beside(q, row, true, &before) || !query_beside(q, row, false, &after)) {
        errors_clear(&req->ctx.errors);
        return nav;
    }
    nav.previous = href(req, before, filters);
    nav.next = href(req, after, filters);
    nav.here = href(req, row_id(row), filters);
    nav.list_href = str_printf(req->ctx.arena, "/%s%s%.*s", row->entity->decl->name, filters.len ? "?" : "", STR_ARG(filters));
    return nav;
}
