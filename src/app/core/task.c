/* task.c - tasks: what somebody has to do, by when, about which record. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* A task that is done says since when; one that is open again does not. */
static void task_completion(struct ctx *ctx, struct change *change) {
    bool done = str_eqc(row_text(change->row, "status"), "done");
    if (!done)
        row_set(change->row, "completed_at", VALUE_NONE);
    else if (row_null(change->row, "completed_at"))
        row_set_int(change->row, "completed_at", ctx->now);
}

/* Whoever hands a task to somebody is the one who assigned it. */
static void task_assigned_by(struct ctx *ctx, struct change *change) {
    if (change->old && !change->undoing && change_touches(change, "assigned_to_id") && ctx->actor->user_id)
        row_set_int(change->row, "assigned_by_id", ctx->actor->user_id);
}

static bool task_before_save(struct ctx *ctx, struct change *change) {
    task_completion(ctx, change);
    task_assigned_by(ctx, change);
    return true;
}

ENTITY(task) = {
    .name = "tasks", .one = N_("Task"), .many = N_("Tasks"), .pack = "core", .title = "title",
    .icon = "task", .hue = "blue",
    .help = N_("Something to do, by when, and about which record."),
    .fields = FIELDS(
        { "title",          N_("Title"),       F_TEXT(255), .flags = REQUIRED, .section = N_("Task") },
        { "description",    N_("Description"), F_MARKDOWN },
        { "status",         N_("Status"),      F_CHOICE("open", "in_progress", "done", "cancelled"),
          HUES("cyan", "blue", "green", "gray"), .flags = REQUIRED, .initial = "open" },
        { "priority",       N_("Priority"),    F_CHOICE("low", "medium", "high", "urgent"), HUES("gray", "blue", "amber", "red"),
          .flags = REQUIRED, .initial = "medium" },
        { "due_at",         N_("Due"),         F_TIME, .flags = DUE },
        { "assigned_to_id", N_("Assigned to"), F_REF("users", SET_NULL), .initial = "me" },
        { "assigned_by_id", N_("Assigned by"), F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" },
        { "completed_at",   N_("Completed"),   F_TIME, .flags = BROUGHT },
        { "subject_type",   N_("About"),
          F_SUBJECT_TYPE("leads clients contacts locations deals tickets projects assets licenses credentials networks "
                         "racks certificates domains services documents vendors quotes invoices payments expenses "
                         "developments lots reservations journeys equipment storage_bookings campaigns"),
          .section = N_("About") },
        { "subject_id",     N_("Record"),      F_SUBJECT_ID },
        { "tags",           N_("Tags"),        F_TAGS }
    ),
    .indexes = INDEXES(INDEX("assigned_to_id status due_at"), INDEX("subject_type subject_id"), INDEX("status due_at"),
                       INDEX("due_at"), INDEX("created_at")),
    .list = "title status priority due_at assigned_to_id subject_id", .filter = "status assigned_to_id priority due_at",
    .search = "title description", .sort = "due_at", .board = "status", .board_card = "title priority due_at assigned_to_id",
    .owner = "assigned_to_id assigned_by_id",
    .open = "open in_progress",
    .before_save = task_before_save,
    .actions = ACTIONS(
        { "complete", N_("Complete"), .from = "open in_progress", .to = "done", .icon = "check" },
        { "reopen",   N_("Reopen"),   .from = "done cancelled", .to = "open", .icon = "undo" }
    ),
};
