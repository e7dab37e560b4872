/* repo_check.h - what must hold of a record before it is written; used by repo.c only. */
#ifndef CORE_REPO_CHECK_H
#define CORE_REPO_CHECK_H

#include "core/repo.h"

/* REQUIRED fields have a value, and one of those of which there must be any; fields
 * that already have an error are not told twice. */
bool repo_check_required(struct ctx *ctx, const struct change *change);
/* IMMUTABLE fields did not change. */
bool repo_check_immutable(struct ctx *ctx, const struct change *change);
/* Changed references point to live rows that the actor may read; subjects too. */
bool repo_check_references(struct ctx *ctx, const struct change *change);
/* Currencies exist, and an amount that stays does not become another one because its currency counts other digits. */
bool repo_check_money(struct ctx *ctx, const struct change *change);
/* After the database refused a duplicate: which unique key, told by its fields. */
bool repo_tell_duplicate(struct ctx *ctx, const struct change *change);

#endif
