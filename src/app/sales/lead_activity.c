/* lead_activity.c - lead activities: what happened with a lead, in order. Written once, never changed. */
#include "app/sales/lead.h"

#include "core/repo.h"

/* A change of status is written by the change itself, never by hand. */
static bool lead_activity_before_save(struct ctx *ctx, struct change *change) {
    if (ctx->actor->system || !str_eqc(row_text(change->row, "type"), "status_change")) return true;
    return errors_add(&ctx->errors, 422, "invalid", "type", "Change the lead's status; the activity is written by itself.");
}

/* A call or note that somebody adds by hand is a contact with the lead. */
static bool lead_activity_after_save(struct ctx *ctx, struct change *change) {
    struct str type = row_text(change->row, "type");
    if (ctx->actor->system) return true; // the note or call that it was written for says when
    if (!str_eqc(type, "call") && !str_eqc(type, "note")) return true;
    return lead_contacted(ctx, row_int(change->row, "lead_id"), row_int(change->row, "created_at"));
}

ENTITY(lead_activity) = {
    .name = "lead_activities", .one = N_("Lead activity"), .many = N_("Lead activities"), .pack = "sales",
    .icon = "pulse", .hue = "cyan", .flags = ENTITY_APPEND_ONLY,
    .help = N_("A call, note, change of status or follow-up of a lead."),
    .fields = FIELDS(
        { "lead_id", N_("Lead"),    F_REF("leads", CASCADE), .flags = REQUIRED },
        { "type",    N_("Type"),    F_CHOICE("call", "note", "status_change", "followup"),
          HUES("green", "amber", "cyan", "violet"),
          .flags = REQUIRED },
        { "payload", N_("Details"), F_JSON("object"), .help = N_("from, to and note of a change of status; text of a note.") },
        { "user_id", N_("User"),    F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("lead_id created_at"), INDEX("created_at")),
    .list = "created_at lead_id type user_id", .filter = "lead_id type user_id created_at", .sort = "-created_at",
    .owner = "user_id", .parent = "lead_id",
    .before_save = lead_activity_before_save, .after_save = lead_activity_after_save,
};
