/* journey_step.c - journey steps: what a crew does one after the other, from the check of the truck to the signature. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* Steps go in their order: the ones before are done. */
static bool journey_step_start(struct ctx *ctx, struct change *change) {
    struct str open = sql_text(ctx,
                               "SELECT name FROM journey_steps WHERE tenant_id = :tenant AND journey_id = :journey "
                               "AND position < :position AND status IN ('pending', 'in_progress', 'rejected') "
                               "AND deleted_at IS NULL ORDER BY position LIMIT 1",
                               ARGS({":journey", row_get(change->row, "journey_id")},
                                    {":position", row_get(change->row, "position")}));
    if (ctx->errors.count) return false;
    return !open.len || errors_add(&ctx->errors, 409, "too_early", "position", "First comes '%.*s'.", STR_ARG(open));
}

/* How long it took follows from when it started and ended. */
static bool journey_step_before_save(struct ctx *ctx, struct change *change) {
    (void)ctx;
    struct row *row = change->row;
    if (row_null(row, "started_at") || row_null(row, "completed_at")) row_set(row, "actual_minutes", VALUE_NONE);
    else row_set_int(row, "actual_minutes", (row_int(row, "completed_at") - row_int(row, "started_at")) / 60000);
    return true;
}

ENTITY(journey_step) = {
    .name = "journey_steps", .one = N_("Journey step"), .many = N_("Journey steps"), .pack = "moving", .title = "name",
    .icon = "stairs", .hue = "cyan",
    .help = N_("What the crew does, one step after the other."),
    .fields = FIELDS(
        { "journey_id",       N_("Journey"),   F_REF("journeys", CASCADE), .flags = REQUIRED | IMMUTABLE, .section = N_("Step") },
        { "position",         N_("Number"),    F_INT(1, 1000), .flags = REQUIRED },
        { "name",             N_("Name"),      F_TEXT(255), .flags = REQUIRED },
        { "status",           N_("Status"),
          F_CHOICE("pending", "in_progress", "completed", "approved", "rejected", "cancelled"),
          HUES("cyan", "blue", "green", "violet", "red", "gray"), .flags = READ_ONLY, .initial = "pending" },
        { "checklist",        N_("Checklist"), F_JSON("array") },
        { "needs_photo",      N_("Asks for a photo"), F_BOOL, .initial = "false" },
        { "needs_approval",   N_("Asks for approval"), F_BOOL, .initial = "false" },
        { "place",            N_("Place"),     F_JSON("any"), .help = N_("Where it was done.") },
        { "estimated_minutes", N_("Estimated"), F_DURATION, .section = N_("Time") },
        { "actual_minutes",   N_("Took"),      F_DURATION, .flags = COMPUTED },
        { "started_at",       N_("Started"),   F_TIME, .flags = READ_ONLY },
        { "completed_at",     N_("Completed"), F_TIME, .flags = READ_ONLY },
        { "completed_by_id",  N_("Completed by"), F_REF("users", SET_NULL), .flags = READ_ONLY },
        { "approved_by_id",   N_("Approved by"), F_REF("users", SET_NULL), .flags = READ_ONLY, .section = N_("Approval") },
        { "approved_at",      N_("Approved"),  F_TIME, .flags = READ_ONLY },
        { "rejection_reason", N_("Why rejected"), F_TEXT(500) },
        { "notes",            N_("Notes"),     F_TEXT(5000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("journey_id position"), INDEX("status"), INDEX("position"), INDEX("created_at")),
    .list = "journey_id position name status started_at completed_at completed_by_id", .filter = "journey_id status",
    .search = "name notes", .sort = "position", .parent = "journey_id", .state = "status",
    .before_save = journey_step_before_save,
    .actions = ACTIONS(
        { "start",    N_("Start"),    journey_step_start, .from = "pending rejected", .to = "in_progress", .stamp = "started_at",
          .clear = "completed_at completed_by_id rejection_reason", .icon = "play" },
        { "complete", N_("Complete"), .from = "in_progress", .to = "completed", .stamp = "completed_at completed_by_id",
          .icon = "check" },
        { "approve",  N_("Approve"),  .from = "completed", .to = "approved", .stamp = "approved_at approved_by_id",
          .icon = "ok" },
        { "reject",   N_("Reject"),   .from = "completed", .to = "rejected", .input = "rejection_reason",
          .require = "rejection_reason", .needs = MAY_APPROVE, .icon = "no", .danger = true }
    ),
};
