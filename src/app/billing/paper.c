/* paper.c - totals, lines and rest of quotes, invoices and credit notes.
 *
 * A line's total is what is paid for it, tax included, so that a document's total is always the sum of its lines. Tax is rounded
 * by line, half away from zero; where prices include it, it is taken out of them.
 */
#include "app/billing/paper.h"

#include "base/decimal.h"
#include "core/repo.h"

#define QUANTITY_SCALE 1000 /* of line.quantity */
#define WHOLE_RATE 100000   /* of line.tax_rate: 100 percent with three decimals */
#define WHOLE_PERCENT 10000 /* of line.discount_percent */
#define LINE_MOST INT64_C(1000000000000000)

void paper_subtotal(struct change *change) {
    row_set_int(change->row, "subtotal", row_int(change->row, "total_amount") - row_int(change->row, "tax_amount"));
}

static bool is_draft(const struct row *row) {
    return row->entity->state == NULL || str_eqc(row->values[row->entity->state->index].text, "draft");
}

bool paper_rests(struct ctx *ctx, const struct change *change, const char *still) {
    if (!change->old || is_draft(change->old) || ctx->actor->system || change->action || change->undoing) return true;
    for (int i = 0; i < change->entity->field_count; i++) {
        const struct field *f = &change->entity->fields[i];
        if (!f->stored || str_in_words(still, f->name) || value_eq(change->old->values[i], change->row->values[i])) continue;
        return errors_add(&ctx->errors, 409, "frozen", f->decl->name, "%s is out: it is no longer changed.",
                          change->entity->decl->one);
    }
    return true;
}

bool paper_may_go(struct ctx *ctx, const struct change *change) {
    if (is_draft(change->old) || change->undoing) return true;
    return errors_add(&ctx->errors, 409, "frozen", NULL, "%s is out: it is cancelled, not deleted.", change->entity->decl->one);
}

/* ---- lines ---------------------------------------------------------------------------------------------------------------- */

static const struct row *paper_of(struct ctx *ctx, const struct row *line, const char *paper_field) {
    const struct field *f = entity_field(line->entity, str_of(paper_field));
    struct value id = line->values[f->index];
    return value_is_null(id) ? NULL : query_one(ctx, f->to, id.integer, MAY_READ, false);
}

static bool line_changeable(struct ctx *ctx, const struct change *change, const struct row *paper, const char *paper_field) {
    if (is_draft(paper) || ctx->actor->system || change->undoing) return true;
    return errors_add(&ctx->errors, 409, "frozen", paper_field, "%s is out: its lines are no longer changed.",
                      paper->entity->decl->one);
}

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

bool paper_line(struct ctx *ctx, struct change *change, const char *paper_field) {
    const struct row *paper = paper_of(ctx, change->row, paper_field);
    if (!paper) return ctx->errors.count == 0; /* the check of references tells */
    if (!line_changeable(ctx, change, paper, paper_field)) return false;
    if (!line_currency(ctx, change, paper) || !line_from_lists(ctx, change)) return false;
    return line_amounts(change, row_bool(paper, "prices_include_tax")) ||
           errors_add(&ctx->errors, 422, "too_large", "unit_price", "The amount is too large.");
}

bool paper_line_may_go(struct ctx *ctx, struct change *change, const char *paper_field) {
    const struct row *paper = paper_of(ctx, change->old, paper_field);
    /* as the system asks here, whoever deletes: a paper that goes itself takes its lines along */
    return !paper || change->undoing || is_draft(paper) ||
           errors_add(&ctx->errors, 409, "frozen", paper_field, "%s is out: its lines stay.", paper->entity->decl->one);
}
