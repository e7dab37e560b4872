/* import_run.c - imports under way and those that are done: how far they are, what came of them (core/import.h). */
#include "core/entity.h"

ENTITY(import_run) = {
    .name = "import_runs", .one = N_("Import"), .many = N_("Imports"), .pack = "core", .title = "file_name",
    .icon = "upload", .hue = "teal", .flags = ENTITY_SETTINGS | ENTITY_READ_ONLY | ENTITY_NO_AUDIT,
    .help = N_("A file that was read in, and what came of it."),
    .fields = FIELDS(
        { "entity",          N_("Records"),    F_TEXT(63), .flags = READ_ONLY },
        { "file_name",       N_("File"),       F_TEXT(255), .flags = READ_ONLY },
        { "status",          N_("Status"),     F_CHOICE("waiting", "running", "done", "failed", "stopped"),
          HUES("gray", "blue", "green", "red", "amber"), .flags = READ_ONLY },
        { "dry_run",         N_("Trial run"),  F_BOOL, .flags = READ_ONLY, .help = N_("Nothing was kept.") },
        { "progress",        N_("Progress"),   F_INT(0, 100), .flags = READ_ONLY, .unit = "%" },
        { "row_count",       N_("Rows"),       F_INT(0, 0), .flags = READ_ONLY },
        { "new_count",       N_("New"),        F_INT(0, 0), .flags = READ_ONLY },
        { "changed_count",   N_("Changed"),    F_INT(0, 0), .flags = READ_ONLY },
        { "unchanged_count", N_("Unchanged"),  F_INT(0, 0), .flags = READ_ONLY },
        { "duplicate_count", N_("Duplicates"), F_INT(0, 0), .flags = READ_ONLY },
        { "bad_count",       N_("Bad rows"),   F_INT(0, 0), .flags = READ_ONLY },
        { "has_bad_rows",    N_("File of bad rows"), F_BOOL, .flags = READ_ONLY },
        { "message",         N_("Message"),    F_TEXT(2000), .flags = READ_ONLY | MULTILINE },
        { "report",          N_("Report"),     F_JSON("object"), .flags = READ_ONLY },
        { "change_set_id",   N_("Change set"), F_REF("change_sets", SET_NULL), .flags = READ_ONLY,
          .help = N_("What undoing takes back.") },
        { "file_size",       N_("Size"),       F_INT(0, 0), .flags = READ_ONLY, .unit = N_("bytes") },
        { "finished_at",     N_("Finished"),   F_TIME, .flags = READ_ONLY },
        { "user_id",         N_("User"),       F_REF("users", SET_NULL), .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("created_at"), INDEX("user_id created_at")),
    .list = "file_name entity status progress new_count changed_count bad_count user_id created_at",
    .filter = "entity status user_id created_at", .sort = "-created_at", .owner = "user_id",
};
