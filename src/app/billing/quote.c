/* quote.c - quotes: what we offer a client, priced line by line, until they accept and it becomes work or an invoice. */
#include "app/billing/paper.h"
#include "app/core/sequence.h"
#include "core/entity.h"

static bool quote_before_save(struct ctx *ctx, struct change *change) {
    (void)ctx;
    paper_subtotal(change);
    return true;
}

/* Sent, it has its number and at least one line. */
static bool quote_send(struct ctx *ctx, struct change *change) {
    if (row_bool(change->row, "is_template"))
        return errors_add(&ctx->errors, 409, "template", "is_template", "A template is copied, not sent.");
    if (row_int(change->row, "lines_count") == 0)
        return errors_add(&ctx->errors, 409, "no_lines", "lines_count", "Add a line first.");
    return sequence_give(ctx, change, "number", "quote");
}

ENTITY(quote) = {
    .name = "quotes", .one = N_("Quote"), .many = N_("Quotes"), .pack = "billing", .title = "title",
    .icon = "quote", .hue = "blue",
    .help = N_("What you offer a client, line by line."),
    .fields = FIELDS(
        { "number",             N_("Number"),       F_TEXT(40), .flags = BROUGHT, .section = N_("Quote"),
          .help = N_("Given when it is sent.") },
        { "title",              N_("Title"),        F_TEXT(255), .help = N_("What it is for.") },
        { "client_id",          N_("Client"),       F_REF("clients", RESTRICT), .flags = REQUIRED },
        { "contact_id",         N_("Contact"),      F_REF("contacts", SET_NULL) },
        { "deal_id",            N_("Deal"),         F_REF("deals", SET_NULL) },
        { "location_id",        N_("Branch"),       F_REF("locations", SET_NULL) },
        { "assigned_to_id",     N_("Owner"),        F_REF("users", SET_NULL), .initial = "me" },
        { "status",             N_("Status"),
          F_CHOICE("draft", "sent", "viewed", "accepted", "rejected", "expired", "converted"),
          HUES("gray", "blue", "cyan", "green", "red", "amber", "violet"), .flags = READ_ONLY, .initial = "draft" },
        { "valid_until",        N_("Valid until"),  F_DATE, .flags = REQUIRED | HOLDS },
        { "currency",           N_("Currency"),     F_TEXT(3), .section = N_("Price") },
        { "prices_include_tax", N_("Prices include tax"), F_BOOL, .flags = IMMUTABLE, .initial = "false" },
        { "subtotal",           N_("Without tax"),  F_MONEY, .flags = COMPUTED },
        { "tax_amount",         N_("Tax"),          F_MONEY,
          .kept = {KEPT_SUM, "quote_items", "quote_id", "tax_amount", "is_optional = 0 OR is_selected = 1"} },
        { "total_amount",       N_("Total"),        F_MONEY,
          .kept = {KEPT_SUM, "quote_items", "quote_id", "total_price", "is_optional = 0 OR is_selected = 1"} },
        { "lines_count",        N_("Lines"),        F_INT(0, 10000), .kept = {KEPT_COUNT, "quote_items", "quote_id"} },
        { "deposit_percent",    N_("Deposit"),      F_PERCENT, .max = 10000 },
        { "terms",              N_("Terms"),        F_MARKDOWN, .section = N_("Texts") },
        { "notes",              N_("Notes"),        F_MARKDOWN, .help = N_("Only your people read them.") },
        { "revision",           N_("Revision"),     F_INT(1, 1000), .flags = READ_ONLY, .initial = "1",
          .section = N_("Versions") },
        { "replaces_id",        N_("Replaces"),     F_REF("quotes", SET_NULL), .flags = READ_ONLY },
        { "is_template",        N_("Template"),     F_BOOL, .initial = "false" },
        { "template_name",      N_("Template name"), F_TEXT(255) },
        { "approved_by_id",     N_("Approved by"),  F_REF("users", SET_NULL), .flags = READ_ONLY,
          .section = N_("What happened") },
        { "approved_at",        N_("Approved"),     F_TIME, .flags = READ_ONLY },
        { "sent_at",            N_("Sent"),         F_TIME, .flags = READ_ONLY },
        { "viewed_at",          N_("Viewed"),       F_TIME, .flags = READ_ONLY },
        { "accepted_at",        N_("Accepted"),     F_TIME, .flags = READ_ONLY },
        { "accepted_by",        N_("Accepted by"),  F_TEXT(255) },
        { "signature_file_id",  N_("Signature"),    F_FILE, .flags = READ_ONLY },
        { "accepted_ip",        N_("From address"), F_TEXT(45), .flags = READ_ONLY },
        { "link_hash",          N_("Link"),         F_TEXT(100), .flags = HIDDEN | READ_ONLY },
        { "link_expires_at",    N_("Link until"),   F_TIME, .flags = READ_ONLY },
        { "rejected_at",        N_("Rejected"),     F_TIME, .flags = READ_ONLY },
        { "rejection_reason",   N_("Why rejected"), F_TEXT(2000), .flags = MULTILINE },
        { "converted_at",       N_("Converted"),    F_TIME, .flags = READ_ONLY },
        { "tags",               N_("Tags"),         F_TAGS, .section = N_("More") },
        { "accessed_at",        N_("Last opened"),  F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("number"), UNIQUE("link_hash"), INDEX("created_at"), INDEX("client_id created_at"),
                       INDEX("status valid_until"), {.fields = "deal_id", .where = "deal_id IS NOT NULL"}),
    .list = "number title client_id status total_amount valid_until assigned_to_id created_at",
    .filter = "status client_id assigned_to_id valid_until location_id is_template tags", .search = "number title",
    .sort = "-created_at", .board = "status", .board_card = "number title client_id total_amount valid_until",
    .board_sum = "total_amount", .owner = "assigned_to_id", .parent = "client_id",
    .open = "draft sent viewed", .drafts = "draft", .still = "notes tags valid_until accessed_at",
    .before_save = quote_before_save,
    .actions = ACTIONS(
        { "approve", N_("Approve"), .from = "draft", .to = "draft", .stamp = "approved_at approved_by_id",
          .unless = "approved_at", .icon = "check" },
        { "send",    N_("Send"),    quote_send, .from = "draft", .to = "sent", .stamp = "sent_at", .after = "lines_count",
          .unless = "is_template", .icon = "send" },
        { "accept",  N_("Accept"),  .from = "sent viewed", .to = "accepted", .input = "accepted_by", .stamp = "accepted_at",
          .icon = "check" },
        { "reject",  N_("Reject"),  .from = "sent viewed", .to = "rejected", .input = "rejection_reason",
          .require = "rejection_reason", .stamp = "rejected_at", .icon = "no", .danger = true },
        { "reopen",  N_("Reopen"),  .from = "rejected expired", .to = "draft",
          .clear = "sent_at viewed_at rejected_at approved_at approved_by_id", .icon = "undo" }
    ),
};
