/* expense.c - expenses: what our people paid for the company, who approved it, and whether a client pays it back. */
#include "app/core/sequence.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* What was approved stays as it was approved. */
static bool expense_before_save(struct ctx *ctx, struct change *change) {
    bool settled = change->old && str_in_words("approved reimbursed", row_text(change->old, "status"));
    if (settled && !change->action && !change->undoing && !ctx->actor->system &&
        (change_touches(change, "amount") || change_touches(change, "currency") || change_touches(change, "expense_date")))
        return errors_add(&ctx->errors, 409, "frozen", "amount", "It is approved. Take the approval back first.");
    return sequence_give(ctx, change, "number", "expense");
}

ENTITY(expense) = {
    .name = "expenses", .one = N_("Expense"), .many = N_("Expenses"), .pack = "billing", .title = "description",
    .icon = "receipt", .hue = "orange",
    .help = N_("What one of your people paid for the company."),
    .fields = FIELDS(
        { "number",          N_("Number"),      F_TEXT(40), .flags = BROUGHT, .section = N_("Expense") },
        { "description",     N_("For"),         F_TEXT(255), .flags = REQUIRED },
        { "category",        N_("Category"),
          F_CHOICE("travel", "fuel", "meals", "lodging", "materials", "equipment", "software", "subcontractor", "office",
          "other"),
          HUES("blue", "amber", "orange", "violet", "teal", "gray", "cyan", "pink", "green", "gray"), .flags = REQUIRED,
          .initial = "other" },
        { "status",          N_("Status"),      F_CHOICE("draft", "submitted", "approved", "rejected", "reimbursed"),
          HUES("gray", "cyan", "green", "red", "violet"), .flags = READ_ONLY, .initial = "draft" },
        { "user_id",         N_("Paid by"),     F_REF("users", RESTRICT), .flags = REQUIRED, .initial = "me" },
        { "expense_date",    N_("Date"),        F_DATE, .flags = REQUIRED, .initial = "today" },
        { "amount",          N_("Amount"),      F_MONEY, .min = 0, .max = INT64_C(1000000000000000), .flags = REQUIRED,
          .section = N_("Amount") },
        { "tax_amount",      N_("Tax in it"),   F_MONEY },
        { "currency",        N_("Currency"),    F_TEXT(3) },
        { "payment_method",  N_("Paid with"),   F_CHOICE("cash", "company_card", "own_card", "bank_transfer", "other"),
          .initial = "own_card" },
        { "vendor_id",       N_("Vendor"),      F_REF("vendors", SET_NULL) },
        { "receipt_file_id", N_("Receipt"),     F_FILE },
        { "client_id",       N_("Client"),      F_REF("clients", SET_NULL), .section = N_("Whom it is for") },
        { "project_id",      N_("Project"),     F_REF("projects", SET_NULL) },
        { "journey_id",      N_("Journey"),     F_REF("journeys", SET_NULL) },
        { "trip_id",         N_("Trip"),        F_REF("trips", SET_NULL) },
        { "is_billable",     N_("Client pays"), F_BOOL, .initial = "false" },
        { "markup_percent",  N_("Markup"),      F_PERCENT, .max = 100000 },
        { "approved_by_id",  N_("Approved by"), F_REF("users", SET_NULL), .flags = READ_ONLY, .section = N_("Approval") },
        { "approved_at",     N_("Approved"),    F_TIME, .flags = READ_ONLY },
        { "rejection_reason", N_("Why rejected"), F_TEXT(500) },
        { "reimbursed_at",   N_("Paid back"),   F_TIME, .flags = READ_ONLY },
        { "notes",           N_("Notes"),       F_TEXT(5000), .flags = MULTILINE, .section = N_("More") },
        { "tags",            N_("Tags"),        F_TAGS }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("user_id expense_date"), INDEX("status"), INDEX("client_id"), INDEX("project_id"),
                       INDEX("created_at")),
    .list = "number description category status user_id expense_date amount",
    .filter = "status category user_id client_id expense_date is_billable tags", .search = "number description",
    .sort = "-created_at", .owner = "user_id", .board = "status", .board_card = "description user_id amount",
    .board_sum = "amount",
    .before_save = expense_before_save,
    .actions = ACTIONS(
        { "submit",    N_("Submit"),    .from = "draft rejected", .to = "submitted", .icon = "send" },
        { "approve",   N_("Approve"),   .from = "submitted", .to = "approved", .stamp = "approved_at approved_by_id",
          .icon = "check" },
        { "reject",    N_("Reject"),    .from = "submitted", .to = "rejected", .input = "rejection_reason",
          .require = "rejection_reason", .needs = MAY_APPROVE, .icon = "no", .danger = true },
        { "reimburse", N_("Pay back"), .from = "approved", .to = "reimbursed", .stamp = "reimbursed_at",
          .needs = MAY_APPROVE, .icon = "dollar" }
    ),
};
