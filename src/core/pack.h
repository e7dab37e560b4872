/* pack.h - the packs: parts of the product that a company switches on and off (tenants.packs). What is off has no menu, no
 * address and no permission (access_open in access.h); its records stay as they are. Entities of the pack "core" are always on.
 */
#ifndef CORE_PACK_H
#define CORE_PACK_H

#include "base/str.h"

/* Their names, in the order of the menu; pack.c says more of each. */
#define PACK_NAMES                                                                                                               \
    "sales", "billing", "support", "documentation", "property", "moving", "telephony", "messaging", "integration", "insight", "ai"

struct pack {
    const char *name, *label, *icon, *help;
    const char *first; /* the records that its section of the menu begins with, in this order */
};
extern const struct pack packs[]; /* name NULL at the end */
int pack_count(void);
/* NULL where there is none of that name; "core" is none. */
const struct pack *pack_find(struct str name);

#endif
