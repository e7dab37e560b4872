/* webhook.c - webhooks: where other programs hear of what changes here, signed so that they know it is us. */
#include "core/entity.h"

ENTITY(webhook) = {
    .name = "webhooks", .one = N_("Webhook"), .many = N_("Webhooks"), .pack = "integration", .title = "name",
    .icon = "send", .hue = "cyan", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED,
    .help = N_("Where another program hears of what changes here."),
    .fields = FIELDS(
        { "name",              N_("Name"),         F_TEXT(255), .flags = REQUIRED, .section = N_("Webhook") },
        { "url",               N_("Address"),      F_URL, .flags = REQUIRED },
        { "events",            N_("Events"),       F_TAGS, .flags = REQUIRED,
          .help = N_("Such as leads.created or invoices.*; * is all.") },
        { "is_active",         N_("Active"),       F_BOOL, .initial = "true" },
        { "description",       N_("Description"),  F_TEXT(1000), .flags = MULTILINE },
        { "secret",            N_("Secret"),       F_SECRET, .help = N_("Signs each message, HMAC-SHA256.") },
        { "headers",           N_("Headers"),      F_JSON("object"), .help = N_("Sent with each message.") },
        { "last_triggered_at", N_("Last message"), F_TIME, .flags = READ_ONLY, .section = N_("How it goes") },
        { "success_count",     N_("Delivered"),    F_INT(0, 1000000000), .flags = READ_ONLY, .initial = "0" },
        { "failure_count",     N_("Failed"),       F_INT(0, 1000000000), .flags = READ_ONLY, .initial = "0" },
        { "last_error",        N_("Last error"),   F_TEXT(2000), .flags = READ_ONLY | MULTILINE },
        { "paused_at",         N_("Paused"),       F_TIME, .flags = READ_ONLY, .help = N_("After a day without an answer.") }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("is_active"), INDEX("created_at")),
    .list = "name url events is_active last_triggered_at success_count failure_count", .filter = "is_active events",
    .search = "name url", .sort = "name",
};
