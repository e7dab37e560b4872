/* campaign.c - campaigns: what we do to be heard of, what it costs, and what comes of it. */
#include "app/core/check.h"
#include "core/entity.h"

static bool campaign_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "start_date", "end_date");
}

ENTITY(campaign) = {
    .name = "campaigns", .one = N_("Campaign"), .many = N_("Campaigns"), .pack = "sales", .title = "name",
    .icon = "send", .hue = "pink",
    .help = N_("What you do to be heard of, and what comes of it."),
    .fields = FIELDS(
        { "name",          N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Campaign") },
        { "type",          N_("Type"),
          F_CHOICE("email", "sms", "call", "social_media", "event", "advertising", "property_launch", "lead_nurturing",
                   "brand_awareness", "other"),
          HUES("blue", "cyan", "green", "pink", "violet", "amber", "orange", "teal", "red", "gray"), .flags = REQUIRED,
          .initial = "email" },
        { "status",        N_("Status"),      F_CHOICE("draft", "active", "paused", "completed", "archived"),
          HUES("gray", "green", "amber", "blue", "gray"), .flags = REQUIRED, .initial = "draft" },
        { "user_id",       N_("Owner"),       F_REF("users", RESTRICT), .flags = REQUIRED, .initial = "me" },
        { "description",   N_("Description"), F_MARKDOWN },
        { "start_date",    N_("Starts"),      F_DATE, .section = N_("Time and money") },
        { "end_date",      N_("Ends"),        F_DATE },
        { "budget",        N_("Budget"),      F_MONEY },
        { "spent",         N_("Spent"),       F_MONEY },
        { "currency",      N_("Currency"),    F_TEXT(3) },
        { "template_id",   N_("Template"),    F_REF("templates", SET_NULL), .help = N_("What its messages say.") },
        { "members_count", N_("Members"),     F_INT(0, 10000000), .kept = {KEPT_COUNT, "campaign_members", "campaign_id"},
          .section = N_("Result") },
        { "responses_count", N_("Responses"), F_INT(0, 10000000),
          .kept = {KEPT_COUNT, "campaign_members", "campaign_id", NULL, "status IN ('responded', 'converted')"} },
        { "deals_count",   N_("Deals"),       F_INT(0, 10000000), .kept = {KEPT_COUNT, "deals", "campaign_id"} },
        { "metrics",       N_("Figures"),     F_JSON("object") },
        { "tags",          N_("Tags"),        F_TAGS }
    ),
    .indexes = INDEXES(INDEX("name"), INDEX("status start_date"), INDEX("user_id"), INDEX("created_at")),
    .list = "name type status user_id start_date end_date budget members_count responses_count",
    .filter = "type status user_id start_date tags", .search = "name description", .sort = "-created_at", .owner = "user_id",
    .board = "status", .board_card = "name type user_id start_date", .board_sum = "budget", .calendar = "start_date end_date",
    .before_save = campaign_before_save,
    .actions = ACTIONS(
        { "launch",   N_("Launch"),   .from = "draft paused", .to = "active", .icon = "play" },
        { "pause",    N_("Pause"),    .from = "active", .to = "paused", .icon = "pause" },
        { "complete", N_("Complete"), .from = "active paused", .to = "completed", .icon = "check" },
        { "archive",  N_("Archive"),  .from = "draft completed", .to = "archived", .icon = "box" }
    ),
};
