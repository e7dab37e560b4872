/* page_preference.c - how one person has arranged a page: columns and their widths, lanes and which of them are folded. */
#include "core/entity.h"

ENTITY(page_preference) = {
    .name = "page_preferences", .one = N_("Page preference"), .many = N_("Page preferences"), .pack = "core",
    .flags = ENTITY_INTERNAL | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("A page as one person has arranged it."),
    .fields = FIELDS(
        { "user_id", N_("Belongs to"), F_REF("users", CASCADE), .flags = REQUIRED },
        { "page",    N_("Page"),       F_TEXT(200), .flags = REQUIRED },
        { "words",   N_("Words"),      F_TEXT(4000), .flags = REQUIRED }
    ),
    .indexes = INDEXES(UNIQUE("user_id page")),
};
