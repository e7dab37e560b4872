/* tag.c - tags: the words a tenant uses to mark records, offered when somebody types one. */
#include "core/entity.h"

ENTITY(tag) = {
    .name = "tags", .one = N_("Tag"), .many = N_("Tags"), .pack = "core", .title = "name",
    .icon = "tag", .hue = "pink", .flags = ENTITY_SETTINGS | ENTITY_ADDABLE,
    .help = N_("A word to mark records with."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(50), .flags = REQUIRED },
        { "hue",         N_("Colour"),
          F_CHOICE("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"),
          HUES("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"), .initial = "gray" },
        { "description", N_("Description"), F_TEXT(255) }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name hue description", .search = "name", .sort = "name", .match = "name",
};
