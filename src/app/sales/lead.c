/* lead.c - leads: people and companies who may become clients. */
#include "app/sales/lead.h"

#include "app/core/person.h"
#include "base/timefmt.h"
#include "core/repo.h"

static struct value me_or_none(const struct ctx *ctx) {
    return ctx->actor->user_id ? value_int(ctx->actor->user_id) : VALUE_NONE;
}

bool lead_record(struct ctx *ctx, int64_t lead_id, const char *type, struct str payload) {
    return repo_create_as_system(ctx, "lead_activities",
                                 ARGS({"lead_id", value_int(lead_id)}, {"type", value_text(str_of(type))},
                                      {"payload", value_text(payload)}, {"user_id", me_or_none(ctx)})) != NULL;
}

bool lead_contacted(struct ctx *ctx, int64_t lead_id, int64_t at) {
    int64_t known = sql_int(ctx,
                            "SELECT coalesce(last_contacted_at, 0) FROM leads WHERE tenant_id = :tenant AND id = :lead "
                            "AND deleted_at IS NULL UNION ALL SELECT -1 LIMIT 1",
                            ARGS({":lead", value_int(lead_id)}));
    if (ctx->errors.count) return false;
    if (known < 0 || known >= at) return true; // gone, or heard from since
    return repo_update_as_system(ctx, "leads", lead_id, ARGS({"last_contacted_at", value_int(at)})) != NULL;
}

/* A lead's source in words and the one from the list say the same: the list gives the words, and words that stand in the list
 * choose from it. */
static bool lead_source(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    bool chosen = change_touches(change, "lead_source_id"), worded = change_touches(change, "source");
    if (chosen && !row_null(row, "lead_source_id")) {
        row_set_text(row, "source",
                     sql_text(ctx, "SELECT name FROM lead_sources WHERE tenant_id = :tenant AND id = :source",
                              ARGS({":source", row_get(row, "lead_source_id")})));
    } else if (worded) {
        int64_t id = sql_int(ctx,
                             "SELECT id FROM lead_sources WHERE tenant_id = :tenant AND lower(name) = :name "
                             "AND deleted_at IS NULL LIMIT 1",
                             ARGS({":name", value_text(str_lower(ctx->arena, row_text(row, "source")))}));
        row_set(row, "lead_source_id", id ? value_int(id) : VALUE_NONE);
    } else if (chosen && change->old) {
        row_set(row, "source", VALUE_NONE);
    }
    return ctx->errors.count == 0;
}

/* A new lead starts in the status for new leads. */
static bool lead_first_status(struct ctx *ctx, struct change *change) {
    if (!row_null(change->row, "lead_status_id")) return true;
    int64_t first = sql_int(ctx,
                            "SELECT id FROM lead_statuses WHERE tenant_id = :tenant AND deleted_at IS NULL "
                            "ORDER BY is_default DESC NULLS LAST, is_closed NULLS FIRST, position NULLS FIRST, id LIMIT 1",
                            NO_ARGS);
    if (ctx->errors.count) return false;
    if (!first) return errors_add(&ctx->errors, 409, "no_status", "lead_status_id", "Add a lead status first.");
    change_refer(change, "lead_status_id", first);
    return true;
}

/* Moving a lead into a status that asks for a note or a follow-up date needs them in the same step. */
static bool lead_move(struct ctx *ctx, struct change *change) {
    if (!change_touches(change, "lead_status_id")) return true;
    row_set_int(change->row, "status_changed_at", ctx->now);
    if (!change->old || change->undoing) return true;
    struct sql_arg status[] = {{":status", row_get(change->row, "lead_status_id")}, {NULL, VALUE_NONE}};
    struct str name = sql_text(ctx, "SELECT name FROM lead_statuses WHERE tenant_id = :tenant AND id = :status", status);
    bool note = sql_int(ctx, "SELECT requires_note FROM lead_statuses WHERE tenant_id = :tenant AND id = :status", status) != 0;
    bool followup =
        sql_int(ctx, "SELECT requires_followup_date FROM lead_statuses WHERE tenant_id = :tenant AND id = :status", status) != 0;
    if (note && !row_text(change->row, "note").len)
        errors_add(&ctx->errors, 422, "required", "note", "Write a note: '%.*s' asks for one.", STR_ARG(name));
    if (followup && (!change_given(change, "next_followup_at") || row_null(change->row, "next_followup_at")))
        errors_add(&ctx->errors, 422, "required", "next_followup_at", "Set a follow-up date: '%.*s' asks for one.",
                   STR_ARG(name));
    return ctx->errors.count == 0;
}

