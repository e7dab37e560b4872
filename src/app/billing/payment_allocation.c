/* payment_allocation.c - payment allocations: how much of a payment or credit settles which invoice. */
#include "core/repo.h"

static struct row *open_record(struct ctx *ctx, const struct change *change, const char *field) {
    const struct field *f = entity_field(change->entity, str_of(field));
    struct value id = change->row->values[f->index];
    return value_is_null(id) ? NULL : query_one(ctx, f->to, id.integer, MAY_READ, false);
}

/* Not more than is open on the invoice, and not more than is left of what pays. */
static bool payment_allocation_fits(struct ctx *ctx, const struct change *change, const struct row *of, const char *left) {
    int64_t before = change->old ? row_int(change->old, "amount") : 0, amount = row_int(change->row, "amount");
    if (!of || amount <= row_int(of, left) + before) return true;
    return errors_add(&ctx->errors, 409, "too_much", "amount", "It is more than is open on %s.",
                      str_cstr(ctx->arena, row_title(ctx->arena, of)));
}

/* What settles an invoice is in its currency. */
static bool payment_allocation_currency(struct ctx *ctx, const struct change *change, const struct row *of) {
    if (!of || str_eq(row_text(of, "currency"), row_text(change->row, "currency"))) return true;
    struct str theirs = row_text(of, "currency");
    return errors_add(&ctx->errors, 422, "other_currency", "currency", "%s is in %.*s.", of->entity->decl->one, STR_ARG(theirs));
}

static bool payment_allocation_before_save(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "payment_id") == row_null(change->row, "credit_note_id"))
        return errors_add(&ctx->errors, 422, "required", "payment_id", "Say what pays: a payment or a credit note, one of them.");
    const struct row *invoice = open_record(ctx, change, "invoice_id"), *payment = open_record(ctx, change, "payment_id");
    const struct row *credit = open_record(ctx, change, "credit_note_id");
    if (invoice && str_in_words("draft cancelled refunded", row_text(invoice, "status")))
        return errors_add(&ctx->errors, 409, "wrong_state", "invoice_id", "Only an invoice that was sent can be paid.");
    const struct row *drawn[] = {invoice, payment, credit};
    bool good = true;
    for (int i = 0; good && i < 3; i++) good = payment_allocation_currency(ctx, change, drawn[i]);
    for (int i = 0; good && i < 3; i++)
        good = payment_allocation_fits(ctx, change, drawn[i], change->entity->decl->draws[i].left);
    return good;
}

ENTITY(payment_allocation) = {
    .name = "payment_allocations", .one = N_("Allocation"), .many = N_("Allocations"), .pack = "billing",
    .icon = "transfer", .hue = "green",
    .help = N_("How much of a payment settles which invoice."),
    .fields = FIELDS(
        { "payment_id",     N_("Payment"),     F_REF("payments", CASCADE), .flags = IMMUTABLE },
        { "credit_note_id", N_("Credit note"), F_REF("credit_notes", CASCADE), .flags = IMMUTABLE },
        { "invoice_id",     N_("Invoice"),     F_REF("invoices", RESTRICT), .flags = REQUIRED | IMMUTABLE },
        { "amount",         N_("Amount"),      F_MONEY, .min = 1, .max = INT64_C(1000000000000000), .flags = REQUIRED },
        { "currency",       N_("Currency"),    F_TEXT(3) }
    ),
    .indexes = INDEXES(UNIQUE("payment_id invoice_id"), UNIQUE("credit_note_id invoice_id"), INDEX("invoice_id"),
                       INDEX("created_at")),
    .list = "payment_id credit_note_id invoice_id amount created_at", .filter = "payment_id credit_note_id invoice_id",
    .sort = "-created_at", .parent = "invoice_id",
    .draws = DRAWS({.by = "invoice_id", .left = "amount_due", .in = "sent viewed partial_paid overdue"},
                   {.by = "payment_id", .left = "unallocated_amount"}, {.by = "credit_note_id", .left = "amount_left"}),
    .before_save = payment_allocation_before_save,
};
