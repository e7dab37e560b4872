/* client.c - clients: the companies and people that the tenant serves. */
#include "app/core/check.h"
#include "app/core/person.h"
#include "core/entity.h"

/* A client is active exactly while its status says so, whichever of the two was set. */
static void client_active(struct change *change) {
    if (change_given(change, "is_active") && !change_given(change, "status")) {
        bool active = row_bool(change->row, "is_active"), was = str_eqc(row_text(change->row, "status"), "active");
        if (active != was) row_set_text(change->row, "status", active ? STR("active") : STR("inactive"));
    }
    row_set_int(change->row, "is_active", str_eqc(row_text(change->row, "status"), "active"));
}

static bool client_before_save(struct ctx *ctx, struct change *change) {
    client_active(change);
    person_fill_name(ctx, change, true);
    return check_order(ctx, change, "contract_start_date", "contract_end_date");
}

ENTITY(client) = {
    .name = "clients", .one = N_("Client"), .many = N_("Clients"), .pack = "sales", .title = "name",
    .icon = "building", .hue = "blue", .flags = ENTITY_ADDABLE,
    .help = N_("A company or person that you serve."),
    .fields = FIELDS(
        { "name",                N_("Name"),           F_TEXT(255), .section = N_("Client"),
          .help = N_("Empty: the company, or first and last name.") },
        { "company_name",        N_("Company"),        F_TEXT(255) },
        { "first_name",          N_("First name"),     F_TEXT(100) },
        { "last_name",           N_("Last name"),      F_TEXT(100) },
        { "type",                N_("Type"),           F_CHOICE("company", "person", "government", "charity"),
          HUES("blue", "violet", "teal", "green"), .initial = "company" },
        { "status",              N_("Status"),         F_CHOICE("active", "inactive", "suspended", "pending"),
          HUES("green", "gray", "amber", "cyan"), .flags = REQUIRED, .initial = "active" },
        { "is_active",           N_("Active"),         F_BOOL, .initial = "true" },
        { "is_lead",             N_("Still a lead"),   F_BOOL, .initial = "false", .help = N_("Not a client yet.") },
        { "assigned_to_id",      N_("Owner"),          F_REF("users", SET_NULL), .initial = "me" },
        { "location_id",         N_("Branch"),         F_REF("locations", SET_NULL),
          .help = N_("Which of your branches looks after them.") },
        { "email",               N_("E-mail"),         F_EMAIL, .section = N_("Contact details") },
        { "phone",               N_("Phone"),          F_PHONE },
        { "website",             N_("Website"),        F_URL },
        { "industry",            N_("Industry"),       F_TEXT(100), .section = N_("Details") },
        { "tax_number",          N_("Tax number"),     F_TEXT(50), .help = N_("ABN, VAT or EIN.") },
        { "preferences",         N_("Preferences"),    F_JSON("object") },
        { "description",         N_("Notes"),          F_MARKDOWN },
        { "tags",                N_("Tags"),           F_TAGS },
        { "custom_fields",       N_("Custom fields"),  F_JSON("object") },
        { "hourly_rate",         N_("Hourly rate"),    F_MONEY, .max = INT64_C(1000000000000), .section = N_("Terms") },
        { "payment_terms_days",  N_("Payment within"), F_INT(0, 365), .unit = N_("days") },
        { "contract_start_date", N_("Contract starts"), F_DATE },
        { "contract_end_date",   N_("Contract ends"),  F_DATE, .flags = EXPIRES },
        { "currency",            N_("Currency"),       F_TEXT(3) },
        { "lead_id",             N_("Came from lead"), F_REF("leads", SET_NULL), .flags = READ_ONLY, .section = N_("Origin") },
        { "lead_status_id",      N_("Lead status"),    F_REF("lead_statuses", RESTRICT) },
        { "source",              N_("Source"),         F_TEXT(255) },
        { "estimated_value",     N_("Value"),          F_MONEY, .max = INT64_C(1000000000000000) },
        { "accessed_at",         N_("Last opened"),    F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("name"), INDEX("created_at"), INDEX("assigned_to_id name"), INDEX("status name"),
                       {.fields = "email", .where = "email IS NOT NULL"}, {.fields = "phone", .where = "phone IS NOT NULL"}),
    .list = "name type status email phone assigned_to_id created_at",
    .filter = "status type assigned_to_id location_id is_lead tags",
    .any = "name company_name first_name last_name", .search = "name company_name email phone", .sort = "name",
    .owner = "assigned_to_id", .client = "id", .match = "email phone",
    .before_save = client_before_save,
};
