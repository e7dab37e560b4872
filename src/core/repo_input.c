/* repo_input.c - what a request wants to set: known, writable, well-formed, or an error by the field's name. */
#include "core/custom.h"
#include "core/repo.h"

struct repo_input repo_input(struct ctx *ctx, const struct entity *entity, int64_t id) {
    struct repo_input in = {.ctx = ctx, .entity = custom_entity(ctx, entity), .env = ctx->env};
    in.values = arena_array(ctx->arena, struct value, (size_t)in.entity->field_count);
    const struct field *currency = entity_field(entity, STR("currency"));
    if (!id || !currency) return in;
    struct query *q = query_new(ctx, entity);
    field_set_add(&q->fields, currency->index);
    const struct row *row = query_one_of(q, id);
    if (row && !value_is_null(row->values[currency->index])) in.env.currency = row->values[currency->index].text;
    return in;
}

/* The field, where this input may set it; else NULL with an error. */
static const struct field *writable(struct repo_input *in, struct str name) {
    struct errors *errors = &in->ctx->errors;
    const struct field *f = entity_field(in->entity, name);
    if (!f || ((f->flags & HIDDEN) && !in->trusted)) {
        errors_add(errors, 422, "unknown_field", str_cstr(in->ctx->arena, name), "%s have no field '%.*s'.",
                   in->entity->decl->many, STR_ARG(name));
        return NULL;
    }
    if ((f->flags & READ_ONLY) && !in->trusted) {
        errors_add(errors, 422, "read_only", f->decl->name, "%s cannot be set; it changes by itself.", f->decl->label);
        return NULL;
    }
    return f;
}

static void take(struct repo_input *in, const struct field *f, struct value value) {
    in->values[f->index] = value;
    field_set_add(&in->given, f->index);
    if (str_eqc(f->name, "currency")) in->env.currency = value.type == VALUE_TEXT ? value.text : in->ctx->env.currency;
}

static bool only_space(struct str s) { return str_trim(s).len == 0; }

bool repo_input_text(struct repo_input *in, struct str name, struct str text) {
    const struct field *f = writable(in, name);
    if (!f) return false;
    struct value value = VALUE_NONE;
    if (!only_space(text) && !kind_parse(f, &in->env, text, &value, &in->ctx->errors)) return false;
    take(in, f, value);
    return true;
}

static bool take_json(struct repo_input *in, struct str key, const struct json *json);

/* The object of custom fields: its keys are theirs, and null empties all of them. */
static bool take_custom(struct repo_input *in, const struct json *json) {
    const struct entity *entity = in->entity;
    if (json_type(json) == JSON_T_NULL) {
        for (int i = entity->field_count - entity->custom_count; i < entity->field_count; i++)
            take(in, &entity->fields[i], VALUE_NONE);
        return true;
    }
    if (json_type(json) != JSON_T_OBJECT)
        return errors_add(&in->ctx->errors, 422, "wrong_type", "custom_fields", "Send a JSON object of custom fields.");
    bool ok = true;
    void *at = NULL;
    struct str key;
    const struct json *value;
    while (json_next(json, &at, &key, &value))
        ok = take_json(in, str_printf(in->ctx->arena, CUSTOM_PREFIX "%.*s", STR_ARG(key)), value) && ok;
    return ok;
}

static bool take_json(struct repo_input *in, struct str key, const struct json *json) {
    if (in->entity->custom >= 0 && str_eqc(key, "custom_fields")) return take_custom(in, json);
    const struct field *f = writable(in, key);
    if (!f) return false;
    struct value value = VALUE_NONE;
    if (json_type(json) != JSON_T_NULL && !kind_from_json(f, &in->env, json, &value, &in->ctx->errors)) return false;
    if (value.type == VALUE_TEXT && only_space(value.text)) value = VALUE_NONE;
    take(in, f, value);
    return true;
}

bool repo_input_json(struct repo_input *in, const struct json *object) {
    if (json_type(object) != JSON_T_OBJECT)
        return errors_add(&in->ctx->errors, 400, "not_an_object", NULL, "Send a JSON object with the fields to set.");
    bool ok = true;
    const struct json *currency = json_get(object, STR("currency")); /* first: it decides how the amounts read */
    if (currency) ok = take_json(in, STR("currency"), currency);
    void *at = NULL;
    struct str key;
    const struct json *value;
    while (json_next(object, &at, &key, &value))
        if (!currency || !str_eqc(key, "currency")) ok = take_json(in, key, value) && ok;
    return ok;
}

bool repo_input_value(struct repo_input *in, const char *name, struct value value) {
    const struct field *f = entity_field(in->entity, str_of(name));
    if (!f)
        return errors_add(&in->ctx->errors, 500, "unknown_field", name, "%s have no field '%s'.", in->entity->decl->many, name);
    take(in, f, value);
    return true;
}
