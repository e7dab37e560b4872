/* arrangement.h - how one person has arranged a page: words that the page itself understands, kept under the page's name.
 *
 * A list keeps its columns ("name:240 email"), a board its lanes ("12 -13"). What somebody chose is theirs alone; a page
 * without an arrangement shows what its view or its entity says.
 */
#ifndef HTTP_ARRANGEMENT_H
#define HTTP_ARRANGEMENT_H

#include "core/ctx.h"

#define ARRANGEMENT_MOST 4000 /* bytes of words */

/* Empty where nothing was arranged. */
struct str arrangement_read(struct ctx *ctx, struct str page);
/* The same asked ahead, for sql_text_of. */
struct db_stmt *arrangement_ahead(struct ctx *ctx, struct str page);
/* Inside ctx_write; empty words forget the arrangement. False with errors. */
bool arrangement_write(struct ctx *ctx, struct str page, struct str words);

#endif
