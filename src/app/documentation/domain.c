/* domain.c - domains: the names on the internet that belong to a client, and until when they are paid. */
#include "app/core/check.h"
#include "app/documentation/expiry.h"
#include "core/entity.h"

/* A name is the same however it is capitalised. */
static bool domain_before_save(struct ctx *ctx, struct change *change) {
    struct row *row = change->row;
    if (!row_null(row, "domain_name")) row_set_text(row, "domain_name", str_lower(ctx->arena, row_text(row, "domain_name")));
    return check_host(ctx, change, "domain_name") && check_order(ctx, change, "registration_date", "expiry_date");
}

ENTITY(domain) = {
    .name = "domains", .one = N_("Domain"), .many = N_("Domains"), .pack = "documentation", .title = "domain_name",
    .icon = "globe", .hue = "teal",
    .help = N_("A name on the internet that belongs to a client."),
    .fields = FIELDS(
        { "domain_name",       N_("Domain"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Domain") },
        { "client_id",         N_("Client"),        F_REF("clients", CASCADE), .flags = REQUIRED },
        { "status",            N_("Status"),        F_CHOICE("active", "pending", "suspended", "transferred", "cancelled"),
          HUES("green", "cyan", "amber", "gray", "gray"), .flags = REQUIRED, .initial = "active" },
        { "registrar",         N_("Registrar"),     F_TEXT(255) },
        { "registrar_url",     N_("Registrar's page"), F_URL },
        { "registration_date", N_("Registered"),    F_DATE, .section = N_("Term") },
        { "expiry_date",       N_("Expires"),       F_DATE, .flags = EXPIRES },
        { "auto_renews",       N_("Renews itself"), F_BOOL, .initial = "false" },
        { "renewed_on",        N_("Last renewed"),  F_DATE, .flags = READ_ONLY },
        { "checked_at",        N_("Last checked"),  F_TIME, .flags = READ_ONLY,
          .help = N_("When the dates were last read from the register.") },
        { "nameservers",       N_("Name servers"),  F_JSON("array"), .section = N_("DNS") },
        { "dns_provider",      N_("DNS at"),        F_TEXT(255) },
        { "dns_records",       N_("Records"),       F_JSON("array") },
        { "is_locked",         N_("Locked"),        F_BOOL, .initial = "true",
          .help = N_("Cannot be moved to another registrar.") },
        { "has_privacy",       N_("Owner hidden"),  F_BOOL, .initial = "false" },
        { "transfer_code",     N_("Transfer code"), F_SECRET },
        { "cost",              N_("Cost"),          F_MONEY, .section = N_("More"), .help = N_("For a year.") },
        { "currency",          N_("Currency"),      F_TEXT(3) },
        { "notes",             N_("Notes"),         F_MARKDOWN },
        { "accessed_at",       N_("Last opened"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(UNIQUE("domain_name"), INDEX("client_id domain_name"), INDEX("expiry_date"), INDEX("created_at")),
    .list = "domain_name client_id status registrar expiry_date auto_renews", .filter = "client_id status registrar expiry_date",
    .search = "domain_name registrar", .sort = "expiry_date", .parent = "client_id", .calendar = "expiry_date",
    .match = "domain_name",
    .before_save = domain_before_save,
    .actions = ACTIONS(
        { "renew", N_("Renew"), expiry_renew, .input = "expiry_date cost", .require = "expiry_date", .stamp = "renewed_on",
          .icon = "refresh" }
    ),
};
