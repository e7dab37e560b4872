/* move_source.c - move sources: who sends us moves, such as a broker or a website, and what each costs us. */
#include "core/entity.h"

ENTITY(move_source) = {
    .name = "move_sources", .one = N_("Move source"), .many = N_("Move sources"), .pack = "moving", .title = "name",
    .icon = "compass", .hue = "teal", .flags = ENTITY_SETTINGS | ENTITY_ADDABLE,
    .help = N_("Who sends you moves, such as a broker or a website."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Source") },
        { "description", N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "status",      N_("Status"),      F_CHOICE("active", "inactive", "suspended", "archived"),
          HUES("green", "gray", "amber", "gray"), .flags = REQUIRED, .initial = "active" },
        { "external_id", N_("Their number"), F_TEXT(255) },
        { "price",       N_("Price"),       F_MONEY, .help = N_("What a move from them costs you.") },
        { "currency",    N_("Currency"),    F_TEXT(3) },
        { "email",       N_("E-mail"),      F_EMAIL, .section = N_("Reach") },
        { "phone",       N_("Phone"),       F_PHONE },
        { "website",     N_("Website"),     F_URL },
        { "address_line1", N_("Address"),   F_TEXT(255) },
        { "journeys_count", N_("Journeys"), F_INT(0, 10000000), .kept = {KEPT_COUNT, "journeys", "move_source_id"} }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("created_at")),
    .list = "name status price journeys_count phone email", .filter = "status", .search = "name external_id", .sort = "name",
    .match = "name",
};
