/* paper.h - what quotes, invoices and credit notes share: a total that is the sum of their lines, and rest once they are out. */
#ifndef APP_BILLING_PAPER_H
#define APP_BILLING_PAPER_H

#include "core/ctx.h"
#include "core/row.h"

/* The subtotal is what the total is without its tax. */
void paper_subtotal(struct change *change);
/* False with a 409 where a paper that is no longer a draft would change in a field that is not among the words `still`. Rules and
 * actions may change it. */
bool paper_rests(struct ctx *ctx, const struct change *change, const char *still);
/* False with a 409 where a paper that is out would be deleted. */
bool paper_may_go(struct ctx *ctx, const struct change *change);

/* A line of it: its tax and total from quantity, price, discount and rate, in the currency of the paper that `paper_field` refers
 * to. False where the paper is out, and with an error where something does not fit. */
bool paper_line(struct ctx *ctx, struct change *change, const char *paper_field);
/* For before_delete of a line. */
bool paper_line_may_go(struct ctx *ctx, struct change *change, const char *paper_field);

#endif
