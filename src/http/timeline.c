/* timeline.c - gathers what happened to a record from the entities that tell it. */
#include "http/timeline.h"

#include <stdlib.h>

#include "base/text.h"
#include "base/timefmt.h"
#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/rest.h"
#include "http/form_page.h"
#include "http/record_files.h"

#define EACH_MOST 30 /* of one source */
#define ALL_MOST 60

struct gather {
    struct request *req;
    struct values *values;
    const struct row *row;
    struct timeline timeline;
};

static struct timeline_entry *add(struct gather *g, int64_t at, struct str who) {
    struct timeline_entry *e = &g->timeline.at[g->timeline.count++];
    *e = (struct timeline_entry){.at = at, .icon = "dotc", .hue = "gray", .who = who, .kind = TIMELINE_CHANGES};
    return e;
}

static struct str title_of(const struct row *row, const char *name) {
    const struct field *f = entity_field(row->entity, str_of(name));
    return f && row->titles ? row->titles[f->index] : STR("");
}

/* Rows of `entity` that point to the record, by their subject or by `reference`. */
static bool children(struct gather *g, const struct entity *entity, const struct field *reference, struct rows *rows) {
    struct query *q = query_new(&g->req->ctx, entity);
    *rows = (struct rows){.count = 0};
    if (!access_may(g->req->ctx.actor, entity, MAY_READ)) return false;
    q->titles = true;
    q->limit = EACH_MOST;
    query_sort(q, "-created_at");
    query_where(q, reference->decl->name, OP_EQ, value_int(row_id(g->row)));
    if (!reference->to) query_where(q, reference->pair->decl->name, OP_EQ, value_text(g->row->entity->name));
    return query_rows(q, rows);
}

static const struct field *subject_of(const struct entity *entity, const struct entity *record) {
    const struct field *type = entity ? entity_field(entity, STR("subject_type")) : NULL;
    return type && str_in_words(type->decl->subjects, record->name) ? type->pair : NULL;
}

static void notes(struct gather *g) {
    const struct entity *entity = registry_find(STR("notes"));
    const struct field *subject = subject_of(entity, g->row->entity);
    struct rows rows;
    if (!subject || !children(g, entity, subject, &rows)) return;
    for (int i = 0; i < rows.count; i++) mention_learn(&g->values->mentions, row_text(rows.at[i], "content"));
    for (int i = 0; i < rows.count; i++) {
        const struct row *note = rows.at[i];
        struct timeline_entry *e = add(g, row_int(note, "created_at"), title_of(note, "user_id"));
        e->kind = TIMELINE_NOTES;
        e->icon = "note";
        e->hue = "amber";
        e->what = STR(N_("wrote a note"));
        e->html = mention_html(&g->values->mentions, row_text(note, "content"));
    }
}

static void tasks(struct gather *g) {
    const struct entity *entity = registry_find(STR("tasks"));
    const struct field *subject = subject_of(entity, g->row->entity);
    struct rows rows;
    if (!subject || !children(g, entity, subject, &rows)) return;
    for (int i = 0; i < rows.count; i++) {
        const struct row *task = rows.at[i];
        bool done = !row_null(task, "completed_at");
        struct timeline_entry *e = add(g, done ? row_int(task, "completed_at") : row_int(task, "created_at"),
                                       title_of(task, done ? "assigned_to_id" : "created_by_id"));
        e->kind = TIMELINE_TASKS;
        e->icon = "task";
        e->hue = done ? "green" : "blue";
        e->what = done ? STR(N_("finished")) : STR(N_("planned"));
        e->link = row_title(g->req->ctx.arena, task);
        e->href = frame_record_href(g->req->ctx.arena, entity, row_id(task));
    }
}

static void files(struct gather *g) {
    const struct entity *entity = registry_find(STR("files"));
    const struct field *subject = subject_of(entity, g->row->entity);
    struct arena *arena = g->req->ctx.arena;
    struct rows rows;
    if (!subject || !children(g, entity, subject, &rows)) return;
    for (int i = 0; i < rows.count; i++) {
        const struct row *file = rows.at[i];
        struct timeline_entry *e = add(g, row_int(file, "created_at"), title_of(file, "created_by_id"));
        e->kind = TIMELINE_FILES;
        e->icon = "clip";
        e->hue = "cyan";
        e->what = STR(N_("added"));
        e->link = row_title(arena, file);
        e->href = frame_record_href(arena, entity, row_id(file));
        e->detail = record_files_size(arena, row_int(file, "file_size"));
        e->picture = record_files_thumb(g->req, file);
    }
}

