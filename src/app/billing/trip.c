/* trip.c - trips: drives to clients, how far, at what rate, and whether the client pays for them. */
#include "app/core/check.h"
#include "app/core/sequence.h"
#include "base/decimal.h"
#include "core/entity.h"

#define MILEAGE_SCALE 100 /* of mileage */

/* The cost is distance times rate; the rate has one digit more than money. */
static bool trip_cost(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (row_null(row, "mileage") || row_null(row, "rate_per_mile")) {
        row_set(row, "total_cost", VALUE_NONE);
        return true;
    }
    int64_t cost, digits = currency_digits(row_text(row, "currency")), unit = 1;
    for (int64_t i = 0; i < (digits < 0 ? 2 : digits); i++) unit *= 10;
    if (!decimal_mul_div(row_int(row, "mileage"), row_int(row, "rate_per_mile") * unit, MILEAGE_SCALE * INT64_C(10000), &cost))
        return errors_add(&ctx->errors, 422, "too_large", "rate_per_mile", "The amount is too large.");
    row_set_int(row, "total_cost", cost);
    return true;
}

static bool trip_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "start_date", "end_date") && trip_cost(ctx, change) &&
           sequence_give(ctx, change, "number", "trip");
}

ENTITY(trip) = {
    .name = "trips", .one = N_("Trip"), .many = N_("Trips"), .pack = "billing", .title = "purpose",
    .icon = "route", .hue = "amber",
    .help = N_("A drive to a client: how far, and who pays."),
    .fields = FIELDS(
        { "number",        N_("Number"),      F_TEXT(40), .flags = BROUGHT, .section = N_("Trip") },
        { "purpose",       N_("Purpose"),     F_TEXT(2000), .flags = REQUIRED | MULTILINE },
        { "client_id",     N_("Client"),      F_REF("clients", CASCADE), .flags = REQUIRED },
        { "location_id",   N_("To"),          F_REF("locations", SET_NULL) },
        { "user_id",       N_("User"),        F_REF("users", SET_NULL), .initial = "me" },
        { "type",          N_("Type"),
          F_CHOICE("client_visit", "site_inspection", "meeting", "training", "support", "installation", "maintenance",
          "emergency",
                   "other"),
          HUES("blue", "teal", "violet", "cyan", "orange", "green", "amber", "red", "gray"), .initial = "client_visit" },
        { "transport",     N_("By"),          F_CHOICE("car", "company_car", "rental_car", "train", "airplane", "taxi", "other"),
          .initial = "car" },
        { "status",        N_("Status"),      F_CHOICE("planned", "in_progress", "completed", "approved", "cancelled"),
          HUES("cyan", "blue", "green", "violet", "gray"), .flags = REQUIRED, .initial = "planned" },
        { "start_date",    N_("Starts"),      F_DATE, .flags = REQUIRED, .initial = "today", .section = N_("When") },
        { "end_date",      N_("Ends"),        F_DATE },
        { "mileage",       N_("Distance"),    F_DECIMAL(2), .max = 10000000, .section = N_("Cost"),
          .help = N_("Miles or kilometres, as the rate is.") },
        { "rate_per_mile", N_("Rate"),        F_DECIMAL(4), .max = 10000000, .help = N_("For one mile or kilometre.") },
        { "total_cost",    N_("Cost"),        F_MONEY, .flags = COMPUTED },
        { "currency",      N_("Currency"),    F_TEXT(3) },
        { "is_billable",   N_("Client pays"), F_BOOL, .initial = "true" },
        { "notes",         N_("Notes"),       F_MARKDOWN, .section = N_("More") }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("client_id start_date"), INDEX("user_id start_date"), INDEX("start_date"),
                       INDEX("created_at")),
    .list = "number purpose client_id user_id start_date mileage total_cost is_billable status",
    .filter = "client_id user_id type status start_date is_billable", .search = "number purpose", .sort = "-start_date",
    .owner = "user_id", .parent = "client_id", .calendar = "start_date end_date", .state = "status",
    .open = "planned in_progress",
    .before_save = trip_before_save,
    .actions = ACTIONS(
        { "start",    N_("Start"),    .from = "planned", .to = "in_progress", .icon = "play" },
        { "complete", N_("Complete"), .from = "planned in_progress", .to = "completed", .icon = "check" },
        { "approve",  N_("Approve"),  .from = "completed", .to = "approved", .icon = "ok" },
        { "cancel",   N_("Cancel"),   .from = "planned in_progress", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
