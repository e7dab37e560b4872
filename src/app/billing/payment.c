/* payment.c - payments: money that came in, and which invoices it settles. */
#include "app/core/sequence.h"
#include "core/repo.h"

/* What settles invoices is not more than what came in. */
static bool payment_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    int64_t left = row_int(row, "amount") - row_int(row, "allocated_amount");
    if (left < 0) return errors_add(&ctx->errors, 409, "too_little", "amount", "More than this settles invoices already.");
    row_set_int(row, "unallocated_amount", left);
    if (!row_null(row, "invoice_id") && row_null(row, "client_id"))
        row_set_int(row, "client_id",
                    sql_int(ctx, "SELECT client_id FROM invoices WHERE tenant_id = :tenant AND id = :invoice",
                            ARGS({":invoice", row_get(row, "invoice_id")})));
    return ctx->errors.count == 0 && sequence_give(ctx, change, "number", "payment");
}

/* A payment for one invoice settles it once it is there. */
static bool payment_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->deleting || change->restoring || change->undoing || row_null(row, "invoice_id")) return true;
    if (!str_eqc(row_text(row, "status"), "completed") || !change_touches(change, "status")) return true;
    return repo_create_as_system(ctx, "payment_allocations",
                                 ARGS({"payment_id", value_int(row_id(row))}, {"invoice_id", row_get(row, "invoice_id")},
                                      {"currency", row_get(row, "currency")}, {"amount", row_get(row, "amount")})) != NULL;
}

ENTITY(payment) = {
    .name = "payments", .one = N_("Payment"), .many = N_("Payments"), .pack = "billing", .title = "number",
    .icon = "dollar", .hue = "green",
    .help = N_("Money that came in from a client."),
    .fields = FIELDS(
        { "number",             N_("Number"),      F_TEXT(40), .flags = BROUGHT, .section = N_("Payment") },
        { "invoice_id",         N_("Invoice"),     F_REF("invoices", RESTRICT), .flags = IMMUTABLE,
          .help = N_("Empty: it is divided among several.") },
        { "client_id",          N_("Client"),      F_REF("clients", RESTRICT) },
        { "amount",             N_("Amount"),      F_MONEY, .min = 1, .max = INT64_C(1000000000000000), .flags = REQUIRED },
        { "currency",           N_("Currency"),    F_TEXT(3) },
        { "payment_method",     N_("Method"),
          F_CHOICE("cash", "check", "bank_transfer", "credit_card", "debit_card", "paypal", "stripe", "square", "other"),
          .flags = REQUIRED, .initial = "bank_transfer" },
        { "status",             N_("Status"),
          F_CHOICE("pending", "processing", "completed", "failed", "cancelled", "refunded"),
          HUES("cyan", "blue", "green", "red", "gray", "violet"), .flags = READ_ONLY, .initial = "pending" },
        { "processed_at",       N_("Received"),    F_TIME, .initial = "now" },
        { "allocated_amount",   N_("Settles"),     F_MONEY, .kept = {KEPT_SUM, "payment_allocations", "payment_id", "amount"} },
        { "unallocated_amount", N_("Left over"),   F_MONEY, .flags = COMPUTED },
        { "transaction_id",     N_("Transaction"), F_TEXT(255), .section = N_("Details"),
          .help = N_("Its number at the bank or card company.") },
        { "gateway",            N_("Gateway"),     F_TEXT(100) },
        { "gateway_data",       N_("Gateway's answer"), F_JSON("any"), .flags = READ_ONLY },
        { "processing_fee",     N_("Fee"),         F_MONEY },
        { "receipt_url",        N_("Receipt"),     F_URL },
        { "notes",              N_("Notes"),       F_TEXT(5000), .flags = MULTILINE },
        { "failure_reason",     N_("Why it failed"), F_TEXT(500) },
        { "refunded_at",        N_("Refunded"),    F_TIME, .flags = READ_ONLY },
        { "refund_reason",      N_("Why refunded"), F_TEXT(500) }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("invoice_id"), INDEX("client_id created_at"), INDEX("created_at"),
                       UNIQUE("gateway transaction_id")),
    .list = "number client_id invoice_id amount payment_method status processed_at",
    .filter = "status client_id invoice_id payment_method processed_at", .search = "number transaction_id notes",
    .sort = "-created_at", .state = "status", .parent = "client_id",
    .open = "pending processing",
    .before_save = payment_before_save, .after_save = payment_after_save,
    .actions = ACTIONS(
        { "complete", N_("Received"), .from = "pending processing", .to = "completed", .stamp = "processed_at", .icon = "check" },
        { "fail",     N_("Failed"),   .from = "pending processing", .to = "failed", .input = "failure_reason", .icon = "no",
          .danger = true },
        { "cancel",   N_("Cancel"),   .from = "pending", .to = "cancelled", .icon = "x", .danger = true }
    ),
};
