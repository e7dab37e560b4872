/* call_disposition.c - call dispositions: how calls end, and which ends ask for a note. */
#include "core/entity.h"

ENTITY(call_disposition) = {
    .name = "call_dispositions", .one = N_("Call disposition"), .many = N_("Call dispositions"), .pack = "telephony",
    .title = "name", .icon = "tag", .hue = "cyan", .flags = ENTITY_SETTINGS,
    .help = N_("How a call ended."),
    .fields = FIELDS(
        { "name",          N_("Name"),           F_TEXT(255), .flags = REQUIRED },
        { "position",      N_("Position"),       F_INT(0, 10000), .flags = REQUIRED, .initial = "0" },
        { "hue",           N_("Colour"),
          F_CHOICE("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"),
          HUES("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"), .flags = REQUIRED,
          .initial = "gray" },
        { "is_default",    N_("Usual"),          F_BOOL, .flags = REQUIRED, .initial = "false",
          .help = N_("Chosen beforehand.") },
        { "is_reached",    N_("Reached"),        F_BOOL, .flags = REQUIRED, .initial = "false",
          .help = N_("Somebody talked with them: it counts as a contact.") },
        { "requires_note", N_("Asks for a note"), F_BOOL, .flags = REQUIRED, .initial = "false" },
        { "is_active",     N_("In use"),         F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name hue is_default is_reached requires_note is_active", .search = "name", .sort = "position", .match = "name",
    .exclusive = "is_default",
};
