/* expiry.c - renewing what runs out. */
#include "app/documentation/expiry.h"

bool expiry_renew(struct ctx *ctx, struct change *change) {
    int64_t was = row_int(change->old, "expiry_date"), is = row_int(change->row, "expiry_date");
    if (row_null(change->old, "expiry_date") || is > was) return true;
    return errors_add(&ctx->errors, 422, "order", "expiry_date", "Give the new expiry date: it is later than the present one.");
}
