/* backup_impl.h - what writing and reading a backup share; only src/core/backup*.c and restore*.c include this. */
#ifndef CORE_BACKUP_IMPL_H
#define CORE_BACKUP_IMPL_H

#include "core/backup.h"

/* A table of a backup and what is to follow at its end. */
struct backup_plan {
    const struct entity *entity;
    int64_t rows;
    struct field_set late; /* references to tables that come later, or to itself */
    bool has_late;
};
/* All entities in the order in which they are written; `plans` has registry_count() of them, with their rows counted. False where
 * required references run in a circle. */
bool backup_order(struct backup_plan *plans, int count);

/* "TENANT/ab/SHA-256 in 64 hex digits". */
bool backup_key_sound(struct str key);

#endif
