/* equipment.c - equipment: the trucks, trailers and tools of a branch, what they are worth and when they need care. */
#include "base/decimal.h"
#include "base/timefmt.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

#define RATE_SCALE INT64_C(10000) /* of depreciation_rate: percent with two decimals, for a year */
#define YEAR 365

/* It loses the same part of its price each year, down to nothing, unless somebody says what it is worth. */
static void equipment_value(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (change->restoring || change_given(change, "current_value") || row_null(row, "depreciation_rate")) return;
    if (row_null(row, "purchase_price") || row_null(row, "purchase_date")) return;
    int64_t days = zone_day(ctx->env.zone, ctx->now) - row_int(row, "purchase_date"), yearly, lost;
    if (days < 0) days = 0;
    int64_t price = row_int(row, "purchase_price");
    if (!decimal_mul_div(price, row_int(row, "depreciation_rate"), RATE_SCALE, &yearly)) return;
    if (!decimal_mul_div(yearly, days, YEAR, &lost) || lost > price) lost = price;
    row_set_int(row, "current_value", price - lost);
}

/* The next care is due one interval after the last. */
static void equipment_care(struct change *change) {
    struct row *row = change->row;
    bool touched = change_touches(change, "last_maintenance_on") || change_touches(change, "maintenance_interval_days");
    if (!touched || change_given(change, "next_maintenance_on")) return;
    if (row_null(row, "last_maintenance_on") || row_null(row, "maintenance_interval_days")) return;
    row_set_int(row, "next_maintenance_on", row_int(row, "last_maintenance_on") + row_int(row, "maintenance_interval_days"));
}

static bool equipment_before_save(struct ctx *ctx, struct change *change) {
    equipment_value(ctx, change);
    equipment_care(change);
    return true;
}

ENTITY(equipment) = {
    .name = "equipment", .one = N_("Equipment"), .many = N_("Equipment"), .pack = "moving", .title = "name",
    .icon = "truck", .hue = "orange",
    .help = N_("A truck, trailer or tool of a branch."),
    .fields = FIELDS(
        { "name",             N_("Name"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Equipment") },
        { "type",             N_("Type"),
          F_CHOICE("truck", "trailer", "forklift", "dolly", "straps", "blankets", "tools", "other"),
          HUES("blue", "teal", "orange", "amber", "gray", "violet", "cyan", "gray"), .flags = REQUIRED, .initial = "truck" },
        { "status",           N_("Status"),       F_CHOICE("active", "maintenance", "repair", "retired", "sold"),
          HUES("green", "amber", "red", "gray", "gray"), .flags = REQUIRED, .initial = "active" },
        { "location_id",      N_("Branch"),       F_REF("locations", RESTRICT), .flags = REQUIRED },
        { "assigned_to_id",   N_("Usually with"), F_REF("users", SET_NULL) },
        { "current_location", N_("Is now at"),    F_TEXT(255) },
        { "manufacturer",     N_("Manufacturer"), F_TEXT(255), .section = N_("Details") },
        { "model",            N_("Model"),        F_TEXT(255) },
        { "year",             N_("Year"),         F_INT(1900, 2200) },
        { "serial_number",    N_("Serial number"), F_TEXT(255) },
        { "license_plate",    N_("Plate"),        F_TEXT(20) },
        { "capacity",         N_("Capacity"),     F_TEXT(255), .help = N_("Such as 26 ft or 4.5 t.") },
        { "specifications",   N_("Specifications"), F_JSON("any") },
        { "purchase_date",    N_("Purchased"),    F_DATE, .section = N_("Value") },
        { "purchase_price",   N_("Price"),        F_MONEY },
        { "depreciation_rate", N_("Loses a year"), F_PERCENT, .max = 10000 },
        { "current_value",    N_("Worth"),        F_MONEY, .help = N_("Empty: the price less what it lost since.") },
        { "currency",         N_("Currency"),     F_TEXT(3) },
        { "last_maintenance_on", N_("Last care"), F_DATE, .section = N_("Care") },
        { "maintenance_interval_days", N_("Every"), F_INT(1, 3650), .unit = N_("days") },
        { "next_maintenance_on", N_("Next care"), F_DATE, .flags = DUE, .help = N_("Empty: one interval after the last.") },
        { "maintenance_schedule", N_("Plan"),     F_JSON("any") },
        { "odometer_km",      N_("Odometer"),  F_INT(0, 10000000), .unit = "km" },
        { "registration_expires_on", N_("Registered until"), F_DATE, .flags = EXPIRES },
        { "insurance_expires_on", N_("Insured until"), F_DATE, .flags = EXPIRES },
        { "notes",            N_("Notes"),        F_MARKDOWN, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("location_id name"), INDEX("name"), INDEX("type status"), INDEX("next_maintenance_on"),
                       UNIQUE("license_plate"), INDEX("created_at")),
    .list = "name type status location_id license_plate next_maintenance_on current_value",
    .filter = "type status location_id next_maintenance_on", .search = "name serial_number license_plate model", .sort = "name",
    .owner = "assigned_to_id", .board = "status", .board_card = "name type location_id", .match = "serial_number license_plate",
    .before_save = equipment_before_save,
    .actions = ACTIONS(
        { "service", N_("To maintenance"), .from = "active", .to = "maintenance", .icon = "settings" },
        { "activate", N_("Back in use"), .from = "maintenance repair", .to = "active", .icon = "check" },
        { "retire",  N_("Retire"), .from = "active maintenance repair", .to = "retired", .icon = "no", .danger = true }
    ),
};
