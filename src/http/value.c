/* value.c - how each kind of field looks in a page. */
#include "http/value.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "base/timefmt.h"
#include "base/utf8.h"
#include "core/access.h"
#include "core/query.h"
#include "core/registry.h"
#include "core/when.h"
#include "http/frame.h"
#include "http/record_files.h"

struct values values_new(struct request *req) { return (struct values){.ctx = &req->ctx, .mentions = {.ctx = &req->ctx}}; }

/* ---- states --------------------------------------------------------------------------------------------------------------- */

/* A hue must be one of the words that the styles know; what a row holds was checked when it was saved. */
static const char *hue_of(struct arena *arena, const struct row *row) {
    const struct field *hue = entity_field(row->entity, STR("hue"));
    return hue && row->values[hue->index].type == VALUE_TEXT ? str_cstr(arena, row->values[hue->index].text) : "gray";
}

bool value_is_state(const struct entity *entity) {
    return entity_field(entity, STR("position")) && entity_is(entity, ENTITY_SETTINGS);
}

/* NULL where it does not serve as a state. */
static struct value_states *states_of(struct values *values, const struct entity *entity) {
    for (struct value_states *s = values->states; s; s = s->next)
        if (s->entity == entity) return s;
    if (!value_is_state(entity)) return NULL;
    struct value_states *s = arena_alloc(values->ctx->arena, sizeof *s);
    *s = (struct value_states){.entity = entity, .next = values->states};
    values->states = s;
    if (!access_may(values->ctx->actor, entity, MAY_READ)) return s;
    s->query = query_new(values->ctx, entity);
    query_sort(s->query, "position");
    s->query->limit = QUERY_MAX_LIMIT;
    return s;
}

void values_states_ahead(struct values *values, const struct entity *entity) {
    struct value_states *s = states_of(values, entity);
    if (s && s->query && !s->query->asked) query_ahead(s->query);
}

const struct value_states *values_states(struct values *values, const struct entity *entity) {
    struct value_states *s = states_of(values, entity);
    struct rows rows;
    if (!s || !s->query) return s;
    struct query *q = s->query;
    s->query = NULL;
    if (!query_rows(q, &rows)) return s;
    struct arena *arena = values->ctx->arena;
    s->at = arena_array(arena, struct value_state, (size_t)rows.count);
    s->count = rows.count;
    const struct field *position = entity_field(entity, STR("position")), *closed = entity_field(entity, STR("is_closed"));
    for (int i = 0; i < rows.count; i++)
        s->at[i] = (struct value_state){row_id(rows.at[i]), row_title(arena, rows.at[i]), hue_of(arena, rows.at[i]),
                                        rows.at[i]->values[position->index].integer,
                                        closed && rows.at[i]->values[closed->index].integer != 0};
    return s;
}

const struct value_state *values_state(struct values *values, const struct entity *entity, int64_t id) {
    const struct value_states *s = values_states(values, entity);
    for (int i = 0; s && i < s->count; i++)
        if (s->at[i].id == id) return &s->at[i];
    return NULL;
}

const char *value_choice_hue(const struct field *field, struct str choice) {
    for (int i = 0; field->decl->hues && field->decl->choices[i] && field->decl->hues[i]; i++)
        if (str_eqc(choice, field->decl->choices[i])) return field->decl->hues[i];
    return "gray";
}

/* ---- times ---------------------------------------------------------------------------------------------------------------- */

#define SOON_DAYS 30

