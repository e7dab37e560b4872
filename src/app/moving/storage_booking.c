/* storage_booking.c - storage bookings: who has which unit from when to when; a unit is booked once at a time. */
#include "app/core/check.h"
#include "core/entity.h"

static bool storage_booking_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "start_date", "end_date");
}

ENTITY(storage_booking) = {
    .name = "storage_bookings", .one = N_("Storage booking"), .many = N_("Storage bookings"), .pack = "moving",
    .icon = "calendar", .hue = "violet",
    .help = N_("Who has which unit, from when to when."),
    .fields = FIELDS(
        { "storage_unit_id", N_("Unit"),         F_REF("storage_units", RESTRICT), .flags = REQUIRED, .section = N_("Booking") },
        { "client_id",       N_("Client"),       F_REF("clients", RESTRICT), .flags = REQUIRED },
        { "journey_id",      N_("Journey"),      F_REF("journeys", SET_NULL), .help = N_("Which brought the goods.") },
        { "start_date",      N_("From"),         F_DATE, .flags = REQUIRED },
        { "end_date",        N_("Until"),        F_DATE, .help = N_("Empty: until further notice.") },
        { "status",          N_("Status"),       F_CHOICE("pending", "active", "completed", "cancelled", "overdue"),
          HUES("cyan", "green", "gray", "gray", "red"), .flags = READ_ONLY, .initial = "pending" },
        { "billing_plan_id", N_("Billing plan"), F_REF("billing_plans", SET_NULL), .section = N_("Price") },
        { "monthly_rate",    N_("Monthly rate"), F_MONEY, .min = 0, .max = INT64_C(1000000000000) },
        { "total_cost",      N_("Total"),        F_MONEY },
        { "currency",        N_("Currency"),     F_TEXT(3) },
        { "notes",           N_("Notes"),        F_TEXT(5000), .flags = MULTILINE, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("storage_unit_id start_date"), INDEX("client_id start_date"), INDEX("status start_date"),
                       INDEX("start_date"), INDEX("created_at")),
    .list = "storage_unit_id client_id start_date end_date status monthly_rate",
    .filter = "storage_unit_id client_id status start_date end_date", .sort = "-start_date", .state = "status",
    .calendar = "start_date end_date",
    .apart = {.by = "storage_unit_id", .from = "start_date", .to = "end_date",
    .where = "status IN ('pending', 'active', 'overdue')",
              .named = "client_id"},
    .open = "pending active overdue",
    .before_save = storage_booking_before_save,
    .actions = ACTIONS(
        { "move_in",  N_("Move in"),  .from = "pending", .to = "active", .icon = "check" },
        { "move_out", N_("Move out"), .from = "active overdue", .to = "completed", .stamp = "end_date", .icon = "ok" },
        { "cancel",   N_("Cancel"),   .from = "pending active", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
