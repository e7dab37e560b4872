/* report_run.c - report runs: each time a report was made, and its file. */
#include "core/entity.h"

ENTITY(report_run) = {
    .name = "report_runs", .one = N_("Report run"), .many = N_("Report runs"), .pack = "insight",
    .icon = "history", .hue = "violet", .flags = ENTITY_READ_ONLY | ENTITY_NO_AUDIT,
    .help = N_("A time when a report was made."),
    .fields = FIELDS(
        { "report_id",    N_("Report"),     F_REF("reports", CASCADE), .flags = REQUIRED },
        { "status",       N_("Status"),     F_CHOICE("pending", "generating", "completed", "failed"),
          HUES("cyan", "blue", "green", "red"), .flags = REQUIRED, .initial = "pending" },
        { "parameters",   N_("Question"),   F_JSON("object") },
        { "format",       N_("Format"),     F_CHOICE("pdf", "excel", "csv", "json"), .flags = REQUIRED, .initial = "pdf" },
        { "started_at",   N_("Started"),    F_TIME },
        { "completed_at", N_("Completed"),  F_TIME },
        { "rows_count",   N_("Rows"),       F_INT(0, 1000000000) },
        { "file_id",      N_("File"),       F_FILE },
        { "sent_to",      N_("Sent to"),    F_TAGS },
        { "error",        N_("Error"),      F_TEXT(2000), .flags = MULTILINE },
        { "user_id",      N_("Asked for by"), F_REF("users", SET_NULL) }
    ),
    .indexes = INDEXES(INDEX("report_id created_at"), INDEX("created_at")),
    .list = "report_id status format started_at completed_at rows_count user_id error", .filter = "report_id status user_id",
    .sort = "-created_at", .owner = "user_id", .parent = "report_id",
};