static bool lead_before_save(struct ctx *ctx, struct change *change) {
    person_fill_name(ctx, change, false);
    return lead_source(ctx, change) && lead_first_status(ctx, change) && lead_move(ctx, change) && lead_score(ctx, change);
}

static struct str status_name(struct ctx *ctx, struct value id) {
    return sql_text(ctx, "SELECT name FROM lead_statuses WHERE tenant_id = :tenant AND id = :status", ARGS({":status", id}));
}

/* A change of status is kept with its note as an activity that nobody can change. */
static bool lead_record_move(struct ctx *ctx, const struct change *change) {
    if (!change->old || !change_touches(change, "lead_status_id")) return true;
    struct value from = row_get(change->old, "lead_status_id"), to = row_get(change->row, "lead_status_id");
    struct str note = row_text(change->row, "note");
    struct buf b = buf_new(ctx->arena, 256);
    buf_lit(&b, "{\"from\":");
    buf_json(&b, status_name(ctx, from));
    buf_lit(&b, ",\"to\":");
    buf_json(&b, status_name(ctx, to));
    buf_printf(&b, ",\"from_id\":%lld,\"to_id\":%lld", (long long)from.integer, (long long)to.integer);
    if (note.len) {
        buf_lit(&b, ",\"note\":");
        buf_json(&b, note);
    }
    buf_char(&b, '}');
    return lead_record(ctx, row_id(change->row), "status_change", buf_str(&b));
}

/* Setting a follow-up is an activity too. */
static bool lead_record_followup(struct ctx *ctx, const struct change *change) {
    if (row_null(change->row, "next_followup_at") || !change_touches(change, "next_followup_at")) return true;
    struct buf b = buf_new(ctx->arena, 128);
    buf_lit(&b, "{\"at\":\"");
    buf_time(&b, row_int(change->row, "next_followup_at"));
    buf_char(&b, '"');
    if (!row_null(change->row, "next_step")) {
        buf_lit(&b, ",\"next_step\":");
        buf_json(&b, row_text(change->row, "next_step"));
    }
    buf_char(&b, '}');
    return lead_record(ctx, row_id(change->row), "followup", buf_str(&b));
}

static bool lead_after_save(struct ctx *ctx, struct change *change) {
    return lead_record_move(ctx, change) && lead_record_followup(ctx, change);
}

