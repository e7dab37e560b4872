/* mobile_session.c - mobile sessions: the phones that crews work with, and when each last told us something. */
#include "core/entity.h"

ENTITY(mobile_session) = {
    .name = "mobile_sessions", .one = N_("Phone"), .many = N_("Phones"), .pack = "moving", .title = "device_name",
    .icon = "phone", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED | ENTITY_READ_ONLY,
    .help = N_("A phone that somebody works with on the way."),
    .fields = FIELDS(
        { "device_name",    N_("Phone"),       F_TEXT(255) },
        { "user_id",        N_("User"),        F_REF("users", CASCADE), .flags = REQUIRED },
        { "location_id",    N_("Branch"),      F_REF("locations", SET_NULL) },
        { "device_id",      N_("Device"),      F_TEXT(100), .flags = REQUIRED },
        { "device_type",    N_("Type"),        F_CHOICE("phone", "tablet", "other"), .initial = "phone" },
        { "app_version",    N_("App version"), F_TEXT(50) },
        { "os_version",     N_("System"),      F_TEXT(100) },
        { "last_active_at", N_("Last active"), F_TIME },
        { "last_sync_at",   N_("Last sync"),   F_TIME },
        { "sync_status",    N_("Sync"),        F_CHOICE("synced", "pending", "failed"), HUES("green", "amber", "red"),
          .initial = "synced" },
        { "revoked_at",     N_("Revoked"),     F_TIME }
    ),
    .indexes = INDEXES(UNIQUE("user_id device_id"), INDEX("created_at")),
    .list = "device_name user_id location_id last_active_at sync_status revoked_at", .filter = "user_id location_id sync_status",
    .search = "device_name", .sort = "-created_at", .owner = "user_id",
};