/* "logged a phone call"; how another language says "a" is its own affair. */
static struct str logged(struct arena *arena, struct str type) {
    if (arena_lang(arena)) return lang_printf(arena, "logged: %.*s", STR_ARG(type));
    type = str_lower(arena, str_eqc(type, "Other") ? STR("activity") : type);
    bool vowel = type.len && strchr("aeiou", type.ptr[0]);
    return str_printf(arena, "logged %s %.*s", vowel ? "an" : "a", STR_ARG(type));
}

static void payload_text(struct gather *g, struct timeline_entry *e, struct str type, struct str payload) {
    struct arena *arena = g->req->ctx.arena;
    struct errors ignored = {.arena = arena};
    const struct json *object = payload.len ? json_parse(arena, payload, &ignored) : NULL;
    struct str from = json_text(json_get(object, STR("from"))), to = json_text(json_get(object, STR("to")));
    int64_t at;
    if (str_eqc(type, "status_change")) {
        e->icon = "arrow-right";
        e->hue = "violet";
        e->what = from.len ? lang_printf(arena, "moved it from %.*s to %.*s", STR_ARG(from), STR_ARG(to))
                           : lang_printf(arena, "moved it to %.*s", STR_ARG(to));
    } else if (str_eqc(type, "followup") && time_parse(json_text(json_get(object, STR("at"))), &at)) {
        struct buf when = buf_new(arena, 32);
        kind_to_display(&when, &g->row->entity->fields[g->row->entity->created_at], &g->req->ctx.env, value_int(at));
        e->icon = "clock";
        e->hue = "cyan";
        e->what = lang_printf(arena, "planned a follow-up for %.*s", STR_ARG(buf_str(&when)));
        e->detail = json_text(json_get(object, STR("next_step")));
    } else {
        e->kind = TIMELINE_CALLS;
        e->icon = str_eqc(type, "call") ? "phone" : "pulse";
        e->hue = "blue";
        e->what = logged(arena, lang_word(arena, "choice", text_humanize(arena, type)));
        e->detail = json_text(json_get(object, STR("outcome")));
    }
    struct str note = json_text(json_get(object, STR("note")));
    if (note.len) e->detail = note;
}

/* Entities whose rows are history: appended, never changed, with a type and a payload. Notes stand for themselves. */
static bool is_history(const struct field *f) {
    return entity_is(f->entity, ENTITY_APPEND_ONLY) && f->entity->parent == f && entity_field(f->entity, STR("payload"));
}

static void history(struct gather *g) {
    const struct field *f;
    for (int i = 0; (f = registry_referrer(g->row->entity, i)); i++) {
        struct rows rows;
        if (!is_history(f) || !children(g, f->entity, f, &rows)) continue;
        for (int k = 0; k < rows.count; k++) {
            struct str type = row_text(rows.at[k], "type");
            if (str_eqc(type, "note")) continue;
            payload_text(g, add(g, row_int(rows.at[k], "created_at"), title_of(rows.at[k], "user_id")), type,
                         row_text(rows.at[k], "payload"));
        }
    }
}

static void sales(struct gather *g) {
    const struct entity *entity = registry_find(STR("sales_activities"));
    const struct field *f;
    for (int i = 0; entity && (f = registry_referrer(g->row->entity, i)); i++) {
        struct rows rows;
        if (f->entity != entity || !children(g, entity, f, &rows)) continue;
        for (int k = 0; k < rows.count; k++) {
            const struct row *activity = rows.at[k];
            struct buf type = buf_new(g->req->ctx.arena, 32);
            kind_to_display(&type, entity_field(entity, STR("type")), &g->req->ctx.env, row_get(activity, "type"));
            struct timeline_entry *e =
                add(g, row_null(activity, "completed_at") ? row_int(activity, "created_at") : row_int(activity, "completed_at"),
                    title_of(activity, "user_id"));
            e->icon = str_eqc(row_text(activity, "type"), "phone_call") ? "phone"
                      : str_eqc(row_text(activity, "type"), "email")    ? "mail"
                                                                        : "calendar";
            e->kind = TIMELINE_CALLS;
            e->hue = "blue";
            e->what = logged(g->req->ctx.arena, buf_str(&type));
            e->link = row_title(g->req->ctx.arena, activity);
            e->href = frame_record_href(g->req->ctx.arena, entity, row_id(activity));
            e->detail = row_text(activity, "description");
        }
    }
}

/* One side of a change, as people read it and as a form would send it. References are told by their names. */
static struct str side(struct gather *g, const struct field *f, const struct json *json, struct str *input) {
    struct arena *arena = g->req->ctx.arena;
    struct errors ignored = {.arena = arena};
    struct kind_env env = row_env(&g->req->ctx.env, g->row, f);
    struct value value = VALUE_NONE;
    struct buf shown = buf_new(arena, 32), sent = buf_new(arena, 32);
    if (!json || json_type(json) == JSON_T_NULL || !kind_from_json(f, &env, json, &value, &ignored) || value_is_null(value))
        return STR("None");
    kind_to_input(&sent, f, &env, value);
    if (input) *input = buf_str(&sent);
    if (f->to && value.type == VALUE_INT) {
        struct str title = query_title(&g->req->ctx, f->to, value.integer);
        return title.len ? title : STR("Not known");
    }
    kind_to_display(&shown, f, &env, value);
    return buf_str(&shown);
}

