/* transaction.c - transactions: what came in and went out, entry by entry; posted ones are corrected by a counter-entry. */
#include "core/entity.h"

ENTITY(transaction) = {
    .name = "transactions", .one = N_("Transaction"), .many = N_("Transactions"), .pack = "billing", .title = "description",
    .icon = "transfer", .hue = "teal",
    .help = N_("An entry of what came in or went out."),
    .fields = FIELDS(
        { "description",      N_("Description"), F_TEXT(500), .flags = REQUIRED, .section = N_("Entry") },
        { "type",             N_("Type"),        F_CHOICE("income", "expense", "transfer", "adjustment"),
          HUES("green", "red", "blue", "amber"), .flags = REQUIRED, .initial = "income" },
        { "status",           N_("Status"),      F_CHOICE("draft", "posted"), HUES("gray", "green"), .flags = READ_ONLY,
          .initial = "draft" },
        { "amount",           N_("Amount"),      F_MONEY, .flags = REQUIRED },
        { "currency",         N_("Currency"),    F_TEXT(3) },
        { "transaction_date", N_("Date"),        F_DATE, .flags = REQUIRED, .initial = "today" },
        { "posted_at",        N_("Posted"),      F_TIME, .flags = READ_ONLY },
        { "category",         N_("Category"),    F_TEXT(100), .flags = REQUIRED, .section = N_("Kind"),
          .help = N_("Such as Sales or Fuel.") },
        { "subcategory",      N_("Subcategory"), F_TEXT(100) },
        { "account_code",     N_("Account"),     F_TEXT(20) },
        { "reference",        N_("Reference"),   F_TEXT(255) },
        { "invoice_id",       N_("Invoice"),     F_REF("invoices", RESTRICT), .section = N_("Comes from") },
        { "payment_id",       N_("Payment"),     F_REF("payments", RESTRICT) },
        { "expense_id",       N_("Expense"),     F_REF("expenses", RESTRICT) },
        { "journey_id",       N_("Journey"),     F_REF("journeys", SET_NULL) },
        { "location_id",      N_("Branch"),      F_REF("locations", SET_NULL) },
        { "reverses_id",      N_("Takes back"),  F_REF("transactions", RESTRICT) },
        { "notes",            N_("Notes"),       F_TEXT(5000), .flags = MULTILINE, .section = N_("More") },
        { "tags",             N_("Tags"),        F_TAGS }
    ),
    .indexes = INDEXES(INDEX("transaction_date"), INDEX("created_at"), INDEX("type transaction_date"), INDEX("invoice_id"),
                       INDEX("payment_id"), UNIQUE("reverses_id")),
    .list = "transaction_date description type category amount status invoice_id",
    .filter = "type status category transaction_date location_id tags", .search = "description reference category",
    .sort = "-transaction_date", .state = "status",
    .drafts = "draft", .frozen = N_("A posted entry stays as it is. Write one that takes it back."),
    .actions = ACTIONS({ "post", N_("Post"), .from = "draft", .to = "posted", .stamp = "posted_at", .icon = "check" }),
};
