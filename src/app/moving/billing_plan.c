/* billing_plan.c - billing plans: what storage costs by the month, and what is in it. */
#include "core/entity.h"

ENTITY(billing_plan) = {
    .name = "billing_plans", .one = N_("Billing plan"), .many = N_("Billing plans"), .pack = "moving", .title = "name",
    .icon = "dollar", .hue = "violet", .flags = ENTITY_SETTINGS,
    .help = N_("What storage costs by the month, and what is in it."),
    .fields = FIELDS(
        { "name",         N_("Name"),         F_TEXT(100), .flags = REQUIRED },
        { "description",  N_("Description"),  F_TEXT(2000), .flags = MULTILINE },
        { "plan_type",    N_("Type"),         F_CHOICE("basic", "standard", "premium", "enterprise", "custom"), .flags = REQUIRED,
          .initial = "standard" },
        { "status",       N_("Status"),       F_CHOICE("active", "inactive", "suspended", "expired"),
          HUES("green", "gray", "amber", "gray"), .flags = REQUIRED, .initial = "active" },
        { "monthly_rate", N_("Monthly rate"), F_MONEY, .min = 0, .max = INT64_C(1000000000000), .flags = REQUIRED },
        { "currency",     N_("Currency"),     F_TEXT(3) },
        { "billing_day",  N_("Billed on day"), F_INT(1, 31), .initial = "1", .help = N_("Where a month is shorter: its last.") },
        { "features",     N_("Includes"),     F_JSON("any") },
        { "limits",       N_("Limits"),       F_JSON("any") }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("created_at")),
    .list = "name plan_type status monthly_rate billing_day", .filter = "status plan_type", .search = "name", .sort = "name",
    .match = "name",
};