/* "changed Owner, Value", and below from what to what. */
static struct str changed_fields(struct gather *g, struct timeline_entry *e, struct str changes) {
    struct arena *arena = g->req->ctx.arena;
    struct errors ignored = {.arena = arena};
    const struct json *object = changes.len ? json_parse(arena, changes, &ignored) : NULL, *value;
    struct buf b = buf_new(arena, 64);
    void *it = NULL;
    struct str key;
    e->changes = arena_array(arena, struct timeline_change, (size_t)g->row->entity->field_count);
    while (object && json_next(object, &it, &key, &value)) {
        const struct field *f = entity_field(g->row->entity, key);
        bool told =
            f && f == g->row->entity->board && registry_find(STR("lead_activities")) && str_eqc(g->row->entity->name, "leads");
        if (!f || told || f->flags & (READ_ONLY | IMPLICIT)) continue;
        if (b.len)
            buf_lit(&b, ", ");
        else
            lang_put(&b, "changed ");
        buf_add(&b, lang_str(arena, f->label));
        if (json_type(value) != JSON_T_ARRAY || json_count(value) != 2) continue;
        struct timeline_change *c = &e->changes[e->change_count++];
        *c = (struct timeline_change){.field = f, .restorable = form_in_place(f) && rest_allows(g->row, f),
                                      .old_input = STR("")};
        c->from = side(g, f, json_at(value, 0), &c->old_input);
        c->to = side(g, f, json_at(value, 1), NULL);
    }
    return buf_str(&b);
}

/* An action of the entity's own is told by the state that it led to, else by its name. */
static struct str did_to_it(struct gather *g, struct str action) {
    static const struct {
        const char *action, *what;
    } known[] = {{"created", N_("created it")}, {"deleted", N_("deleted it")}, {"restored", N_("restored it")},
                 {"login", N_("signed in")},  {"logout", N_("signed out")},  {"login_failed", N_("could not sign in")}};
    struct arena *arena = g->req->ctx.arena;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eqc(action, known[i].action)) return str_of(known[i].what);
    const struct entity *entity = g->row->entity;
    const struct action_decl *own = entity_action(entity, action);
    if (!own) return lang_printf(arena, "%.*s it", STR_ARG(action));
    if (!own->to || !entity->state) return lang_printf(arena, "chose %s", own->label);
    struct buf state = buf_new(arena, 32);
    kind_to_display(&state, entity->state, &g->req->ctx.env, value_text(str_of(own->to)));
    return lang_printf(arena, "moved it to %.*s", STR_ARG(buf_str(&state)));
}

static void audit(struct gather *g) {
    const struct entity *entity = registry_find(STR("audit_logs"));
    if (!entity || !access_may(g->req->ctx.actor, entity, MAY_READ)) return;
    struct query *q = query_new(&g->req->ctx, entity);
    q->titles = true;
    q->limit = EACH_MOST;
    query_sort(q, "-created_at");
    query_where(q, "entity_type", OP_EQ, value_text(g->row->entity->name));
    query_where(q, "entity_id", OP_EQ, value_int(row_id(g->row)));
    struct rows rows;
    if (!query_rows(q, &rows)) return;
    for (int i = 0; i < rows.count; i++) {
        struct str action = row_text(rows.at[i], "action");
        struct timeline_entry about = {.at = 0};
        struct str what = str_eqc(action, "updated") ? changed_fields(g, &about, row_text(rows.at[i], "changes"))
                                                     : did_to_it(g, action);
        if (!what.len) continue;
        struct timeline_entry *e = add(g, row_int(rows.at[i], "created_at"), title_of(rows.at[i], "user_id"));
        e->changes = about.changes;
        e->change_count = about.change_count;
        e->icon = str_eqc(action, "created") ? "plus" : str_eqc(action, "updated") ? "edit" : "history";
        e->what = what;
    }
}

/* The creation is told even to those who may not read the audit log. */
static void creation(struct gather *g) {
    const struct entity *entity = g->row->entity;
    for (size_t i = 0; i < g->timeline.count; i++)
        if (str_eqc(g->timeline.at[i].what, "created it")) return;
    if (entity->created_at < 0) return;
    struct str who = entity->created_by_id >= 0 && g->row->titles ? g->row->titles[entity->created_by_id] : STR("");
    struct timeline_entry *e = add(g, g->row->values[entity->created_at].integer, who);
    e->icon = "plus";
    e->what = STR(N_("created it"));
}

