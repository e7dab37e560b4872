/* lot_feature.c - lot features: what a lot has. */
#include "core/entity.h"

ENTITY(lot_feature) = {
    .name = "lot_features", .one = N_("Lot feature"), .many = N_("Lot features"), .pack = "property",
    .icon = "star", .hue = "amber",
    .help = N_("What a lot has."),
    .fields = FIELDS(
        { "lot_id",     N_("Lot"),     F_REF("lots", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "feature_id", N_("Feature"), F_REF("features", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "detail",     N_("Detail"),  F_TEXT(255), .help = N_("Such as 6.6 kW for solar panels.") }
    ),
    .indexes = INDEXES(UNIQUE("lot_id feature_id"), INDEX("feature_id"), INDEX("created_at")),
    .list = "lot_id feature_id detail", .filter = "lot_id feature_id", .search = "detail", .sort = "-created_at",
    .parent = "lot_id",
};
