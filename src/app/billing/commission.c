/* commission.c - commissions: what somebody earns from a deal that was won, from its calculation to its payment. */
#include "core/entity.h"

ENTITY(commission) = {
    .name = "commissions", .one = N_("Commission"), .many = N_("Commissions"), .pack = "billing", .title = "description",
    .icon = "percent", .hue = "violet",
    .help = N_("What somebody earns from a deal that was won."),
    .fields = FIELDS(
        { "deal_id",        N_("Deal"),        F_REF("deals", RESTRICT), .flags = REQUIRED, .section = N_("Commission") },
        { "user_id",        N_("For"),         F_REF("users", RESTRICT), .flags = REQUIRED, .help = N_("Who earns it.") },
        { "invoice_id",     N_("Invoice"),     F_REF("invoices", SET_NULL) },
        { "description",    N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "type",           N_("Type"),        F_CHOICE("percentage_of_sale", "fixed_amount", "tiered"), .flags = REQUIRED,
          .initial = "percentage_of_sale" },
        { "status",         N_("Status"),      F_CHOICE("pending", "approved", "paid", "disputed", "cancelled"),
          HUES("cyan", "blue", "green", "red", "gray"), .flags = READ_ONLY, .initial = "pending" },
        { "base_amount",    N_("Of"),          F_MONEY, .section = N_("Amount") },
        { "rate",           N_("Rate"),        F_PERCENT, .max = 10000 },
        { "split_percent",  N_("Share"),       F_PERCENT, .max = 10000, .initial = "100", .help = N_("Where several earn it.") },
        { "amount",         N_("Amount"),      F_MONEY, .min = 0, .max = INT64_C(1000000000000000), .flags = REQUIRED },
        { "tax_amount",     N_("Tax in it"),   F_MONEY },
        { "currency",       N_("Currency"),    F_TEXT(3) },
        { "approved_by_id", N_("Approved by"), F_REF("users", SET_NULL), .flags = READ_ONLY, .section = N_("Payment") },
        { "approved_at",    N_("Approved"),    F_TIME, .flags = READ_ONLY },
        { "payment_date",   N_("Paid on"),     F_DATE, .flags = READ_ONLY },
        { "payment_reference", N_("Reference"), F_TEXT(255) },
        { "notes",          N_("Notes"),       F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("deal_id user_id type"), INDEX("user_id status"), INDEX("status"), INDEX("invoice_id"),
                       INDEX("created_at")),
    .list = "deal_id user_id status rate amount payment_date", .filter = "status user_id deal_id payment_date",
    .search = "description payment_reference", .sort = "-created_at", .owner = "user_id", .board = "status",
    .board_card = "deal_id user_id amount", .board_sum = "amount",
    .actions = ACTIONS(
        { "approve", N_("Approve"), .from = "pending disputed", .to = "approved", .stamp = "approved_at approved_by_id",
          .icon = "check" },
        { "pay",     N_("Pay"),     .from = "approved", .to = "paid", .input = "payment_reference", .stamp = "payment_date",
          .needs = MAY_APPROVE, .icon = "dollar" },
        { "dispute", N_("Dispute"), .from = "pending approved", .to = "disputed", .icon = "alert" },
        { "cancel",  N_("Cancel"),  .from = "pending approved disputed", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
