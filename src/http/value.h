/* value.h - one field of a record as a person reads it in a page: with its link, hue, avatar, machine-readable time.
 *
 * Templates write it with {% call value(v) %}. Lists are short (no cents, one line of Markdown), record pages full.
 *
 *     struct values values = values_new(req);                  // remembers hues and names of states for this request
 *     struct value_view v = value_view(&values, row, field, VALUE_SHORT);
 *     tpl_value(b, &v);
 */
#ifndef HTTP_VALUE_H
#define HTTP_VALUE_H

#include "core/query.h"
#include "http/http.h"
#include "http/mention.h"
#include "http/page.h"

enum value_length {
    VALUE_SHORT, /* one line, no cents */
    VALUE_LINE,  /* one line, with cents */
    VALUE_FULL,
};
enum value_look {
    LOOK_NONE,   /* text says how: "None", "Not known", "Not yet" */
    LOOK_TEXT,
    LOOK_LINK,   /* href: our own record, or a mail, phone or web address */
    LOOK_PERSON, /* with avatar */
    LOOK_STATUS, /* with hue */
    LOOK_TIME,   /* machine: what <time datetime> says, full: its title, late or soon */
    LOOK_YES,
    LOOK_NO,
    LOOK_TAGS,
    LOOK_HTML,   /* rendered Markdown */
};

struct value_view {
    enum value_look look;
    struct str text, href, machine, full;
    struct html html;
    const char *hue;
    bool numeric, external;
    const char *when;            /* "late", "today" (or soon, of what expires) or "" */
    const struct str *tags;
    size_t tag_count;
};

struct value_state {
    int64_t id;
    struct str title;
    const char *hue;
    int64_t position;
    bool closed; /* nobody works on records in it any more */
};
struct value_states {
    const struct entity *entity;
    struct value_state *at;
    int count;
    struct query *query; /* NULL: they were read */
    struct value_states *next;
};
/* Titles of the records that a list's rows are about, read together. */
struct value_subjects {
    const struct entity *entity;
    struct rows rows;
    struct value_subjects *next;
};
struct values {
    struct ctx *ctx;
    struct value_states *states;
    struct value_subjects *subjects;
    struct mentions mentions;
};

struct values values_new(struct request *req);
/* An amount without its cents: lists leave them out, documents and records keep them. */
struct str value_short_money(const struct kind_env *env, struct str text);
struct value_view value_view(struct values *values, const struct row *row, const struct field *field, enum value_length length);
/* Short, among others without headings: a bare number is named, and of a yes or no only a yes is told. */
struct value_view value_in_a_line(struct values *values, const struct row *row, const struct field *field);
/* What a page calls a record: its title or, of what has none, what its list begins with ("Red crew, Abel Tadesse"). */
struct str value_title(struct values *values, const struct row *row);
/* It is the number of a record that another field names the entity of: an F_SUBJECT_ID, or of an audit entry. */
bool value_is_subject(const struct field *field);
/* It is read as a number, so it stands to the right in a table. */
bool value_is_figure(const struct field *field);
/* Reads the titles of all that such a `field` points to in these rows: one statement for each entity. */
void values_subjects(struct values *values, const struct rows *rows, const struct field *field);
/* What is over is never late: it has been completed, or its state is one in which nobody works on it. */
bool value_over(struct values *values, const struct row *row);
/* Adds what a query must read for the field to be shown: some values are told by others. */
void value_needs(const struct field *field, struct field_set *fields);
/* The company keeps a short, ordered list of them in its settings: they stand for states. The stages of a development, the steps
 * of a job have an order too, but are records with pages of their own. */
bool value_is_state(const struct entity *entity);
/* The rows of such an entity, in their order; NULL of any other. Read once a request. */
const struct value_states *values_states(struct values *values, const struct entity *entity);
/* Asks for them ahead (db_ahead). */
void values_states_ahead(struct values *values, const struct entity *entity);
const struct value_state *values_state(struct values *values, const struct entity *entity, int64_t id);
/* The hue of one choice of a field; "gray" where none is declared. */
const char *value_choice_hue(const struct field *field, struct str choice);

#endif
