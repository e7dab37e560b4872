/* session.h - who asks: sessions by cookie, sessions by access token, API keys.
 *
 * What a token stands for is remembered in memory for SESSION_CACHE_MS, so an authenticated request costs no SQL of its own; it
 * is dropped at once where the session ends here or access changes (access_generation). Roles and rights are not remembered here:
 * they come from actor_load with every request.
 */
#ifndef HTTP_SESSION_H
#define HTTP_SESSION_H

#include "core/token.h"
#include "http/server_impl.h"

#define SESSION_CACHE_MS INT64_C(60000)
#define SESSION_IDLE_MS (7 * DAY_MS)
#define SESSION_MAX_MS (30 * DAY_MS)
#define SESSION_ACCESS_MS INT64_C(3600000) /* of an access token; /auth/refresh gives another */
#define SESSION_TOUCH_MS INT64_C(300000)   /* last_seen_at is written at most this often */

/* Sets the actor of ex->req.ctx, or leaves nobody where the route is PUBLIC. False: answer with session_refuse. */
bool session_authenticate(struct exchange *ex);
/* 401, or for a page the way to sign in; an error that is already there is answered instead. */
void session_refuse(struct exchange *ex);
/* The client's address: the peer's, or behind a proxy on this machine what the proxy says. */
struct str session_client_address(const struct exchange *ex, struct str peer);
const char *session_cookie_name(const struct server *server);

struct session_token {
    struct str text;
    int64_t expires_at;
};
/* Makes a session of ctx's tenant; inside ctx_write. False with an error. */
bool session_create(struct ctx *ctx, int64_t user_id, enum token_kind kind, struct session_token *token);
/* Ends one; inside ctx_write. Afterwards, when the write was committed, session_forget. */
bool session_end(struct ctx *ctx, int64_t session_id);
/* All of a user but one (0: all), for a changed password; inside ctx_write. */
bool session_end_others(struct ctx *ctx, int64_t user_id, int64_t except_id);
/* Drops from memory: of a session, or all of a user (the other 0). */
void session_forget(int64_t session_id, int64_t user_id);

#endif
