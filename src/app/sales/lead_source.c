/* lead_source.c - lead sources: where leads come from, and how good they tend to be. */
#include "core/entity.h"

ENTITY(lead_source) = {
    .name = "lead_sources", .one = N_("Lead source"), .many = N_("Lead sources"), .pack = "sales", .title = "name",
    .icon = "compass", .hue = "teal", .flags = ENTITY_SETTINGS | ENTITY_ADDABLE,
    .help = N_("Where leads come from, such as your web form or a referral."),
    .fields = FIELDS(
        { "name",      N_("Name"),     F_TEXT(100), .flags = REQUIRED },
        { "type",      N_("Type"),     F_CHOICE("online", "offline", "campaign", "organic"),
          HUES("blue", "amber", "violet", "green") },
        { "quality",   N_("Quality"),  F_INT(0, 10), .flags = REQUIRED, .initial = "5",
          .help = N_("0 to 10: how many points its leads get in their score.") },
        { "position",  N_("Position"), F_INT(0, 10000), .initial = "0" },
        { "is_active", N_("In use"),   F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name type quality is_active", .search = "name", .sort = "position", .match = "name",
};
