/* service.c - services: what runs at a client, such as a mail server or a backup, and what we are paid to keep running. */
#include "app/core/check.h"
#include "core/entity.h"

static bool service_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "start_date", "end_date");
}

ENTITY(service) = {
    .name = "services", .one = N_("Service"), .many = N_("Services"), .pack = "documentation", .title = "name",
    .icon = "pulse", .hue = "green",
    .help = N_("What runs at a client, such as a mail server or a backup."),
    .fields = FIELDS(
        { "name",          N_("Name"),          F_TEXT(255), .flags = REQUIRED, .section = N_("Service") },
        { "client_id",     N_("Client"),        F_REF("clients", CASCADE), .flags = REQUIRED },
        { "type",          N_("Type"),
          F_CHOICE("infrastructure", "network", "security", "backup", "cloud", "email", "web", "database", "application",
                   "desktop", "mobile", "voip", "monitoring", "compliance", "other"),
          HUES("gray", "teal", "red", "orange", "cyan", "blue", "violet", "amber", "green", "gray", "gray", "pink", "green",
               "amber", "gray"), .initial = "application" },
        { "status",        N_("Status"),        F_CHOICE("pending", "active", "suspended", "completed", "cancelled"),
          HUES("cyan", "green", "amber", "gray", "gray"), .flags = REQUIRED, .initial = "active" },
        { "description",   N_("Description"),   F_TEXT(5000), .flags = MULTILINE },
        { "asset_id",      N_("Runs on"),       F_REF("assets", SET_NULL), .section = N_("Where") },
        { "location_id",   N_("Location"),      F_REF("locations", SET_NULL) },
        { "protocol",      N_("Protocol"),      F_TEXT(255), .help = N_("Such as HTTPS or SMTP.") },
        { "port",          N_("Port"),          F_INT(1, 65535) },
        { "url",           N_("Address"),       F_URL },
        { "is_monitored",  N_("Monitored"),     F_BOOL, .initial = "false" },
        { "start_date",    N_("Starts"),        F_DATE, .section = N_("Contract") },
        { "end_date",      N_("Ends"),          F_DATE, .flags = EXPIRES },
        { "billing_cycle", N_("Billed"),        F_CHOICE("weekly", "monthly", "quarterly", "semi_annually", "annually",
          "one_time") },
        { "price",         N_("Price"),         F_MONEY, .help = N_("For one period.") },
        { "currency",      N_("Currency"),      F_TEXT(3) },
        { "service_level", N_("Level"),         F_CHOICE("basic", "standard", "premium", "enterprise") },
        { "technician_id", N_("Technician"),    F_REF("users", SET_NULL) },
        { "notes",         N_("Notes"),         F_MARKDOWN, .section = N_("More") },
        { "tags",          N_("Tags"),          F_TAGS },
        { "accessed_at",   N_("Last opened"),   F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("status"), INDEX("created_at")),
    .list = "name type status client_id asset_id port protocol technician_id",
    .filter = "client_id type status technician_id tags",
    .search = "name description", .sort = "name", .parent = "client_id", .owner = "technician_id",
    .board = "status", .board_card = "name client_id type", .board_sum = "price",
    .before_save = service_before_save,
};
