/* plan.c - plans: what a tenant pays for and how far it reaches. The platform's own, so without a tenant. */
#include "core/entity.h"

ENTITY(plan) = {
    .name = "plans", .one = N_("Plan"), .many = N_("Plans"), .pack = "core", .title = "name",
    .icon = "layers", .hue = "violet", .flags = ENTITY_GLOBAL | ENTITY_SETTINGS | ENTITY_READ_ONLY,
    .help = N_("What a company that uses Tenon pays for, and its limits."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(100), .flags = REQUIRED, .section = N_("Plan") },
        { "description", N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "price",       N_("Price"),       F_MONEY, .help = N_("For one period.") },
        { "currency",    N_("Currency"),    F_TEXT(3), .initial = "USD" },
        { "period",      N_("Period"),      F_CHOICE("month", "year"), .flags = REQUIRED, .initial = "month" },
        { "limits",      N_("Limits"),      F_JSON("users:int records:int storage_mb:int"),
          .help = N_("The most users, records and megabytes; what is not named is unlimited.") },
        { "is_active",   N_("Offered"),     F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name price period is_active", .sort = "name",
};