static int newest_first(const void *a, const void *b) {
    const struct timeline_entry *x = a, *y = b;
    return x->at < y->at ? 1 : x->at > y->at ? -1 : 0;
}

static void tell_days(struct gather *g) {
    struct ctx *ctx = &g->req->ctx;
    struct str last = STR("");
    int64_t today = zone_day(ctx->env.zone, ctx->now);
    for (size_t i = 0; i < g->timeline.count; i++) {
        struct timeline_entry *e = &g->timeline.at[i];
        int64_t local = zone_wall(ctx->env.zone, e->at), day = zone_day(ctx->env.zone, e->at);
        struct civil wall = civil_from_time(local);
        struct buf heading = buf_new(ctx->arena, 16), machine = buf_new(ctx->arena, 32);
        if (day == today)
            lang_put(&heading, "Today");
        else if (day == today - 1)
            lang_put(&heading, "Yesterday");
        else
            kind_to_display(&heading, &(struct field){.kind = &kind_date, .decl = g->row->entity->fields->decl}, &ctx->env,
                            value_int(day));
        if (!str_eq(buf_str(&heading), last)) e->day = last = buf_str(&heading);
        buf_time(&machine, e->at);
        e->machine = buf_str(&machine);
        e->clock = str_printf(ctx->arena, "%02d:%02d", wall.hour, wall.minute);
    }
}

const struct timeline_filter timeline_filters[] = {
    {"", N_("All"), ~0u},
    {"notes", N_("Notes"), TIMELINE_NOTES},
    {"calls", N_("Calls and meetings"), TIMELINE_CALLS},
    {"tasks", N_("Tasks"), TIMELINE_TASKS},
    {"files", N_("Files"), TIMELINE_FILES},
    {"changes", N_("Changes"), TIMELINE_CHANGES},
    {NULL, NULL, 0},
};

/* What the address asks to see; everything where it asks for nothing that there is. */
static const struct timeline_filter *wanted(struct request *req) {
    struct str asked = request_arg(req, "show");
    for (const struct timeline_filter *f = timeline_filters; f->name; f++)
        if (str_eqc(asked, f->name)) return f;
    return timeline_filters;
}

/* Whether the actor may see what `entity` would tell of such a record. */
static bool told_by(struct request *req, const struct entity *entity, bool points) {
    return points && access_may(req->ctx.actor, entity, MAY_READ);
}

/* A tag has no calls, and no file hangs on a number series. */
static unsigned kinds_of(struct request *req, const struct entity *record) {
    const struct {
        const char *entity;
        unsigned kind;
    } about[] = {{"notes", TIMELINE_NOTES}, {"tasks", TIMELINE_TASKS}, {"files", TIMELINE_FILES}};
    unsigned kinds = TIMELINE_CHANGES;
    for (size_t i = 0; i < sizeof about / sizeof *about; i++) {
        const struct entity *entity = registry_find(str_of(about[i].entity));
        if (told_by(req, entity, subject_of(entity, record) != NULL)) kinds |= about[i].kind;
    }
    const struct field *f;
    for (int i = 0; (f = registry_referrer(record, i)); i++)
        if (told_by(req, f->entity, is_history(f) || str_eqc(f->entity->name, "sales_activities"))) kinds |= TIMELINE_CALLS;
    return kinds;
}

struct timeline timeline_of(struct request *req, struct values *values, const struct row *row) {
    struct gather g = {.req = req, .values = values, .row = row};
    unsigned kinds = (g.timeline.show = wanted(req))->kinds;
    g.timeline.kinds = kinds_of(req, row->entity);
    g.timeline.at = arena_array(req->ctx.arena, struct timeline_entry, EACH_MOST * 13);
    if (kinds & TIMELINE_NOTES) notes(&g);
    if (kinds & TIMELINE_TASKS) tasks(&g);
    if (kinds & TIMELINE_FILES) files(&g);
    if (kinds & (TIMELINE_CALLS | TIMELINE_CHANGES)) history(&g);
    if (kinds & TIMELINE_CALLS) sales(&g);
    if (kinds & TIMELINE_CHANGES) {
        audit(&g);
        creation(&g);
    }
    size_t kept = 0;
    for (size_t i = 0; i < g.timeline.count; i++)
        if (kinds & g.timeline.at[i].kind) g.timeline.at[kept++] = g.timeline.at[i];
    g.timeline.count = kept;
    qsort(g.timeline.at, g.timeline.count, sizeof *g.timeline.at, newest_first);
    if (g.timeline.count > ALL_MOST) g.timeline.count = ALL_MOST;
    tell_days(&g);
    return g.timeline;
}
