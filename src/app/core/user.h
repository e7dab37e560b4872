/* user.h - what other entities ask about users. */
#ifndef APP_CORE_USER_H
#define APP_CORE_USER_H

#include "core/ctx.h"

/* Whether they have the role tenant_admin. */
bool user_is_admin(struct ctx *ctx, int64_t user_id);
/* How many active administrators there are beside this user. */
int64_t user_other_admins(struct ctx *ctx, int64_t user_id);

#endif
