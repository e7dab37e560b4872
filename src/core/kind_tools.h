/* kind_tools.h - what the kinds of field share with each other: refusals, limits, numbers as people write them, lists.
 *
 * For kind_*.c (and the importer's dates); everybody else speaks to kind.h. Each refusal is status 422 on the field's name.
 */
#ifndef CORE_KIND_TOOLS_H
#define CORE_KIND_TOOLS_H

#include "base/decimal.h"
#include "base/timefmt.h"
#include "core/kind.h"

/* Integers beyond this are not exact in every JSON reader. */
#define KIND_EXACT_MAX INT64_C(9007199254740991)

/* `return kind_refuse(errors, field, "too_long", "At most %d ...", n);` */
#define kind_refuse(errors, field, code, ...) errors_add((errors), 422, (code), (field)->decl->name, __VA_ARGS__)

/* Length in characters against the field's own limits, else 0 to `most`: codes too_short and too_long. */
bool kind_check_length(const struct field *field, struct str text, int64_t most, struct errors *errors);
int64_t kind_longest(const struct field *field, int64_t most);
/* No control characters but a tab: code control_character; no line breaks: code line_break. */
bool kind_check_line(const struct field *field, struct str text, struct errors *errors);

/* Which of the field's limits count; false where it has none and `least` and `most` stay as given. */
bool kind_limits(const struct field *field, int64_t *least, int64_t *most);
/* The value against the field's limits, else `least` to `most`: codes too_small and too_large, naming the limit as it reads. */
bool kind_check_range(const struct field *field, const struct kind_env *env, int64_t value, int64_t least, int64_t most,
                      struct errors *errors);
/* A number as people write it: "1,234.50" with groups of three where they cannot be taken for decimals, `digits` after the point.
 * Reports not_a_number, too_precise and too_large. */
bool kind_read_number(const struct field *field, const struct kind_env *env, struct str text, int digits, int64_t *out,
                      struct errors *errors);
/* A JSON number as plain decimal text, exponents written out: 1e-05 -> 0.00001. */
struct str kind_number_text(struct arena *arena, const struct json *json);
/* "1,234.50" without zeros at the end: "1,234.5". */
void kind_write_short(struct buf *b, const struct kind_env *env, int64_t value, int scale);

/* A word of ours for a person: "in_progress" -> "In progress". */
void kind_write_human(struct buf *b, struct str word);
/* The same of a field's choice; those that people made themselves are theirs in every language. */
void kind_write_choice(struct buf *b, const struct field *field, struct str word);
/* An exact number with its groups, as the person reads numbers. */
void kind_write_number(struct buf *b, const struct kind_env *env, int64_t value, int scale, int digits);
/* "12 Nov 2026", or as the person reads dates; in words the year is left out where it is that of env->now in env->zone. */
void kind_write_day(struct buf *b, const struct kind_env *env, struct civil day);
/* Milliseconds as the wall clock of env->zone shows them, and back; UTC where there is no zone. */
int64_t kind_to_wall(const struct kind_env *env, int64_t ms);
int64_t kind_from_wall(const struct kind_env *env, int64_t wall);
/* A moment by RFC 3339, by the wall clock of env->zone, or the start of a day there. */
bool kind_read_moment(const struct kind_env *env, struct str text, int64_t *ms);

/* A list of texts on its way into one JSON array, each once. Reading stops at the first item past `most`. */
struct kind_list {
    struct str *at;
    size_t count, cap, most;
    struct arena *arena;
};
bool kind_list_has(const struct kind_list *list, struct str item);
void kind_list_add(struct kind_list *list, struct str item);
/* Parts of "a, \"b, c\", d"; white space around a part and empty parts are dropped. False where a quote is left open. */
bool kind_list_split(struct kind_list *list, struct str text);
/* Strings of a JSON array: code wrong_type for everything else. */
bool kind_list_json(struct kind_list *list, const struct field *field, const struct json *json, struct errors *errors);
/* What is stored: `["a","b"]`; NULL for an empty list. And back. */
struct value kind_list_value(const struct kind_list *list);
void kind_list_read(struct kind_list *list, struct value value);
/* For to_text: "a, \"b, c\"". */
void kind_list_write(struct buf *b, const struct kind_list *list);

/* to_json of a value that is JSON already. */
void kind_json_stored(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
/* from_json of kinds that are numbers in JSON: a string is refused. */
bool kind_json_number(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                      struct errors *errors);
/* from_json of kinds that may be a string or an exact number. */
bool kind_json_decimal(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                       struct errors *errors);
/* References, shared by ref, subject_id and file. */
bool kind_ref_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                    struct errors *errors);
bool kind_ref_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                        struct errors *errors);
void kind_ref_schema(struct buf *b, const struct field *field);

/* Words of a refusal or a schema: `a, b, c` and `"a","b"` of the choices; index of one, -1 where it is none. */
struct str kind_choice_names(struct arena *arena, const struct field *field);
void kind_choice_enum(struct buf *b, const struct field *field);
int kind_choice_index(const struct field *field, struct str word);

#endif
