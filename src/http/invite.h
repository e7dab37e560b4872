/* invite.h - asking somebody to join the company: the invitation, the link that is handed over, its renewal and withdrawal.
 *
 * A link is good for INVITE_DAYS, once, and until it is renewed or revoked. Its token (core/token.h) is shown where it is made
 * and kept as a hash only, so a link that was lost is renewed. All of these run inside ctx_write; NULL with errors.
 *
 *     struct repo_input in = repo_input(ctx, registry_get("invitations"), 0);
 *     repo_input_text(&in, STR("email"), email);
 *     struct str token;
 *     struct row *invitation = invite_make(&in, &token);
 *     struct str link = invite_link(req, token);
 */
#ifndef HTTP_INVITE_H
#define HTTP_INVITE_H

#include "core/repo.h"
#include "http/http.h"

#define INVITE_DAYS 7

/* Who may make users and give them roles may invite them. The second adds 403 where the actor may not. */
bool invite_may(const struct actor *actor);
bool invite_check(struct ctx *ctx);
/* The role where none is chosen: the one that changes nothing; 0 where the company has no such role. */
int64_t invite_usual_role(struct ctx *ctx);

/* `in` has e-mail and, if they were given, name, role and branch; the rest is set here. */
struct row *invite_make(struct repo_input *in, struct str *token);
struct row *invite_renew(struct ctx *ctx, int64_t id, struct str *token);
struct row *invite_revoke(struct ctx *ctx, int64_t id);

/* Up to INVITE_ORPHANED it can be renewed and revoked. Orphaned: who invited is disabled or deleted, so that the link lets nobody
 * in; it does again once they are back, if its time is not over, and whoever renews it is the one who invites from then on. */
enum invite_state { INVITE_PENDING, INVITE_EXPIRED, INVITE_ORPHANED, INVITE_ACCEPTED, INVITE_REVOKED };
enum invite_state invite_state(struct ctx *ctx, const struct row *invitation);
struct str invite_link(const struct request *req, struct str token);

#endif
