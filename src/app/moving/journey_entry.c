/* journey_entry.c - journey entries: the log of a journey, as its crew writes it on the way. */
#include "core/entity.h"

ENTITY(journey_entry) = {
    .name = "journey_entries", .one = N_("Journey entry"), .many = N_("Journey entries"), .pack = "moving", .title = "text",
    .icon = "list", .hue = "blue",
    .help = N_("What happened on a journey, as its crew writes it."),
    .fields = FIELDS(
        { "journey_id", N_("Journey"),  F_REF("journeys", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "type",       N_("Type"),
          F_CHOICE("note", "gps", "photo", "signature", "status_update", "checklist", "approval"),
          HUES("amber", "teal", "pink", "violet", "blue", "cyan", "green"), .flags = REQUIRED | IMMUTABLE, .initial = "note" },
        { "text",       N_("Text"),     F_TEXT(2000), .flags = MULTILINE },
        { "tag",        N_("Tag"),      F_CHOICE("completed", "damage", "feedback", "issue", "delay", "urgent", "review"),
          HUES("green", "red", "cyan", "amber", "orange", "red", "violet") },
        { "priority",   N_("Priority"), F_CHOICE("low", "normal", "high", "urgent"), HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "normal" },
        { "media_id",   N_("Picture"),  F_REF("media", SET_NULL) },
        { "content",    N_("Content"),  F_JSON("any") },
        { "latitude",   N_("Latitude"), F_DECIMAL(8), .min = INT64_C(-9000000000), .max = INT64_C(9000000000) },
        { "longitude",  N_("Longitude"), F_DECIMAL(8), .min = INT64_C(-18000000000), .max = INT64_C(18000000000) },
        { "happened_at", N_("When"),    F_TIME, .flags = REQUIRED, .initial = "now" },
        { "user_id",    N_("By"),       F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("journey_id happened_at"), INDEX("user_id"), INDEX("happened_at"), INDEX("created_at")),
    .list = "journey_id type text tag priority user_id happened_at", .filter = "journey_id type tag priority user_id",
    .search = "text", .sort = "-happened_at", .owner = "user_id", .parent = "journey_id",
};
