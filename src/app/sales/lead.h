/* lead.h - what happens to a lead, for the rules of other entities. */
#ifndef APP_SALES_LEAD_H
#define APP_SALES_LEAD_H

#include "core/ctx.h"
#include "core/row.h"

/* Somebody talked with the lead at that moment; an earlier one than is known changes nothing. */
bool lead_contacted(struct ctx *ctx, int64_t lead_id, int64_t at);
/* Writes an activity of the lead by the user who acts; `payload` is a JSON object. */
bool lead_record(struct ctx *ctx, int64_t lead_id, const char *type, struct str payload);

/* lead_score.c: fills score and rating, unless they were set by hand. */
bool lead_score(struct ctx *ctx, struct change *change);
/* lead_convert.c: the action. */
bool lead_convert(struct ctx *ctx, struct change *change);

#endif
