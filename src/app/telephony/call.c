/* call.c - calls: who talked with whom, how long, and how it ended; open until its agent says how. */
#include "app/sales/lead.h"
#include "core/repo.h"

/* How long it was follows from its start and end; of calls that an import brings often its end from how long it was. */
static bool call_duration(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (change->importing && change_given(change, "duration_seconds") && row_null(row, "ended_at") &&
        !row_null(row, "duration_seconds") && !row_null(row, "started_at"))
        row_set_int(row, "ended_at", row_int(row, "started_at") + row_int(row, "duration_seconds") * 1000);
    if (row_null(row, "started_at") || row_null(row, "ended_at")) {
        row_set(row, "duration_seconds", VALUE_NONE);
        return true;
    }
    int64_t length = row_int(row, "ended_at") - row_int(row, "started_at");
    if (length < 0) return errors_add(&ctx->errors, 422, "order", "ended_at", "The end is before the start.");
    row_set_int(row, "duration_seconds", length / 1000);
    return true;
}

/* Some ends ask for a note. */
static bool call_wrapped_up(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (row_null(row, "disposition_id") || !change_touches(change, "disposition_id")
        || row_text(row, "wrapup_notes").len) return true;
    int64_t note = sql_int(ctx, "SELECT requires_note FROM call_dispositions WHERE tenant_id = :tenant AND id = :disposition",
                           ARGS({":disposition", row_get(row, "disposition_id")}));
    if (ctx->errors.count) return false;
    return !note || errors_add(&ctx->errors, 422, "required", "wrapup_notes", "Write a note: this end of a call asks for one.");
}

/* A call is with the lead or contact that has the other side's number. */
static bool call_with(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!row_null(row, "subject_type")) return true;
    bool inbound = str_eqc(row_text(row, "direction"), "inbound");
    struct value number = inbound ? row_get(row, "from_number") : row_get(row, "to_number");
    if (value_is_null(number) || !(change_touches(change, "from_number") || change_touches(change, "to_number"))) return true;
    int64_t contact = sql_int(ctx,
                              "SELECT id FROM contacts WHERE tenant_id = :tenant AND (phone = :number OR mobile = :number) "
                              "AND deleted_at IS NULL ORDER BY id LIMIT 1",
                              ARGS({":number", number}));
    int64_t lead = contact || ctx->errors.count
                       ? 0
                       : sql_int(ctx,
                                 "SELECT id FROM leads WHERE tenant_id = :tenant AND phone = :number AND deleted_at IS NULL "
                                 "ORDER BY id DESC LIMIT 1",
                                 ARGS({":number", number}));
    if (ctx->errors.count) return false;
    if (!contact && !lead) return true;
    row_set_text(row, "subject_type", contact ? STR("contacts") : STR("leads"));
    row_set_int(row, "subject_id", contact ? contact : lead);
    return true;
}

static bool call_before_save(struct ctx *ctx, struct change *change) {
    return call_duration(ctx, change) && call_wrapped_up(ctx, change) && call_with(ctx, change);
}

/* A call with a lead is a contact with it, and stands among its activities once it is over. */
static bool call_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->deleting || change->undoing || !str_eqc(row_text(row, "subject_type"), "leads")) return true;
    if (row_null(row, "ended_at") || !change_touches(change, "ended_at")) return true;
    struct buf b = buf_new(ctx->arena, 128);
    buf_printf(&b, "{\"call_id\":%lld,\"direction\":", (long long)row_id(row));
    buf_json(&b, row_text(row, "direction"));
    buf_printf(&b, ",\"duration_seconds\":%lld}", (long long)row_int(row, "duration_seconds"));
    int64_t lead = row_int(row, "subject_id");
    return lead_record(ctx, lead, "call", buf_str(&b)) && lead_contacted(ctx, lead, row_int(row, "ended_at"));
}

/* Ending says how it ended; what was over already is not over later. */
static bool call_end(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "ended_at")) row_set_int(change->row, "ended_at", ctx->now);
    return true;
}

ENTITY(call) = {
    .name = "calls", .one = N_("Call"), .many = N_("Calls"), .pack = "telephony", .title = "to_number",
    .icon = "phone", .hue = "green",
    .help = N_("Who talked with whom, and how it ended."),
    .fields = FIELDS(
        { "direction",        N_("Direction"),   F_CHOICE("inbound", "outbound"), HUES("cyan", "green"),
          .flags = REQUIRED | IMMUTABLE,
          .initial = "outbound", .section = N_("Call") },
        { "from_number",      N_("From"),        F_PHONE, .flags = REQUIRED },
        { "to_number",        N_("To"),          F_PHONE, .flags = REQUIRED },
        { "user_id",          N_("Agent"),       F_REF("users", RESTRICT), .flags = REQUIRED, .initial = "me" },
        { "subject_type",     N_("With"),        F_SUBJECT_TYPE("leads contacts clients deals tickets journeys"),
          .help = N_("Empty: found by the number.") },
        { "subject_id",       N_("Record"),      F_SUBJECT_ID },
        { "started_at",       N_("Started"),     F_TIME, .flags = REQUIRED, .initial = "now", .section = N_("Time") },
        { "answered_at",      N_("Answered"),    F_TIME },
        { "ended_at",         N_("Ended"),       F_TIME },
        { "duration_seconds", N_("Length"),      F_INT(0, 1000000), .flags = COMPUTED | BROUGHT, .unit = "s" },
        { "disposition_id",   N_("Ended as"),    F_REF("call_dispositions", RESTRICT), .section = N_("End") },
        { "wrapup_notes",     N_("Notes"),       F_TEXT(5000), .flags = MULTILINE },
        { "pbx_call_id",      N_("Exchange's number"), F_TEXT(255), .section = N_("Exchange") },
        { "recording_url",    N_("Recording"),   F_URL },
        { "campaign_id",      N_("Campaign"),    F_REF("campaigns", SET_NULL) }
    ),
    .indexes = INDEXES(UNIQUE("pbx_call_id"), INDEX("started_at"), INDEX("user_id started_at"), INDEX("subject_type subject_id"),
                       INDEX("disposition_id"), INDEX("created_at")),
    .list = "started_at direction from_number to_number user_id subject_id duration_seconds disposition_id",
    .filter = "direction user_id disposition_id started_at subject_type", .search = "from_number to_number wrapup_notes",
    .sort = "-started_at", .owner = "user_id", .parent = "subject_id", .calendar = "started_at ended_at",
    .before_save = call_before_save, .after_save = call_after_save,
    .actions = ACTIONS(
        { "end", N_("End"), call_end, .input = "disposition_id wrapup_notes", .require = "disposition_id",
          .unless = "ended_at disposition_id", .icon = "phone-end" }
    ),
};
