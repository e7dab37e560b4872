/* job.c - jobs: work that the server does later or again, and how it went. */
#include "core/entity.h"

ENTITY(job) = {
    .name = "jobs", .one = N_("Job"), .many = N_("Jobs"), .pack = "core", .title = "name",
    .icon = "bolt", .hue = "gray", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED |
             ENTITY_READ_ONLY | ENTITY_NO_AUDIT | ENTITY_OWN_DELETE,
    .help = N_("Work that the server does later or again."),
    .fields = FIELDS(
        { "name",         N_("Work"),      F_TEXT(100), .flags = REQUIRED },
        { "status",       N_("Status"),    F_CHOICE("queued", "running", "done", "failed", "dead"),
          HUES("cyan", "blue", "green", "amber", "red"), .flags = REQUIRED, .initial = "queued" },
        { "arguments",    N_("Arguments"), F_JSON("object"), .flags = HIDDEN },
        { "once_key",     N_("Key"),       F_TEXT(255), .flags = HIDDEN },
        { "run_at",       N_("Due"),       F_TIME, .flags = REQUIRED, .initial = "now" },
        { "started_at",   N_("Started"),   F_TIME },
        { "ended_at",     N_("Ended"),     F_TIME },
        { "locked_until", N_("Held until"), F_TIME, .flags = HIDDEN },
        { "worker",       N_("Worker"),    F_TEXT(100) },
        { "attempts",     N_("Attempts"),  F_INT(0, 1000), .flags = REQUIRED, .initial = "0" },
        { "max_attempts", N_("At most"),   F_INT(1, 1000), .flags = REQUIRED, .initial = "8" },
        { "progress_percent", N_("Progress"), F_INT(0, 100), .unit = "%" },
        { "error",        N_("Error"),     F_TEXT(2000), .flags = MULTILINE }
    ),
    .indexes = INDEXES(INDEX("status run_at"), UNIQUE_WHERE("once_key", "status IN ('queued', 'running', 'failed')"),
                       INDEX("created_at")),
    .list = "name status run_at started_at ended_at attempts error", .filter = "name status run_at", .search = "name",
    .sort = "-created_at",
};
