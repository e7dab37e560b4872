/* license.c - licenses: the software, subscriptions and support contracts of a client, and when each runs out. */
#include "app/core/check.h"
#include "app/documentation/expiry.h"
#include "core/entity.h"

/* More seats cannot be given out than were bought. */
static bool license_seats(struct ctx *ctx, const struct change *change) {
    if (row_null(change->row, "seats") || row_int(change->row, "seats") >= row_int(change->row, "seats_used")) return true;
    return errors_add(&ctx->errors, 409, "no_seat", "seats", "All seats are given out. Take one back or buy more.");
}

static bool license_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "purchase_date", "expiry_date") && license_seats(ctx, change);
}

ENTITY(license) = {
    .name = "licenses", .one = N_("License"), .many = N_("Licenses"), .pack = "documentation", .title = "name",
    .icon = "key", .hue = "amber",
    .help = N_("Software, a subscription or a support contract of a client."),
    .fields = FIELDS(
        { "name",          N_("Name"),          F_TEXT(255), .flags = REQUIRED, .section = N_("License") },
        { "client_id",     N_("Client"),        F_REF("clients", CASCADE), .flags = REQUIRED },
        { "type",          N_("Type"),
          F_CHOICE("software", "subscription", "cloud", "perpetual", "oem", "volume", "hardware", "service", "other"),
          HUES("blue", "violet", "cyan", "green", "teal", "teal", "gray", "orange", "gray"), .initial = "software" },
        { "vendor",        N_("Vendor"),        F_TEXT(255) },
        { "product_version", N_("Version"),     F_TEXT(50) },
        { "license_key",   N_("Key"),           F_SECRET },
        { "contact_id",    N_("Contact"),       F_REF("contacts", SET_NULL) },
        { "location_id",   N_("Location"),      F_REF("locations", SET_NULL) },
        { "seats",         N_("Seats"),         F_INT(0, 1000000), .section = N_("Seats"), .help = N_("Empty: not counted.") },
        { "seats_used",    N_("Seats in use"),  F_INT(0, 1000000), .kept = {KEPT_COUNT, "license_assignments", "license_id"} },
        { "purchase_date", N_("Purchased"),     F_DATE, .section = N_("Term") },
        { "expiry_date",   N_("Expires"),       F_DATE, .flags = EXPIRES },
        { "renewal_date",  N_("Renew on"),      F_DATE, .help = N_("When you want to order again.") },
        { "auto_renews",   N_("Renews itself"), F_BOOL, .initial = "false" },
        { "renewed_on",    N_("Last renewed"),  F_DATE, .flags = READ_ONLY },
        { "cost",          N_("Cost"),          F_MONEY, .section = N_("Cost") },
        { "renewal_cost",  N_("Cost to renew"), F_MONEY },
        { "currency",      N_("Currency"),      F_TEXT(3) },
        { "notes",         N_("Notes"),         F_MARKDOWN, .section = N_("More") },
        { "tags",          N_("Tags"),          F_TAGS },
        { "accessed_at",   N_("Last opened"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("expiry_date"), INDEX("created_at")),
    .list = "name client_id type vendor seats seats_used expiry_date auto_renews cost",
    .filter = "client_id type vendor expiry_date auto_renews tags", .search = "name vendor", .sort = "expiry_date",
    .parent = "client_id", .calendar = "expiry_date",
    .before_save = license_before_save,
    .actions = ACTIONS(
        { "renew", N_("Renew"), expiry_renew, .input = "expiry_date renewal_date cost", .require = "expiry_date",
          .stamp = "renewed_on", .icon = "refresh" }
    ),
};
