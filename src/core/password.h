/* password.h - passwords: argon2id by libsodium (19 MiB, two passes), and the few that nobody may choose.
 *
 * A hash takes some 15 ms and 19 MiB, so at most two are made at a time and the others wait. Never do it on an HTTP thread or on
 * the writer: a page or API route that takes a password is RUN_WORKER, calls password_hash there and passes the hash on as a
 * trusted value:
 *
 *     struct str hash = password_hash(ctx->arena, plain, &ctx->errors);
 *     if (!hash.len) return false;
 *     in.trusted = true;
 *     repo_input_value(&in, "password_hash", value_text(hash));
 *
 * The rule of users hashes only where it got a password and no hash: on the command line, in jobs, on import.
 */
#ifndef CORE_PASSWORD_H
#define CORE_PASSWORD_H

#include "base/arena.h"
#include "base/errors.h"
#include "base/str.h"

#define PASSWORD_LEAST 8 /* characters */
#define PASSWORD_MOST 200

/* Whether it may be chosen at all; else false with an error on the field "password". Cheap. */
bool password_check(struct str plain, struct errors *errors);
/* Checks and hashes; empty with an error on the field "password" where it may not be chosen. */
struct str password_hash(struct arena *arena, struct str plain, struct errors *errors);
/* Takes as long for an empty hash (no such user) as for a real one. */
bool password_verify(struct str plain, struct str hash);
/* True where the hash was made with less than today's cost: hash again at sign-in. */
bool password_needs_rehash(struct str hash);

#endif
