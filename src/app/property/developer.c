/* developer.c - developers: the companies that build what we sell. */
#include "core/entity.h"

ENTITY(developer) = {
    .name = "developers", .one = N_("Developer"), .many = N_("Developers"), .pack = "property", .title = "name",
    .icon = "building", .hue = "orange", .flags = ENTITY_ADDABLE,
    .help = N_("A company that builds what you sell."),
    .fields = FIELDS(
        { "name",          N_("Name"),        F_TEXT(255), .flags = REQUIRED, .section = N_("Developer") },
        { "tax_number",    N_("Tax number"),  F_TEXT(50), .help = N_("ABN, VAT or EIN.") },
        { "description",   N_("Description"), F_MARKDOWN },
        { "is_active",     N_("Active"),      F_BOOL, .initial = "true" },
        { "developments_count", N_("Developments"), F_INT(0, 100000), .kept = {KEPT_COUNT, "developments", "developer_id"} },
        { "contact_id",    N_("Contact"),     F_REF("contacts", SET_NULL), .section = N_("Reach") },
        { "email",         N_("E-mail"),      F_EMAIL },
        { "phone",         N_("Phone"),       F_PHONE },
        { "website",       N_("Website"),     F_URL },
        { "address_line1", N_("Address"),     F_TEXT(255), .section = N_("Address") },
        { "city",          N_("City"),        F_TEXT(100) },
        { "region",        N_("State"),       F_TEXT(100) },
        { "postal_code",   N_("Postcode"),    F_TEXT(20) },
        { "country",       N_("Country"),     F_TEXT(100) },
        { "logo_file_id",  N_("Logo"),        F_FILE }
    ),
    .indexes = INDEXES(UNIQUE("name"), INDEX("created_at")),
    .list = "name phone email city developments_count is_active", .filter = "is_active", .search = "name email", .sort = "name",
    .match = "name",
};
