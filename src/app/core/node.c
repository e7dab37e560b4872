/* node.c - nodes: the processes that write to the database, each with a number of its own as long as it does (core/node.h). */
#include "core/entity.h"

ENTITY(node) = {
    .name = "nodes", .one = N_("Node"), .many = N_("Nodes"), .pack = "core", .title = "holder",
    .flags = ENTITY_GLOBAL | ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("A process that writes to the database."),
    .fields = FIELDS(
        { "holder",     N_("Holder"),     F_TEXT(200), .help = N_("Empty while nobody has the number.") },
        { "seen_at",    N_("Seen"),       F_TIME, .flags = REQUIRED },
        { "used_until", N_("Used until"), F_INT(0, 0), .flags = REQUIRED, .help = N_("The time of its newest id.") }
    ),
};
