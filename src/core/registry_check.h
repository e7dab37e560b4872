/* registry_check.h - what a declaration must not say, beyond names that do not exist; used by registry.c only. */
#ifndef CORE_REGISTRY_CHECK_H
#define CORE_REGISTRY_CHECK_H

#include "base/errors.h"
#include "core/entity.h"

/* Always false: adds "entity: what 'name'". */
bool registry_fault(struct errors *errors, const struct entity *entity, const char *what, struct str name);
/* One error for each contradiction; the names in it are resolved. */
void registry_check(const struct entity *entity, struct errors *errors);

#endif
