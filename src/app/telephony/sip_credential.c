/* sip_credential.c - SIP credentials: by which an agent's browser signs in to the telephone exchange. */
#include "core/ctx.h"
#include "core/entity.h"
#include "core/row.h"

/* Voices are not sent in the clear. */
static bool sip_credential_before_save(struct ctx *ctx, struct change *change) {
    struct str url = row_text(change->row, "sip_ws_url");
    if (!url.len || !change_touches(change, "sip_ws_url") || str_starts(url, STR("wss://"))) return true;
    return errors_add(&ctx->errors, 422, "not_allowed", "sip_ws_url", "Use an address that begins with wss://.");
}

ENTITY(sip_credential) = {
    .name = "sip_credentials", .one = N_("SIP credential"), .many = N_("SIP credentials"), .pack = "telephony",
    .title = "sip_username", .icon = "keypad", .hue = "green", .flags = ENTITY_SETTINGS | ENTITY_UNLISTED,
    .help = N_("By which an agent's browser signs in to the telephone exchange."),
    .fields = FIELDS(
        { "user_id",       N_("User"),         F_REF("users", CASCADE), .flags = REQUIRED },
        { "sip_ws_url",    N_("Address"),      F_TEXT(255), .flags = REQUIRED,
          .help = N_("Such as wss://pbx.example.com:8089/ws.") },
        { "sip_domain",    N_("Domain"),       F_TEXT(255), .flags = REQUIRED },
        { "sip_username",  N_("User name"),    F_TEXT(255), .flags = REQUIRED, .help = N_("Often the extension.") },
        { "sip_password",  N_("Password"),     F_SECRET, .flags = REQUIRED },
        { "display_name",  N_("Shown as"),     F_TEXT(255), .help = N_("What the other side sees.") },
        { "auto_register", N_("Sign in at once"), F_BOOL, .flags = REQUIRED, .initial = "false" },
        { "is_active",     N_("In use"),       F_BOOL, .initial = "true" }
    ),
    .indexes = INDEXES(UNIQUE("user_id"), UNIQUE("sip_domain sip_username"), INDEX("created_at")),
    .list = "user_id sip_username sip_domain display_name auto_register is_active", .filter = "user_id is_active",
    .search = "sip_username display_name", .sort = "sip_username", .owner = "user_id",
    .before_save = sip_credential_before_save,
};
