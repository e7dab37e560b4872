/* lead_status.c - lead statuses: the columns of the board, in their order, and what moving a lead into one asks for. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"
#include "core/verify.h"

/* A status is won or lost, not both; either of them is closed. */
static bool lead_status_meaning(struct ctx *ctx, struct change *change) {
    bool won = row_bool(change->row, "is_won"), lost = row_bool(change->row, "is_lost");
    if (won && lost) return errors_add(&ctx->errors, 422, "conflict", "is_lost", "A status cannot mean both won and lost.");
    if (won || lost) row_set_int(change->row, "is_closed", 1);
    return true;
}

static int64_t other_default(struct ctx *ctx, int64_t id) {
    return sql_int(ctx,
                   "SELECT count(*) FROM lead_statuses WHERE tenant_id = :tenant AND id <> :id AND is_default = 1 "
                   "AND deleted_at IS NULL",
                   ARGS({":id", value_int(id)}));
}

/* Exactly one status is for new leads: the first one is, and it stays so until another takes its place. */
static bool lead_status_default(struct ctx *ctx, struct change *change) {
    bool was = change->old && row_bool(change->old, "is_default"), is = row_bool(change->row, "is_default");
    if (is) return true;
    if (!was) {
        if (!change->old && other_default(ctx, 0) == 0) row_set_int(change->row, "is_default", 1);
        return ctx->errors.count == 0;
    }
    if (ctx->actor->system || change->undoing) return true;
    return errors_add(&ctx->errors, 422, "conflict", "is_default", "New leads need a status. Make another one theirs instead.");
}

static bool lead_status_before_save(struct ctx *ctx, struct change *change) {
    return lead_status_meaning(ctx, change) && lead_status_default(ctx, change);
}

/* A status that leads are in cannot be deleted, nor the one that new leads start in. */
static bool lead_status_before_delete(struct ctx *ctx, struct change *change) {
    int64_t leads =
        sql_int(ctx, "SELECT count(*) FROM leads WHERE tenant_id = :tenant AND lead_status_id = :id AND deleted_at IS NULL",
                ARGS({":id", value_int(row_id(change->old))}));
    if (ctx->errors.count) return false;
    if (leads > 0)
        return errors_add(&ctx->errors, 409, "in_use", NULL,
                          lang_plural(ctx->arena, leads, "%lld lead is in this status. Move it to another one first.",
                                      "%lld leads are in this status. Move them to another one first."),
                          (long long)leads);
    if (row_bool(change->old, "is_default") && !change->undoing)
        return errors_add(&ctx->errors, 409, "in_use", NULL, "New leads start in this status. Make another one theirs first.");
    return true;
}

/* A status is won or lost, not both; one of them is for new leads. */
static void lead_status_verify(struct ctx *ctx, const struct row *row, struct verify *verify) {
    if (row_bool(row, "is_won") && row_bool(row, "is_lost")) verify_say(verify, row, "is_lost", "It means both won and lost.");
    if (!row_null(row, "deleted_at") || row_bool(row, "is_default") || other_default(ctx, 0) > 0) return;
    verify_say(verify, row, "is_default", "No status is the one for new leads.");
}

ENTITY(lead_status) = {
    .name = "lead_statuses", .one = N_("Lead status"), .many = N_("Lead statuses"), .pack = "sales", .title = "name",
    .icon = "columns", .hue = "cyan", .flags = ENTITY_SETTINGS,
    .help = N_("A stage that leads pass through; each is a column of the board."),
    .fields = FIELDS(
        { "name",        N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Status") },
        { "position",    N_("Position"),    F_INT(0, 10000), .flags = REQUIRED, .initial = "0",
          .help = N_("From left to right.") },
        { "color",       N_("Exact colour"), F_COLOR, .flags = REQUIRED, .initial = "#3B82F6" },
        { "hue",         N_("Colour"),
          F_CHOICE("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"),
          HUES("gray", "blue", "cyan", "teal", "green", "amber", "orange", "red", "pink", "violet"), .flags = REQUIRED,
          .initial = "blue",
          .help = N_("How it is marked on pages.") },
        { "probability", N_("Probability"), F_INT(0, 100), .unit = "%",
          .help = N_("Percent of leads here that are won; weighs their value.") },
        { "is_default",  N_("For new leads"), F_BOOL, .initial = "false", .section = N_("Meaning"),
          .help = N_("New leads start here; only one status can be it.") },
        { "is_won",      N_("Won"),         F_BOOL, .initial = "false" },
        { "is_lost",     N_("Lost"),        F_BOOL, .initial = "false" },
        { "is_closed",   N_("Closed"),      F_BOOL, .initial = "false", .help = N_("Nobody works on leads here any more.") },
        { "requires_note", N_("Ask for a note"), F_BOOL, .initial = "false", .section = N_("When a lead moves here") },
        { "requires_followup_date", N_("Ask for a follow-up date"), F_BOOL, .initial = "false" }
    ),
    .indexes = INDEXES(UNIQUE("name")),
    .list = "name hue probability is_default is_won is_lost is_closed requires_note requires_followup_date", .search = "name",
    .sort = "position", .match = "name", .exclusive = "is_default",
    .before_save = lead_status_before_save, .before_delete = lead_status_before_delete, .verify = lead_status_verify,
};
