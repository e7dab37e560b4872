/* apart.h - records that cannot be at the same time where they share something (entity.h, .apart): two bookings of a unit, a
 * truck on two journeys. */
#ifndef CORE_APART_H
#define CORE_APART_H

#include "core/ctx.h"
#include "core/row.h"

/* After `change` was written: false with a 409 that names what clashes with it. */
bool apart_check(struct ctx *ctx, const struct change *change);

#endif
