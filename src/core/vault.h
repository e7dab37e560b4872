/* vault.h - secrets of records, sealed: AES-256-GCM under a key of the tenant, which is wrapped by the master key
 * (vault_crypt.h).
 *
 * A row holds only the id of its secret in encrypted_values; a tenant's wrapped keys are in vault_keys. What is sealed carries
 * tenant, entity, record, field and key as associated data, so a ciphertext moved to another row or tenant does not open. A
 * person reads a secret by vault_reveal, which needs the right to reveal, leaves an audit entry first, and fails where that entry
 * cannot be written.
 *
 *     if (!vault_seal_change(ctx, change)) return false;                 // the repository, inside ctx_write
 *     if (!vault_reveal(ctx, entity, id, field, &plain)) return false;
 */
#ifndef CORE_VAULT_H
#define CORE_VAULT_H

#include "core/ctx.h"
#include "core/row.h"
#include "core/vault_crypt.h"

/* Seals the field's secret, in place of an earlier one; *stored_id is what the record's field holds. Inside ctx_write. False with
 * an error. */
bool vault_seal(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, struct str plain,
                int64_t *stored_id);
/* Seals every secret that a change brings as plain text and puts its id in the row; forgets those that it takes away. For the
 * repository, before it writes the row. */
bool vault_seal_change(struct ctx *ctx, const struct change *change);
/* Forgets the field's secret, where it has one. Inside ctx_write. */
bool vault_forget(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field);
/* Forgets all secrets of a record that goes for good. */
bool vault_forget_row(struct ctx *ctx, const struct row *row);
/* The secret of a record that the actor may reveal: out of scope and absent answer 404 alike, a missing right 403, no value 404
 * on the field. Audited as "reveal". The text is wiped when the arena ends. */
bool vault_reveal(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, struct str *plain);
/* The same for the server's own work (signing a webhook, checking a one-time code): no right is asked, nothing is audited, so it
 * must never reach a person. `stored_id` is the field's value. */
bool vault_use(struct ctx *ctx, const struct entity *entity, int64_t record_id, const struct field *field, int64_t stored_id,
               struct str *plain);
/* Gives the tenant a new key, seals all its secrets again under it and retires the old keys; *count is how many secrets. */
bool vault_rotate(struct ctx *ctx, int64_t *count);

/* A key of a tenant as vault_keys has it, wrapped by `to` instead of `from` (NULL: the master key); empty where it does not open.
 * For moving a tenant to an installation with another master key. */
struct str vault_rewrap(struct arena *arena, int64_t tenant_id, int64_t key_id, struct str wrapped, const unsigned char *from,
                        const unsigned char *to);

#endif
