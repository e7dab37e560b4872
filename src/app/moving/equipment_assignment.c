/* equipment_assignment.c - equipment assignments: which truck or tool goes on which journey; nothing is in two places. */
#include "app/core/check.h"
#include "core/entity.h"

/* It is for a journey or for a person, and what is broken goes nowhere. */
static bool equipment_assignment_before_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (row_null(row, "journey_id") && row_null(row, "user_id"))
        return errors_add(&ctx->errors, 422, "required", "journey_id", "Say for what: a journey or a person.");
    if (!change_touches(change, "equipment_id") || change->undoing) return check_order(ctx, change, "starts_at", "ends_at");
    struct str status = sql_text(ctx, "SELECT status FROM equipment WHERE tenant_id = :tenant AND id = :equipment",
                                 ARGS({":equipment", row_get(row, "equipment_id")}));
    if (ctx->errors.count) return false;
    if (status.len && !str_eqc(status, "active"))
        return errors_add(&ctx->errors, 409, "not_in_use", "equipment_id", "It is not in use at present.");
    return check_order(ctx, change, "starts_at", "ends_at");
}

ENTITY(equipment_assignment) = {
    .name = "equipment_assignments", .one = N_("Equipment assignment"), .many = N_("Equipment assignments"), .pack = "moving",
    .icon = "transfer", .hue = "orange",
    .help = N_("Which truck or tool goes on which journey."),
    .fields = FIELDS(
        { "equipment_id", N_("Equipment"), F_REF("equipment", RESTRICT), .flags = REQUIRED },
        { "journey_id",   N_("Journey"),   F_REF("journeys", CASCADE) },
        { "user_id",      N_("User"),      F_REF("users", SET_NULL) },
        { "starts_at",    N_("From"),      F_TIME, .flags = REQUIRED },
        { "ends_at",      N_("Until"),     F_TIME, .help = N_("Empty: until it is given back.") },
        { "status",       N_("Status"),    F_CHOICE("active", "completed", "cancelled"), HUES("green", "gray", "gray"),
          .flags = READ_ONLY, .initial = "active" },
        { "purpose",      N_("For"),       F_TEXT(255) },
        { "notes",        N_("Notes"),     F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("equipment_id starts_at"), INDEX("journey_id"), INDEX("user_id"), INDEX("starts_at"),
                       INDEX("created_at")),
    .list = "equipment_id journey_id user_id starts_at ends_at status",
    .filter = "equipment_id journey_id user_id status starts_at",
    .search = "purpose", .sort = "-starts_at", .owner = "user_id", .state = "status", .calendar = "starts_at ends_at",
    .apart = {.by = "equipment_id", .from = "starts_at", .to = "ends_at", .where = "status = 'active'", .named = "journey_id"},
    .before_save = equipment_assignment_before_save,
    .actions = ACTIONS(
        { "complete", N_("Given back"), .from = "active", .to = "completed", .stamp = "ends_at",
          .after = "starts_at", .icon = "check" },
        { "cancel",   N_("Cancel"),     .from = "active", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
