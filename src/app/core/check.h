/* check.h - checks of fields that several entities share. Each is true where the field has no value or did not change; else false
 * with a 422 on it. */
#ifndef APP_CORE_CHECK_H
#define APP_CORE_CHECK_H

#include "core/ctx.h"
#include "core/row.h"

/* An IANA time zone that the system knows. */
bool check_zone(struct ctx *ctx, const struct change *change, const char *field);
/* The name of an entity that is served; "*" where `all` is allowed. */
bool check_entity(struct ctx *ctx, const struct change *change, const char *field, bool all);
/* `action` is one that the entity named by `resource` has, or one of those that all have, or "*". */
bool check_permission(struct ctx *ctx, const struct change *change);
/* The change makes this record of what somebody is given: new, back again, or with another value in one of `fields` (words). */
bool check_gives(const struct change *change, const char *fields);
/* Lower-case letters, digits and `mark`, beginning with a letter. */
bool check_word(struct ctx *ctx, const struct change *change, const char *field, char mark);
/* A name of the internet: labels of letters, digits and hyphens with dots between them. */
bool check_host(struct ctx *ctx, const struct change *change, const char *field);
/* The date `to` is not before the date `from`. */
bool check_order(struct ctx *ctx, const struct change *change, const char *from, const char *to);

#endif
