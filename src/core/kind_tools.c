/* kind_tools.c - what the kinds of field share: limits, words and moments (kind_tools.h). */
#include "core/kind_tools.h"

#include "base/text.h"
#include "base/utf8.h"
#include "core/when.h"

bool kind_limits(const struct field *field, int64_t *least, int64_t *most) {
    const struct field_decl *decl = field->decl;
    if (decl->min == 0 && decl->max == 0) return false;
    *least = decl->min;
    // A minimum alone is written without a maximum, which then stands at 0 below it.
    if (decl->max >= decl->min) *most = decl->max;
    return true;
}

int64_t kind_longest(const struct field *field, int64_t most) {
    return field->decl->max > 0 ? field->decl->max : most;
}

bool kind_check_length(const struct field *field, struct str text, int64_t most, struct errors *errors) {
    int64_t length = (int64_t)utf8_length(text), longest = kind_longest(field, most);
    if (length > longest) {
        return kind_refuse(errors, field, "too_long", "Enter at most %lld characters; this has %lld.", (long long)longest,
                           (long long)length);
    }
    if (length < field->decl->min) {
        return kind_refuse(errors, field, "too_short", "Enter at least %lld characters; this has %lld.",
                           (long long)field->decl->min, (long long)length);
    }
    return true;
}

bool kind_check_line(const struct field *field, struct str text, struct errors *errors) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\n' || c == '\r') return kind_refuse(errors, field, "line_break", "Enter one line; this has a line break.");
        if ((c < 0x20 && c != '\t') || c == 0x7f) {
            return kind_refuse(errors, field, "control_character", "Remove the control character at position %zu.",
                               utf8_length(str_slice(text, 0, i)) + 1);
        }
    }
    return true;
}

static struct str kind_shown(const struct field *field, const struct kind_env *env, int64_t value) {
    struct buf b = buf_new(env->arena, 32);
    kind_to_display(&b, field, env, value_int(value));
    return buf_str(&b);
}

bool kind_check_range(const struct field *field, const struct kind_env *env, int64_t value, int64_t least, int64_t most,
                      struct errors *errors) {
    kind_limits(field, &least, &most);
    if (value < least) {
        struct str shown = kind_shown(field, env, least);
        return kind_refuse(errors, field, "too_small", "Enter %.*s or more.", STR_ARG(shown));
    }
    if (value > most) {
        struct str shown = kind_shown(field, env, most);
        return kind_refuse(errors, field, "too_large", "Enter %.*s or less.", STR_ARG(shown));
    }
    return true;
}

void kind_write_human(struct buf *b, struct str word) {
    buf_add(b, lang_word(b->arena, "choice", text_humanize(b->arena, word)));
}

void kind_write_choice(struct buf *b, const struct field *field, struct str word) {
    const char *const *choices = field->decl->choices;
    if (choices && choices[0] && !lang_is_ours(choices[0])) buf_add(b, text_humanize(b->arena, word));
    else kind_write_human(b, word);
}

void kind_write_day(struct buf *b, const struct kind_env *env, struct civil day) {
    switch (env->date_look) {
    case DATE_DAY_FIRST: buf_printf(b, "%02d/%02d/%04d", day.day, day.month, day.year); return;
    case DATE_MONTH_FIRST: buf_printf(b, "%02d/%02d/%04d", day.month, day.day, day.year); return;
    case DATE_YEAR_FIRST: buf_printf(b, "%04d-%02d-%02d", day.year, day.month, day.day); return;
    case DATE_WORDS: break;
    }
    const char *month = when_month_short(day.month);
    if (day.year == civil_from_time(kind_to_wall(env, env->now)).year)
        lang_put(b, "%d %s", day.day, month);
    else
        lang_put(b, "%d %s %d", day.day, month, day.year);
}

void kind_write_number(struct buf *b, const struct kind_env *env, int64_t value, int scale, int digits) {
    if (env->number_look == NUMBER_COMMAS) {
        buf_decimal_grouped(b, value, scale, digits);
        return;
    }
    struct buf plain = buf_new(env->arena, 32);
    buf_decimal_grouped(&plain, value, scale, digits);
    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.ptr[i];
        if (c == '.') buf_char(b, ',');
        else if (c != ',') buf_char(b, c);
        else if (env->number_look == NUMBER_DOTS) buf_char(b, '.');
        else buf_lit(b, "\u00a0");
    }
}

int64_t kind_to_wall(const struct kind_env *env, int64_t ms) {
    return zone_wall(env->zone, ms);
}

int64_t kind_from_wall(const struct kind_env *env, int64_t wall) {
    return env->zone ? zone_to_utc(env->zone, wall) : wall;
}

bool kind_read_moment(const struct kind_env *env, struct str text, int64_t *ms) {
    int64_t at, days;
    if (time_parse(text, ms)) return true;
    if (date_parse(text, &days)) {
        at = days * DAY_MS;
    } else if (!time_parse(str_printf(env->arena, "%.*sZ", STR_ARG(text)), &at) &&
               !time_parse(str_printf(env->arena, "%.*s:00Z", STR_ARG(text)), &at)) {
        return false;
    }
    at = kind_from_wall(env, at);
    if (at < TIME_MIN || at > TIME_MAX) return false;
    *ms = at;
    return true;
}

void kind_json_stored(struct buf *b, const struct field *field, const struct kind_env *env, struct value value) {
    (void)field, (void)env;
    buf_add(b, value.text);
}

int kind_choice_index(const struct field *field, struct str word) {
    const char *const *choices = field->decl->choices;
    for (int i = 0; choices[i]; i++) {
        if (str_eqc(word, choices[i])) return i;
    }
    return -1;
}

struct str kind_choice_names(struct arena *arena, const struct field *field) {
    struct buf b = buf_new(arena, 128);
    for (int i = 0; field->decl->choices[i]; i++) {
        if (i) buf_lit(&b, ", ");
        buf_cstr(&b, field->decl->choices[i]);
    }
    return buf_str(&b);
}

void kind_choice_enum(struct buf *b, const struct field *field) {
    for (int i = 0; field->decl->choices[i]; i++) {
        if (i) buf_char(b, ',');
        buf_json(b, str_of(field->decl->choices[i]));
    }
}
