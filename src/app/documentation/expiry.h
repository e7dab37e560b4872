/* expiry.h - what licenses, certificates and domains share: a day on which they end, and their renewal. */
#ifndef APP_DOCUMENTATION_EXPIRY_H
#define APP_DOCUMENTATION_EXPIRY_H

#include "core/ctx.h"
#include "core/row.h"

/* The action "renew": the record runs until the given expiry_date, later than before; its history tells what it was. */
bool expiry_renew(struct ctx *ctx, struct change *change);

#endif
