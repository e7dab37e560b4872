/* kind.c - the kinds of field: the table of all, and the defaults that a kind may leave out (kind.h). */
#include "core/kind.h"

#include "base/utf8.h"
#include "core/kind_tools.h"

static const struct kind *const kind_all[] = {
    &kind_text,  &kind_markdown, &kind_email, &kind_phone, &kind_url,          &kind_int,        &kind_decimal, &kind_percent,
    &kind_money, &kind_bool,     &kind_date,  &kind_time,  &kind_duration,     &kind_choice,     &kind_choices, &kind_ref,
    &kind_file,  &kind_json,     &kind_tags,  &kind_color, &kind_subject_type, &kind_subject_id, &kind_secret,
};

const struct kind *kind_at(int index) {
    return index >= 0 && index < (int)(sizeof kind_all / sizeof *kind_all) ? kind_all[index] : NULL;
}

const struct kind *kind_find(struct str name) {
    const struct kind *kind;
    for (int i = 0; (kind = kind_at(i)); i++) {
        if (str_eqc(name, kind->name)) return kind;
    }
    return NULL;
}

/* White space at the ends belongs to a person's text and to a password; of everything else it is an accident of typing. */
static bool kind_keeps_space(const struct kind *kind) {
    return kind == &kind_text || kind == &kind_markdown || kind == &kind_secret;
}

bool kind_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                struct errors *errors) {
    *out = VALUE_NONE;
    if (!kind_keeps_space(field->kind)) text = str_trim(text);
    if (text.len == 0) return true;
    if (!utf8_valid(text))
        return kind_refuse(errors, field, "invalid_text", "Enter text in UTF-8; some of this is not readable.");
    if (str_index(text, '\0') >= 0) return kind_refuse(errors, field, "control_character", "Remove the NUL character.");
    return field->kind->parse(field, env, text, out, errors);
}

bool kind_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                    struct errors *errors) {
    *out = VALUE_NONE;
    enum json_type type = json_type(json);
    if (type == JSON_T_NULL || type == JSON_T_NONE) return true;
    if (field->kind->from_json) return field->kind->from_json(field, env, json, out, errors);
    if (type == JSON_T_STRING) return kind_parse(field, env, json_text(json), out, errors);
    if (!kind_is_text(field->kind) && (type == JSON_T_INT || type == JSON_T_REAL)) {
        return kind_parse(field, env, kind_number_text(env->arena, json), out, errors);
    }
    return kind_refuse(errors, field, "wrong_type", "Send a JSON string.");
}

void kind_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    if (value_is_null(value)) {
        buf_lit(b, "null");
    } else if (field->kind->to_json) {
        field->kind->to_json(b, field, env, value);
    } else if (value.type == VALUE_INT) {
        buf_int(b, value.integer);
    } else {
        buf_json(b, value.text);
    }
}

void kind_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    if (value_is_null(value)) return;
    if (field->kind->to_text) {
        field->kind->to_text(b, field, env, value);
    } else if (value.type == VALUE_INT) {
        buf_int(b, value.integer);
    } else {
        buf_add(b, value.text);
    }
}

void kind_to_input(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    if (value_is_null(value)) return;
    if (field->kind->to_input) {
        field->kind->to_input(b, field, env, value);
    } else {
        kind_to_text(b, field, env, value);
    }
}

void kind_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    if (value_is_null(value)) return;
    if (field->kind->to_display) {
        field->kind->to_display(b, field, env, value);
    } else {
        kind_to_text(b, field, env, value);
    }
}

void kind_schema(struct buf *b, const struct field *field) {
    if (field->kind->schema) {
        field->kind->schema(b, field);
    } else {
        buf_cstr(b, kind_is_text(field->kind) ? "\"type\":\"string\"" : "\"type\":\"integer\"");
    }
}

bool kind_holds(const struct field *field, const struct kind_env *env, struct value value, struct errors *errors) {
    bool integer = !kind_is_text(field->kind);
    if (value.type != (integer ? VALUE_INT : VALUE_TEXT))
        return kind_refuse(errors, field, "wrong_type", integer ? "A text stands there." : "A number stands there.");
    if (field->kind == &kind_secret)
        return value.integer > 0 || kind_refuse(errors, field, "wrong_type", "It names no sealed value.");
    struct buf text = buf_new(env->arena, 64);
    struct value again;
    kind_to_text(&text, field, env, value);
    if (!kind_parse(field, env, buf_str(&text), &again, errors)) return false;
    // One JSON value may be written in several ways, and what the server itself wrote is not always the shortest; an empty text
    // is as good as none; and colours kept their capitals once.
    if (field->kind == &kind_json || value_eq(again, value)) return true;
    if (!integer && (value.text.len == 0 || (field->kind == &kind_color && str_ieq(again.text, value.text)))) return true;
    return kind_refuse(errors, field, "wrong_form", "It would not be stored in this form.");
}
