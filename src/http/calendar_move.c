/* calendar_move.c - a record goes to another time: its beginning with its end, or its end alone. */
#include "core/access.h"
#include "core/change_set.h"
#include "core/kind_tools.h"
#include "core/repo.h"
#include "http/board_page.h"
#include "http/calendar_layout.h"
#include "http/calendar_page.h"
#include "http/form_page.h"
#include "templates.h"

static struct row *movable(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct calendar_fields fields = calendar_fields(entity);
    struct row *row = calendar_may_move(req, &fields) ? query_one(&req->ctx, entity, req->id, MAY_UPDATE, false) : NULL;
    if (row) return row;
    errors_add(&req->ctx.errors, 404, "not_found", NULL, "There is no such record, or you may not move it.");
    respond_errors(req, res);
    return NULL;
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

static void show(struct request *req, struct response *res, const struct row *row, int status) {
    const struct entity *entity = req->route->entity;
    struct arena *arena = req->ctx.arena;
    struct calendar_fields fields = calendar_fields(entity);
    struct move_view view = {.entity = entity, .errors = frame_errors(req), .submit = STR("Move")};
    view.title = lang_printf(arena, "Move %.*s", STR_ARG(row_title(arena, row)));
    struct str record = frame_record_href(arena, entity, row_id(row));
    view.action = str_printf(arena, "%.*s/when", STR_ARG(record));
    view.back = frame_back(req, record);
    if (str_starts(view.back, view.action)) view.back = record; /* sent from this very page */
    view.hidden = arena_array(arena, struct param, 2);
    view.hidden[view.hidden_count++] = (struct param){STR("back"), view.back};
    if (entity->version >= 0)
        view.hidden[view.hidden_count++] =
            (struct param){STR("version"), str_printf(arena, "%lld", (long long)row->values[entity->version].integer)};
    view.inputs = arena_array(arena, struct input, 2);
    const struct params *typed = req->form.count ? &req->form : NULL;
    view.inputs[view.input_count++] = form_input(req, fields.from, row, typed, view.errors);
    if (fields.to) view.inputs[view.input_count++] = form_input(req, fields.to, row, typed, view.errors);
    struct page *page = frame_open(req, view.title, entity->decl->name);
    frame_crumb_record(req, page, row);
    tpl_move_page(&res->body, page, &view);
    req->ctx.errors = *view.errors;
    frame_answer(req, res, status);
}

void calendar_move_form(struct request *req, struct response *res) {
    struct row *row = movable(req, res);
    if (row) show(req, res, row, 200);
}

/* ---- moving ---------------------------------------------------------------------------------------------------------------- */

/* "09:30" in minutes; "24:00" is the end of a day. */
static bool read_hour(struct request *req, const char *name, const struct field *field, int64_t *minutes) {
    struct str text = request_form(req, name), hours = str_slice(text, 0, 2), rest = str_slice(text, 3, text.len);
    int64_t h, m;
    bool sound = text.len == 5 && text.ptr[2] == ':' && str_to_int(hours, &h) && str_to_int(rest, &m) && h >= 0 && m >= 0 &&
                 m < 60 && h * 60 + m <= CALENDAR_DAY;
    if (!sound) return errors_add(&req->ctx.errors, 422, "not_a_time", field->decl->name, "Say an hour as in 09:30.");
    *minutes = h * 60 + m;
    return true;
}

/* By the wall clock, so that what lasts from nine to five still does where the clocks have been changed between. */
static bool take_day(struct request *req, struct repo_input *in, const struct row *row, const struct calendar_fields *fields) {
    const struct kind_env *env = &req->ctx.env;
    const struct field *from = fields->from, *to = fields->to;
    bool days = from->kind == &kind_date, until = request_form(req, "until").len > 0;
    int64_t day, minutes = 540;
    if (!date_parse(request_form(req, "day"), &day))
        return errors_add(&req->ctx.errors, 422, "not_a_date", from->decl->name, "Enter a date such as 2026-11-12.");
    struct value begin = row->values[from->index], end = to ? row->values[to->index] : VALUE_NONE;
    if (until && to) {
        if (!days && !read_hour(req, "until", to, &minutes)) return false;
        return repo_input_value(in, to->decl->name, value_int(days ? day : kind_from_wall(env, day * DAY_MS + minutes * 60000)));
    }
    int64_t was = value_is_null(begin) ? 0 : days ? begin.integer : kind_to_wall(env, begin.integer), now = day;
    if (!days) {
        bool hour = request_form(req, "time").len > 0;
        if (hour && !read_hour(req, "time", from, &minutes)) return false;
        int64_t in_day = hour || value_is_null(begin) ? minutes * 60000 : was - zone_day(env->zone, begin.integer) * DAY_MS;
        now = day * DAY_MS + in_day;
    }
    repo_input_value(in, from->decl->name, value_int(days ? now : kind_from_wall(env, now)));
    if (value_is_null(begin) || value_is_null(end)) return true;
    int64_t moved = (days ? end.integer : kind_to_wall(env, end.integer)) + now - was;
    return repo_input_value(in, to->decl->name, value_int(days ? moved : kind_from_wall(env, moved)));
}

static bool take(struct request *req, struct repo_input *in, const struct row *row) {
    struct calendar_fields fields = calendar_fields(req->route->entity);
    const struct field *both[] = {fields.from, fields.to};
    if (request_form(req, "day").len) return take_day(req, in, row, &fields);
    bool any = false;
    for (int i = 0; i < req->form.count; i++)
        for (size_t k = 0; k < sizeof both / sizeof *both; k++)
            if (both[k] && str_eq(req->form.at[i].name, both[k]->name)) {
                any = true;
                repo_input_text(in, both[k]->name, req->form.at[i].value);
            }
    return any || errors_add(&req->ctx.errors, 422, "required", fields.from->decl->name, "Say when it is.");
}

/* A move is a change-set, so that it can be undone. */
static bool move(struct request *req, const struct row *row) {
    const struct entity *entity = req->route->entity;
    int64_t set = change_set_begin(&req->ctx, "action", entity, STR("Move"));
    struct repo_input in = repo_input(&req->ctx, entity, req->id);
    str_to_int(request_form(req, "version"), &in.if_version);
    return set && take(req, &in, row) && !req->ctx.errors.count && repo_update(&in, req->id) && change_set_end(&req->ctx, set, 1);
}

void calendar_move(struct request *req, struct response *res) {
    const struct entity *entity = req->route->entity;
    struct row *row = movable(req, res);
    if (!row) return;
    if (!move(req, row)) {
        int status = errors_status(&req->ctx.errors);
        if (status == 412) status = 409;
        if (status == 422 || status == 409)
            show(req, res, row, status);
        else
            respond_errors(req, res);
    } else if (str_eqc(request_header(req, "Accept"), "application/json")) {
        buf_printf(&res->body, "{\"undo\":%lld}", (long long)req->ctx.ended_set_id);
        respond_json(res, 200);
    } else
        frame_done(req, res, frame_back(req, frame_record_href(req->ctx.arena, entity, req->id)), "moved", req->ctx.ended_set_id);
}
