/* deal_condition.c - deal conditions: what must happen before a sale is final, such as finance, and by when. */
#include "core/entity.h"

ENTITY(deal_condition) = {
    .name = "deal_conditions", .one = N_("Condition"), .many = N_("Conditions"), .pack = "property", .title = "description",
    .icon = "task", .hue = "amber",
    .help = N_("What must happen before a sale is final, and by when."),
    .fields = FIELDS(
        { "deal_id",      N_("Deal"),        F_REF("deals", CASCADE), .flags = REQUIRED },
        { "type",         N_("Type"),        F_CHOICE("finance", "building_pest", "sale", "due_diligence", "approval", "other"),
          HUES("green", "orange", "blue", "violet", "cyan", "gray"), .flags = REQUIRED, .initial = "finance" },
        { "status",       N_("Status"),      F_CHOICE("pending", "satisfied", "failed", "waived"),
          HUES("amber", "green", "red", "gray"), .flags = READ_ONLY, .initial = "pending" },
        { "due_date",     N_("Due"),         F_DATE, .flags = REQUIRED | DUE },
        { "responsible",  N_("Up to"),       F_CHOICE("buyer", "seller", "bank", "solicitor"), .initial = "buyer" },
        { "description",  N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "satisfied_at", N_("Settled"),     F_TIME, .flags = READ_ONLY },
        { "notes",        N_("Notes"),       F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("deal_id due_date"), INDEX("status due_date"), INDEX("due_date"), INDEX("created_at")),
    .list = "deal_id type status due_date responsible", .filter = "deal_id type status due_date", .search = "description",
    .sort = "due_date", .parent = "deal_id", .state = "status", .open = "pending",
    .calendar = "due_date",
    .actions = ACTIONS(
        { "satisfy", N_("Satisfied"), .from = "pending", .to = "satisfied", .stamp = "satisfied_at", .icon = "check" },
        { "waive",   N_("Waive"),     .from = "pending", .to = "waived", .stamp = "satisfied_at", .icon = "minus" },
        { "fail",    N_("Failed"),    .from = "pending", .to = "failed", .stamp = "satisfied_at", .icon = "no", .danger = true },
        { "reopen",  N_("Reopen"),    .from = "satisfied waived failed", .to = "pending", .clear = "satisfied_at",
          .icon = "undo" }
    ),
};
