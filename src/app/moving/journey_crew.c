/* journey_crew.c - journey crew: who goes on a journey, as what, and from when to when; nobody is on two at once. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* Who is assigned without a time is taken for as long as the journey is planned. */
static bool journey_crew_time(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (change->old || !row_null(row, "starts_at") || row_null(row, "journey_id")) return true;
    struct db_stmt *s =
        sql_query(ctx, "SELECT planned_start_at, planned_end_at FROM journeys WHERE tenant_id = :tenant AND id = :journey",
                  ARGS({":journey", row_get(row, "journey_id")}));
    if (!s) return false;
    if (db_step(s) == DB_ROW && !db_is_null(s, 0)) {
        row_set_int(row, "starts_at", db_int(s, 0));
        if (!db_is_null(s, 1)) row_set_int(row, "ends_at", db_int(s, 1));
    }
    db_reset(s);
    return true;
}

static bool journey_crew_before_save(struct ctx *ctx, struct change *change) {
    if (!journey_crew_time(ctx, change)) return false;
    const struct row *row = change->row;
    if (row_null(row, "starts_at") || row_null(row, "ends_at")
        || row_int(row, "starts_at") <= row_int(row, "ends_at")) return true;
    return errors_add(&ctx->errors, 422, "order", "ends_at", "The end is before the start.");
}

ENTITY(journey_crew) = {
    .name = "journey_crew", .one = N_("Crew on a journey"), .many = N_("Crews on journeys"), .pack = "moving",
    .icon = "users", .hue = "blue",
    .help = N_("Who goes on a journey, and as what."),
    .fields = FIELDS(
        { "journey_id", N_("Journey"), F_REF("journeys", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "user_id",    N_("User"),    F_REF("users", RESTRICT), .flags = REQUIRED },
        { "crew_id",    N_("Crew"),    F_REF("crews", SET_NULL) },
        { "role",       N_("Role"),    F_CHOICE("driver", "mover", "foreman", "packer"), HUES("blue", "teal", "violet", "amber"),
          .flags = REQUIRED, .initial = "mover" },
        { "status",     N_("Status"),  F_CHOICE("assigned", "confirmed", "on_site", "completed", "cancelled"),
          HUES("cyan", "green", "blue", "gray", "gray"), .flags = READ_ONLY, .initial = "assigned" },
        { "starts_at",  N_("From"),    F_TIME, .help = N_("Empty: as the journey is planned.") },
        { "ends_at",    N_("Until"),   F_TIME },
        { "notes",      N_("Notes"),   F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE_WHERE("journey_id user_id", "status <> 'cancelled'"), INDEX("user_id starts_at"),
                       INDEX("journey_id"), INDEX("created_at")),
    .list = "journey_id user_id role status starts_at ends_at", .filter = "journey_id user_id role status starts_at",
    .sort = "-created_at", .owner = "user_id", .state = "status", .calendar = "starts_at ends_at",
    .apart = {.by = "user_id", .from = "starts_at", .to = "ends_at", .where = "status IN ('assigned', 'confirmed', 'on_site')",
              .named = "journey_id"},
    .before_save = journey_crew_before_save,
    .actions = ACTIONS(
        { "confirm",  N_("Confirm"),  .from = "assigned", .to = "confirmed", .icon = "check" },
        { "arrive",   N_("On site"),  .from = "assigned confirmed", .to = "on_site", .icon = "pin" },
        { "complete", N_("Complete"), .from = "on_site", .to = "completed", .stamp = "ends_at", .icon = "ok" },
        { "cancel",   N_("Cancel"),   .from = "assigned confirmed on_site", .to = "cancelled", .icon = "no", .danger = true }
    ),
};
