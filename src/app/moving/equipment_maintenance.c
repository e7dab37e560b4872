/* equipment_maintenance.c - equipment maintenance: what was done to a truck or tool, by whom, at what cost, and when again. */
#include "base/timefmt.h"
#include "core/repo.h"

/* The equipment knows when it was last cared for and when it is due again. */
static bool equipment_maintenance_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->deleting || change->undoing || row_null(row, "performed_at")) return true;
    if (!change_touches(change, "performed_at") && !change_touches(change, "next_due_date")) return true;
    int64_t day = zone_day(ctx->env.zone, row_int(row, "performed_at"));
    int64_t last = sql_int(ctx, "SELECT coalesce(last_maintenance_on, 0) FROM equipment WHERE tenant_id = :tenant AND id = :id",
                           ARGS({":id", row_get(row, "equipment_id")}));
    if (ctx->errors.count || last > day) return ctx->errors.count == 0;
    bool due = !row_null(row, "next_due_date");
    return repo_update_as_system(ctx, "equipment", row_int(row, "equipment_id"),
                                 ARGS({"last_maintenance_on", value_int(day)},
                                      {due ? "next_maintenance_on" : NULL, row_get(row, "next_due_date")})) != NULL;
}

ENTITY(equipment_maintenance) = {
    .name = "equipment_maintenance", .one = N_("Maintenance"), .many = N_("Maintenance"), .pack = "moving",
    .title = "description",
    .icon = "settings", .hue = "orange",
    .help = N_("What was done to a truck or tool."),
    .fields = FIELDS(
        { "equipment_id",    N_("Equipment"),   F_REF("equipment", CASCADE), .flags = REQUIRED },
        { "type",            N_("Type"),        F_CHOICE("preventive", "corrective", "emergency", "inspection"),
          HUES("green", "amber", "red", "blue"), .flags = REQUIRED, .initial = "preventive" },
        { "description",     N_("Work done"),   F_TEXT(2000), .flags = REQUIRED | MULTILINE },
        { "performed_by_id", N_("Done by"),     F_REF("users", SET_NULL) },
        { "vendor_id",       N_("Workshop"),    F_REF("vendors", SET_NULL) },
        { "performed_at",    N_("Done"),        F_TIME, .flags = REQUIRED, .initial = "now", .section = N_("When") },
        { "next_due_date",   N_("Again on"),    F_DATE },
        { "odometer_km",     N_("Odometer"), F_INT(0, 10000000), .unit = "km" },
        { "cost",            N_("Cost"),        F_MONEY, .section = N_("Cost") },
        { "currency",        N_("Currency"),    F_TEXT(3) },
        { "labor_hours",     N_("Hours"),       F_DECIMAL(2), .max = 1000000 },
        { "parts",           N_("Parts"),       F_JSON("any") },
        { "notes",           N_("Notes"),       F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("equipment_id performed_at"), INDEX("performed_at"), INDEX("created_at")),
    .list = "equipment_id type description performed_at performed_by_id cost next_due_date",
    .filter = "equipment_id type performed_at performed_by_id", .search = "description notes", .sort = "-performed_at",
    .parent = "equipment_id", .calendar = "performed_at",
    .after_save = equipment_maintenance_after_save,
};
