/* paper.c - totals and lines of quotes, invoices and credit notes.
 *
 * A line's total is what is paid for it, tax included, so that a document's total is always the sum of its lines. Tax is rounded
 * by line, half away from zero; where prices include it, it is taken out of them.
 */
#include "app/billing/paper.h"

#include "base/decimal.h"
#include "core/repo.h"
#include "core/rest.h"

#define QUANTITY_SCALE 1000 /* of line.quantity */
#define WHOLE_RATE 100000   /* of line.tax_rate: 100 percent with three decimals */
#define WHOLE_PERCENT 10000 /* of line.discount_percent */
#define LINE_MOST INT64_C(1000000000000000)

void paper_subtotal(struct change *change) {
    row_set_int(change->row, "subtotal", row_int(change->row, "total_amount") - row_int(change->row, "tax_amount"));
}

/* ---- lines ---------------------------------------------------------------------------------------------------------------- */

/* A line is in the currency of its paper; what was sent in another one would be another amount. */
static bool line_currency(struct ctx *ctx, struct change *change, const struct row *paper) {
    struct str ours = row_text(change->row, "currency"), theirs = row_text(paper, "currency");
    if (!theirs.len || str_eq(ours, theirs)) return true;
    if (change_given(change, "currency") || currency_digits(ours) != currency_digits(theirs))
        return errors_add(&ctx->errors, 422, "other_currency", "currency", "Give it in %.*s, as the whole is.", STR_ARG(theirs));
    row_set_text(change->row, "currency", theirs);
    return true;
}

/* What a product or a tax from the list says, where the line does not say it itself. */
static bool line_from_lists(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (change_touches(change, "tax_rate_id") && !row_null(row, "tax_rate_id") && !change_given(change, "tax_rate"))
        row_set_int(row, "tax_rate",
                    sql_int(ctx, "SELECT rate FROM tax_rates WHERE tenant_id = :tenant AND id = :rate",
                            ARGS({":rate", row_get(row, "tax_rate_id")})));
    return ctx->errors.count == 0;
}

static bool line_amounts(struct change *change, bool inclusive) {
    struct row *row = change->row;
    int64_t gross, off, tax, rate = row_int(row, "tax_rate");
    if (!decimal_mul_div(row_int(row, "quantity"), row_int(row, "unit_price"), QUANTITY_SCALE, &gross)) return false;
    if (!decimal_mul_div(gross, row_int(row, "discount_percent"), WHOLE_PERCENT, &off)) return false;
    int64_t net = gross - off;
    if (!decimal_mul_div(net, rate, inclusive ? WHOLE_RATE + rate : WHOLE_RATE, &tax)) return false;
    int64_t total;
    if (__builtin_add_overflow(net, inclusive ? 0 : tax, &total) || total > LINE_MOST || total < -LINE_MOST) return false;
    row_set_int(row, "tax_amount", tax);
    row_set_int(row, "total_price", total);
    return true;
}

bool paper_line(struct ctx *ctx, struct change *change) {
    const struct row *paper = rest_whole(ctx, change);
    if (!paper) return ctx->errors.count == 0; /* the check of references tells */
    if (!line_currency(ctx, change, paper) || !line_from_lists(ctx, change)) return false;
    return line_amounts(change, row_bool(paper, "prices_include_tax")) ||
           errors_add(&ctx->errors, 422, "too_large", "unit_price", "The amount is too large.");
}
