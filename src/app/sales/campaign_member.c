/* campaign_member.c - campaign members: whom a campaign is meant for, and how they took it. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* A member is a lead or a contact. */
static bool campaign_member_before_save(struct ctx *ctx, struct change *change) {
    if (row_null(change->row, "lead_id") != row_null(change->row, "contact_id")) return true;
    return errors_add(&ctx->errors, 422, "required", "lead_id", "Say who it is: a lead or a contact, one of them.");
}

ENTITY(campaign_member) = {
    .name = "campaign_members", .one = N_("Campaign member"), .many = N_("Campaign members"), .pack = "sales",
    .icon = "users", .hue = "pink",
    .help = N_("A lead or contact that a campaign is meant for."),
    .fields = FIELDS(
        { "campaign_id",  N_("Campaign"),  F_REF("campaigns", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "lead_id",      N_("Lead"),      F_REF("leads", CASCADE) },
        { "contact_id",   N_("Contact"),   F_REF("contacts", CASCADE) },
        { "status",       N_("Status"),    F_CHOICE("planned", "sent", "opened", "responded", "converted", "unsubscribed",
          "bounced"),
          HUES("gray", "cyan", "blue", "violet", "green", "amber", "red"), .flags = REQUIRED, .initial = "planned" },
        { "sent_at",      N_("Sent"),      F_TIME },
        { "responded_at", N_("Responded"), F_TIME },
        { "notes",        N_("Notes"),     F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("campaign_id lead_id"), UNIQUE("campaign_id contact_id"), INDEX("lead_id"), INDEX("contact_id"),
                       INDEX("created_at")),
    .list = "campaign_id lead_id contact_id status sent_at responded_at", .filter = "campaign_id status lead_id contact_id",
    .sort = "-created_at", .parent = "campaign_id", .board = "status", .board_card = "lead_id contact_id",
    .before_save = campaign_member_before_save,
};
