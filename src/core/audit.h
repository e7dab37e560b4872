/* audit.h - who changed what from what to what: an entry in audit_logs for every save, in its transaction. Append-only. */
#ifndef CORE_AUDIT_H
#define CORE_AUDIT_H

#include "core/ctx.h"
#include "core/row.h"

/* `changes` becomes {"field":[from,to],...} of fields that changed and are not HIDDEN or secret (those: {"field":"changed"}),
 * each value as the API writes it. A creation has none: the record itself tells; nor has a save in which nothing visible changed.
 */
bool audit_record(struct ctx *ctx, const struct change *change, const char *verb);
/* An entry without a record: "login", "login_failed", "logout", "export", "reveal". */
bool audit_note(struct ctx *ctx, const char *action, const char *entity_type, int64_t entity_id, struct str detail_json);

#endif
