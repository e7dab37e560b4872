/* row.c - records in memory: values by name, titles, and their JSON form. */
#include "core/row.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/custom.h"

struct row *row_new(struct arena *arena, const struct entity *entity) {
    struct row *row = arena_alloc(arena, sizeof *row);
    row->entity = entity;
    row->values = arena_array(arena, struct value, (size_t)entity->field_count);
    return row;
}

struct row *row_copy(struct arena *arena, const struct row *from) {
    struct row *row = row_new(arena, from->entity);
    size_t n = (size_t)from->entity->field_count;
    if (from->titles) row->titles = arena_array(arena, struct str, n);
    for (size_t i = 0; i < n; i++) {
        row->values[i] = from->values[i];
        if (from->values[i].type == VALUE_TEXT) row->values[i].text = str_dup(arena, from->values[i].text);
        if (from->titles && from->titles[i].len) row->titles[i] = str_dup(arena, from->titles[i]);
    }
    if (from->untitled.len) row->untitled = str_dup(arena, from->untitled);
    return row;
}

/* Unknown names are our own mistakes: lint finds literals, this finds the rest. */
static int index_of(const struct row *row, const char *name) {
    const struct field *f = entity_field(row->entity, str_of(name));
    if (!f) {
        fprintf(stderr, "%s has no field '%s'\n", row->entity->decl->name, name);
        abort();
    }
    return f->index;
}

struct value row_get(const struct row *row, const char *name) { return row->values[index_of(row, name)]; }

struct str row_text(const struct row *row, const char *name) {
    struct value v = row_get(row, name);
    return v.type == VALUE_TEXT ? v.text : STR("");
}

int64_t row_int(const struct row *row, const char *name) {
    struct value v = row_get(row, name);
    return v.type == VALUE_INT ? v.integer : 0;
}

bool row_bool(const struct row *row, const char *name) { return row_int(row, name) != 0; }
bool row_null(const struct row *row, const char *name) { return value_is_null(row_get(row, name)); }
void row_set(struct row *row, const char *name, struct value value) { row->values[index_of(row, name)] = value; }
void row_set_text(struct row *row, const char *name, struct str text) { row_set(row, name, value_text(text)); }
void row_set_int(struct row *row, const char *name, int64_t integer) { row_set(row, name, value_int(integer)); }

struct str row_untitled(struct arena *arena, const struct entity *entity, struct str whom) {
    return lang_printf(arena, "%s for %.*s", entity->decl->untitled, STR_ARG(whom));
}

struct str row_title(struct arena *arena, const struct row *row) {
    const struct field *f = row->entity->title;
    if (f && row->titles && row->titles[f->index].len) return row->titles[f->index];
    if (f && f->kind == &kind_phone && !value_is_null(row->values[f->index])) { /* as people read it, in groups */
        struct buf b = buf_new(arena, 32);
        kind_to_display(&b, f, NULL, row->values[f->index]);
        return buf_str(&b);
    }
    if (f && row->values[f->index].type == VALUE_TEXT && row->values[f->index].text.len)
        return entity_known(row->entity, row->values[f->index].text);
    if (row->untitled.len) return row_untitled(arena, row->entity, row->untitled);
    return str_printf(arena, "%s %lld", lang_cstr(arena, row->entity->decl->one), (long long)row_id(row));
}

struct kind_env row_env(const struct kind_env *env, const struct row *row, const struct field *field) {
    struct kind_env own = *env;
    if (field->kind == &kind_money && field->pair && row->values[field->pair->index].type == VALUE_TEXT)
        own.currency = row->values[field->pair->index].text;
    return own;
}

static void json_value(struct buf *b, const struct kind_env *env, const struct row *row, const struct field *field) {
    struct value v = row->values[field->index];
    if (value_is_null(v)) buf_lit(b, "null");
    else if (!field->kind->to_json && v.type == VALUE_INT) buf_int(b, v.integer);
    else if (field->kind == &kind_money) {
        struct kind_env own = row_env(env, row, field);
        kind_to_json(b, field, &own, v);
    } else kind_to_json(b, field, env, v);
}

void row_json_field(struct buf *b, const struct kind_env *env, const struct row *row, const struct field *field) {
    buf_add(b, field->json_key);
    json_value(b, env, row, field);
}

/* Custom fields stand by their names in an object of their own. Where there are none, only who declares it has the object. */
static bool custom_shown(const struct entity *entity, const struct field_set *only) {
    if (entity->custom < 0) return false;
    if (!only) return entity->custom_count || !(entity->fields[entity->custom].flags & IMPLICIT);
    bool any = field_set_has(only, entity->custom);
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++) any = any || field_set_has(only, i);
    return any;
}

static void custom_json(struct buf *b, const struct kind_env *env, const struct row *row, const struct field_set *only) {
    const struct entity *entity = row->entity;
    bool first = true;
    buf_lit(b, "\"custom_fields\":");
    for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++) {
        const struct field *f = &entity->fields[i];
        if (only && !field_set_has(only, i)) continue;
        buf_cstr(b, first ? "{" : ",");
        first = false;
        buf_json(b, custom_name(f));
        buf_char(b, ':');
        json_value(b, env, row, f);
    }
    if (first) buf_lit(b, "null");
    else buf_char(b, '}');
}

void row_json(struct buf *b, const struct kind_env *env, const struct row *row, const struct field_set *only) {
    const struct entity *entity = row->entity;
    buf_char(b, '{');
    bool first = true;
    for (int i = 0; i < entity->field_count - entity->custom_count; i++) {
        const struct field *f = &entity->fields[i];
        if (!f->stored || (f->flags & HIDDEN) || (only && !field_set_has(only, i))) continue;
        if (!first) buf_char(b, ',');
        first = false;
        row_json_field(b, env, row, f);
    }
    if (custom_shown(entity, only)) {
        if (!first) buf_char(b, ',');
        custom_json(b, env, row, only);
    }
    buf_char(b, '}');
}

bool change_touches(const struct change *change, const char *name) {
    int i = index_of(change->row, name);
    if (!change->old) return !value_is_null(change->row->values[i]);
    return !value_eq(change->old->values[i], change->row->values[i]);
}

bool change_given(const struct change *change, const char *name) {
    return field_set_has(&change->given, index_of(change->row, name));
}

void change_refer(struct change *change, const char *name, int64_t id) {
    row_set_int(change->row, name, id);
    field_set_add(&change->known, index_of(change->row, name));
}