ENTITY(lead) = {
    .name = "leads", .one = N_("Lead"), .many = N_("Leads"), .pack = "sales", .title = "name",
    .icon = "leads", .hue = "cyan",
    .help = N_("Somebody who may become a client."),
    .fields = FIELDS(
        { "name",              N_("Name"),            F_TEXT(255), .section = N_("Contact details"),
          .help = N_("Empty: first and last name.") },
        { "first_name",        N_("First name"),      F_TEXT(100) },
        { "last_name",         N_("Last name"),       F_TEXT(100) },
        { "company_name",      N_("Company"),         F_TEXT(255) },
        { "job_title",         N_("Job title"),       F_TEXT(255) },
        { "email",             N_("E-mail"),          F_EMAIL },
        { "phone",             N_("Phone"),           F_PHONE },
        { "website",           N_("Website"),         F_URL },
        { "lead_status_id",    N_("Status"),          F_REF("lead_statuses", RESTRICT), .section = N_("Lead"),
          .initial = "usual",
          .help = N_("Empty: the status for new leads.") },
        { "note",              N_("Note"),            F_TEXT(5000), .flags = TRANSIENT | MULTILINE,
          .help = N_("Kept with the change of status.") },
        { "assigned_to_id",    N_("Owner"),           F_REF("users", SET_NULL), .initial = "me" },
        { "priority",          N_("Priority"),        F_CHOICE("low", "medium", "high", "urgent"),
          HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "medium" },
        { "estimated_value",   N_("Value"),           F_MONEY, .max = INT64_C(1000000000000000) },
        { "currency",          N_("Currency"),        F_TEXT(3) },
        { "expected_close_on", N_("Closing"),         F_DATE },
        { "estimated_move_date", N_("Move date"),     F_TIME },
        { "next_followup_at",  N_("Follow-up"),       F_TIME, .flags = DUE },
        { "next_step",         N_("Next step"),       F_TEXT(200) },
        { "last_contacted_at", N_("Last contact"),    F_TIME, .flags = BROUGHT },
        { "status_changed_at", N_("In status since"), F_TIME, .flags = READ_ONLY },
        { "lead_source_id",    N_("Lead source"),     F_REF("lead_sources", SET_NULL), .section = N_("Source") },
        { "source",            N_("Source"),          F_TEXT(255), .help = N_("In words, where it is not in the list.") },
        { "source_detail",     N_("Source detail"),   F_TEXT(255), .help = N_("Who referred them, which event, which page.") },
        { "score",             N_("Score"),           F_INT(0, 100), .section = N_("Quality"),
          .help = N_("0 to 100, worked out from what is known of the lead unless set by hand.") },
        { "score_is_manual",   N_("Score set by hand"), F_BOOL, .initial = "false" },
        { "rating",            N_("Rating"),          F_CHOICE("hot", "warm", "cold"), HUES("red", "amber", "blue"),
          .help = N_("Hot from 70 points, warm from 40, unless set by hand.") },
        { "rating_is_manual",  N_("Rating set by hand"), F_BOOL, .initial = "false" },
        { "qualification_criteria", N_("Qualification"), F_JSON("budget:bool authority:bool need:bool timeline:bool notes:text"),
          .help = N_("What is settled: budget, authority, need, timeline.") },
        { "address_line1",     N_("Address"),         F_TEXT(255), .section = N_("Site") },
        { "city",              N_("City"),            F_TEXT(100) },
        { "region",            N_("State"),           F_TEXT(100) },
        { "postal_code",       N_("Postcode"),        F_TEXT(20) },
        { "country",           N_("Country"),         F_TEXT(100) },
        { "location_id",       N_("Branch"),          F_REF("locations", SET_NULL),
          .help = N_("Which of your branches looks after it.") },
        { "description",       N_("Notes"),           F_MARKDOWN, .section = N_("More") },
        { "tags",              N_("Tags"),            F_TAGS },
        { "custom_fields",     N_("Custom fields"),   F_JSON("object") },
        { "client_id",         N_("Client"),          F_REF("clients", SET_NULL), .section = N_("Conversion"),
          .help = N_("The client that it belongs to or became.") },
        { "converted_at",      N_("Converted"),       F_TIME, .flags = READ_ONLY }
    ),
    /* No more than eight: the list by date, the board, one's own, follow-ups, names, duplicates, a client's. The board's holds
     * all that the counts and sums of board and first page read, the list's what is counted by month, that of follow-ups whose
     * they are, so that none of these touches the table. */
    .indexes = INDEXES(INDEX("created_at id deleted_at"),
                       INDEX("lead_status_id created_at id estimated_value currency deleted_at status_changed_at assigned_to_id "
                             "created_by_id next_followup_at last_contacted_at"),
                       INDEX("assigned_to_id created_at"),
                       INDEX("next_followup_at id assigned_to_id lead_status_id deleted_at"), INDEX("name"),
                       {.fields = "email", .where = "email IS NOT NULL"}, {.fields = "phone", .where = "phone IS NOT NULL"},
                       {.fields = "client_id", .where = "client_id IS NOT NULL"}),
    .list = "name company_name lead_status_id estimated_value next_followup_at assigned_to_id source status_changed_at",
    .filter = "lead_status_id assigned_to_id estimated_value rating lead_source_id next_followup_at created_at tags",
    .any = "name first_name last_name company_name", .search = "name company_name email phone city", .sort = "-created_at",
    .board = "lead_status_id", .board_card = "name company_name estimated_value next_followup_at assigned_to_id rating",
    .board_sum = "estimated_value", .owner = "assigned_to_id", .match = "email phone",
    .before_save = lead_before_save, .after_save = lead_after_save,
    .actions = ACTIONS(
        { "convert", N_("Convert to client"), .run = lead_convert, .input = "note next_followup_at",
          .unless = "converted_at", .icon = "check" }
    ),
};
