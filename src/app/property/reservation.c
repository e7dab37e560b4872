/* reservation.c - reservations: a lot that is held for somebody, for a while; only one at a time. */
#include "app/core/sequence.h"
#include "core/repo.h"

static bool reservation_is_live(const struct row *row) { return str_in_words("held confirmed", row_text(row, "status")); }

/* A lot is reserved while it is free; the unique key lets one of two who race win. */
static bool reservation_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (row_null(row, "expires_at")) row_set_int(row, "expires_at", ctx->now + INT64_C(3) * 86400000);
    bool starts = reservation_is_live(row) && (!change->old || change->restoring || !reservation_is_live(change->old));
    if (starts) {
        struct str status = sql_text(ctx, "SELECT status FROM lots WHERE tenant_id = :tenant AND id = :lot",
                                     ARGS({":lot", row_get(row, "lot_id")}));
        if (ctx->errors.count) return false;
        if (status.len && !str_eqc(status, "available"))
            return errors_add(&ctx->errors, 409, "taken", "lot_id", "This lot is no longer available.");
    }
    return sequence_give(ctx, change, "number", "reservation");
}

/* The lot is reserved with it, and free again without it, unless it has gone further by then. */
static bool reservation_after_save(struct ctx *ctx, struct change *change) {
    bool was = change->old && reservation_is_live(change->old) && row_null(change->old, "deleted_at");
    bool is = reservation_is_live(change->row) && row_null(change->row, "deleted_at");
    if (was == is) return true;
    int64_t lot = row_int(change->row, "lot_id");
    struct str status = sql_text(ctx, "SELECT status FROM lots WHERE tenant_id = :tenant AND id = :lot AND deleted_at IS NULL",
                                 ARGS({":lot", value_int(lot)}));
    if (ctx->errors.count) return false;
    const char *from = is ? "available" : "reserved", *to = is ? "reserved" : "available";
    return !str_eqc(status, from) ||
           repo_update_as_system(ctx, "lots", lot, ARGS({"status", value_text(str_of(to))})) != NULL;
}

ENTITY(reservation) = {
    .name = "reservations", .one = N_("Reservation"), .many = N_("Reservations"), .pack = "property", .title = "number",
    .icon = "flag", .hue = "amber",
    .help = N_("A lot that is held for somebody, for a while."),
    .fields = FIELDS(
        { "number",          N_("Number"),    F_TEXT(40), .flags = BROUGHT, .section = N_("Reservation") },
        { "lot_id",          N_("Lot"),       F_REF("lots", RESTRICT), .flags = REQUIRED | IMMUTABLE },
        { "status",          N_("Status"),    F_CHOICE("held", "confirmed", "expired", "cancelled", "converted"),
          HUES("amber", "green", "gray", "gray", "violet"), .flags = READ_ONLY, .initial = "held" },
        { "contact_id",      N_("For"),       F_REF("contacts", RESTRICT), .section = N_("Who") },
        { "client_id",       N_("Client"),    F_REF("clients", SET_NULL) },
        { "lead_id",         N_("Lead"),      F_REF("leads", SET_NULL) },
        { "deal_id",         N_("Deal"),      F_REF("deals", SET_NULL) },
        { "user_id",         N_("Agent"),     F_REF("users", SET_NULL), .initial = "me" },
        { "reserved_at",     N_("Since"),     F_TIME, .flags = READ_ONLY, .initial = "now", .section = N_("Time") },
        { "expires_at",      N_("Until"),     F_TIME, .flags = HOLDS, .help = N_("Empty: three days.") },
        { "confirmed_at",    N_("Confirmed"), F_TIME, .flags = READ_ONLY },
        { "cancelled_at",    N_("Cancelled"), F_TIME, .flags = READ_ONLY },
        { "cancellation_reason", N_("Why cancelled"), F_TEXT(500) },
        { "deposit_amount",  N_("Deposit"),   F_MONEY, .min = 0, .max = INT64_C(1000000000000000), .section = N_("Deposit") },
        { "currency",        N_("Currency"),  F_TEXT(3) },
        { "deposit_paid_on", N_("Paid on"),   F_DATE },
        { "notes",           N_("Notes"),     F_MARKDOWN, .section = N_("More") }
    ),
    .indexes = INDEXES(UNIQUE("number"), UNIQUE_WHERE("lot_id", "status IN ('held', 'confirmed')"), INDEX("lot_id created_at"),
                       INDEX("status expires_at"), INDEX("user_id"), INDEX("created_at")),
    .list = "number lot_id contact_id status user_id reserved_at expires_at deposit_amount",
    .filter = "status lot_id user_id contact_id expires_at", .search = "number", .sort = "-created_at", .owner = "user_id",
    .parent = "lot_id", .board = "status", .board_card = "number lot_id contact_id expires_at",
    .calendar = "reserved_at expires_at",
    .open = "held confirmed",
    .before_save = reservation_before_save, .after_save = reservation_after_save,
    .actions = ACTIONS(
        { "confirm", N_("Confirm"), .from = "held", .to = "confirmed", .input = "deposit_amount deposit_paid_on",
          .stamp = "confirmed_at", .icon = "check" },
        { "cancel",  N_("Cancel"),  .from = "held confirmed", .to = "cancelled", .input = "cancellation_reason",
          .stamp = "cancelled_at", .icon = "no", .danger = true }
    ),
};
