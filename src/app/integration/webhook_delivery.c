/* webhook_delivery.c - webhook deliveries: each message to a webhook, what was answered, and when it is tried again. */
#include "core/entity.h"

ENTITY(webhook_delivery) = {
    .name = "webhook_deliveries", .one = N_("Webhook delivery"), .many = N_("Webhook deliveries"), .pack = "integration",
    .title = "event", .icon = "history", .hue = "cyan", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED |
             ENTITY_READ_ONLY | ENTITY_NO_AUDIT,
    .help = N_("A message to a webhook, and what was answered."),
    .fields = FIELDS(
        { "webhook_id",      N_("Webhook"),   F_REF("webhooks", CASCADE), .flags = REQUIRED },
        { "event",           N_("Event"),     F_TEXT(100), .flags = REQUIRED },
        { "event_id",        N_("Event id"),  .kind = &kind_int },
        { "payload",         N_("Message"),   F_JSON("any"), .flags = REQUIRED },
        { "status",          N_("Status"),    F_CHOICE("pending", "sent", "delivered", "failed", "retry"),
          HUES("cyan", "blue", "green", "red", "amber"), .flags = REQUIRED, .initial = "pending" },
        { "response_code",   N_("Answer"),    F_INT(0, 999) },
        { "response_body",   N_("Its text"),  F_TEXT(10000), .flags = MULTILINE },
        { "attempted_at",    N_("Tried"),     F_TIME, .flags = REQUIRED, .initial = "now" },
        { "delivered_at",    N_("Delivered"), F_TIME },
        { "next_attempt_at", N_("Again at"),  F_TIME },
        { "retry_count",     N_("Retries"),   F_INT(0, 1000), .flags = REQUIRED, .initial = "0" },
        { "duration_ms",     N_("Took"),      F_INT(0, 10000000), .unit = "ms" },
        { "error",           N_("Error"),     F_TEXT(1000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("webhook_id created_at"), INDEX("status next_attempt_at"), INDEX("created_at")),
    .list = "webhook_id event status response_code attempted_at retry_count error",
    .filter = "webhook_id event status attempted_at",
    .search = "event", .sort = "-created_at", .parent = "webhook_id",
};