/* Relative where it is near: "Today 14:30", "Fri 10:00", "3 days overdue"; else the date as the kind writes it. */
static void near_text(struct value_view *v, struct ctx *ctx, const struct field *field, struct value value, bool due) {
    bool is_date = field->kind == &kind_date;
    int64_t day = is_date ? value.integer : zone_day(ctx->env.zone, value.integer), today = zone_day(ctx->env.zone, ctx->now),
            ahead = day - today;
    bool past = is_date ? ahead < 0 : value.integer < ctx->now;
    bool holds = (field->flags & HOLDS) == HOLDS, expires = (field->flags & EXPIRES) == EXPIRES;
    bool near = ahead >= 0 && ahead <= (expires ? SOON_DAYS : 0);
    v->when = due && past ? "late" : due && near ? "today" : "";
    struct civil wall = civil_from_time(zone_wall(ctx->env.zone, value.integer));
    struct buf b = buf_new(ctx->arena, 32);
    if (due && ahead < 0 && holds)
        buf_add(&b, lang_count(ctx->arena, -ahead, "Expired %lld day ago", "Expired %lld days ago"));
    else if (due && ahead < 0)
        buf_add(&b, lang_count(ctx->arena, -ahead, "%lld day overdue", "%lld days overdue"));
    else if (ahead == 0)
        lang_put(&b, "Today");
    else if (ahead == 1)
        lang_put(&b, "Tomorrow");
    else if (ahead == -1)
        lang_put(&b, "Yesterday");
    else if (ahead > 1 && ahead < 7 && !is_date)
        buf_cstr(&b, lang_cstr(ctx->arena, when_weekday_short(wall.weekday)));
    else {
        v->text = v->full;
        return;
    }
    if (!is_date && !(due && ahead < 0)) {
        buf_char(&b, ' ');
        buf_clock(&b, wall.hour, wall.minute);
    }
    v->text = buf_str(&b);
}

/* Where an entity does not say which of its states are open, these are not. */
#define ENDS "done completed cancelled closed retired sold lost"

static const struct field *state_of(const struct entity *entity) {
    return entity->decl->open || !entity->board ? entity->state : entity->board;
}

bool value_over(struct values *values, const struct row *row) {
    const struct field *completed = entity_field(row->entity, STR("completed_at")), *state = state_of(row->entity);
    if (completed && !value_is_null(row->values[completed->index])) return true;
    if (!state || value_is_null(row->values[state->index])) return false;
    if (state->to) {
        const struct value_state *at = values_state(values, state->to, row->values[state->index].integer);
        return at && at->closed;
    }
    struct str now = row->values[state->index].text;
    return row->entity->decl->open ? !str_in_words(row->entity->decl->open, now) : str_in_words(ENDS, now);
}

void value_needs(const struct field *field, struct field_set *fields) {
    const struct field *completed = entity_field(field->entity, STR("completed_at"));
    field_set_add(fields, field->index);
    if (field->pair) field_set_add(fields, field->pair->index);
    if (!(field->flags & DUE)) return;
    if (completed) field_set_add(fields, completed->index);
    if (state_of(field->entity)) field_set_add(fields, state_of(field->entity)->index);
}

static void time_view(struct value_view *v, struct values *values, const struct row *row, const struct field *field,
                      struct value value) {
    struct ctx *ctx = values->ctx;
    struct buf machine = buf_new(ctx->arena, 32), full = buf_new(ctx->arena, 32);
    if (field->kind == &kind_date) buf_date(&machine, value.integer);
    else buf_time(&machine, value.integer);
    kind_to_display(&full, field, &ctx->env, value);
    v->look = LOOK_TIME;
    v->machine = buf_str(&machine);
    v->full = buf_str(&full);
    near_text(v, ctx, field, value, field->flags & DUE && !value_over(values, row));
}

/* ---- the others ----------------------------------------------------------------------------------------------------------- */

static void reference_view(struct value_view *v, struct values *values, const struct row *row, const struct field *field) {
    struct ctx *ctx = values->ctx;
    int64_t id = row->values[field->index].integer;
    const struct value_state *state = value_is_state(field->to) ? values_state(values, field->to, id) : NULL;
    if (state) {
        v->look = LOOK_STATUS;
        v->text = state->title;
        v->hue = state->hue;
        return;
    }
    struct str title = row->titles ? row->titles[field->index] : query_title(ctx, field->to, id);
    if (!title.len) return;
    v->text = title;
    v->look = str_eqc(field->to->name, "users") ? LOOK_PERSON : LOOK_LINK;
    v->href = frame_record_href(ctx->arena, field->to, id);
}

/* What names the entity of the record that `field` is the number of. Audit entries outlive what they tell of, so no subject. */
static const struct field *type_of(const struct field *field) {
    if (field->kind == &kind_subject_id) return field->pair;
    return str_eqc(field->name, "entity_id") ? entity_field(field->entity, STR("entity_type")) : NULL;
}

