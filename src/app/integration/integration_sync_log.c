/* integration_sync_log.c - sync logs: each run of an integration, and what it brought. */
#include "core/entity.h"

ENTITY(integration_sync_log) = {
    .name = "integration_sync_logs", .one = N_("Sync run"), .many = N_("Sync runs"), .pack = "integration",
    .icon = "refresh", .hue = "violet", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED | ENTITY_READ_ONLY | ENTITY_NO_AUDIT,
    .help = N_("A run of an integration, and what it brought."),
    .fields = FIELDS(
        { "integration_id",    N_("Integration"), F_REF("integrations", CASCADE), .flags = REQUIRED },
        { "type",              N_("Type"),        F_CHOICE("full", "incremental", "manual"), HUES("violet", "blue", "amber"),
          .flags = REQUIRED, .initial = "incremental" },
        { "status",            N_("Status"),      F_CHOICE("pending", "in_progress", "completed", "failed"),
          HUES("cyan", "blue", "green", "red"), .flags = REQUIRED, .initial = "pending" },
        { "started_at",        N_("Started"),     F_TIME, .flags = REQUIRED, .initial = "now" },
        { "completed_at",      N_("Completed"),   F_TIME },
        { "duration_seconds",  N_("Took"),        F_INT(0, 1000000000), .unit = "s" },
        { "records_processed", N_("Records"),     F_INT(0, 1000000000), .initial = "0" },
        { "records_created",   N_("Created"),     F_INT(0, 1000000000), .initial = "0" },
        { "records_updated",   N_("Updated"),     F_INT(0, 1000000000), .initial = "0" },
        { "records_failed",    N_("Failed"),      F_INT(0, 1000000000), .initial = "0" },
        { "error",             N_("Error"),       F_TEXT(5000), .flags = MULTILINE },
        { "details",           N_("Details"),     F_JSON("any") }
    ),
    .indexes = INDEXES(INDEX("integration_id started_at"), INDEX("created_at")),
    .list = "integration_id type status started_at duration_seconds records_processed records_failed error",
    .filter = "integration_id type status started_at", .sort = "-created_at", .parent = "integration_id",
};
