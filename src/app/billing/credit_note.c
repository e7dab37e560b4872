/* credit_note.c - credit notes: what we take back of an invoice that was sent. */
#include "app/core/sequence.h"
#include "core/entity.h"

/* What is left of it to be set against invoices. */
static bool credit_note_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    int64_t left = row_int(row, "amount") - row_int(row, "allocated_amount");
    if (left < 0) return errors_add(&ctx->errors, 409, "too_little", "amount", "More than this is set against invoices already.");
    row_set_int(row, "amount_left", left);
    return true;
}

static bool credit_note_issue(struct ctx *ctx, struct change *change) {
    return sequence_give(ctx, change, "number", "credit_note");
}

ENTITY(credit_note) = {
    .name = "credit_notes", .one = N_("Credit note"), .many = N_("Credit notes"), .pack = "billing", .title = "number",
    .untitled = N_("Draft"), .untitled_by = "client_id",
    .icon = "undo", .hue = "amber",
    .help = N_("What you take back of an invoice that was sent."),
    .fields = FIELDS(
        { "number",           N_("Number"),     F_TEXT(40), .flags = BROUGHT, .section = N_("Credit note") },
        { "client_id",        N_("Client"),     F_REF("clients", RESTRICT), .flags = REQUIRED },
        { "invoice_id",       N_("Invoice"),    F_REF("invoices", RESTRICT), .help = N_("Of which it takes back.") },
        { "status",           N_("Status"),     F_CHOICE("draft", "issued", "applied", "voided"),
          HUES("gray", "blue", "green", "red"), .flags = READ_ONLY, .initial = "draft" },
        { "issue_date",       N_("Date"),       F_DATE, .flags = REQUIRED, .initial = "today" },
        { "reason",           N_("Reason"),     F_TEXT(500), .flags = REQUIRED },
        { "amount",           N_("Amount"),     F_MONEY, .min = 1, .max = INT64_C(1000000000000000), .flags = REQUIRED,
          .section = N_("Amount"), .help = N_("With tax.") },
        { "tax_amount",       N_("Tax in it"),  F_MONEY },
        { "currency",         N_("Currency"),   F_TEXT(3) },
        { "allocated_amount", N_("Set against"), F_MONEY, .kept = {KEPT_SUM, "payment_allocations", "credit_note_id", "amount"} },
        { "amount_left",      N_("Left"),       F_MONEY, .flags = COMPUTED },
        { "issued_at",        N_("Issued"),     F_TIME, .flags = READ_ONLY },
        { "notes",            N_("Notes"),      F_MARKDOWN, .section = N_("More") },
        { "xero_credit_note_id", N_("Xero credit note"), F_TEXT(255), .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("client_id created_at"), INDEX("invoice_id"), INDEX("created_at")),
    .list = "number client_id invoice_id status issue_date amount amount_left",
    .filter = "status client_id invoice_id issue_date",
    .search = "number reason", .sort = "-created_at", .state = "status", .parent = "client_id",
    .open = "draft issued", .drafts = "draft", .still = "notes",
    .before_save = credit_note_before_save,
    .actions = ACTIONS(
        { "issue", N_("Issue"), credit_note_issue, .from = "draft", .to = "issued", .stamp = "issued_at", .icon = "send" },
        { "void",  N_("Void"),  .from = "issued", .to = "voided", .icon = "no", .danger = true }
    ),
};