bool value_is_subject(const struct field *field) { return type_of(field) != NULL; }

bool value_is_figure(const struct field *field) { return field->kind->align && !value_is_subject(field); }

static const struct entity *subject_entity(const struct row *row, const struct field *field) {
    struct value type = row->values[type_of(field)->index], id = row->values[field->index];
    return type.type == VALUE_TEXT && !value_is_null(id) ? registry_find(type.text) : NULL;
}

static void read_subjects(struct values *values, const struct rows *rows, const struct field *field,
                          const struct entity *entity) {
    struct arena *arena = values->ctx->arena;
    struct value_subjects *s = arena_alloc(arena, sizeof *s);
    *s = (struct value_subjects){.entity = entity, .next = values->subjects};
    values->subjects = s;
    if (!entity->title || !access_may(values->ctx->actor, entity, MAY_READ)) return;
    struct value *ids = arena_array(arena, struct value, (size_t)rows->count);
    struct query_filter among = {.field = &entity->fields[entity->id], .op = OP_IN, .values = ids};
    for (int i = 0; i < rows->count; i++)
        if (subject_entity(rows->at[i], field) == entity) ids[among.value_count++] = rows->at[i]->values[field->index];
    struct query *q = query_new(values->ctx, entity);
    field_set_add(&q->fields, entity->title->index);
    q->limit = QUERY_MAX_LIMIT;
    if (query_filter_add(q, &among)) query_rows(q, &s->rows);
}

static const struct value_subjects *known_subjects(const struct values *values, const struct entity *entity) {
    const struct value_subjects *s = values->subjects;
    while (s && s->entity != entity) s = s->next;
    return s;
}

void values_subjects(struct values *values, const struct rows *rows, const struct field *field) {
    for (int i = 0; i < rows->count; i++) {
        const struct entity *entity = subject_entity(rows->at[i], field);
        if (entity && !known_subjects(values, entity)) read_subjects(values, rows, field, entity);
    }
}

static struct str subject_title(struct values *values, const struct entity *entity, int64_t id) {
    const struct value_subjects *s = known_subjects(values, entity);
    if (!s) return query_title(values->ctx, entity, id);
    for (int i = 0; i < s->rows.count; i++)
        if (row_id(s->rows.at[i]) == id) return row_title(values->ctx->arena, s->rows.at[i]);
    return STR("");
}

static void subject_view(struct value_view *v, struct values *values, const struct row *row, const struct field *field) {
    const struct entity *entity = subject_entity(row, field);
    struct str title = entity ? subject_title(values, entity, row->values[field->index].integer) : STR("");
    if (!title.len) return;
    v->text = title;
    v->look = LOOK_LINK;
    v->href = frame_record_href(values->ctx->arena, entity, row->values[field->index].integer);
}

static void tags_view(struct value_view *v, struct ctx *ctx, const struct field *field, struct value value) {
    struct errors ignored = {.arena = ctx->arena};
    const struct json *list = json_parse(ctx->arena, value.text, &ignored); /* our own canonical form */
    v->look = LOOK_TAGS;
    v->tag_count = json_count(list);
    struct str *tags = arena_array(ctx->arena, struct str, v->tag_count);
    for (size_t i = 0; i < v->tag_count; i++) {
        tags[i] = json_text(json_at(list, i));
        if (field->kind == &kind_choices) tags[i] = lang_word(ctx->arena, "choice", text_humanize(ctx->arena, tags[i]));
    }
    v->tags = tags;
}

static void address_view(struct value_view *v, struct ctx *ctx, const struct field *field, struct value value) {
    v->look = LOOK_LINK;
    if (field->kind == &kind_email) v->href = str_printf(ctx->arena, "mailto:%.*s", STR_ARG(value.text));
    else if (field->kind == &kind_phone) v->href = str_printf(ctx->arena, "tel:%.*s", STR_ARG(value.text));
    else {
        v->href = value.text;
        v->external = true;
    }
}

struct str value_short_money(const struct kind_env *env, struct str text) {
    ptrdiff_t point = str_index(text, env->number_look == NUMBER_COMMAS ? '.' : ',');
    return point > 0 ? str_slice(text, 0, (size_t)point) : text;
}

