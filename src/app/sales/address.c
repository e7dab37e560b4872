/* address.c - addresses: where a client gets post, invoices or deliveries. */
#include "core/entity.h"

ENTITY(address) = {
    .name = "addresses", .one = N_("Address"), .many = N_("Addresses"), .pack = "sales", .title = "name",
    .icon = "map", .hue = "teal",
    .help = N_("Where a client gets post, invoices or deliveries."),
    .fields = FIELDS(
        { "name",          N_("Name"),           F_TEXT(255), .help = N_("Such as Head office.") },
        { "client_id",     N_("Client"),         F_REF("clients", CASCADE), .flags = REQUIRED },
        { "contact_id",    N_("Contact"),        F_REF("contacts", SET_NULL) },
        { "type",          N_("Type"),           F_CHOICE("postal", "billing", "shipping", "site"), .initial = "postal" },
        { "address_line1", N_("Address"),        F_TEXT(255), .flags = REQUIRED },
        { "address_line2", N_("Address line 2"), F_TEXT(255) },
        { "city",          N_("City"),           F_TEXT(255) },
        { "region",        N_("State"),          F_TEXT(255) },
        { "postal_code",   N_("Postcode"),       F_TEXT(20) },
        { "country",       N_("Country"),        F_TEXT(255) },
        { "is_primary",    N_("Main address"),   F_BOOL, .initial = "false" }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("created_at")),
    .list = "name client_id type address_line1 city region postal_code is_primary", .filter = "client_id type region",
    .search = "name address_line1 city", .sort = "-created_at", .parent = "client_id",
    .exclusive = "is_primary", .exclusive_in = "client_id",
};
