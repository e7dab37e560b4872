/* ticket_reply.c - ticket replies: what we and the client wrote on a ticket, and what only our people read. */
#include "core/repo.h"

/* The first answer that the client sees stops the clock; the client's own answer puts what waited for them back to work. */
static bool ticket_reply_after_save(struct ctx *ctx, struct change *change) {
    const struct row *row = change->row;
    if (change->old || row_bool(row, "is_internal")) return true;
    int64_t ticket = row_int(row, "ticket_id");
    struct sql_arg which[] = {{":ticket", value_int(ticket)}, {NULL, VALUE_NONE}};
    if (row_null(row, "contact_id")) {
        int64_t answered = sql_int(
            ctx, "SELECT coalesce(first_response_at, 0) FROM tickets WHERE tenant_id = :tenant AND id = :ticket", which);
        if (ctx->errors.count || answered) return ctx->errors.count == 0;
        return repo_update_as_system(ctx, "tickets", ticket, ARGS({"first_response_at", row_get(row, "created_at")})) != NULL;
    }
    struct str status = sql_text(ctx, "SELECT status FROM tickets WHERE tenant_id = :tenant AND id = :ticket", which);
    if (ctx->errors.count || !str_in_words("waiting resolved", status)) return ctx->errors.count == 0;
    return repo_update_as_system(ctx, "tickets", ticket, ARGS({"status", value_text(STR("open"))})) != NULL;
}

ENTITY(ticket_reply) = {
    .name = "ticket_replies", .one = N_("Reply"), .many = N_("Replies"), .pack = "support",
    .icon = "message", .hue = "blue",
    .help = N_("What was written on a ticket, to the client or among your people."),
    .fields = FIELDS(
        { "ticket_id",   N_("Ticket"),       F_REF("tickets", CASCADE), .flags = REQUIRED | IMMUTABLE },
        { "content",     N_("Text"),         F_MARKDOWN, .flags = REQUIRED },
        { "is_internal", N_("Internal"),     F_BOOL, .flags = IMMUTABLE, .initial = "false",
          .help = N_("Only your people read it; the client does not.") },
        { "user_id",     N_("Author"),       F_REF("users", SET_NULL), .flags = READ_ONLY, .initial = "me" },
        { "contact_id",  N_("From contact"), F_REF("contacts", SET_NULL), .flags = IMMUTABLE,
          .help = N_("Set where the client wrote it.") },
        { "channel",     N_("Came by"),      F_CHOICE("page", "email", "portal", "phone"), .initial = "page" },
        { "message_id",  N_("Message id"),   F_TEXT(255), .flags = READ_ONLY, .help = N_("Of the e-mail.") }
    ),
    .indexes = INDEXES(INDEX("ticket_id created_at"), UNIQUE("message_id"), INDEX("created_at")),
    .list = "ticket_id content is_internal user_id contact_id created_at", .filter = "ticket_id user_id is_internal",
    .search = "content", .sort = "-created_at", .owner = "user_id", .parent = "ticket_id",
    .after_save = ticket_reply_after_save,
};
