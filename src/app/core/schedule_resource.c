/* schedule_resource.c - schedule resources: which vehicles and tools a shift needs. */
#include "core/entity.h"

ENTITY(schedule_resource) = {
    .name = "schedule_resources", .one = N_("Shift resource"), .many = N_("Shift resources"), .pack = "core",
    .icon = "truck", .hue = "blue",
    .help = N_("A vehicle or tool that a shift needs."),
    .fields = FIELDS(
        { "schedule_id",  N_("Shift"),     F_REF("schedules", CASCADE), .flags = REQUIRED },
        { "equipment_id", N_("Equipment"), F_REF("equipment", CASCADE), .flags = REQUIRED },
        { "quantity",     N_("How many"),  F_INT(1, 10000), .flags = REQUIRED, .initial = "1" }
    ),
    .indexes = INDEXES(UNIQUE("schedule_id equipment_id"), INDEX("equipment_id"), INDEX("created_at")),
    .list = "schedule_id equipment_id quantity", .filter = "schedule_id equipment_id", .sort = "-created_at",
    .parent = "schedule_id",
};
