/* project.c - projects: work with a goal, a budget and an end; its items are tasks and tickets. */
#include "app/core/check.h"
#include "app/core/sequence.h"
#include "core/entity.h"

static bool project_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "start_date", "due_date") && sequence_give(ctx, change, "number", "project");
}

ENTITY(project) = {
    .name = "projects", .one = N_("Project"), .many = N_("Projects"), .pack = "support", .title = "name",
    .icon = "layers", .hue = "violet",
    .help = N_("Work with a goal, a budget and an end."),
    .fields = FIELDS(
        { "number",           N_("Number"),      F_TEXT(40), .flags = BROUGHT, .section = N_("Project") },
        { "name",             N_("Name"),        F_TEXT(255), .flags = REQUIRED },
        { "client_id",        N_("Client"),      F_REF("clients", CASCADE), .help = N_("Empty: your own.") },
        { "description",      N_("Description"), F_MARKDOWN },
        { "status",           N_("Status"),      F_CHOICE("planned", "active", "on_hold", "completed", "cancelled"),
          HUES("cyan", "blue", "amber", "green", "gray"), .flags = REQUIRED, .initial = "planned" },
        { "priority",         N_("Priority"),    F_CHOICE("low", "medium", "high", "urgent"),
          HUES("gray", "blue", "amber", "red"), .initial = "medium" },
        { "manager_id",       N_("Manager"),     F_REF("users", SET_NULL), .initial = "me" },
        { "location_id",      N_("Location"),    F_REF("locations", SET_NULL) },
        { "members_count",    N_("Members"),     F_INT(0, 10000), .kept = {KEPT_COUNT, "project_members", "project_id"} },
        { "start_date",       N_("Starts"),      F_DATE, .section = N_("Time and money") },
        { "due_date",         N_("Due"),         F_DATE, .flags = DUE },
        { "completed_at",     N_("Completed"),   F_TIME, .flags = READ_ONLY },
        { "progress_percent", N_("Progress"),    F_INT(0, 100), .unit = "%", .initial = "0" },
        { "budget",           N_("Budget"),      F_MONEY },
        { "actual_cost",      N_("Spent"),       F_MONEY, .flags = READ_ONLY },
        { "currency",         N_("Currency"),    F_TEXT(3) },
        { "notes",            N_("Notes"),       F_MARKDOWN, .section = N_("More") },
        { "tags",             N_("Tags"),        F_TAGS },
        { "accessed_at",      N_("Last opened"), F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), INDEX("client_id name"), INDEX("name"), INDEX("status due_date"), INDEX("created_at")),
    .list = "number name client_id status priority manager_id due_date progress_percent",
    .filter = "status client_id manager_id priority due_date tags", .search = "number name description", .sort = "-created_at",
    .board = "status", .board_card = "name client_id manager_id due_date", .owner = "manager_id",
    .calendar = "start_date due_date",
    .open = "planned active on_hold",
    .before_save = project_before_save,
    .actions = ACTIONS(
        { "start",    N_("Start"),    .from = "planned on_hold", .to = "active", .icon = "play" },
        { "hold",     N_("Hold"),     .from = "active", .to = "on_hold", .icon = "pause" },
        { "complete", N_("Complete"), .from = "active on_hold", .to = "completed", .stamp = "completed_at", .icon = "check" },
        { "reopen",   N_("Reopen"),   .from = "completed cancelled", .to = "active", .clear = "completed_at", .icon = "undo" }
    ),
};
