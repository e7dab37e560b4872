/* custom_prepare.h - what a changed definition of a custom field asks of the records that are there already: that the index
 * (custom_index.h) knows their values or forgets them, that a search finds them by the field's words or not.
 *
 * It is done in steps over the records by their ids, each a write of its own that also says in the definition how far it came
 * (`preparing`, `prepared_up_to`): so others write in between, and after a kill it goes on where it was. The first step is taken
 * in the write of the definition, and is all there is to do for a few hundred records; the rest is the work of a thread of the
 * server, which also takes up what an earlier server, or another one that ended, left.
 *
 * It is right under concurrent writes, as those of a company run one after the other: every save keeps the index of a field from
 * the moment at which it is to have one, as it asks the definitions in its own write. What a step finds there of its records it
 * replaces. Records that come after the last one of the last step were saved later, and are kept by their saves.
 * An index that is to go is kept on for PREPARE_CLEAR_AFTER_MS, for readers that have just asked whether it may be used.
 */
#ifndef CORE_CUSTOM_PREPARE_H
#define CORE_CUSTOM_PREPARE_H

#include "core/ctx.h"
#include "core/row.h"

#define PREPARE_STEP 500 /* records, or entries of the index */
#define PREPARE_CLEAR_AFTER_MS 20000

/* After a definition (a row of custom_fields) was saved or deleted: takes the first step, and says in the row what remains. */
bool custom_prepare_follow(struct ctx *ctx, const struct change *definition);
/* The next step for a definition of the context's tenant, which is the system's; not inside ctx_write. *waits tells whether there
 * is nothing to do now: all is done, or it is not time yet. False with an error. */
bool custom_prepare_step(struct ctx *ctx, int64_t definition, bool *waits);
/* True while records of this entity may be found by words of fields that they were, or not by those that they are to be. */
bool custom_prepare_words(struct ctx *ctx, const struct entity *entity);

/* The thread that takes the steps of all companies. False with an error. */
bool custom_prepare_start(struct db *db, struct errors *errors);
/* Something was left to it. */
void custom_prepare_wake(void);
/* Ends it between two steps, and waits for it; harmless where it does not run. */
void custom_prepare_stop(void);

#endif
