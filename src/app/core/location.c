/* location.c - locations: the tenant's own branches, and the sites of its clients. */
#include "app/core/check.h"
#include "core/entity.h"

/* The time zone is one that exists. */
static bool location_before_save(struct ctx *ctx, struct change *change) {
    return check_zone(ctx, change, "timezone");
}

ENTITY(location) = {
    .name = "locations", .one = N_("Location"), .many = N_("Locations"), .pack = "core", .title = "name",
    .icon = "pin", .hue = "teal",
    .help = N_("A place: one of your branches, or a client's site."),
    .fields = FIELDS(
        { "name",          N_("Name"),           F_TEXT(255), .flags = REQUIRED, .section = N_("Location") },
        { "client_id",     N_("Client"),         F_REF("clients", CASCADE), .help = N_("Empty: one of your own branches.") },
        { "contact_id",    N_("Contact"),        F_REF("contacts", SET_NULL), .help = N_("Whom to ask for.") },
        { "description",   N_("Description"),    F_TEXT(2000), .flags = MULTILINE },
        { "is_primary",    N_("Main location"),  F_BOOL, .initial = "false" },
        { "is_active",     N_("In use"),         F_BOOL, .initial = "true" },
        { "address_line1", N_("Address"),        F_TEXT(255), .section = N_("Address") },
        { "address_line2", N_("Address line 2"), F_TEXT(255) },
        { "city",          N_("City"),           F_TEXT(255) },
        { "region",        N_("State"),          F_TEXT(255) },
        { "postal_code",   N_("Postcode"),       F_TEXT(20) },
        { "country",       N_("Country"),        F_TEXT(255) },
        { "phone",         N_("Phone"),          F_PHONE, .section = N_("Details") },
        { "email",         N_("E-mail"),         F_EMAIL },
        { "hours",         N_("Opening hours"),  F_TEXT(255) },
        { "timezone",      N_("Time zone"),      F_TEXT(64), .listed = "zones",
          .help = N_("Empty: the company's.") },
        { "photo_file_id", N_("Photo"),          F_FILE },
        { "notes",         N_("Notes"),          F_TEXT(10000), .flags = MULTILINE },
        { "accessed_at",   N_("Last opened"),    F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("created_at")),
    .list = "name client_id city region phone is_primary", .filter = "client_id region is_active",
    .search = "name city address_line1",
    .sort = "name", .parent = "client_id", .location = "id", .match = "name",
    .exclusive = "is_primary", .exclusive_in = "client_id",
    .before_save = location_before_save,
};
