/* rack.c - racks: the cabinets at a client's site, and how much of each is free. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* What is mounted stays inside. */
static bool rack_before_save(struct ctx *ctx, struct change *change) {
    if (!change->old || !change_touches(change, "units")) return true;
    int64_t top = sql_int(ctx,
                          "SELECT coalesce(max(position + height - 1), 0) FROM rack_items WHERE tenant_id = :tenant "
                          "AND rack_id = :rack AND deleted_at IS NULL",
                          ARGS({":rack", value_int(row_id(change->row))}));
    if (ctx->errors.count) return false;
    if (row_int(change->row, "units") >= top) return true;
    return errors_add(&ctx->errors, 409, "in_use", "units", "Something is mounted up to unit %lld.", (long long)top);
}

ENTITY(rack) = {
    .name = "racks", .one = N_("Rack"), .many = N_("Racks"), .pack = "documentation", .title = "name",
    .icon = "server", .hue = "gray",
    .help = N_("A cabinet for servers and network devices at a client's site."),
    .fields = FIELDS(
        { "name",              N_("Name"),             F_TEXT(255), .flags = REQUIRED, .section = N_("Rack") },
        { "client_id",         N_("Client"),           F_REF("clients", CASCADE), .flags = REQUIRED },
        { "location_id",       N_("Location"),         F_REF("locations", SET_NULL) },
        { "room",              N_("Room"),             F_TEXT(255) },
        { "status",            N_("Status"),           F_CHOICE("active", "maintenance", "inactive", "decommissioned"),
          HUES("green", "amber", "gray", "gray"), .flags = REQUIRED, .initial = "active" },
        { "units",             N_("Units"),            F_INT(1, 100), .flags = REQUIRED, .initial = "42", .section = N_("Size"),
          .help = N_("Height units; 42 is usual.") },
        { "depth",             N_("Depth"),            F_TEXT(255) },
        { "max_weight_kg",     N_("Carries"),          F_INT(0, 10000), .unit = "kg" },
        { "items_count",       N_("Items"),            F_INT(0, 1000), .kept = {KEPT_COUNT, "rack_items", "rack_id"} },
        { "power_specs",       N_("Power"),            F_TEXT(2000), .flags = MULTILINE, .section = N_("Power and cooling") },
        { "power_capacity_watts", N_("Power limit"),   F_INT(0, 1000000), .unit = "W" },
        { "cooling_specs",     N_("Cooling"),          F_TEXT(2000), .flags = MULTILINE },
        { "manufacturer",      N_("Manufacturer"),     F_TEXT(255), .section = N_("More") },
        { "model",             N_("Model"),            F_TEXT(255) },
        { "serial_number",     N_("Serial number"),    F_TEXT(255) },
        { "purchase_date",     N_("Purchased"),        F_DATE },
        { "warranty_expires_on", N_("Warranty until"), F_DATE, .flags = EXPIRES },
        { "notes",             N_("Notes"),            F_MARKDOWN },
        { "accessed_at",       N_("Last opened"),      F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("created_at")),
    .list = "name client_id location_id room status units items_count", .filter = "client_id location_id status",
    .search = "name room serial_number", .sort = "name", .parent = "client_id",
    .before_save = rack_before_save,
};
