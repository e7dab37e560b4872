/* repo_save.h - what repo.c and repo_delete.c share; nobody else includes it. */
#ifndef CORE_REPO_SAVE_H
#define CORE_REPO_SAVE_H

#include "core/repo.h"

/* The rest of a request as the system, on behalf of the actor: no scopes, still their name in the audit. Always ended. */
struct as_system {
    const struct actor *before;
};
struct as_system repo_as_system(struct ctx *ctx);
void repo_end_system(struct ctx *ctx, struct as_system s);
/* The record as it stands, for changing it; NULL with 403, 404 or 412. */
struct row *repo_for_change(struct ctx *ctx, const struct entity *entity, int64_t id, enum access_action action,
                            int64_t if_version);
/* Finds the records that have a flag of which only one may have it, where this one is; it itself may be among them. */
struct query *repo_flag_holders(struct ctx *ctx, const struct row *row, const char *flag);
/* Row, search words, audit, event, after_save; no checks. `verb` names it in audit and event. */
bool repo_write(struct ctx *ctx, struct change *change, const char *verb);

#endif
