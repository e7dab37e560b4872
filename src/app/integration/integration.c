/* integration.c - integrations: the other programs that we exchange records with, and how that goes. */
#include "core/entity.h"

ENTITY(integration) = {
    .name = "integrations", .one = N_("Integration"), .many = N_("Integrations"), .pack = "integration", .title = "name",
    .icon = "puzzle", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED,
    .help = N_("Another program that you exchange records with."),
    .fields = FIELDS(
        { "name",          N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Integration") },
        { "type",          N_("Type"),
          F_CHOICE("accounting", "crm", "email", "sms", "payment", "shipping", "custom"),
          HUES("green", "blue", "cyan", "teal", "amber", "orange", "gray"), .flags = REQUIRED, .initial = "accounting" },
        { "provider",      N_("Program"),     F_TEXT(100), .help = N_("Such as Xero.") },
        { "provider_version", N_("Its version"), F_TEXT(50) },
        { "description",   N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "status",        N_("Status"),      F_CHOICE("active", "inactive", "error", "syncing"),
          HUES("green", "gray", "red", "blue"), .flags = READ_ONLY, .initial = "inactive" },
        { "config",        N_("Settings"),    F_JSON("object"), .flags = REQUIRED, .initial = "{}", .section = N_("Connection"),
          .help = N_("No secrets here.") },
        { "base_url",      N_("Address"),     F_URL },
        { "credentials",   N_("Key or password"), F_SECRET },
        { "direction",     N_("Direction"),   F_CHOICE("both", "in", "out"), .flags = REQUIRED, .initial = "both" },
        { "auto_sync",     N_("By itself"),   F_BOOL, .initial = "true", .section = N_("Sync") },
        { "sync_interval_minutes", N_("Every"), F_DURATION, .initial = "60" },
        { "last_sync_at",  N_("Last sync"),   F_TIME, .flags = READ_ONLY },
        { "next_sync_at",  N_("Next sync"),   F_TIME, .flags = READ_ONLY },
        { "error_count",   N_("Errors"),      F_INT(0, 1000000000), .flags = READ_ONLY, .initial = "0" },
        { "last_error",    N_("Last error"),  F_TEXT(2000), .flags = READ_ONLY | MULTILINE },
        { "syncs_count",   N_("Runs"),        F_INT(0, 1000000000),
          .kept = {KEPT_COUNT, "integration_sync_logs", "integration_id"} }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("status next_sync_at"), INDEX("created_at")),
    .list = "name type provider status last_sync_at error_count", .filter = "type status", .search = "name provider",
    .sort = "name",
    .state = "status",
    .actions = ACTIONS(
        { "activate",   N_("Switch on"),  .from = "inactive error", .to = "active", .clear = "last_error", .icon = "play" },
        { "deactivate", N_("Switch off"), .from = "active error syncing", .to = "inactive", .icon = "pause" }
    ),
};
