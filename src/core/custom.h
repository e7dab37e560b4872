/* custom.h - fields that a company adds to its records.
 *
 * What says so is a row of `custom_fields` (app/core/custom_field.c). From these rows a company's own form of an entity is
 * derived: the same `struct entity` with fields more at its end, each of an ordinary kind. So lists, filters, sorts, forms,
 * imports, exports, search, audit and the API work by them as by declared fields, and know nothing of them. `query_new` and
 * `repo_input` take that form, and a request's route has it; everything else meets it in `row->entity`. Two forms of one entity
 * are two pointers: what asks whether two are the same compares their `index`.
 *
 * A custom field is called "cf_" and its name, which no declared field may begin with: what Tenon comes to have itself never
 * takes the name of what a company added. The API answers and takes it as member of an object `custom_fields`, by its name alone.
 *
 * Its values are kept in one JSON column of the record, {"ID":VALUE}, as their kind stores them. The key is the id of the row
 * that says so: who removes a field and adds another of the same name gets an empty one, and who restores the first
 * finds its values where they were. Members that are no field's now are carried along by every save.
 *
 * Fields that are filtered fast are in an index (custom_index.h), and texts in the search. What a change of a definition asks of
 * the records that are there already - to fill the index or empty it, to find by a field's words or not - is done in steps, each
 * a write of its own, by a thread of the server that goes on where it was after a kill (custom_prepare.h); `preparing` of the
 * definition says so until it is done.
 *
 * The definitions travel with the actor: what changes them drops the actors that are kept (ENTITY_ACCESS), and other servers
 * see it within ACTOR_MAX_AGE_MS. Jobs, whose actor is the system, read them when they first need them. A company without custom
 * fields pays one comparison.
 */
#ifndef CORE_CUSTOM_H
#define CORE_CUSTOM_H

#include "core/ctx.h"
#include "core/row.h"

#define CUSTOM_PREFIX "cf_"
#define CUSTOM_DIGITS_MOST 6 /* of a number, after the point */
#define CUSTOM_TEXT_MOST 1000

/* One of them as it is kept with an actor. */
struct custom_field {
    int64_t id;
    int entity;                                                   /* index in the registry */
    struct str name, label, kind, choices, target, help, section; /* choices: one a line */
    int digits;
    bool required, filterable, in_list;
    bool unready; /* the index of it is being filled or emptied */
};
struct custom_fields {
    struct custom_field *at; /* in the order in which they are shown */
    int count;
};

/* What the company of ctx has added, by position; false with an error where it cannot be read. */
bool custom_load(struct ctx *ctx, struct custom_fields *all);
/* The company's own form of an entity; the entity itself where it has none. Lives as long as ctx. */
const struct entity *custom_entity(struct ctx *ctx, const struct entity *entity);
/* What ctx knows of them is no longer so: a definition was saved in its write. */
void custom_forget(struct ctx *ctx);
/* A row that was read in the entity's form, in that of the company whose it is: the same one where that has none. */
struct row *custom_row(struct ctx *ctx, int64_t tenant_id, struct row *row);
/* The name without the prefix. */
static inline struct str custom_name(const struct field *f) { return str_slice(f->name, sizeof CUSTOM_PREFIX - 1, f->name.len); }

/* Takes the values out of the row's column; those that need no unescaping point into it. */
void custom_read(struct arena *arena, struct row *row);
/* What the row's column holds for a field that may be none now; null where it holds nothing. */
struct value custom_member(struct arena *arena, const struct row *row, int64_t field);
/* Puts them back, where the change is about them; false with an error where they are too long together. */
bool custom_write(struct ctx *ctx, struct change *change);
/* What is required is asked of people who add a record or empty the field: older records and rules need not have it. */
bool custom_may_lack(const struct ctx *ctx, const struct change *change, const struct field *f);

#endif
