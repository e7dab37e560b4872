/* token.h - the secrets by which a browser or a program is known: 256 random bits, kept in the database as a hash only.
 *
 * A token names its tenant in clear ("tnk_q0Rz..._77305619456"), so that it is looked up inside its tenant like everything else;
 * the hash covers the whole text, so another tenant's number written behind it makes just another token, and an unknown one. A
 * fast hash is enough: unlike a password, a token cannot be guessed.
 *
 *     struct str key = token_new(ctx->arena, TOKEN_KEY, tenant_id);   // show once
 *     ... "key_hash", value_text(token_hash(ctx->arena, key)), "prefix", value_text(str_slice(key, 0, TOKEN_PREFIX_SHOWN))
 */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "base/buf.h"

enum token_kind {
    TOKEN_NONE,
    TOKEN_COOKIE, /* of a browser's session */
    TOKEN_ACCESS, /* of a program's session, from POST /api/v1/auth/login: "tna_..." */
    TOKEN_KEY,    /* an API key: "tnk_..." */
    TOKEN_INVITE, /* of a link by which somebody joins a company: "tni_..."; signs nobody in by itself */
};
#define TOKEN_PREFIX_SHOWN 12 /* characters of a key that may be kept and shown to tell it from others */

struct str token_new(struct arena *arena, enum token_kind kind, int64_t tenant_id);
/* SHA-256 in hex, as the columns token_hash and key_hash hold it. */
struct str token_hash(struct arena *arena, struct str token);
/* What kind a text is by its form, and which tenant it names; TOKEN_NONE where it is no token. */
enum token_kind token_read(struct str text, int64_t *tenant_id);

#endif
