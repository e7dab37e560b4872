/* communication.c - communications: e-mails, text messages and letters to and from clients, and what became of each. */
#include "app/sales/lead.h"
#include "core/entity.h"

/* What was sent to a lead, or came from one, is a contact with it. */
static bool communication_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->deleting || change->undoing || row_null(row, "sent_at") || !change_touches(change, "sent_at")) return true;
    if (!str_eqc(row_text(row, "subject_type"), "leads")) return true;
    return lead_contacted(ctx, row_int(row, "subject_id"), row_int(row, "sent_at"));
}

/* What is out is no longer changed. */
static bool communication_before_save(struct ctx *ctx, struct change *change) {
    if (!change->old || change->action || change->undoing || ctx->actor->system) return true;
    if (str_eqc(row_text(change->old, "status"), "draft")) return true;
    if (!change_touches(change, "content") && !change_touches(change, "recipient")
        && !change_touches(change, "subject")) return true;
    return errors_add(&ctx->errors, 409, "frozen", "content", "It is out: it is no longer changed.");
}

ENTITY(communication) = {
    .name = "communications", .one = N_("Message"), .many = N_("Messages"), .pack = "messaging", .title = "subject",
    .icon = "message", .hue = "blue",
    .help = N_("An e-mail, text message or letter to or from a client."),
    .fields = FIELDS(
        { "type",           N_("Type"),
          F_CHOICE("email", "sms", "push_notification", "in_app", "letter", "phone_call"),
          HUES("blue", "green", "violet", "cyan", "amber", "teal"), .flags = REQUIRED, .initial = "email",
          .section = N_("Message") },
        { "direction",      N_("Direction"),   F_CHOICE("outbound", "inbound"), HUES("green", "cyan"),
          .flags = REQUIRED | IMMUTABLE,
          .initial = "outbound" },
        { "recipient",      N_("To"),          F_TEXT(500), .flags = REQUIRED },
        { "sender",         N_("From"),        F_TEXT(500), .help = N_("Empty: your company's address.") },
        { "subject",        N_("Subject"),     F_TEXT(255) },
        { "content",        N_("Text"),        F_MARKDOWN, .flags = REQUIRED },
        { "status",         N_("Status"),      F_CHOICE("draft", "queued", "sent", "delivered", "read", "failed"),
          HUES("gray", "cyan", "blue", "green", "violet", "red"), .flags = READ_ONLY, .initial = "draft" },
        { "client_id",      N_("Client"),      F_REF("clients", CASCADE), .section = N_("About") },
        { "contact_id",     N_("Contact"),     F_REF("contacts", SET_NULL) },
        { "subject_type",   N_("About"),
          F_SUBJECT_TYPE("leads deals quotes invoices tickets journeys reservations campaigns") },
        { "subject_id",     N_("Record"),      F_SUBJECT_ID },
        { "template_id",    N_("Template"),    F_REF("templates", SET_NULL), .section = N_("Made of") },
        { "variables",      N_("Variables"),   F_JSON("object") },
        { "attachments",    N_("Attachments"), F_JSON("array"), .help = N_("Ids of files.") },
        { "sent_at",        N_("Sent"),        F_TIME, .flags = READ_ONLY, .section = N_("What became of it") },
        { "delivered_at",   N_("Delivered"),   F_TIME, .flags = READ_ONLY },
        { "read_at",        N_("Read"),        F_TIME, .flags = READ_ONLY },
        { "failed_at",      N_("Failed"),      F_TIME, .flags = READ_ONLY },
        { "failure_reason", N_("Why it failed"), F_TEXT(1000), .flags = READ_ONLY },
        { "message_id",     N_("Message id"),  F_TEXT(255), .flags = READ_ONLY },
        { "metadata",       N_("Details"),     F_JSON("any") },
        { "tags",           N_("Tags"),        F_TAGS, .section = N_("More") }
    ),
    .indexes = INDEXES(INDEX("created_at"), INDEX("client_id created_at"), INDEX("subject_type subject_id"),
                       INDEX("status created_at"), UNIQUE("message_id")),
    .list = "subject type direction client_id recipient status sent_at",
    .filter = "type direction status client_id template_id sent_at tags", .search = "recipient subject content",
    .sort = "-created_at", .parent = "client_id", .state = "status",
    .before_save = communication_before_save, .after_save = communication_after_save,
};
