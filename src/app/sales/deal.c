/* deal.c - deals: what a client may buy, what it is worth, and how far it has come. */
#include "base/decimal.h"
#include "base/timefmt.h"
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* A new deal starts in the first stage of the usual pipeline. */
static bool deal_first_stage(struct ctx *ctx, struct change *change) {
    if (!row_null(change->row, "pipeline_stage_id")) return true;
    int64_t first = sql_int(ctx,
                            "SELECT s.id FROM pipeline_stages s JOIN pipelines p ON p.tenant_id = s.tenant_id "
                            "AND p.id = s.pipeline_id WHERE s.tenant_id = :tenant AND s.deleted_at IS NULL "
                            "AND p.deleted_at IS NULL ORDER BY p.is_default DESC NULLS LAST, p.position NULLS FIRST, p.id, "
                            "s.position, s.id LIMIT 1",
                            NO_ARGS);
    if (ctx->errors.count) return false;
    if (!first) return errors_add(&ctx->errors, 409, "no_stage", "pipeline_stage_id", "Add a pipeline with stages first.");
    row_set_int(change->row, "pipeline_stage_id", first);
    return true;
}

/* Pipeline, name and likelihood follow from the stage; a probability that somebody gave stays until the next stage. */
static bool deal_stage(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!change_touches(change, "pipeline_stage_id") || row_null(row, "pipeline_stage_id")) return true;
    struct db_stmt *s =
        sql_query(ctx, "SELECT pipeline_id, name, probability FROM pipeline_stages WHERE tenant_id = :tenant AND id = :stage",
                  ARGS({":stage", row_get(row, "pipeline_stage_id")}));
    if (!s) return false;
    if (db_step(s) == DB_ROW) {
        row_set_int(row, "pipeline_id", db_int(s, 0));
        row_set_text(row, "stage", str_dup(ctx->arena, db_text(s, 1)));
        if (!change_given(change, "probability")) row_set_int(row, "probability", db_int(s, 2));
    }
    db_reset(s);
    if (!change->undoing) row_set_int(row, "stage_changed_at", ctx->now);
    return true;
}

/* What is won is certain, what is lost is not. */
static bool deal_worth(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    struct str status = row_text(row, "status");
    if (str_eqc(status, "won")) row_set_int(row, "probability", 100);
    if (str_eqc(status, "lost")) row_set_int(row, "probability", 0);
    if (row_null(row, "value")) {
        row_set(row, "weighted_value", VALUE_NONE);
        return true;
    }
    int64_t weighted;
    if (!decimal_mul_div(row_int(row, "value"), row_int(row, "probability"), 100, &weighted))
        return errors_add(&ctx->errors, 422, "too_large", "value", "The value is too large.");
    row_set_int(row, "weighted_value", weighted);
    return true;
}

static bool deal_before_save(struct ctx *ctx, struct change *change) {
    return deal_first_stage(ctx, change) && deal_stage(ctx, change) && deal_worth(ctx, change);
}

/* Of a deal that was closed elsewhere most lists have one day only: the one on which it was to close, which is when it did. */
static bool deal_close(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!change->importing || change_given(change, "actual_close_date") || row_null(row, "expected_close_date")) return true;
    if (row_int(row, "expected_close_date") <= zone_day(ctx->env.zone, ctx->now))
        row_set(row, "actual_close_date", row_get(row, "expected_close_date"));
    return true;
}

/* Open again, its likelihood is that of its stage. */
static bool deal_reopen(struct ctx *ctx, struct change *change) {
    row_set_int(change->row, "probability",
                sql_int(ctx, "SELECT probability FROM pipeline_stages WHERE tenant_id = :tenant AND id = :stage",
                        ARGS({":stage", row_get(change->row, "pipeline_stage_id")})));
    return ctx->errors.count == 0;
}

