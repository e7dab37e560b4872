/* report.c - reports: questions that are asked again and again, with their form, their times and whom they go to. */
#include "core/entity.h"

ENTITY(report) = {
    .name = "reports", .one = N_("Report"), .many = N_("Reports"), .pack = "insight", .title = "name",
    .icon = "chart", .hue = "violet",
    .help = N_("A question that is asked again and again, and where its answer goes."),
    .fields = FIELDS(
        { "name",            N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Report") },
        { "type",            N_("Type"),
          F_CHOICE("financial", "operational", "customer", "sales", "inventory", "equipment", "custom"),
          HUES("green", "blue", "cyan", "violet", "amber", "orange", "gray"), .flags = REQUIRED, .initial = "sales" },
        { "description",     N_("Description"), F_TEXT(2000), .flags = MULTILINE },
        { "parameters",      N_("Question"),    F_JSON("object"), .flags = REQUIRED, .initial = "{}",
          .help = N_("Records, filters, groups and columns.") },
        { "format",          N_("Format"),      F_CHOICE("pdf", "excel", "csv", "json"), .flags = REQUIRED, .initial = "pdf" },
        { "is_shared",       N_("For all"),     F_BOOL, .initial = "false" },
        { "status",          N_("Status"),      F_CHOICE("pending", "generating", "completed", "failed"),
          HUES("cyan", "blue", "green", "red"), .flags = READ_ONLY, .initial = "pending", .section = N_("Last run") },
        { "generated_by_id", N_("Made by"),     F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" },
        { "last_generated_at", N_("Made"),      F_TIME, .flags = READ_ONLY },
        { "file_id",         N_("File"),        F_FILE, .flags = READ_ONLY },
        { "file_url",        N_("Address"),     F_URL, .flags = READ_ONLY },
        { "file_size",       N_("Size"),        F_INT(0, INT64_C(1) << 40), .flags = READ_ONLY, .unit = N_("bytes") },
        { "runs_count",      N_("Runs"),        F_INT(0, 1000000000), .kept = {KEPT_COUNT, "report_runs", "report_id"} },
        { "is_scheduled",    N_("By itself"),   F_BOOL, .initial = "false", .section = N_("When and to whom") },
        { "schedule",        N_("How often"),   F_JSON("object"), .help = N_("Such as {\"rrule\": \"FREQ=WEEKLY;BYDAY=MO\"}.") },
        { "scheduled_at",    N_("Next"),        F_TIME },
        { "recipients",      N_("Recipients"),  F_TAGS, .help = N_("E-mail addresses.") }
    ),
    .indexes = INDEXES(INDEX("name"), INDEX("is_scheduled scheduled_at"), INDEX("created_at")),
    .list = "name type format status last_generated_at is_scheduled scheduled_at", .filter = "type format status is_scheduled",
    .search = "name description", .sort = "name", .owner = "generated_by_id", .state = "status", .calendar = "scheduled_at",
};
