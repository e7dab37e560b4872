/* audit.h - who changed what from what to what: an entry in audit_logs for every save, in its transaction. Append-only.
 *
 * The entries of a tenant are chained: each carries the SHA-256 of the one before and of its own content, so that one that was
 * changed, taken out or slipped in shows. Whoever keeps a head elsewhere can also tell when the newest were cut off.
 */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/ctx.h"
#include "core/row.h"

/* `changes` becomes {"field":[from,to],...} of fields that changed and are not HIDDEN or secret (those: {"field":"changed"}),
 * each value as the API writes it. A creation has none: the record itself tells; nor has a save in which nothing visible
 * changed. */
bool audit_record(struct ctx *ctx, const struct change *change, const char *verb);
/* Asks for what the next entry follows on, so that the answer comes with what the save asks for before it; once a write. */
void audit_ahead(struct ctx *ctx);
/* Entries of this write may have been undone: what the next one follows on is asked for again. */
void audit_forget(struct ctx *ctx);
/* An entry without a record: "login", "login_failed", "logout", "export", "reveal". */
bool audit_note(struct ctx *ctx, const char *action, const char *entity_type, int64_t entity_id, struct str detail_json);

/* Walks the chain of the tenant that the context acts in. False with an error where the database fails. */
struct audit_chain {
    int64_t entries;     /* that are as they were written */
    int64_t broken_id;   /* the first that is not, or follows on something else than it was written after; 0 none */
    int64_t head_id;
    struct str head;     /* hash of the newest entry, empty where there is none */
};
bool audit_verify(struct ctx *ctx, struct audit_chain *chain);

#endif
