/* kind.h - a kind of field is one vtable in one file (kind_money.c ...): how it is stored, read, checked, shown and filtered.
 *
 * A stored value is nothing, an integer or a text (struct value). Input from outside arrives as text (a form, a CSV cell, a
 * query) or as JSON; `parse` and `from_json` turn it into a value or report what is wrong with it. NULL members take the
 * default that is written beside them.
 */
#ifndef CORE_KIND_H
#define CORE_KIND_H

#include "base/buf.h"
#include "base/errors.h"
#include "base/json.h"
#include "base/value.h"
#include "core/entity.h"
#include "core/fiscal.h"

/* Comparisons that a filter may ask for. */
enum op {
    OP_EQ, OP_NE, OP_LT, OP_LTE, OP_GT, OP_GTE,
    OP_IN,        /* any of, comma-separated */
    OP_CONTAINS,  /* text within, ignoring ASCII case */
    OP_STARTS,
    OP_HAS,       /* tags, multi-choice: has this one */
    OP_WITHIN,    /* a span of time by its word: this_week (when.h) */
    OP_NULL,      /* true: has no value; false: has one */
    OP_COUNT
};
#define OPS(o) (1u << (o))

/* How people want to read days, numbers and weeks: 31 Dec 2026, 1,234.50 and from Monday on unless they say otherwise. */
enum date_look { DATE_WORDS, DATE_DAY_FIRST, DATE_MONTH_FIRST, DATE_YEAR_FIRST };
enum number_look { NUMBER_COMMAS, NUMBER_DOTS, NUMBER_SPACES };
enum week_look { WEEK_MONDAY, WEEK_SUNDAY, WEEK_SATURDAY };

/* What a kind needs to know of the request beyond the field. */
struct kind_env {
    struct arena *arena;
    int64_t now;              /* ms */
    int64_t me;               /* the user, 0 none */
    struct str country;       /* the tenant's, for phone numbers without +: "AU" */
    struct str currency;      /* of the record, for money; else the tenant's */
    const struct zone *zone;  /* the tenant's, for times without an offset */
    struct fiscal fiscal;     /* the tenant's year */
    enum date_look date_look;
    enum number_look number_look;
    enum week_look week_look;
};

struct kind {
    const char *name;         /* "money" */
    const char *stored;       /* "integer" or "text" */
    unsigned ops;             /* OPS(...) it can be filtered by; OP_NULL is always possible */
    bool sortable;
    bool searchable;          /* its text may be indexed for search */
    const char *align;        /* "num" for right-aligned columns, else NULL */
    const char *input;        /* the form control: "text", "textarea", "email", "tel", "url", "number", "date", "datetime-local",
                                 "select", "checkboxes", "checkbox", "ref", "tags", "file", "color", "password", "json" */
    /* Text to value; the text is valid UTF-8, trimmed by the caller where the kind is not a text, and not empty (empty is NULL).
     * False with an error on field->name. */
    bool (*parse)(const struct field *field, const struct kind_env *env, struct str text, struct value *out,
                  struct errors *errors);
    /* JSON to value; JSON null is handled by the caller. NULL: strings (and numbers for "integer" kinds) go through parse. */
    bool (*from_json)(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                      struct errors *errors);
    /* The value as JSON; never called with NULL. NULL: integers as numbers, texts as strings. */
    void (*to_json)(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
    /* The value as text that parse takes back: forms, CSV. NULL: integer in decimal, text as it is. */
    void (*to_text)(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
    /* The value for a person to read, in their zone. NULL: to_text. Not HTML. */
    void (*to_display)(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
    /* The value that the form control takes; parse takes it back. NULL: to_text. A datetime-local shows the zone's wall clock. */
    void (*to_input)(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
    /* An OpenAPI/JSON Schema fragment without braces: "\"type\":\"string\",\"format\":\"email\"". NULL: by `stored`. */
    void (*schema)(struct buf *b, const struct field *field);
};
static inline bool kind_is_text(const struct kind *kind) { return kind->stored[0] == 't'; }

/* The dispatchers that apply the defaults; `value` may be NULL for to_* (JSON null, empty text). */
bool kind_parse(const struct field *field, const struct kind_env *env, struct str text, struct value *out, struct errors *errors);
bool kind_from_json(const struct field *field, const struct kind_env *env, const struct json *json, struct value *out,
                    struct errors *errors);
/* True where a stored value (not NULL) is one that the kind would store for this field; false with an error on its name. */
bool kind_holds(const struct field *field, const struct kind_env *env, struct value value, struct errors *errors);
void kind_to_json(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
void kind_to_text(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
void kind_to_input(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
void kind_to_display(struct buf *b, const struct field *field, const struct kind_env *env, struct value value);
void kind_schema(struct buf *b, const struct field *field);
/* The kind of that name, or NULL; and all of them: `for (int i = 0; (kind = kind_at(i)); i++)`. */
const struct kind *kind_find(struct str name);
const struct kind *kind_at(int index);

#endif