ENTITY(deal) = {
    .name = "deals", .one = N_("Deal"), .many = N_("Deals"), .pack = "sales", .title = "title",
    .icon = "dollar", .hue = "green",
    .help = N_("What a client may buy, and how far it has come."),
    .fields = FIELDS(
        { "title",               N_("Title"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Deal") },
        { "status",              N_("Status"),        F_CHOICE("open", "won", "lost", "abandoned"),
          HUES("blue", "green", "red", "gray"), .flags = READ_ONLY, .initial = "open" },
        { "pipeline_stage_id",   N_("Stage"),         F_REF("pipeline_stages", RESTRICT), .initial = "usual",
          .help = N_("Empty: the first.") },
        { "stage",               N_("Stage name"),    F_TEXT(100), .flags = COMPUTED },
        { "pipeline_id",         N_("Pipeline"),      F_REF("pipelines", RESTRICT), .flags = COMPUTED },
        { "assigned_to_id",      N_("Owner"),         F_REF("users", SET_NULL), .initial = "me" },
        { "client_id",           N_("Client"),        F_REF("clients", CASCADE), .section = N_("With whom") },
        { "contact_id",          N_("Contact"),       F_REF("contacts", SET_NULL) },
        { "lead_id",             N_("Lead"),          F_REF("leads", SET_NULL) },
        { "campaign_id",         N_("Campaign"),      F_REF("campaigns", SET_NULL) },
        { "location_id",         N_("Branch"),        F_REF("locations", SET_NULL) },
        { "lot_id",              N_("Lot"),           F_REF("lots", SET_NULL), .help = N_("What is sold, in property.") },
        { "type",                N_("Type"),          F_CHOICE("sale", "renewal", "upgrade", "project_sale", "lease", "referral"),
          HUES("green", "cyan", "blue", "violet", "amber", "teal"), .initial = "sale" },
        { "value",               N_("Value"),         F_MONEY, .max = INT64_C(1000000000000000), .section = N_("Worth") },
        { "currency",            N_("Currency"),      F_TEXT(3) },
        { "probability",         N_("Probability"),   F_INT(0, 100), .unit = "%", .help = N_("Empty: the stage's.") },
        { "weighted_value",      N_("Weighted"),      F_MONEY, .flags = COMPUTED },
        { "expected_close_date", N_("Expected close"), F_DATE, .flags = DUE, .section = N_("Closing") },
        { "actual_close_date",   N_("Closed"),        F_DATE, .flags = READ_ONLY },
        { "stage_changed_at",    N_("In stage since"), F_TIME, .flags = READ_ONLY },
        { "lost_reason_id",      N_("Why lost"),      F_REF("lost_reasons", SET_NULL) },
        { "lost_notes",          N_("More on why"),   F_TEXT(2000), .flags = MULTILINE },
        { "finance_due_date",    N_("Finance until"), F_DATE, .section = N_("Contract") },
        { "settlement_date",     N_("Settlement"),    F_DATE },
        { "open_conditions",     N_("Open conditions"), F_INT(0, 1000),
          .kept = {KEPT_COUNT, "deal_conditions", "deal_id", NULL, "status = 'pending'"} },
        { "description",         N_("Description"),   F_MARKDOWN, .section = N_("More") },
        { "tags",                N_("Tags"),          F_TAGS },
        { "custom_fields",       N_("Custom fields"), F_JSON("object") },
        { "accessed_at",         N_("Last opened"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("created_at"), INDEX("pipeline_stage_id created_at"), INDEX("assigned_to_id status"),
                       INDEX("client_id created_at"), INDEX("status expected_close_date"),
                       {.fields = "lot_id", .where = "lot_id IS NOT NULL"}, {.fields = "lead_id",
                       .where = "lead_id IS NOT NULL"}),
    .list = "title status pipeline_stage_id value probability client_id assigned_to_id expected_close_date",
    .filter = "status pipeline_id pipeline_stage_id assigned_to_id client_id expected_close_date tags",
    .search = "title description", .sort = "-created_at", .owner = "assigned_to_id", .state = "status",
    .board = "pipeline_stage_id", .board_card = "title client_id value assigned_to_id expected_close_date",
    .board_sum = "value", .calendar = "expected_close_date",
    .open = "open",
    .before_save = deal_before_save,
    .actions = ACTIONS(
        { "close_won",  N_("Won"),     deal_close, .from = "open", .to = "won", .stamp = "actual_close_date", .icon = "check" },
        { "close_lost", N_("Lost"),    deal_close, .from = "open", .to = "lost", .input = "lost_reason_id lost_notes",
          .require = "lost_reason_id", .stamp = "actual_close_date", .icon = "no", .danger = true },
        { "abandon",    N_("Abandon"), deal_close, .from = "open", .to = "abandoned", .stamp = "actual_close_date", .icon = "x" },
        { "reopen",     N_("Reopen"),  deal_reopen, .from = "won lost abandoned", .to = "open",
          .clear = "actual_close_date lost_reason_id lost_notes", .icon = "undo" }
    ),
};
