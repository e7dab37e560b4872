/* asset.c - assets: the computers, servers, phones and network devices at clients that we look after. */
#include "app/core/check.h"
#include "core/entity.h"

static bool asset_before_save(struct ctx *ctx, struct change *change) {
    return check_order(ctx, change, "purchase_date", "warranty_expires_on");
}

ENTITY(asset) = {
    .name = "assets", .one = N_("Asset"), .many = N_("Assets"), .pack = "documentation", .title = "name",
    .icon = "monitor", .hue = "blue",
    .help = N_("A computer, server, phone or network device at a client."),
    .fields = FIELDS(
        { "name",             N_("Name"),             F_TEXT(255), .flags = REQUIRED, .section = N_("Asset"),
          .help = N_("As it is labelled or called on the network.") },
        { "client_id",        N_("Client"),           F_REF("clients", CASCADE), .flags = REQUIRED },
        { "type",             N_("Type"),
          F_CHOICE("laptop", "desktop", "server", "virtual_machine", "switch", "router", "firewall", "access_point", "printer",
                   "phone", "mobile", "tablet", "storage", "ups", "camera", "other"),
          HUES("blue", "blue", "violet", "violet", "teal", "teal", "red", "cyan", "gray", "green", "green", "green", "orange",
               "amber", "pink", "gray"), .flags = REQUIRED, .initial = "desktop" },
        { "status",           N_("Status"),           F_CHOICE("deployed", "spare", "ordered", "in_repair", "lost", "retired"),
          HUES("green", "cyan", "blue", "amber", "red", "gray"), .flags = REQUIRED, .initial = "deployed" },
        { "asset_tag",        N_("Asset tag"),        F_TEXT(100), .help = N_("The number on its sticker.") },
        { "description",      N_("Description"),      F_TEXT(2000), .flags = MULTILINE },
        { "is_critical",      N_("Critical"),         F_BOOL, .initial = "false",
          .help = N_("The client's business stops without it.") },
        { "location_id",      N_("Location"),         F_REF("locations", SET_NULL), .section = N_("Where and whose") },
        { "contact_id",       N_("Used by"),          F_REF("contacts", SET_NULL) },
        { "parent_asset_id",  N_("Part of"),          F_REF("assets", SET_NULL), .help = N_("Such as the host of a machine.") },
        { "vendor_id",        N_("Vendor"),           F_REF("vendors", SET_NULL) },
        { "make",             N_("Make"),             F_TEXT(255), .section = N_("Hardware") },
        { "model",            N_("Model"),            F_TEXT(255) },
        { "serial_number",    N_("Serial number"),    F_TEXT(255) },
        { "os",               N_("Operating system"), F_TEXT(255) },
        { "network_id",       N_("Network"),          F_REF("networks", SET_NULL), .section = N_("Network") },
        { "ip_address",       N_("IP address"),       F_TEXT(45) },
        { "nat_ip_address",   N_("Outside address"),  F_TEXT(45), .help = N_("Under which it is reached from outside.") },
        { "mac_address",      N_("MAC address"),      F_TEXT(17) },
        { "url",              N_("Web page"),         F_URL, .help = N_("Of its own administration.") },
        { "rmm_id",           N_("Monitoring id"),    F_TEXT(255), .help = N_("Its id in your monitoring tool.") },
        { "purchase_date",    N_("Purchased"),        F_DATE, .section = N_("Purchase and support") },
        { "cost",             N_("Cost"),             F_MONEY },
        { "currency",         N_("Currency"),         F_TEXT(3) },
        { "installed_on",     N_("Installed"),        F_DATE },
        { "warranty_expires_on", N_("Warranty until"), F_DATE, .flags = EXPIRES },
        { "support_status",   N_("Support"),          F_CHOICE("supported", "unsupported", "pending"),
          HUES("green", "gray", "amber"), .initial = "supported" },
        { "next_maintenance_on", N_("Next maintenance"), F_DATE, .flags = DUE },
        { "notes",            N_("Notes"),            F_MARKDOWN, .section = N_("More") },
        { "tags",             N_("Tags"),             F_TAGS },
        { "accessed_at",      N_("Last opened"),      F_TIME, .flags = READ_ONLY }
    ),
    .indexes = INDEXES(INDEX("client_id name"), INDEX("name"), INDEX("created_at"), INDEX("type status"),
                       UNIQUE_WHERE("client_id asset_tag", "asset_tag IS NOT NULL"), INDEX("location_id"),
                       {.fields = "warranty_expires_on", .where = "warranty_expires_on IS NOT NULL"}),
    .list = "name type status client_id location_id contact_id ip_address warranty_expires_on",
    .filter = "client_id type status location_id is_critical warranty_expires_on tags",
    .search = "name asset_tag serial_number make model ip_address", .sort = "name", .parent = "client_id",
    .board = "status", .board_card = "name client_id type contact_id", .match = "serial_number asset_tag",
    .before_save = asset_before_save,
    .actions = ACTIONS(
        { "retire", N_("Retire"), .from = "deployed spare ordered in_repair lost", .to = "retired", .icon = "no",
          .danger = true },
        { "deploy", N_("Deploy"), .from = "spare ordered in_repair lost retired", .to = "deployed", .icon = "check" }
    ),
};
