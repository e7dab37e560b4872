/* vault_crypt.h - the master key and AES-256-GCM: the part of the vault that knows no database.
 *
 * The master key is 32 bytes in a file outside the database; it is read once at start into locked memory and never leaves it
 * except to wrap and unwrap the tenants' own keys. Nonces are 96 random bits, fresh for every sealing.
 *
 *     struct vault_box box;
 *     vault_crypt_seal(arena, key, aad, plain, &box);
 *     if (!vault_crypt_open(arena, key, aad, &box, &plain)) ...   // touched, moved to another record, or another key
 */
#ifndef CORE_VAULT_CRYPT_H
#define CORE_VAULT_CRYPT_H

#include "base/buf.h"
#include "base/errors.h"

#define VAULT_KEY_SIZE 32
#define VAULT_ALGORITHM "AES-256-GCM"

/* What is stored of one sealing: lower-case hex, so that every database holds it as text. */
struct vault_box {
    struct str ciphertext, iv, tag;
};

/* Where the master key is: TENON_KEY_FILE, else beside the database ("sqlite:/var/lib/tenon.db" -> "/var/lib/tenon.db.key"), else
 * "tenon.key". */
const char *vault_crypt_path(struct arena *arena, const char *database_url);
/* Reads the master key, making the file (mode 0600) where there is none. Refused: a file of another size, one that others may
 * read. Once, before any thread starts. */
bool vault_open_master(const char *path, struct errors *errors);
/* Forgets the master key. */
void vault_close_master(void);
bool vault_is_open(void);
/* Tells master keys apart without giving one away: 32 hex digits; empty where there is none. */
struct str vault_master_id(struct arena *arena);

/* A tenant's key under the master key, as one text "iv.tag.ciphertext". Empty, or false, where there is no master key or it is
 * another one; the wrapped key belongs to what `aad` says and to nothing else. */
struct str vault_crypt_wrap(struct arena *arena, struct str aad, const unsigned char key[VAULT_KEY_SIZE]);
bool vault_crypt_unwrap(struct arena *arena, struct str aad, struct str wrapped, unsigned char key[VAULT_KEY_SIZE]);
/* The same by another key than the master key; NULL is the master key. */
struct str vault_crypt_wrap_by(struct arena *arena, const unsigned char *wrapper, struct str aad,
                               const unsigned char key[VAULT_KEY_SIZE]);
bool vault_crypt_unwrap_by(struct arena *arena, const unsigned char *wrapper, struct str aad, struct str wrapped,
                           unsigned char key[VAULT_KEY_SIZE]);
void vault_crypt_new_key(unsigned char key[VAULT_KEY_SIZE]);
bool vault_crypt_seal(struct arena *arena, const unsigned char key[VAULT_KEY_SIZE], struct str aad, struct str plain,
                      struct vault_box *box);
/* The plain text lives in the arena and is wiped when the arena ends. */
bool vault_crypt_open(struct arena *arena, const unsigned char key[VAULT_KEY_SIZE], struct str aad, const struct vault_box *box,
                      struct str *plain);

#endif
