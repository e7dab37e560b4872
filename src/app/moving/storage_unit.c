/* storage_unit.c - storage units: the rooms, pods and lockers of a branch that customers rent. */
#include "core/entity.h"

ENTITY(storage_unit) = {
    .name = "storage_units", .one = N_("Storage unit"), .many = N_("Storage units"), .pack = "moving", .title = "unit_number",
    .icon = "warehouse", .hue = "violet",
    .help = N_("A room, pod or locker of a branch that customers rent."),
    .fields = FIELDS(
        { "unit_number",  N_("Number"),       F_TEXT(50), .flags = REQUIRED, .section = N_("Unit") },
        { "location_id",  N_("Branch"),       F_REF("locations", RESTRICT), .flags = REQUIRED },
        { "type",         N_("Type"),         F_CHOICE("room", "locker", "pod", "container", "warehouse"),
          HUES("blue", "cyan", "teal", "orange", "violet"), .flags = REQUIRED, .initial = "room" },
        { "size_class",   N_("Size"),         F_CHOICE("small", "medium", "large", "xlarge", "custom"), .initial = "medium" },
        { "size_sqm",     N_("Area"),      F_DECIMAL(2), .max = 10000000, .unit = "m²" },
        { "status",       N_("Status"),       F_CHOICE("available", "reserved", "occupied", "maintenance", "out_of_service"),
          HUES("green", "amber", "blue", "orange", "gray"), .flags = REQUIRED, .initial = "available" },
        { "floor",        N_("Floor"),        F_INT(-20, 300) },
        { "monthly_rate", N_("Monthly rate"), F_MONEY, .min = 0, .max = INT64_C(1000000000000), .section = N_("Price") },
        { "currency",     N_("Currency"),     F_TEXT(3) },
        { "bookings_count", N_("Bookings"),   F_INT(0, 1000000),
          .kept = {KEPT_COUNT, "storage_bookings", "storage_unit_id", NULL, "status <> 'cancelled'"} },
        { "features",     N_("Features"),     F_CHOICES("climate_control", "drive_up", "ground_floor", "alarm", "camera", "lift"),
          .section = N_("More") },
        { "access_code",  N_("Access code"),  F_SECRET },
        { "notes",        N_("Notes"),        F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("location_id unit_number"), INDEX("status"), INDEX("unit_number"), INDEX("created_at")),
    .list = "unit_number location_id type size_class size_sqm status monthly_rate",
    .filter = "location_id type size_class status",
    .search = "unit_number", .sort = "unit_number", .board = "status", .board_card = "unit_number location_id size_class",
    .match = "unit_number",
};
