/* row.h - one record in memory: a value for each field of its entity, by name.
 *
 * Names are literals that lint checks against the entities; an unknown one aborts a debug build. Texts of a row that query_each
 * hands out point into the statement and are good only inside the callback; all others live in the arena.
 *
 *     if (str_eqc(row_text(row, "status"), "sent")) ...
 *     row_set_int(row, "score", 80);
 */
#ifndef CORE_ROW_H
#define CORE_ROW_H

#include "core/kind.h"

struct row {
    const struct entity *entity;
    struct value *values;      /* by field index */
    struct str untitled;       /* whom it is for, where it has no title of its own (entity_decl's untitled_by) */
    struct str *titles;        /* of references, by field index; NULL unless the query asked; empty where gone */
};

struct row *row_new(struct arena *arena, const struct entity *entity);
struct row *row_copy(struct arena *arena, const struct row *row);
struct value row_get(const struct row *row, const char *name);
struct str row_text(const struct row *row, const char *name);  /* empty where NULL */
int64_t row_int(const struct row *row, const char *name);      /* 0 where NULL */
bool row_bool(const struct row *row, const char *name);
bool row_null(const struct row *row, const char *name);
void row_set(struct row *row, const char *name, struct value value);
void row_set_text(struct row *row, const char *name, struct str text);
void row_set_int(struct row *row, const char *name, int64_t integer);
static inline int64_t row_id(const struct row *row) { return row->values[row->entity->id].integer; }
/* What names it to a person; where its title is empty "Draft for Fernhill Ltd", or "Lead 123". */
struct str row_title(struct arena *arena, const struct row *row);
/* "Draft for Fernhill Ltd" */
struct str row_untitled(struct arena *arena, const struct entity *entity, struct str whom);

/* `env` with the currency of this record, for money fields. */
struct kind_env row_env(const struct kind_env *env, const struct row *row, const struct field *field);
/* {"id":..,...}: stored fields that are not HIDDEN; `only` (may be NULL) limits them. row_json_field writes one "name":value. */
void row_json(struct buf *b, const struct kind_env *env, const struct row *row, const struct field_set *only);
void row_json_field(struct buf *b, const struct kind_env *env, const struct row *row, const struct field *field);

/* One record on its way to the database. */
struct change {
    const struct entity *entity;
    struct row *old;               /* as it stands; NULL at creation */
    struct row *row;               /* as it will be; rules may change it */
    struct field_set given;        /* fields that the request set */
    struct field_set known;        /* references to what a rule has just read: nobody need look whether it is there */
    const struct action_decl *action; /* running action, or NULL */
    bool deleting, restoring, importing, undoing;
    bool together;                /* deleted or restored because what it hangs on is */
    const struct row *whole;      /* of which it is a line, once one asked (rest.h) */
};
/* True at creation for every field that has a value. */
bool change_touches(const struct change *change, const char *name);
bool change_given(const struct change *change, const char *name);
/* A rule sets a reference to a record that it has just read. */
void change_refer(struct change *change, const char *name, int64_t id);

#endif