/* "45 s", "9 min", "2 h 10 min": seconds are left out where they tell nothing any more. */
static struct str seconds_text(struct arena *arena, int64_t seconds) {
    long long h = seconds / 3600, min = seconds / 60 % 60, s = seconds % 60;
    if (h) return min ? str_printf(arena, "%lld\u00A0h %lld\u00A0min", h, min) : str_printf(arena, "%lld\u00A0h", h);
    if (!min) return str_printf(arena, "%lld\u00A0s", s);
    return s ? str_printf(arena, "%lld\u00A0min %lld\u00A0s", min, s) : str_printf(arena, "%lld\u00A0min", min);
}

/* 50%, but 481 m²: with a space that no line ends at. Seconds, days and bytes are told as people tell them. */
static struct str value_with_unit(struct arena *arena, const struct field *field, struct value value, struct str text) {
    const char *unit = field->decl->unit;
    if (field->kind == &kind_int) {
        if (strcmp(unit, "s") == 0 && value.integer >= 0) return seconds_text(arena, value.integer);
        if (strcmp(unit, "days") == 0) return lang_count(arena, value.integer, "%lld day", "%lld days");
        if (strcmp(unit, "bytes") == 0) return record_files_size(arena, value.integer);
    }
    return str_printf(arena, "%.*s%s%s", STR_ARG(text), strcmp(unit, "%") == 0 ? "" : "\u00A0", unit);
}

/* A list of words and an object of such, as people write them: "Alarm, Camera", "Name: last_name". False where it is deeper. */
static bool plain_json(struct buf *b, const struct json *json) {
    enum json_type type = json_type(json);
    if (type == JSON_T_STRING) buf_add(b, json_text(json));
    else if (type == JSON_T_BOOL) buf_add(b, lang_str(b->arena, json_bool(json) ? STR("Yes") : STR("No")));
    else if (type == JSON_T_INT || type == JSON_T_REAL) buf_add(b, json_number_text(b->arena, json));
    else return false;
    return true;
}

static struct str json_text_of(struct arena *arena, struct str text) {
    struct errors ignored = {.arena = arena};
    const struct json *json = json_parse(arena, text, &ignored), *value;
    struct buf b = buf_new(arena, text.len);
    struct str key;
    void *iterator = NULL;
    bool plain = json_count(json) > 0;
    for (size_t i = 0; plain && json_type(json) == JSON_T_ARRAY && i < json_count(json); i++) {
        if (b.len) buf_lit(&b, ", ");
        plain = plain_json(&b, json_at(json, i));
    }
    while (plain && json_type(json) == JSON_T_OBJECT && json_next(json, &iterator, &key, &value)) {
        if (str_ends(key, STR("_id"))) continue; /* a number for programs; its name stands beside it */
        if (b.len) buf_lit(&b, ", ");
        buf_add(&b, text_humanize(arena, key));
        buf_lit(&b, ": ");
        plain = plain_json(&b, value);
    }
    return plain ? buf_str(&b) : text;
}

/* "leads" is "Leads" to people. Such a text stands in what outlives its records, so it is no reference. */
static struct str records_named(struct arena *arena, const struct field *field, struct str text) {
    if (field->kind != &kind_text || field->custom || !str_in_words("entity entity_type resource", field->name)) return text;
    const struct entity *entity = registry_find(text);
    return entity ? lang_str(arena, str_of(entity->decl->many)) : text;
}

static void text_view(struct value_view *v, struct values *values, const struct row *row, const struct field *field,
                      struct value value, enum value_length length) {
    struct ctx *ctx = values->ctx;
    struct buf b = buf_new(ctx->arena, 64);
    struct kind_env env = row_env(&ctx->env, row, field);
    kind_to_display(&b, field, &env, value);
    v->look = LOOK_TEXT;
    v->text = records_named(ctx->arena, field, entity_known(field->entity, buf_str(&b)));
    if (field->kind == &kind_json) v->text = json_text_of(ctx->arena, v->text);
    if (field->decl->unit) v->text = value_with_unit(ctx->arena, field, value, v->text);
    if (field->kind == &kind_money && length == VALUE_SHORT) v->text = value_short_money(&env, v->text);
    if (field->kind == &kind_markdown && length == VALUE_FULL) {
        v->look = LOOK_HTML;
        v->html = mention_html(&values->mentions, value.text);
    }
}

