/* certificate.c - certificates: what proves who a client's servers are, and until when. */
#include "app/core/check.h"
#include "app/documentation/expiry.h"
#include "core/entity.h"

static bool certificate_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "issue_date", "expiry_date");
}

ENTITY(certificate) = {
    .name = "certificates", .one = N_("Certificate"), .many = N_("Certificates"), .pack = "documentation", .title = "name",
    .icon = "cert", .hue = "green",
    .help = N_("A TLS or signing certificate of a client, and when it expires."),
    .fields = FIELDS(
        { "name",          N_("Name"),          F_TEXT(255), .flags = REQUIRED, .section = N_("Certificate") },
        { "client_id",     N_("Client"),        F_REF("clients", CASCADE), .flags = REQUIRED },
        { "type",          N_("Type"),
          F_CHOICE("ssl_tls", "code_signing", "client_auth", "email_smime", "document_signing", "ca_intermediate", "other"),
          HUES("green", "violet", "blue", "cyan", "teal", "amber", "gray"), .initial = "ssl_tls" },
        { "domain",        N_("Host"),          F_TEXT(255), .help = N_("Such as www.example.com or *.example.com.") },
        { "domain_id",     N_("Domain"),        F_REF("domains", SET_NULL) },
        { "asset_id",      N_("Installed on"),  F_REF("assets", SET_NULL) },
        { "issuer",        N_("Issuer"),        F_TEXT(255) },
        { "serial_number", N_("Serial number"), F_TEXT(255) },
        { "algorithm",     N_("Algorithm"),     F_CHOICE("rsa", "ecdsa", "ed25519", "dsa") },
        { "fingerprint",   N_("Fingerprint"),   F_TEXT(95), .help = N_("SHA-256.") },
        { "issue_date",    N_("Issued"),        F_DATE, .section = N_("Term") },
        { "expiry_date",   N_("Expires"),       F_DATE, .flags = EXPIRES },
        { "auto_renews",   N_("Renews itself"), F_BOOL, .initial = "false" },
        { "renewed_on",    N_("Last renewed"),  F_DATE, .flags = READ_ONLY },
        { "checked_at",    N_("Last checked"),  F_TIME, .flags = READ_ONLY,
          .help = N_("When the dates were last read from the server itself.") },
        { "cost",          N_("Cost"),          F_MONEY, .section = N_("More") },
        { "currency",      N_("Currency"),      F_TEXT(3) },
        { "private_key",   N_("Private key"),   F_SECRET },
        { "notes",         N_("Notes"),         F_MARKDOWN },
        { "accessed_at",   N_("Last opened"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("expiry_date"), INDEX("created_at")),
    .list = "name client_id type issuer expiry_date auto_renews", .filter = "client_id type expiry_date auto_renews",
    .search = "name domain issuer", .sort = "expiry_date", .parent = "client_id", .calendar = "expiry_date",
    .before_save = certificate_before_save,
    .actions = ACTIONS(
        { "renew", N_("Renew"), expiry_renew, .input = "issue_date expiry_date cost", .require = "expiry_date",
          .stamp = "renewed_on", .icon = "refresh" }
    ),
};
