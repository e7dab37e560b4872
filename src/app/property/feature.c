/* feature.c - features: what lots may have, such as a corner position or a fixed price. */
#include "core/entity.h"

ENTITY(feature) = {
    .name = "features", .one = N_("Feature"), .many = N_("Features"), .pack = "property", .title = "name",
    .icon = "star", .hue = "amber", .flags = ENTITY_SETTINGS | ENTITY_ADDABLE,
    .help = N_("What a lot may have, such as a corner position."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(100), .flags = REQUIRED },
        { "category",    N_("Category"),    F_CHOICE("land", "house", "outdoor", "energy", "location", "other"),
          HUES("green", "orange", "teal", "amber", "blue", "gray"), .initial = "land" },
        { "description", N_("Description"), F_TEXT(1000), .flags = MULTILINE },
        { "lots_count",  N_("Lots"),        F_INT(0, 1000000), .kept = {KEPT_COUNT, "lot_features", "feature_id"} }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("created_at")),
    .list = "name category lots_count", .filter = "category", .search = "name", .sort = "name", .match = "name",
};
