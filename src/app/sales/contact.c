/* contact.c - contacts: people, usually at a client. */
#include "app/core/person.h"
#include "core/entity.h"

static bool contact_before_save(struct ctx *ctx, struct change *change) {
    person_fill_name(ctx, change, false);
    return true;
}

ENTITY(contact) = {
    .name = "contacts", .one = N_("Contact"), .many = N_("Contacts"), .pack = "sales", .title = "name",
    .icon = "user", .hue = "violet",
    .help = N_("A person, usually at a client."),
    .fields = FIELDS(
        { "name",          N_("Name"),            F_TEXT(255), .section = N_("Person"),
          .help = N_("Empty: first and last name.") },
        { "first_name",    N_("First name"),      F_TEXT(100) },
        { "last_name",     N_("Last name"),       F_TEXT(100) },
        { "title",         N_("Job title"),       F_TEXT(255) },
        { "department",    N_("Department"),      F_TEXT(255) },
        { "client_id",     N_("Client"),          F_REF("clients", CASCADE) },
        { "company_name",  N_("Company"),         F_TEXT(255), .help = N_("Where it is not one of your clients.") },
        { "contact_type",  N_("Type"),            F_CHOICE("lead", "client", "vendor", "partner", "buyer", "other"),
          HUES("cyan", "blue", "orange", "violet", "green", "gray") },
        { "email",         N_("E-mail"),          F_EMAIL, .section = N_("Reach") },
        { "phone",         N_("Phone"),           F_PHONE },
        { "mobile",        N_("Mobile"),          F_PHONE },
        { "preferred_method", N_("Prefers"),      F_CHOICE("phone", "email", "sms", "none") },
        { "is_primary",    N_("Primary contact"), F_BOOL, .initial = "false", .section = N_("Role"),
          .help = N_("Whom to ask first; one for each client.") },
        { "is_billing",    N_("Billing"),         F_BOOL, .initial = "false", .help = N_("Gets invoices.") },
        { "is_technical",  N_("Technical"),       F_BOOL, .initial = "false" },
        { "is_important",  N_("Important"),       F_BOOL, .initial = "false" },
        { "address_line1", N_("Address"),         F_TEXT(255), .section = N_("Address") },
        { "city",          N_("City"),            F_TEXT(100) },
        { "region",        N_("State"),           F_TEXT(100) },
        { "postal_code",   N_("Postcode"),        F_TEXT(20) },
        { "country",       N_("Country"),         F_TEXT(100) },
        { "description",   N_("Notes"),           F_MARKDOWN, .section = N_("More") },
        { "tags",          N_("Tags"),            F_TAGS },
        { "custom_fields", N_("Custom fields"),   F_JSON("object") },
        { "lead_id",       N_("Lead"),            F_REF("leads", SET_NULL) }
    ),
    .indexes = INDEXES(INDEX("name"), INDEX("client_id name"), INDEX("created_at"),
                       {.fields = "email", .where = "email IS NOT NULL"}, {.fields = "phone", .where = "phone IS NOT NULL"},
                       {.fields = "lead_id", .where = "lead_id IS NOT NULL"}),
    .list = "name title client_id email phone is_primary",
    .filter = "client_id contact_type is_primary is_billing is_technical tags",
    .search = "name company_name email phone", .sort = "name", .parent = "client_id", .match = "email phone",
    .any = "name first_name last_name company_name", .exclusive = "is_primary", .exclusive_in = "client_id",
    .before_save = contact_before_save,
};
