/* notification.c - notifications: what somebody should know, until they have read it. */
#include "core/entity.h"

ENTITY(notification) = {
    .name = "notifications", .one = N_("Notification"), .many = N_("Notifications"), .pack = "core", .title = "title",
    .icon = "bell", .hue = "blue", .flags = ENTITY_READ_ONLY | ENTITY_NO_AUDIT,
    .help = N_("What somebody should know."),
    .fields = FIELDS(
        { "user_id",      N_("For"),      F_REF("users", CASCADE), .flags = REQUIRED },
        { "title",        N_("Title"),    F_TEXT(255), .flags = REQUIRED },
        { "message",      N_("Message"),  F_TEXT(2000), .flags = MULTILINE },
        { "type",         N_("Type"),     F_CHOICE("info", "success", "warning", "error", "reminder", "mention", "assignment"),
          HUES("blue", "green", "amber", "red", "cyan", "violet", "teal"), .flags = REQUIRED, .initial = "info" },
        { "priority",     N_("Priority"), F_CHOICE("low", "normal", "high", "urgent"), HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "normal" },
        { "subject_type", N_("About"),
          F_SUBJECT_TYPE("leads clients deals tasks tickets projects quotes invoices licenses certificates domains assets lots "
                         "reservations journeys inventory_items equipment calls webhooks reports") },
        { "subject_id",   N_("Record"),   F_SUBJECT_ID },
        { "once_key",     N_("Key"),      F_TEXT(255), .flags = HIDDEN },
        { "channel",      N_("Sent by"),  F_CHOICE("page", "email", "push"), .initial = "page" },
        { "sent_at",      N_("Sent"),     F_TIME },
        { "read_at",      N_("Read"),     F_TIME },
        { "expires_at",   N_("Until"),    F_TIME }
    ),
    .indexes = INDEXES(INDEX("user_id read_at created_at"), UNIQUE("user_id once_key"), INDEX("created_at"),
                       INDEX("subject_type subject_id")),
    .list = "title type priority subject_id created_at read_at", .filter = "type priority read_at", .search = "title message",
    .sort = "-created_at", .owner = "user_id",
};
