/* note.c - notes: what somebody wrote down about a record. */
#include "app/sales/lead.h"
#include "base/utf8.h"
#include "core/entity.h"

/* A note on a lead stands among its activities and counts as a contact. */
static bool note_after_save(struct ctx *ctx, struct change *change) {
    if (change->old || !str_eqc(row_text(change->row, "subject_type"), "leads")) return true;
    struct buf b = buf_new(ctx->arena, 512);
    buf_printf(&b, "{\"note_id\":%lld,\"text\":", (long long)row_id(change->row));
    buf_json(&b, utf8_prefix(row_text(change->row, "content"), 500));
    buf_char(&b, '}');
    int64_t lead = row_int(change->row, "subject_id");
    return lead_record(ctx, lead, "note", buf_str(&b)) && lead_contacted(ctx, lead, row_int(change->row, "created_at"));
}

ENTITY(note) = {
    .name = "notes", .one = N_("Note"), .many = N_("Notes"), .pack = "core", .title = "title",
    .icon = "note", .hue = "amber",
    .help = N_("What somebody wrote down about a record."),
    .fields = FIELDS(
        { "title",        N_("Title"),   F_TEXT(255) },
        { "content",      N_("Note"),    F_MARKDOWN, .flags = REQUIRED },
        { "is_pinned",    N_("Pinned"),  F_BOOL, .initial = "false", .help = N_("Stays at the top.") },
        { "subject_type", N_("About"),
          F_SUBJECT_TYPE("leads clients contacts locations tasks deals tickets projects assets licenses credentials "
                         "networks racks certificates domains services documents vendors quotes invoices payments expenses "
                         "developments lots reservations journeys equipment storage_bookings campaigns calendar_events "
                         "calls"),
          .flags = REQUIRED | IMMUTABLE },
        { "subject_id",   N_("Record"),  F_SUBJECT_ID, .flags = REQUIRED | IMMUTABLE },
        { "user_id",      N_("Author"),  F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" }
    ),
    .indexes = INDEXES(INDEX("subject_type subject_id created_at"), INDEX("created_at"), INDEX("user_id created_at")),
    .list = "title content subject_id user_id is_pinned created_at", .filter = "user_id subject_type is_pinned",
    .search = "title content", .sort = "-created_at", .owner = "user_id", .parent = "subject_id",
    .after_save = note_after_save,
};
