/* mobile_update.c - mobile updates: what a phone sent from its queue, once and in order, and whether it was taken. */
#include "core/entity.h"

ENTITY(mobile_update) = {
    .name = "mobile_updates", .one = N_("Phone update"), .many = N_("Phone updates"), .pack = "moving",
    .icon = "offline", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED | ENTITY_READ_ONLY,
    .help = N_("What a phone sent when it was back in reach."),
    .fields = FIELDS(
        { "mobile_session_id", N_("Phone"),   F_REF("mobile_sessions", CASCADE), .flags = REQUIRED },
        { "journey_id",        N_("Journey"), F_REF("journeys", CASCADE) },
        { "user_id",           N_("User"),    F_REF("users", CASCADE), .flags = REQUIRED },
        { "update_type",       N_("Type"),    F_TEXT(50), .flags = REQUIRED },
        { "idempotency_key",   N_("Key"),     F_TEXT(100), .flags = REQUIRED },
        { "content",           N_("Content"), F_JSON("any") },
        { "status",            N_("Status"),  F_CHOICE("pending", "applied", "failed"), HUES("cyan", "green", "red"),
          .flags = REQUIRED, .initial = "pending" },
        { "happened_at",       N_("When"),    F_TIME, .flags = REQUIRED },
        { "applied_at",        N_("Applied"), F_TIME },
        { "retry_count",       N_("Tries"),   F_INT(0, 1000), .initial = "0" },
        { "error",             N_("Error"),   F_TEXT(1000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(UNIQUE("user_id idempotency_key"), INDEX("journey_id happened_at"), INDEX("created_at")),
    .list = "happened_at user_id journey_id update_type status error", .filter = "user_id journey_id status",
    .sort = "-created_at",
    .owner = "user_id",
};
