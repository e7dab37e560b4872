/* registry.h - every entity there is, in one table that the build gathers from the sources. */
#ifndef CORE_REGISTRY_H
#define CORE_REGISTRY_H

#include "base/buf.h"
#include "base/errors.h"
#include "core/entity.h"

/* Derives all entities from their declarations and checks them (names, references, word lists). Call once, before any
 * thread starts; false with one error for each fault. Process lifetime. */
bool registry_init(struct errors *errors);
/* The same for other declarations than the program's, in place of what was there: for tests of the registry itself. */
bool registry_take(const struct entity_decl *const *decls, int count, struct errors *errors);
int registry_count(void);
const struct entity *registry_at(int index);
/* NULL where there is none. */
const struct entity *registry_find(struct str name);
/* Aborts where there is none: for names written in our own sources, which lint has checked. */
const struct entity *registry_get(const char *name);
/* Fields elsewhere that point here: `for (int i = 0; (f = registry_referrer(entity, i)); i++)`. */
const struct field *registry_referrer(const struct entity *entity, int i);
/* The contract's `tenon schema --json`. */
void registry_schema_json(struct buf *b);

/* Generated: the declarations in order of their names. */
extern const struct entity_decl *const registry_decls[];
extern const int registry_decl_count;

#endif
