/* tax_rate.c - tax rates: what a tax is called, how high it is, and where it counts. */
#include "core/entity.h"

ENTITY(tax_rate) = {
    .name = "tax_rates", .one = N_("Tax rate"), .many = N_("Tax rates"), .pack = "billing", .title = "name",
    .icon = "percent", .hue = "gray", .flags = ENTITY_SETTINGS,
    .help = N_("A tax and how high it is."),
    .fields = FIELDS(
        { "name",       N_("Name"),       F_TEXT(100), .flags = REQUIRED, .help = N_("Such as GST 10%.") },
        { "rate",       N_("Percent"),    F_DECIMAL(3), .max = 100000, .flags = REQUIRED, .initial = "0" },
        { "code",       N_("Code"),       F_TEXT(20), .help = N_("In your bookkeeping.") },
        { "country",    N_("Country"),    F_TEXT(2) },
        { "region",     N_("State"),      F_TEXT(100) },
        { "is_default", N_("Usual"),      F_BOOL, .initial = "false", .help = N_("New lines start with it.") },
        { "is_active",  N_("In use"),     F_BOOL, .initial = "true" },
        { "valid_from", N_("Counts from"), F_DATE },
        { "valid_to",   N_("Until"),      F_DATE }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name rate code country region is_default is_active", .search = "name code", .sort = "name", .match = "name",
    .exclusive = "is_default",
};
