/* lost_reason.c - lost reasons: why deals are lost, for learning from them. */
#include "core/entity.h"

ENTITY(lost_reason) = {
    .name = "lost_reasons", .one = N_("Lost reason"), .many = N_("Lost reasons"), .pack = "sales", .title = "name",
    .icon = "flag", .hue = "red", .flags = ENTITY_SETTINGS | ENTITY_ADDABLE,
    .help = N_("Why deals are lost."),
    .fields = FIELDS(
        { "name",      N_("Name"),     F_TEXT(100), .flags = REQUIRED },
        { "position",  N_("Position"), F_INT(0, 10000), .initial = "0" },
        { "is_active", N_("In use"),   F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name is_active", .search = "name", .sort = "position", .match = "name",
};
