/* form_check.c - values, duplicates and choices while a form is filled in (form_check.h). */
#include "http/form_check.h"

#include "core/access.h"
#include "core/search.h"
#include "http/form_page.h"
#include "http/search_page.h"

#define SIMILAR_MOST 3
#define OPTIONS_MOST 8

static void write_record(struct buf *b, struct values *values, const struct row *row, bool first) {
    buf_cstr(b, first ? "{\"id\":\"" : ",{\"id\":\"");
    buf_int(b, row_id(row));
    buf_lit(b, "\",\"title\":");
    buf_json(b, row_title(b->arena, row));
    buf_lit(b, ",\"sub\":");
    buf_json(b, search_sub(values, row));
    buf_lit(b, ",\"href\":");
    buf_json(b, frame_record_href(b->arena, row->entity, row_id(row)));
    buf_char(b, '}');
}

/* Records that have the same in a field by which they are told apart, or that are called alike. */
static void write_similar(struct request *req, struct buf *b, const struct field *f, struct value value, struct str text) {
    const struct entity *entity = f->entity;
    struct values values = values_new(req);
    struct row *found[SIMILAR_MOST];
    int64_t self = 0;
    int count = 0;
    str_to_int(request_form(req, "id"), &self);
    if (str_in_words(entity->decl->match, f->name) && !entity_match_within(f)) {
        struct query *q = query_new(&req->ctx, entity);
        struct rows rows;
        q->titles = true;
        q->limit = SIMILAR_MOST + 1;
        if (query_where(q, f->decl->name, OP_EQ, value) && query_rows(q, &rows))
            for (int i = 0; i < rows.count && count < SIMILAR_MOST; i++)
                if (row_id(rows.at[i]) != self) found[count++] = rows.at[i];
    } else if (field_set_has(&entity->searched, f->index) && (f == entity->title || str_ends(f->name, STR("_name")))) {
        struct search_hit *hits;
        int hit_count = 0;
        if (search_find(&req->ctx, text, entity, SEARCH_BEGINNINGS, SIMILAR_MOST + 1, &hits, &hit_count))
            for (int i = 0; i < hit_count && count < SIMILAR_MOST; i++)
                if (row_id(hits[i].row) != self) found[count++] = hits[i].row;
    }
    for (int i = 0; i < count; i++) write_record(b, &values, found[i], i == 0);
}

void form_check(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    const struct field *f = entity_field(entity, request_form(req, "of"));
    struct buf similar = buf_new(req->ctx.arena, 256);
    struct str text = f ? request_form(req, f->decl->name) : STR("");
    if (!access_may(req->ctx.actor, entity, MAY_CREATE) && !access_may(req->ctx.actor, entity, MAY_UPDATE)) {
        access_deny(&req->ctx, entity, MAY_UPDATE);
        respond_errors(req, res);
        return;
    }
    struct str error = STR("");
    if (f && !(f->flags & (READ_ONLY | HIDDEN | IMPLICIT))) {
        struct repo_input in = repo_input(&req->ctx, entity, 0);
        bool given = str_trim(text).len > 0;
        if (!given && f->flags & REQUIRED)
            errors_add(&req->ctx.errors, 422, "required", f->decl->name, "%s is missing.", f->decl->label);
        else if (given && repo_input_text(&in, f->name, f->to ? form_id_by_name(req, f, text) : text) &&
                 access_may(req->ctx.actor, entity, MAY_READ))
            write_similar(req, &similar, f, in.values[f->index], text);
        error = page_error(&req->ctx.errors, f->decl->name);
        errors_clear(&req->ctx.errors);
    }
    buf_lit(&res->body, "{\"error\":");
    if (error.len)
        buf_json(&res->body, error);
    else
        buf_lit(&res->body, "null");
    buf_lit(&res->body, ",\"similar\":[");
    buf_add(&res->body, buf_str(&similar));
    buf_lit(&res->body, "]}");
    respond_json(res, 200);
}

void form_pick(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct values values = values_new(req);
    struct query *q = query_new(&req->ctx, entity);
    struct rows rows;
    q->titles = true;
    q->limit = OPTIONS_MOST;
    q->search = str_trim(request_arg(req, "q"));
    if (entity->title) query_sort(q, entity->title->decl->name);
    if (!query_rows(q, &rows)) {
        respond_errors(req, res);
        return;
    }
    buf_lit(&res->body, "{\"options\":[");
    for (int i = 0; i < rows.count; i++) write_record(&res->body, &values, rows.at[i], i == 0);
    bool create = entity->title && !entity_is(entity, ENTITY_READ_ONLY | ENTITY_UPLOAD | ENTITY_ACCESS) &&
                  access_may(req->ctx.actor, entity, MAY_CREATE);
    buf_printf(&res->body, "],\"create\":%s,\"title\":\"%s\"}", create ? "true" : "false",
               entity->title ? entity->title->decl->name : "");
    respond_json(res, 200);
}
