/* journey.c - journeys: moves, each with a crew, a truck and an address to load and to unload, from the morning to the audit. */
#include "app/core/sequence.h"
#include "core/repo.h"

/* What it took follows from when it started and ended. */
static bool journey_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!row_null(row, "started_at") && !row_null(row, "ended_at")) {
        int64_t length = row_int(row, "ended_at") - row_int(row, "started_at");
        if (length < 0) return errors_add(&ctx->errors, 422, "order", "ended_at", "The end is before the start.");
        row_set_int(row, "actual_minutes", length / 60000);
    }
    return sequence_give(ctx, change, "number", "journey");
}

/* A crew and a truck come first. */
static bool journey_start(struct ctx *ctx, struct change *change) {
    if (row_int(change->row, "crew_count") == 0)
        errors_add(&ctx->errors, 409, "no_crew", "crew_count", "Assign somebody first.");
    int64_t trucks = sql_int(ctx,
                             "SELECT count(*) FROM equipment_assignments a JOIN equipment e ON e.tenant_id = a.tenant_id "
                             "AND e.id = a.equipment_id WHERE a.tenant_id = :tenant AND a.journey_id = :journey "
                             "AND a.status = 'active' AND a.deleted_at IS NULL AND e.type = 'truck'",
                             ARGS({":journey", value_int(row_id(change->row))}));
    if (ctx->errors.count) return false;
    return trucks > 0 || errors_add(&ctx->errors, 409, "no_truck", NULL, "Assign a truck first.");
}

static int64_t media_of(struct ctx *ctx, const struct change *change, const char *type) {
    return sql_int(ctx,
                   "SELECT count(*) FROM media WHERE tenant_id = :tenant AND subject_type = 'journeys' AND subject_id = :journey "
                   "AND media_type = :type AND deleted_at IS NULL",
                   ARGS({":journey", value_int(row_id(change->row))}, {":type", value_text(str_of(type))}));
}

/* A photo shows what was delivered, a signature that it was taken. */
static bool journey_complete(struct ctx *ctx, struct change *change) {
    if (media_of(ctx, change, "photo") == 0) errors_add(&ctx->errors, 409, "no_photo", NULL, "Take a photo first.");
    if (media_of(ctx, change, "signature") == 0)
        errors_add(&ctx->errors, 409, "no_signature", NULL, "Have the customer sign first.");
    return ctx->errors.count == 0;
}