/* What a missing value means: of things that may well not be, that there is none; of facts, that nobody has said. */
static struct str nothing(const struct field *f) {
    if (f->kind == &kind_time && (f->flags & READ_ONLY || entity_is(f->entity, ENTITY_READ_ONLY))) return STR("Not yet");
    bool may_not_be = f->to || f->flags & (DUE | MULTILINE) || f->kind == &kind_tags || f->kind == &kind_choices ||
                      f->kind == &kind_markdown || f->kind == &kind_json || f->kind == &kind_subject_id;
    return may_not_be ? STR("None") : STR("Not known");
}

struct value_view value_in_a_line(struct values *values, const struct row *row, const struct field *field) {
    struct value_view v = value_view(values, row, field, VALUE_SHORT);
    struct arena *arena = values->ctx->arena;
    if (v.look == LOOK_TEXT && (field->kind == &kind_int || field->kind == &kind_decimal))
        v.text = str_printf(arena, "%.*s %.*s", STR_ARG(lang_str(arena, field->label)), STR_ARG(v.text));
    if (v.look == LOOK_YES) v.text = lang_str(arena, field->label);
    if (v.look == LOOK_YES || v.look == LOOK_NO) v.look = v.look == LOOK_YES ? LOOK_TEXT : LOOK_NONE;
    return v;
}

struct value_view value_view(struct values *values, const struct row *row, const struct field *field, enum value_length length) {
    struct ctx *ctx = values->ctx;
    struct value value = row->values[field->index];
    const struct kind *kind = field->kind;
    struct value_view v = {
        .look = LOOK_NONE, .text = nothing(field), .numeric = value_is_figure(field), .when = "", .hue = "gray"};
    if (value_is_null(value) || (value.type == VALUE_TEXT && !value.text.len)) return v;
    if (kind == &kind_ref || kind == &kind_file) reference_view(&v, values, row, field);
    else if (kind == &kind_subject_id) subject_view(&v, values, row, field);
    else if (kind == &kind_time || kind == &kind_date) time_view(&v, values, row, field, value);
    else if (kind == &kind_tags || kind == &kind_choices)
        tags_view(&v, ctx, field, value);
    else if (kind == &kind_bool) {
        v.look = value.integer ? LOOK_YES : LOOK_NO;
        v.text = value.integer ? STR("Yes") : STR("No");
    }
    else {
        text_view(&v, values, row, field, value, length);
        if (value_is_subject(field)) subject_view(&v, values, row, field);
        if (kind == &kind_email || kind == &kind_phone || kind == &kind_url) address_view(&v, ctx, field, value);
        if (kind == &kind_choice && field->decl->hues) {
            v.look = LOOK_STATUS;
            v.hue = value_choice_hue(field, value.text);
        }
    }
    return v;
}

#define TITLE_PARTS 2
#define TITLE_LONGEST 80

struct str value_title(struct values *values, const struct row *row) {
    struct arena *arena = values->ctx->arena;
    const struct field *title = row->entity->title;
    if ((title && !value_is_null(row->values[title->index])) || row->untitled.len) return row_title(arena, row);
    struct str rest = str_of(row->entity->decl->list), word;
    struct buf b = buf_new(arena, 64);
    for (int parts = 0; parts < TITLE_PARTS && str_word(&rest, &word);) {
        const struct field *f = entity_field(row->entity, word);
        struct value_view v = {.look = LOOK_NONE};
        if (f) v = value_in_a_line(values, row, f);
        if (v.look == LOOK_NONE || v.look == LOOK_TAGS || !v.text.len) continue;
        bool fits = b.len + v.text.len <= TITLE_LONGEST;
        if (!fits && parts > 0) break;
        if (parts++ > 0) buf_lit(&b, ", ");
        buf_add(&b, fits ? v.text : utf8_prefix(v.text, TITLE_LONGEST));
        if (!fits) buf_lit(&b, "…");
    }
    return b.len ? buf_str(&b) : row_title(arena, row);
}
