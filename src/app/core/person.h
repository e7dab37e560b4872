/* person.h - what a person or company is called: given, or first and last name joined, or the company. */
#ifndef APP_CORE_PERSON_H
#define APP_CORE_PERSON_H

#include "core/ctx.h"
#include "core/row.h"

/* "First Last", or the one that is there, or empty. */
struct str person_join(struct arena *arena, struct str first, struct str last);
/* Fills `name` from first_name and last_name, or from company_name (which comes first where `company_first`), unless somebody
 * gave another name. That something names it is for the declaration to say (`any` in core/entity.h). */
void person_fill_name(struct ctx *ctx, struct change *change, bool company_first);

#endif