ENTITY(journey) = {
    .name = "journeys", .one = N_("Journey"), .many = N_("Journeys"), .pack = "moving", .title = "number",
    .icon = "truck", .hue = "blue",
    .help = N_("A move: who goes with which truck, from where to where."),
    .fields = FIELDS(
        { "number",         N_("Number"),      F_TEXT(40), .flags = BROUGHT, .section = N_("Journey") },
        { "client_id",      N_("Client"),      F_REF("clients", RESTRICT), .flags = REQUIRED },
        { "contact_id",     N_("Contact"),     F_REF("contacts", SET_NULL), .help = N_("Who is there on the day.") },
        { "location_id",    N_("Branch"),      F_REF("locations", RESTRICT), .flags = REQUIRED },
        { "status",         N_("Status"),      F_CHOICE("morning_prep", "en_route", "onsite", "completed", "audited",
          "cancelled"),
          HUES("cyan", "blue", "amber", "green", "violet", "gray"), .flags = READ_ONLY, .initial = "morning_prep" },
        { "priority",       N_("Priority"),    F_CHOICE("low", "normal", "high", "urgent"), HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "normal" },
        { "move_type",      N_("Kind of move"), F_CHOICE("local", "long_distance", "office", "storage", "packing", "delivery"),
          HUES("blue", "violet", "teal", "amber", "cyan", "green"), .initial = "local" },
        { "move_size",      N_("Size"),
          F_CHOICE("studio", "one_bedroom", "two_bedrooms", "three_bedrooms", "four_bedrooms", "office", "few_items") },
        { "move_source_id", N_("Source"),      F_REF("move_sources", SET_NULL) },
        { "dispatcher_id",  N_("Dispatcher"),  F_REF("users", SET_NULL), .initial = "me" },
        { "date",           N_("Day"),         F_DATE, .flags = REQUIRED, .section = N_("When") },
        { "planned_start_at", N_("Planned start"), F_TIME },
        { "planned_end_at", N_("Planned end"), F_TIME },
        { "estimated_minutes", N_("Estimated"), F_DURATION },
        { "started_at",     N_("Started"),     F_TIME, .flags = READ_ONLY },
        { "arrived_at",     N_("Arrived"),     F_TIME, .flags = READ_ONLY },
        { "ended_at",       N_("Ended"),       F_TIME, .flags = READ_ONLY },
        { "actual_minutes", N_("Took"),        F_DURATION, .flags = COMPUTED },
        { "pickup_address", N_("From"),        F_TEXT(500), .section = N_("Where") },
        { "pickup_notes",   N_("Access at the start"), F_TEXT(1000), .flags = MULTILINE,
          .help = N_("Such as stairs, lift or parking.") },
        { "delivery_address", N_("To"),        F_TEXT(500) },
        { "delivery_notes", N_("Access at the end"), F_TEXT(1000), .flags = MULTILINE },
        { "distance_km",    N_("Distance"), F_DECIMAL(1), .max = 1000000, .unit = "km" },
        { "route",          N_("Route"),       F_JSON("any") },
        { "crew_count",     N_("Crew"),        F_INT(0, 1000),
          .kept = {KEPT_COUNT, "journey_crew", "journey_id", NULL, "status <> 'cancelled'"}, .section = N_("Who and what") },
        { "equipment_count", N_("Equipment"),  F_INT(0, 1000),
          .kept = {KEPT_COUNT, "equipment_assignments", "journey_id", NULL, "status = 'active'"} },
        { "steps_count",    N_("Steps"),       F_INT(0, 1000), .kept = {KEPT_COUNT, "journey_steps", "journey_id"} },
        { "steps_done",     N_("Steps done"),  F_INT(0, 1000),
          .kept = {KEPT_COUNT, "journey_steps", "journey_id", NULL, "status IN ('completed', 'approved')"} },
        { "estimated_cost", N_("Estimate"),    F_MONEY, .section = N_("Money") },
        { "actual_cost",    N_("Price"),       F_MONEY },
        { "currency",       N_("Currency"),    F_TEXT(3) },
        { "billing_status", N_("Billing"),     F_CHOICE("pending", "invoiced", "paid", "overdue", "cancelled"),
          HUES("cyan", "blue", "green", "red", "gray"), .flags = READ_ONLY, .initial = "pending" },
        { "quote_id",       N_("Quote"),       F_REF("quotes", SET_NULL) },
        { "audited_by_id",  N_("Audited by"),  F_REF("users", SET_NULL), .flags = READ_ONLY, .section = N_("End") },
        { "audited_at",     N_("Audited"),     F_TIME, .flags = READ_ONLY },
        { "cancelled_at",   N_("Cancelled"),   F_TIME, .flags = READ_ONLY },
        { "cancellation_reason", N_("Why cancelled"), F_TEXT(500) },
        { "notes",          N_("Notes"),       F_MARKDOWN },
        { "tags",           N_("Tags"),        F_TAGS },
        { "accessed_at",    N_("Last opened"), F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("location_id date"), INDEX("date"), INDEX("client_id date"),
                       INDEX("status date"), INDEX("created_at"), INDEX("move_source_id")),
    .list = "number date client_id location_id status priority crew_count pickup_address delivery_address",
    .filter = "status date location_id client_id priority move_type move_source_id billing_status tags",
    .search = "number pickup_address delivery_address", .sort = "-date", .board = "status",
    .board_card = "number client_id date pickup_address crew_count", .owner = "dispatcher_id",
    .calendar = "planned_start_at planned_end_at",
    .open = "morning_prep en_route onsite",
    .before_save = journey_before_save,
    .actions = ACTIONS(
        { "start",    N_("Start"),    journey_start, .from = "morning_prep", .to = "en_route", .stamp = "started_at",
          .after = "crew_count", .icon = "play" },
        { "arrive",   N_("Arrive"),   .from = "en_route", .to = "onsite", .stamp = "arrived_at", .icon = "pin" },
        { "complete", N_("Complete"), journey_complete, .from = "onsite", .to = "completed", .stamp = "ended_at",
          .icon = "check" },
        { "audit",    N_("Audit"),    .from = "completed", .to = "audited", .stamp = "audited_at audited_by_id",
          .needs = MAY_APPROVE, .icon = "shield" },
        { "cancel",   N_("Cancel"),   .from = "morning_prep en_route onsite completed", .to = "cancelled",
          .input = "cancellation_reason", .require = "cancellation_reason", .stamp = "cancelled_at", .icon = "no",
          .danger = true }
    ),
};
